import Database
import Kernel
import People

/// What the tables of activities keep about a person.
enum ActivityPersonRows {
  private static let figures = Phrase(
    "只剩人数，不再写着是谁。", "A count alone is left, without saying of whom.")

  private static let title: Query = """
    (SELECT activity.title FROM activities_activity AS activity WHERE activity.id = activity_id)
    """

  private static let begins: Query = """
    (SELECT activity.starts_at FROM activities_activity AS activity WHERE activity.id = activity_id)
    """

  static let tables: [PersonTable] = [
    PersonTable(
      "activities_check_in", Phrase("来过的活动", "Activities that I came to"), ending: .kept(figures),
      columns: [
        PersonColumn("came_at", Phrase("什么时候", "When"), .moment),
        PersonColumn("title", Phrase("活动", "Activity"), title),
        PersonColumn(
          "way", Phrase("怎么签到的", "How it was noted"),
          .choice(["code": Phrase("自己扫码", "By the code"), "desk": Phrase("门口工作人员", "At the door")])),
      ]
    ) {
      """
      sign_up_id IN (SELECT id FROM activities_sign_up
        WHERE community_id = \($0.community) AND person_id = \($0.person))
      """
    },
    PersonTable(
      "activities_sign_up", Phrase("报名的活动", "Activities that I signed up for"),
      ending: .cleared("person_id = NULL"), columns: signUpColumns
    ) { "person_id = \($0.person)" },
    // Photos with somebody who is deleted are deleted before, and with them these rows.
    PersonTable(
      "activities_photo_person", Phrase("认得出我的活动照片", "Photos in which I can be recognised"),
      ending: .deleted,
      columns: [
        PersonColumn(
          "uploaded_at", Phrase("什么时候存的", "Kept since"),
          "(SELECT photo.uploaded_at FROM activities_photo AS photo WHERE photo.id = photo_id)", .moment),
        PersonColumn(
          "caption", Phrase("说明", "Caption"),
          "(SELECT photo.caption FROM activities_photo AS photo WHERE photo.id = photo_id)"),
        PersonColumn(
          "is_published", Phrase("公布了", "Published"),
          """
          (SELECT CASE WHEN photo.published_at IS NULL THEN 0 ELSE 1 END
            FROM activities_photo AS photo WHERE photo.id = photo_id)
          """, .yesNo),
      ]
    ) { "person_id = \($0.person)" },
    PersonTable(
      "activities_calendar", Phrase("我的活动日历", "My calendar of activities"), ending: .deleted,
      columns: [PersonColumn("created_at", Phrase("什么时候开的", "Opened"), .moment)]
    ) { "person_id = \($0.person)" },
  ]

  private static let signUpColumns: [PersonColumn] = [
    PersonColumn("signed_up_at", Phrase("什么时候报的", "When"), .moment),
    PersonColumn("title", Phrase("活动", "Activity"), title),
    PersonColumn("starts_at", Phrase("活动时间", "When it is"), begins, .moment),
    PersonColumn("turn", Phrase("号", "Number"), .number),
    PersonColumn(
      "channel", Phrase("怎么报的", "How"),
      .choice(Dictionary(SignUp.Channel.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first })),
    PersonColumn(
      "state", Phrase("现在", "State"),
      .choice(Dictionary(SignUp.State.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first })),
    PersonColumn("ended_at", Phrase("什么时候取消的", "Cancelled"), .moment),
  ]

  static let acts: [PersonActs] = [
    PersonActs(
      "activities_activity", Phrase("准备的活动", "Activities prepared"), by: "created_by_id", at: "created_at"),
    PersonActs(
      "activities_activity", Phrase("主办的活动", "Activities organised"), by: "organiser_id", at: "starts_at"),
    PersonActs(
      "activities_sign_up", Phrase("帮人报的名", "People signed up"), by: "signed_up_by_id", at: "signed_up_at"),
    PersonActs(
      "activities_check_in", Phrase("在门口签的到", "People ticked at the door"), by: "recorded_by_id",
      at: "came_at"
    ),
    PersonActs(
      "activities_closing", Phrase("填的活动结果", "Activities closed"), by: "closed_by_id", at: "closed_at"),
    PersonActs("activities_minutes", Phrase("写的记录", "Minutes"), by: "written_by_id", at: "written_at"),
    PersonActs("activities_photo", Phrase("存的照片", "Photos kept"), by: "uploaded_by_id", at: "uploaded_at"),
    PersonActs(
      "activities_photo", Phrase("公布的照片", "Photos published"), by: "published_by_id", at: "published_at"),
  ]

  /// Every table stands in the lists above.
  static let impersonal: [ImpersonalTable] = []
}
