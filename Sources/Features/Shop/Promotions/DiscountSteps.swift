package import Kernel

/// So much off of an order that comes to so much.
package struct DiscountStep: Sendable, Hashable {
  /// What an order's goods must come to, at the items' own prices.
  package let threshold: Money
  /// What is then taken off, less than half of the threshold.
  package let discount: Money

  package init(threshold: Money, discount: Money) {
    self.threshold = threshold
    self.discount = discount
  }
}

/// What one campaign takes off of an order, by what the order comes to: for everyone the same.
package struct DiscountSteps: Sendable, Hashable {
  /// Rising in both.
  package let all: [DiscountStep]

  package static let none = DiscountSteps([])
  /// The most steps of one campaign.
  package static let countLimit = 3

  /// Steps that `refusals(of:)` finds nothing wrong with, in any order.
  package init(_ steps: [DiscountStep]) {
    all = steps.sorted { $0.threshold < $1.threshold }
  }

  package var isEmpty: Bool { all.isEmpty }

  /// What is taken off of an order that comes to so much.
  package func discount(of gross: Money) -> Money {
    all.last { $0.threshold <= gross }?.discount ?? .zero
  }

  /// The nearest step that an order of so much does not reach; nil when it reaches all.
  package func next(after gross: Money) -> DiscountStep? { all.first { $0.threshold > gross } }

  /// The discount of an order whose lines cost so much, shared over them by largest remainder.
  /// - Returns: one part for each line, none more than its line; they sum to the discount.
  /// - Throws: `money.overflow`.
  package func parts(of amounts: [Money]) throws -> [Money] {
    let gross = try amounts.reduce(Money.zero) { try $0.adding($1) }
    let discount = discount(of: gross)
    if discount == .zero { return amounts.map { _ in .zero } }
    // Less than half of the whole is shared, so that a rounded-up part still fits into its line.
    return LargestRemainder.split(discount.minorUnits, by: amounts.map(\.minorUnits))
      .map { Money(minorUnits: $0, currency: discount.currency) }
  }

  /// The lines of an order, each with its part of the discount; what stood there before says nothing any more.
  /// - Throws: `money.overflow`.
  package func applied(to lines: [OrderLine]) throws -> [OrderLine] {
    // By item, so that an order which grew into its lines has the same parts as one that was placed with them.
    let order = lines.indices.sorted { lines[$0].item < lines[$1].item }
    let amounts = try order.map { try lines[$0].expectedAmount(of: lines[$0].quantity, at: lines[$0].price) }
    var discounted = lines
    for (index, share) in zip(order, zip(try parts(of: amounts), amounts)) {
      discounted[index].discount = LineDiscount(share.0, offOf: share.1)
    }
    return discounted
  }
}

extension DiscountSteps {
  enum Part: String, Sendable {
    case threshold, discount
  }

  struct Refusal: Sendable, Equatable {
    /// Which of the steps, from 0.
    let step: Int
    let part: Part
    let message: Phrase
  }

  /// What is wrong with steps, in the order in which they were given.
  static func refusals(of steps: [DiscountStep]) -> [Refusal] {
    var refusals: [Refusal] = []
    for (index, step) in steps.enumerated() {
      let before = index > 0 ? steps[index - 1] : nil
      if let message = refusal(of: step.threshold, at: index, after: before?.threshold) {
        refusals.append(Refusal(step: index, part: .threshold, message: message))
      }
      if let message = refusal(of: step.discount, offOf: step.threshold, after: before?.discount) {
        refusals.append(Refusal(step: index, part: .discount, message: message))
      }
    }
    return refusals
  }

  private static func refusal(of threshold: Money, at index: Int, after before: Money?) -> Phrase? {
    if index >= countLimit {
      return Phrase("最多 \(countLimit) 档。", "There can be at most \(countLimit) steps.")
    }
    if threshold <= .zero { return Phrase("金额要大于 0。", "The amount must be above zero.") }
    if let before, threshold <= before {
      return Phrase(
        "要比上一档 \(before.display) 多。", "This must be more than the step before, \(before.display).")
    }
    return nil
  }

  private static func refusal(of discount: Money, offOf threshold: Money, after before: Money?) -> Phrase? {
    if discount <= .zero { return Phrase("金额要大于 0。", "The amount must be above zero.") }
    if discount.minorUnits > (threshold.minorUnits - 1) / 2 {
      return Phrase("减的要少于满额的一半。", "This must be less than half of the amount it is taken off.")
    }
    if let before, discount <= before {
      return Phrase(
        "要比上一档 \(before.display) 多。", "This must be more than the step before, \(before.display).")
    }
    return nil
  }
}

/// What an order comes to before and after the campaign's discount.
package struct DiscountedSum: Sendable, Hashable {
  /// At the items' own prices.
  package let gross: Money
  package let discount: Money
  /// What is to be paid.
  package let total: Money
  /// The nearest step that is not reached; nil when there is none.
  package let next: DiscountStep?

  /// - Throws: `money.overflow`.
  package init(_ gross: Money, _ steps: DiscountSteps) throws {
    self.gross = gross
    discount = steps.discount(of: gross)
    total = try gross.subtracting(discount)
    next = gross > .zero ? steps.next(after: gross) : nil
  }
}
