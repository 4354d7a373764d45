import Database
import Kernel

/// The queries of the storefront.
enum StorefrontStore {
  /// A published campaign with its pickup point; nil for drafts and in every other community.
  /// - Parameter audience: for whom it has to be; nil for either.
  static func front(
    _ id: CampaignID, for audience: Campaign.Audience? = .households, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> CampaignFront? {
    guard let campaign = try CampaignStore.find(id, in: community, snapshot),
      campaign.marks.publishedAt != nil, audience == nil || campaign.audience == audience,
      let point = try snapshot.pickupPoint(campaign.pickupPoint, in: community)
    else { return nil }
    return CampaignFront(campaign: campaign, pickupPoint: point)
  }

  /// The campaigns of the notice board: what is open or to come, and the latest that have passed.
  static func board(of community: CommunityID, _ snapshot: Snapshot) throws -> [CampaignFront] {
    let open = try CampaignStore.list(.open, in: community, limit: 60, snapshot)
    let upcoming = try CampaignStore.list(.upcoming, in: community, limit: 30, snapshot)
    let past = try CampaignStore.list(.past, in: community, limit: 6, snapshot)
    let points = try snapshot.pickupPoints(in: community, includesClosed: true)
    let byID = Dictionary(points.map { ($0.id, $0) }) { first, _ in first }
    var seen: Set<CampaignID> = []
    return (open + upcoming + past).compactMap { campaign in
      guard seen.insert(campaign.id).inserted else { return nil }
      return byID[campaign.pickupPoint].map { CampaignFront(campaign: campaign, pickupPoint: $0) }
    }
  }

  /// The first pictures of a campaign's items, by position: what its card on the board shows of it.
  static func pictures(
    of campaign: CampaignID, in community: CommunityID, limit: Int, _ snapshot: Snapshot
  ) throws -> [ShelfPicture] {
    try snapshot.all(
      """
      SELECT picture.id, picture.width, picture.height FROM shop_campaign_item AS item
      JOIN shop_product AS product ON product.id = item.product_id
      JOIN shop_picture AS picture ON picture.id = product.picture_id
      WHERE item.campaign_id = \(campaign) AND item.community_id = \(community)
      ORDER BY item.position LIMIT \(limit)
      """
    ) { row in ShelfPicture(id: try row[0], width: try row[1], height: try row[2]) }
  }

  /// The items of one page of the shelf, by position.
  static func shelf(
    of campaign: CampaignID, in community: CommunityID, after position: Int,
    limit: Int = ShelfPage.size, _ snapshot: Snapshot
  ) throws -> ShelfPage {
    let items = try shelfItems(
      """
      item.campaign_id = \(campaign) AND item.community_id = \(community) AND item.position > \(position)
      ORDER BY item.position LIMIT \(limit + 1)
      """, in: community, snapshot)
    let shown = Array(items.prefix(limit))
    return ShelfPage(items: shown, next: items.count > limit ? shown.last?.item.position : nil)
  }

  /// These items, in no particular order; those of other communities are left out.
  static func items(
    _ ids: some Collection<CampaignItemID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ShelfItem] {
    if ids.isEmpty { return [] }
    return try shelfItems(
      "item.id IN \(list: ids) AND item.community_id = \(community)", in: community, snapshot)
  }

  /// The items of open campaigns that offer one of these products.
  static func orderable(
    _ products: [ProductID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(item: ShelfItem, campaign: Campaign)] {
    let ids: [CampaignItemID] = try snapshot.values(
      orderableQuery(products, in: community, now: snapshot.now))
    let items = try items(ids, in: community, snapshot)
    let campaigns = try CampaignStore.find(Set(items.map(\.item.campaign)), in: community, snapshot)
    let byID = Dictionary(campaigns.map { ($0.id, $0) }) { first, _ in first }
    return items.compactMap { item in byID[item.item.campaign].map { (item, $0) } }
      .sorted {
        ($0.campaign.cutOffAt, $0.item.item.position) < ($1.campaign.cutOffAt, $1.item.item.position)
      }
  }

  static func orderableQuery(_ products: [ProductID], in community: CommunityID, now: Timestamp) -> Query {
    """
    SELECT item.id FROM shop_campaign_item AS item
    JOIN shop_campaign AS campaign ON campaign.id = item.campaign_id
    WHERE item.product_id IN \(list: products) AND item.community_id = \(community)
      AND campaign.booking_id IS NULL AND campaign.audience = 'households'
      AND campaign.published_at IS NOT NULL AND campaign.opens_at <= \(now) AND campaign.cut_off_at > \(now)
      AND campaign.cancelled_at IS NULL AND campaign.closed_at IS NULL AND campaign.failed_at IS NULL
    """
  }

  private static func shelfItems(
    _ condition: Query, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ShelfItem] {
    var found: [ShelfRow] = []
    try snapshot.forEach(
      """
      SELECT \(CampaignStore.joinedItemColumns),
        product.name_zh, product.name_en, variant.name_zh, variant.name_en, variant.pack_zh, variant.pack_en,
        variant.unit_code, merchant.name_zh, merchant.name_en, picture.id, picture.width, picture.height
      FROM shop_campaign_item AS item
      JOIN shop_variant AS variant ON variant.id = item.variant_id
      JOIN shop_product AS product ON product.id = item.product_id
      JOIN shop_merchant AS merchant ON merchant.id = item.merchant_id
      LEFT JOIN shop_picture AS picture ON picture.id = product.picture_id
      WHERE \(condition)
      """
    ) { row in found.append(try ShelfRow(row)) }
    let levels = try StockStore.levels(of: found.map(\.item.id), in: snapshot)
    let tiers = try PriceTierStore.tiers(of: found.map(\.item), snapshot)
    let cases = try CaseClaimStore.levels(of: found.map(\.item), in: snapshot)
    let held = try ListingHoldStore.held(among: Set(found.map(\.item.product)), in: community, snapshot)
    return found.map { row in
      row.shelfItem(
        levels[row.item.id] ?? StockLevel(kind: row.item.stockKind), tiers[row.item.id] ?? .none,
        cases[row.item.id]?.demand, isHeld: held.contains(row.item.product))
    }
  }
}

private struct ShelfRow {
  let item: CampaignItem
  let name: Phrase
  let pack: Phrase
  let unit: Unit
  let merchantName: Phrase
  let picture: ShelfPicture?

  init(_ row: borrowing Row) throws {
    item = try CampaignItem(row)
    let next = CampaignStore.itemColumnCount
    name = Phrase(try row[next], try row[next + 1])
      .qualified(by: Phrase(try row[next + 2], try row[next + 3]))
    pack = Phrase(try row[next + 4], try row[next + 5])
    unit = try Unit(from: row, at: next + 6)
    merchantName = Phrase(try row[next + 7], try row[next + 8])
    picture =
      row.isNull(next + 9)
      ? nil : ShelfPicture(id: try row[next + 9], width: try row[next + 10], height: try row[next + 11])
  }

  func shelfItem(
    _ level: StockLevel, _ tiers: PriceTiers, _ caseDemand: CasePack.Demand?, isHeld: Bool
  ) -> ShelfItem {
    ShelfItem(
      item: item, name: name, pack: pack, unit: unit, merchantName: merchantName, picture: picture,
      level: level, tiers: tiers, caseDemand: caseDemand, isHeld: isHeld)
  }
}
