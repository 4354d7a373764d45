import Kernel
import NuanlinServer
import Testing

@Suite("The campaigns of the demo neighbourhood")
struct DemoCampaignTests {
  let community = DemoNeighbourhood.community

  /// Noons of every weekday, over the end of a month and of a year.
  static let days =
    (22...28).map { CivilDateTime(year: 2026, month: 2, day: $0, hour: 12) }
    + (25...31).map { CivilDateTime(year: 2026, month: 12, day: $0, hour: 12) }

  @Test("Every offer names a product that exists")
  func offers() {
    let offered = DemoCampaigns.templates.map { Set($0.items.map(\.product.key)).count }
    #expect(offered == [17, 15, 14, 16, 15, 18])
    #expect(Set(DemoCampaigns.practice.items.map(\.product.key)).count == 13)
    let points = Set(community.pickupPoints.map(\.key))
    for template in DemoCampaigns.templates {
      #expect((10...24).contains(template.items.count) && points.contains(template.pickupPointKey))
      #expect(!template.merchantKeys.isEmpty)
      for short in template.shortArrivals.values.flatMap({ $0 }) {
        #expect((1..<1000).contains(short.arrivedPerMille))
        #expect(
          template.items.contains {
            $0.product.key == short.productKey && $0.variantIndex == short.variantIndex
          })
      }
    }
    #expect(Set(DemoCampaigns.templates.map(\.shortageRule)) == Set(DemoShortageRule.allCases))
    #expect(DemoCampaigns.templates.contains { !$0.shortArrivals.isEmpty })
  }

  @Test("Whatever the day, three campaigns are open and eight weeks of others are over", arguments: days)
  func plan(today: CivilDateTime) {
    let midnight = CivilDateTime(year: today.year, month: today.month, day: today.day)
      .timestamp(offsetSeconds: DemoNeighbourhood.offsetSeconds)
    let plan = DemoCampaigns.plan(today: today)
    #expect(plan.filter { $0.weeksAgo == 0 }.count == 3)
    #expect(Set(plan.map(\.weeksAgo)) == Set(0...8))
    for campaign in plan {
      #expect(campaign.opens < campaign.cutOff && campaign.cutOff < campaign.pickupFrom)
      #expect(campaign.pickupFrom < campaign.pickupUntil)
      let pickup = CivilDateTime(campaign.pickupFrom, offsetSeconds: DemoNeighbourhood.offsetSeconds)
      #expect(pickup.weekday == campaign.template.pickupWeekday)
      if campaign.weeksAgo == 0 {
        #expect(campaign.opens < midnight && campaign.cutOff >= midnight + .days(1))
      } else {
        #expect(campaign.pickupUntil <= midnight)
      }
    }
    #expect(plan.contains { !$0.shortArrivals.isEmpty })
  }

  @Test("Orders keep to stock, limits and hours, and are the same each time")
  func demand() {
    let today = CivilDateTime(year: 2026, month: 11, day: 23)
    let now = CivilDateTime(year: 2026, month: 11, day: 23, hour: 10)
      .timestamp(offsetSeconds: DemoNeighbourhood.offsetSeconds)
    var tolerating: Set<Int> = []
    for campaign in DemoCampaigns.plan(today: today) {
      let orders = DemoDemand.orders(for: campaign, in: community, until: now)
      #expect(orders == DemoDemand.orders(for: campaign, in: community, until: now))
      #expect(orders.count > (campaign.weeksAgo == 0 ? 50 : 120), "\(campaign.template.key)")
      #expect(Set(orders.map(\.household)).count == orders.count)
      var sold = [Int](repeating: 0, count: campaign.template.items.count)
      for order in orders {
        #expect(order.placedAt >= campaign.opens && order.placedAt < campaign.cutOff && order.placedAt < now)
        #expect(!order.lines.isEmpty && Set(order.lines.map(\.item)).count == order.lines.count)
        if let collected = order.collectedAt {
          #expect(collected >= campaign.pickupFrom && collected < campaign.pickupUntil && collected < now)
        }
        for line in order.lines {
          #expect((1...(campaign.template.items[line.item].householdLimit ?? 3)).contains(line.count))
          sold[line.item] += line.count
          let isByTheCase = campaign.template.items[line.item].isByTheCase
          #expect((0...(isByTheCase ? line.count : 0)).contains(line.tolerance))
          if line.tolerance > 0 { tolerating.insert(campaign.weeksAgo) }
        }
      }
      for (item, count) in zip(campaign.template.items, sold) {
        #expect(count <= item.stock ?? count, "\(item.product.key)")
      }
      if campaign.weeksAgo > 0 {
        #expect(orders.filter { $0.collectedAt == nil }.count * 10 < orders.count)
      }
    }
    #expect(tolerating == Set(0...8), "some would take more to fill a case, now and in every week before")
  }
}
