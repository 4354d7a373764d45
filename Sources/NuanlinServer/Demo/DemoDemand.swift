package import Kernel

/// One line of an order of the demo.
package struct DemoOrderLine: Sendable, Hashable {
  /// Position in `DemoCampaignTemplate.items`.
  package let item: Int
  /// Units; 1 or more, never above the household limit.
  package let count: Int
  /// Units more that the household would take to fill a case; 0 for what is sold by the unit.
  package let tolerance: Int
}

/// One order of the demo.
package struct DemoOrder: Sendable, Hashable {
  /// Position in `DemoCommunity.households`.
  package let household: Int
  package let placedAt: Timestamp
  /// At least one; each item at most once.
  package let lines: [DemoOrderLine]
  /// When the bag was handed over; nil for an open campaign and for the few that nobody came for.
  package let collectedAt: Timestamp?
}

/// Who orders what, and when: a rush at opening, a slack day, a last hour.
package enum DemoDemand {
  /// The orders of one campaign, in order of time, always the same. What has a stock is never oversold; a basket
  /// that would be empty is no order.
  ///
  /// - Parameter until: orders placed after this moment have not happened yet and are left out.
  package static func orders(
    for campaign: DemoCampaign, in community: DemoCommunity, until: Timestamp
  ) -> [DemoOrder] {
    var random = DemoRandom(key: "\(community.key)/\(campaign.template.key)/\(campaign.weeksAgo)")
    var visits: [(household: Int, at: Timestamp)] = []
    for (index, household) in community.households.enumerated() {
      let chance = household.orderingPropensity * campaign.template.turnoutPerMille / 1000
      let at = moment(campaign, &random)
      if random.chance(perMille: chance), at < until { visits.append((index, at)) }
    }
    visits.sort { ($0.at, $0.household) < ($1.at, $1.household) }
    var left = campaign.template.items.map(\.stock)
    // Few say how many more they would take, so that cases are seen waiting for someone.
    var tolerable = campaign.template.items.map { $0.isByTheCase ? $0.variant.caseSize / 6 : 0 }
    return visits.compactMap { visit in
      let size = community.households[visit.household].members.count
      let lines = basket(campaign.template.items, size: size, left: &left, tolerable: &tolerable, &random)
      let collected = collection(campaign, &random)
      if lines.isEmpty { return nil }
      return DemoOrder(
        household: visit.household, placedAt: visit.at, lines: lines,
        collectedAt: collected.flatMap { $0 < until ? $0 : nil })
    }
  }

  /// A fifth in the first minute, a quarter in the first two hours, a sixth in the last ninety minutes, the rest
  /// by day.
  private static func moment(_ campaign: DemoCampaign, _ random: inout DemoRandom) -> Timestamp {
    let length = Int((campaign.cutOff - campaign.opens).components.seconds)
    let share = random.integer(in: 0...999)
    let seconds =
      switch share {
      case ..<200: random.integer(in: 1...60)
      case ..<450: random.integer(in: 60...min(7200, length - 1))
      case ..<610: length - random.integer(in: 1...min(5400, length - 1))
      default: daytime(campaign.opens, random.integer(in: 60...(length - 1)), length)
      }
    return campaign.opens + .seconds(seconds) + .milliseconds(random.integer(in: 0...999))
  }

  /// Moves what would fall between 23:00 and 06:00 by eight hours, into the morning.
  private static func daytime(_ opens: Timestamp, _ seconds: Int, _ length: Int) -> Int {
    let local = CivilDateTime(
      opens + .seconds(seconds), offsetSeconds: DemoNeighbourhood.offsetSeconds)
    guard local.hour >= 23 || local.hour < 6 else { return seconds }
    let later = seconds + 8 * 3600
    return later < length ? later : seconds % 7200 + 1
  }

  private static func basket(
    _ items: [DemoCampaignItem], size: Int, left: inout [Int?], tolerable: inout [Int],
    _ random: inout DemoRandom
  ) -> [DemoOrderLine] {
    var weights = items.map(\.demandWeight)
    let wanted = 1 + random.integer(in: 0...3) + random.integer(in: 0...min(4, size))
    var lines: [DemoOrderLine] = []
    for _ in 0..<wanted {
      guard let item = random.position(weights: weights) else { break }
      weights[item] = 0
      var count = random.chance(perMille: size > 2 ? 280 : 120) ? 2 : 1
      if size > 3, random.chance(perMille: 60) { count += 1 }
      count = min(count, items[item].householdLimit ?? count, left[item] ?? count)
      if count == 0 { continue }
      left[item] = left[item].map { $0 - count }
      let tolerance = size > 2 ? min(count, tolerable[item]) : 0
      tolerable[item] -= tolerance
      lines.append(DemoOrderLine(item: item, count: count, tolerance: tolerance))
    }
    return lines.sorted { $0.item < $1.item }
  }

  /// Most come in the first half of the window; three in a hundred do not come.
  private static func collection(_ campaign: DemoCampaign, _ random: inout DemoRandom) -> Timestamp? {
    let length = Int((campaign.pickupUntil - campaign.pickupFrom).components.seconds)
    let first = random.integer(in: 0...(length - 1))
    let second = random.integer(in: 0...(length - 1))
    let missed = random.chance(perMille: 30)
    if campaign.weeksAgo == 0 || missed { return nil }
    return campaign.pickupFrom + .seconds(min(first, second))
  }
}
