package import Database
package import Kernel
package import People

/// The queries of cash hand-over sheets, and how a sheet moves on.
package enum CashHandoverStore {
  private static let columns: Query = """
    id, giver_id, declared, counted, counted_by_id, state, declared_at, counted_at, ended_at
    """

  static func find(_ id: CashHandoverID, in community: CommunityID, _ snapshot: Snapshot) throws
    -> CashHandover?
  {
    try snapshot.first(
      "SELECT \(columns) FROM ledger_cash_handover WHERE id = \(id) AND community_id = \(community)",
      CashHandover.init)
  }

  /// The sheets that wait for somebody, oldest first.
  static func open(in community: CommunityID, _ snapshot: Snapshot) throws -> [CashHandover] {
    try snapshot.all(
      """
      SELECT \(columns) FROM ledger_cash_handover
      WHERE community_id = \(community) AND state IN ('declared', 'differs') ORDER BY id
      """, CashHandover.init)
  }

  /// The sheets of one person, the newest first.
  static func list(
    of giver: PersonID, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CashHandover] {
    try snapshot.all(
      """
      SELECT \(columns) FROM ledger_cash_handover WHERE community_id = \(community) AND giver_id = \(giver)
      ORDER BY id DESC LIMIT \(limit)
      """, CashHandover.init)
  }

  /// Begins a sheet.
  /// - Throws: `form.invalid` naming `amount` when the giver does not hold so much, `handover.open` while another sheet of
  ///   theirs waits.
  package static func declare(_ amount: Money, by actor: Actor, in transaction: Transaction) throws
    -> CashHandover
  {
    let held = try JournalStore.balance(
      of: Account(.cashInHand, .person(actor.person)), in: transaction.community, transaction)
    guard amount > .zero, amount <= held else { throw Problem.handoverMoreThanHeld(held) }
    guard try !open(in: transaction.community, transaction).contains(where: { $0.giver == actor.person })
    else {
      throw Problem.handoverIsOpen
    }
    let sheet = CashHandover(
      id: transaction.newIdentifier(), giver: actor.person, declared: amount, state: .declared,
      declaredAt: transaction.now)
    try transaction.execute(
      """
      INSERT INTO ledger_cash_handover (id, community_id, giver_id, declared, state, declared_at)
      VALUES (\(sheet.id), \(transaction.community), \(sheet.giver), \(sheet.declared), \(sheet.state),
        \(sheet.declaredAt))
      """)
    try audit("ledger.handover_declare", sheet, by: actor, in: transaction)
    return sheet
  }

  /// Notes what another person has counted; the banknotes move when it is what the giver said.
  /// - Throws: `not_found`, `handover.own`, `handover.over`, `ledger.not_enough`.
  package static func count(
    _ id: CashHandoverID, _ amount: Money, by actor: Actor, in transaction: Transaction
  ) throws -> CashHandover {
    try move(id, "ledger.handover_count", by: actor, in: transaction) {
      try $0.counted(amount, by: actor.person, at: transaction.now)
    }
  }

  static func agree(_ id: CashHandoverID, by actor: Actor, in transaction: Transaction) throws -> CashHandover
  {
    try move(id, "ledger.handover_agree", by: actor, in: transaction) {
      try $0.agreed(by: actor.person, at: transaction.now)
    }
  }

  static func withdraw(_ id: CashHandoverID, by actor: Actor, in transaction: Transaction) throws
    -> CashHandover
  {
    try move(id, "ledger.handover_withdraw", by: actor, in: transaction) {
      try $0.withdrawn(by: actor.person, at: transaction.now)
    }
  }

  private static func move(
    _ id: CashHandoverID, _ action: StaticString, by actor: Actor, in transaction: Transaction,
    _ change: (CashHandover) throws -> CashHandover
  ) throws -> CashHandover {
    guard let before = try find(id, in: transaction.community, transaction) else { throw Problem.notFound }
    let after = try change(before)
    try transaction.execute(
      """
      UPDATE ledger_cash_handover SET counted = \(after.counted), counted_by_id = \(after.countedBy),
        state = \(after.state), counted_at = \(after.countedAt), ended_at = \(after.endedAt)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
    if let journal = try after.journal() { try JournalStore.post([journal], by: actor, in: transaction) }
    try audit(action, after, by: actor, in: transaction)
    return after
  }

  private static func audit(
    _ action: StaticString, _ sheet: CashHandover, by actor: Actor, in transaction: Transaction
  ) throws {
    try transaction.audit(
      AuditEntry(actor: actor.person, role: actor.role, action: action, object: sheet.id.rawValue))
  }
}

extension CashHandover {
  init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], giver: try row[1], declared: try row[2], counted: try row[3], countedBy: try row[4],
      state: try row[5], declaredAt: try row[6], countedAt: try row[7], endedAt: try row[8])
  }
}
