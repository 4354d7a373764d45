package import Database
package import Kernel

/// The queries of campaigns and their items.
package enum CampaignStore {
  static let columns: Query = """
    id, community_id, leader_id, title_zh, title_en, note_zh, note_en, opens_at, cut_off_at, pickup_point_id,
    pickup_from, pickup_until, minimum_kind, minimum_amount, shortage_rule, lottery_seed, published_at,
    closed_at, failed_at, cancelled_at, arrived_at, finished_at, cloned_from_id, commission_rate, platform_rate,
    carrier_id, carrier_rate, fund_id, fund_rate, return_hours, uncollected_rate,
    \(DiscountStepRows.columns), booking_id, audience
    """

  static let itemColumns: Query = """
    id, campaign_id, position, product_id, variant_id, merchant_id, price, stock_kind, household_limit,
    minimum_quantity, weighed_basis, typical_grams, tolerance_percent, label_code, case_size, tier_count,
    tier_pieces, final_price
    """

  /// How many columns an item takes; what is read beside it follows them.
  static let itemColumnCount = 18

  /// The same columns beside those of other tables.
  static let joinedItemColumns: Query = """
    item.id, item.campaign_id, item.position, item.product_id, item.variant_id, item.merchant_id, item.price,
    item.stock_kind, item.household_limit, item.minimum_quantity, item.weighed_basis, item.typical_grams,
    item.tolerance_percent, item.label_code, item.case_size, item.tier_count, item.tier_pieces,
    item.final_price
    """

  package static func find(
    _ id: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Campaign? {
    try snapshot.first(
      "SELECT \(columns) FROM shop_campaign WHERE id = \(id) AND community_id = \(community)",
      Campaign.init)
  }

  package static func find(
    _ ids: some Collection<CampaignID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Campaign] {
    try snapshot.all(
      "SELECT \(columns) FROM shop_campaign WHERE id IN \(list: ids) AND community_id = \(community)",
      Campaign.init)
  }

  /// The items of one campaign in their order.
  package static func items(
    of campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CampaignItem] {
    try snapshot.all(
      """
      SELECT \(itemColumns) FROM shop_campaign_item
      WHERE campaign_id = \(campaign) AND community_id = \(community) ORDER BY position
      """, CampaignItem.init)
  }

  package static func items(
    _ ids: some Collection<CampaignItemID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CampaignItem] {
    try snapshot.all(
      "SELECT \(itemColumns) FROM shop_campaign_item WHERE id IN \(list: ids) AND community_id = \(community)",
      CampaignItem.init)
  }

  /// Which campaigns a list shows. Drafts are in none of them.
  package enum Filter: String, Sendable, CaseIterable {
    case open, upcoming, past, all
  }

  /// Where a list of campaigns goes on: after this one, by cut-off and then by identifier.
  package struct Cursor: Sendable, Equatable {
    package let cutOffAt: Timestamp
    package let id: CampaignID

    package init(cutOffAt: Timestamp, id: CampaignID) {
      self.cutOffAt = cutOffAt
      self.id = id
    }
  }

  /// Published campaigns: those that are open or to come by the nearest cut-off, past and all by the latest.
  /// - Parameter audience: for whom they are; nil for all.
  package static func list(
    _ filter: Filter, for audience: Campaign.Audience? = .households, in community: CommunityID,
    after cursor: Cursor? = nil, limit: Int, _ snapshot: Snapshot
  ) throws -> [Campaign] {
    try snapshot.all(
      listQuery(filter, for: audience, in: community, after: cursor, limit: limit, now: snapshot.now),
      Campaign.init)
  }

  static func listQuery(
    _ filter: Filter, for audience: Campaign.Audience? = .households, in community: CommunityID,
    after cursor: Cursor?, limit: Int, now: Timestamp
  ) -> Query {
    let standing: Query = """
      published_at IS NOT NULL AND cancelled_at IS NULL AND closed_at IS NULL AND failed_at IS NULL
      """
    let wanted: Query =
      switch filter {
      case .open: "cut_off_at > \(now) AND opens_at <= \(now) AND \(standing)"
      case .upcoming: "cut_off_at > \(now) AND opens_at > \(now) AND \(standing)"
      case .past:
        """
        published_at IS NOT NULL AND (cut_off_at <= \(now) OR cancelled_at IS NOT NULL)
        """
      case .all: "published_at IS NOT NULL"
      }
    let after: Query
    let order: Query
    switch filter {
    case .open, .upcoming:
      after = cursor.map { "AND (cut_off_at, id) > (\($0.cutOffAt), \($0.id))" } ?? ""
      order = "cut_off_at, id"
    case .past, .all:
      after = cursor.map { "AND (cut_off_at, id) < (\($0.cutOffAt), \($0.id))" } ?? ""
      order = "cut_off_at DESC, id DESC"
    }
    let whose: Query = audience.map { "AND audience = \($0)" } ?? ""
    return """
      SELECT \(columns) FROM shop_campaign WHERE community_id = \(community) AND booking_id IS NULL \(whose)
        AND \(wanted) \(after)
      ORDER BY \(order) LIMIT \(limit)
      """
  }

  /// What one leader runs, drafts included; every leader's for nil. The latest cut-off first.
  package static func deskList(
    leader: PersonID?, in community: CommunityID, limit: Int, _ snapshot: Snapshot
  ) throws -> [Campaign] {
    let whose: Query = leader.map { "AND leader_id = \($0)" } ?? ""
    return try snapshot.all(
      """
      SELECT \(columns) FROM shop_campaign WHERE community_id = \(community) AND booking_id IS NULL \(whose)
      ORDER BY cut_off_at DESC, id DESC LIMIT \(limit)
      """, Campaign.init)
  }

  /// The campaigns that a person leads, whatever became of them.
  package static func led(
    by leader: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CampaignID] {
    try snapshot.values(
      "SELECT id FROM shop_campaign WHERE community_id = \(community) AND leader_id = \(leader)")
  }

  /// The campaign if this person may run it; staff may run all of them.
  /// - Throws: `not_found`, also where it belongs to another leader.
  static func find(
    _ id: CampaignID, runBy actor: CampaignActor, in transaction: Transaction
  ) throws -> Campaign {
    guard let campaign = try find(id, in: transaction.community, transaction), actor.mayRun(campaign)
    else { throw Problem.notFound }
    return campaign
  }

  /// The items of one campaign with goods and stock, in their order.
  static func deskItems(
    of campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [DeskItem] {
    let items = try items(of: campaign, in: community, snapshot)
    let offers = try snapshot.variantOffers(items.map(\.variant), in: community)
    let byVariant = Dictionary(offers.map { ($0.variant, $0) }) { first, _ in first }
    let levels = try StockStore.levels(of: items.map(\.id), in: snapshot)
    let tiers = try PriceTierStore.tiers(of: items, snapshot)
    let cases = try CaseClaimStore.levels(of: items, in: snapshot)
    let held = try ListingHoldStore.held(among: Set(items.map(\.product)), in: community, snapshot)
    return items.compactMap { item in
      byVariant[item.variant].map { offer in
        DeskItem(
          item: item, offer: offer, level: levels[item.id] ?? StockLevel(kind: item.stockKind),
          tiers: tiers[item.id] ?? .none, caseDemand: cases[item.id]?.demand,
          isHeld: held.contains(item.product))
      }
    }
  }

  /// Who has ordered and for how much, as it stands now.
  package static func progress(
    of campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> CampaignProgress {
    try snapshot.first(
      """
      SELECT count(DISTINCT household_id), CAST(coalesce(sum(total), 0) AS BIGINT) FROM shop_order
      WHERE campaign_id = \(campaign) AND community_id = \(community)
        AND fulfilment NOT IN ('cancelled', 'released')
      """
    ) { row in CampaignProgress(households: try row[0], amount: try row[1]) }
      ?? CampaignProgress(households: 0, amount: .zero)
  }
}

extension Campaign {
  init(_ row: borrowing Row) throws {
    id = try row[0]
    community = try row[1]
    leader = try row[2]
    title = Phrase(try row[3], try row[4])
    note = Phrase(try row[5], try row[6])
    opensAt = try row[7]
    cutOffAt = try row[8]
    pickupPoint = try row[9]
    pickupFrom = try row[10]
    pickupUntil = try row[11]
    minimum = try Minimum(kind: row[12], amount: row[13])
    shortageRule = try row[14]
    lotterySeed = try row[15]
    marks = Marks()
    marks.publishedAt = try row[16]
    marks.closedAt = try row[17]
    marks.failedAt = try row[18]
    marks.cancelledAt = try row[19]
    marks.arrivedAt = try row[20]
    marks.finishedAt = try row[21]
    clonedFrom = try row[22]
    terms = CampaignTerms(
      commission: try row[23], platform: try row[24],
      carrier: try CampaignTerms.Carrier(person: row[25], rate: row[26]),
      fund: try CampaignTerms.FundPart(fund: row[27], rate: row[28]), returnHours: try row[29],
      uncollected: try row[30])
    discountSteps = try DiscountSteps(from: row, at: 31)
    booking = try row[37]
    audience = try row[38]
  }
}

extension CampaignTerms.Carrier {
  fileprivate init?(person: PersonID?, rate: Rate) {
    guard let person else { return nil }
    self.init(person: person, rate: rate)
  }
}

extension CampaignTerms.FundPart {
  fileprivate init?(fund: FundID?, rate: Rate) {
    guard let fund else { return nil }
    self.init(fund: fund, rate: rate)
  }
}

extension Campaign.Minimum {
  /// How the minimum is stored: its kind and its number.
  var stored: (kind: String, amount: Int64) {
    switch self {
    case .none: ("none", 0)
    case .households(let count): ("households", count)
    case .amount(let money): ("amount", money.minorUnits)
    }
  }

  init(kind: String, amount: Int64) throws {
    switch kind {
    case "none": self = .none
    case "households": self = .households(amount)
    case "amount": self = .amount(.fen(amount))
    default: throw DatabaseError.unexpectedValue("no minimum is called \(kind)")
    }
  }
}

extension CampaignItem {
  init(_ row: borrowing Row) throws {
    id = try row[0]
    campaign = try row[1]
    position = try row[2]
    product = try row[3]
    variant = try row[4]
    merchant = try row[5]
    price = try row[6]
    stockKind = try row[7]
    householdLimit = try row[8]
    minimumQuantity = try row[9]
    weighed = try WeighedOffer(from: row, at: 10)
    caseSize = try row[14]
    tierCount = try row[15]
    tierResult = try PriceTierResult(from: row, at: 16)
  }
}
