package import Kernel

/// A price that everyone pays for an item once so many pieces of it were ordered together.
package struct PriceTier: Sendable, Hashable {
  /// Pieces in all orders of the campaign together, at least 2.
  package let quantity: Int64
  /// For what the item's own price is for: one unit, or a weight.
  package let price: Money

  package init(quantity: Int64, price: Money) {
    self.quantity = quantity
    self.price = price
  }
}

/// The price tiers of one campaign item, from the fewest pieces on. What everyone pays is decided once, by the pieces that
/// are held when the campaign closes; nothing of it depends on who ordered, or when.
package struct PriceTiers: Sendable, Hashable {
  package let all: [PriceTier]

  package static let none = PriceTiers([])
  /// The most tiers of one item.
  package static let countLimit = 4
  /// Pieces that a tier may ask for. One piece is no group.
  package static let quantityRange: ClosedRange<Int64> = 2...CampaignItemDraft.unitLimit

  /// Tiers that `PriceTierRules` finds nothing wrong with, in any order.
  package init(_ tiers: [PriceTier]) {
    all = tiers.sorted { $0.quantity < $1.quantity }
  }

  package var isEmpty: Bool { all.isEmpty }

  /// The highest tier that so many pieces reach; nil below the first.
  package func reached(by pieces: Int64) -> PriceTier? { all.last { $0.quantity <= pieces } }

  /// The lowest tier that so many pieces do not reach; nil when all are reached.
  package func next(after pieces: Int64) -> PriceTier? { all.first { $0.quantity > pieces } }

  /// What everyone pays when so many pieces are held.
  package func price(for pieces: Int64, from own: Money) -> Money { reached(by: pieces)?.price ?? own }

  /// The tiers that so many pieces can reach.
  package func upTo(_ pieces: Int64) -> PriceTiers { PriceTiers(all.filter { $0.quantity <= pieces }) }
}

/// What the close of a campaign made of an item's price tiers.
package struct PriceTierResult: Sendable, Hashable {
  /// Pieces that orders held at the close.
  package let pieces: Int64
  /// What everyone pays from then on; nil where no tier was reached and the item's own price stands.
  package let price: Money?

  package init(pieces: Int64, price: Money?) {
    self.pieces = pieces
    self.price = price
  }
}

/// What the tiers of an item must keep to, so that none of them only looks like a saving: each can be reached, each is
/// lower than the one before, and the item's own price is one that is really asked.
struct PriceTierRules: Sendable {
  /// The item's own.
  let price: Money
  /// The fewest pieces that are supplied at all; 0 for none.
  let minimum: Int64
  /// Units set aside; nil where whatever is ordered is supplied.
  let units: Int64?

  enum Part: String, Sendable {
    case quantity, price
  }

  struct Refusal: Sendable, Equatable {
    /// Which of the tiers, from 0.
    let tier: Int
    let part: Part
    let message: Phrase
  }

  /// What is wrong with the tiers, in the order in which they were given; for each part what comes first.
  func refusals(of tiers: [PriceTier]) -> [Refusal] {
    var refusals: [Refusal] = []
    for (index, tier) in tiers.enumerated() {
      let before = index > 0 ? tiers[index - 1] : nil
      if let message = refusal(of: tier.quantity, after: before?.quantity) {
        refusals.append(Refusal(tier: index, part: .quantity, message: message))
      }
      if let message = refusal(of: tier.price, after: before?.price) {
        refusals.append(Refusal(tier: index, part: .price, message: message))
      }
      if index >= PriceTiers.countLimit {
        let limit = PriceTiers.countLimit
        refusals.append(
          Refusal(
            tier: index, part: .quantity,
            message: Phrase("最多 \(limit) 档。", "There can be at most \(limit) tiers.")))
      }
    }
    return refusals
  }

  private func refusal(of quantity: Int64, after before: Int64?) -> Phrase? {
    let range = PriceTiers.quantityRange
    if !range.contains(quantity) {
      return Phrase(
        "请填 \(range.lowerBound) 到 \(range.upperBound)。",
        "Please enter \(range.lowerBound) to \(range.upperBound).")
    }
    if let before, quantity <= before {
      return Phrase("要比上一档（\(before)）多。", "This must be more than the tier before (\(before)).")
    }
    if quantity <= minimum {
      return Phrase(
        "满 \(minimum) 才发货，这一档要比它多，不然原价从来不会收。",
        "Nothing is supplied below \(minimum); a tier must be more, or the item's own price would never be asked."
      )
    }
    if let units, quantity > units {
      return Phrase(
        "备货只有 \(units)，到不了这一档。", "Only \(units) are set aside, so this could never be reached.")
    }
    return nil
  }

  private func refusal(of tier: Money, after before: Money?) -> Phrase? {
    if tier <= .zero { return Phrase("价格要大于 0。", "The price must be above zero.") }
    if tier >= price {
      return Phrase(
        "要比原价 \(price.display) 低。", "This must be lower than the item's own price, \(price.display).")
    }
    if let before, tier >= before {
      return Phrase(
        "要比上一档 \(before.display) 低。", "This must be lower than the tier before, \(before.display).")
    }
    return nil
  }
}
