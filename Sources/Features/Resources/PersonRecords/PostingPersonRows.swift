import Database
import Kernel
import People
import Security

/// What the tables of offers, needs and hours keep about a person.
enum PostingPersonRows {
  private static func isSide(_ person: PersonID) -> Query {
    """
    ((need_party_kind = 'person' AND need_party_id = \(person))
      OR (give_party_kind = 'person' AND give_party_id = \(person)))
    """
  }

  private static let category = PersonColumn(
    "category", Phrase("哪一类", "Kind"),
    .choice(Dictionary(ResourceCategory.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first }))

  private static let mode = PersonColumn(
    "mode", Phrase("怎么算", "How it counts"),
    .choice(Dictionary(Posting.Mode.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first }))

  static let tables: [PersonTable] = [
    PersonTable(
      "resources_match_message", Phrase("互助里的留言", "Words left in matches"), ending: .deleted,
      columns: [
        PersonColumn("sent_at", Phrase("什么时候", "When"), .moment),
        PersonColumn("words", Phrase("写了什么", "What"), .sealed(.contact, row: "id")),
      ]
    ) { "sent_by_id = \($0.person)" },
    PersonTable(
      "resources_match_feedback", Phrase("互助的评价", "What was said of help"), ending: .deleted,
      columns: [
        PersonColumn("given_at", Phrase("什么时候", "When"), .moment),
        PersonColumn(
          "rating", Phrase("觉得怎么样", "How it was"),
          .choice(
            Dictionary(MatchFeedback.Rating.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first })),
        PersonColumn("words", Phrase("写了什么", "What"), .sealed(.contact, row: "id")),
      ]
    ) { "given_by_id = \($0.person)" },
    PersonTable(
      "resources_match_step", Phrase("互助里做的步骤", "Steps of matches"),
      ending: .cleared("done_by_id = NULL"),
      columns: [PersonColumn("done_at", Phrase("什么时候", "When"), .moment)]
    ) { "done_by_id = \($0.person)" },
    PersonTable(
      "resources_match", Phrase("参加的互助", "Matches"),
      ending: .cleared(
        """
        need_party_id = 0, give_party_id = 0, need_phone_id = NULL, give_phone_id = NULL, reason_words = NULL
        """),
      columns: [
        PersonColumn("created_at", Phrase("什么时候牵的线", "Proposed"), .moment),
        category,
        PersonColumn(
          "state", Phrase("现在", "State"),
          .choice(Dictionary(Match.State.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first })),
        mode,
        PersonColumn("minutes", Phrase("分钟", "Minutes"), .number),
        PersonColumn("price", Phrase("价钱", "Price"), .money),
      ]
    ) { "(\(isSide($0.person)) OR need_phone_id = \($0.person) OR give_phone_id = \($0.person))" },
    PersonTable(
      "resources_posting", Phrase("发布的互助", "Offers and needs"),
      ending: .cleared("party_id = 0, words = NULL, state = 'withdrawn', created_by_id = NULL"),
      columns: [
        PersonColumn("created_at", Phrase("什么时候", "When"), .moment),
        PersonColumn(
          "kind", Phrase("要帮还是能帮", "Offer or need"),
          .choice(Dictionary(Posting.Kind.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first })),
        category,
        PersonColumn("words", Phrase("写了什么", "What"), .sealed(.contact, row: "id")),
        PersonColumn("units", Phrase("数量", "How many"), .number),
        PersonColumn("unit", Phrase("单位", "Of what")),
        PersonColumn("from_at", Phrase("从什么时候", "From"), .moment),
        PersonColumn("expires_at", Phrase("到什么时候", "Until"), .moment),
        PersonColumn("radius", Phrase("多少米以内", "Within metres"), .number),
        PersonColumn("tongues", Phrase("说什么话", "Languages")),
        PersonColumn(
          "urgency", Phrase("急不急", "How urgent"),
          .choice(Dictionary(Posting.Urgency.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first })),
        PersonColumn(
          "visibility", Phrase("谁能看", "Who may see it"),
          .choice(
            Dictionary(Posting.Visibility.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first })),
        mode,
        PersonColumn(
          "state", Phrase("现在", "State"),
          .choice(Dictionary(Posting.State.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first })),
      ]
    ) { "party_kind = 'person' AND party_id = \($0.person)" },
    PersonTable(
      "resources_credit_account", Phrase("时间账", "Account of hours"), ending: .cleared("party_id = NULL"),
      columns: [
        PersonColumn("opened_at", Phrase("什么时候开的", "Opened"), .moment),
        PersonColumn(
          "balance", Phrase("账上的分钟", "Minutes on it"),
          """
          (SELECT CAST(coalesce(sum(entry.minutes), 0) AS BIGINT) FROM resources_credit_entry AS entry
            WHERE entry.account_id = resources_credit_account.id)
          """, .number),
      ]
    ) { "party_kind = 'person' AND party_id = \($0.person)" },
  ]

  static let acts: [PersonActs] = [
    PersonActs(
      "resources_posting", Phrase("帮人发布的互助", "Postings written"), by: "created_by_id", at: "created_at"),
    PersonActs(
      "resources_credit_limit", Phrase("定的时间账范围", "Limits set"), by: "changed_by_id", at: "changed_at"),
  ]

  static let impersonal: [ImpersonalTable] = [
    ImpersonalTable(
      "resources_credit_entry",
      Phrase("只写账号，账号上的名字删了就对不上人。", "It names accounts alone, which name nobody once somebody is gone."))
  ]
}
