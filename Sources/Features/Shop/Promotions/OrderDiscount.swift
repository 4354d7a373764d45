package import Kernel

extension OrderDecider {
  /// The lines with their parts of what the campaign takes off of an order of this size. They are reckoned when the
  /// household orders or changes its order, and stay as they are when less is supplied.
  func discounted(_ lines: [OrderLine], in campaign: CampaignID) throws -> [OrderLine] {
    guard let steps = state.campaigns[campaign]?.discountSteps, !steps.isEmpty else { return lines }
    return try steps.applied(to: lines)
  }
}

extension OrderLine {
  /// What is taken off of what is due now.
  /// - Throws: `money.overflow`.
  package func discountNow() throws -> Money { try fullAmount(of: due).subtracting(amount()) }
}

extension Order {
  /// What is taken off of what is due now, over all lines.
  /// - Throws: `money.overflow`.
  package func discountNow() throws -> Money { try lines.reduce(.zero) { try $0.adding($1.discountNow()) } }

  /// What was taken off when the order was placed, whatever has become of it.
  /// - Throws: `money.overflow`.
  package func placedDiscount() throws -> Money {
    try lines.reduce(Money.zero) {
      try $0.adding($1.expectedAmount(of: $1.placedQuantity, at: $1.placedPrice ?? $1.price))
    }.subtracting(placedTotal)
  }
}
