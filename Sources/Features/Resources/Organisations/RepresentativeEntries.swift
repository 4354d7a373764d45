package import Database
import Kernel
package import People

extension NetworkEntries {
  /// Enters who acts for an organisation, found by their telephone.
  /// - Throws: as the desk of organisations.
  package func represent(
    _ id: OrganisationID, phone: String, by actor: Actor, in transaction: Transaction
  ) throws {
    try organisations.addRepresentative(phone: phone, to: id, by: actor, in: transaction)
  }
}
