package import Database
package import Kernel
package import People

/// What the Shop asks of whoever keeps the books, in its own words. Each change is part of the Shop's transaction, so that
/// goods and money never disagree.
package struct Bookkeeping: Sendable {
  /// What came in for each of these orders and was not promised back; orders without a payment may be left out.
  let paid: @Sendable ([OrderID], CommunityID, Snapshot) throws -> [OrderID: Money]
  /// Somebody took banknotes for an order.
  let takeCash: @Sendable (CashTaken, Actor, Transaction) throws -> Void
  /// Goods went to the household, or came back.
  let deliver: @Sendable (Delivery, Actor, Transaction) throws -> Void
  /// What is held for an order beyond what it will still receive goes back to the household.
  let settle: @Sendable (Settlement, Actor, Transaction) throws -> Void
  /// Nothing more is handed over; goods may be returned until then, and after it the parts are paid out.
  let finish: @Sendable (CampaignID, _ returnsUntil: Timestamp, Transaction) throws -> Void
  /// The community's own part of what is sold, as it stands now.
  let platformRate: @Sendable (CommunityID, Snapshot) throws -> Rate
  /// The funds that a campaign can leave a part of its sales to, those included that take no more.
  let funds: @Sendable (CommunityID, Snapshot) throws -> [FundChoice]
  /// What an order's page tells of its money.
  let money: @Sendable (OrderID, CommunityID, Snapshot) throws -> OrderMoney

  package init(
    paid: @escaping @Sendable ([OrderID], CommunityID, Snapshot) throws -> [OrderID: Money],
    takeCash: @escaping @Sendable (CashTaken, Actor, Transaction) throws -> Void,
    deliver: @escaping @Sendable (Delivery, Actor, Transaction) throws -> Void,
    settle: @escaping @Sendable (Settlement, Actor, Transaction) throws -> Void,
    finish: @escaping @Sendable (CampaignID, Timestamp, Transaction) throws -> Void,
    platformRate: @escaping @Sendable (CommunityID, Snapshot) throws -> Rate,
    funds: @escaping @Sendable (CommunityID, Snapshot) throws -> [FundChoice],
    money: @escaping @Sendable (OrderID, CommunityID, Snapshot) throws -> OrderMoney
  ) {
    self.paid = paid
    self.takeCash = takeCash
    self.deliver = deliver
    self.settle = settle
    self.finish = finish
    self.platformRate = platformRate
    self.funds = funds
    self.money = money
  }
}

extension Bookkeeping {
  /// What is wrong with a fund's part: there has to be such a fund of the community, and it still has to take money.
  func problems(with part: CampaignTerms.FundPart?, in transaction: Transaction) throws -> [FieldProblem] {
    guard let part,
      try !funds(transaction.community, transaction).contains(where: { $0.id == part.fund && $0.isOpen })
    else { return [] }
    return [FieldProblem("fund", Phrase("请从列表里选一项资金。", "Please choose a fund from the list."))]
  }
}

/// A fund as a leader chooses it.
package struct FundChoice: Sendable, Equatable {
  package let id: FundID
  package let name: Phrase
  package let isOpen: Bool

  package init(id: FundID, name: Phrase, isOpen: Bool) {
    self.id = id
    self.name = name
    self.isOpen = isOpen
  }
}

/// What came and went for one order, and how it could be paid now.
package struct OrderMoney: Sendable, Equatable {
  package struct Movement: Sendable, Equatable {
    package let at: Timestamp
    package let what: Phrase
    /// Positive for what came in, negative for what went or is to go back.
    package let amount: Money

    package init(at: Timestamp, what: Phrase, amount: Money) {
      self.at = at
      self.what = what
      self.amount = amount
    }
  }

  /// A way to pay before pickup: what it is called in a form, and for people.
  package struct Way: Sendable, Equatable {
    package let value: String
    package let name: Phrase

    package init(value: String, name: Phrase) {
      self.value = value
      self.name = name
    }
  }

  package let movements: [Movement]
  package let ways: [Way]

  package init(movements: [Movement] = [], ways: [Way] = []) {
    self.movements = movements
    self.ways = ways
  }
}

