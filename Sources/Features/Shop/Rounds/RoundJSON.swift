import Kernel
import Web

/// Couriers' reports as telephones send them.
enum RoundJSON {
  static let countLimit = 200

  /// - Throws: `form.invalid` with every wrong, missing or unknown field.
  static func reports(_ json: JSON) throws -> [OutcomeReport] {
    var body = try json.object()
    let reports = body.objects("outcomes", count: 1...countLimit) { entry -> OutcomeReport? in
      let key = entry.string("key", length: 16...64)
      let stop = entry.identifier("stop", of: RoundStopKind.self)
      let moment = entry.timestamp("happened_at")
      let kind = entry.choice("kind", of: StopOutcome.Kind.self, isRequired: false)
      let finding = entry.choice("finding", of: WellbeingFinding.self, isRequired: false)
      let cash = entry.money("cash", isRequired: false)
      let note = entry.string("note", length: 0...WellbeingFinding.noteLimit, isRequired: false)
      if (kind == nil) == (finding == nil) {
        entry.add("kind", Phrase("kind 和 finding，请填其中一个。", "Give either kind or finding."))
      }
      guard let key, let stop, let moment else { return nil }
      if let finding {
        return OutcomeReport(
          key: key, stop: stop, word: .wellbeing(finding, note: note ?? ""), happenedAt: moment)
      }
      return kind.map {
        OutcomeReport(key: key, stop: stop, word: .outcome($0, cash: cash ?? .zero), happenedAt: moment)
      }
    }
    try body.finish()
    return reports ?? []
  }

  static func document(
    _ answers: [(OutcomeReport, OutcomeAnswer)], state: Round.State, _ say: Wording
  ) -> JSONWriter {
    var json = JSONWriter(capacity: 64 + answers.count * 120)
    json.object { json in
      json.field("round_state", state.rawValue)
      json.array("results", answers) { json, entry in
        json.object { json in
          json.field("key", entry.0.key)
          json.field("result", entry.1.word)
          if case .refused(let problem) = entry.1 {
            json.field("code", problem.code)
            json.field("message", say(problem.title))
          }
        }
      }
    }
    return json
  }

  // MARK: - The same shapes, as the OpenAPI document states them

  private static let entry = Schema.named(
    "StopReport",
    .object([
      .init("key", .string(length: 16...64)), .init("stop", .identifier), .init("happened_at", .timestamp),
      .init("kind", .enumeration(StopOutcome.Kind.allCases.map(\.rawValue)), isRequired: false),
      .init("cash", .money, isRequired: false),
      .init("finding", .enumeration(WellbeingFinding.allCases.map(\.rawValue)), isRequired: false),
      .init("note", .string(length: 0...WellbeingFinding.noteLimit), isRequired: false),
    ]))

  private static let answer = Schema.object([
    .init("round_state", .enumeration(Round.State.allCases.map(\.rawValue))),
    .init(
      "results",
      .array(
        .object([
          .init("key", .string()),
          .init("result", .enumeration(["recorded", "repeated", "late", "refused"])),
          .init("code", .string(), isRequired: false), .init("message", .string(), isRequired: false),
        ]))),
  ])

  static let report = Operation(
    "reportStops",
    Phrase(
      "送货人报告每一家送得怎么样；每条有自己的 key，晚到、重复、乱序都可以。",
      "Reports how stops of a round went; each has its own key, and may come late, twice and in any order."),
    request: .object([.init("outcomes", .array(entry, count: 1...countLimit))]),
    answers: [.init(200, Phrase("每条的结果。", "What became of each."), answer)])
}
