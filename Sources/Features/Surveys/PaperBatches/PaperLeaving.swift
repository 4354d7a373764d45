import Database
import Kernel
import People

/// Where sheets end without an answer: spoilt, not returned, or left over when the answers are locked.
struct PaperLeaving: Sendable {
  let desk = PaperDesk()

  /// A sheet that came back and is of no use.
  /// - Throws: `not_found`, `paper.locked`, `paper.settled`.
  func spoil(
    _ serial: PaperSerial, _ reason: PaperSheet.SpoiltReason, by actor: Actor, in transaction: Transaction
  ) throws {
    let place = try open(serial, transaction)
    try end(place.sheet, of: place.batch, .spoilt, reason, by: actor, in: transaction)
    try transaction.audit(
      "surveys.paper_spoil", by: actor, of: place.batch.id.rawValue, purpose: reason.rawValue)
  }

  /// A sheet that did not come back. Where it does after all, it can still be keyed in.
  /// - Throws: `not_found`, `paper.locked`, `paper.settled`; `paper.returned` for one that was keyed in.
  func miss(_ serial: PaperSerial, by actor: Actor, in transaction: Transaction) throws {
    let place = try open(serial, transaction)
    let keyers = try PaperEntryStore.keyers(
      of: serial.sheet, in: place.batch.id, transaction.community, transaction)
    guard keyers.isEmpty else { throw Problem.paperReturned }
    try end(place.sheet, of: place.batch, .missing, nil, by: actor, in: transaction)
    try transaction.audit("surveys.paper_miss", by: actor, of: place.batch.id.rawValue)
  }

  /// All sheets of a questionnaire that are still open: those that nobody keyed in did not come back, the others were not
  /// keyed in to the end. What was keyed in of them goes.
  /// - Returns: how many there were.
  @discardableResult
  func leaveOut(of id: QuestionnaireID, by actor: Actor, in transaction: Transaction) throws -> Int {
    var count = 0
    for batch in try PaperBatchStore.batches(of: id, in: transaction.community, transaction) {
      let lines = try PaperBatchStore.lines(of: batch.id, in: transaction.community, transaction)
        .filter { $0.sheet.state == .open }
      for line in lines {
        let isBlank = line.keyers.isEmpty
        try end(
          line.sheet, of: batch, isBlank ? .missing : .spoilt, isBlank ? nil : .unfinished, by: actor,
          in: transaction)
      }
      if !lines.isEmpty {
        try transaction.audit("surveys.paper_leave_out", by: actor, of: batch.id.rawValue)
      }
      count += lines.count
    }
    return count
  }

  /// How many sheets of a questionnaire are open, by how they stand.
  func open(
    of id: QuestionnaireID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PaperStanding: Int] {
    var counts: [PaperStanding: Int] = [:]
    for batch in try PaperBatchStore.batches(of: id, in: community, snapshot) {
      for line in try PaperBatchStore.lines(of: batch.id, in: community, snapshot) where line.standing.isOpen
      {
        counts[line.standing, default: 0] += 1
      }
    }
    return counts
  }

  private func open(_ serial: PaperSerial, _ transaction: Transaction) throws -> PaperDesk.Place {
    let place = try desk.place(serial, in: transaction.community, transaction)
    guard PaperRules.takesEntries(place.questionnaire) else { throw Problem.paperLocked }
    guard place.sheet.takesEntries else { throw Problem.paperSettled }
    return place
  }

  private func end(
    _ sheet: PaperSheet, of batch: PaperBatch, _ state: PaperSheet.State, _ reason: PaperSheet.SpoiltReason?,
    by actor: Actor, in transaction: Transaction
  ) throws {
    var sheet = sheet
    sheet.state = state
    sheet.reason = reason
    sheet.settledBy = actor
    try PaperBatchStore.keep(sheet, of: batch.id, in: transaction)
    try PaperEntryStore.remove(of: sheet.number, in: batch.id, in: transaction)
  }
}

extension Problem {
  static let paperReturned = Problem(
    "paper.returned", status: 409,
    Phrase("这一张已经录过，是收回来了的。", "This sheet was keyed in, so it did come back."),
    advice: Phrase("没用的，请作废并说明原因。", "If it is of no use, mark it as spoilt with a reason."))
}
