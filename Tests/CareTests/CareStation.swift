import Database
import Foundation
import Kernel
import Logging
import Messages
import Security
import Synchronization
import TestKit
import Testing
import Web

@testable import Care
@testable import People

/// A community with a station: two social workers, two supervisors, a committee member, and residents who may become
/// clients. The clock stands at Monday 16:00 local time.
struct CareStation: Sendable {
  static let host = "maple.test"
  static let start = Timestamp(rfc3339: "2026-11-23T08:00:00Z") ?? Timestamp(seconds: 0)
  static let migrations = peopleMigrations + messagesMigrations + careMigrations

  let database: Database
  let clock: MovableClock
  let people: People
  let messages: Messages
  let vault: Vault
  let personKeys: PersonKeyFolder
  let care: Care
  let community: CommunityID
  let xu: PersonID
  let lin: PersonID
  let zheng: PersonID
  let gao: PersonID
  let committee: PersonID
  let wang: PersonID
  let li: PersonID
  let outsider: PersonID

  static func with(
    _ engine: TestEngine, _ body: (CareStation) async throws -> Void
  ) async throws {
    let clock = MovableClock(start)
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "nuanlin-\(UUID().uuidString).persons")
    defer { try? FileManager.default.removeItem(at: folder) }
    try await engine.withDatabase(migrations, clock: clock.clock) {
      try await body(try await open($0, clock, folder.path))
    }
  }

  static func open(_ database: Database, _ clock: MovableClock, _ folder: String) async throws -> CareStation
  {
    let personKeys = PersonKeyFolder(path: folder)
    let vault = Vault(
      key: try KeyEncryptionKey(bytes: [UInt8](repeating: 7, count: 32)),
      storage: .stored(in: database).withPersons(personKeys), clock: clock.clock)
    let people = try await People(
      database: database, vault: vault,
      hasher: PasswordHasher(parameters: .quick, threads: 1, waiting: 20), clock: clock.clock)
    let community = try await people.createCommunity(
      CommunityDraft(
        name: Phrase("枫林社区", "Maple Grove"), phoneNumber: "021-5555 0123", hosts: [host]))
    let households = try await people.createHouseholds(
      try ["501", "502", "601"].map { try HouseholdDraft(door: Door(building: "3", unit: "2", room: $0)) },
      in: community)
    func draft(_ name: String, _ phone: String, _ roles: Set<Role>, _ home: HouseholdID? = nil) throws
      -> PersonDraft
    {
      var draft = try PersonDraft(displayName: name, household: home, phone: PhoneNumber(typed: phone))
      draft.roles = roles
      return draft
    }
    let persons = try await people.createPersons(
      [
        draft("许安然", "13900000001", [.socialWorker]), draft("林社工", "13900000002", [.socialWorker]),
        draft("郑督导", "13900000003", [.supervisor]), draft("高督导", "13900000004", [.supervisor]),
        draft("顾主任", "13900000005", [.committee]), draft("王阿姨", "13900000006", [], households[0]),
        draft("李叔", "13900000007", [], households[1]), draft("邻居", "13900000008", [], households[2]),
      ], in: community)
    let messages = Messages(
      database: database, directory: people.directory, vault: vault, keys: try await vault.derivedKeys(),
      kinds: Care.messageKinds, gateways: [], publicURL: nil, logger: .quiet)
    return CareStation(
      database: database, clock: clock, people: people, messages: messages, vault: vault,
      personKeys: personKeys,
      care: Care(
        database: database, directory: people.directory, vault: vault, messenger: messages.messenger),
      community: community, xu: persons[0], lin: persons[1], zheng: persons[2], gao: persons[3],
      committee: persons[4], wang: persons[5], li: persons[6], outsider: persons[7])
  }

  // MARK: - At the desk

  func reader(_ person: PersonID) -> CaseReader {
    let roles: Set<Role> =
      switch person {
      case xu, lin: [.socialWorker]
      case zheng, gao: [.supervisor]
      case committee: [.committee]
      default: [.resident]
      }
    return CaseReader(person: person, roles: roles)
  }

  /// A case of a resident that 许安然 works and 郑督导 supervises.
  func openCase(of person: PersonID? = nil, worker: PersonID? = nil, waits: Bool = false) async throws
    -> CaseID
  {
    let (client, worker, supervisor) = (person ?? wang, worker ?? xu, zheng)
    let seal = try await care.keys.sealing(client, in: community)
    return try await database.write(in: community) { [care] transaction in
      try care.desk.open(
        CaseDesk.Draft(
          person: client, field: .elder, source: .outreach,
          words: CareDocument([.concern: "一个人住，不大出门"]),
          assignment: waits ? nil : CaseDesk.Assignment(worker: worker, supervisor: supervisor)),
        sealing: seal, by: Actor(person: worker, role: .socialWorker), in: transaction
      ).id
    }
  }

  /// Does something in a case as somebody who may see it.
  @discardableResult
  func `in`<T: Sendable>(
    _ id: CaseID, as person: PersonID,
    _ work: @escaping @Sendable (inout OpenCase, CareSeal, Transaction) throws -> T
  ) async throws -> T {
    let reader = reader(person)
    let client = try await file(id).person
    let seal = try await care.keys.sealing(client, in: community)
    return try await database.write(in: community) { [care] transaction in
      var open = try care.desk.doorkeeper.open(id, for: reader, in: transaction.community, transaction)
      return try work(&open, seal, transaction)
    }
  }

  func file(_ id: CaseID) async throws -> CaseFile {
    let found = try await database.read { [community] in try CaseStore.find(id, in: community, $0) }
    return try #require(found)
  }

  func move(_ id: CaseID, _ move: CaseMove = .forward, as person: PersonID? = nil) async throws {
    let desk = care.desk
    try await self.in(id, as: person ?? xu) { open, seal, transaction in
      try desk.move(
        move, words: CareDocument(move == .forward ? [:] : [.reason: "再想想"]), &open,
        seen: open.file.standing.events, sealing: seal, in: transaction)
    }
  }

  /// The client agrees to the service, or refuses; said aloud with a witness.
  @discardableResult
  func consent(_ person: PersonID? = nil, isGiven: Bool = true, days: Int64 = 180) async throws -> ConsentID {
    let (client, worker, witness) = (person ?? wang, xu, committee)
    return try await database.write(in: community) { transaction in
      let notice = try #require(try Consents.notice(CareNotices.service, in: transaction))
      return try Consents.record(
        Consents.Draft(
          subject: client, notice: notice, expires: transaction.now + .days(days),
          evidence: ConsentEvidence(
            givenBy: .subject, giver: client, method: .spokenWithWitness, witness: witness, place: .home)),
        isGiven: isGiven, by: Actor(person: worker, role: .socialWorker), in: transaction
      ).id
    }
  }

  func withdraw(_ consent: ConsentID, by person: PersonID? = nil) async throws {
    let actor = Actor(person: person ?? wang, role: .resident)
    try await database.write(in: community) { try Consents.withdraw(consent, by: actor, in: $0) }
  }

  // MARK: - At the doors

  func browser(of person: PersonID?, language: String = "zh") async throws -> Browser {
    var routes = Routes()
    people.routes(&routes)
    messages.register(on: &routes)
    care.register(on: &routes)
    let site = Site(
      isSecure: false, secret: [UInt8](repeating: 42, count: 32), clock: clock.clock,
      sessions: people.sessions, staticFiles: try StaticFiles.load(), navigation: Care.navigation,
      community: { people.community(forHost: $0) })
    let browser = Browser(
      routes.responder(site: site), host: Self.host, acceptLanguage: language, address: "203.0.113.9")
    if let person {
      browser.setCookie(
        "sid", try await people.openSession(of: person, level: .secondFactor, in: community).token.text)
    }
    return browser
  }

  func breaches() async throws -> [Breach] {
    try await database.read { [care] in try People.checks($0) + care.breaches($0) }
  }
}

/// The code of the problem that `work` throws; nil where it throws none.
func problemCode(_ work: () async throws -> Void) async -> String? {
  await Problem.code(thrownBy: work)
}
