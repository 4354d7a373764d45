import Database
package import Kernel

/// What came of one item of a campaign, as the leader counted it.
package struct Arrival: Sendable, Equatable {
  package let item: CampaignItemID
  package let campaign: CampaignID
  /// Pieces that orders held when the goods came.
  package let ordered: Int64
  /// Pieces that came.
  package let arrived: Int64
  /// Pieces that went to protected households before the rest was shared.
  package let reserved: Int64
  package let surplusUse: SurplusUse
  package let note: String
  package let recordedBy: PersonID
  package let recordedAt: Timestamp

  package var missing: Int64 { max(0, ordered - arrived) }
  package var surplus: Int64 { max(0, arrived - ordered) }
  /// Surplus pieces that left the pickup table at once.
  var given: Int64 { surplusUse == .charity ? surplus : 0 }
  var wasted: Int64 { surplusUse == .waste ? surplus : 0 }
}

/// What becomes of pieces that came over what was ordered.
package enum SurplusUse: String, Sendable, CaseIterable, Storable {
  /// Nothing came over.
  case none
  /// Kept for a later campaign.
  case stock
  case charity
  case waste

  package var name: Phrase {
    switch self {
    case .none: Phrase("没有多出来的", "Nothing left over")
    case .stock: Phrase("留作库存", "Kept in stock")
    case .charity: Phrase("送给有需要的邻居", "Given to neighbours in need")
    case .waste: Phrase("坏了，处理掉", "Spoiled and thrown away")
    }
  }
}

/// What the leader entered for one item.
package struct ArrivalEntry: Sendable, Equatable {
  package let item: CampaignItemID
  /// Pieces, 0…1,000,000.
  package let arrived: Int64
  /// Asked for only where more came than was ordered.
  package let surplusUse: SurplusUse?
  /// At most 200 characters: "两盒压碎了".
  package let note: String

  package init(item: CampaignItemID, arrived: Int64, surplusUse: SurplusUse? = nil, note: String = "") {
    self.item = item
    self.arrived = arrived
    self.surplusUse = surplusUse
    self.note = note
  }

  static let limit: Int64 = 1_000_000
  /// The name of the field that says how many came.
  var field: String { "arrived.\(item)" }
}

extension OrderLine {
  /// The line once it gets so many pieces. What was weighed for another number of them says nothing any more.
  func sharing(_ pieces: Int64) -> OrderLine {
    var line = self
    line.allocated = pieces
    if pieces != due { line.weighed?.weight = nil }
    return line
  }
}

extension Order {
  /// The order with its total, its fulfilment and its payment as they follow from its lines and from what was paid so
  /// far. An order that is left with nothing is released, and nothing is owed for it.
  /// - Throws: `money.overflow`.
  func settled(paid: Money) throws -> Order {
    var order = self
    order.total = try recomputedTotal()
    let isComplete = lines.allSatisfy { $0.collected == $0.due }
    if lines.allSatisfy({ $0.due == 0 }) {
      order.fulfilment = .released
    } else if lines.allSatisfy({ $0.collected == 0 }) {
      order.fulfilment = .placed
    } else {
      order.fulfilment = isComplete ? .collected : .partlyCollected
    }
    if order.total == .zero, paid == .zero {
      order.payment = .void
    } else {
      order.payment = paid >= order.total ? .received : .due
    }
    return order
  }
}

extension Problem {
  /// Goods can be counted only between the close and the finish of a campaign.
  static func arrivalNotNow(_ phase: Campaign.Phase) -> Problem {
    switch phase {
    case .draft, .upcoming, .open, .closing:
      Problem(
        "arrival.too_early", status: 409,
        Phrase("团购还没截单，先不用登记到货。", "The group-buy is not closed yet, so nothing can arrive."),
        advice: Phrase("截单以后再来登记。", "Please come back after the cut-off."))
    default:
      Problem(
        "arrival.too_late", status: 409,
        Phrase("这个团购已经结束，到货不能再改。", "This group-buy is over; arrivals can no longer be changed."),
        advice: Phrase("有出入请联系居委会。", "If something is wrong, please tell the neighbourhood committee."))
    }
  }
}
