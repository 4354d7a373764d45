package import Kernel
package import Web

extension SignedIn {
  /// The person in the least powerful of their roles that is one of these.
  /// - Throws: `forbidden` when they hold none of them.
  package func actor(of roles: Set<Role>) throws -> Actor {
    guard let role = roles.intersection(self.roles).min() else { throw Problem.forbidden }
    return Actor(person: personID, role: role)
  }
}
