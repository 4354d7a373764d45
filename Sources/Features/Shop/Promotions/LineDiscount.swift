package import Kernel

/// One line's part of what its order was promised off.
///
/// When less of the line is supplied than was ordered, or it weighs less, the part shrinks with it: a shortage takes the
/// discount neither away nor makes it larger.
package struct LineDiscount: Sendable, Hashable {
  /// What is taken off of a line that costs `base`; above zero, never more than it.
  package let amount: Money
  /// What the line cost when the discount was reckoned.
  package let base: Money

  /// Nil where there is nothing off, or more than the line costs.
  package init?(_ amount: Money, offOf base: Money) {
    guard amount > .zero, amount <= base else { return nil }
    self.amount = amount
    self.base = base
  }

  /// What is left to pay of goods of the line that cost `full`: the whole discount once they cost the base, less of it,
  /// rounded down, where they cost less.
  /// - Throws: `money.currency`, `money.overflow`.
  package func applied(to full: Money) throws -> Money {
    if full >= base { return try full.subtracting(amount) }
    let product = amount.minorUnits.multipliedFullWidth(by: max(0, full.minorUnits))
    let part = base.minorUnits.dividingFullWidth(product).quotient
    return try full.subtracting(Money(minorUnits: part, currency: amount.currency))
  }

  /// The same discount on goods that now cost less for everyone: all of it, though never more than they cost.
  package func rebased(to base: Money) -> LineDiscount? {
    LineDiscount(min(amount, base), offOf: base)
  }
}