/// Banknotes that somebody took for an order.
package struct CashTaken: Sendable, Equatable {
  package let order: OrderID
  package let campaign: CampaignID
  package let amount: Money
  /// Whose order it is.
  package let onBehalfOf: PersonID
}

/// What one household has of its order before and after something changed hands.
package struct Delivery: Sendable, Equatable {
  package enum Source: Sendable, Equatable {
    case pickup(PickupID)
    /// Goods that were handed over cost something else than they did then.
    case weighing(WeighingID)
    /// After-sales gave something back.
    case claim(ClaimStepID)
    /// Goods that nobody fetched are paid for in part, as the campaign says.
    case uncollected(OrderID)
  }

  /// What the household gets back though the sale stands, and who pays for it.
  package struct Compensation: Sendable, Equatable {
    package enum Bearer: Sendable, Equatable {
      case leader
      case community
    }

    package let bearer: Bearer
    package let amount: Money
  }

  /// The goods of one line that were sold and not taken back, by what they are worth.
  package struct Line: Sendable, Equatable {
    package let merchant: MerchantID
    package let before: Money
    package let after: Money
  }

  package let source: Source
  package let order: OrderID
  package let onBehalfOf: PersonID
  package let campaign: CampaignID
  package let leader: PersonID
  package let terms: CampaignTerms
  package let lines: [Line]
  package let compensation: Compensation?

  init(
    _ source: Source, from before: Order, to after: Order, of campaign: Campaign,
    merchants: [CampaignItemID: MerchantID], compensation: Compensation? = nil
  ) throws {
    self.source = source
    self.compensation = compensation
    order = after.id
    onBehalfOf = after.person
    self.campaign = campaign.id
    leader = campaign.leader
    terms = campaign.terms.earning(on: after, leader: campaign.leader)
    lines = try zip(before.lines, after.lines).map { old, new in
      guard let merchant = merchants[new.item] else { throw Problem.internalFault }
      return Line(merchant: merchant, before: try old.sold(), after: try new.sold())
    }
  }
}

/// How much of what an order holds is still needed for goods.
package struct Settlement: Sendable, Equatable {
  package enum Reason: Sendable, Equatable {
    /// Less came than was ordered, a case was not filled, or the campaign failed or was called off.
    case shortage
    /// The household cancelled, or ordered less.
    case changed
    case uncollected
    /// Money came when nothing was owed any more.
    case latePayment
    /// The goods weighed less than was expected when they were paid for.
    case weighedLess
    /// Something was wrong with the goods.
    case afterSales
    /// So many ordered together that the goods became cheaper for everyone.
    case priceTier
    /// A visit was called off, or nobody came.
    case visitFellThrough
    /// A visit cost less than its limit, which was paid before.
    case visitCostLess
  }

  package let order: OrderID
  package let campaign: CampaignID
  /// What the goods are worth that the household is still to receive.
  package let outstanding: Money
  package let reason: Reason

  init(_ order: Order, because reason: Reason) throws {
    self.order = order.id
    campaign = order.campaign
    outstanding = try order.outstanding()
    self.reason = reason
  }
}

extension OrderLine {
  /// What the goods are worth that were handed over.
  /// - Throws: `money.overflow`.
  func handedOver() throws -> Money {
    collected > 0 ? try amount(of: weighed == nil ? collected : due) : .zero
  }

  /// What the parts of a sale are taken of: goods that were not fetched and are paid for in part count, and what
  /// after-sales gave back at the cost of others stays sold.
  /// - Throws: `money.overflow`.
  func sold() throws -> Money { try handedOver().adding(forfeited).subtracting(givenBack.returned) }

  /// What the household pays in the end for this line.
  /// - Throws: `money.overflow`.
  func kept() throws -> Money { try handedOver().adding(forfeited).subtracting(givenBack.total()) }
}

extension Order {
  /// What the goods are worth that the household is still to receive; nothing once the order is closed.
  /// - Throws: `money.overflow`.
  func outstanding() throws -> Money {
    guard fulfilment.isOpen else { return .zero }
    return try lines.reduce(.zero) { try $0.adding($1.amount().subtracting($1.handedOver())) }
  }
}
