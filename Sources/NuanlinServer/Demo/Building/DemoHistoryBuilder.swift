import Database
import Kernel
import Ledger
import Shop

/// Plays the demo's campaigns through the real desk, arrivals and handovers, moment by moment.
struct DemoHistoryBuilder: Sendable {
  let builder: DemoBuilder
  let community: DemoCommunityIDs
  let shop: DemoShopIDs

  private var database: Database { builder.switchboard.database }
  private var clock: MovableClock { builder.clock }
  private var news: DemoMessageBuilder { DemoMessageBuilder(builder: builder, community: community) }
  private var paper: DemoPaperBuilder { DemoPaperBuilder(builder: builder, community: community) }

  /// - Returns: what was collected of the goods that somebody reviews, in the order of time.
  func play() async throws -> [DemoPurchase] {
    let today = CivilDateTime(builder.now, offsetSeconds: DemoNeighbourhood.offsetSeconds)
    guard let leader = community.cast["lin-xiaoyun"] else { throw Problem.internalFault }
    guard let actor = CampaignActor(person: leader, roles: [.leader], leader: leader) else {
      throw Problem.internalFault
    }
    let table = DemoPickupBuilder(builder: builder, community: community, shop: shop, leader: leader)
    try await table.begin()
    let plan = DemoCampaigns.plan(today: today)
    try await news.choose()
    var bought: [DemoPurchase] = []
    for (number, campaign) in plan.enumerated() {
      bought += try await play(campaign, leader, actor)
      if number.isMultiple(of: 8) {
        builder.tell("  团购 campaign \(number + 1) / \(plan.count)")
      }
    }
    try await table.end()
    clock.move(to: builder.now)
    try await news.tell()
    try await news.read()
    return bought.sorted { ($0.collectedAt, $0.household) < ($1.collectedAt, $1.household) }
  }

  private func play(
    _ demo: DemoCampaign, _ leader: PersonID, _ actor: CampaignActor
  ) async throws -> [DemoPurchase] {
    clock.move(to: min(demo.opens, builder.now) - .hours(2))
    let funds = DemoFundBuilder(builder: builder, community: community)
    let part = demo.showsEveryMovement ? try await funds.found() : nil
    let (campaign, items) = try await open(demo, leader, actor, part)
    let orders = DemoDemand.orders(for: demo, in: DemoNeighbourhood.community, until: builder.now)
    let slips = try await paper.printPast(orders, of: demo, campaign, actor)
    let placed = try await place(orders, slips, of: campaign, items, by: actor)
    if let part { try await funds.pay(demo, placed.compactMap { $0 }, from: part.fund) }
    try await paper.play(demo, campaign, items, actor)
    guard demo.pickupUntil < builder.now else { return [] }
    clock.move(to: demo.cutOff)
    try await database.write(in: community.id) { try CloseCampaign.close(campaign.id, .ledger, in: $0) }
    try await news.tell()
    clock.move(to: demo.pickupFrom - .minutes(40))
    guard try await arrive(demo, campaign, items, actor) else { return [] }
    try await news.tell()
    if let worker = community.cast["xu-anran"] { try await news.printSlips(by: worker) }
    try await DemoScale(builder: builder, community: community, demo: demo).weigh(campaign, items, actor)
    let table = DemoPickupBuilder(builder: builder, community: community, shop: shop, leader: leader)
    try await table.place(demo, campaign, placed.compactMap { $0?.id }, actor)
    try await handOver(zip(orders, placed).map { ($0, $1) }, actor)
    try await table.missAndFind(demo, placed.compactMap(\.self))
    clock.move(to: demo.pickupUntil + .minutes(5))
    try await database.write(in: community.id) {
      try FinishCampaign.finish(campaign.id, .ledger, by: actor, in: $0)
    }
    try await table.loseOne(demo, campaign, placed.compactMap(\.self))
    try await news.tell()
    let claims = DemoClaimBuilder(builder: builder, community: community, leader: leader)
    try await claims.play(demo, campaign, placed.compactMap { $0?.id })
    let late = try await claims.reportLate(demo, campaign, placed.compactMap { $0?.id })
    let bought = DemoPurchase.all(in: zip(orders, placed).map { ($0, $1) }, of: demo, items)
    let returnsUntil = campaign.returnsUntil
    guard returnsUntil < builder.now else { return bought }
    clock.move(to: returnsUntil)
    try await database.write(in: community.id) { try MatureCampaign.mature(campaign.id, in: $0) }
    try await DemoMoneyBuilder(database: database, community: community).settle(demo, leader)
    try await claims.answer(late, after: returnsUntil)
    return bought
  }

