import Database
import Kernel
import People
import Web

/// What a visit is in the Shop's books: a campaign of its own with one item and one order.
///
/// Each visit has times, a price and an end of its own, as a group-buy has; a campaign that several shared would have to
/// close, arrive and finish for all of them at once. So everything that holds for orders holds for visits unchanged: what
/// is promised, what was handed over, when it may be complained of, and when the merchant is paid.
struct VisitCampaign {
  let books: Bookkeeping
  let actor: BookingActor

  /// How long after a visit something may be reported. Source: issue 4, the same after-sales as goods.
  static let returnHours: Int64 = 168

  /// Opens the campaign of a visit that is asked for.
  static func open(
    for booking: Booking, _ service: Service, _ books: Bookkeeping, offsetSeconds: Int,
    in transaction: Transaction
  ) throws {
    var campaign = Campaign(
      id: booking.campaign, community: transaction.community,
      leader: try transaction.host(service.host, of: booking.merchant, in: transaction.community),
      draft: CampaignDraft(
        title: title(of: booking, offsetSeconds), opensAt: transaction.now, cutOffAt: booking.startsAt,
        pickupPoint: PickupPointID(rawValue: 0), pickupFrom: booking.startsAt, pickupUntil: booking.endsAt,
        terms: CampaignTerms(
          platform: try books.platformRate(transaction.community, transaction), returnHours: returnHours,
          uncollected: booking.rules.lateRate)),
      lotterySeed: "", clonedFrom: nil)
    campaign.booking = booking.id
    try CampaignRowStore.insert(campaign, in: transaction)
    campaign.marks.publishedAt = transaction.now
    try CampaignRowStore.update(campaign, in: transaction)
    let item = CampaignItem(
      id: transaction.newIdentifier(), campaign: campaign.id, position: 0, product: service.product,
      variant: service.variant, merchant: service.merchant, price: booking.price.cap, weighed: nil,
      stockKind: .onDemand, householdLimit: nil, minimumQuantity: 0, tierCount: 0)
    try CampaignRowStore.insert([item], in: transaction)
  }

  /// What the visit is called in statements: the service and its time; never whose visit it is.
  private static func title(of booking: Booking, _ offsetSeconds: Int) -> Phrase {
    let chinese = Wording(.chinese, offsetSeconds: offsetSeconds).dateTime(booking.startsAt)
    let english = Wording(.english, offsetSeconds: offsetSeconds).dateTime(booking.startsAt)
    return Phrase("\(booking.title.chinese) · \(chinese)", "\(booking.title.english) · \(english)")
  }

  /// Both sides agreed to another time.
  func move(_ booking: Booking, offsetSeconds: Int, in transaction: Transaction) throws {
    var campaign = try campaign(of: booking, in: transaction)
    campaign.title = Self.title(of: booking, offsetSeconds)
    campaign.cutOffAt = booking.startsAt
    campaign.pickupFrom = booking.startsAt
    campaign.pickupUntil = booking.endsAt
    try CampaignRowStore.update(campaign, in: transaction)
    CampaignChanges.touch(campaign.id, in: transaction)
  }

  /// The worker is there: what was ordered has come.
  func arrive(_ booking: Booking, in transaction: Transaction) throws {
    var campaign = try campaign(of: booking, in: transaction)
    campaign.marks.closedAt = transaction.now
    try CampaignRowStore.update(campaign, in: transaction)
    let item = try item(of: booking, in: transaction)
    try ArrivalStore.record(
      [ArrivalEntry(item: item.id, arrived: 1)], of: campaign.id, books, by: CampaignActor(actor),
      in: transaction)
    CampaignChanges.touch(campaign.id, in: transaction)
  }

  /// The visit is done: the household has what it ordered, at what it costs in the end.
  /// - Throws: `form.invalid` naming `cash`.
  func finish(
    _ booking: Booking, _ outcome: Booking.Outcome, cash: Money, in transaction: Transaction
  ) throws {
    let before = try reprice(booking, to: outcome.charged, in: transaction)
    let paid = try books.paid([before.id], transaction.community, transaction)[before.id] ?? .zero
    let after = try HandoverRules.handedOver([0: 1], of: before, cash: cash, paid: paid)
    let pickup = Pickup(
      id: transaction.newIdentifier(), order: before.id, handedBy: actor.person, method: .code, cash: cash,
      handedAt: transaction.now, fetcher: nil)
    try PickupStore.insert(pickup, pieces: [0: 1], campaign: booking.campaign, in: transaction)
    try OrderStore.update(after, in: transaction)
    try moveStock(of: after, in: transaction)
    try account(pickup, from: before, to: after, paid: paid, booking, in: transaction)
    try end(booking, in: transaction)
  }

