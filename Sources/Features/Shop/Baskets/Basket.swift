import Kernel

/// What a person has chosen and not ordered yet.
struct BasketLine: Sendable, Equatable {
  let item: ShelfItem
  let campaign: Campaign
  let quantity: Int64
  /// Pieces more that the person would take to fill a case; 0 for goods by the piece.
  let tolerance: Int64

  /// - Throws: `money.overflow`.
  func amount() throws -> Money { try item.item.expectedAmount(of: quantity) }

  /// What it could come to at most.
  /// - Throws: `money.overflow`.
  func most() throws -> Money { try item.item.expectedAmount(of: quantity + tolerance) }
}

/// The lines of one campaign.
struct BasketGroup: Sendable, Equatable {
  let campaign: Campaign
  let lines: [BasketLine]

  /// Whether something of it is sold by weight, so that the total is an estimate.
  var isEstimate: Bool { lines.contains { $0.item.item.weighed != nil } }

  /// - Throws: `money.overflow`.
  func total() throws -> Money {
    try lines.reduce(.zero) { try $0.adding($1.amount()) }
  }

  /// - Throws: `money.overflow`.
  func most() throws -> Money {
    try lines.reduce(.zero) { try $0.adding($1.most()) }
  }

  /// The lines by campaign, the nearest cut-off first, each in the order of the shelf.
  static func grouped(_ lines: [BasketLine]) -> [BasketGroup] {
    Dictionary(grouping: lines, by: \.campaign.id).values
      .compactMap { lines in
        lines.first.map { first in
          BasketGroup(
            campaign: first.campaign,
            lines: lines.sorted { $0.item.item.position < $1.item.item.position })
        }
      }
      .sorted { ($0.campaign.cutOffAt, $0.campaign.id) < ($1.campaign.cutOffAt, $1.campaign.id) }
  }
}

/// How much a basket holds at most.
enum BasketRules {
  /// Different items over all campaigns.
  static let lineLimit = 300

  /// What a line holds after more was put in: bounded, so that no tap is lost to an error.
  static func adding(_ quantity: Int64, to present: Int64) -> Int64 {
    min(Order.quantityLimit, present + max(1, quantity))
  }
}

extension Problem {
  static let basketIsFull = Problem(
    "basket.full", status: 409,
    Phrase("菜篮里的东西太多了。", "The basket is full."),
    advice: Phrase("请先把选好的下单，或移走几样。", "Please order what you have chosen, or take something out."))
}
