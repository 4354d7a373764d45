package import Database
package import Kernel

/// The queries of printed catalogues.
package enum PaperCatalogueStore {
  private static let columns: Query =
    "id, campaign_id, number, slips_until, printed_by_id, printed_at, returned_at"

  static func find(
    _ id: PaperCatalogueID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PaperCatalogue? {
    try snapshot.first(
      "SELECT \(columns) FROM shop_paper_catalogue WHERE id = \(id) AND community_id = \(community)",
      PaperCatalogue.init)
  }

  static func find(
    number: Int64, of campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PaperCatalogue? {
    try snapshot.first(
      """
      SELECT \(columns) FROM shop_paper_catalogue
      WHERE campaign_id = \(campaign) AND number = \(number) AND community_id = \(community)
      """, PaperCatalogue.init)
  }

  /// The versions of one campaign, newest first.
  package static func list(
    of campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PaperCatalogue] {
    try snapshot.all(
      """
      SELECT \(columns) FROM shop_paper_catalogue
      WHERE campaign_id = \(campaign) AND community_id = \(community) ORDER BY number DESC
      """, PaperCatalogue.init)
  }

  /// Campaigns that take orders now and have a catalogue on paper, the nearest cut-off first.
  /// - Parameter leader: nil for every leader's.
  static func openCampaigns(
    leader: PersonID?, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Campaign] {
    let printed = Set(
      try snapshot.values(
        """
        SELECT DISTINCT catalogue.campaign_id FROM shop_campaign AS campaign
        JOIN shop_paper_catalogue AS catalogue ON catalogue.campaign_id = campaign.id
        WHERE campaign.community_id = \(community) AND campaign.cut_off_at > \(snapshot.now)
        """, as: CampaignID.self))
    if printed.isEmpty { return [] }
    return try CampaignStore.find(printed, in: community, snapshot)
      .filter { (leader == nil || $0.leader == leader) && $0.takesOrders(at: snapshot.now) }
      .sorted { ($0.cutOffAt, $0.id) < ($1.cutOffAt, $1.id) }
  }

  /// A version with its items as they stand now.
  package static func sheet(
    _ catalogue: PaperCatalogue, of campaign: Campaign, _ snapshot: Snapshot
  ) throws -> PaperSheet {
    let desk = Dictionary(
      try CampaignStore.deskItems(of: campaign.id, in: campaign.community, snapshot).map { ($0.item.id, $0) }
    ) { first, _ in first }
    let items = try snapshot.all(
      """
      SELECT item.item_id, code.code, item.price, item.set_aside, item.taken FROM shop_paper_item AS item
      JOIN shop_paper_code AS code ON code.item_id = item.item_id
      WHERE item.catalogue_id = \(catalogue.id) AND item.community_id = \(campaign.community)
      ORDER BY item.position
      """
    ) { row -> PaperItem? in
      guard let entry = desk[try row[0]] else { return nil }
      return PaperItem(
        code: try row[1], desk: entry, price: try row[2], setAside: try row[3], taken: try row[4])
    }
    return PaperSheet(catalogue: catalogue, campaign: campaign, items: items.compactMap(\.self))
  }

  /// The newest version of a campaign; nil where nothing was printed yet.
  package static func latest(of campaign: Campaign, _ snapshot: Snapshot) throws -> PaperSheet? {
    guard let newest = try list(of: campaign.id, in: campaign.community, snapshot).first else { return nil }
    return try sheet(newest, of: campaign, snapshot)
  }

  /// The codes that the campaign's items have on paper.
  static func codes(of campaign: CampaignID, _ snapshot: Snapshot) throws -> [CampaignItemID: String] {
    var codes: [CampaignItemID: String] = [:]
    try snapshot.forEach("SELECT item_id, code FROM shop_paper_code WHERE campaign_id = \(campaign)") {
      codes[try $0[0]] = try $0[1]
    }
    return codes
  }

  static func insertCodes(
    _ codes: [(CampaignItemID, String)], of campaign: CampaignID, in transaction: Transaction
  ) throws {
    var rows = Rows(into: "shop_paper_code", "item_id", "community_id", "campaign_id", "code")
    for (item, code) in codes { rows.append(item, transaction.community, campaign, code) }
    try transaction.insert(rows)
  }

  static func insert(
    _ catalogue: PaperCatalogue, _ items: [(item: CampaignItem, held: Int64)], in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO shop_paper_catalogue (id, community_id, campaign_id, number, slips_until, printed_by_id,
        printed_at)
      VALUES (\(catalogue.id), \(transaction.community), \(catalogue.campaign), \(catalogue.number),
        \(catalogue.slipsUntil), \(catalogue.printedBy), \(catalogue.printedAt))
      """)
    var rows = Rows(
      into: "shop_paper_item", "catalogue_id", "item_id", "community_id", "position", "price", "set_aside")
    for (position, entry) in items.enumerated() {
      rows.append(
        catalogue.id, entry.item.id, transaction.community, Int64(position), entry.item.settledPrice,
        entry.held)
    }
    try transaction.insert(rows)
  }
}

extension PaperCatalogue {
  init(_ row: borrowing Row) throws {
    id = try row[0]
    campaign = try row[1]
    number = try row[2]
    slipsUntil = try row[3]
    printedBy = try row[4]
    printedAt = try row[5]
    returnedAt = try row[6]
  }
}
