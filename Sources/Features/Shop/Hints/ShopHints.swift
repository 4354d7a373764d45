package import Database
package import Kernel

/// What stands beside the Shop's own pages and may be of use there: policies for whoever opens a shop or orders. Others fill
/// it in; the Shop knows titles and addresses, and tells nothing of who is reading.
package struct ShopHints: Sendable {
  package struct Hint: Sendable, Hashable {
    package let title: Phrase
    /// A page of this site.
    package let path: String

    package init(title: Phrase, path: String) {
      self.title = title
      self.path = path
    }
  }

  package typealias Source = @Sendable (CommunityID, Snapshot) throws -> [Hint]

  package let atShopOpening: Source
  package let atCheckout: Source

  package init(atShopOpening: @escaping Source, atCheckout: @escaping Source) {
    self.atShopOpening = atShopOpening
    self.atCheckout = atCheckout
  }

  package static let none = ShopHints(atShopOpening: { _, _ in [] }, atCheckout: { _, _ in [] })
}
