import Kernel
import People
import Security
import TestKit
import Testing

@testable import Policy

@Suite("Reports: the rules")
struct ReportRulesTests {
  private static let worker = Actor(person: PersonID(rawValue: 1), role: .socialWorker)
  private static let supervisor = Actor(person: PersonID(rawValue: 2), role: .supervisor)

  private func report(_ changes: [ReportChange]) -> Report {
    let standing = changes.reduce(ReportStanding.planned(at: ReportFixture.start)) {
      $0.after($1, at: ReportFixture.start)
    }
    return Report(
      id: ReportID(rawValue: 9), number: ReportNumber(year: 2026, serial: 3), plan: ReportFixture.plan,
      summary: "", authors: [Self.worker.person], supervisor: Self.supervisor.person,
      madeAt: ReportFixture.start, madeBy: Self.worker, standing: standing)
  }

  private static let written = [
    ReportChange.evidenceLocked(digest: "d"), .findingsDone, .recommendationsDone,
    .completed(digest: "e", asksCommittee: false), .checkedBack,
  ]

  // MARK: - Gates

  @Test func `a gate lists exactly what is missing, for random documents`() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<500 {
      var content = ReportContent()
      content.evidence = Set((1...3).filter { _ in Bool.random(using: &random) })
      content.summary = Bool.random(using: &random) ? "摘要" : ""
      content.findings = (0..<Int.random(in: 0...3, using: &random)).map { number in
        Finding(
          number: number + 1, text: "x", evidence: Set((1...3).filter { _ in Bool.random(using: &random) }))
      }
      content.recommendations = (0..<Int.random(in: 0...3, using: &random)).map { number in
        Recommendation(
          number: number + 1, text: "x", findings: Set((1...3).filter { _ in Bool.random(using: &random) }),
          aim: Bool.random(using: &random) ? .policy(PolicyID(rawValue: 4)) : nil)
      }
      let isChecked = Bool.random(using: &random)
      var expected: Set<ReportGap> = []
      if content.evidence.isEmpty { expected.insert(.evidence) }
      if content.findings.isEmpty { expected.insert(.finding) }
      if content.recommendations.isEmpty { expected.insert(.recommendation) }
      if content.summary.isEmpty { expected.insert(.summary) }
      if !isChecked { expected.insert(.checkBack) }
      for finding in content.findings where !finding.evidence.contains(where: content.evidence.contains) {
        expected.insert(.findingUnsupported(finding.number))
      }
      for asked in content.recommendations {
        if !asked.findings.contains(where: { $0 <= content.findings.count }) {
          expected.insert(.recommendationUnsupported(asked.number))
        }
        if asked.aim == nil { expected.insert(.recommendationAimless(asked.number)) }
      }
      let gaps = ReportRules.gaps(before: .approved, in: content, isChecked: isChecked)
      #expect(Set(gaps) == expected)
      #expect(gaps.count == expected.count, "nothing is said twice")
    }
  }

  @Test func `an early gate asks for nothing that comes later`() {
    var content = ReportContent()
    #expect(ReportRules.gaps(before: .evidenceLocked, in: content, isChecked: false) == [.evidence])
    content.evidence = [1]
    #expect(ReportRules.gaps(before: .evidenceLocked, in: content, isChecked: false) == [])
    #expect(ReportRules.gaps(before: .findingsDone, in: content, isChecked: false) == [.finding])
    content.findings = [Finding(number: 1, text: "x", evidence: [1])]
    #expect(ReportRules.gaps(before: .findingsDone, in: content, isChecked: false) == [])
    #expect(
      ReportRules.gaps(before: .recommendationsDone, in: content, isChecked: false) == [.recommendation])
  }

  @Test func `a reply answers each recommendation, and silence none`() {
    #expect(
      ReportRules.gaps(in: [1], to: [1, 2, 3], of: .partly) == [
        .answer(recommendation: 2), .answer(recommendation: 3),
      ])
    #expect(ReportRules.gaps(in: [1, 2], to: [1, 2], of: .refused) == [])
    #expect(ReportRules.gaps(in: [], to: [1, 2], of: .none) == [])
  }

  // MARK: - Who and when

  @Test func `nobody approves what they wrote, and only its supervisor does`() {
    let report = report(Self.written)
    let now = ReportFixture.start
    func code(_ actor: Actor) -> String? {
      ReportRules.refusal(of: .approved, to: report, by: actor, at: now)?.code
    }
    #expect(code(Self.supervisor) == nil)
    #expect(code(Self.worker) == "report.own_approval")
    #expect(code(Actor(person: Self.worker.person, role: .supervisor)) == "report.own_approval")
    #expect(code(Actor(person: PersonID(rawValue: 3), role: .supervisor)) == "report.supervisor_only")
    #expect(code(Actor(person: Self.supervisor.person, role: .socialWorker)) == "report.supervisor_only")
  }

  @Test func `silence is noted from the due moment on and not before`() {
    let due = ReportFixture.start + .days(10)
    let report = report(Self.written + [.approved, .sent(dueAt: due)])
    func code(_ now: Timestamp) -> String? {
      ReportRules.refusal(of: .replied(.none), to: report, by: Self.worker, at: now)?.code
    }
    #expect(code(due - .seconds(1)) == "report.not_due")
    #expect(code(due) == nil)
    #expect(!report.standing.isOverdue(at: due - .seconds(1)) && report.standing.isOverdue(at: due))
  }

  @Test func `sending back opens the draft and takes its digest away`() {
    let report = report(Self.written + [.sentBack(reason: "改", bySupervisor: true)])
    #expect(report.standing.state == .recommendations && report.standing.digest == nil)
    #expect(ReportRules.isNext(.completed, after: report.standing))
    #expect(!ReportRules.isNext(.approved, after: report.standing))
  }

  // MARK: - Who sees what

  @Test func `each stage is visible to whom it concerns`() {
    let out: Set<ReportState> = [.sent, .replied, .changed, .told]
    let ways: [(ReportState, [ReportChange])] = [
      (.planned, []), (.complete, Array(Self.written.prefix(4))), (.checked, Self.written),
      (.sent, Self.written + [.approved, .sent(dueAt: ReportFixture.start + .days(3))]),
    ]
    for (state, changes) in ways {
      let report = report(changes)
      #expect(report.standing.state == state)
      func sight(_ person: Int64?, _ roles: Set<Role>) -> ReportSight {
        ReportSight.of(report, for: person.map { PersonID(rawValue: $0) }, holding: roles)
      }
      let isOut = out.contains(state)
      #expect(sight(1, [.socialWorker]) == .author)
      #expect(sight(2, [.supervisor]) == .author)
      #expect(sight(1, [.resident]) == (isOut ? .document : .tracker), "who lost the role lost the sight")
      #expect(sight(3, [.socialWorker]) == (isOut ? .document : .tracker))
      #expect(sight(4, [.committee]) == (isOut ? .document : .tracker))
      #expect(sight(5, [.governmentReader]) == (isOut ? .addressee : .tracker))
      #expect(sight(6, [.resident]) == (isOut ? .document : .tracker))
      #expect(sight(nil, []) == (isOut ? .document : .tracker))
    }
    let asked = report(Array(Self.written.prefix(3)) + [.completed(digest: "e", asksCommittee: true)])
    #expect(ReportSight.of(asked, for: PersonID(rawValue: 4), holding: [.committee]) == .document)
    #expect(ReportSight.of(asked, for: PersonID(rawValue: 6), holding: [.resident]) == .tracker)
  }

  // MARK: - Words

  @Test func `words that say more than figures can are pointed out`() {
    let cases: [(String, [String])] = [
      ("这证明电梯导致买菜难", ["证明", "导致"]), ("回答的人里六成说难", []), ("这不一定对", []), ("一定要改", ["一定"]),
      ("This proves that all residents agree", ["proves", "all residents"]),
      ("A link was found; the causeway is closed", []), ("Stairs CAUSE it", ["cause"]),
      ("调查prove了", ["prove"]),
    ]
    for (text, words) in cases {
      #expect(FindingWords.advice(on: text).map(\.word) == words, "\(text)")
    }
  }

  // MARK: - Tables

  @Test func `a frozen table reads back as it was written, left-out figures too`() throws {
    let evidence = try ReportFixture.evidence(42)
    #expect(FrozenEvidence(text: evidence.text) == evidence)
    #expect(FrozenEvidence(text: evidence.text)?.text == evidence.text)
    #expect(
      FrozenEvidence(text: evidence.text.replacing("\"figures\":[42", with: "\"figures\":[\"42\"")) == nil)
    #expect(FrozenEvidence(text: "{}") == nil)
  }

  @Test func `a table fills its columns`() {
    let column = EvidenceTable.Column(Phrase("人", "People"))
    func table(_ figures: [Int64?]) -> EvidenceTable? {
      EvidenceTable(
        rowName: Phrase("行", "Row"), columns: [column],
        rows: [EvidenceTable.Row(Phrase("一", "One"), figures)])
    }
    #expect(table([1]) != nil && table([nil]) != nil)
    #expect(table([]) == nil && table([1, 2]) == nil)
  }

  // MARK: - Quarters

  @Test func `quarters follow each other and begin on the community's calendar`() {
    let last = Quarter(ReportFixture.start, offsetSeconds: 28_800).last(5)
    #expect(last.map(\.name.english) == ["Q4 2025", "Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026"])
    for (quarter, next) in zip(last, last.dropFirst()) {
      #expect(quarter.next == next && next.previous == quarter)
    }
    let start = Quarter(year: 2026, number: 4).start(offsetSeconds: 28_800)
    #expect(start == Timestamp(rfc3339: "2026-09-30T16:00:00Z"))
    #expect(Quarter(start - .seconds(1), offsetSeconds: 28_800) == Quarter(year: 2026, number: 3))
  }

  @Test func `people are told in indicators where they are ten or more`() {
    let quarters = Quarter(year: 2026, number: 4).last(3)
    let start = quarters[2].start(offsetSeconds: 28_800)
    let indicators = ReportIndicators(
      quarters: quarters, offsetSeconds: 28_800,
      ways: [
        .init(sentAt: start - .days(5), repliedAt: start + .days(5), changedAt: nil),
        .init(sentAt: start + .days(1), repliedAt: start + .days(4), changedAt: start + .days(6)),
      ],
      others: .init(
        policies: [(start - .days(1), nil), (start - .days(200), start - .days(1))], decisions: [start]),
      activities: [30, 40, 9].map { .init(held: 2, came: $0) },
      questionnaires: [(0, 0), (1, 0), (1, 10)].map { .init(closed: $0.0, answers: $0.1) })
    #expect(indicators.rows.map(\.sent) == [0, 1, 1])
    #expect(indicators.rows.map(\.replied) == [0, 0, 2])
    #expect(indicators.rows.map(\.changed) == [0, 0, 1])
    #expect(indicators.rows.map(\.medianDays) == [nil, nil, 6])
    #expect(indicators.rows.map(\.policies) == [1, 1, 1])
    #expect(indicators.rows.map(\.decided) == [0, 0, 1])
    #expect(indicators.rows.map(\.attendance) == [30, 40, nil])
    #expect(indicators.rows.map(\.answers) == [0, nil, 10], "nobody was asked, or nobody answered")
  }
}
