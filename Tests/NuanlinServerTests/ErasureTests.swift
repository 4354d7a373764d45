import Foundation
import Kernel
import Ledger
import Security
import Shop
import TestKit
import Testing

@testable import Care
@testable import Database
@testable import NuanlinServer
@testable import People

/// Deleting a person over the whole program: what goes, what stays, and that a copy of former times brings nothing back.
@Suite struct ErasureTests {
  private static let name = "鹮鸮老人"
  private static let secret = "夜里常常哭到天亮"

  @Test(arguments: TestEngine.available)
  func `a deleted person is nowhere, and the books are what they were`(engine: TestEngine) async throws {
    try await Shopping.with(engine, offers: [.init(price: .fen(1_250))]) { shopping in
      let leaving = try await Leaving.prepare(shopping, name: Self.name, secret: Self.secret)
      let before = try await leaving.balances()
      try await leaving.erase()
      #expect(try await shopping.breaches() == [])
      #expect(try await leaving.balances() == before)
      let rights = shopping.house.switchboard.rights
      // The copy for the person holds nothing that tells who they were.
      let copy = try await rights.copy(
        of: leaving.person, isOwn: true, in: shopping.house.community,
        by: Actor(person: leaving.person, role: .resident))
      #expect(copy.name == ErasureStore.nobody)
      let texts = copy.parts.flatMap(\.tables).flatMap(\.rows).flatMap(\.self)
      #expect(!texts.contains { if case .text(let text) = $0 { text.contains(Self.name) } else { false } })
      #expect(try await leaving.isKeyDestroyed())
      if case .sqlite(let path) = shopping.house.location {
        for word in [Self.name, Self.secret] {
          #expect(!Leaving.lies(word, inFilesOf: path), "\(word) is still on the disk")
        }
      }
    }
  }

  @Test(arguments: TestEngine.available)
  func `what is open hinders a deletion and is said, and nothing is half done`(engine: TestEngine)
    async throws
  {
    try await Shopping.with(engine, offers: [.init(price: .fen(800))]) { shopping in
      _ = try await shopping.place(0, [2])
      let (person, community) = (shopping.buyers[0].person, shopping.house.community)
      let rights = shopping.house.switchboard.rights
      let actor = Actor(person: shopping.committee, role: .committee)
      let problem = await #expect(throws: Problem.self) {
        try await shopping.database.write(in: community) { try rights.erase(person, by: actor, in: $0) }
      }
      #expect(problem?.code == "erasure.obstacles")
      let isThere = try await shopping.database.read {
        try $0.person(person, in: community)?.isDisabled == false
      }
      #expect(isThere)
    }
  }

  @Test func `a database of former times, put back, forgets the person again before it serves`() async throws
  {
    try await Shopping.with(.sqlite, offers: [.init(price: .fen(500))]) { shopping in
      let leaving = try await Leaving.prepare(shopping, name: Self.name, secret: Self.secret)
      guard case .sqlite(let path) = shopping.house.location else { return }
      let old = path + ".old"
      defer { try? FileManager.default.removeItem(atPath: old) }
      try await shopping.database.write(in: shopping.house.community) { _ in }
      try await shopping.database.clearTraces()
      try FileManager.default.copyItem(atPath: path, toPath: old)
      #expect(Leaving.lies(Self.name, inFilesOf: old), "the copy is looked through in vain")
      #expect(!Leaving.lies(Self.secret, inFilesOf: old))
      try await leaving.erase()
      var settings = shopping.house.switchboard.settings
      settings.database = .sqlite(path: old)
      let restored = try await Switchboard.open(settings, logger: .quiet)
      let name = try await restored.database.read {
        try $0.person(leaving.person, in: shopping.house.community)?.displayName
      }
      #expect(name == ErasureStore.nobody)
      #expect(try await restored.breaches() == [])
      await restored.close()
      #expect(!Leaving.lies(Self.name, inFilesOf: old))
    }
  }

  @Test(arguments: TestEngine.available)
  func `records of orders lose their words three years later`(engine: TestEngine) async throws {
    try await Shopping.with(engine, offers: [.init(price: .fen(500))]) { shopping in
      let leaving = try await Leaving.prepare(shopping, name: Self.name, secret: Self.secret)
      try await leaving.erase()
      let runner = JobRunner(shopping.database, handlers: shopping.house.switchboard.rights.jobs)
      shopping.clock.move(to: Shopping.start + .days(39) + DataRights.keepingTime)
      _ = try await runner.runDue()
      #expect(try await leaving.remainderEndedAt() == nil)
      shopping.clock.move(to: Shopping.start + .days(41) + DataRights.keepingTime)
      _ = try await runner.runDue()
      #expect(try await leaving.remainderEndedAt() != nil)
      #expect(try await shopping.breaches() == [])
    }
  }
}

