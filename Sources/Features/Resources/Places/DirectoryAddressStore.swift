import Database
import Kernel
import People

/// The queries of what the addresses of a neighbourhood have in common: one row for each community.
enum DirectoryAddressStore {
  static func find(in community: CommunityID, _ snapshot: Snapshot) throws -> KeptDirectoryAddress? {
    try snapshot.first(
      """
      SELECT province_chinese, province_english, city_chinese, city_english, postal_code, revision, changed_at
      FROM resources_directory_address WHERE community_id = \(community)
      """
    ) { row in
      KeptDirectoryAddress(
        address: DirectoryAddress(
          province: Phrase(try row[0], try row[1]), city: Phrase(try row[2], try row[3]),
          postalCode: try row[4]), revision: try row[5], changedAt: try row[6])
    }
  }

  static func insert(_ address: DirectoryAddress, by actor: Actor, in transaction: Transaction) throws {
    var rows = Rows(
      into: "resources_directory_address", "community_id", "province_chinese", "province_english",
      "city_chinese", "city_english", "postal_code", "revision", "changed_at", "changed_by_id",
      "changed_by_role")
    rows.append(
      transaction.community, address.province.chinese, address.province.english, address.city.chinese,
      address.city.english, address.postalCode, Int64(1), transaction.now, actor.person, actor.role)
    try transaction.insert(rows)
  }

  static func update(_ address: DirectoryAddress, by actor: Actor, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_directory_address SET province_chinese = \(address.province.chinese),
        province_english = \(address.province.english), city_chinese = \(address.city.chinese),
        city_english = \(address.city.english), postal_code = \(address.postalCode),
        revision = revision + 1, changed_at = \(transaction.now), changed_by_id = \(actor.person),
        changed_by_role = \(actor.role)
      WHERE community_id = \(transaction.community)
      """)
  }
}