  private func open(
    _ demo: DemoCampaign, _ leader: PersonID, _ actor: CampaignActor, _ fund: CampaignTerms.FundPart?
  ) async throws -> (Campaign, [CampaignItem]) {
    let template = demo.template
    guard let point = shop.pickupPoints[template.pickupPointKey] else { throw Problem.internalFault }
    let carrier = template.carrier.flatMap { part in
      community.cast[part.key].map { CampaignTerms.Carrier(person: $0, rate: part.rate) }
    }
    let draft = CampaignDraft(
      title: template.title, note: template.note, opensAt: demo.opens, cutOffAt: demo.cutOff,
      pickupPoint: point, pickupFrom: demo.pickupFrom, pickupUntil: demo.pickupUntil,
      minimum: template.minimumHouseholds.map { .households(Int64($0)) } ?? .none,
      shortageRule: ShortageRule(rawValue: template.shortageRule.rawValue) ?? .firstCome,
      terms: CampaignTerms(
        commission: Rate(basisPoints: 800) ?? .none, carrier: carrier, fund: fund,
        returnHours: template.returnHours),
      discountSteps: DiscountSteps(template.discountSteps))
    let random = DemoRandom(key: "\(template.key)/\(demo.weeksAgo)/lottery")
    return try await database.write(in: community.id) { transaction in
      var random = random
      let seed = String(random.next(), radix: 16) + String(random.next(), radix: 16)
      let campaign = try CampaignChanges.create(
        draft, leader: leader, lotterySeed: seed, by: actor, in: transaction)
      let variants = template.items.compactMap { shop.variants[$0.product.key]?[$0.variantIndex] }
      let offers = try transaction.variantOffers(variants, in: community.id)
      let byVariant = Dictionary(uniqueKeysWithValues: offers.map { ($0.variant, $0) })
      let entries = try zip(variants, template.items).compactMap { variant, item in
        try byVariant[variant].map { offer in
          (
            offer: offer,
            draft: try CampaignItemDraft(
              price: offer.price, stockKind: item.stock == nil ? .onDemand : .limited,
              units: Int64(item.stock ?? 0), householdLimit: item.householdLimit.map { Int64($0) },
              minimumQuantity: Int64(item.minimum ?? 0), tiers: PriceTiers(item.priceTiers),
              isByTheCase: item.isByTheCase)
          )
        }
      }
      let items = try CampaignItemChanges.addAll(entries, to: campaign, actor: leader, in: transaction)
      try CampaignChanges.publish(campaign.id, .ledger, by: actor, in: transaction)
      return (campaign, items)
    }
  }

  /// Orders of the same five minutes are placed together, as the desk does in a rush; what comes on paper is keyed after them.
  /// - Parameter slips: the slip of an order that comes on paper, by the order's position.
  private func place(
    _ orders: [DemoOrder], _ slips: [Int: SlipCode], of campaign: Campaign, _ items: [CampaignItem],
    by actor: CampaignActor
  ) async throws -> [Order?] {
    var placed: [Order?] = Array(repeating: nil, count: orders.count)
    var start = 0
    while start < orders.count {
      let until = orders[start].placedAt + .minutes(5)
      let end = orders[start...].firstIndex { $0.placedAt >= until } ?? orders.count
      clock.move(to: orders[start].placedAt)
      let requests = try (start..<end).filter { slips[$0] == nil }.map {
        ($0, try request(orders[$0], number: $0, campaign, items))
      }
      let answers = await withTaskGroup(of: (Int, Order?).self) { group in
        for (number, request) in requests {
          group.addTask { [desk = builder.switchboard.shop.desk] in
            (number, try? await desk.submit(request).order)
          }
        }
        return await group.reduce(into: [Int: Order]()) { $0[$1.0] = $1.1 }
      }
      for (number, order) in answers { placed[number] = order }
      for number in start..<end {
        guard let slip = slips[number] else { continue }
        placed[number] = try await paper.key(slip, orders[number], of: campaign, items, actor)
      }
      let isLastOfDay = end == orders.count || orders[end].placedAt - clock.now > .hours(6)
      if isLastOfDay { try await news.tell() }
      start = end
    }
    return placed
  }

