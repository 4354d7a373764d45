import Database
import Kernel
import People

/// The queries that count a month. What they answer is put through the gate and kept nowhere.
enum NeedFiguresStore {
  /// Persons or households that one question names.
  private static let chunk = 256

  // MARK: - After-sales

  static func cases(
    from: Timestamp, until: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> NeedFigures<AfterSalesTable.Case> {
    let cases = try snapshot.all(claims(from: from, until: until, in: community)) { row in
      AfterSalesTable.Case(
        category: try row[0], fault: try row[1], household: try row[2], merchant: try row[3])
    }
    return NeedFigures(cases) {
      "\($0.category.rawValue) \($0.fault.rawValue) \($0.household) \($0.merchant)"
    }
  }

  static func claims(from: Timestamp, until: Timestamp, in community: CommunityID) -> Query {
    """
    SELECT product.category, claim.fault, claim.household_id, claim.merchant_id FROM shop_claim AS claim
    JOIN shop_order_line AS line ON line.order_id = claim.order_id AND line.position = claim.position
    JOIN shop_campaign_item AS item ON item.id = line.item_id
    JOIN shop_product AS product ON product.id = item.product_id
    WHERE claim.community_id = \(community) AND claim.reported_at >= \(from) AND claim.reported_at < \(until)
      AND claim.state <> 'withdrawn'
      AND NOT EXISTS (SELECT 1 FROM shop_order AS placed
        WHERE placed.id = claim.order_id AND placed.authority = 'merchant')
    """
  }

  // MARK: - Buildings

  /// Every building, with who wishes deliveries there and whether anybody brought some.
  static func buildings(
    from: Timestamp, until: Timestamp, _ directory: Directory, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> NeedFigures<UnservedTable.Building> {
    let wishing = Set(
      try snapshot.values(always(in: community), as: HouseholdID.self)
        + snapshot.values(said(from: from, until: until, in: community)))
    let visited = Set<HouseholdID>(
      try snapshot.values(handedOver(from: from, until: until, in: community)))
    let building = try directory.buildings(of: wishing.union(visited), in: community, snapshot)
    let wishes = wishing.reduce(into: [String: Int]()) { counts, household in
      if let name = building[household] { counts[name, default: 0] += 1 }
    }
    let served = Set(visited.compactMap { building[$0] })
    let buildings = try directory.buildings(of: community, snapshot).map { entry in
      UnservedTable.Building(
        name: entry.building, households: Int(entry.households), wishing: wishes[entry.building] ?? 0,
        isServed: served.contains(entry.building))
    }
    return NeedFigures(buildings) { "\($0.name) \($0.households) \($0.wishing) \($0.isServed)" }
  }

  static func always(in community: CommunityID) -> Query {
    "SELECT household_id FROM shop_delivery_wish WHERE community_id = \(community) AND mode = 'always'"
  }

  static func said(from: Timestamp, until: Timestamp, in community: CommunityID) -> Query {
    """
    SELECT DISTINCT household_id FROM shop_delivery_order
    WHERE community_id = \(community) AND set_at >= \(from) AND set_at < \(until) AND is_wished = 1
    """
  }

  static func handedOver(from: Timestamp, until: Timestamp, in community: CommunityID) -> Query {
    """
    SELECT DISTINCT stop.household_id FROM shop_stop_outcome AS outcome
    JOIN shop_round_stop AS stop ON stop.id = outcome.stop_id
    WHERE outcome.community_id = \(community) AND outcome.happened_at >= \(from)
      AND outcome.happened_at < \(until) AND outcome.effect = 'handed_over'
    """
  }

  // MARK: - Help with ordering

  /// The orders of those who are helped and agreed to be counted, at the moment of counting, by household.
  ///
  /// - Parameter helpedSince: from when on somebody ordered for them.
  static func shares(
    from: Timestamp, until: Timestamp, helpedSince: Timestamp, _ directory: Directory,
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> NeedFigures<AssistedShareTable.Share> {
    let helped: [PersonID] = try snapshot.values(
      IndependenceReportStore.people(helpedSince: helpedSince, in: community))
    let agreed = try directory.consent.allowed(
      helped, .statistics, .orders, to: .reportReaders, at: snapshot.now, in: community, snapshot
    ).sorted()
    var counts: [HouseholdID: (own: Int, assisted: Int)] = [:]
    for start in stride(from: 0, to: agreed.count, by: chunk) {
      let persons = Array(agreed[start..<min(start + chunk, agreed.count)])
      try snapshot.forEach(orders(of: persons, from: from, until: until, in: community)) { row in
        let (person, placedBy): (PersonID, PersonID) = (try row[1], try row[3])
        let isOwn = Independence.isOwn(authority: try row[2], placedBy: placedBy, person: person)
        counts[try row[0], default: (0, 0)].own += isOwn ? 1 : 0
        counts[try row[0], default: (0, 0)].assisted += isOwn ? 0 : 1
      }
    }
    let shares = counts.map {
      AssistedShareTable.Share(household: $0, own: $1.own, assisted: $1.assisted)
    }.sorted { $0.household < $1.household }
    return NeedFigures(shares) { "\($0.household) \($0.own) \($0.assisted)" }
  }

  static func orders(
    of persons: [PersonID], from: Timestamp, until: Timestamp, in community: CommunityID
  ) -> Query {
    """
    SELECT household_id, person_id, authority, placed_by_id FROM shop_order
    WHERE community_id = \(community) AND person_id IN \(list: persons) AND placed_at >= \(from)
      AND placed_at < \(until) AND fulfilment <> 'cancelled' AND authority <> 'merchant'
    """
  }
}
