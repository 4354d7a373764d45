import Database
import Kernel

/// The queries of what is asked of items that are bought by the case.
enum CaseClaimStore {
  /// What is asked of each of these items, among which only some may be bought by the case; nothing is read where none is.
  static func levels(
    of items: some Sequence<CampaignItem>, in snapshot: Snapshot
  ) throws -> [CampaignItemID: CaseLevel] {
    let ids = items.lazy.filter(\.isByTheCase).map(\.id)
    var levels = Dictionary(ids.map { ($0, CaseLevel()) }) { first, _ in first }
    if levels.isEmpty { return [:] }
    // From the items, so that each costs two seeks; from the claims, every one of them would be visited.
    try snapshot.forEach(levelsQuery(of: levels.keys.sorted())) { row in
      levels[try row[0]] = CaseLevel(
        sequence: try row[1], demand: CasePack.Demand(wanted: try row[2], tolerated: try row[3]))
    }
    return levels
  }

  static func levelsQuery(of items: [CampaignItemID]) -> Query {
    """
    SELECT claim.item_id, claim.sequence, claim.wanted, claim.tolerated
    FROM shop_campaign_item AS item CROSS JOIN shop_case_claim AS claim
    WHERE item.id IN \(list: items) AND claim.item_id = item.id AND claim.sequence = (
      SELECT max(last.sequence) FROM shop_case_claim AS last WHERE last.item_id = item.id)
    """
  }

  /// Every change of what is asked of these items, each item's in their order.
  static func changes(
    of items: some Collection<CampaignItemID>, in snapshot: Snapshot
  ) throws -> [CampaignItemID: [CaseClaimChange]] {
    if items.isEmpty { return [:] }
    var changes: [CampaignItemID: [CaseClaimChange]] = [:]
    try snapshot.forEach(
      """
      SELECT item_id, sequence, order_id, position, quantity_change, tolerance_change, wanted, tolerated, asked_at
      FROM shop_case_claim WHERE item_id IN \(list: items) ORDER BY item_id, sequence
      """
    ) { row in
      let change = CaseClaimChange(
        item: try row[0], order: try row[2], position: try row[3], quantity: try row[4],
        tolerance: try row[5],
        level: CaseLevel(
          sequence: try row[1], demand: CasePack.Demand(wanted: try row[6], tolerated: try row[7])),
        askedAt: try row[8])
      changes[change.item, default: []].append(change)
    }
    return changes
  }

  /// What stands of the claims on each of these items.
  static func standing(
    on items: some Collection<CampaignItemID>, in snapshot: Snapshot
  ) throws -> [CampaignItemID: [CasePack.Claim]] {
    try changes(of: items, in: snapshot).mapValues(CaseClaims.standing)
  }

  /// Appends changes. The primary key refuses a second one with the same number.
  static func append(_ changes: [CaseClaimChange], in transaction: Transaction) throws {
    if changes.isEmpty { return }
    var rows = Rows(
      into: "shop_case_claim", "item_id", "sequence", "community_id", "order_id", "position",
      "quantity_change",
      "tolerance_change", "wanted", "tolerated", "asked_at")
    rows.reserve(changes.count)
    for change in changes {
      rows.append(values: [
        change.item.storedValue, .integer(change.level.sequence), transaction.community.storedValue,
        change.order.storedValue, .integer(Int64(change.position)), .integer(change.quantity),
        .integer(change.tolerance), .integer(change.level.demand.wanted),
        .integer(change.level.demand.tolerated), change.askedAt.storedValue,
      ])
    }
    try transaction.insert(rows)
  }
}
