import Hummingbird
import Kernel
import Web

/// The check for programs: facts in, the answer of the rule out; nothing is kept.
extension CheckDoors {
  private static let factNames = EligibilityFact.allCases.map(\.rawValue)

  private static let factSchema = Schema.named(
    "EligibilityFact",
    .object([
      .init("fact", .enumeration(factNames)), .init("number", .integer(0...100_000), isRequired: false),
      .init("from", .integer(0...100_000), isRequired: false),
      .init("to", .integer(0...100_000), isRequired: false),
      .init("choice", .enumeration(FactChoice.allCases.map(\.rawValue)), isRequired: false),
      .init("answer", .boolean, isRequired: false),
    ]))

  private static let answerSchema = Schema.named(
    "EligibilityAnswer",
    .object([
      .init("policy_id", .identifier), .init("version", .integer(1...1_000_000)),
      .init("day", .string(format: "date")),
      .init("verdict", .enumeration(EligibilityVerdict.allCases.map(\.rawValue))),
      .init("meaning", .phrase), .init("missing", .array(.enumeration(factNames))),
      .init("undated", .array(.string())),
      .init(
        "conditions",
        .array(
          .object([
            .init("sentence", .phrase), .init("holds", .nullable(.boolean)),
            .init("article", .string(), isRequired: false), .init("quote", .string(), isRequired: false),
          ]))), .init("decided_by", .phrase),
    ]))

  func registerAPI(on routes: inout Routes) {
    routes.post(
      "/api/v1/policies/:policy/check", .everyone, objects: .none, limits: Self.limits,
      operation: Operation(
        "checkEligibility",
        Phrase("看看可能符不符合一项政策；什么都不存", "See whether somebody may be eligible for a policy; nothing is kept"),
        request: .object([.init("facts", .array(Self.factSchema, count: 0...Self.factNames.count))]),
        answers: [.init(200, Phrase("提示，不是决定", "A hint, not a decision"), Self.answerSchema)])
    ) { visit in
      let check = try await check(visit)
      var body = try await visit.json().object()
      let facts = FactSheet.read("facts", from: &body)
      try body.finish()
      guard let facts else { throw Problem.internalFault }
      return .json(Self.json(check, check.result(given: facts)))
    }
  }

  private static func json(_ check: EligibilityCheck, _ result: EligibilityResult) -> JSONWriter {
    let chinese = RuleWords(say: Wording(.chinese), rule: check.rule, day: check.day)
    let english = RuleWords(say: Wording(.english), rule: check.rule, day: check.day)
    let conditions = result.reading.walk.filter { if case .condition = $0.node { true } else { false } }
    var json = JSONWriter()
    json.object { json in
      json.field("policy_id", check.card.id)
      json.field("version", check.version.version)
      json.field("day", check.day.iso)
      json.field("verdict", result.verdict.rawValue)
      json.field("meaning", RuleWords.verdict(result.verdict))
      json.array("missing", result.missing.map(\.rawValue))
      json.array("undated", result.undated.map { check.rule.parameter($0)?.name ?? $0 })
      json.array("conditions", conditions) { json, reading in
        json.object { json in
          json.field("sentence", Phrase(chinese.line(reading.node), english.line(reading.node)))
          json.field("holds", reading.truth == .open ? nil : reading.truth == .yes)
          let citation = reading.node.citation
          if !citation.article.isEmpty { json.field("article", citation.article) }
          if !citation.quote.isEmpty { json.field("quote", citation.quote) }
        }
      }
      json.field("decided_by", check.card.decidedBy)
    }
    return json
  }
}
