package import Database
import Kernel
import People
import Security

/// Where answers are locked. Asking for it and doing it are two transactions, with the reading between them; the second one
/// looks whether anything came in meanwhile.
struct LockDesk: Sendable {
  let questionnaires = QuestionnaireDesk()

  /// Asks for the answers to be read and locked. One that failed before is asked for anew.
  ///
  /// - Parameters:
  ///   - seen: the number of events that whoever asks saw.
  /// - Throws: `not_found`, `questionnaire.stale`, `lock.not_closed`, `lock.running`, `lock.empty`, `form.invalid`.
  func request(
    _ id: QuestionnaireID, _ spec: LockSpec, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let community = transaction.community
    guard let questionnaire = try QuestionnaireStore.find(id, in: community, transaction) else {
      throw Problem.notFound
    }
    guard questionnaire.events == seen else { throw Problem.questionnaireStale }
    guard questionnaire.state == .closed else { throw Problem.lockNotClosed }
    if let earlier = try LockStore.request(id, in: community, transaction) {
      guard earlier.failure != nil else { throw Problem.lockRunning }
      try LockStore.removeRequest(id, in: transaction)
    }
    let answers = try ResponseStore.count(of: id, in: community, transaction)
    guard answers > 0 else { throw Problem.lockEmpty }
    let versions = try LockStore.versions(of: questionnaire, in: community, transaction)
    let problems = LockRules.problems(spec, SurveyDataBuilder(versions).finish().items)
    if !problems.isEmpty { throw Problem.invalid(problems) }
    try LockStore.insert(
      LockRequest(
        questionnaire: id, spec: spec, events: questionnaire.events, answers: answers, read: 0, failure: nil,
        requestedAt: transaction.now, requestedBy: actor), in: transaction)
    try transaction.audit("surveys.lock_request", by: actor, of: id.rawValue)
    transaction.touch(.surveyLocks)
  }

  /// Locks what was read.
  ///
  /// - Parameters:
  ///   - data: canonical.
  ///   - cipher: of the community's answers.
  /// - Returns: whether it was locked: false where another program did it, or nobody asks for it any more.
  /// - Throws: `lock.changed` where answers came or went, or the questionnaire was opened again.
  func finish(
    _ request: LockRequest, _ data: SurveyData, sealing cipher: FieldCipher, in transaction: Transaction
  ) throws -> Bool {
    let (id, community) = (request.questionnaire, transaction.community)
    guard let current = try LockStore.request(id, in: community, transaction), current.failure == nil,
      current.requestedAt == request.requestedAt
    else { return false }
    guard let questionnaire = try QuestionnaireStore.find(id, in: community, transaction),
      questionnaire.state == .closed, questionnaire.events == request.events,
      try ResponseStore.count(of: id, in: community, transaction) == Int64(data.count)
    else { throw Problem.lockChanged }
    let contents = [data.head] + data.items.indices.map { data.columns[$0]?.bytes ?? [] }
    let columns = try contents.enumerated().map { position, content in
      let column: LockColumnID = transaction.newIdentifier()
      return (
        id: column, position: position,
        sealed: try cipher.seal(bytes: content, at: LockStore.address(column, in: community))
      )
    }
    let lock = AnswerLock(
      questionnaire: id, spec: request.spec, answers: data.count, digest: data.digest,
      lockedAt: transaction.now, lockedBy: request.requestedBy)
    try LockStore.insert(lock, columns, in: transaction)
    try LockStore.removeRequest(id, in: transaction)
    try PaperLeaving().leaveOut(of: id, by: request.requestedBy, in: transaction)
    try questionnaires.step(
      .locked, id, seen: request.events, by: request.requestedBy, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: request.requestedBy.person, role: request.requestedBy.role, action: "surveys.answers_lock",
        object: id.rawValue, detailDigest: lock.digest.bytes))
    transaction.touch(.surveyLocks)
    return true
  }
}

extension Topic {
  /// Touched when answers are to be locked, and when they are.
  package static let surveyLocks = Topic("surveys.lock")
}