  private func account(
    _ pickup: Pickup, from before: Order, to after: Order, paid: Money, _ booking: Booking,
    in transaction: Transaction
  ) throws {
    let campaign = try campaign(of: booking, in: transaction)
    if pickup.cash > .zero {
      let host = try transaction.host(campaign.leader, of: booking.merchant, in: transaction.community)
      try books.takeCash(
        CashTaken(order: after.id, campaign: campaign.id, amount: pickup.cash, onBehalfOf: after.person),
        Actor(person: actor.holdingCash(host: host).person, role: actor.role), transaction)
    }
    let merchants = [before.lines[0].item: booking.merchant]
    try books.deliver(
      Delivery(.pickup(pickup.id), from: before, to: after, of: campaign, merchants: merchants),
      Actor(person: actor.person, role: actor.role), transaction)
    if paid > .zero {
      try books.settle(
        Settlement(after, because: .visitCostLess), Actor(person: actor.person, role: actor.role), transaction
      )
    }
    try CustodyStore.append(
      CustodyRecord.Draft(
        step: .handedOver, from: .leader(campaign.leader), to: .household(after.household), pieces: 1),
      id: pickup.id.rawValue, order: after.id, campaign: campaign.id, by: actor.person, in: transaction)
  }

  private func moveStock(of order: Order, in transaction: Transaction) throws {
    let item = order.lines[0].item
    guard let before = try StockStore.levels(of: [item], in: transaction)[item] else {
      throw Problem.internalFault
    }
    let level = StockLevel(
      sequence: before.sequence + 1, kind: before.kind, onHand: before.onHand - 1,
      promised: before.promised - 1)
    try StockStore.append(
      [
        StockMovement(
          item: item, reason: .collected, order: order.id, onHandChange: -1, promisedChange: -1, level: level,
          actor: actor.person)
      ], in: transaction)
  }

  /// From now on the time runs in which something may be reported, and after which the merchant is paid.
  private func end(_ booking: Booking, in transaction: Transaction) throws {
    var campaign = try campaign(of: booking, in: transaction)
    campaign.pickupUntil = max(transaction.now, campaign.pickupFrom + .minutes(1))
    try CampaignRowStore.update(campaign, in: transaction)
    try CampaignRowStore.markFinished(campaign.id, in: transaction)
    try books.finish(campaign.id, campaign.returnsUntil, transaction)
    CampaignChanges.touch(campaign.id, in: transaction)
  }

  /// The visit does not take place, and nobody owes anything for it.
  func release(_ booking: Booking, in transaction: Transaction) throws {
    var campaign = try campaign(of: booking, in: transaction)
    campaign.marks.cancelledAt = transaction.now
    try CampaignRowStore.update(campaign, in: transaction)
    try OrderRelease.releaseAll(
      of: campaign, because: .visitFellThrough, books, by: Actor(person: actor.person, role: actor.role),
      in: transaction)
    CampaignChanges.touch(campaign.id, in: transaction)
  }

  // MARK: - A part of the price that is kept

  /// Whether something of the price is kept: the rules say so, and the household has paid. Nobody is sent a bill for a
  /// visit that did not take place.
  func keepsFee(of booking: Booking, in transaction: Transaction) throws -> Bool {
    guard try BookingRules.lateFee(of: booking) > .zero else { return false }
    return try order(of: booking, in: transaction).payment == .received
  }

  /// Keeps the part that the rules name of the expected price, and gives back the rest.
  func keepFee(of booking: Booking, in transaction: Transaction) throws {
    try arrive(booking, in: transaction)
    let expected = try booking.price.labour(minutes: booking.minutes)
    _ = try reprice(booking, to: expected, in: transaction)
    try FinishCampaign.finish(
      booking.campaign, books, by: CampaignActor(actor), purpose: "visit missed", isOver: true,
      in: transaction)
    CampaignChanges.touch(booking.campaign, in: transaction)
  }

  // MARK: - Parts

  /// Lowers the price from the limit to what it comes to. The item belongs to this visit alone.
  private func reprice(_ booking: Booking, to price: Money, in transaction: Transaction) throws -> Order {
    guard price <= booking.price.cap else { throw Problem.internalFault }
    var item = try item(of: booking, in: transaction)
    var order = try order(of: booking, in: transaction)
    guard order.lines.count == 1, price != item.price else { return order }
    item.price = price
    try CampaignRowStore.update(item, in: transaction)
    order.lines[0].placedPrice = order.lines[0].price
    order.lines[0].price = price
    order.total = try order.recomputedTotal()
    order.revision += 1
    try OrderStore.update(order, in: transaction)
    return order
  }

  private func campaign(of booking: Booking, in transaction: Transaction) throws -> Campaign {
    try CampaignStore.find(booking.campaign, runBy: CampaignActor(actor), in: transaction)
  }

  private func item(of booking: Booking, in transaction: Transaction) throws -> CampaignItem {
    let items = try CampaignStore.items(of: booking.campaign, in: transaction.community, transaction)
    guard let item = items.first else { throw Problem.internalFault }
    return item
  }

  private func order(of booking: Booking, in transaction: Transaction) throws -> Order {
    guard let id = booking.order, let order = try OrderStore.find(id, in: transaction.community, transaction)
    else {
      throw Problem.internalFault
    }
    return order
  }
}

extension Snapshot {
  /// Who stands for the visits of a merchant and answers for banknotes taken at them: whoever set the service up while they
  /// belong to the merchant, and else its oldest member.
  func host(
    _ host: PersonID, of merchant: MerchantID, in community: CommunityID
  ) throws -> PersonID {
    let members = try members(of: merchant, in: community)
    return members.contains(host) ? host : members.first ?? host
  }
}
