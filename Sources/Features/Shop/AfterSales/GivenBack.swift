package import Kernel

/// What after-sales gave back for the goods of one line, by who bears it.
package struct GivenBack: Sendable, Hashable {
  /// Taken back from all who had a part in the sale, the merchant first, as if the goods had come back.
  package var returned: Money
  /// Given at the cost of the leader or the community: the sale stands.
  package var compensated: Money

  package init(returned: Money, compensated: Money) {
    self.returned = returned
    self.compensated = compensated
  }

  package static let nothing = GivenBack(returned: .zero, compensated: .zero)

  /// - Throws: `money.overflow`.
  package func total() throws -> Money { try returned.adding(compensated) }
}
