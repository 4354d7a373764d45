package import Database
package import Kernel

/// The queries of practice shops, learners and steps.
package enum PracticeStore {
  private static let columns: Query = "community_id, live_community_id, leader_id"

  private static func shop(_ row: borrowing Row) throws -> PracticeShop {
    PracticeShop(community: try row[0], live: try row[1], leader: try row[2])
  }

  /// The practice shop of a live community; nil where there is none.
  package static func shop(besides live: CommunityID, _ snapshot: Snapshot) throws -> PracticeShop? {
    try snapshot.first(
      "SELECT \(columns) FROM shop_practice WHERE live_community_id = \(live)", shop)
  }

  package static func shop(in community: CommunityID, _ snapshot: Snapshot) throws -> PracticeShop? {
    try snapshot.first("SELECT \(columns) FROM shop_practice WHERE community_id = \(community)", shop)
  }

  static func insert(_ shop: PracticeShop, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO shop_practice (community_id, live_community_id, leader_id, made_at)
      VALUES (\(transaction.community), \(shop.live), \(shop.leader), \(transaction.now))
      """)
  }

  // MARK: - Learners

  static func insert(
    _ person: PersonID, code: String, by actor: PersonID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO shop_practice_learner (community_id, person_id, code, handed_out_by_id, handed_out_at, forget_at)
      VALUES (\(transaction.community), \(person), \(code), \(actor), \(transaction.now),
        \(transaction.now + PracticeLearnerEntry.keepingTime))
      """)
  }

  /// Everybody who learns, the newest first.
  package static func learners(
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PracticeLearnerEntry] {
    var levels: [PersonID: [PracticeStep: PracticeLevel]] = [:]
    var seen: [PersonID: [PracticeStep: Timestamp]] = [:]
    try snapshot.forEach(
      "SELECT person_id, step, level, seen_at FROM shop_practice_step WHERE community_id = \(community)"
    ) { row in
      let (person, step): (PersonID, PracticeStep) = (try row[0], try row[1])
      levels[person, default: [:]][step] = try row[2]
      if !row.isNull(3) { seen[person, default: [:]][step] = try row[3] }
    }
    return try snapshot.all(
      """
      SELECT person_id, code, handed_out_at, forget_at FROM shop_practice_learner
      WHERE community_id = \(community) ORDER BY handed_out_at DESC, person_id DESC
      """
    ) { row in
      let person: PersonID = try row[0]
      return PracticeLearnerEntry(
        person: person, code: try row[1], handedOutAt: try row[2], forgetAt: try row[3],
        levels: levels[person] ?? [:], seen: seen[person] ?? [:])
    }
  }

  static func learner(
    _ person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PracticeLearnerEntry? {
    try learners(in: community, snapshot).first { $0.person == person }
  }

  static func isLearner(_ person: PersonID, _ transaction: Transaction) throws -> Bool {
    try transaction.exists(
      """
      SELECT 1 FROM shop_practice_learner WHERE community_id = \(transaction.community) AND person_id = \(person)
      """)
  }

  /// Everything under a code goes with it.
  static func forget(_ person: PersonID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM shop_practice_step WHERE community_id = \(transaction.community) AND person_id = \(person)
      """)
    try transaction.execute(
      """
      DELETE FROM shop_practice_learner WHERE community_id = \(transaction.community) AND person_id = \(person)
      """)
  }

  // MARK: - Steps

  /// Whether the shop has seen somebody do this.
  package static func wasSeen(
    _ step: PracticeStep, of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bool {
    try snapshot.exists(
      """
      SELECT 1 FROM shop_practice_step WHERE community_id = \(community) AND person_id = \(person)
        AND step = \(step) AND seen_at IS NOT NULL
      """)
  }

  /// Keeps how a step was managed. What the shop saw or the learner said never takes back what was more; whoever teaches
  /// may correct it either way. When the shop first saw it stands beside it, and no word of anybody takes that away.
  package static func keep(
    _ step: PracticeStep, _ level: PracticeLevel, of person: PersonID, by witness: PracticeWitness,
    in transaction: Transaction
  ) throws {
    guard try isLearner(person, transaction) else { return }
    if witness == .shop { try markSeen(step, level, of: person, in: transaction) }
    let known: PracticeLevel? = try transaction.value(
      """
      SELECT level FROM shop_practice_step WHERE community_id = \(transaction.community)
        AND person_id = \(person) AND step = \(step)
      """)
    let teacher: PersonID? = if case .teacher(let person) = witness { person } else { nil }
    if known == level || (teacher == nil && known.map { $0 > level } ?? false) { return }
    try transaction.execute(
      """
      INSERT INTO shop_practice_step (community_id, person_id, step, level, noted_by_id, noted_at)
      VALUES (\(transaction.community), \(person), \(step), \(level), \(teacher), \(transaction.now))
      ON CONFLICT (community_id, person_id, step) DO UPDATE SET level = excluded.level,
        noted_by_id = excluded.noted_by_id, noted_at = excluded.noted_at
      """)
    try tell(step, level, of: person, in: transaction)
  }

  private static func markSeen(
    _ step: PracticeStep, _ level: PracticeLevel, of person: PersonID, in transaction: Transaction
  ) throws {
    let isNew = try transaction.execute(
      """
      INSERT INTO shop_practice_step (community_id, person_id, step, level, noted_at, seen_at)
      VALUES (\(transaction.community), \(person), \(step), \(level), \(transaction.now), \(transaction.now))
      ON CONFLICT (community_id, person_id, step) DO NOTHING
      """)
    if isNew > 0 {
      try tell(step, level, of: person, in: transaction)
    } else {
      try transaction.execute(
        """
        UPDATE shop_practice_step SET seen_at = \(transaction.now)
        WHERE community_id = \(transaction.community) AND person_id = \(person) AND step = \(step)
          AND seen_at IS NULL
        """)
    }
  }

  private static func tell(
    _ step: PracticeStep, _ level: PracticeLevel, of person: PersonID, in transaction: Transaction
  ) throws {
    try transaction.publish(
      "shop.practice_step_kept", subject: person.rawValue,
      body: #"{"step":"\#(step.rawValue)","level":"\#(level.rawValue)"}"#)
  }

  /// Whose order or claim an event of the shop is about.
  static func person(
    behind kind: String, _ subject: Int64, _ transaction: Transaction
  ) throws -> PersonID? {
    kind == "shop.claim_reported"
      ? try transaction.value(
        "SELECT reported_by_id FROM shop_claim WHERE id = \(subject) AND community_id = \(transaction.community)"
      )
      : try transaction.value(
        "SELECT person_id FROM shop_order WHERE id = \(subject) AND community_id = \(transaction.community)")
  }

  /// Whether an order is the one that a new learner finds ready.
  static func isWelcome(_ order: Int64, _ transaction: Transaction) throws -> Bool {
    try transaction.exists(
      """
      SELECT 1 FROM shop_order WHERE id = \(order) AND community_id = \(transaction.community)
        AND client_key LIKE 'practice-welcome-%'
      """)
  }
}
