import Database
import Kernel
import People
import Web

/// The reviews on a product's pages, kept until one of the product's reviews is written or answered: as they are drawn where
/// all are by "a neighbour", and drawn anew each time where somebody's name stands.
struct ReviewShelf: Sendable {
  /// Reviews on a product's page; the rest is one step away.
  private static let size = 3

  private struct Key: Hashable {
    let community: CommunityID
    let product: ProductID
    let language: Language
  }

  private struct Shelf {
    let summary: ReviewSummary
    let newest: [ShownReview]
    /// By neighbours without names.
    let section: HTML
  }

  private let database: Database
  private let naming: ReviewNaming
  private let shelves: Cache<Key, Shelf>

  init(_ database: Database, naming: ReviewNaming) {
    self.database = database
    self.naming = naming
    shelves = Cache(database, capacity: 2000) { [.reviews(of: $0.product)] }
  }

  /// The reviews' part of a page about this product.
  func section(of product: ProductID, _ visit: Visit) async throws -> HTML {
    let key = Key(community: visit.community.id, product: product, language: visit.language)
    let shelf = try await shelves.value(for: key) {
      let (summary, newest) = try await database.read { snapshot in
        (
          try ReviewStore.summary(of: .product(product), in: key.community, snapshot),
          try ReviewStore.page(
            of: .product(product), in: key.community, before: nil, limit: Self.size, snapshot
          ).elements
        )
      }
      return Shelf(
        summary: summary, newest: newest,
        section: ReviewParts(say: visit.say).section(product, summary, newest: newest))
    }
    guard shelf.newest.contains(where: { $0.review.writtenBy != nil }) else { return shelf.section }
    let signed = try await database.read { try naming.signed(shelf.newest, in: key.community, $0) }
    guard signed.contains(where: { $0.signature != nil }) else { return shelf.section }
    return ReviewParts(say: visit.say).section(product, shelf.summary, newest: signed)
  }
}
