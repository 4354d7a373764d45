import Database
import Kernel
import People
import Security

extension Minutes.Audience: Storable {}

/// The queries of minutes.
enum MinutesStore {
  private static let columns: Query = """
    id, activity_id, version, agenda, audience, discussed, decisions, next_steps, written_at, written_by_id,
    written_by_role
    """

  private static func read(
    _ row: borrowing Row, opening cipher: FieldCipher, in community: CommunityID
  ) throws -> Minutes {
    let id: MinutesID = try row[0]
    func open(_ column: StaticString, _ position: Int, _ row: borrowing Row) throws -> String {
      try cipher.open(
        try row.bytes(position), at: FieldAddress("activities_minutes", column, row: id, community: community)
      )
    }
    return Minutes(
      id: id, activity: try row[1], version: try row[2], agenda: lines(try row[3]),
      content: Minutes.Content(
        audience: try row[4], discussed: try open("discussed", 5, row),
        decisions: lines(try open("decisions", 6, row)), nextSteps: try open("next_steps", 7, row)),
      writtenAt: try row[8], writtenBy: Actor(person: try row[9], role: try row[10]))
  }

  private static func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

  /// All versions of an activity's minutes, the newest first.
  static func versions(
    of activity: ActivityID, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Minutes] {
    try snapshot.all(
      """
      SELECT \(columns) FROM activities_minutes
      WHERE activity_id = \(activity) AND community_id = \(community) ORDER BY version DESC
      """
    ) { try read($0, opening: cipher, in: community) }
  }

  /// The newest version; nil where there is none.
  static func newest(
    of activity: ActivityID, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Minutes? {
    try snapshot.first(
      """
      SELECT \(columns) FROM activities_minutes
      WHERE activity_id = \(activity) AND community_id = \(community) ORDER BY version DESC LIMIT 1
      """
    ) { try read($0, opening: cipher, in: community) }
  }

  /// How many versions there are.
  static func count(
    of activity: ActivityID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int64 {
    try snapshot.value(
      """
      SELECT max(version) FROM activities_minutes
      WHERE activity_id = \(activity) AND community_id = \(community)
      """) ?? 0
  }

  static func insert(_ minutes: Minutes, sealing cipher: FieldCipher, in transaction: Transaction) throws {
    func seal(_ text: String, _ column: StaticString) throws -> [UInt8] {
      try cipher.seal(
        text,
        at: FieldAddress(
          "activities_minutes", column, row: minutes.id, community: transaction.community))
    }
    let content = minutes.content
    let (discussed, decisions, next) = (
      try seal(content.discussed, "discussed"),
      try seal(content.decisions.joined(separator: "\n"), "decisions"),
      try seal(content.nextSteps, "next_steps")
    )
    try transaction.execute(
      """
      INSERT INTO activities_minutes (id, community_id, activity_id, version, audience, agenda, discussed,
        decisions, next_steps, written_at, written_by_id, written_by_role)
      VALUES (\(minutes.id), \(transaction.community), \(minutes.activity), \(minutes.version),
        \(content.audience), \(minutes.agenda.joined(separator: "\n")), \(discussed), \(decisions), \(next),
        \(minutes.writtenAt), \(minutes.writtenBy.person), \(minutes.writtenBy.role))
      """)
  }
}
