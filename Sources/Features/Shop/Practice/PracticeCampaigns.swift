import Database
import Kernel
import People
import Security
import Web

/// The group-buys of a practice shop: one that is always open, and one for each learner whose goods are there already. They go
/// the way of every other: published, ordered, closed, counted in and handed over.
struct PracticeCampaigns: Sendable {
  let books: Bookkeeping
  let codes: PickupCodes
  let directory: Directory

  static let renewKind: StaticString = "shop.practice_renew"
  static let arriveKind: StaticString = "shop.practice_arrive"
  /// How long after its cut-off the goods of a practice group-buy "arrive".
  private static let journey = Duration.seconds(2)
  /// The most products of one practice group-buy.
  private static let itemLimit = 40

  var jobs: [JobHandler] {
    [
      JobHandler(Self.renewKind) { transaction, _ in
        guard let shop = try PracticeStore.shop(in: transaction.community, transaction) else { return }
        try renew(shop, in: transaction)
      },
      JobHandler(Self.arriveKind) { transaction, job in
        guard case .string(let text)? = try JSON(Array(job.body.utf8))["campaign"], let id = CampaignID(text),
          let shop = try PracticeStore.shop(in: transaction.community, transaction)
        else { return }
        try arrive(id, shop, in: transaction)
      },
    ]
  }

  /// Opens the group-buy of the next day and a bit, and sees to it that there is another after it.
  func renew(_ shop: PracticeShop, in transaction: Transaction) throws {
    let now = transaction.now
    try open(
      shop, title: Phrase("练习团：随便点", "Practice group-buy: try anything"), from: now - .minutes(1),
      until: now + .hours(25), items: Self.itemLimit, in: transaction)
    try transaction.schedule(Self.renewKind, key: "nightly", at: now + .days(1))
  }

  /// An order that a new learner finds ready: one thing was handed over and may be reported, one waits with its code.
  func welcome(
    _ learner: PracticeLearner, _ shop: PracticeShop, in transaction: Transaction
  ) throws {
    let now = transaction.now
    guard
      let campaign = try open(
        shop, title: Phrase("练习团：昨天订好的", "Practice group-buy: ordered yesterday"), from: now - .minutes(1),
        until: now + .seconds(1), items: 2, in: transaction)
    else { return }
    let items = try CampaignStore.items(of: campaign.id, in: transaction.community, transaction)
    let request = try OrderRequest(
      community: transaction.community, campaign: campaign.id, person: learner.person,
      household: learner.household, actor: learner.person, role: .resident,
      key: "practice-welcome-\(learner.person)",
      command: .place(items.map { .init(item: $0.id, quantity: 1) }, note: ""))
    for answer in try OrderDesk.decide([request], books, .people(directory), in: transaction) {
      _ = try answer.get()
    }
  }

  @discardableResult
  private func open(
    _ shop: PracticeShop, title: Phrase, from opensAt: Timestamp, until cutOffAt: Timestamp, items limit: Int,
    in transaction: Transaction
  ) throws -> Campaign? {
    guard let point = try transaction.pickupPoints(in: transaction.community).first,
      let actor = CampaignActor(person: shop.leader, roles: [.leader], leader: shop.leader)
    else { return nil }
    var offers: [VariantOffer] = []
    for merchant in try transaction.merchants(in: transaction.community) where offers.count < limit {
      let products = try transaction.allProducts(of: merchant.id, in: transaction.community)
      offers += try transaction.variantOffers(
        products.prefix(limit).flatMap { $0.variants.map(\.id) }, in: transaction.community
      ).filter(\.isListed)
    }
    if offers.isEmpty { return nil }
    let campaign = try CampaignChanges.create(
      CampaignDraft(
        title: title, note: Phrase("不收钱，不送货，点错了没关系。", "No money, no delivery, and mistakes do no harm."),
        opensAt: opensAt, cutOffAt: cutOffAt, pickupPoint: point.id, pickupFrom: cutOffAt,
        pickupUntil: cutOffAt + .days(14), minimum: .none, shortageRule: .firstCome),
      leader: shop.leader, lotterySeed: LotterySeed.make(), by: actor, in: transaction)
    let entries = try offers.prefix(limit).map {
      (offer: $0, draft: try CampaignItemDraft(price: $0.price, stockKind: .onDemand))
    }
    _ = try CampaignItemChanges.addAll(entries, to: campaign, actor: shop.leader, in: transaction)
    try CampaignChanges.publish(campaign.id, books, by: actor, in: transaction)
    try transaction.schedule(
      Self.arriveKind, key: campaign.id.description, at: cutOffAt + Self.journey,
      body: #"{"campaign":"\#(campaign.id)"}"#)
    return campaign
  }

  /// Everything that was ordered is there, and the first line of each order goes to its household.
  func arrive(_ id: CampaignID, _ shop: PracticeShop, in transaction: Transaction) throws {
    try CloseCampaign.close(id, books, in: transaction)
    guard let campaign = try CampaignStore.find(id, in: transaction.community, transaction),
      campaign.phase(at: transaction.now) == .closed,
      let actor = CampaignActor(person: shop.leader, roles: [.leader], leader: shop.leader)
    else { return }
    let items = try CampaignStore.items(of: id, in: transaction.community, transaction)
    let levels = try StockStore.levels(of: items.map(\.id), in: transaction)
    try ArrivalStore.record(
      items.map { ArrivalEntry(item: $0.id, arrived: levels[$0.id]?.promised ?? 0) }, of: id, books,
      by: actor, in: transaction)
    let desk = HandoverDesk(codes: codes, books: books)
    for order in try OrderStore.list(ofCampaign: id, in: transaction.community, transaction) {
      guard order.lines.count > 1, let line = order.lines.first(where: { $0.ready > 0 }),
        let code = codes.code(for: order)
      else { continue }
      _ = try desk.handOver(
        HandoverRequest(
          order: order.id, revision: order.revision, pieces: [line.position: line.ready], cash: .zero,
          proof: .code(code), key: "practice-handover-\(order.id)"), by: actor, in: transaction)
    }
  }
}
