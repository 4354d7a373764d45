import Database
import Foundation
import Kernel
import People
import TestKit
import Testing

@testable import Policy

/// Proposals in the database under random moves, held against a model of a few marks: nothing that the model refuses
/// happens, nothing that it allows is refused, and the stored history says the same as `nuanlin check`.
@Suite("Proposals: random ways")
struct ProposalModelTests {
  /// Moves for each database. `NUANLIN_PROPOSAL_MOVES` asks for more, as before a release.
  private static var moves: Int {
    ProcessInfo.processInfo.environment["NUANLIN_PROPOSAL_MOVES"].flatMap { Int($0) } ?? 900
  }

  @Test(arguments: TestEngine.available)
  func `no step is taken that does not follow, whatever is tried in whatever order`(
    engine: TestEngine
  ) async throws {
    try await ProposalFixture.with(engine) { fixture in
      var random = SeededGenerator(seed: 23)
      let anchor = try await fixture.open("一直开着的提案")
      let box = try await fixture.box()
      var table: [(id: ProposalID, model: ProposalModel)] = []
      var made: [ProposalID] = []
      var stages: [String: Int] = [:]
      for _ in 0..<Self.moves {
        while table.count < 4 {
          let id = try await fixture.submit("第 \(made.count) 个")
          made.append(id)
          table.append((id, ProposalModel()))
        }
        let place = Int.random(in: 0..<table.count, using: &random)
        let (play, house) = (ProposalPlay.random(&random), Int.random(in: 0..<12, using: &random))
        let expected = table[place].model.play(play, household: house, at: fixture.clock.now)
        let id = table[place].id
        let code = await ProposalFixture.code {
          try await ProposalPlayer(fixture: fixture, id: id, anchor: anchor, box: box)
            .carryOut(play, household: house)
        }
        #expect(expected == (code == nil), "\(play) of \(table[place].model): \(code ?? "done")")
        stages[table[place].model.stage, default: 0] += 1
        if table[place].model.isOver { table.remove(at: place) }
      }
      for stage in ["discussion", "voting", "decided", "sent", "answered", "tracked", "done"] {
        #expect(stages[stage] ?? 0 > 0, "\(stage) was reached")
      }
      for id in made {
        let proposal = try await fixture.find(id)
        let told = try await fixture.events(id).reduce(ProposalStanding()) { $0.after($1.change) }
        #expect(told == proposal.standing, "the standing is the sum of the events")
      }
      #expect(try await fixture.breaches() == [])
    }
  }
}

/// What may be tried with a proposal.
enum ProposalPlay: CaseIterable {
  case accept
  case merge
  case decline
  case set
  case callOff
  case vote
  case count
  case send
  case accepted
  case refused
  case track
  case addStep
  case endStep
  case finish
  case wait

  /// What leads on is tried more often, so that proposals get about.
  static func random(_ random: inout SeededGenerator) -> ProposalPlay {
    let all: [ProposalPlay] =
      allCases + [
        .accept, .accept, .set, .vote, .vote, .vote, .wait, .wait, .count, .send, .accepted, .track,
      ]
      + [.addStep, .endStep, .endStep, .finish]
    return all.randomElement(using: &random) ?? .wait
  }
}

/// The same rules, said with a few marks.
struct ProposalModel {
  var stage = "submitted"
  var opens = Timestamp(seconds: 0)
  var closes = Timestamp(seconds: 0)
  var voted: Set<Int> = []
  var steps = 0
  var ended = 0

  /// Nothing more can happen to it.
  var isOver: Bool { ["merged", "declined", "failed", "refused", "done"].contains(stage) }

  static let opensAfter = Duration.hours(6)
  static let lasts = Duration.hours(12)
  static let wait = Duration.hours(4)

  private mutating func go(from stages: [String], to next: String, if isAllowed: Bool = true) -> Bool {
    guard stages.contains(stage), isAllowed else { return false }
    stage = next
    return true
  }