/// Somebody with an order behind them and a case, who wants to be deleted.
private struct Leaving: Sendable {
  let shopping: Shopping
  let person: PersonID

  static func prepare(_ shopping: Shopping, name: String, secret: String) async throws -> Leaving {
    let house = shopping.house
    let (person, community) = (shopping.buyers[0].person, house.community)
    try await shopping.database.write(in: community) {
      try CorrectionStore.setName(name, of: person, in: $0)
    }
    let order = try await shopping.place(0, [2])
    _ = try await shopping.place(1, [1])
    try await shopping.arrive([3])
    try await shopping.handOver(order)
    try await openCase(of: person, house, secret: secret)
    shopping.clock.move(to: Shopping.start + .days(40))
    return Leaving(shopping: shopping, person: person)
  }

  private static func openCase(of person: PersonID, _ house: House, secret: String) async throws {
    let care = house.switchboard.care
    let worker = try await house.person(roles: [.socialWorker])
    let supervisor = try await house.person(roles: [.supervisor])
    let seal = try await care.keys.sealing(person, in: house.community)
    try await house.switchboard.database.write(in: house.community) { transaction in
      let file = try care.desk.open(
        CaseDesk.Draft(
          person: person, field: .family, source: .asked, words: CareDocument([.concern: secret]),
          assignment: CaseDesk.Assignment(worker: worker, supervisor: supervisor)),
        sealing: seal, by: Actor(person: worker, role: .socialWorker), in: transaction)
      let reader = CaseReader(person: worker, roles: [.socialWorker])
      let open = try care.desk.open(file.id, for: reader, in: transaction.community, transaction)
      try care.desk.write(
        CaseDesk.NoteDraft(kind: .progress, sensitivity: .ordinary, words: CareDocument([.note: secret])),
        open, sealing: seal, in: transaction)
    }
  }

  func erase() async throws {
    let rights = shopping.house.switchboard.rights
    let actor = Actor(person: shopping.committee, role: .committee)
    try await shopping.database.write(in: shopping.house.community) {
      try rights.erase(person, by: actor, in: $0)
    }
    try await rights.finishErasures()
  }

  /// What every account holds, in the order of the accounts.
  func balances() async throws -> [Int64] {
    try await shopping.database.read {
      try $0.values(
        "SELECT CAST(sum(amount) AS BIGINT) FROM ledger_entry GROUP BY account_id ORDER BY account_id")
    }
  }

  func isKeyDestroyed() async throws -> Bool {
    try await shopping.house.switchboard.personKeys.isDestroyed(
      KeyScope(community: shopping.house.community, dataClass: .casework, person: person))
  }

  func remainderEndedAt() async throws -> Timestamp? {
    try await shopping.database.read {
      try ErasureStore.find(person, in: shopping.house.community, $0)?.remainderEndedAt
    }
  }

  static func lies(_ word: String, inFilesOf path: String) -> Bool {
    ["", "-wal"].contains { end in
      FileManager.default.contents(atPath: path + end)?.range(of: Data(word.utf8)) != nil
    }
  }
}
