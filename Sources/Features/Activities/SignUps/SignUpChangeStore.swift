import Database
import Kernel
import People
import Security

/// What changes sign-ups. The activity's row counts the places that are held, so that its table refuses one too many.
enum SignUpChangeStore {
  /// How many numbers of an activity were given out.
  static func turns(of activity: ActivityID, in transaction: Transaction) throws -> Int64 {
    try transaction.value(
      """
      SELECT turns FROM activities_activity
      WHERE id = \(activity) AND community_id = \(transaction.community)
      """) ?? 0
  }

  /// The next number of an activity.
  private static func nextTurn(of activity: ActivityID, in transaction: Transaction) throws -> Int64 {
    try transaction.execute(
      """
      UPDATE activities_activity SET turns = turns + 1
      WHERE id = \(activity) AND community_id = \(transaction.community)
      """)
    return try turns(of: activity, in: transaction)
  }

  /// Counts places that were taken, or given back where negative.
  /// - Throws: `DatabaseError.constraint` for more than there are.
  private static func count(_ places: Int64, in activity: ActivityID, _ transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE activities_activity SET confirmed = confirmed + \(places)
      WHERE id = \(activity) AND community_id = \(transaction.community)
      """)
  }

  /// A new row.
  ///
  /// - Parameters:
  ///   - id: of the row, under which the name is sealed.
  ///   - name: sealed; nil for those with an account and those who gave none.
  ///   - actor: nil where they did it themselves.
  static func insert(
    _ id: SignUpID, in activity: ActivityID, _ channel: SignUp.Channel, _ state: SignUp.State,
    person: PersonID?, name: [UInt8]? = nil, by actor: Actor?, in transaction: Transaction
  ) throws {
    let turn = try nextTurn(of: activity, in: transaction)
    if state == .confirmed { try count(1, in: activity, transaction) }
    try transaction.execute(
      """
      INSERT INTO activities_sign_up (id, community_id, activity_id, turn, channel, state, person_id, name,
        signed_up_at, signed_up_by_id, signed_up_by_role)
      VALUES (\(id), \(transaction.community), \(activity), \(turn), \(channel), \(state), \(person), \(name),
        \(transaction.now), \(actor?.person), \(actor?.role))
      """)
  }

  /// Signs somebody up again who had cancelled, or lets them in at the door: behind everybody else.
  static func revive(
    _ signUp: SignUp, _ channel: SignUp.Channel, _ state: SignUp.State, by actor: Actor?,
    in transaction: Transaction
  ) throws {
    let turn = try nextTurn(of: signUp.activity, in: transaction)
    if state == .confirmed { try count(1, in: signUp.activity, transaction) }
    try transaction.execute(
      """
      UPDATE activities_sign_up SET turn = \(turn), channel = \(channel), state = \(state), ended_at = NULL,
        signed_up_at = \(transaction.now), signed_up_by_id = \(actor?.person),
        signed_up_by_role = \(actor?.role)
      WHERE id = \(signUp.id) AND community_id = \(transaction.community)
      """)
  }

  /// Gives rows of one activity another state; the places they held are free then, and those they get are taken.
  static func move(
    _ signUps: [SignUp], to state: SignUp.State, in transaction: Transaction
  ) throws {
    guard let activity = signUps.first?.activity else { return }
    let held = Int64(signUps.count { $0.state == .confirmed })
    let taken = state == .confirmed ? Int64(signUps.count) : 0
    if taken != held { try count(taken - held, in: activity, transaction) }
    let endedAt: Timestamp? = state == .cancelled ? transaction.now : nil
    for chunk in transaction.chunks(of: signUps.map(\.id)) {
      try transaction.execute(
        """
        UPDATE activities_sign_up SET state = \(state), ended_at = \(endedAt)
        WHERE id IN \(list: chunk) AND community_id = \(transaction.community)
        """)
    }
  }

  /// Forgets what people without an account called themselves in an activity.
  /// - Returns: how many names there were.
  @discardableResult
  static func forgetNames(in activity: ActivityID, _ transaction: Transaction) throws -> Int {
    try transaction.execute(
      """
      UPDATE activities_sign_up SET name = NULL
      WHERE activity_id = \(activity) AND name IS NOT NULL AND community_id = \(transaction.community)
      """)
  }
}
