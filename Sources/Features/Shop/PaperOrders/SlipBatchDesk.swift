package import Database
package import Kernel
import People

extension SlipDesk {
  /// Takes in a batch: each slip becomes an order or is kept with what stands against it, and nothing is half done.
  ///
  /// The same batch sent again is the same import; a slip that was keyed before is not ordered again.
  /// - Throws: `not_found` where the person may not key slips of the campaign; `idempotency.key`,
  ///   `idempotency.mismatch`.
  package func take(
    _ draft: SlipBatchDraft, of id: CampaignID, key: String, by person: PersonID, roles: Set<Role>,
    transaction: Transaction
  ) throws -> SlipBatchID {
    guard IdempotencyKey.isUsable(key) else { throw Problem.idempotencyKeyUnusable }
    guard let campaign = try CampaignStore.find(id, in: transaction.community, transaction),
      let keyer = SlipKeyer(person: person, roles: roles, leader: campaign.leader)
    else { throw Problem.notFound }
    let digest = draft.digest(of: id)
    if let earlier = try SlipBatchStore.earlier(key, by: person, transaction) {
      guard earlier.digest == digest else { throw Problem.idempotencyMismatch }
      return earlier.id
    }
    let batch: SlipBatchID = transaction.newIdentifier()
    try SlipBatchStore.insert(
      batch, of: id, by: person, key: key, digest: digest, in: transaction)
    for (position, entry) in draft.entries.enumerated() {
      let outcome = try outcome(of: entry, in: id, by: person, roles: roles, transaction)
      try SlipBatchStore.insert(outcome, entry, at: Int64(position), of: batch, in: transaction)
    }
    try transaction.audit(
      AuditEntry(
        actor: person, role: keyer.role, action: "shop.slip_batch", object: batch.rawValue,
        detailDigest: digest))
    return batch
  }

  /// Settles what a batch could not order: with other lines, another number, or a word that new prices are agreed to.
  /// - Returns: what became of it; a conflict leaves the entry open, and so does a slip that was keyed before and read
  ///   otherwise.
  /// - Throws: `not_found`, `form.invalid`.
  package func settle(
    _ position: Int64, of id: SlipBatchID, as entry: SlipBatchDraft.Entry, acceptsPrices: Bool,
    by person: PersonID, roles: Set<Role>, transaction: Transaction
  ) throws -> SlipOutcome {
    let (batch, keyer) = try open(position, of: id, by: person, roles: roles, transaction)
    let found = try outcome(
      of: entry, in: batch.campaign, by: person, roles: roles, acceptsPrices: acceptsPrices, transaction)
    switch found.outcome {
    case .placed(let order):
      try SlipBatchStore.settle(
        position, of: id, slip: found.slip, order: order.id, by: person, in: transaction)
    case .already(_, isSame: true):
      try SlipBatchStore.settle(position, of: id, slip: found.slip, order: nil, by: person, in: transaction)
      try audit("shop.slip_same", position, of: id, by: keyer, in: transaction)
    case .already(_, isSame: false):
      if let slip = found.slip {
        try SlipBatchStore.leaveOpen(position, of: id, asReadOtherwise: slip, in: transaction)
      }
    case .conflict: break
    }
    return found.outcome
  }

  /// Settles what a batch could not order by ordering nothing.
  /// - Throws: `not_found`.
  package func drop(
    _ position: Int64, of id: SlipBatchID, by person: PersonID, roles: Set<Role>, transaction: Transaction
  ) throws {
    let (_, keyer) = try open(position, of: id, by: person, roles: roles, transaction)
    try SlipBatchStore.settle(position, of: id, slip: nil, order: nil, by: person, in: transaction)
    try audit("shop.slip_drop", position, of: id, by: keyer, in: transaction)
  }

  private func audit(
    _ action: StaticString, _ position: Int64, of id: SlipBatchID, by keyer: SlipKeyer,
    in transaction: Transaction
  ) throws {
    try transaction.audit(
      AuditEntry(
        actor: keyer.person, role: keyer.role, action: action, object: id.rawValue,
        purpose: "entry \(position)"))
  }

  /// The batch with an entry that is still to be settled, and who settles it.
  private func open(
    _ position: Int64, of id: SlipBatchID, by person: PersonID, roles: Set<Role>, _ transaction: Transaction
  ) throws -> (SlipBatch, SlipKeyer) {
    guard let batch = try SlipBatchStore.find(id, in: transaction.community, transaction),
      let campaign = try CampaignStore.find(batch.campaign, in: transaction.community, transaction),
      let keyer = SlipKeyer(person: person, roles: roles, leader: campaign.leader),
      let entry = batch.entries.first(where: { $0.position == position })
    else { throw Problem.notFound }
    guard entry.state.isOpen else { throw Problem.slipIsSettled }
    return (batch, keyer)
  }

  private func outcome(
    of entry: SlipBatchDraft.Entry, in campaign: CampaignID, by person: PersonID, roles: Set<Role>,
    acceptsPrices: Bool = false, _ transaction: Transaction
  ) throws -> (slip: PaperSlipID?, outcome: SlipOutcome) {
    guard let code = SlipCode(entry.code),
      let slip = try PaperSlipStore.find(code, in: transaction.community, transaction),
      slip.campaign == campaign
    else {
      return (nil, .conflict([SlipConflict(.unknownSlip, subject: String(entry.code.prefix(40)))]))
    }
    let notation = PaperNotation(entry.lines)
    let wrong = notation.problems.fields.map { SlipConflict(.unreadable, name: $0.located) }
    if !wrong.isEmpty { return (slip.id, .conflict(wrong)) }
    if notation.entries.isEmpty, slip.keyed == nil {
      return (slip.id, .conflict([SlipConflict(.unreadable, name: Self.nothing)]))
    }
    let reading = SlipReading(
      notation, note: String(entry.note.prefix(200)), acceptsPrices: acceptsPrices)
    return (
      slip.id, try key(code, reading, in: campaign, by: person, roles: roles, transaction: transaction)
    )
  }

  private static let nothing = Phrase("还没有录任何一样。", "Nothing has been keyed yet.")
}

extension FieldProblem {
  /// The message with the number of its line, where it has one.
  fileprivate var located: Phrase {
    guard let line else { return message }
    return Phrase("第 \(line) 行：\(message.chinese)", "Line \(line): \(message.english)")
  }
}

extension Problem {
  static let slipIsSettled = Problem(
    "paper.settled", status: 409, Phrase("这一张已经处理好了。", "This slip has been settled already."),
    advice: Phrase("请刷新页面看一看。", "Please reload the page."))
}
