package import Database
package import Kernel

/// The queries of after-sales.
package enum ClaimStore {
  private static let columns: Query = """
    id, order_id, campaign_id, household_id, reported_by_id, position, merchant_id, leader_id, fault, pieces, wish,
    note, has_picture, reported_at, state, level, due_at, refunded, promised_amount, promised_bearer, sequence,
    CASE WHEN EXISTS (SELECT 1 FROM shop_campaign AS visit WHERE visit.id = shop_claim.campaign_id
      AND visit.booking_id IS NOT NULL) THEN 1 ELSE 0 END
    """

  /// Nil where the community has none such.
  package static func find(
    _ id: ClaimID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Claim? {
    try snapshot.first(
      "SELECT \(columns) FROM shop_claim WHERE id = \(id) AND community_id = \(community)", Claim.init)
  }

  /// The claims of one order, oldest first.
  package static func claims(
    of order: OrderID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Claim] {
    try snapshot.all(
      """
      SELECT \(columns) FROM shop_claim WHERE order_id = \(order) AND community_id = \(community) ORDER BY id
      """, Claim.init)
  }

  /// Whose claims a desk shows.
  enum Scope: Sendable, Equatable {
    case leader(PersonID)
    case merchants([MerchantID])
    case community

    fileprivate var condition: Query {
      switch self {
      case .leader(let person): "leader_id = \(person)"
      case .merchants(let merchants): "merchant_id IN \(list: merchants)"
      case .community: "1 = 1"
      }
    }
  }

  /// Claims in which somebody has still to act, the most urgent first.
  static func pending(
    _ scope: Scope, in community: CommunityID, limit: Int, _ snapshot: Snapshot
  ) throws -> [Claim] {
    try snapshot.all(
      """
      SELECT \(columns) FROM shop_claim WHERE community_id = \(community) AND \(scope.condition)
        AND state IN ('open', 'replacing', 'returning') ORDER BY due_at, id LIMIT \(limit)
      """, Claim.init)
  }

  /// Claims that have their answer, the latest first.
  static func answered(
    _ scope: Scope, in community: CommunityID, limit: Int, _ snapshot: Snapshot
  ) throws -> [Claim] {
    try snapshot.all(
      """
      SELECT \(columns) FROM shop_claim WHERE community_id = \(community) AND \(scope.condition)
        AND state NOT IN ('open', 'replacing', 'returning') ORDER BY id DESC LIMIT \(limit)
      """, Claim.init)
  }

  /// Everything that happened in a claim, oldest first.
  package static func steps(
    of claim: ClaimID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ClaimStep] {
    try snapshot.all(
      """
      SELECT id, sequence, what, level, actor_id, happened_at, amount, bearer, note FROM shop_claim_step
      WHERE claim_id = \(claim) AND community_id = \(community) ORDER BY sequence
      """
    ) { row in
      ClaimStep(
        id: try row[0], sequence: try row[1], what: try row[2], level: try row[3], actor: try row[4],
        at: try row[5], amount: try row[6], bearer: try row[7], note: try row[8])
    }
  }

  /// The last times that a leader or a merchant was asked, for the clock that everybody sees.
  static func turns(
    of party: ClaimTurn.Party, since: Timestamp, in community: CommunityID, limit: Int, _ snapshot: Snapshot
  ) throws -> [ClaimTurn] {
    try snapshot.all(
      """
      SELECT began_at, due_at, answered_at FROM shop_claim_turn
      WHERE community_id = \(community) AND level = \(party.level) AND party_id = \(party.id)
        AND began_at >= \(since) ORDER BY began_at DESC LIMIT \(limit)
      """
    ) { row in ClaimTurn(beganAt: try row[0], dueAt: try row[1], answeredAt: try row[2]) }
  }

  /// One size of a claim's picture.
  static func picture(
    of claim: ClaimID, _ size: PictureSize, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> (mediaType: String, bytes: [UInt8])? {
    let column: Query = size == .small ? "small" : "large"
    return try snapshot.first(
      """
      SELECT media_type, \(column) FROM shop_claim_picture
      WHERE claim_id = \(claim) AND community_id = \(community)
      """
    ) { row in (try row[0], try row[1]) }
  }

  // MARK: - Writing

  static func insert(_ claim: Claim, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO shop_claim (id, community_id, order_id, campaign_id, household_id, reported_by_id, position,
        merchant_id, leader_id, fault, pieces, wish, note, has_picture, reported_at, state, level, due_at, refunded,
        sequence)
      VALUES (\(claim.id), \(transaction.community), \(claim.order), \(claim.campaign), \(claim.household),
        \(claim.reportedBy), \(Int64(claim.position)), \(claim.merchant), \(claim.leader), \(claim.fault),
        \(claim.pieces), \(claim.wish), \(claim.note), \(claim.hasPicture ? 1 : 0), \(claim.reportedAt),
        \(claim.state), \(claim.level), \(claim.dueAt), \(claim.refunded), \(claim.sequence))
      """)
  }

  /// Writes how the claim stands now.
  static func update(_ claim: Claim, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_claim SET state = \(claim.state), level = \(claim.level), due_at = \(claim.dueAt),
        refunded = \(claim.refunded), promised_amount = \(claim.promised?.amount),
        promised_bearer = \(claim.promised?.bearer), sequence = \(claim.sequence)
      WHERE id = \(claim.id) AND community_id = \(transaction.community)
      """)
  }

  static func append(_ step: ClaimStep, to claim: ClaimID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO shop_claim_step (id, community_id, claim_id, sequence, what, level, actor_id, happened_at, amount,
        bearer, note)
      VALUES (\(step.id), \(transaction.community), \(claim), \(step.sequence), \(step.what), \(step.level),
        \(step.actor), \(step.at), \(step.amount), \(step.bearer), \(step.note))
      """)
  }

  /// Somebody is asked from now on.
  static func beginTurn(of claim: Claim, until due: Timestamp, in transaction: Transaction) throws {
    let party: Int64 =
      switch claim.level {
      case .leader: claim.leader.rawValue
      case .merchant: claim.merchant.rawValue
      case .committee: 0
      }
    try transaction.execute(
      """
      INSERT INTO shop_claim_turn (claim_id, number, community_id, level, party_id, began_at, due_at)
      SELECT \(claim.id), 1 + count(*), \(transaction.community), \(claim.level), \(party), \(transaction.now), \(due)
      FROM shop_claim_turn WHERE claim_id = \(claim.id)
      """)
  }

  /// Whoever is asked has answered; nothing where the last one was passed over.
  static func answerTurn(of claim: ClaimID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_claim_turn SET answered_at = \(transaction.now)
      WHERE claim_id = \(claim) AND answered_at IS NULL
        AND number = (SELECT max(number) FROM shop_claim_turn WHERE claim_id = \(claim))
      """)
  }

  /// The household took its claim back before it was answered: nobody is measured by it.
  static func dropTurn(of claim: ClaimID, in transaction: Transaction) throws {
    try transaction.execute(
      "DELETE FROM shop_claim_turn WHERE claim_id = \(claim) AND answered_at IS NULL AND due_at > \(transaction.now)"
    )
  }

  static func insert(_ picture: Picture, of claim: ClaimID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO shop_claim_picture (claim_id, community_id, media_type, width, height, small, large, created_at)
      VALUES (\(claim), \(transaction.community), \(picture.mediaType), \(Int64(picture.width)),
        \(Int64(picture.height)), \(picture.small), \(picture.large), \(transaction.now))
      """)
  }

  static func markPicture(of claim: ClaimID, in transaction: Transaction) throws {
    try transaction.execute(
      "UPDATE shop_claim SET has_picture = 1 WHERE id = \(claim) AND community_id = \(transaction.community)")
  }

  static func deletePicture(of claim: ClaimID, in transaction: Transaction) throws {
    try transaction.execute(
      "DELETE FROM shop_claim_picture WHERE claim_id = \(claim) AND community_id = \(transaction.community)")
    try transaction.execute(
      "UPDATE shop_claim SET has_picture = 0 WHERE id = \(claim) AND community_id = \(transaction.community)")
  }
}

extension Claim {
  init(_ row: borrowing Row) throws {
    id = try row[0]
    order = try row[1]
    campaign = try row[2]
    household = try row[3]
    reportedBy = try row[4]
    position = Int(try row[5] as Int64)
    merchant = try row[6]
    leader = try row[7]
    fault = try row[8]
    pieces = try row[9]
    wish = try row[10]
    note = try row[11]
    hasPicture = try row[12] as Int64 != 0
    reportedAt = try row[13]
    state = try row[14]
    level = try row[15]
    dueAt = try row[16]
    refunded = try row[17]
    promised = try Remedy.Refund(amount: row[18], bearer: row[19])
    sequence = try row[20]
    isVisit = try row[21] as Int64 != 0
  }
}

extension Remedy.Refund {
  fileprivate init?(amount: Money?, bearer: Remedy.Bearer?) {
    guard let amount, let bearer else { return nil }
    self.init(amount: amount, bearer: bearer, isOnReturn: true)
  }
}
