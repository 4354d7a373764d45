import Database
package import Kernel

/// What a household ordered in one campaign. Its lines are snapshots: later edits of the catalogue never change them.
package struct Order: Sendable, Equatable {
  package let id: OrderID
  package let campaign: CampaignID
  /// 1, 2, 3 … within the campaign: what people say at the pickup table.
  package let number: Int64
  package let household: HouseholdID
  /// Whose order it is.
  package let person: PersonID
  /// Who placed it: the person, or somebody for the person.
  package let placedBy: PersonID
  /// On what ground it was placed.
  package let authority: OrderAuthority
  package let clientKey: String
  package let requestDigest: [UInt8]
  package let placedAt: Timestamp
  /// The total as it was placed; `total` follows changes, shortages and returns.
  package let placedTotal: Money
  package var total: Money
  package var note: String
  package var fulfilment: Fulfilment
  package let paymentMethod: PaymentMethod
  package var payment: Payment
  /// Grows with each change: a form that shows an older revision is stale.
  package var revision: Int64
  /// Grows when a new pickup code is given out.
  package var pickupGeneration: Int64
  /// Wrong codes since the current one was given out.
  package var pickupFailures: Int64
  package var lines: [OrderLine]
  /// Who placed or changed it under a mandate, on whatever ground: by a read-out basket, a slip, a list of the chat or a
  /// standing wish. Nil where no mandate bears it.
  package var mandateHelper: PersonID?

  /// How far the goods have come. A separate axis from payment.
  package enum Fulfilment: String, Sendable, CaseIterable, Storable {
    case placed
    /// By the household, before the cut-off.
    case cancelled
    /// By the campaign: it failed, was called off, or nothing of the order arrived.
    case released
    case partlyCollected = "partly_collected"
    case collected
    /// The pickup window is over and the goods were not fetched.
    case uncollected

    package var name: Phrase {
      switch self {
      case .placed: Phrase("已下单", "Ordered")
      case .cancelled: Phrase("已取消", "Cancelled")
      case .released: Phrase("没有货，已为您释放", "Released: there were no goods for it")
      case .partlyCollected: Phrase("取了一部分", "Partly collected")
      case .collected: Phrase("已取货", "Collected")
      case .uncollected: Phrase("未取", "Not collected")
      }
    }

    /// Whether the order still holds goods that were not handed over.
    package var isOpen: Bool { self == .placed || self == .partlyCollected }
  }

  package enum PaymentMethod: String, Sendable, CaseIterable, Storable {
    /// `PaymentWords` says it.
    case cashAtPickup = "cash_at_pickup"
  }

  package enum Payment: String, Sendable, CaseIterable, Storable {
    case due
    case received
    /// Nothing is owed any more: cancelled, released, or nothing arrived.
    case void

    package var name: Phrase {
      switch self {
      case .due: Phrase("待付款", "To be paid")
      case .received: Phrase("已付款", "Paid")
      case .void: Phrase("无需付款", "Nothing to pay")
      }
    }
  }
}

/// One item of an order as it was when it was ordered.
package struct OrderLine: Sendable, Equatable {
  /// 0, 1, 2 … within the order.
  package let position: Int
  package let item: CampaignItemID
  package let name: Phrase
  package let pack: Phrase
  package let unit: Unit
  /// For one unit, or for the weight that `weighed` names. As it stood when the line was added, until a group price that
  /// the campaign reached at its close lowers it for everyone.
  package var price: Money
  /// What it was before; nil where no group price lowered it.
  package var placedPrice: Money?
  /// How the line is charged by what its goods weigh; nil for goods at one price a unit.
  package var weighed: WeighedLine?
  /// As first placed; 0 for a line that a later change added.
  package let placedQuantity: Int64
  package var quantity: Int64
  /// What the order gets after a shortage was shared; nil until the goods have arrived.
  package var allocated: Int64?
  package var collected: Int64
  /// Pieces more that the household takes if they help to fill a case.
  package var tolerance: Int64 = 0
  /// What the household wanted before the campaign's orders were rounded to whole cases; nil where nothing was rounded.
  package var wanted: Int64?
  /// The line's part of its order's discount; nil where there is none.
  package var discount: LineDiscount?
  /// What after-sales gave back for its goods.
  package var givenBack = GivenBack.nothing
  /// What is charged for pieces that were not fetched, as the campaign says.
  package var forfeited = Money.zero

  /// What the household is to receive in all, as far as is known.
  package var due: Int64 { allocated ?? quantity }

  /// What is charged for what is due, less discount; an estimate of goods that are not weighed yet.
  /// - Throws: `money.overflow`.
  package func amount() throws -> Money { try amount(of: due) }

  /// What is charged for so many of its pieces, less discount. Goods that were weighed were so together.
  /// - Throws: `money.overflow`.
  package func amount(of pieces: Int64) throws -> Money {
    let full = try fullAmount(of: pieces)
    return try discount?.applied(to: full) ?? full
  }

  /// What so many of its pieces cost, before discount.
  /// - Throws: `money.overflow`.
  package func fullAmount(of pieces: Int64) throws -> Money {
    try weighed.map { try $0.amount(of: pieces, at: price) } ?? price.multiplied(by: pieces)
  }

  /// What so many of its pieces cost at a price, before discount and as far as is known before they are weighed.
  /// - Throws: `money.overflow`.
  package func expectedAmount(of pieces: Int64, at price: Money) throws -> Money {
    guard let weighed, pieces > 0 else { return try price.multiplied(by: pieces) }
    return try weighed.terms.estimate(of: pieces, at: price).high
  }

  /// Whether its goods are still to be weighed, so that what it costs is an estimate.
  package var isEstimate: Bool { weighed.map { $0.weight == nil && due > 0 } ?? false }
}

extension Order {
  /// The sum of what is due on all lines, less what after-sales gave back.
  /// - Throws: `money.overflow`.
  package func recomputedTotal() throws -> Money {
    try lines.reduce(.zero) { try $0.adding($1.amount()).subtracting($1.givenBack.total()) }
  }

  /// Whether something of it is still to be weighed, so that its total is an estimate.
  package var isEstimate: Bool { lines.contains(where: \.isEstimate) }

  /// 1e9 fen: beyond it an order is a typing mistake (reliability §3.10).
  package static let totalLimit = Money.fen(1_000_000_000)
  /// The most of one item in one order.
  package static let quantityLimit: Int64 = 999
  /// The most different items in one order.
  package static let lineLimit = 100
}
