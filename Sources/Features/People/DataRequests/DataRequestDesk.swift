import Database
import Kernel
import Security

/// Taking and answering data requests: each in one transaction, audited on behalf of the person.
extension DataRights {
  /// A request as it was asked, before it is stored.
  struct Asking: Sendable {
    let kind: DataRequest.Kind
    let words: String?
    let identifiedBy: DataRequest.Identification
  }

  /// - Throws: `data_request.open_already`, `not_found`.
  func ask(
    _ asking: Asking, for person: PersonID, by actor: Actor, offsetSeconds: Int, sealing cipher: FieldCipher,
    in transaction: Transaction
  ) throws {
    let community = transaction.community
    guard let found = try transaction.person(person, in: community),
      try ErasureStore.find(found.id, in: community, transaction) == nil
    else { throw Problem.notFound }
    let open = try DataRequestStore.requests(of: person, in: community, transaction).filter(\.isOpen)
    // Each mistake is a matter of its own; the same copy twice is not.
    if !asking.kind.needsWords, open.contains(where: { $0.kind == asking.kind }) {
      throw Problem.dataRequestOpen
    }
    let request = DataRequest(
      id: transaction.newIdentifier(), person: person, kind: asking.kind, hasWords: asking.words != nil,
      askedAt: transaction.now,
      dueAt: DataRequest.due(after: transaction.now, offsetSeconds: offsetSeconds), takenBy: actor,
      identifiedBy: asking.identifiedBy, end: nil)
    let words = try asking.words.map { try cipher.seal($0, at: .words(of: request.id, in: community)) }
    try DataRequestStore.insert(request, words: words, in: transaction)
    try transaction.audit(
      "people.data_request", by: actor, of: request.id.rawValue, onBehalfOf: person,
      purpose: asking.kind.rawValue)
  }

  /// Ends a request. Where a wish to be deleted is done, the person is deleted in the same transaction.
  /// - Throws: `data_request.*`, `erasure.*`, `forbidden`, `not_found`.
  func end(
    _ id: DataRequestID, _ outcome: DataRequest.Outcome, answer: String?, by actor: Actor,
    sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let community = transaction.community
    guard let request = try DataRequestStore.find(id, in: community, transaction) else {
      throw Problem.notFound
    }
    if let refusal = request.refusal(of: outcome, by: actor, at: transaction.now) { throw refusal }
    if request.kind == .deletion, outcome == .done {
      try erase(request.person, asked: id, by: actor, in: transaction)
    }
    let end = DataRequest.End(outcome: outcome, at: transaction.now, by: actor, hasAnswer: answer != nil)
    let isKept = !(request.kind == .deletion && outcome == .done)
    let sealed = isKept ? try answer.map { try cipher.seal($0, at: .answer(to: id, in: community)) } : nil
    try DataRequestStore.insert(end, answer: sealed, of: id, in: transaction)
    try transaction.audit(
      "people.data_request_end", by: actor, of: id.rawValue, onBehalfOf: request.person,
      purpose: outcome.rawValue)
    if isKept, outcome != .withdrawn { try tell(request.person, id.rawValue, transaction) }
  }
}
