import Database
import Kernel
import People
import Shop

/// Plays what happens round the pickup table: a neighbour who fetches for another, a shelf with its photo, bags that were
/// taken by mistake and came back, one that stayed lost, and a lamp that helped.
struct DemoPickupBuilder: Sendable {
  let builder: DemoBuilder
  let community: DemoCommunityIDs
  let shop: DemoShopIDs
  let leader: PersonID

  private var database: Database { builder.switchboard.database }
  private var clock: MovableClock { builder.clock }
  private var desk: LossDesk { builder.switchboard.shop.lossDesk }

  /// When the lamp was put up: fewer bags went astray from then on.
  private var lampSince: Timestamp {
    let day = CivilDateTime(
      builder.now - .days(21), offsetSeconds: DemoNeighbourhood.offsetSeconds)
    return CivilDateTime(year: day.year, month: day.month, day: day.day)
      .timestamp(offsetSeconds: DemoNeighbourhood.offsetSeconds)
  }

  /// Before the first campaign: an elder has a neighbour fetch for her, and asks nobody anew each week.
  func begin() async throws {
    guard let elder = community.cast["sun-yulan"], let helper = community.cast["zhao-guoqiang"] else {
      return
    }
    clock.move(to: builder.now - .days(60))
    try await database.write(in: community.id) { [builder] transaction in
      let directory = builder.switchboard.people.directory
      guard let household = try directory.household(of: elder, in: community.id, transaction),
        let neighbours = try directory.household(of: helper, in: community.id, transaction)
      else { return }
      let asked = try PickupProxyStore.ask(
        .household(neighbours), PickupProxyDraft(order: nil, until: transaction.now + .days(180)),
        for: household, by: elder, in: transaction)
      _ = try PickupProxyStore.answer(
        asked.id, agrees: true, by: helper, of: neighbours, in: transaction)
    }
  }

  /// Places on the shelf and a photo of it, for the latest run of each campaign.
  func place(_ demo: DemoCampaign, _ campaign: Campaign, _ orders: [OrderID], _ actor: CampaignActor)
    async throws
  {
    guard demo.weeksAgo == 1 else { return }
    clock.move(to: demo.pickupFrom - .minutes(10))
    let places = orders.prefix(24).enumerated().map { index, order in
      (order, "\(["A", "B", "C", "D"][index / 6 % 4])\(index % 6 + 1)")
    }
    try await database.write(in: community.id) { transaction in
      try ShelfStore.set(
        Dictionary(places) { first, _ in first }, of: campaign.id, by: actor, in: transaction)
      let picture = Picture.drawing(
        transaction.newIdentifier(), svg: Array(DemoShelfPicture.drawing(seed: demo.template.key).utf8),
        width: 400, height: 300)
      _ = try ShelfStore.add(picture, .placed, to: campaign.id, by: actor, in: transaction)
    }
  }

  /// Toward the end of a run: bags that went with the wrong household, and came back.
  func missAndFind(_ demo: DemoCampaign, _ orders: [Order]) async throws {
    guard demo.weeksAgo >= 1, orders.count > 40 else { return }
    let count = demo.pickupUntil < lampSince ? 3 : demo.weeksAgo == 1 ? 0 : 1
    for index in 0..<count {
      let mine = orders[orders.count - 7 - index * 5]
      let other = orders[orders.count - 9 - index * 5]
      clock.move(to: demo.pickupUntil - .minutes(Int64(50 - index * 20)))
      guard let report = try await report(mine) else { continue }
      clock.advance(by: .minutes(12))
      let looking = try await answer(report, .looking)
      let mistaken = try await answer(looking, .mistaken(number: other.number))
      clock.advance(by: .hours(2))
      _ = try await answer(mistaken, .found(where: "邻居送回来了，在取货桌下面"))
    }
  }

  /// One bag stayed lost and after-sales made up for it; one is being looked for as the demo begins.
  func loseOne(_ demo: DemoCampaign, _ campaign: Campaign, _ orders: [Order]) async throws {
    if demo.template.key == "wednesday-greens", demo.weeksAgo == 5, orders.count > 20 {
      clock.move(to: demo.pickupUntil + .minutes(20))
      let order = orders[orders.count - 3]
      guard let report = try await report(order) else { return }
      clock.advance(by: .hours(3))
      _ = try await answer(report, .lost)
      try await makeUp(for: order.id)
    }
    let now = builder.now
    if demo.weeksAgo == 1, campaign.returnsUntil > now, demo.pickupFrom < now - .hours(3), orders.count > 20 {
      clock.move(to: now - .hours(3))
      _ = try await report(orders[14])
    }
  }

  /// What was changed because of it.
  func end() async throws {
    guard let point = shop.pickupPoints["building-3"] else { return }
    clock.move(to: lampSince + .hours(20))
    let since = lampSince
    let actor = Actor(person: leader, role: .leader)
    try await database.write(in: community.id) { transaction in
      try PickupPatternStore.add(
        .lamp, note: "架空层太暗，看不清袋子上的号", from: since, at: point, by: actor, in: transaction)
    }
  }

  // MARK: - Steps

  private func report(_ order: Order) async throws -> LossReport? {
    try await database.write(in: community.id) { [desk, builder, community] transaction in
      let home = try builder.switchboard.people.directory.household(
        of: leader, in: community.id, transaction)
      guard order.household != home,
        let now = try OrderStore.find(order.id, in: community.id, transaction),
        now.lines.contains(where: { $0.collected > 0 })
      else { return nil }
      return try desk.report(order.id, household: order.household, by: order.person, in: transaction)
    }
  }

  private func answer(_ report: LossReport, _ outcome: LossOutcome) async throws -> LossReport {
    try await database.write(in: community.id) { [desk, leader] transaction in
      try desk.answer(
        report.id, outcome, seen: report.sequence, by: leader, roles: [.leader], in: transaction)
    }
  }

  private func makeUp(for order: OrderID) async throws {
    clock.advance(by: .hours(1))
    let claims = builder.switchboard.shop.claimDesk
    try await database.write(in: community.id) { [community, leader] transaction in
      for claim in try ClaimStore.claims(of: order, in: community.id, transaction)
      where claim.state == .open && claim.fault == .missing {
        guard let placed = try OrderStore.find(order, in: community.id, transaction),
          let line = placed.lines.first(where: { $0.position == claim.position })
        else { throw Problem.internalFault }
        let worth = try ClaimRules.refundable(claim, line)
        let remedy: Remedy =
          worth > .zero
          ? .refund(.init(amount: worth, bearer: .leader)) : .decline(reason: "这一样没有收钱。")
        _ = try claims.answer(
          claim.id, remedy, seen: claim.sequence, by: leader, roles: [.leader], in: transaction)
      }
    }
  }
}
