package import Database
package import Kernel
import Security
package import Web

extension Form {
  /// The key under which what the form asks for is done once, however often it is sent.
  ///
  /// - Throws: `idempotency.key`.
  package func onceKey(_ operation: StaticString, _ signedIn: SignedIn) throws -> IdempotencyKey {
    try IdempotencyKey(
      principal: signedIn.personID, operation: operation, key: self["idempotency_key"] ?? "",
      body: Array("\(signedIn.path)|\(digestText)".utf8))
  }

  /// All that was sent but the token, for telling one command from another.
  package var digestText: String {
    fields.filter { $0.name != "form_token" }.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
  }
}

extension Database {
  /// Changes something, once for each key.
  package func change(
    in community: CommunityID, once key: IdempotencyKey,
    _ change: @escaping @Sendable (Transaction) throws -> Void
  ) async throws {
    _ = try await write(in: community) { transaction in
      try transaction.once(key) {
        try change(transaction)
        return StoredAnswer(status: 303, body: [])
      }
    }
  }

  /// Makes something new, once for each key.
  ///
  /// - Returns: its identifier in words: the same one whenever the form is sent again.
  package func make<Kind>(
    in community: CommunityID, once key: IdempotencyKey,
    _ make: @escaping @Sendable (Transaction) throws -> Identifier<Kind>
  ) async throws -> String {
    let answer = try await write(in: community) { transaction in
      try transaction.once(key) {
        StoredAnswer(status: 303, body: Array(try make(transaction).description.utf8))
      }
    }
    return String(decoding: answer.body, as: UTF8.self)
  }
}
