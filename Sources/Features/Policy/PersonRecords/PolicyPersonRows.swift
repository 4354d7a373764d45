import Database
import Kernel
import People

/// What the library keeps of persons: what they read, what they follow, and what those who write it did.
enum PolicyPersonRows {
  /// What a policy is called by its newest version.
  private static func title(of policy: Query) -> Query {
    """
    (SELECT content.title FROM policy_version AS version
      JOIN policy_text AS content ON content.draft_id = version.draft_id
        AND content.revision = version.revision
      WHERE version.policy_id = \(policy) ORDER BY version.number DESC LIMIT 1)
    """
  }

  static let tables: [PersonTable] = [
    PersonTable(
      "policy_receipt", Phrase("我看过的政策", "Policies that I read"), ending: .deleted,
      columns: [
        PersonColumn("recorded_at", Phrase("什么时候", "When"), .moment),
        PersonColumn("title", Phrase("政策", "Policy"), title(of: "policy_receipt.policy_id")),
        PersonColumn("version", Phrase("第几版", "Version"), .number),
        PersonColumn("source", Phrase("怎么知道的", "How"), .choice(sources)),
        PersonColumn("is_clear", Phrase("看明白了", "It was clear"), .yesNo),
        PersonColumn("had_questions", Phrase("问过", "I had questions"), .yesNo),
      ]
    ) { "person_id = \($0.person)" },
    PersonTable(
      "policy_follow", Phrase("我关注的政策", "Policies that I follow"), ending: .deleted,
      columns: [
        PersonColumn("followed_at", Phrase("从什么时候", "Since"), .moment),
        PersonColumn("title", Phrase("政策", "Policy"), title(of: "policy_follow.policy_id")),
        PersonColumn("field", Phrase("哪方面", "Field"), .choice(fields)),
      ]
    ) { "person_id = \($0.person)" },
  ]

  private static let sources = Dictionary(
    PolicyReceipt.Source.allCases.map { ($0.rawValue, $0.name) }
  ) { first, _ in first }

  private static let fields = Dictionary(
    PolicyField.allCases.map { ($0.rawValue, $0.name) }
  ) { first, _ in first }

  static let acts: [PersonActs] = [
    PersonActs("policy_policy", Phrase("建的政策", "Policies made"), by: "created_by_id", at: "created_at"),
    PersonActs(
      "policy_policy", Phrase("停用的政策", "Policies taken out of use"), by: "retired_by_id", at: "retired_at"),
    PersonActs("policy_draft", Phrase("开的草稿", "Drafts begun"), by: "begun_by_id", at: "begun_at"),
    PersonActs("policy_text", Phrase("写的政策", "Policies written"), by: "written_by_id", at: "written_at"),
    PersonActs(
      "policy_version", Phrase("发布的政策", "Policies published"), by: "published_by_id", at: "published_at"),
    PersonActs(
      "policy_receipt", Phrase("讲给人听的政策", "Policies explained"), by: "recorded_by_id", at: "recorded_at"),
    PersonActs("policy_news", Phrase("发的政策消息", "News sent"), by: "asked_by_id", at: "asked_at"),
  ]

  static let impersonal: [ImpersonalTable] = [
    ImpersonalTable(
      "policy_benefit", Phrase("政策给什么，不写单个人", "What policies give; nobody by themselves is in it")),
    ImpersonalTable("policy_policy_search", Phrase("找政策用的索引", "By which policies are found")),
  ]
}
