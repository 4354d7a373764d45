package import Database
import Hummingbird
import Kernel
package import Web

/// The pages about merchants that everybody may read.
package struct Merchants: Sendable {
  static let pageSize = 24
  private let database: Database

  package init(_ database: Database) {
    self.database = database
  }

  package func register(on routes: inout Routes) {
    routes.get("/merchants", .everyone, objects: .community) { visit in
      let community = visit.community.id
      let merchants = try await database.read { try $0.merchants(in: community) }
      return .page(MerchantPages(say: visit.say).list(merchants), visit)
    }
    routes.get("/merchants/:merchant", .everyone, objects: .community) { try await show($0) }
  }

  private func show(_ visit: Visit) async throws -> Response {
    let id = try visit.id("merchant", of: MerchantKind.self)
    let key = visit.query("after").flatMap(ProductID.init)
    let community = visit.community.id
    let page = try await database.read { snapshot -> Page in
      guard let merchant = try snapshot.merchant(id, in: community) else { throw Problem.notFound }
      let products = try snapshot.catalogue(
        .merchant(id), in: community, after: key, limit: Self.pageSize)
      let sizes = try snapshot.pictureSizes(products.elements.compactMap(\.product.picture), in: community)
      let clock = try AnswerClock.read(of: .merchant(id), in: community, snapshot)
      let reviews = try ReviewStore.summary(of: .merchant(id), in: community, snapshot)
      return MerchantPages(say: visit.say).page(
        merchant, products, sizes: sizes, clock: clock, reviews: reviews, isFirst: key == nil)
    }
    return .page(page, visit)
  }
}
