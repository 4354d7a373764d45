import Database
import Kernel
import Web

/// The reviews on a product's pages, kept as they are drawn until one of the product's reviews is written or answered.
struct ReviewShelf: Sendable {
  /// Reviews on a product's page; the rest is one step away.
  private static let size = 3

  private struct Key: Hashable {
    let community: CommunityID
    let product: ProductID
    let language: Language
  }

  private let database: Database
  private let sections: Cache<Key, HTML>

  init(_ database: Database) {
    self.database = database
    sections = Cache(database, capacity: 2000) { [.reviews(of: $0.product)] }
  }

  /// The reviews' part of a page about this product.
  func section(of product: ProductID, _ visit: Visit) async throws -> HTML {
    let key = Key(community: visit.community.id, product: product, language: visit.language)
    return try await sections.value(for: key) {
      let (summary, newest) = try await database.read { snapshot in
        (
          try ReviewStore.summary(of: .product(product), in: key.community, snapshot),
          try ReviewStore.page(
            of: .product(product), in: key.community, before: nil, limit: Self.size, snapshot)
        )
      }
      return ReviewParts(say: visit.say).section(product, summary, newest: newest.elements)
    }
  }
}
