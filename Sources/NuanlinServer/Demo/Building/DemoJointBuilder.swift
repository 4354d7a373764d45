import Database
import Kernel
import People
import Shop

/// Merchants of the demo who buy together what they need for their work: one round that is open, with one shop's order.
struct DemoJointBuilder: Sendable {
  let stage: DemoStage
  let shop: DemoShopIDs

  private static let buyer = "tang-yifan"

  func build() async throws {
    guard let point = shop.pickupPoints["building-3"] else { throw Problem.internalFault }
    let (leader, database) = (try stage.person("lin-xiaoyun"), stage.switchboard.database)
    guard let actor = CampaignActor(person: leader, roles: [.leader], leader: leader) else {
      throw Problem.internalFault
    }
    let draft = CampaignDraft(
      title: Phrase("一起进面粉和油", "Flour and oil, bought together"),
      note: Phrase("凑够两家就进货，一起拉，省一趟车钱。", "Two shops are enough. One van fetches it for all."),
      opensAt: stage.day(1, 9), cutOffAt: stage.day(-1, 18), pickupPoint: point,
      pickupFrom: stage.day(-3, 16), pickupUntil: stage.day(-3, 19), minimum: .households(2),
      shortageRule: .proRata, audience: .merchants)
    let variants = ["plain-flour", "rapeseed-oil"].compactMap { shop.variants[$0]?.first }
    stage.builder.clock.move(to: stage.day(1, 8))
    let community = stage.community.id
    let (campaign, items) = try await database.write(in: community) { transaction in
      let campaign = try CampaignChanges.create(
        draft, leader: leader, lotterySeed: "d0043", by: actor, in: transaction)
      let offers = try transaction.variantOffers(variants, in: community)
      let entries = try offers.map {
        (offer: $0, draft: try CampaignItemDraft(price: $0.price, stockKind: .onDemand))
      }
      let items = try CampaignItemChanges.addAll(entries, to: campaign, actor: leader, in: transaction)
      try CampaignChanges.publish(campaign.id, .ledger, by: actor, in: transaction)
      return (campaign, items)
    }
    stage.builder.clock.move(to: stage.day(1, 15))
    try await order(campaign, items)
  }

  private func order(_ campaign: Campaign, _ items: [CampaignItem]) async throws {
    let person = try stage.person(Self.buyer)
    _ = try await stage.switchboard.shop.desk.submit(
      try OrderRequest(
        community: stage.community.id, campaign: campaign.id,
        buyer: try await stage.merchant(of: Self.buyer), person: person, actor: person,
        key: "demo-\(campaign.id)-joint",
        command: .place(items.map { OrderRequest.Wish(item: $0.id, quantity: 6) }, note: "")))
  }
}
