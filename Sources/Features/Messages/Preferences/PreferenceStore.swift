import Database
import Kernel

/// The queries of preferences.
enum PreferenceStore {
  static func find(
    _ person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> MessagePreference? {
    try preferences(of: [person], in: community, snapshot)[person]
  }

  static func preferences(
    of persons: [PersonID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PersonID: MessagePreference] {
    var found: [PersonID: MessagePreference] = [:]
    for some in snapshot.chunks(of: persons) {
      try snapshot.forEach(
        """
        SELECT person_id, ways, language, quiet_from, quiet_until, urgent_at_night FROM messages_preference
        WHERE community_id = \(community) AND person_id IN \(list: some)
        """
      ) { row in
        let ways: String = try row[1]
        found[try row[0]] = MessagePreference(
          ways: ways.split(separator: ",").compactMap { MessageWay(rawValue: String($0)) },
          language: try row[2], quietHours: QuietHours(from: try row[3], until: try row[4]),
          isUrgentAllowedAtNight: try row[5])
      }
    }
    return found
  }

  static func save(
    _ preference: MessagePreference, of person: PersonID, by actor: PersonID, in transaction: Transaction
  ) throws {
    let ways = preference.ways.map(\.rawValue).joined(separator: ",")
    try transaction.execute(
      """
      INSERT INTO messages_preference (community_id, person_id, ways, language, quiet_from, quiet_until,
        urgent_at_night, changed_at, changed_by_id)
      VALUES (\(transaction.community), \(person), \(ways), \(preference.language),
        \(preference.quietHours.from), \(preference.quietHours.until), \(preference.isUrgentAllowedAtNight),
        \(transaction.now), \(actor))
      ON CONFLICT (community_id, person_id) DO UPDATE SET ways = excluded.ways, language = excluded.language,
        quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
        urgent_at_night = excluded.urgent_at_night, changed_at = excluded.changed_at,
        changed_by_id = excluded.changed_by_id
      """)
  }
}
