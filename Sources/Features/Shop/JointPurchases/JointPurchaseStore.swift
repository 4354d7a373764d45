package import Database
package import Kernel
import People
import Web

/// The queries of joint purchases.
package enum JointPurchaseStore {
  // MARK: - At the order desk

  /// Notes the merchant for which somebody asks where it has closed.
  static func noteClosed(
    _ buyer: MerchantID, into known: inout OrderRepresentation, in transaction: Transaction
  ) throws {
    let isOpen = try transaction.exists(
      """
      SELECT 1 FROM shop_merchant WHERE id = \(buyer) AND community_id = \(transaction.community)
        AND closed_at IS NULL
      """)
    if !isOpen { known.closedBuyers.insert(buyer) }
  }

  // MARK: - Whose order it is

  /// Whether the visitor may look after an order: of their household, or of a merchant that they act for.
  static func isOwn(_ order: Order, _ signedIn: SignedIn, _ snapshot: Snapshot) throws -> Bool {
    guard let buyer = order.buyer else { return order.household == signedIn.householdID }
    return try signedIn.roles.contains(.merchant)
      && snapshot.merchantIdentifiers(of: signedIn.personID, in: signedIn.community.id).contains(buyer)
  }

  /// As whom the visitor looks after an order: their household, or the merchant in its place.
  /// - Throws: `not_found` for an order of others, `household.needed` for somebody without either.
  static func party(
    of signedIn: SignedIn, in order: OrderID, _ snapshot: Snapshot
  ) throws -> HouseholdID {
    guard let found = try OrderStore.find(order, in: signedIn.community.id, snapshot) else {
      throw Problem.notFound
    }
    guard found.buyer != nil else { return try signedIn.household() }
    guard try isOwn(found, signedIn, snapshot) else { throw Problem.notFound }
    return found.household
  }

  /// The same for what was reported of an order.
  static func party(
    of signedIn: SignedIn, in claim: ClaimID, _ snapshot: Snapshot
  ) throws -> HouseholdID {
    guard let found = try ClaimStore.find(claim, in: signedIn.community.id, snapshot) else {
      throw Problem.notFound
    }
    return try party(of: signedIn, in: found.order, snapshot)
  }

  /// The merchant of the visitor that bought in a joint purchase, where a household stands; nil where none did.
  static func standing(
    of signedIn: SignedIn, in campaign: CampaignID, _ snapshot: Snapshot
  ) throws -> HouseholdID? {
    guard signedIn.roles.contains(.merchant) else { return nil }
    let community = signedIn.community.id
    return try snapshot.value(
      """
      SELECT placed.household_id FROM shop_order AS placed
      JOIN shop_merchant_member AS member ON member.community_id = placed.community_id
        AND member.merchant_id = placed.household_id AND member.person_id = \(signedIn.personID)
      WHERE placed.campaign_id = \(campaign) AND placed.community_id = \(community)
        AND placed.authority = 'merchant' AND placed.fulfilment <> 'cancelled'
      ORDER BY placed.number LIMIT 1
      """)
  }

  /// Whether the visitor's household, or the merchant that they act for, reported it.
  static func isOwn(_ claim: Claim, _ signedIn: SignedIn, _ snapshot: Snapshot) throws -> Bool {
    if claim.household == signedIn.householdID { return true }
    guard signedIn.roles.contains(.merchant),
      let order = try OrderStore.find(claim.order, in: signedIn.community.id, snapshot), order.buyer != nil
    else { return false }
    return try isOwn(order, signedIn, snapshot)
  }

  /// What the merchants are called that stand in the place of households on these orders.
  static func buyerNames(
    of orders: [Order], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [HouseholdID: Phrase] {
    let buyers = Set(orders.compactMap(\.buyer)).sorted()
    if buyers.isEmpty { return [:] }
    var names: [HouseholdID: Phrase] = [:]
    try snapshot.forEach(
      """
      SELECT id, name_zh, name_en FROM shop_merchant
      WHERE id IN \(list: buyers) AND community_id = \(community)
      """
    ) { row in names[.standing(for: try row[0])] = Phrase(try row[1], try row[2]) }
    return names
  }

  /// What else of a joint purchase can be put on an order: all of it stands on the order's own page.
  static func offered(
    beside ordered: [ShelfItem], to order: Order, _ campaign: Campaign, _ snapshot: Snapshot
  ) throws -> [ShelfItem] {
    guard order.buyer != nil else { return [] }
    let known = Set(ordered.map(\.item.id))
    return try StorefrontStore.shelf(
      of: campaign.id, in: campaign.community, after: -1, limit: Order.lineLimit, snapshot
    ).items.filter { !known.contains($0.item.id) }
  }

  // MARK: - For merchants

  /// Published joint purchases: what is open or to come, then the latest that have passed.
  static func campaigns(
    limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Campaign] {
    let ahead = try snapshot.all(
      """
      SELECT \(CampaignStore.columns) FROM shop_campaign
      WHERE community_id = \(community) AND audience = 'merchants' AND published_at IS NOT NULL
        AND cancelled_at IS NULL AND cut_off_at > \(snapshot.now) ORDER BY cut_off_at, id LIMIT \(limit)
      """, Campaign.init)
    let past = try snapshot.all(
      """
      SELECT \(CampaignStore.columns) FROM shop_campaign
      WHERE community_id = \(community) AND audience = 'merchants' AND published_at IS NOT NULL
        AND (cut_off_at <= \(snapshot.now) OR cancelled_at IS NOT NULL)
      ORDER BY cut_off_at DESC, id DESC LIMIT \(limit)
      """, Campaign.init)
    return ahead + past
  }

  /// The merchants that a person may order for: their own that have not closed.
  static func buyers(
    of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Merchant] {
    try snapshot.merchants(of: person, in: community).filter { $0.closedAt == nil }
  }

  /// The newest orders of these merchants first.
  static func orders(
    of buyers: [MerchantID], limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Order] {
    if buyers.isEmpty { return [] }
    return try OrderStore.orders(
      """
      community_id = \(community) AND authority = 'merchant'
        AND household_id IN \(list: buyers.map(HouseholdID.standing)) ORDER BY id DESC LIMIT \(limit)
      """, snapshot)
  }

  // MARK: - For the network of ties

  /// What merchants received of others in joint purchases from one moment until just before another: each order once
  /// for each merchant that supplied something of it. A bag that stayed lost was not received.
  package static func trades(
    from: Timestamp, until: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [JointTrade] {
    try snapshot.all(
      """
      SELECT item.merchant_id, placed.household_id, min(pickup.handed_at), placed.id
      FROM \(HandedLineRows.tables)
      WHERE \(HandedLineRows.handed(from: from, until: until, in: community))
        AND placed.authority = 'merchant'
      GROUP BY item.merchant_id, placed.household_id, placed.id
      ORDER BY min(pickup.handed_at), placed.id, item.merchant_id
      """
    ) { row in JointTrade(supplier: try row[0], buyer: try row[1], at: try row[2], order: try row[3]) }
  }
}
