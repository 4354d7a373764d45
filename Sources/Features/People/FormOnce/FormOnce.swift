package import Database
package import Kernel
import Security
package import Web

extension Form {
  /// A key for one form on a page, under which what it asks for is done once.
  package static var newKey: String { SecretToken.make(.bits128).text }

  /// The key under which what the form asks for is done once, however often it is sent.
  ///
  /// - Parameter command: what tells this command from another; nil for all that was sent. Its digest is kept beside the
  ///   person for seven days, so where the form holds one of few answers, such as a vote, they are left out of it: a few
  ///   answers are quickly tried.
  /// - Throws: `idempotency.key`.
  package func onceKey(
    _ operation: StaticString, _ signedIn: SignedIn, telling command: String? = nil
  ) throws -> IdempotencyKey {
    try onceKey(operation, by: signedIn.personID, to: signedIn.path, telling: command)
  }

  /// The same for a page that is open to those as well who are not signed in.
  /// - Throws: `idempotency.key`.
  package func onceKey(
    _ operation: StaticString, by person: PersonID, to path: String, telling command: String? = nil
  ) throws -> IdempotencyKey {
    try IdempotencyKey(
      principal: person, operation: operation, key: self["idempotency_key"] ?? "",
      body: Array("\(path)|\(command ?? digestText)".utf8))
  }

  /// All that was sent but the token, for telling one command from another. Files stand in it by the digest of their
  /// content: their names say nothing of it.
  var digestText: String {
    let sent = fields.filter { $0.name != "form_token" }.map { "\($0.name)=\($0.value)" }
    let chosen = files.map { "\($0.field)=\(Digest(of: $0.bytes))" }
    return (sent + chosen).joined(separator: "&")
  }
}

extension Database {
  /// Does something, once for each key.
  ///
  /// - Returns: what `work` answered when it was done: the same words whenever the form is sent again.
  package func answer(
    in community: CommunityID, once key: IdempotencyKey,
    _ work: @escaping @Sendable (Transaction) throws -> String
  ) async throws -> String {
    let answer = try await write(in: community) { transaction in
      try transaction.once(key) { StoredAnswer(status: 303, body: Array(try work(transaction).utf8)) }
    }
    return String(decoding: answer.body, as: UTF8.self)
  }

  /// Changes something, once for each key.
  package func change(
    in community: CommunityID, once key: IdempotencyKey,
    _ change: @escaping @Sendable (Transaction) throws -> Void
  ) async throws {
    _ = try await answer(in: community, once: key) { transaction in
      try change(transaction)
      return ""
    }
  }

  /// Makes something new, once for each key.
  ///
  /// - Returns: its identifier in words: the same one whenever the form is sent again.
  package func make<Kind>(
    in community: CommunityID, once key: IdempotencyKey,
    _ make: @escaping @Sendable (Transaction) throws -> Identifier<Kind>
  ) async throws -> String {
    try await answer(in: community, once: key) { try make($0).description }
  }
}
