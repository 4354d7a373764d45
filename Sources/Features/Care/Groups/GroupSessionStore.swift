import Database
import Kernel

/// The queries of meetings and of who was there.
enum GroupSessionStore {
  /// All meetings of a group, in the order of their numbers.
  static func sessions(
    of group: CareGroupID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [GroupSession] {
    let sessions = try snapshot.all(
      """
      SELECT id, group_id, number, author_id, recorded_at, locks_at FROM care_group_session
      WHERE community_id = \(community) AND group_id = \(group) ORDER BY number
      """
    ) { row in
      GroupSession(
        id: try row[0], group: try row[1], number: try row[2], author: try row[3], recordedAt: try row[4],
        locksAt: try row[5], versions: [], addenda: [])
    }
    var versions: [GroupSessionID: [GroupSession.Version]] = [:]
    var addenda: [GroupSessionID: [GroupSession.Addendum]] = [:]
    for part in snapshot.chunks(of: sessions.map(\.id)) {
      versions.merge(try self.versions(of: part, snapshot)) { first, _ in first }
      addenda.merge(try self.addenda(to: part, snapshot)) { first, _ in first }
    }
    return sessions.map { session in
      GroupSession(
        id: session.id, group: session.group, number: session.number, author: session.author,
        recordedAt: session.recordedAt, locksAt: session.locksAt, versions: versions[session.id] ?? [],
        addenda: addenda[session.id] ?? [])
    }
  }

  private struct VersionKey: Hashable {
    let session: GroupSessionID
    let number: Int64
  }

  private static func versions(
    of sessions: [GroupSessionID], _ snapshot: Snapshot
  ) throws -> [GroupSessionID: [GroupSession.Version]] {
    var attendance: [VersionKey: [GroupAttendance]] = [:]
    try snapshot.forEach(
      """
      SELECT session_id, version, member_id, presence, participation, text_id FROM care_group_attendance
      WHERE session_id IN \(list: sessions) ORDER BY session_id, version, member_id
      """
    ) { row in
      attendance[VersionKey(session: try row[0], number: try row[1]), default: []].append(
        GroupAttendance(
          member: try row[2], presence: try row[3], participation: try row[4], text: try row[5]))
    }
    var versions: [GroupSessionID: [GroupSession.Version]] = [:]
    try snapshot.forEach(
      """
      SELECT session_id, version, held_at, minutes, stage, commerce, techniques, text_id, written_at
      FROM care_group_session_version WHERE session_id IN \(list: sessions) ORDER BY session_id, version
      """
    ) { row in
      let key = VersionKey(session: try row[0], number: try row[1])
      versions[key.session, default: []].append(
        GroupSession.Version(
          number: key.number, heldAt: try row[2], minutes: try row[3], stage: try row[4],
          commerce: try row[5], techniques: try ChoiceList.choices(try row[6]), text: try row[7],
          writtenAt: try row[8], attendance: attendance[key] ?? []))
    }
    return versions
  }

  private static func addenda(
    to sessions: [GroupSessionID], _ snapshot: Snapshot
  ) throws -> [GroupSessionID: [GroupSession.Addendum]] {
    var addenda: [GroupSessionID: [GroupSession.Addendum]] = [:]
    try snapshot.forEach(
      """
      SELECT session_id, id, text_id, written_at, written_by_id FROM care_group_addendum
      WHERE session_id IN \(list: sessions) ORDER BY session_id, id
      """
    ) { row in
      addenda[try row[0], default: []].append(
        GroupSession.Addendum(id: try row[1], text: try row[2], writtenAt: try row[3], writtenBy: try row[4]))
    }
    return addenda
  }

  /// How many meetings each of these groups has had.
  static func counts(
    of groups: [CareGroupID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CareGroupID: Int64] {
    var counts: [CareGroupID: Int64] = [:]
    for part in snapshot.chunks(of: groups) {
      try snapshot.forEach(
        """
        SELECT group_id, count(*) FROM care_group_session
        WHERE community_id = \(community) AND group_id IN \(list: part) GROUP BY group_id
        """
      ) { row in counts[try row[0]] = try row[1] }
    }
    return counts
  }

  static func insert(_ session: GroupSession, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO care_group_session (id, community_id, group_id, number, author_id, recorded_at, locks_at)
      VALUES (\(session.id), \(transaction.community), \(session.group), \(session.number),
        \(session.author), \(session.recordedAt), \(session.locksAt))
      """)
    for version in session.versions { try insert(version, of: session.id, in: transaction) }
  }

  static func insert(
    _ version: GroupSession.Version, of session: GroupSessionID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO care_group_session_version (session_id, version, community_id, held_at, minutes, stage,
        commerce, techniques, text_id, written_at)
      VALUES (\(session), \(version.number), \(transaction.community), \(version.heldAt), \(version.minutes),
        \(version.stage), \(version.commerce), \(ChoiceList.text(version.techniques)), \(version.text),
        \(version.writtenAt))
      """)
    for entry in version.attendance {
      try transaction.execute(
        """
        INSERT INTO care_group_attendance (session_id, version, member_id, community_id, presence,
          participation, text_id)
        VALUES (\(session), \(version.number), \(entry.member), \(transaction.community), \(entry.presence),
          \(entry.participation), \(entry.text))
        """)
    }
  }

  static func insert(
    _ addendum: GroupSession.Addendum, to session: GroupSessionID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO care_group_addendum (id, community_id, session_id, text_id, written_at, written_by_id)
      VALUES (\(addendum.id), \(transaction.community), \(session), \(addendum.text), \(addendum.writtenAt),
        \(addendum.writtenBy))
      """)
  }
}
