import Database
import Kernel

/// The queries of goods held back for slips.
enum PaperHoldStore {
  /// What is held for the slips among these grounds; nothing is asked where there are none.
  static func holds(
    for authorities: [OrderAuthority], in transaction: Transaction
  ) throws -> PaperHolds {
    let slips = authorities.compactMap { authority -> PaperSlipID? in
      if case .slip(let id) = authority { id } else { nil }
    }
    var holds = PaperHolds()
    if slips.isEmpty { return holds }
    try transaction.forEach(
      """
      SELECT slip.id, slip.catalogue_id, item.item_id, item.set_aside - item.taken
      FROM shop_paper_slip AS slip
      JOIN shop_paper_catalogue AS catalogue ON catalogue.id = slip.catalogue_id
      JOIN shop_paper_item AS item ON item.catalogue_id = catalogue.id
      WHERE slip.id IN \(list: slips) AND slip.community_id = \(transaction.community)
        AND catalogue.returned_at IS NULL AND item.set_aside > item.taken
      """
    ) { row in
      let catalogue: PaperCatalogueID = try row[1]
      holds.catalogues[try row[0]] = catalogue
      holds.left[PaperHolds.Key(catalogue: catalogue, item: try row[2])] = try row[3]
    }
    return holds
  }

  /// Writes down what slips took of what was held for them.
  static func store(_ taken: [PaperHolds.Key: Int64], in transaction: Transaction) throws {
    for (key, units) in taken where units > 0 {
      try transaction.execute(
        """
        UPDATE shop_paper_item SET taken = taken + \(units)
        WHERE catalogue_id = \(key.catalogue) AND item_id = \(key.item)
          AND community_id = \(transaction.community)
        """)
    }
  }

  /// - Returns: false when it was returned before.
  static func markReturned(_ id: PaperCatalogueID, in transaction: Transaction) throws -> Bool {
    try transaction.execute(
      """
      UPDATE shop_paper_catalogue SET returned_at = \(transaction.now)
      WHERE id = \(id) AND community_id = \(transaction.community) AND returned_at IS NULL
      """) == 1
  }

  /// What a version holds of each item, beyond what its slips took.
  static func held(
    by id: PaperCatalogueID, in snapshot: Snapshot
  ) throws -> [(item: CampaignItemID, units: Int64)] {
    try snapshot.all(
      """
      SELECT item_id, set_aside - taken FROM shop_paper_item
      WHERE catalogue_id = \(id) AND set_aside > taken ORDER BY position
      """
    ) { row in (item: try row[0], units: try row[1]) }
  }
}
