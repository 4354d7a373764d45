import Database
import Kernel
import People
import TestKit
import Testing

@testable import Policy

/// Reports in the database under random moves, held against a model of a few marks.
@Suite("Reports: random ways")
struct ReportModelTests {
  @Test(arguments: TestEngine.available)
  func `no step is taken that does not follow, and none is refused that does`(engine: TestEngine) async throws
  {
    try await ReportFixture.with(engine) { fixture in
      var random = SeededGenerator(seed: 61)
      var (id, model, made) = (try await fixture.written(), ReportModel(), [ReportID]())
      made.append(id)
      var reached: Set<String> = []
      for _ in 0..<500 {
        if model.stage == "told" || model.stage == "dropped" {
          (id, model) = (try await fixture.written(), ReportModel())
          made.append(id)
        }
        let play = ReportPlay.random(&random, from: model, at: fixture.clock.now)
        let before = model
        let expected = model.play(play, at: fixture.clock.now)
        let current = id
        let code = await ProposalFixture.code { try await play.carryOut(current, fixture, before) }
        #expect(expected == (code == nil), "\(play) of \(before): \(code ?? "done")")
        reached.insert(model.stage)
      }
      for stage in ["checked", "approved", "sent", "replied", "changed", "told", "dropped"] {
        #expect(reached.contains(stage), "\(stage) was reached")
      }
      for id in made {
        let document = try await fixture.document(id)
        let told = document.events.reduce(ReportStanding()) { $0.after($1.change, at: $1.at) }
        #expect(told == document.report.standing, "the standing is the sum of the events")
      }
      #expect(try await fixture.breaches() == [])
    }
  }
}

/// What may be tried with a report.
enum ReportPlay: CaseIterable {
  case lock
  case reopen
  case findings
  case recommendations
  case complete
  case agree
  case askForChanges
  case approve
  case approveOwn
  case back
  case send
  case askTime
  case extend
  case reply
  case silence
  case publish
  case noChange
  case tell
  case drop
  case wait

  /// Every other one leads on from where the report is, so that reports get about.
  static func random(
    _ random: inout SeededGenerator, from model: ReportModel, at now: Timestamp
  ) -> ReportPlay {
    let onward: [ReportPlay] = [
      .lock, .findings, .recommendations, .complete, .agree, .approve, .send, .reply, .publish, .noChange,
      .tell,
    ]
    let next = onward.filter { play in
      var model = model
      return model.play(play, at: now)
    }
    if Bool.random(using: &random), let play = next.randomElement(using: &random) { return play }
    return (allCases + [.wait, .wait]).randomElement(using: &random) ?? .wait
  }

  func carryOut(_ id: ReportID, _ fixture: ReportFixture, _ model: ReportModel) async throws {
    let now = fixture.clock.now
    switch self {
    case .lock: try await fixture.lock(id)
    case .reopen: try await fixture.take(.evidenceReopened(reason: "换"), id)
    case .findings: try await fixture.take(.findingsDone, id)
    case .recommendations: try await fixture.take(.recommendationsDone, id)
    case .complete: try await fixture.complete(id)
    case .agree: try await fixture.check(id)
    case .askForChanges: try await fixture.check(id, .changes)
    case .approve: try await fixture.judge(.approved, id)
    case .approveOwn: try await fixture.judge(.approved, id, by: fixture.asWorker)
    case .back: try await fixture.judge(.sentBack(reason: "改", bySupervisor: true), id)
    case .send: try await fixture.send(id)
    case .askTime:
      let (seen, actor) = (try await fixture.seen(id), fixture.asGovernment)
      let until = max(now, model.due) + .days(5)
      try await fixture.write { [desk = fixture.desk] in
        try desk.askForTime(until: until, reason: "忙", id, seen: seen, by: actor, in: $0)
      }
    case .extend:
      let (seen, actor) = (try await fixture.seen(id), fixture.asWorker)
      try await fixture.write { [desk = fixture.desk] in
        try desk.extend(id, to: now + .days(20), seen: seen, by: actor, in: $0)
      }
    case .reply: try await fixture.reply(id)
    case .silence: try await fixture.reply(id, .none, answers: [], by: fixture.asWorker)
    case .publish: try await fixture.take(.replyPublished, id)
    case .noChange: try await fixture.record(id)
    case .tell: try await fixture.tell(id)
    case .drop: try await fixture.take(.dropped(reason: "不做"), id)
    case .wait: fixture.clock.advance(by: .days(4))
    }
  }
}

/// The same rules, said with a few marks. Its document has all that it needs.
struct ReportModel {
  var stage = "planned"
  var due = Timestamp(seconds: 0)
  var hasUnpublished = false

  private mutating func go(_ stages: [String], to next: String, if isAllowed: Bool = true) -> Bool {
    guard stages.contains(stage), isAllowed else { return false }
    stage = next
    return true
  }

  mutating func play(_ play: ReportPlay, at now: Timestamp) -> Bool {
    switch play {
    case .lock: return go(["planned"], to: "evidence")
    case .reopen: return go(["evidence", "findings", "recommendations"], to: "planned")
    case .findings: return go(["evidence"], to: "findings")
    case .recommendations: return go(["findings"], to: "recommendations")
    case .complete: return go(["recommendations"], to: "complete")
    case .agree: return go(["complete", "checked"], to: "checked")
    case .askForChanges, .back: return go(["complete", "checked"], to: "recommendations")
    case .approve: return go(["checked"], to: "approved")
    case .approveOwn: return false
    case .drop:
      return go(
        ["planned", "evidence", "findings", "recommendations", "complete", "checked", "approved"],
        to: "dropped")
    case .wait: return true
    default: return playOut(play, at: now)
    }
  }

  private mutating func playOut(_ play: ReportPlay, at now: Timestamp) -> Bool {
    switch play {
    case .send:
      guard go(["approved", "sent", "replied"], to: "sent") else { return false }
      due = now + .days(10)
    case .askTime: return stage == "sent"
    case .extend:
      guard stage == "sent" else { return false }
      due = now + .days(20)
    case .reply, .silence:
      guard go(["sent"], to: "replied", if: play == .reply || now >= due) else { return false }
      hasUnpublished = true
    case .publish:
      guard hasUnpublished else { return false }
      hasUnpublished = false
    case .noChange: return go(["replied", "changed"], to: "changed")
    case .tell: return go(["changed"], to: "told", if: !hasUnpublished)
    default: return false
    }
    return true
  }
}
