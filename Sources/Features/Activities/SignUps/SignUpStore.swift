import Database
import Kernel
import People
import Security

extension SignUp.Channel: Storable {}
extension SignUp.State: Storable {}
extension CheckIn.Way: Storable {}

/// The queries of sign-ups.
enum SignUpStore {
  private static let columns: Query = """
    sign_up.id, sign_up.activity_id, sign_up.turn, sign_up.channel, sign_up.state, sign_up.person_id,
    sign_up.signed_up_at, sign_up.signed_up_by_id, sign_up.signed_up_by_role, check_in.way, check_in.came_at
    """

  private static let tables: Query = """
    activities_sign_up AS sign_up
    LEFT JOIN activities_check_in AS check_in ON check_in.sign_up_id = sign_up.id
    """

  private static func read(_ row: borrowing Row) throws -> SignUp {
    let by: PersonID? = try row[7]
    let role: Role? = try row[8]
    let way: CheckIn.Way? = try row[9]
    let cameAt: Timestamp? = try row[10]
    return SignUp(
      id: try row[0], activity: try row[1], turn: try row[2], channel: try row[3], state: try row[4],
      person: try row[5], signedUpAt: try row[6],
      signedUpBy: by.flatMap { by in role.map { Actor(person: by, role: $0) } },
      checkIn: way.flatMap { way in cameAt.map { CheckIn(way: way, at: $0) } })
  }

  static func nameAddress(_ id: SignUpID, in community: CommunityID) -> FieldAddress {
    FieldAddress("activities_sign_up", "name", row: id, community: community)
  }

  // MARK: - Reading

  static func find(_ id: SignUpID, in community: CommunityID, _ snapshot: Snapshot) throws -> SignUp? {
    try snapshot.first(
      """
      SELECT \(columns) FROM \(tables) WHERE sign_up.id = \(id) AND sign_up.community_id = \(community)
      """, read)
  }

  /// What a person has in an activity, cancelled or not.
  static func find(
    of person: PersonID, in activity: ActivityID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> SignUp? {
    try snapshot.first(
      """
      SELECT \(columns) FROM \(tables)
      WHERE sign_up.activity_id = \(activity) AND sign_up.person_id = \(person)
        AND sign_up.community_id = \(community)
      """, read)
  }

  /// Those of a person among these activities.
  static func of(
    _ person: PersonID, among activities: [ActivityID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [SignUp] {
    if activities.isEmpty { return [] }
    return try snapshot.all(
      """
      SELECT \(columns) FROM \(tables)
      WHERE sign_up.community_id = \(community) AND sign_up.person_id = \(person)
        AND sign_up.activity_id IN \(list: activities)
      """, read)
  }

  /// What a person has in activities that are not over and that were published, the next first.
  static func coming(
    of person: PersonID, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [SignUp] {
    try snapshot.all(
      """
      SELECT \(columns) FROM \(tables)
      JOIN activities_activity AS activity ON activity.id = sign_up.activity_id
      WHERE sign_up.community_id = \(community) AND sign_up.person_id = \(person)
        AND sign_up.state IN ('confirmed', 'waiting', 'door') AND activity.ends_at > \(snapshot.now)
        AND activity.state IN ('published', 'cancelled')
      ORDER BY activity.starts_at, activity.id LIMIT \(limit)
      """, read)
  }

  /// Open sign-ups of an activity that are no more than expected: the ones to whom a place may have to be given back.
  static func upcoming(of person: PersonID, in transaction: Transaction) throws -> [SignUp] {
    try transaction.all(
      """
      SELECT \(columns) FROM \(tables)
      JOIN activities_activity AS activity ON activity.id = sign_up.activity_id
      WHERE sign_up.community_id = \(transaction.community) AND sign_up.person_id = \(person)
        AND sign_up.state IN ('confirmed', 'waiting') AND activity.state = 'published'
        AND activity.starts_at > \(transaction.now)
      ORDER BY sign_up.id
      """, read)
  }

  /// A page of an activity's list in the order of its numbers, without what was cancelled.
  ///
  /// - Parameter turn: the number behind which the page begins; 0 for the first.
  static func list(
    of activity: ActivityID, behind turn: Int64, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [SignUp] {
    try snapshot.all(
      """
      SELECT \(columns) FROM \(tables)
      WHERE sign_up.activity_id = \(activity) AND sign_up.community_id = \(community)
        AND sign_up.turn > \(turn) AND sign_up.state <> 'cancelled'
      ORDER BY sign_up.turn LIMIT \(limit)
      """, read)
  }

  /// The sign-ups with these numbers, without what was cancelled.
  static func list(
    of activity: ActivityID, numbered turns: Set<Int64>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [SignUp] {
    try snapshot.chunks(of: turns.sorted()).flatMap { chunk in
      try snapshot.all(
        """
        SELECT \(columns) FROM \(tables)
        WHERE sign_up.activity_id = \(activity) AND sign_up.community_id = \(community)
          AND sign_up.turn IN \(list: chunk) AND sign_up.state <> 'cancelled'
        ORDER BY sign_up.turn
        """, read)
    }
  }

  /// Those of an activity that were asked for by their identifiers; those of other activities are left out.
  static func list(
    of activity: ActivityID, _ ids: Set<SignUpID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [SignUp] {
    try snapshot.chunks(of: ids.sorted()).flatMap { chunk in
      try snapshot.all(
        """
        SELECT \(columns) FROM \(tables)
        WHERE sign_up.id IN \(list: chunk) AND sign_up.activity_id = \(activity)
          AND sign_up.community_id = \(community)
        ORDER BY sign_up.turn
        """, read)
    }
  }

  /// The first in the line.
  static func waiting(
    for activity: ActivityID, limit: Int64, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [SignUp] {
    try snapshot.all(
      """
      SELECT \(columns) FROM \(tables)
      WHERE sign_up.activity_id = \(activity) AND sign_up.state = 'waiting'
        AND sign_up.community_id = \(community)
      ORDER BY sign_up.turn LIMIT \(limit)
      """, read)
  }

  /// How many wait before this one.
  static func ahead(of signUp: SignUp, in community: CommunityID, _ snapshot: Snapshot) throws -> Int64 {
    try snapshot.value(
      """
      SELECT count(*) FROM activities_sign_up
      WHERE activity_id = \(signUp.activity) AND state = 'waiting' AND turn < \(signUp.turn)
        AND community_id = \(community)
      """) ?? 0
  }

  /// Everybody with an account who is expected or waits.
  static func persons(
    expectedAt activity: ActivityID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PersonID] {
    try snapshot.values(
      """
      SELECT person_id FROM activities_sign_up
      WHERE activity_id = \(activity) AND state IN ('confirmed', 'waiting') AND person_id IS NOT NULL
        AND community_id = \(community)
      ORDER BY turn
      """)
  }

  /// What those without an account are called, for those who said so.
  ///
  /// - Parameter cipher: opens the names.
  static func names(
    of signUps: [SignUpID], opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [SignUpID: String] {
    var names: [SignUpID: String] = [:]
    for chunk in snapshot.chunks(of: signUps) {
      try snapshot.forEach(
        """
        SELECT id, name FROM activities_sign_up
        WHERE id IN \(list: chunk) AND name IS NOT NULL AND community_id = \(community)
        """
      ) { row in
        let id: SignUpID = try row[0]
        names[id] = try cipher.open(try row.bytes(1), at: nameAddress(id, in: community))
      }
    }
    return names
  }
}
