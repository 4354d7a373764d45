package import Database
package import Kernel
import Messages
import People

/// Where clients' requests about their records are taken and answered: each is one transaction, with the worker's task, a
/// word to the worker and an entry of the audit chain.
package struct RightsDesk: Sendable {
  let directory: Directory
  let messenger: Messenger

  /// Takes a request of a client about their own case.
  ///
  /// - Parameter words: what is wrong and how it should be; empty for a copy.
  /// - Throws: `not_found` for cases of others, `rights.waiting` for a second copy while one is prepared.
  @discardableResult
  package func ask(
    _ kind: RightsRequest.Kind, words: CareDocument, of id: CaseID, by person: PersonID, offsetSeconds: Int,
    sealing seal: CareSeal, in transaction: Transaction
  ) throws -> RightsRequest {
    let (community, now) = (transaction.community, transaction.now)
    guard let file = try CaseStore.find(id, in: community, transaction), file.person == person else {
      throw Problem.notFound
    }
    let waiting = try RightsStore.requests(of: id, in: community, transaction).filter { $0.answer == nil }
    if kind == .copy, waiting.contains(where: { $0.kind == .copy }) { throw Problem.rightsWaiting }
    let due = RightsRequest.due(after: now, offsetSeconds: offsetSeconds)
    let text =
      kind == .correction ? try seal.write(words, case: id, .ordinary, by: person, in: transaction) : nil
    let request = RightsRequest(
      id: transaction.newIdentifier(), caseID: id, kind: kind, text: text,
      // On the last day itself, not at the midnight after it.
      task: try CaseTaskStore.insert(kind.task, dueAt: due - .seconds(1), of: id, in: transaction),
      askedAt: now, dueAt: due, answer: nil)
    try RightsStore.insert(request, of: person, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: person, role: .resident, action: "care.rights_ask", object: id.rawValue,
        purpose: kind.rawValue))
    try RightsNotices(messenger: messenger, directory: directory)
      .asked(request, file, in: transaction)
    return request
  }

  /// What the station answers.
  package struct Draft: Sendable {
    package let kind: RightsAnswer.Kind
    package let handing: RightsAnswer.Handing?
    package let handedAt: Timestamp?
    package let words: CareDocument

    package init(
      _ kind: RightsAnswer.Kind, handing: RightsAnswer.Handing? = nil, handedAt: Timestamp? = nil,
      words: CareDocument = CareDocument()
    ) {
      self.kind = kind
      self.handing = kind == .copyHanded ? handing : nil
      self.handedAt = kind == .copyHanded ? handedAt : nil
      self.words = words
    }
  }

  /// Answers a request, once, whether the case is open or closed. Possible without consent: whoever took it back has the
  /// same rights.
  /// - Throws: `case.forbidden`, `not_found`, `rights.answered`, `form.invalid`.
  package func answer(
    _ id: RightsRequestID, _ draft: Draft, _ open: OpenCase, sealing seal: CareSeal,
    in transaction: Transaction
  ) throws {
    try open.require(\.mayEnd)
    let (community, now, person) = (transaction.community, transaction.now, open.actor.person)
    guard let request = try RightsStore.find(id, of: open.id, in: community, transaction) else {
      throw Problem.notFound
    }
    if let refusal = request.refusal(of: draft.kind, handed: draft.handedAt, at: now) { throw refusal }
    let text =
      draft.words.written.isEmpty
      ? nil : try seal.write(draft.words, case: open.id, .ordinary, by: person, in: transaction)
    try RightsStore.insert(
      RightsAnswer(
        kind: draft.kind, handing: draft.handing, handedAt: draft.handedAt, text: text, at: now,
        actor: open.actor), to: id, in: transaction)
    try CaseTaskStore.end(answered: request.task, by: person, in: transaction)
    try transaction.audit("care.rights_answer", open, of: id.rawValue, purpose: draft.kind.rawValue)
  }
}

/// What the station's people are told of clients' requests: never who or what, only that there is something to answer.
struct RightsNotices: Sendable {
  let messenger: Messenger
  let directory: Directory

  static let asked = MessageKind(
    "care.rights_asked", name: ("本人对记录的要求", "Request about a record"),
    headline: ("有一个要求等您答复", "a request waits"))

  static let kinds = [asked]

  /// The worker; where there is none yet, those who may assign the case.
  func asked(_ request: RightsRequest, _ file: CaseFile, in transaction: Transaction) throws {
    let supervisors = try directory.persons(holding: .supervisor, in: transaction.community, transaction)
    let told = (file.standing.worker ?? file.standing.supervisor).map { [$0] } ?? supervisors
    try messenger.send(
      told.filter { $0 != file.person }.map {
        Message(
          to: $0, Self.asked, about: request.id.rawValue, occasion: "asked",
          Phrase(
            "个案 \(file.label) 的本人对记录提了要求，要在期限内答复。",
            "The person of case \(file.label) asks something about the record; please answer in time."),
          path: "/cases/\(file.id)/rights")
      }, in: transaction)
  }
}
