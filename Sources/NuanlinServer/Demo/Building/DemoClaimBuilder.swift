import Database
import Kernel
import People
import Shop

/// Plays after-sales: now and then something is wrong with what was fetched, and somebody answers. One claim of the latest
/// week was left unanswered, so that it goes to the merchant by itself as soon as the program runs; another still waits.
struct DemoClaimBuilder: Sendable {
  let builder: DemoBuilder
  let community: DemoCommunityIDs
  let leader: PersonID

  private var database: Database { builder.switchboard.database }
  private var clock: MovableClock { builder.clock }
  private var desk: ClaimDesk { builder.switchboard.shop.claimDesk }

  /// How long before the program runs the last thing is told.
  private static let latestReport = Duration.hours(2)

  /// What was told of one line, and how it was answered.
  private struct Story {
    let fault: Claim.Fault
    let wish: Claim.Wish
    let note: String
    let remedy: @Sendable (Money, Timestamp) -> Remedy
    let answeredAfter: Duration
  }

  private static let stories: [Story] = [
    Story(
      fault: .spoiled, wish: .refund, note: "底下有几个烂的，上面看着都好。",
      remedy: { worth, _ in .refund(.init(amount: worth, bearer: .merchant)) }, answeredAfter: .hours(2)),
    Story(
      fault: .damaged, wish: .replacement, note: "袋子破了，撒了一半。",
      remedy: { _, now in .replacement(until: now + .days(3)) }, answeredAfter: .hours(5)),
    Story(
      fault: .missing, wish: .refund, note: "回家一数少一份。",
      remedy: { worth, _ in .refund(.init(amount: worth, bearer: .leader)) }, answeredAfter: .minutes(40)),
    Story(
      fault: .notAsDescribed, wish: .refund, note: "没有上次的甜。",
      remedy: { _, _ in .decline(reason: "这一批是同一棵树上的，谢谢您告诉我们，下次先尝后买。") },
      answeredAfter: .hours(9)),
  ]

  /// After a run's handovers: one thing was wrong, and was answered the same day.
  func play(_ demo: DemoCampaign, _ campaign: Campaign, _ orders: [OrderID]) async throws {
    // On some days of the week the last run's window is over before both could have been told.
    if demo.weeksAgo == 1, demo.template.returnHours > 48, demo.pickupUntil + .hours(26) < builder.now,
      builder.now - Self.latestReport < campaign.returnsUntil
    {
      try await leaveOpen(campaign, orders)
    }
    var random = DemoRandom(key: "\(demo.template.key)/\(demo.weeksAgo)/claims")
    let drawn = Int(random.next() % UInt64(Self.stories.count))
    let story = Self.stories[demo.showsEveryMovement ? 0 : drawn]
    guard demo.pickupUntil + .hours(14) < builder.now, demo.weeksAgo.isMultiple(of: 2),
      let (order, line) = try await collected(orders, skipping: Int(random.next() % 7))
    else { return }
    clock.move(to: demo.pickupUntil + .hours(1))
    let claim = try await report(order, line, story.fault, story.wish, story.note)
    clock.move(to: demo.pickupUntil + .hours(1) + story.answeredAfter)
    let actor = leader
    try await database.write(in: community.id) { [desk] transaction in
      let worth = try ClaimRules.refundable(claim, line)
      var answered = try desk.answer(
        claim.id, story.remedy(worth, transaction.now), seen: claim.sequence, by: actor, roles: [.leader],
        in: transaction)
      if answered.state == .replacing {
        answered = try desk.replaced(
          claim.id, seen: answered.sequence, by: actor, roles: [.leader], in: transaction)
      }
    }
  }

  /// In one run something is reported at the last moment …
  func reportLate(_ demo: DemoCampaign, _ campaign: Campaign, _ orders: [OrderID]) async throws -> Claim? {
    guard demo.showsEveryMovement, let (order, line) = try await collected(orders, skipping: 15) else {
      return nil
    }
    clock.move(to: campaign.returnsUntil - .hours(20))
    return try await report(order, line, .spoiled, .refund, "冰箱里放了两天就有味道了。")
  }

  /// … and answered when everybody's part has been paid out.
  func answer(_ claim: Claim?, after returnsUntil: Timestamp) async throws {
    guard let claim, let committee = community.cast["gu-jianping"] else { return }
    clock.move(to: returnsUntil + .hours(30))
    try await database.write(in: community.id) { [desk] transaction in
      guard let order = try OrderStore.find(claim.order, in: community.id, transaction),
        let line = order.lines.first(where: { $0.position == claim.position })
      else { throw Problem.internalFault }
      let worth = try ClaimRules.refundable(claim, line)
      _ = try desk.answer(
        claim.id, .refund(.init(amount: worth, bearer: .merchant)), seen: claim.sequence, by: committee,
        roles: [.committee], in: transaction)
    }
  }

  private func leaveOpen(_ campaign: Campaign, _ orders: [OrderID]) async throws {
    guard let (late, lateLine) = try await collected(orders, skipping: 3),
      let (fresh, freshLine) = try await collected(orders, skipping: 9), late.id != fresh.id
    else { return }
    clock.move(to: builder.now - .hours(25))
    _ = try await report(late, lateLine, .spoiled, .refund, "切开里面是黑的。")
    clock.move(to: builder.now - Self.latestReport)
    _ = try await report(fresh, freshLine, .damaged, .replacement, "压坏了两个。")
  }

  private func report(
    _ order: Order, _ line: OrderLine, _ fault: Claim.Fault, _ wish: Claim.Wish, _ note: String
  ) async throws -> Claim {
    try await database.write(in: community.id) { [desk] transaction in
      try desk.report(
        ClaimReport(
          order: order.id, position: line.position, fault: fault, pieces: 1, wish: wish, note: note),
        picture: nil, key: "demo-claim-\(order.id)-\(line.position)", household: order.household,
        by: order.person, in: transaction
      ).claim
    }
  }

  /// One collected order of another household than the leader's, with its first line.
  private func collected(_ orders: [OrderID], skipping count: Int) async throws -> (Order, OrderLine)? {
    try await database.read { [builder, community, leader] snapshot in
      let home = try builder.switchboard.people.directory.household(
        of: leader, in: community.id, snapshot)
      var left = count
      for id in orders {
        guard let order = try OrderStore.find(id, in: community.id, snapshot),
          order.fulfilment == .collected, order.household != home,
          let line = order.lines.first(where: { $0.collected > 0 })
        else { continue }
        if left == 0 { return (order, line) }
        left -= 1
      }
      return nil
    }
  }
}
