package import Database
package import Kernel

/// What People asks about trade: whom a mandate may name among those who sell. Filled in where features are joined.
package struct MandateTrade: Sendable {
  /// All merchants of a community with their names, closed ones included.
  package let merchants: @Sendable (CommunityID, Snapshot) throws -> [(MerchantID, Phrase)]

  package init(merchants: @escaping @Sendable (CommunityID, Snapshot) throws -> [(MerchantID, Phrase)]) {
    self.merchants = merchants
  }

  /// A community where nobody sells.
  package static let none = MandateTrade(merchants: { _, _ in [] })
}
