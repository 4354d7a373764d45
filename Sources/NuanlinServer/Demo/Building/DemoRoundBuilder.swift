import Database
import Kernel
import People
import Shop

/// A group-buy whose goods are at the pickup point now, and a round with which the demo's courier is under way: eight
/// doors, the elder without a phone among them.
struct DemoRoundBuilder: Sendable {
  let builder: DemoBuilder
  let community: DemoCommunityIDs
  let shop: DemoShopIDs

  private var database: Database { builder.switchboard.database }
  private var directory: Directory { builder.switchboard.people.directory }
  private var now: Timestamp { builder.now }

  /// Whoever lives here has goods brought home, with what they say to the carrier.
  private static let wishes: [(door: DemoDoor, wish: DeliveryWish)] = [
    (DemoDoor(1, 2, "302"), DeliveryWish(mode: .always, note: "请慢点敲门，多等一会儿")),
    (DemoDoor(2, 4, "501"), DeliveryWish(mode: .always, window: .afternoon, mayLeaveAtDoor: true)),
    (DemoDoor(5, 3, "401"), DeliveryWish(mode: .always, note: "家里有小狗，不咬人")),
    (DemoDoor(1, 2, "501"), DeliveryWish(mode: .always)),
    (DemoDoor(1, 1, "201"), DeliveryWish(mode: .always, mayLeaveAtDoor: true)),
    (DemoDoor(2, 4, "302"), DeliveryWish(mode: .always, window: .evening)),
    (DemoDoor(3, 2, "1101"), DeliveryWish(mode: .always, note: "Please ring twice")),
    (DemoDoor(5, 3, "601"), DeliveryWish(mode: .always, window: .afternoon)),
  ]

  func play() async throws {
    guard let leader = community.cast["lin-xiaoyun"], let courier = community.cast["ma-zhiyuan"],
      let actor = CampaignActor(person: leader, roles: [.leader], leader: leader)
    else { throw Problem.internalFault }
    builder.clock.move(to: now - .hours(44))
    let (campaign, items) = try await open(leader, actor)
    builder.clock.move(to: now - .hours(40))
    try await wish(campaign, actor)
    try await order(campaign, items)
    builder.clock.move(to: campaign.cutOffAt)
    try await database.write(in: community.id) { try CloseCampaign.close(campaign.id, .ledger, in: $0) }
    builder.clock.move(to: campaign.pickupFrom - .minutes(40))
    try await database.write(in: community.id) { transaction in
      let levels = try StockStore.levels(of: items.map(\.id), in: transaction)
      try ArrivalStore.record(
        items.map { ArrivalEntry(item: $0.id, arrived: levels[$0.id]?.promised ?? 0) }, of: campaign.id,
        .ledger, by: actor, in: transaction)
    }
    builder.clock.move(to: campaign.pickupFrom)
    let doors = try await directory.doors(of: community.id)
    let desk = RoundDesk(directory: directory)
    try await database.write(in: community.id) { transaction in
      for round in try desk.make(for: campaign.id, doors, by: actor, in: transaction) {
        try desk.give(round, to: courier, by: actor, in: transaction)
        try desk.start(round, by: actor, in: transaction)
      }
    }
  }

  private func open(
    _ leader: PersonID, _ actor: CampaignActor
  ) async throws -> (Campaign, [CampaignItem]) {
    guard let point = shop.pickupPoints["building-3"] else { throw Problem.internalFault }
    let draft = CampaignDraft(
      title: Phrase("送到家：青菜和鸡蛋", "To your door: greens and eggs"),
      note: Phrase(
        "上下楼不方便的邻居，马志远送到门口。", "Ma Zhiyuan brings it to the door of those who find the stairs hard."),
      opensAt: now - .hours(43), cutOffAt: now - .hours(20), pickupPoint: point, pickupFrom: now - .hours(1),
      pickupUntil: now + .hours(9), minimum: .none, shortageRule: .firstCome)
    let variants = ["shanghai-greens", "free-range-eggs", "scallions"].compactMap { shop.variants[$0]?.first }
    return try await database.write(in: community.id) { transaction in
      let campaign = try CampaignChanges.create(
        draft, leader: leader, lotterySeed: "d0042", by: actor, in: transaction)
      let offers = try transaction.variantOffers(variants, in: community.id)
      let entries = try offers.map {
        (offer: $0, draft: try CampaignItemDraft(price: $0.price, stockKind: .onDemand))
      }
      let items = try CampaignItemChanges.addAll(entries, to: campaign, actor: leader, in: transaction)
      try CampaignChanges.publish(campaign.id, .ledger, by: actor, in: transaction)
      try DeliveryWishStore.setOffer(20, of: campaign.id, by: actor, in: transaction)
      return (campaign, items)
    }
  }

  /// The homes of this round that the neighbourhood has, with the person who orders there.
  private var homes: [(household: HouseholdID, person: PersonID, wish: DeliveryWish)] {
    let described = DemoNeighbourhood.community.households
    return Self.wishes.compactMap { entry in
      described.firstIndex { $0.door == entry.door }.map {
        (community.households[$0], community.buyerIDs[$0], entry.wish)
      }
    }
  }

  private func wish(_ campaign: Campaign, _ leader: CampaignActor) async throws {
    let cipher = try await builder.switchboard.shop.deliveryCipher(of: community.id)
    try await database.write(in: community.id) { transaction in
      for home in homes {
        try DeliveryWishStore.save(
          home.wish, of: home.household, by: WishActor(person: home.person, role: .resident),
          sealing: cipher, in: transaction)
      }
      // The elder on the third floor asked the neighbour two floors up, who agreed.
      guard let elder = homes.first, homes.count > 3 else { return }
      try DeliveryNeighbourStore.ask(
        homes[3].household, for: elder.household, by: WishActor(person: elder.person, role: .resident),
        in: transaction)
      try DeliveryNeighbourStore.answer(
        true, for: elder.household, from: homes[3].household, by: homes[3].person, in: transaction)
    }
  }

  private func order(_ campaign: Campaign, _ items: [CampaignItem]) async throws {
    for (number, home) in homes.enumerated() {
      let wishes = items.enumerated().filter { ($0.offset + number) % 3 != 2 }
        .map { OrderRequest.Wish(item: $0.element.id, quantity: 1) }
      _ = try await builder.switchboard.shop.desk.submit(
        try OrderRequest(
          community: community.id, campaign: campaign.id, person: home.person, household: home.household,
          actor: home.person, role: .resident, key: "demo-\(campaign.id)-home-\(number)",
          command: .place(wishes, note: "")))
    }
  }
}
