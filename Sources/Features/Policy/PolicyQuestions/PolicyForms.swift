import Database
import Kernel
import People
import Web

/// What the forms of Policy's capabilities have in common.
enum PolicyForms {
  /// The key under which what a form asks for is done once, for a form that cannot be taken as it was sent: `Form.onceKey` is
  /// for all others.
  ///
  /// - Parameter body: what tells this command from another. Facts about a person never stand in it: its digest is stored for
  ///   seven days, and few answers are so many that trying all of them would not find them.
  /// - Throws: `idempotency.key`.
  static func once(
    _ operation: StaticString, _ form: Form, _ signedIn: SignedIn, body: String
  ) throws -> IdempotencyKey {
    try IdempotencyKey(
      principal: signedIn.personID, operation: operation, key: form["idempotency_key"] ?? "",
      body: Array(body.utf8))
  }

  /// The person in the least powerful of their roles that may do it.
  /// - Throws: `forbidden`.
  static func actor(_ signedIn: SignedIn, of roles: Set<Role>) throws -> Actor {
    guard let role = roles.intersection(signedIn.roles).min() else { throw Problem.forbidden }
    return Actor(person: signedIn.personID, role: role)
  }
}
