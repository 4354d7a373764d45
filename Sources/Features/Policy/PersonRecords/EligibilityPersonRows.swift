import Database
import Kernel
import People
import Security

/// What rules and questions about policies keep of persons. What somebody entered in a check is kept nowhere.
enum EligibilityPersonRows {
  static let tables = [
    PersonTable(
      "policy_question", Phrase("问过的政策", "Policies asked about"), ending: .deleted,
      columns: [
        PersonColumn("asked_at", Phrase("什么时候", "When"), .moment),
        PersonColumn(
          "facts", Phrase("带给社工的情况", "What was passed on"),
          .sealed(.health, row: "id", shown: { shown($0) })),
        PersonColumn("facts_until", Phrase("最晚什么时候删", "Deleted by"), .moment),
        PersonColumn("outcome", Phrase("结果", "Outcome"), .choice(outcomes)),
        PersonColumn("ended_at", Phrase("什么时候办完", "Done"), .moment),
      ], isAbout: { "person_id = \($0.person)" })
  ]

  static let acts = [
    PersonActs(
      "policy_question", Phrase("答过的政策问题", "Questions about policies answered"), by: "ended_by_id",
      at: "ended_at"),
    PersonActs("policy_rule_draft", Phrase("开始写的规则", "Rules begun"), by: "begun_by_id", at: "begun_at"),
    PersonActs(
      "policy_rule_revision", Phrase("写规则的步骤", "Steps of rules written"), by: "written_by_id",
      at: "written_at"),
    PersonActs(
      "policy_rule_version", Phrase("发布的规则", "Rules published"), by: "published_by_id", at: "published_at"),
    PersonActs(
      "policy_rule_head", Phrase("发布或撤下的规则", "Rules published or taken down"), by: "changed_by_id",
      at: "changed_at"),
  ]

  static let impersonal = [
    ImpersonalTable(
      "policy_rule_place", Phrase("哪项政策在哪个页面提示", "Which policy is a hint on which page"))
  ]

  private static let outcomes = Dictionary(
    PolicyQuestion.Outcome.allCases.map { ($0.rawValue, $0.name) }, uniquingKeysWith: { first, _ in first })

  /// Fact by fact, as people read them.
  private static func shown(_ text: String) -> String {
    guard let facts = try? FactSheet(text: text) else { return "" }
    return facts.facts.compactMap { fact in
      facts[fact].map { "\(fact.name.chinese)：\(FactWords.value($0, of: fact).chinese)" }
    }.joined(separator: "；")
  }
}
