package import Kernel

/// How a person proved who they are.
package enum SignInLevel: String, Sendable, Hashable, CaseIterable {
  /// A household card and its PIN.
  case card
  case password
  /// A password and a time-based one-time password.
  case secondFactor = "second_factor"
}

/// One signed-in stay of one person, as the database holds it.
///
/// A class, though it never changes, so that a request hands on one reference and not twelve fields.
package final class Session: Sendable {
  /// SHA-256 of the token that the browser holds; the name of the row.
  package let hash: [UInt8]
  package let personID: PersonID
  package let householdID: HouseholdID?
  package let communityID: CommunityID
  package let roles: Set<Role>
  package let displayName: String
  /// The person's own choice of language; nil follows the browser.
  package let language: Language?
  /// The person's own choice of the elder view; nil follows the browser's switch.
  package let elderView: Bool?
  package let level: SignInLevel
  package let createdAt: Timestamp
  package let lastSeenAt: Timestamp
  /// How long this session may last: the strictest terms among its roles.
  package let terms: SessionTerms

  package init(
    hash: [UInt8], personID: PersonID, householdID: HouseholdID?, communityID: CommunityID,
    roles: Set<Role>, displayName: String, language: Language? = nil, elderView: Bool? = nil,
    level: SignInLevel, createdAt: Timestamp, lastSeenAt: Timestamp
  ) {
    self.hash = hash
    self.personID = personID
    self.householdID = householdID
    self.communityID = communityID
    self.roles = roles
    self.displayName = displayName
    self.language = language
    self.elderView = elderView
    self.level = level
    self.createdAt = createdAt
    self.lastSeenAt = lastSeenAt
    terms = SessionTerms.of(roles: roles, level: level)
  }

  /// Signed in with a household card, often at a shared tablet.
  package var isCardSession: Bool { level == .card }

  /// Whether the session still counts at this moment. A moment before `createdAt` does not count either.
  package func isAlive(at moment: Timestamp) -> Bool {
    moment < lastSeenAt + terms.idle && moment < createdAt + terms.absolute
      && moment >= createdAt - .minutes(5)
  }

  /// Whether the person proved themselves within this time, as changes of money, address or phone ask.
  package func isFresh(at moment: Timestamp, within duration: Duration = .minutes(15)) -> Bool {
    moment < createdAt + duration
  }
}

/// How long a session may stay idle and how long it may last at all, checked on the server.
///
/// Source: field/reliability.md §3.2.
package struct SessionTerms: Sendable, Equatable {
  package let idle: Duration
  package let absolute: Duration

  package static let resident = SessionTerms(idle: .days(30), absolute: .days(180))
  package static let trader = SessionTerms(idle: .hours(12), absolute: .days(7))
  package static let staff = SessionTerms(idle: .minutes(30), absolute: .hours(10))
  /// A shared tablet: short enough that the next neighbour does not find it open.
  package static let card = SessionTerms(idle: .minutes(3), absolute: .hours(1))

  /// Sessions are touched at most this often, so that reading pages does not write. Where three minutes count, a quarter
  /// of a minute does as well.
  package var touchInterval: Duration { self == .card ? .seconds(15) : .seconds(60) }

  package static func of(roles: Set<Role>, level: SignInLevel) -> SessionTerms {
    if level == .card { return .card }
    if roles.contains(where: \.isStaff) { return .staff }
    if roles.contains(where: { [.leader, .merchant, .courier].contains($0) }) { return .trader }
    return .resident
  }
}

/// Where sessions are kept. Filled by the feature that knows people.
package struct SessionDirectory: Sendable {
  /// The session with this SHA-256 hash in this community, alive or not; nil when there is none.
  package let find: @Sendable (_ hash: [UInt8], _ community: CommunityID) async throws -> Session?
  /// Notes that the session was used at this moment.
  package let touch: @Sendable (_ session: Session, _ moment: Timestamp) async throws -> Void
  /// Ends the session; nothing happens where there is none.
  package let end: @Sendable (_ hash: [UInt8], _ community: CommunityID) async throws -> Void

  package init(
    find: @escaping @Sendable ([UInt8], CommunityID) async throws -> Session?,
    touch: @escaping @Sendable (Session, Timestamp) async throws -> Void,
    end: @escaping @Sendable ([UInt8], CommunityID) async throws -> Void
  ) {
    self.find = find
    self.touch = touch
    self.end = end
  }

  /// A directory without sessions.
  package static let empty = SessionDirectory(
    find: { _, _ in nil }, touch: { _, _ in }, end: { _, _ in })
}
