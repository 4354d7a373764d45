import Database
import Kernel
import People

/// Where districts are entered.
enum DistrictDesk {
  static func setHome(_ district: District, by actor: Actor, in transaction: Transaction) throws {
    try DistrictStore.setHome(district, by: actor, in: transaction)
    try transaction.audit("shop.home_district_set", by: actor, of: transaction.community.rawValue)
  }

  /// - Throws: `not_found` for a merchant of another community.
  static func set(
    _ district: District, of merchant: MerchantID, by actor: Actor, in transaction: Transaction
  ) throws {
    guard try transaction.merchant(merchant, in: transaction.community) != nil else {
      throw Problem.notFound
    }
    try DistrictStore.set(district, of: merchant, by: actor, in: transaction)
    try transaction.audit("shop.merchant_district_set", by: actor, of: merchant.rawValue)
  }
}
