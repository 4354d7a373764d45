package import Kernel

/// How a campaign promised to share what arrives short.
package enum DemoShortageRule: String, Sendable, CaseIterable {
  case firstCome = "first_come"
  case proRata = "pro_rata"
  case lottery
  case needFirst = "need_first"
}

/// One thing on offer in a campaign: a product in one of its variants.
package struct DemoCampaignItem: Sendable, Hashable {
  package let product: DemoProduct
  /// Position in `product.variants`.
  package let variantIndex: Int
  /// Units on offer; nil when the merchant makes what is ordered.
  package let stock: Int?
  /// Units that one household may order; nil without limit.
  package let householdLimit: Int?
  /// Units below which the item does not go ahead; nil where any number will do.
  package let minimum: Int?
  /// Whether the merchant supplies whole cases only, so that households say how many more they would take to fill one.
  package let isByTheCase: Bool
  /// How often it is put in a basket, relative to the other items of the campaign.
  package let demandWeight: Int

  package var variant: DemoVariant { product.variants[variantIndex] }
}

/// What arrived of an item, in thousandths of what was ordered.
package struct DemoShortArrival: Sendable, Hashable {
  package let productKey: String
  package let variantIndex: Int
  package let arrivedPerMille: Int
}

/// A campaign that comes back, week after week.
package struct DemoCampaignTemplate: Sendable {
  package let key: String
  package let title: Phrase
  package let note: Phrase
  package let items: [DemoCampaignItem]
  /// 1 Monday … 7 Sunday.
  package let pickupWeekday: Int
  package let pickupHours: Range<Int>
  /// A key of `DemoCommunity.pickupPoints`.
  package let pickupPointKey: String
  /// Days from opening at `opensHour` to pickup.
  package let leadDays: Int
  package let opensHour: Int
  /// The hour of the evening before pickup at which ordering ends.
  package let cutOffHour: Int
  /// Households with an order below which the whole campaign does not go ahead; nil where any number will do.
  package let minimumHouseholds: Int?
  package let shortageRule: DemoShortageRule
  /// Weeks between two runs: 1 or more.
  package let everyWeeks: Int
  /// Whether the next run is open on the day that the demo is built.
  package let openNow: Bool
  /// Share of the usual number of households that this campaign draws, in thousandths.
  package let turnoutPerMille: Int
  /// What came short, by how many weeks ago.
  package let shortArrivals: [Int: [DemoShortArrival]]

  /// The merchants behind the items, in order of first appearance.
  package var merchantKeys: [String] {
    var keys: [String] = []
    for item in items {
      let merchant = DemoMerchants.all.first { $0.products.contains(item.product) }
      if let key = merchant?.key, !keys.contains(key) { keys.append(key) }
    }
    return keys
  }
}

/// One run of a template, with its moments.
package struct DemoCampaign: Sendable {
  package let template: DemoCampaignTemplate
  /// 0 for the run that is open now, 1 for the latest past one, and so on.
  package let weeksAgo: Int
  package let opens: Timestamp
  package let cutOff: Timestamp
  package let pickupFrom: Timestamp
  package let pickupUntil: Timestamp
  /// What came short at pickup; empty for an open run.
  package let shortArrivals: [DemoShortArrival]
}

extension DemoCampaigns {
  /// Every run that the demo shows on a day: eight weeks of past ones, oldest first, then those that are open.
  ///
  /// Whatever the weekday, an open run has opened by the morning of the day before and closes on the evening of the
  /// next day or later; the pickup of a past run was yesterday or earlier.
  package static func plan(today: CivilDateTime) -> [DemoCampaign] {
    let today = CivilDateTime(year: today.year, month: today.month, day: today.day)
    var past: [DemoCampaign] = []
    var open: [DemoCampaign] = []
    for template in templates {
      let sinceLast = (today.weekday - template.pickupWeekday + 6) % 7 + 1
      for week in stride(from: 1, through: 8, by: template.everyWeeks) {
        past.append(run(template, today: today, pickupIn: -(sinceLast + (week - 1) * 7), weeksAgo: week))
      }
      if template.openNow {
        let untilNext = (template.pickupWeekday - today.weekday - 2 + 14) % 7 + 2
        open.append(run(template, today: today, pickupIn: untilNext, weeksAgo: 0))
      }
    }
    return past.sorted { $0.opens < $1.opens } + open.sorted { $0.cutOff < $1.cutOff }
  }

  private static func run(
    _ template: DemoCampaignTemplate, today: CivilDateTime, pickupIn days: Int, weeksAgo: Int
  ) -> DemoCampaign {
    let midnight = today.timestamp(offsetSeconds: DemoNeighbourhood.offsetSeconds)
    func moment(day: Int, hour: Int) -> Timestamp { midnight + .days(Int64(day)) + .hours(Int64(hour)) }
    let openingDay = weeksAgo == 0 ? min(days - template.leadDays, -1) : days - template.leadDays
    return DemoCampaign(
      template: template, weeksAgo: weeksAgo, opens: moment(day: openingDay, hour: template.opensHour),
      cutOff: moment(day: days - 1, hour: template.cutOffHour),
      pickupFrom: moment(day: days, hour: template.pickupHours.lowerBound),
      pickupUntil: moment(day: days, hour: template.pickupHours.upperBound),
      shortArrivals: weeksAgo == 0 ? [] : template.shortArrivals[weeksAgo] ?? [])
  }
}
