import Database
import Kernel
import Security
import Statistics
import TestKit
import Testing

@testable import Surveys

@Suite struct PublicationTests {
  /// People whose age is known: `younger` under 60 and the rest over, of whom `yes` in each say yes.
  private func data(younger: (Int, yes: Int), older: (Int, yes: Int)) -> SurveyData {
    let groups = [(50, younger), (70, older)]
    return SurveySample.data(
      groups.flatMap { age, group in
        (0..<group.0).map { number in
          ResponseAnswers(
            values: [
              "age": "\(age)", "lift": number < group.yes ? "yes" : "no",
              "needs": number % 2 == 0 ? "shop care" : "care",
            ],
            notAsked: number < group.yes ? ["why"] : [])
        }
      })
  }

  private let spec = LockSpec(
    breakdowns: [LockSpec.Breakdown(item: "age", bounds: [60])], reversed: [], scales: [])

  private func lock(_ data: SurveyData) -> AnswerLock {
    AnswerLock(
      questionnaire: QuestionnaireID(rawValue: 1), spec: spec, answers: data.count,
      digest: data.canonical.digest,
      lockedAt: Timestamp(seconds: 0), lockedBy: SurveySample.actor)
  }

  private func note(_ data: SurveyData) -> SampleNote {
    SampleNote(data, contacts: [:], unit: .person, households: nil)
  }

  private func query(
    _ question: String, _ breakdowns: [String] = [], filter: PublicationQuery.Filter? = nil,
    _ audience: PublicationQuery.Audience = .everyone
  ) -> PublicationQuery {
    PublicationQuery(question: question, breakdowns: breakdowns, filter: filter, audience: audience)
  }

  @Test func `Background, numbers and texts are no questions of a plan`() throws {
    let plan = try PublicationPlan(data(younger: (40, 20), older: (40, 20)), spec, SurveySample.definition)
    #expect(plan.breakdowns.map(\.name) == ["age"])
    #expect(plan.questions.map(\.name) == ["lift", "why", "mood", "needs", "order"])
  }

  @Test func `A question that hangs on several answers at once is not published`() throws {
    var definition = SurveySample.definition
    let place = try #require(definition.items.firstIndex { $0.name == "why" })
    definition.items[place].relevant = "selected(${needs}, 'shop')"
    let plan = try PublicationPlan(data(younger: (40, 20), older: (40, 20)), spec, definition)
    #expect(plan.questions.map(\.name) == ["lift", "mood", "needs", "order"])
    #expect(plan.tooEntangled.count == 1)
  }

  @Test func `No number below the threshold is shown`() throws {
    let data = data(younger: (40, 37), older: (40, 20))
    let plan = try PublicationPlan(data, spec, SurveySample.definition)
    let result = try plan.result(of: query("lift", ["age"]), after: [], lock: lock(data), note: note(data))
    let shown = result.content.rows.prefix(2).flatMap(\.counts).compactMap(\.self)
    #expect(!shown.isEmpty)
    #expect(shown.allSatisfy { $0 >= 10 })
    // Three of the younger said no: neither that nor what gives it back is shown.
    #expect(result.content.rows[1].counts[0] == nil)
  }

  /// Sixty, of whom three left both questions empty.
  private var withThreeEmpty: SurveyData {
    SurveySample.data(
      (0..<60).map { number in
        let isEmpty = number >= 57
        let needs = (number < 30 ? ["shop"] : []) + (number % 3 == 0 ? ["care"] : ["talk"])
        return ResponseAnswers(
          values: isEmpty
            ? [:] : ["lift": number < 40 ? "yes" : "no", "needs": needs.joined(separator: " ")],
          notAsked: (40..<57).contains(number) ? [] : ["why"])
      })
  }

