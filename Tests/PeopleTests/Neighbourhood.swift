import Database
import Kernel
import Security
import TestKit
import Testing
import Web

@testable import People

/// A community for tests: a clock that moves, quick password hashes, keys of its own.
struct Neighbourhood: Sendable {
  static let host = "maple.test"
  static let start = Timestamp(seconds: 1_900_000_000)

  let database: Database
  let clock: MovableClock
  let people: People
  let community: CommunityID

  /// Runs `body` with a community on a database of this engine.
  static func with<T>(
    _ engine: TestEngine, _ body: (Neighbourhood) async throws -> T
  ) async throws -> T {
    let clock = MovableClock(start)
    return try await engine.withDatabase(peopleMigrations, clock: clock.clock) { database in
      let vault = Vault(
        key: try KeyEncryptionKey(bytes: [UInt8](repeating: 7, count: 32)),
        storage: .stored(in: database), clock: clock.clock)
      let people = try await People(
        database: database, vault: vault,
        hasher: PasswordHasher(parameters: .quick, threads: 2, waiting: 200),
        clock: clock.clock)
      let community = try await people.createCommunity(
        CommunityDraft(
          name: Phrase("枫林社区", "Maple Grove"), phoneNumber: "021-5555 0123", hosts: [host]))
      return try await body(
        Neighbourhood(database: database, clock: clock, people: people, community: community))
    }
  }

  func otherCommunity() async throws -> CommunityID {
    try await people.createCommunity(
      CommunityDraft(
        name: Phrase("桂花苑", "Osmanthus Court"), phoneNumber: "021-5555 0456", hosts: ["other.test"]))
  }

  func household(
    _ building: String = "3", _ unit: String = "2", _ room: String = "501", in other: CommunityID? = nil
  ) async throws -> HouseholdID {
    let draft = try HouseholdDraft(door: Door(building: building, unit: unit, room: room))
    return try #require(await people.createHouseholds([draft], in: other ?? community).first)
  }

  /// A person with an account whose password is `password`.
  func resident(
    _ name: String = "王阿姨", phone: String = "13800138000", household: HouseholdID? = nil,
    roles: Set<Role> = [], secondFactor: [UInt8]? = nil, in other: CommunityID? = nil
  ) async throws -> PersonID {
    var draft = try PersonDraft(
      displayName: name, household: household, phone: PhoneNumber(typed: phone))
    draft.passwordHash = try await people.hasher.hash(Self.password)
    draft.secondFactor = secondFactor
    draft.roles = roles
    return try #require(await people.createPersons([draft], in: other ?? community).first)
  }

  static let password = "窗外有一棵老枫树"

  func credentials(
    _ phone: String = "13800138000", _ password: String = Neighbourhood.password, device: String? = nil
  ) throws -> Credentials {
    Credentials(
      phone: try #require(PhoneNumber(typed: phone)), password: password, deviceMark: device,
      userAgent: "test")
  }

  func signIn(_ phone: String = "13800138000") async throws -> SignedInSession {
    guard case .signedIn(let begun) = try await people.signIn(credentials(phone), in: community) else {
      throw Problem.codeNeeded
    }
    return begun
  }

  func find(_ session: Session) async throws -> Session? {
    try await people.sessions.find(session.hash, session.communityID)
  }

  func site() throws -> Site {
    Site(
      isSecure: false, secret: [UInt8](repeating: 42, count: 32), clock: clock.clock,
      sessions: people.sessions,
      staticFiles: try StaticFiles.load(), navigation: People.navigation,
      community: { people.community(forHost: $0) })
  }

  func browser(language: String = "zh") throws -> Browser {
    var routes = Routes()
    people.routes(&routes)
    return Browser(
      routes.responder(site: try site()), host: Self.host, acceptLanguage: language, address: "203.0.113.9")
  }

  /// A browser in which this person is signed in.
  func browser(
    of person: PersonID, level: SignInLevel = .secondFactor, language: String = "zh"
  ) async throws -> Browser {
    let browser = try browser(language: language)
    browser.setCookie("sid", try await people.openSession(of: person, level: level, in: community).token.text)
    return browser
  }

  func breaches() async throws -> [Breach] {
    try await database.read { try People.checks($0) }
  }
}

extension MovableClock {
  func advanceSeconds(_ seconds: Int64) { advance(by: .seconds(seconds)) }
}

/// The code of the problem that `work` throws; nil where it throws none.
func problemCode(_ work: () async throws -> Void) async -> String? {
  await Problem.code(thrownBy: work)
}
