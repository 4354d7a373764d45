import Database
import Foundation
import Kernel
import Security
import TestKit
import Testing

@testable import Care
@testable import People

/// The stage and consent machines in the database under random moves, held against a model of a few marks: nothing that the
/// model refuses happens, nothing that it allows is refused, and the stored history says the same as `nuanlin check`.
@Suite struct CaseModelTests {
  /// Moves for each database. `NUANLIN_CASE_MOVES` asks for more, as before a release.
  private static var moves: Int {
    ProcessInfo.processInfo.environment["NUANLIN_CASE_MOVES"].flatMap { Int($0) } ?? 8_000
  }
  private static let batch = 500

  @Test(arguments: TestEngine.available)
  func `no gate is passed wrongly, whatever is tried in whatever order`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      var random = SeededGenerator(seed: 41)
      var table = try await CaseTable.set(station, round: 0)
      var stages: [Int: Int] = [:]
      for round in 0..<(Self.moves / Self.batch) {
        // New cases after a while: real ones have hundreds of entries and not thousands.
        if round > 0, round.isMultiple(of: 4) { table = try await CaseTable.set(station, round: round) }
        let plays = (0..<Self.batch).map { _ in
          (Int.random(in: 0..<table.cases.count, using: &random), Self.play(&random))
        }
        let outcomes = try await table.play(plays)
        for (index, play) in plays.enumerated() {
          let before = table.models[play.0]
          let expected = table.models[play.0].play(play.1)
          #expect(
            expected == (outcomes[index] == nil),
            "\(play.1) at \(before): \(outcomes[index] ?? "done")")
          stages[table.models[play.0].stage, default: 0] += 1
        }
        station.clock.advance(by: .minutes(5))
      }
      for stage in 0...5 { #expect(stages[stage] ?? 0 > Self.moves / 400, "stage \(stage)") }
      #expect(try await station.breaches() == [])
    }
  }

  /// Moves between stages are tried more often than each other play, so that cases get about.
  private static func play(_ random: inout SeededGenerator) -> CasePlay {
    if Int.random(in: 0..<4, using: &random) == 0 { return .forward }
    if Int.random(in: 0..<6, using: &random) == 0 {
      return [.agree, .assess, .plan, .submit, .approve, .clientAgrees, .decide].randomElement(using: &random)
        ?? .agree
    }
    return CasePlay.allCases.randomElement(using: &random) ?? .forward
  }
}

/// Some cases with their models, and the desk at which plays are carried out.
struct CaseTable: Sendable {
  let station: CareStation
  let cases: [CaseID]
  let clients: [PersonID]
  let seals: [CareSeal]
  var models: [CaseModel]

  static func set(_ station: CareStation, round: Int) async throws -> CaseTable {
    var cases: [CaseID] = []
    var seals: [CareSeal] = []
    let clients = try await station.people.createPersons(
      try (0..<10).map { try PersonDraft(displayName: "第\(round)轮\($0)号", household: nil, phone: nil) },
      in: station.community)
    for client in clients {
      cases.append(try await station.openCase(of: client))
      seals.append(try await station.care.keys.sealing(client, in: station.community))
    }
    return CaseTable(
      station: station, cases: cases, clients: clients, seals: seals,
      models: cases.map { _ in CaseModel() })
  }

  /// Carries plays out in one transaction, each undone where it is refused.
  /// - Returns: the code of each refusal; nil for what happened.
  func play(_ plays: [(Int, CasePlay)]) async throws -> [String?] {
    try await station.database.write(in: station.community) { [self] transaction in
      try plays.map { place, play in
        do {
          try transaction.nested {
            try CasePlayer(table: self, place: place, transaction: transaction).carryOut(play)
          }
          return nil
        } catch let problem as Problem {
          return problem.code
        }
      }
    }
  }
}

/// Carries out one play in the way that the doors do.
private struct CasePlayer {
  let table: CaseTable
  let place: Int
  let transaction: Transaction

  private var station: CareStation { table.station }
  private var desk: CaseDesk { station.care.desk }
  private var seal: CareSeal { table.seals[place] }
  private var client: PersonID { table.clients[place] }

  private func open(as person: PersonID) throws -> OpenCase {
    try desk.doorkeeper.open(
      table.cases[place], for: station.reader(person), in: transaction.community, transaction)
  }

  private func words(_ fields: CareDocument.Field...) -> CareDocument {
    CareDocument(Dictionary(fields.map { ($0, "一句话") }) { first, _ in first })
  }