  @Test func `Few who left a question empty cost no answer, and stand apart`() throws {
    let plan = try PublicationPlan(withThreeEmpty, spec, SurveySample.definition)
    let result = try plan.result(
      of: query("lift"), after: [], lock: lock(withThreeEmpty), note: note(withThreeEmpty))
    let rows = result.content.rows
    #expect(
      rows.map(\.label.english).suffix(4) == ["Answered", "Left empty", "Would rather not say", "All (n)"])
    #expect(rows.map { $0.counts[0] } == [40, 17, 57, 3, 0, 60])
    #expect(rows.map { $0.shares[0] } == [40.0 / 57, 17.0 / 57, nil, nil, nil, nil])
    #expect(result.hidden == 0)
  }

  @Test func `Of several answers each option is among those who answered`() throws {
    let plan = try PublicationPlan(withThreeEmpty, spec, SurveySample.definition)
    let result = try plan.result(
      of: query("needs"), after: [], lock: lock(withThreeEmpty), note: note(withThreeEmpty))
    let rows = result.content.rows
    #expect(rows.map { $0.counts[0] } == [30, 19, 38, 57, 3, 0, 60])
    #expect(rows[0].shares[0] == 30.0 / 57)
    #expect(result.releases.count == 3)
  }

  /// Nine of 57 did not choose the second: that follows from those who did, so the option is a row of blanks.
  @Test func `An option that nearly all chose is left out, and the others are not`() throws {
    let data = SurveySample.data(
      (0..<60).map { number in
        let needs = (number < 30 ? ["shop"] : ["talk"]) + (number < 48 ? ["care"] : [])
        return ResponseAnswers(values: number < 57 ? ["needs": needs.joined(separator: " ")] : [:])
      })
    let plan = try PublicationPlan(data, spec, SurveySample.definition)
    let result = try plan.result(of: query("needs"), after: [], lock: lock(data), note: note(data))
    #expect(result.content.rows.map { $0.counts[0] } == [30, nil, 27, 57, 3, 0, 60])
  }

  @Test func `Whoever left a question empty that hangs on another gave that one an answer`() throws {
    let plan = try PublicationPlan(withThreeEmpty, spec, SurveySample.definition)
    let open = plan.questions.map { (name: $0.name, open: plan.dataset.questions[$0.place].open) }
    #expect(open.first { $0.name == "why" }?.open == [])
    #expect(open.first { $0.name == "lift" }?.open == [2, 3])
    #expect(
      plan.questions.first { $0.name == "needs" }?.options.allSatisfy {
        plan.dataset.questions[$0].open == [2, 3]
      } == true)
  }

  @Test func `Shares of several answers are of those who answered`() throws {
    let data = data(younger: (40, 20), older: (40, 20))
    let plan = try PublicationPlan(data, spec, SurveySample.definition)
    let result = try plan.result(of: query("needs"), after: [], lock: lock(data), note: note(data))
    #expect(result.content.rows[0].counts.last == .some(40))
    #expect(result.content.rows[0].shares.last == .some(0.5))
  }

  @Test func `A table that could be subtracted from an earlier one shows less, or nothing`() throws {
    let data = data(younger: (4, 3), older: (60, 30))
    let plan = try PublicationPlan(data, spec, SurveySample.definition)
    let (lock, note) = (lock(data), note(data))
    let first = try plan.result(of: query("lift"), after: [], lock: lock, note: note)
    let whole = try #require(first.content.rows[0].counts[0])
    // The older alone: beside the whole it would tell of the four younger ones.
    let older = query("lift", filter: PublicationQuery.Filter(breakdown: "age", categories: [1]))
    do {
      let second = try plan.result(of: older, after: first.releases.map(\.release), lock: lock, note: note)
      let counts = second.content.rows.prefix(2).map { $0.counts[0] }
      #expect(counts.contains(nil))
      if let rest = counts[0] { #expect(whole - rest >= 10 || whole - rest < 0) }
    } catch {
      #expect(error != .malformed && error != .ledgerDiffers)
    }
  }

  @Test(arguments: TestEngine.available) func `A table is recorded once and judged by what stood before`(
    _ engine: TestEngine
  ) async throws {
    try await LockFixture.with(engine, answers: 120) { fixture in
      try await fixture.close()
      try await fixture.request()
      try await fixture.work.round()
      let material = try await AnalysisReader(staff: fixture.staff).material(
        fixture.id, in: fixture.community)
      let lock = try #require(material.lock)
      let plan = try PublicationPlan(material.data, lock.spec, SurveySample.definition)
      let result = try plan.result(of: query("lift"), after: [], lock: lock, note: material.note)
      let other = try plan.result(of: query("needs"), after: [], lock: lock, note: material.note)
      let (community, actor) = (fixture.community, fixture.actor)
      let desk = PublicationDesk()
      let id = try await fixture.database.write(in: community) {
        try desk.publish(result, .everyone, of: lock, after: 0, by: actor, in: $0)
      }
      let again = try await fixture.database.write(in: community) {
        try desk.publish(result, .everyone, of: lock, after: 0, by: actor, in: $0)
      }
      #expect(again == id)
      // It was judged when nothing had been published.
      await #expect(throws: Problem.publicationStale) {
        try await fixture.database.write(in: community) {
          try desk.publish(other, .everyone, of: lock, after: 0, by: actor, in: $0)
        }
      }
      let (table, listed, ledger) = try await fixture.database.read { [id = fixture.id] snapshot in
        let evidence = SurveyEvidence()
        return (
          try evidence.table(again, in: community, snapshot),
          try evidence.tables(least: 10, in: community, snapshot),
          try PublicationStore.ledger(of: id, in: community, snapshot)
        )
      }
      #expect(table?.content == result.content)
      #expect(table?.lockDigest == lock.digest)
      #expect(listed.map(\.id) == [id])
      #expect(ledger.tables == 1 && ledger.releases == result.releases.map(\.release))
    }
  }
}
