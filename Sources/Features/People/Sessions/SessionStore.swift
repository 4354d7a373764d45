import Database
import Kernel
import Security
import Web

extension SignInLevel: Storable {}

extension Topic {
  /// Touched when a session, or what it says of its person, changes.
  static func session(_ hash: [UInt8]) -> Topic {
    Topic("people.session", hash.prefix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) })
  }
}

/// One session in a person's own list.
struct SessionEntry: Sendable, Equatable {
  let hash: [UInt8]
  let level: SignInLevel
  let createdAt: Timestamp
  let lastSeenAt: Timestamp
}

extension Snapshot {
  /// The session with its person's present roles, household and settings; nil when there is none or the person is
  /// disabled.
  func session(_ hash: [UInt8], in community: CommunityID) throws -> Session? {
    let found: (Person, SessionEntry)? = try first(
      """
      SELECT person.id, person.household_id, person.display_name, person.language, person.elder_view,
        session.level, session.created_at, session.last_seen_at
      FROM people_session session JOIN people_person person
        ON person.id = session.person_id AND person.community_id = session.community_id
      WHERE session.hash = \(hash) AND session.community_id = \(community) AND person.disabled_at IS NULL
      """
    ) { row in
      (
        Person(
          id: try row[0], community: community, household: try row[1], displayName: try row[2],
          language: try row[3], elderView: try row[4], createdAt: try row[6], disabledAt: nil,
          hasAccount: true, hasPhone: true),
        SessionEntry(hash: hash, level: try row[5], createdAt: try row[6], lastSeenAt: try row[7])
      )
    }
    guard let (person, entry) = found else { return nil }
    let roles = RoleRules.effective(
      try roles(of: person.id, in: community), belongsToHousehold: person.household != nil,
      isCard: entry.level == .card, hasSecondFactor: entry.level == .secondFactor)
    return Session(
      hash: hash, personID: person.id, householdID: person.household, communityID: community, roles: roles,
      displayName: person.displayName, language: person.language, elderView: person.elderView,
      level: entry.level, createdAt: entry.createdAt, lastSeenAt: entry.lastSeenAt)
  }

  /// A person's sessions, the latest used first.
  func sessions(of person: PersonID, in community: CommunityID) throws -> [SessionEntry] {
    try all(
      """
      SELECT hash, level, created_at, last_seen_at FROM people_session
      WHERE community_id = \(community) AND person_id = \(person) ORDER BY last_seen_at DESC, created_at DESC
      """
    ) { row in
      SessionEntry(hash: try row[0], level: try row[1], createdAt: try row[2], lastSeenAt: try row[3])
    }
  }
}

extension Transaction {
  /// More sessions than a person has devices; the oldest go first.
  private static let sessionsPerPerson = 20

  /// Begins a session under a new token.
  func startSession(
    _ token: SessionToken, of person: PersonID, level: SignInLevel, userAgent: String
  ) throws {
    for old in try sessions(of: person, in: community).dropFirst(Self.sessionsPerPerson - 1) {
      try endSession(old.hash)
    }
    let agent = Digest(of: userAgent).bytes
    try execute(
      """
      INSERT INTO people_session (hash, community_id, person_id, level, user_agent_hash, created_at, last_seen_at)
      VALUES (\(token.hash), \(community), \(person), \(level), \(agent), \(now), \(now))
      """)
  }

  func noteUse(of hash: [UInt8], at moment: Timestamp) throws {
    try execute(
      """
      UPDATE people_session SET last_seen_at = \(moment)
      WHERE hash = \(hash) AND community_id = \(community) AND last_seen_at < \(moment)
      """)
    touch(.session(hash))
  }

  func endSession(_ hash: [UInt8]) throws {
    try execute("DELETE FROM people_session WHERE hash = \(hash) AND community_id = \(community)")
    touch(.session(hash))
  }

  /// Ends all sessions of a person but one.
  func endSessions(of person: PersonID, except kept: [UInt8]? = nil) throws {
    for session in try sessions(of: person, in: community) where session.hash != kept {
      try endSession(session.hash)
    }
  }

  /// Lets the next request see what changed about the person.
  func touchSessions(of person: PersonID) throws {
    for session in try sessions(of: person, in: community) { touch(.session(session.hash)) }
  }

  /// Removes sessions that no terms allow any more: unused for 30 days or begun 180 days ago.
  func removeDeadSessions() throws {
    try execute(
      """
      DELETE FROM people_session WHERE community_id = \(community)
        AND (last_seen_at < \(now - .days(30)) OR created_at < \(now - .days(180)))
      """)
  }
}
