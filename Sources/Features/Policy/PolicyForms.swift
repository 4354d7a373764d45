import Database
import People
import Web

extension Database {
  /// Does what a form asks, once for each of its keys.
  ///
  /// - Parameters:
  ///   - command: as in `Form.onceKey`.
  ///   - work: answers the path of what was made, or nothing.
  /// - Returns: that path: the same one whenever the form is sent again.
  /// - Throws: `idempotency.key`, `idempotency.mismatch`, and what the work throws.
  @discardableResult
  func once(
    _ operation: StaticString, _ form: Form, _ signedIn: SignedIn, telling command: String? = nil,
    _ work: @escaping @Sendable (Transaction) throws -> String
  ) async throws -> String {
    try await answer(
      in: signedIn.community.id, once: try form.onceKey(operation, signedIn, telling: command), work)
  }
}
