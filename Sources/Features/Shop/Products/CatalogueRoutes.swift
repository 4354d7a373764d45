package import Database
import Hummingbird
import Kernel
package import People
package import Web

/// The catalogue that everybody may browse: all products by category, and each one's page.
package struct Catalogue: Sendable {
  /// Products to a page.
  static let pageSize = 24

  private struct ListKey: Hashable {
    let community: CommunityID
    let language: Language
    let category: ProductCategory?
    let after: ProductID?
  }

  private let database: Database
  private let lists: Cache<ListKey, Page>
  private let reviews: ReviewShelf

  package init(_ database: Database, directory: Directory) {
    self.database = database
    lists = Cache(database, capacity: 500) { [.catalogue($0.community)] }
    reviews = ReviewShelf(database, naming: ReviewNaming(directory: directory))
  }

  package func register(on routes: inout Routes) {
    routes.get("/products", .everyone, objects: .community) { try await list($0) }
    routes.get("/products/:product", .everyone, objects: .community) { try await show($0) }
  }

  private func list(_ visit: Visit) async throws -> Response {
    let key = ListKey(
      community: visit.community.id, language: visit.language,
      category: visit.query("category").flatMap(ProductCategory.init),
      after: visit.query("after").flatMap(ProductID.init))
    let page = try await lists.value(for: key) {
      try await database.read { snapshot in
        let filter = key.category.map(CatalogueFilter.category) ?? .all
        let found = try snapshot.catalogue(
          filter, in: key.community, after: key.after, limit: Self.pageSize)
        let sizes = try snapshot.pictureSizes(found.elements.compactMap(\.product.picture), in: key.community)
        return CataloguePages(say: visit.say).list(
          found, key.category, sizes: sizes, isFirst: key.after == nil)
      }
    }
    return .page(page, visit)
  }

  private func show(_ visit: Visit) async throws -> Response {
    let id = try visit.id("product", of: ProductKind.self)
    let community = visit.community.id
    if let service = try await database.read({ try ServiceStore.open(under: id, in: community, $0) }) {
      return .redirect(to: "/services/\(service)")
    }
    let reviews = try await reviews.section(of: id, visit)
    let page = try await database.read { snapshot -> Page in
      guard let found = try snapshot.product(id, in: community) else { throw Problem.notFound }
      let sizes = try snapshot.pictureSizes([found.product.picture].compactMap(\.self), in: community)
      let orderable = try StorefrontStore.orderable([id], in: community, snapshot)
      return CataloguePages(say: visit.say).page(
        found, orderable: orderable, sizes: sizes, reviews: reviews, now: visit.now)
    }
    return .page(page, visit)
  }
}
