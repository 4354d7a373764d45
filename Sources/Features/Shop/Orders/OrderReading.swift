import Database
import Kernel
import People
import Web

extension Orders {
  /// The page of one order, with all that stands beside it.
  func page(
    of order: Order, _ front: CampaignFront, _ signedIn: SignedIn, isNew: Bool = false,
    problem: Problem? = nil
  ) async throws -> Page {
    let community = signedIn.community.id
    let pickup = try await OrderPickup.read(order, signedIn, self)
    let isJoint = order.buyer != nil
    let beside = OrderPages.Surroundings(
      helper: try await helper(of: order, in: community), money: try await money(of: order, in: community),
      claims: try await claims(of: order, in: community), pickup: pickup.at(order),
      delivery: isJoint
        ? .empty
        : DeliveryPart.part(
          order.id, try await delivery(of: order, in: community), formToken: signedIn.formToken, signedIn.say),
      loss: isJoint ? .empty : pickup.loss(order, front),
      buyer: try await buyer(of: order, in: community))
    return try OrderPages.order(
      order, front, beside, isNew: isNew, isCardSession: signedIn.session.isCardSession,
      formToken: signedIn.formToken, problem: problem, now: signedIn.now, signedIn.say)
  }

  /// What came and went for it, and how it could be paid now.
  private func money(of order: Order, in community: CommunityID) async throws -> OrderMoney {
    let money = try await database.read { [books] in try books.money(order.id, community, $0) }
    // Ways to pay before pickup are a household's own; a merchant pays at the table.
    return order.buyer == nil ? money : OrderMoney(movements: money.movements, ways: [])
  }

  /// What whoever placed it for the household is called; nil where the household did.
  private func helper(of order: Order, in community: CommunityID) async throws -> String? {
    guard let helper = order.helper else { return nil }
    return try await database.read { [directory] in
      try directory.displayNames(of: [helper], in: community, $0)[helper]
    }
  }

  /// What the merchant is called for which it was ordered; nil for a household's.
  private func buyer(of order: Order, in community: CommunityID) async throws -> Phrase? {
    guard order.buyer != nil else { return nil }
    return try await database.read {
      try JointPurchaseStore.buyerNames(of: [order], in: community, $0)[order.household]
    }
  }

  /// Whether and how it is brought home.
  private func delivery(of order: Order, in community: CommunityID) async throws -> DeliveryPart.Standing {
    try await database.read { snapshot in
      let wish = try DeliveryWishStore.wishes(of: [order.household], in: community, snapshot)
      let said = try DeliveryWishStore.said(of: [order.id], in: community, snapshot)
      return DeliveryPart.Standing(
        offered: try DeliveryWishStore.offer(of: order.campaign, in: community, snapshot) ?? 0,
        isWished: DeliveryRules.isWished(wish[order.household], said: said[order.id]),
        isUnderWay: try RoundStore.isUnderWay(order.id, in: community, snapshot),
        isOpen: order.fulfilment.isOpen)
    }
  }

  /// What was reported of its goods.
  private func claims(of order: Order, in community: CommunityID) async throws -> [Claim] {
    try await database.read { try ClaimStore.claims(of: order.id, in: community, $0) }
  }
}
