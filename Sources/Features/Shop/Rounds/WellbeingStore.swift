package import Database
package import Kernel
package import Security

/// The queries of findings at the door and of what came of them.
package enum WellbeingStore {
  private static let columns: Query =
    "id, person_id, cause, step, state, opened_at, due_at, reminders, carer_id, closed_by_id, closed_at"

  private static func address(_ tap: WellbeingTapID, _ community: CommunityID) -> FieldAddress {
    FieldAddress("shop_wellbeing_tap", "note", row: tap, community: community)
  }

  // MARK: - Findings

  /// What a carrier reported under a key before.
  static func tap(
    key: String, by courier: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> (stop: RoundStopID, finding: WellbeingFinding)? {
    try snapshot.first(
      """
      SELECT stop_id, finding FROM shop_wellbeing_tap
      WHERE community_id = \(community) AND tapped_by_id = \(courier) AND client_key = \(key)
      """
    ) { row in (stop: try row[0], finding: try row[1]) }
  }

  static func insert(
    _ tap: WellbeingTap, key: String, at stop: RoundStop, by courier: PersonID, sealing cipher: FieldCipher,
    in transaction: Transaction
  ) throws {
    let note = tap.note.isEmpty ? nil : try cipher.seal(tap.note, at: address(tap.id, transaction.community))
    try transaction.execute(
      """
      INSERT INTO shop_wellbeing_tap (id, community_id, round_id, stop_id, person_id, client_key, finding, note,
        tapped_by_id, tapped_at, recorded_at)
      VALUES (\(tap.id), \(transaction.community), \(tap.round), \(stop.id), \(stop.person), \(key), \(tap.finding),
        \(note), \(courier), \(tap.tappedAt), \(transaction.now))
      """)
  }

  /// What carriers found of a person since a moment, newest first.
  /// - Parameter cipher: nil where nobody is to read the notes.
  package static func taps(
    of person: PersonID, since: Timestamp, limit: Int = 20, in community: CommunityID,
    opening cipher: FieldCipher? = nil, _ snapshot: Snapshot
  ) throws -> [WellbeingTap] {
    try snapshot.all(
      """
      SELECT id, round_id, finding, note, tapped_at FROM shop_wellbeing_tap
      WHERE community_id = \(community) AND person_id = \(person) AND recorded_at > \(since)
      ORDER BY id DESC LIMIT \(limit)
      """
    ) { row in
      let id: WellbeingTapID = try row[0]
      let sealed: [UInt8]? = try row[3]
      return WellbeingTap(
        id: id, round: try row[1], finding: try row[2],
        note: try sealed.flatMap { try cipher?.open($0, at: address(id, community)) } ?? "",
        tappedAt: try row[4])
    }
  }

  static func forget(_ tap: WellbeingTapID, in transaction: Transaction) throws {
    try transaction.execute(
      "DELETE FROM shop_wellbeing_tap WHERE id = \(tap) AND community_id = \(transaction.community)")
  }

  /// When the last concern for a person was closed.
  static func lastClosed(of person: PersonID, in community: CommunityID, _ snapshot: Snapshot) throws
    -> Timestamp
  {
    try snapshot.value(
      """
      SELECT coalesce(max(closed_at), 0) FROM shop_wellbeing_concern
      WHERE community_id = \(community) AND person_id = \(person)
      """) ?? Timestamp(seconds: 0)
  }

  // MARK: - Concerns

  package static func find(
    _ id: WellbeingConcernID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> WellbeingConcern? {
    try snapshot.first(
      "SELECT \(columns) FROM shop_wellbeing_concern WHERE id = \(id) AND community_id = \(community)",
      WellbeingConcern.init)
  }

  /// The concern for a person that is not closed.
  package static func open(
    of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> WellbeingConcern? {
    try snapshot.first(
      """
      SELECT \(columns) FROM shop_wellbeing_concern
      WHERE community_id = \(community) AND person_id = \(person) AND state <> 'closed'
      """, WellbeingConcern.init)
  }

  /// All that are not closed, the oldest first.
  static func open(in community: CommunityID, limit: Int, _ snapshot: Snapshot) throws -> [WellbeingConcern] {
    try snapshot.all(
      """
      SELECT \(columns) FROM shop_wellbeing_concern
      WHERE community_id = \(community) AND state <> 'closed' ORDER BY id LIMIT \(limit)
      """, WellbeingConcern.init)
  }

  static func insert(_ concern: WellbeingConcern, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO shop_wellbeing_concern (id, community_id, person_id, cause, step, state, opened_at, due_at, reminders)
      VALUES (\(concern.id), \(transaction.community), \(concern.person), \(concern.cause), \(concern.step),
        \(concern.state), \(concern.openedAt), \(concern.dueAt), \(concern.reminders))
      """)
  }

  static func update(_ concern: WellbeingConcern, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_wellbeing_concern SET cause = \(concern.cause), step = \(concern.step), state = \(concern.state),
        due_at = \(concern.dueAt), reminders = \(concern.reminders), carer_id = \(concern.carer),
        closed_by_id = \(concern.closedBy), closed_at = \(concern.closedAt)
      WHERE id = \(concern.id) AND community_id = \(transaction.community)
      """)
  }

  static func forget(_ concern: WellbeingConcernID, in transaction: Transaction) throws {
    try transaction.execute(
      "DELETE FROM shop_wellbeing_told WHERE concern_id = \(concern) AND community_id = \(transaction.community)"
    )
    try transaction.execute(
      "DELETE FROM shop_wellbeing_concern WHERE id = \(concern) AND community_id = \(transaction.community)")
  }

  // MARK: - Who was told

  static func tell(
    _ person: PersonID, of concern: WellbeingConcernID, as step: WellbeingStep, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO shop_wellbeing_told (concern_id, person_id, community_id, step, told_at)
      VALUES (\(concern), \(person), \(transaction.community), \(step), \(transaction.now))
      ON CONFLICT (concern_id, person_id) DO UPDATE SET told_at = excluded.told_at
      """)
  }

  package static func told(
    of concern: WellbeingConcernID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(person: PersonID, step: WellbeingStep, at: Timestamp)] {
    try snapshot.all(
      """
      SELECT person_id, step, told_at FROM shop_wellbeing_told
      WHERE concern_id = \(concern) AND community_id = \(community) ORDER BY told_at, person_id
      """
    ) { row in (person: try row[0], step: try row[1], at: try row[2]) }
  }

  // MARK: - Contacts

  /// Who is told of a person, by step.
  package static func contacts(
    of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [WellbeingStep: PersonID] {
    var contacts: [WellbeingStep: PersonID] = [:]
    try snapshot.forEach(
      """
      SELECT kind, contact_id FROM shop_wellbeing_contact
      WHERE community_id = \(community) AND person_id = \(person)
      """
    ) { row in contacts[try row[0]] = try row[1] }
    return contacts
  }

  /// - Parameter contact: nil for nobody.
  package static func setContact(
    _ contact: PersonID?, as step: WellbeingStep, of person: PersonID, by actor: WishActor,
    in transaction: Transaction
  ) throws {
    if let contact {
      try transaction.execute(
        """
        INSERT INTO shop_wellbeing_contact (community_id, person_id, kind, contact_id, set_by_id, set_at)
        VALUES (\(transaction.community), \(person), \(step), \(contact), \(actor.person), \(transaction.now))
        ON CONFLICT (community_id, person_id, kind) DO UPDATE SET contact_id = excluded.contact_id,
          set_by_id = excluded.set_by_id, set_at = excluded.set_at
        """)
    } else {
      try transaction.execute(
        """
        DELETE FROM shop_wellbeing_contact
        WHERE community_id = \(transaction.community) AND person_id = \(person) AND kind = \(step)
        """)
    }
    try DeliveryWishStore.tell("shop.wellbeing_contact", person.rawValue, actor, in: transaction)
  }
}

extension WellbeingConcern {
  init(_ row: borrowing Row) throws {
    id = try row[0]
    person = try row[1]
    cause = try row[2]
    step = try row[3]
    state = try row[4]
    openedAt = try row[5]
    dueAt = try row[6]
    reminders = try row[7]
    carer = try row[8]
    closedBy = try row[9]
    closedAt = try row[10]
  }
}
