import Database
import Kernel
import People
import Security

/// What the tables of the clean market keep about a person.
enum AlertPersonRows {
  static let tables: [PersonTable] = [
    // Before the reports, by which they are found.
    PersonTable(
      "resources_scam_voice", Phrase("反映时的录音", "Recordings of my reports"), ending: .deleted,
      columns: [
        PersonColumn("added_at", Phrase("什么时候", "When"), .moment),
        PersonColumn("seconds", Phrase("几秒", "Seconds"), .number),
        PersonColumn("recording", Phrase("大小", "Size"), .size),
      ]
    ) {
      """
      report_id IN (SELECT id FROM resources_scam_report
        WHERE community_id = \($0.community) AND reporter_id = \($0.person))
      """
    },
    PersonTable(
      "resources_scam_report", Phrase("我反映过的事", "What I reported"),
      ending: .cleared(
        """
        reporter_id = NULL, words = NULL, phone = NULL, link = NULL, account = NULL, listing = NULL,
        note = NULL
        """),
      columns: reportColumns
    ) { "reporter_id = \($0.person)" },
  ]

  private static let reportColumns: [PersonColumn] = [
    PersonColumn("reported_at", Phrase("什么时候", "When"), .moment),
    PersonColumn(
      "kind", Phrase("哪一种", "What it is"),
      .choice(Dictionary(ScamReport.Kind.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first })),
    PersonColumn(
      "state", Phrase("现在", "State"),
      .choice(Dictionary(ScamReport.State.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first })),
    PersonColumn("words", Phrase("怎么回事", "What happened"), .sealed(.contact, row: "id")),
    PersonColumn("phone", Phrase("对方的电话", "Their number"), .sealed(.contact, row: "id")),
    PersonColumn("link", Phrase("网址", "Page"), .sealed(.contact, row: "id")),
    PersonColumn("account", Phrase("收款账户", "Where to pay"), .sealed(.contact, row: "id")),
    PersonColumn("listing", Phrase("哪家店、哪样东西", "Which goods"), .sealed(.contact, row: "id")),
    PersonColumn("closed_at", Phrase("什么时候办完的", "Closed"), .moment),
  ]

  static let acts: [PersonActs] = [
    PersonActs(
      "resources_scam_report", Phrase("帮人记的反映", "Reports taken down"), by: "recorded_by_id",
      at: "reported_at"),
    PersonActs(
      "resources_scam_report", Phrase("查过的反映", "Reports looked into"), by: "decided_by_id", at: "closed_at"),
    PersonActs(
      "resources_alert_card", Phrase("做的提醒卡", "Warnings made"), by: "created_by_id", at: "created_at"),
    PersonActs(
      "resources_alert_card", Phrase("发出的提醒卡", "Warnings published"), by: "published_by_id",
      at: "published_at"),
    PersonActs(
      "resources_alert_card", Phrase("收回的提醒卡", "Warnings taken back"), by: "withdrawn_by_id",
      at: "withdrawn_at"),
    PersonActs("resources_hearing", Phrase("请商家说明", "Merchants asked"), by: "asked_by_id", at: "asked_at"),
    PersonActs(
      "resources_hearing", Phrase("替商家的答复", "Replies for a merchant"), by: "replied_by_id",
      at: "replied_at"),
    PersonActs(
      "resources_hearing", Phrase("定下来的答复", "Replies decided on"), by: "decided_by_id", at: "decided_at"),
  ]

  static let impersonal: [ImpersonalTable] = [
    ImpersonalTable(
      "resources_alert_building", Phrase("提醒卡给哪些楼", "For which buildings a warning is"))
  ]
}
