import Database
import Kernel
import People

/// The queries of where the community and its merchants are at home.
enum DistrictStore {
  static func home(of community: CommunityID, _ snapshot: Snapshot) throws -> EnteredDistrict? {
    try snapshot.first(
      "SELECT name, set_by_id, set_at FROM shop_home_district WHERE community_id = \(community)"
    ) { row in try entered(try row[0], by: try row[1], at: try row[2]) }
  }

  /// Of every merchant whose district is entered.
  static func districts(
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [MerchantID: EnteredDistrict] {
    let rows = try snapshot.all(
      """
      SELECT merchant_id, name, set_by_id, set_at FROM shop_merchant_district
      WHERE community_id = \(community)
      """
    ) { row in
      let merchant: MerchantID = try row[0]
      return (merchant, try entered(try row[1], by: try row[2], at: try row[3]))
    }
    return Dictionary(rows) { first, _ in first }
  }

  static func setHome(_ district: District, by actor: Actor, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO shop_home_district (community_id, name, set_by_id, set_at)
      VALUES (\(transaction.community), \(district.name), \(actor.person), \(transaction.now))
      ON CONFLICT (community_id) DO UPDATE SET name = excluded.name, set_by_id = excluded.set_by_id,
        set_at = excluded.set_at
      """)
  }

  static func set(
    _ district: District, of merchant: MerchantID, by actor: Actor, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO shop_merchant_district (community_id, merchant_id, name, set_by_id, set_at)
      VALUES (\(transaction.community), \(merchant), \(district.name), \(actor.person), \(transaction.now))
      ON CONFLICT (community_id, merchant_id) DO UPDATE SET name = excluded.name,
        set_by_id = excluded.set_by_id, set_at = excluded.set_at
      """)
  }

  private static func entered(_ name: String, by person: PersonID, at: Timestamp) throws -> EnteredDistrict {
    guard let district = District(name) else { throw DatabaseError.unexpectedValue("no district") }
    return EnteredDistrict(district: district, by: person, at: at)
  }
}