  private func request(
    _ order: DemoOrder, number: Int, _ campaign: Campaign, _ items: [CampaignItem]
  ) throws -> OrderRequest {
    let person = community.buyerIDs[order.household]
    return try OrderRequest(
      community: community.id, campaign: campaign.id, person: person,
      household: community.households[order.household], actor: person, role: .resident,
      key: "demo-\(campaign.id)-\(number)",
      command: .place(
        order.lines.map {
          .init(item: items[$0.item].id, quantity: Int64($0.count), tolerance: Int64($0.tolerance))
        }, note: ""))
  }

  /// - Returns: false when the campaign did not reach its minimum.
  private func arrive(
    _ demo: DemoCampaign, _ campaign: Campaign, _ items: [CampaignItem], _ actor: CampaignActor
  ) async throws -> Bool {
    try await database.write(in: community.id) { transaction in
      guard
        try CampaignStore.find(campaign.id, in: community.id, transaction)?.phase(at: transaction.now)
          == .closed
      else { return false }
      let levels = try StockStore.levels(of: items.map(\.id), in: transaction)
      let entries = zip(items, demo.template.items).map { item, described in
        let ordered = levels[item.id]?.promised ?? 0
        let short = demo.shortArrivals.first {
          $0.productKey == described.product.key && $0.variantIndex == described.variantIndex
        }
        let arrived = short.map { ordered * Int64($0.arrivedPerMille) / 1000 } ?? ordered
        return ArrivalEntry(item: item.id, arrived: arrived, note: short == nil ? "" : "到货时短少")
      }
      try ArrivalStore.record(entries, of: campaign.id, .ledger, by: actor, in: transaction)
      return true
    }
  }

  /// Bags handed over in the same quarter of an hour share a moment.
  private func handOver(_ orders: [(DemoOrder, Order?)], _ actor: CampaignActor) async throws {
    let collected = orders.compactMap { demo, order in
      order.flatMap { order in demo.collectedAt.map { (at: $0, order: order.id) } }
    }.sorted { ($0.at, $0.order) < ($1.at, $1.order) }
    var start = 0
    while start < collected.count {
      let until = collected[start].at + .minutes(15)
      let end = collected[start...].firstIndex { $0.at >= until } ?? collected.count
      clock.move(to: collected[start].at)
      let batch = collected[start..<end].map(\.order)
      try await database.write(in: community.id) { transaction in
        for order in batch { try handOver(order, actor, in: transaction) }
      }
      start = end
    }
  }

  private func handOver(_ id: OrderID, _ actor: CampaignActor, in transaction: Transaction) throws {
    let shop = builder.switchboard.shop
    guard let order = try OrderStore.find(id, in: community.id, transaction), order.fulfilment == .placed
    else { return }
    let pieces = order.lines.filter { $0.due > 0 }.map { ($0.position, $0.due) }
    let proxy = try PickupProxyStore.named(by: order.household, in: community.id, transaction)
      .first { $0.allows(order, at: transaction.now) }
    let digits =
      proxy.flatMap { shop.pickupCodes.code(for: order, fetchedUnder: $0.id) }
      ?? shop.pickupCodes.code(for: order)
    guard !pieces.isEmpty, let code = digits else { return }
    let paid = try OrderAccounts.paid(for: [id], in: community.id, transaction)[id] ?? .zero
    _ = try HandoverDesk(codes: shop.pickupCodes, books: .ledger).handOver(
      HandoverRequest(
        order: id, revision: order.revision, pieces: Dictionary(uniqueKeysWithValues: pieces),
        cash: max(.zero, try order.total.subtracting(paid)), proof: .code(code), key: "demo-handover-\(id)"),
      by: actor, in: transaction)
  }
}
