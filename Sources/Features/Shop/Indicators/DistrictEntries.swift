package import Database
package import Kernel
package import People

extension MerchantDistricts {
  /// Enters where the community is at home, and where each of these merchants is.
  /// - Throws: `not_found` for a merchant of another community; a name that is none is a fault of the program.
  package static func enter(
    home: String, _ merchants: [MerchantID: String], by actor: Actor, in transaction: Transaction
  ) throws {
    guard let home = District(home) else { throw Problem.internalFault }
    try DistrictDesk.setHome(home, by: actor, in: transaction)
    for (merchant, name) in merchants.sorted(by: { $0.key < $1.key }) {
      guard let district = District(name) else { throw Problem.internalFault }
      try DistrictDesk.set(district, of: merchant, by: actor, in: transaction)
    }
  }
}
