import Kernel
import People

/// What a ground allows: this order of this household, asked by whom it names.
struct OrderGround: Sendable, Equatable {
  let person: PersonID
  let household: HouseholdID
  let campaign: CampaignID
  /// Who may use it; nil where the ground itself is what counts and not who brings it.
  var helper: PersonID?
  /// The digest of the only request that it allows; nil where the ground does not say what is ordered.
  var digest: [UInt8]?
  /// False once it was used, ran out, or was withdrawn.
  var isOpen: Bool
  /// The mandate that it needs; nil where the ground itself is the household's word.
  var mandate: MandateID?
  /// How the person said yes.
  var confirmation: ConfirmationWay?
}

/// A mandate with what was spent under it in the community's present month.
struct MandateAccount: Sendable {
  struct Spent: Sendable, Equatable {
    let order: OrderID
    /// Whether it was placed or changed today.
    var isToday: Bool
    var amount: Money
  }

  let mandate: Mandate
  var spent: [Spent]

  /// What else was spent, today alone or in the whole month.
  /// - Throws: `money.overflow`.
  func sum(today: Bool, except order: OrderID?) throws -> Money {
    try spent.reduce(.zero) { sum, entry in
      entry.order == order || (today && !entry.isToday) ? sum : try sum.adding(entry.amount)
    }
  }
}

/// What the desk knows of those who act for others when it decides.
struct OrderRepresentation: Sendable {
  /// The households of those who act for somebody else.
  var households: [PersonID: HouseholdID] = [:]
  /// The merchants that they belong to.
  var merchants: [PersonID: Set<MerchantID>] = [:]
  /// Those of the merchants that buy which have closed.
  var closedBuyers: Set<MerchantID> = []
  var grounds: [OrderAuthority: OrderGround] = [:]
  var mandates: [MandateID: MandateAccount] = [:]
  /// The orders of this batch that stand under a mandate.
  private(set) var used: [(order: OrderID, mandate: Mandate)] = []

  /// Why a request may not be made by whoever makes it, or nil. A pure function of what was read.
  func refusal(of request: OrderRequest, from merchants: Set<MerchantID>) -> Problem? {
    if let buyer = request.buyer { return refusal(of: request, for: buyer, from: merchants) }
    guard request.authority != .household else {
      return request.actor == request.person || households[request.actor] == request.household
        ? nil : .orderNeedsAuthority
    }
    guard let ground = grounds[request.authority], ground.person == request.person,
      ground.household == request.household, ground.campaign == request.campaign,
      ground.helper == nil || ground.helper == request.actor,
      ground.digest == nil || ground.digest == request.digest
    else { return .orderNeedsAuthority }
    guard ground.isOpen else { return .orderAuthorityUsed }
    // Whoever orders for themselves, by their own list or a visit, helps nobody by it.
    guard
      request.actor == request.person
        || self.merchants[request.actor, default: []].isDisjoint(with: merchants)
    else {
      return .helperIsMerchant
    }
    return nil
  }

  /// What of an order counts for a mandate.
  struct Purchase: Sendable {
    /// Nil for an order that is not placed yet.
    var order: OrderID?
    let matters: Set<MandateMatter>
    let merchants: Set<MerchantID>
    /// The most that it may come to.
    let total: Money
    let payWay: MandatePayWay
  }

  /// The mandate under which a helper may do this; nil where none is needed.
  ///
  /// Whoever is somebody's helper stays bound by the mandate on every ground, a paper slip too.
  /// - Throws: the mandate's own refusal, `order.authority_needed`, `money.overflow`.
  func mandate(
    for request: OrderRequest, _ purchase: Purchase, at now: Timestamp
  ) throws -> Mandate? {
    guard !request.authority.isOwn, let ground = grounds[request.authority] else { return nil }
    if let needed = ground.mandate {
      guard let account = mandates[needed] else { throw Problem.orderNeedsAuthority }
      if let refusal = try refusal(account, request, purchase, ground, at: now) { throw refusal }
      return account.mandate
    }
    let bound = mandates.values.filter {
      $0.mandate.principal == request.person && $0.mandate.helper == request.actor
        && $0.mandate.isAlive(at: now)
    }.sorted { $0.mandate.id < $1.mandate.id }
    var refused: Problem?
    for account in bound {
      guard let refusal = try refusal(account, request, purchase, ground, at: now) else {
        return account.mandate
      }
      refused = refused ?? refusal
    }
    if let refused { throw refused }
    return nil
  }

  private func refusal(
    _ account: MandateAccount, _ request: OrderRequest, _ purchase: Purchase, _ ground: OrderGround,
    at now: Timestamp
  ) throws -> Problem? {
    account.mandate.refusal(
      of: MandateUse(
        helper: request.actor, principal: request.person, at: now, matters: purchase.matters,
        merchants: purchase.merchants, total: purchase.total,
        spentToday: try account.sum(today: true, except: purchase.order),
        spentThisMonth: try account.sum(today: false, except: purchase.order), payWay: purchase.payWay,
        confirmation: ground.confirmation))
  }

  /// Notes that a ground has served and what was spent under its mandate: neither serves twice within a batch.
  mutating func note(_ request: OrderRequest, _ order: Order, under mandate: Mandate?) throws {
    grounds[request.authority]?.isOpen = false
    guard let mandate else { return }
    let amount = order.fulfilment == .cancelled ? Money.zero : try order.lines.most()
    if let index = mandates[mandate.id]?.spent.firstIndex(where: { $0.order == order.id }) {
      mandates[mandate.id]?.spent[index].amount = amount
      mandates[mandate.id]?.spent[index].isToday = true
    } else {
      mandates[mandate.id]?.spent.append(.init(order: order.id, isToday: true, amount: amount))
    }
    used.append((order.id, mandate))
  }
}

extension OrderAuthority {
  /// What a mandate has to cover on this ground for goods of these kinds: a visit is a service, whatever it is sold as.
  func matters(of categories: [ProductCategory]) -> Set<MandateMatter> {
    booking == nil ? Set(categories.map(\.matter)) : [.services]
  }
}

extension ProductCategory {
  /// What a mandate has to cover for goods of this kind.
  var matter: MandateMatter {
    switch self {
    case .vegetables, .fruit, .meat, .seafood, .eggs, .dairy, .soy, .staples, .bakery, .seasonings, .dried,
      .snacks, .drinks, .prepared:
      .groceries
    case .household, .other: .dailyGoods
    }
  }
}

extension Order.PaymentMethod {
  var payWay: MandatePayWay {
    switch self {
    case .cashAtPickup: .cash
    }
  }
}
