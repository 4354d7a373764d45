package import Database
import Kernel
import People

extension CaseDesk {
  /// Looks back on a case and gives it to the supervisor to end. Possible without consent: whoever took it back is owed
  /// an ending.
  /// - Throws: `case.forbidden`, `case.not_possible` for an outcome that cannot end the case from here, `closing.waiting`.
  @discardableResult
  package func propose(
    _ outcome: CaseOutcome, words: CareDocument, _ open: OpenCase, sealing seal: CareSeal,
    in transaction: Transaction
  ) throws -> CaseClosing {
    try open.require(\.mayEnd)
    guard open.access.relation == .worker else { throw Problem.caseForbidden }
    let standing = open.file.standing
    guard outcome.mayEnd(standing.stage) else { throw Problem.caseMoveImpossible }
    let earlier = try CaseClosingStore.closings(of: open.id, in: transaction.community, transaction)
    if let last = earlier.first, last.episode == standing.episode, last.decision == nil {
      throw Problem.closingWaiting
    }
    let person = open.actor.person
    let closing = CaseClosing(
      id: transaction.newIdentifier(), caseID: open.id, episode: standing.episode, outcome: outcome,
      hasView: !words[.clientView].isEmpty,
      text: try seal.write(words, case: open.id, .ordinary, by: person, in: transaction),
      madeAt: transaction.now, madeBy: person, decision: nil)
    try CaseClosingStore.insert(closing, in: transaction)
    try transaction.audit("care.closing_write", open, of: closing.id.rawValue, purpose: outcome.rawValue)
    try CaseNotices(messenger: messenger, directory: directory).waiting(
      open.file, occasion: "closing-\(closing.id)", in: transaction)
    return closing
  }

  /// The supervisor's word on a closing.
  /// - Throws: `approval.own`, `closing.decided`, `case.forbidden`, `not_found`.
  package func decide(
    _ id: CaseClosingID, isApproved: Bool, words: CareDocument, _ open: OpenCase, sealing seal: CareSeal,
    in transaction: Transaction
  ) throws {
    try open.require(\.mayApprove)
    let (community, person) = (transaction.community, open.actor.person)
    guard
      let closing = try CaseClosingStore.closings(of: open.id, in: community, transaction)
        .first(where: { $0.id == id })
    else { throw Problem.notFound }
    let mayOwn = try SelfApprovalStore.holds(person, in: community, transaction)
    if let refusal = closing.refusalToDecide(by: person, isSelfApproved: mayOwn) { throw refusal }
    var text: CareTextID?
    if !words.written.isEmpty {
      text = try seal.write(words, case: open.id, .ordinary, by: person, in: transaction)
    }
    try CaseClosingStore.insert(
      CaseClosing.Decision(isApproved: isApproved, at: transaction.now, by: person, text: text), of: id,
      in: transaction)
    try transaction.audit(
      "care.closing_decide", open, of: id.rawValue, purpose: isApproved ? "approved" : "sent_back")
    try CaseNotices(messenger: messenger, directory: directory).decided(
      open.file, occasion: "closing-\(id)", in: transaction)
  }
}

extension Problem {
  static let closingWaiting = Problem(
    "closing.waiting", status: 409,
    Phrase("已经有一份结案报告在等督导。", "A closing waits for the supervisor already."),
    advice: Phrase("请等督导答复。", "Please wait for the answer."))
}
