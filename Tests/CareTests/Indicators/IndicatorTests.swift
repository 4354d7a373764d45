import Database
import Kernel
import TestKit
import Testing

@testable import Care

/// Indicators through the gate: nothing of fewer people than may be told, nor what follows from others.
@Suite struct IndicatorTests {
  private static func random(_ generator: inout SeededGenerator) -> Indicators.Counted {
    func few() -> Int { Int.random(in: 0...12, using: &generator) }
    var counted = Indicators.Counted()
    for stage in CaseStage.allCases where stage != .closure { counted.stages[stage] = few() }
    for outcome in CaseOutcome.allCases { counted.outcomes[outcome] = few() }
    for kind in Intervention.Kind.allCases { counted.work[kind] = (few(), Int64(few()) * 30) }
    for measure in OutcomeScore.Measure.allCases {
      counted.scores[measure] = (0..<few()).map { _ in
        (Int64.random(in: 0...3, using: &generator), Int64.random(in: 0...3, using: &generator))
      }
    }
    for question in Feedback.Question.allCases {
      for answer in Feedback.Answer.allCases { counted.feedback[question, default: [:]][answer] = few() }
    }
    counted.days = (0..<few()).map { _ in Int64.random(in: 1...200, using: &generator) }
    counted.opened = few()
    counted.assessed = min(counted.opened, few())
    counted.referralsSent = few()
    counted.referralsAccepted = min(counted.referralsSent, few())
    return counted
  }

  @Test(arguments: [5, 10]) func `no small number is shown, and none can be computed`(least: Int) {
    var generator = SeededGenerator(seed: 23)
    for _ in 0..<3_000 {
      let indicators = Indicators(Self.random(&generator), least: least)
      let splits = [indicators.stages, indicators.outcomes] + indicators.scores + indicators.feedback
      for split in splits {
        let shown = split.cells.compactMap(\.count)
        #expect(shown.allSatisfy { $0 >= least }, "\(split.name.english): \(shown)")
        #expect(split.cells.count - shown.count != 1, "one number that is left out follows from the sum")
      }
      for work in indicators.work {
        #expect((work.people == nil) == (work.minutes == nil))
        #expect(work.people.map { $0 >= least } ?? true)
      }
    }
  }

  @Test func `large numbers are shown as they are`() {
    var counted = Indicators.Counted()
    counted.stages = [.intake: 5, .assessment: 6, .planning: 7, .intervention: 20, .evaluation: 9]
    counted.scores = [.scamQuiz: Array(repeating: (3, 7), count: 8) + Array(repeating: (5, 5), count: 5)]
    counted.opened = 20
    counted.assessed = 15
    counted.days = [10, 30, 20, 40, 50]
    let indicators = Indicators(counted, least: 5)
    #expect(indicators.stages.cells.map(\.count) == [5, 6, 7, 20, 9])
    #expect(indicators.figures[0].value == "15/20 (75%)")
    #expect(indicators.figures[1].value == nil)
    #expect(indicators.figures[2].value == "30")
  }

  @Test(arguments: TestEngine.available)
  func `counts come from what is recorded`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      let id = try await station.openCase()
      _ = try await station.openCase(of: station.li)
      try await station.consent()
      try await station.move(id)
      try await station.in(id, as: station.xu) { [desk = station.care.desk] open, seal, transaction in
        let words = CareDocument([.strengths: "好", .happened: "聊了"])
        try desk.assess(words, risk: .low, &open, sealing: seal, in: transaction)
        for minutes in [20, 40] as [Int64] {
          try desk.intervene(
            .talk, minutes: minutes, doneAt: transaction.now, words: words, open, sealing: seal,
            in: transaction)
        }
        for value in [8, 9, 15] as [Int64] {
          try desk.score(
            .shoppingEfficacy, phase: .baseline, value: value, by: .client, open, in: transaction)
        }
      }
      let counted = try await station.database.read { [community = station.community] in
        try IndicatorStore.counted(from: $0.now - .days(365), in: community, $0)
      }
      #expect(counted.stages == [.intake: 1, .assessment: 1])
      #expect(counted.opened == 2 && counted.assessed == 1)
      #expect(counted.work[.talk]?.people == 1 && counted.work[.talk]?.minutes == 60)
      #expect(counted.scores[.shoppingEfficacy]?.map(\.first) == [8])
      #expect(counted.scores[.shoppingEfficacy]?.map(\.last) == [15])
      for (person, text) in [(station.xu, "5"), (station.committee, "10")] {
        let page = try await station.browser(of: person).get("/care-indicators")
        #expect(page.status == 200 && page.text.contains("少于 \(text) 人"))
      }
      #expect(try await station.browser(of: station.wang).get("/care-indicators").status == 403)
    }
  }
}
