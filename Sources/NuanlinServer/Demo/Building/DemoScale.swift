import Database
import Kernel
import Shop

/// Weighs what a past campaign of the demo sold by weight, between its arrival and its pickup.
struct DemoScale: Sendable {
  let builder: DemoBuilder
  let community: DemoCommunityIDs
  let demo: DemoCampaign

  private var database: Database { builder.switchboard.database }

  func weigh(_ campaign: Campaign, _ items: [CampaignItem], _ actor: CampaignActor) async throws {
    let weighed = items.filter { $0.weighed != nil }
    if weighed.isEmpty { return }
    guard let scale = WeighInActor(actor, campaign) else { throw Problem.internalFault }
    builder.clock.move(to: demo.pickupFrom - .minutes(25))
    try await database.write(in: community.id) { transaction in
      let orders = try OrderStore.list(ofCampaign: campaign.id, in: community.id, transaction)
        .filter(\.fulfilment.isOpen)
      for item in weighed {
        let entries = orders.compactMap { order in
          order.lines.first { $0.item == item.id && $0.due > 0 }.flatMap { entry(order, $0) }
        }
        try WeighInStore.record(entries, of: item.id, .ledger, by: scale, in: transaction)
      }
    }
    builder.clock.move(to: demo.pickupFrom - .minutes(10))
    try await database.write(in: community.id) { try agree(campaign, in: $0) }
  }

  /// Most pieces are close to what is usual; a few are heavier than anybody had to expect.
  private func entry(_ order: Order, _ line: OrderLine) -> WeighInEntry? {
    guard let usual = line.weighed?.terms.typicalGrams else { return nil }
    var random = random(order, line)
    let perMille = random.chance(perMille: 80) ? 1180 : random.integer(in: 900...1090)
    return WeighInEntry(order: order.id, grams: usual * line.due * Int64(perMille) / 1000)
  }

  /// Two in three households agree to the full weight, the others leave it at what was agreed.
  private func agree(_ campaign: Campaign, in transaction: Transaction) throws {
    for order in try OrderStore.list(ofCampaign: campaign.id, in: community.id, transaction) {
      for line in order.lines {
        guard let asked = try line.weighed?.asked(at: line.price) else { continue }
        var random = random(order, line)
        _ = random.next()
        guard random.chance(perMille: 667) else { continue }
        _ = try WeighInStore.agree(
          to: asked, at: line.position, of: order.id, household: order.household, by: order.person, .ledger,
          in: transaction)
      }
    }
  }

  private func random(_ order: Order, _ line: OrderLine) -> DemoRandom {
    DemoRandom(key: "\(demo.template.key)/\(demo.weeksAgo)/scale/\(order.number)/\(line.position)")
  }
}
