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
        PersonColumn("minutes", Phrase("分钟", "Minutes"), .number),
        PersonColumn("price", Phrase("价钱", "Price"), .money),
      ]
    ) { "(\(isSide($0.person)) OR need_phone_id = \($0.person) OR give_phone_id = \($0.person))" },
    PersonTable(
      "resources_posting", Phrase("发布的互助", "Offers and needs"),
      ending: .cleared("party_id = 0, words = NULL, state = 'withdrawn', created_by_id = NULL"),
      columns: [
        PersonColumn("created_at", Phrase("什么时候", "When"), .moment),
        PersonColumn("words", Phrase("写了什么", "What"), .sealed(.contact, row: "id")),
      ]
    ) { "party_kind = 'person' AND party_id = \($0.person)" },
    PersonTable(
      "resources_credit_account", Phrase("时间账", "Account of hours"), ending: .cleared("party_id = NULL"),
      columns: [PersonColumn("opened_at", Phrase("什么时候开的", "Opened"), .moment)]
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