  func carryOut(_ play: CasePlay) throws {
    var own = try open(as: station.xu)
    switch play {
    case .agree, .refuse: try answer(isGiven: play == .agree)
    case .withdraw:
      let given = try desk.directory.consents(
        of: client, code: CareNotices.service, in: transaction.community, transaction
      ).map(\.0).first { $0.state(at: transaction.now) == .given }
      guard let given else { throw Problem.notFound }
      try Consents.withdraw(given.id, by: Actor(person: client, role: .resident), in: transaction)
    case .ground, .unground:
      try desk.ground(
        play == .ground ? .danger : nil, words: words(.reason), &own, seen: own.file.standing.events,
        sealing: seal, in: transaction)
    case .forward, .back, .reopen:
      let move: CaseMove = play == .forward ? .forward : play == .back ? .back : .reopen
      try desk.move(
        move, words: words(.reason), &own, seen: own.file.standing.events, sealing: seal, in: transaction)
    case .end: try desk.end(&own, seen: own.file.standing.events, in: transaction)
    case .assess, .plan, .submit, .approve, .approveOwn, .sendBack, .clientAgrees, .clientDeclines,
      .intervene:
      try paper(play, &own)
    case .propose, .proposeWithoutView, .proposeEarly, .decide, .decideOwn, .rejectClosing:
      try closing(play, own)
    case .refer, .revokeReferral, .sendWithoutConsent: try referral(play, own)
    }
  }

  private func answer(isGiven: Bool) throws {
    guard let notice = try Consents.notice(CareNotices.service, in: transaction) else {
      throw Problem.notFound
    }
    try Consents.record(
      Consents.Draft(
        subject: client, notice: notice, expires: transaction.now + .days(365),
        evidence: ConsentEvidence(
          givenBy: .subject, giver: client, method: .spokenWithWitness, witness: station.committee,
          place: .home)),
      isGiven: isGiven, by: Actor(person: station.xu, role: .socialWorker), in: transaction)
  }

  private func paper(_ play: CasePlay, _ own: inout OpenCase) throws {
    switch play {
    case .assess:
      try desk.assess(
        words(.strengths, .assets, .needs), risk: .middle, &own, sealing: seal, in: transaction)
    case .intervene:
      try desk.intervene(
        .talk, minutes: 30, doneAt: transaction.now, words: words(.happened), own, sealing: seal,
        in: transaction)
    case .plan:
      try desk.plan(
        words(.goals, .measures), reviewAt: transaction.now + .days(30), own, sealing: seal, in: transaction)
    default:
      // A plan of an earlier opening is over with it.
      let plan = try CarePlanStore.plans(of: own.id, in: transaction.community, transaction)
        .first { $0.episode == own.file.standing.episode }
      guard let plan else { throw Problem.notFound }
      try step(play, plan.id, own)
    }
  }

  private func step(_ play: CasePlay, _ plan: CarePlanID, _ own: OpenCase) throws {
    switch play {
    case .submit: try desk.submit(plan, own, in: transaction)
    case .approve, .sendBack:
      try desk.decide(
        plan, isApproved: play == .approve, words: words(.remark), open(as: station.zheng), sealing: seal,
        in: transaction)
    case .approveOwn:
      try desk.decide(
        plan, isApproved: true, words: words(.remark), own, sealing: seal, in: transaction)
    default:
      try desk.answer(
        plan, isAgreed: play == .clientAgrees, by: .inPerson, words: words(.remark), own, sealing: seal,
        in: transaction)
    }
  }

  private func closing(_ play: CasePlay, _ own: OpenCase) throws {
    switch play {
    case .propose:
      try desk.propose(
        .partly, words: words(.summary, .clientView), own, sealing: seal, in: transaction)
    case .proposeWithoutView:
      try desk.propose(.partly, words: words(.summary, .noView), own, sealing: seal, in: transaction)
    case .proposeEarly:
      try desk.propose(.lostContact, words: words(.summary, .noView), own, sealing: seal, in: transaction)
    default:
      let closing = try CaseClosingStore.closings(of: own.id, in: transaction.community, transaction)
        .first { $0.episode == own.file.standing.episode }
      guard let closing else { throw Problem.notFound }
      let decider = play == .decideOwn ? own : try open(as: station.zheng)
      try desk.decide(
        closing.id, isApproved: play != .rejectClosing, words: words(.remark), decider, sealing: seal,
        in: transaction)
    }
  }

  private func referral(_ play: CasePlay, _ own: OpenCase) throws {
    let referrals = station.care.referrals
    if play == .refer {
      try referrals.write(
        to: .organisation, fields: [.name], words: words(.purpose, .sharedName), own, sealing: seal,
        in: transaction)
      return
    }
    let open = try ReferralStore.referrals(of: own.id, in: transaction.community, transaction)
      .first { $0.episode == own.file.standing.episode && $0.state.isOpen }
    guard let open else { throw Problem.notFound }
    if play == .revokeReferral {
      try referrals.note(.revoked, open.id, words: CareDocument(), own, sealing: seal, in: transaction)
    } else {
      try referrals.send(open.id, words: words(.sharedName), own, sealing: seal, in: transaction)
    }
  }
}
