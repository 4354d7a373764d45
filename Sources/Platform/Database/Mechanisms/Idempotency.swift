import Crypto
package import Kernel

/// A client's key for one command: the same key twice has one effect and one answer.
///
/// Kept seven days (reliability §3.7). The scope is the person, the operation and the key.
package struct IdempotencyKey: Sendable, Hashable {
  package let principal: Int64
  package let operation: String
  package let key: String
  /// SHA-256 of what was sent, so that one key cannot stand for two different commands.
  package let requestDigest: [UInt8]

  /// - Parameters:
  ///   - principal: the person who asks.
  ///   - operation: method and route, such as `POST /api/v1/orders`.
  ///   - key: 16–64 visible ASCII characters.
  /// - Throws: `idempotency.key` when the key has another form.
  package init(principal: PersonID, operation: StaticString, key: String, body: some Sequence<UInt8>) throws {
    guard Self.isUsable(key) else { throw Problem.idempotencyKeyUnusable }
    self.principal = principal.rawValue
    self.operation = operation.description
    self.key = key
    requestDigest = Array(SHA256.hash(data: Array(body)))
  }

  /// Whether a text has the form of a key: 16–64 visible ASCII characters.
  package static func isUsable(_ key: String) -> Bool {
    (16...64).contains(key.utf8.count) && key.utf8.allSatisfy { (33...126).contains($0) }
  }

  /// For a key whose form was checked where it came in.
  package init(principal: PersonID, operation: StaticString, key: String, digest: [UInt8]) {
    self.principal = principal.rawValue
    self.operation = operation.description
    self.key = key
    requestDigest = digest
  }
}

/// The answer that a command gave, kept so that a repeat gets it again.
package struct StoredAnswer: Sendable, Equatable {
  package let status: Int
  package let body: [UInt8]
  /// Whether this is a repeat of an earlier answer; sent as `Idempotency-Replayed: true`.
  package let isReplayed: Bool

  package init(status: Int, body: [UInt8], isReplayed: Bool = false) {
    self.status = status
    self.body = body
    self.isReplayed = isReplayed
  }
}

extension Problem {
  /// What was sent as a key is none.
  package static let idempotencyKeyUnusable = Problem(
    "idempotency.key", status: 400,
    Phrase("缺少可用的重复提交保护码。", "There is no usable idempotency key."),
    advice: Phrase(
      "请刷新页面再提交；程序请发送 16–64 个字符的 Idempotency-Key。",
      "Reload the page and send again; programs send an Idempotency-Key of 16–64 characters."))

  /// The key was used for something else before.
  package static let idempotencyMismatch = Problem(
    "idempotency.mismatch", status: 422,
    Phrase("同一个保护码已用于另一项内容不同的操作。", "This key was used for a different request before."),
    advice: Phrase("请刷新页面再提交。", "Reload the page and send again."))
}

extension Snapshot {
  /// The answer kept for this key; nil when there is none.
  /// - Throws: `idempotency.mismatch` when the key was used for another request.
  package func storedAnswer(for key: IdempotencyKey, in community: CommunityID) throws -> StoredAnswer? {
    try first(
      """
      SELECT request_digest, status, answer FROM platform_idempotency
      WHERE community_id = \(community) AND principal = \(key.principal) AND operation = \(key.operation)
        AND key = \(key.key)
      """
    ) { row in
      let digest: [UInt8] = try row[0]
      guard digest == key.requestDigest else { throw Problem.idempotencyMismatch }
      return StoredAnswer(status: try row[1], body: try row[2], isReplayed: true)
    }
  }

  /// Which of these keys have an answer, whatever was sent under them: one question for many keys.
  /// - Returns: their positions in `keys`.
  package func answered(_ keys: [IdempotencyKey], in community: CommunityID) throws -> Set<Int> {
    var wanted = Rows(into: "platform_idempotency", "community_id", "principal", "operation", "key")
    wanted.reserve(keys.count)
    for key in keys {
      wanted.append(values: [
        community.storedValue, .integer(key.principal), .text(key.operation), .text(key.key),
      ])
    }
    return try found(wanted)
  }
}

extension Transaction {
  /// Performs a command once: a repeat of the key gets the stored answer, and nothing else happens.
  ///
  /// The answer is stored in the same transaction as the command's changes. What `perform` throws undoes both.
  package func once(
    _ key: IdempotencyKey, perform: () throws -> StoredAnswer
  ) throws -> StoredAnswer {
    if let answer = try storedAnswer(for: key, in: community) { return answer }
    let answer = try perform()
    try store([(key, answer)])
    return answer
  }

  /// Keeps the answers of several commands in one go.
  package func store(_ answers: [(IdempotencyKey, StoredAnswer)]) throws {
    var rows = Rows(
      into: "platform_idempotency", "community_id", "principal", "operation", "key", "request_digest",
      "status", "answer", "stored_at")
    for (key, answer) in answers {
      rows.append(values: [
        community.storedValue, .integer(key.principal), .text(key.operation), .text(key.key),
        .bytes(key.requestDigest), .integer(Int64(answer.status)), .bytes(answer.body), now.storedValue,
      ])
    }
    try insert(rows)
  }

  /// Forgets answers that are older than seven days.
  package func forgetOldAnswers() throws {
    try execute(
      """
      DELETE FROM platform_idempotency WHERE community_id = \(community)
        AND stored_at < \(now - .days(7))
      """)
  }
}
