package import Database
import Kernel
import People

/// The queries of slips.
package enum PaperSlipStore {
  private static let columns: Query = """
    id, campaign_id, catalogue_id, household_id, person_id, code, order_id, keyed_by_id, keyed_at
    """

  static func find(
    _ code: SlipCode, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PaperSlip? {
    try snapshot.first(
      """
      SELECT \(columns) FROM shop_paper_slip WHERE community_id = \(community) AND code = \(code.description)
      """, PaperSlip.init)
  }

  static func find(
    _ id: PaperSlipID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PaperSlip? {
    try snapshot.first(
      "SELECT \(columns) FROM shop_paper_slip WHERE id = \(id) AND community_id = \(community)",
      PaperSlip.init)
  }

  /// What the order desk may do with a slip; nil when there is no such thing in the community.
  static func ground(_ id: PaperSlipID, in transaction: Transaction) throws -> OrderGround? {
    guard let slip = try find(id, in: transaction.community, transaction) else { return nil }
    return OrderGround(
      person: slip.person, household: slip.household, campaign: slip.campaign, helper: nil, digest: nil,
      isOpen: slip.keyed == nil, confirmation: .paper)
  }

  /// All slips of one version.
  package static func list(of catalogue: PaperCatalogue, _ snapshot: Snapshot) throws -> [PaperSlip] {
    try snapshot.all(
      "SELECT \(columns) FROM shop_paper_slip WHERE catalogue_id = \(catalogue.id) ORDER BY id",
      PaperSlip.init)
  }

  /// The slips of one household in one campaign, the newest version first.
  static func list(
    of household: HouseholdID, in campaign: Campaign, _ snapshot: Snapshot
  ) throws -> [PaperSlip] {
    try snapshot.all(
      """
      SELECT \(columns) FROM shop_paper_slip
      WHERE household_id = \(household) AND campaign_id = \(campaign.id)
        AND community_id = \(campaign.community) ORDER BY id DESC
      """, PaperSlip.init)
  }

  /// What a person keyed last, newest first.
  static func keyed(
    by person: PersonID, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PaperSlip] {
    try snapshot.all(
      """
      SELECT \(columns) FROM shop_paper_slip
      WHERE community_id = \(community) AND keyed_by_id = \(person)
      ORDER BY keyed_at DESC, id DESC LIMIT \(limit)
      """, PaperSlip.init)
  }

  static func insert(_ slips: [PaperSlip], by person: PersonID, in transaction: Transaction) throws {
    var rows = Rows(
      into: "shop_paper_slip", "id", "community_id", "campaign_id", "catalogue_id", "household_id",
      "person_id", "code", "printed_by_id", "printed_at")
    for slip in slips {
      rows.append(
        slip.id, transaction.community, slip.campaign, slip.catalogue, slip.household, slip.person,
        slip.code.description, person, transaction.now)
    }
    try transaction.insert(rows)
  }

  static func markKeyed(
    _ slip: PaperSlipID, as order: Order, by keyer: PersonID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE shop_paper_slip SET order_id = \(order.id), keyed_by_id = \(keyer), keyed_at = \(transaction.now)
      WHERE id = \(slip) AND community_id = \(transaction.community) AND order_id IS NULL
      """)
  }
}

extension PaperSlip {
  init(_ row: borrowing Row) throws {
    id = try row[0]
    campaign = try row[1]
    catalogue = try row[2]
    household = try row[3]
    person = try row[4]
    guard let code = SlipCode(try row[5]) else {
      throw DatabaseError.unexpectedValue("a slip's code has other check digits")
    }
    self.code = code
    if row.isNull(6) {
      keyed = nil
    } else {
      keyed = Keyed(order: try row[6], by: try row[7], at: try row[8])
    }
  }
}