  mutating func play(_ play: ProposalPlay, household: Int, at now: Timestamp) -> Bool {
    switch play {
    case .accept: return go(from: ["submitted"], to: "discussion")
    case .merge: return go(from: ["submitted"], to: "merged")
    case .decline: return go(from: ["submitted"], to: "declined")
    case .set:
      guard go(from: ["discussion"], to: "voting") else { return false }
      (opens, closes) = (now + Self.opensAfter, now + Self.opensAfter + Self.lasts)
      return true
    case .callOff: return go(from: ["voting"], to: "discussion", if: now < opens)
    case .vote:
      guard stage == "voting", now >= opens, now < closes else { return false }
      return voted.insert(household).inserted
    case .count: return go(from: ["voting"], to: voted.isEmpty ? "failed" : "decided", if: now >= closes)
    case .send: return go(from: ["decided", "sent"], to: "sent")
    case .accepted: return go(from: ["sent"], to: "answered")
    case .refused: return go(from: ["sent"], to: "refused")
    case .track: return go(from: ["answered"], to: "tracked")
    case .addStep:
      guard stage == "tracked", steps < ProposalResult.actionLimit else { return false }
      steps += 1
      return true
    case .endStep:
      guard stage == "tracked", ended < steps else { return false }
      ended += 1
      return true
    case .finish: return go(from: ["tracked"], to: "done", if: steps > 0 && ended == steps)
    case .wait: return true
    }
  }
}

/// Carries out one play in the way that the doors do.
private struct ProposalPlayer {
  let fixture: ProposalFixture
  let id: ProposalID
  let anchor: ProposalID
  let box: BallotBox

  func carryOut(_ play: ProposalPlay, household: Int) async throws {
    switch play {
    case .accept: try await fixture.screen(id, .accepted(reason: "好"))
    case .merge: try await fixture.screen(id, .merged(into: anchor, reason: "一样"))
    case .decline: try await fixture.screen(id, .notTakenUp(reason: "管不着", hidesTitle: false))
    case .set:
      try await fixture.announce(
        fixture.voting(
          opens: ProposalModel.opensAfter, closes: ProposalModel.opensAfter + ProposalModel.lasts), id)
    case .callOff: try await callOff()
    case .vote:
      try await fixture.vote(
        1, fixture.households[household], by: fixture.residents[household][0], on: id, box: box)
    case .count: try await count()
    case .send: try await fixture.send(id)
    case .accepted: try await fixture.answer(id, .accepted)
    case .refused: try await fixture.answer(id, .refused)
    case .track, .addStep, .endStep, .finish: try await result(play)
    case .wait: fixture.clock.advance(by: ProposalModel.wait)
    }
  }

  private func callOff() async throws {
    let (seen, actor, id) = (try await fixture.find(id).standing.events, fixture.asWorker, id)
    try await fixture.write { [fixture] in
      try fixture.proposals.ballots.callOff(id, because: "再想想", seen: seen, by: actor, in: $0)
    }
  }

  private func count() async throws {
    let (seen, actor, id) = (try await fixture.find(id).standing.events, fixture.asWorker, id)
    try await fixture.write { [fixture, box] in
      try fixture.proposals.ballots.count(id, seen: seen, opening: box, by: actor, in: $0)
    }
  }

  private func result(_ play: ProposalPlay) async throws {
    let (seen, actor, id) = (try await fixture.find(id).standing.events, fixture.asWorker, id)
    try await fixture.write { [fixture] transaction in
      let desk = fixture.proposals.results
      switch play {
      case .track: try desk.begin("装扶手", of: id, seen: seen, by: actor, in: transaction)
      case .addStep:
        try desk.add(ResultActionDraft(title: "量尺寸", weight: 2), to: id, by: actor, in: transaction)
      case .endStep:
        let open = try ResultStore.result(of: id, in: transaction.community, transaction)?.actions
          .first { !$0.status.isEnded }
        guard let open else { throw Problem.notFound }
        let entry = ResultEntryDraft(text: "好了", day: transaction.now)
        try desk.report(
          ResultReport(status: .done, progress: 100, entry: entry), on: open.id, of: id, by: actor,
          in: transaction)
      default: try desk.finish(id, seen: seen, by: actor, in: transaction)
      }
    }
  }
}
