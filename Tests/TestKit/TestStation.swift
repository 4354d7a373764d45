package import Database
package import Kernel
package import People
package import Security
package import Web

/// A community that a test opens on a database of its own, with its keys and its people. The clock stands at Monday
/// 23 November 2026, 16:00 local time.
package struct TestStation: Sendable {
  package static let host = "maple.test"
  package static let start = Timestamp(rfc3339: "2026-11-23T08:00:00Z") ?? Timestamp(seconds: 0)

  package let database: Database
  package let clock: MovableClock
  package let vault: Vault
  package let people: People
  package let community: CommunityID

  /// Runs `body` with a station on a database of this engine.
  ///
  /// - Parameter migrations: the tables that it has beside those of People.
  package static func with<T>(
    _ engine: TestEngine, _ migrations: [Migration] = [], _ body: (TestStation) async throws -> T
  ) async throws -> T {
    let clock = MovableClock(start)
    return try await engine.withDatabase(peopleMigrations + migrations, clock: clock.clock) { database in
      try await body(try await TestStation(database, clock))
    }
  }

  package init(_ database: Database, _ clock: MovableClock) async throws {
    self.database = database
    self.clock = clock
    vault = Vault(
      key: try KeyEncryptionKey(bytes: [UInt8](repeating: 7, count: 32)), storage: .stored(in: database),
      clock: clock.clock)
    people = try await People(
      database: database, vault: vault,
      hasher: PasswordHasher(parameters: .quick, threads: 1, waiting: 20), clock: clock.clock)
    community = try await people.createCommunity(
      CommunityDraft(
        name: Phrase("枫林社区", "Maple Grove"), phoneNumber: "021-5555 0123", hosts: [Self.host]))
  }

  // MARK: - Who lives and works here

  /// A second community on the same database.
  package func otherCommunity() async throws -> CommunityID {
    try await people.createCommunity(
      CommunityDraft(
        name: Phrase("桂花苑", "Osmanthus Court"), phoneNumber: "021-5555 0456", hosts: ["other.test"]))
  }

  /// Households behind these doors.
  package func households(
    _ doors: [(building: String, unit: String, room: String)], in other: CommunityID? = nil
  ) async throws -> [HouseholdID] {
    try await people.createHouseholds(
      try doors.map {
        try HouseholdDraft(door: Door(building: $0.building, unit: $0.unit, room: $0.room))
      }, in: other ?? community)
  }

  package static func person(
    _ name: String, _ roles: Set<Role> = [], home: HouseholdID? = nil, phone: String? = nil
  ) throws -> PersonDraft {
    var draft = try PersonDraft(
      displayName: name, household: home, phone: phone.flatMap { PhoneNumber(typed: $0) })
    draft.roles = roles
    return draft
  }

  package func persons(_ drafts: [PersonDraft]) async throws -> [PersonID] {
    try await people.createPersons(drafts, in: community)
  }

  /// Those who work here, each in one role and living elsewhere.
  package func staff(_ names: KeyValuePairs<String, Role>) async throws -> [PersonID] {
    try await persons(try names.map { try Self.person($0.key, [$0.value]) })
  }

  // MARK: - Browsers

  package func site(navigation: [NavigationItem] = []) throws -> Site {
    Site(
      isSecure: false, secret: [UInt8](repeating: 42, count: 32), clock: clock.clock,
      sessions: people.sessions, staticFiles: try StaticFiles.load(), navigation: navigation,
      community: { [people] in people.community(forHost: $0) })
  }

  /// The doors of People and these.
  package func routes(_ addDoors: (inout Routes) -> Void) -> Routes {
    var routes = Routes()
    people.routes(&routes)
    addDoors(&routes)
    return routes
  }

  /// A browser before the doors of People and these.
  ///
  /// - Parameter person: who is signed in; nil for nobody.
  package func browser(
    of person: PersonID?, language: String = "zh", address: String = "203.0.113.9",
    navigation: [NavigationItem] = [], _ addDoors: (inout Routes) -> Void
  ) async throws -> Browser {
    let browser = Browser(
      routes(addDoors).responder(site: try site(navigation: navigation)), host: Self.host,
      acceptLanguage: language, address: address)
    if let person {
      let session = try await people.openSession(of: person, level: .secondFactor, in: community)
      browser.setCookie("sid", session.token.text)
    }
    return browser
  }
}

/// What stands on a station for the tests of one capability, and what all of these ask of it.
package protocol StationFixture: Sendable {
  var station: TestStation { get }
}

extension StationFixture {
  package static var host: String { TestStation.host }
  package static var start: Timestamp { TestStation.start }

  package var database: Database { station.database }
  package var clock: MovableClock { station.clock }
  package var vault: Vault { station.vault }
  package var people: People { station.people }
  package var community: CommunityID { station.community }

  @discardableResult
  package func write<T: Sendable>(_ work: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
    try await database.write(in: community, work)
  }

  package func count(_ query: Query) async throws -> Int {
    try await database.read { try $0.value(query) ?? 0 }
  }

  /// The code of the problem that `work` throws; nil where it throws none.
  package static func code<T>(_ work: () async throws -> T) async -> String? {
    await Problem.code(thrownBy: work)
  }
}

extension Problem {
  /// The code of the problem that `work` throws, or what else it throws in words; nil where it throws nothing.
  package static func code<T>(thrownBy work: () async throws -> T) async -> String? {
    do {
      _ = try await work()
      return nil
    } catch let problem as Problem {
      return problem.code
    } catch {
      return "\(error)"
    }
  }
}
