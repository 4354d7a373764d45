package import Database
package import Kernel

extension Topic {
  /// Touched when this product or one of its variants changes.
  package static func product(_ id: ProductID) -> Topic { Topic("shop.product", id.rawValue) }

  /// Touched when any product or merchant of the community changes.
  package static func catalogue(_ community: CommunityID) -> Topic {
    Topic("shop.catalogue", community.rawValue)
  }
}

/// Which products a list shows.
package enum CatalogueFilter: Sendable, Hashable {
  case all
  case category(ProductCategory)
  case merchant(MerchantID)
  /// A merchant's products that were taken off the catalogue.
  case archived(MerchantID)
}

extension Snapshot {
  /// A product with its variants, on the catalogue or not; nil in every other community.
  /// - Parameter includesArchived: whether variants that are no longer offered are there too.
  package func product(
    _ id: ProductID, in community: CommunityID, includesArchived: Bool = false
  ) throws -> CatalogueProduct? {
    try products([id], in: community, includesArchived: includesArchived).first
  }

  /// Products with their variants in the order of `ids`; those that are not of this community are left out.
  package func products(
    _ ids: [ProductID], in community: CommunityID, includesArchived: Bool = false
  ) throws -> [CatalogueProduct] {
    let found = try withVariants(
      """
      SELECT \(Product.columns), m.name_zh, m.name_en FROM shop_product p CROSS JOIN shop_merchant m
      WHERE p.id IN \(list: ids) AND p.community_id = \(community) AND m.id = p.merchant_id
      """, includesArchived: includesArchived)
    let byID = Dictionary(found.map { ($0.product.id, $0) }) { first, _ in first }
    return ids.compactMap { byID[$0] }
  }

  /// One page of a community's products, newest first, read by key.
  ///
  /// - Parameters:
  ///   - key: the last product of the page before; nil for the first page.
  ///   - limit: products to a page, 1–500.
  package func catalogue(
    _ filter: CatalogueFilter = .all, in community: CommunityID, after key: ProductID? = nil, limit: Int
  ) throws -> KeysetPage<CatalogueProduct, ProductID> {
    let found = try withVariants(
      ProductQueries.page(filter, in: community, after: key, limit: limit + 1), includesArchived: false)
    return KeysetPage(found, limit: limit)
  }

  /// One page of the products whose texts contain every word, newest first, read by key.
  ///
  /// Names in both languages, category, origin, merchant, article and trade item numbers are searched.
  /// - Parameters:
  ///   - merchant: only this merchant's products; nil for all.
  ///   - key: the last product of the page before; nil for the first page.
  package func searchProducts(
    _ text: String, in community: CommunityID, merchant: MerchantID? = nil, after key: ProductID? = nil,
    limit: Int
  ) throws -> KeysetPage<CatalogueProduct, ProductID> {
    let words = merchant.map { "\(text) \($0)" } ?? text
    let hasWords = text.unicodeScalars.contains {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
    }
    guard hasWords else { return KeysetPage(elements: [], next: nil) }
    let ids = try search(
      .products, for: words, in: community, before: key?.rawValue, limit: limit + 1)
    return KeysetPage(try products(ids.map(ProductID.init(rawValue:)), in: community), limit: limit)
  }

  /// The variants as campaigns offer them, in the order of `ids`; those not of this community are left out.
  package func variantOffers(_ ids: [VariantID], in community: CommunityID) throws -> [VariantOffer] {
    let found = try all(
      """
      SELECT \(VariantOffer.columns) FROM shop_variant v CROSS JOIN shop_product p CROSS JOIN shop_merchant m
      WHERE v.id IN \(list: ids) AND v.community_id = \(community) AND p.id = v.product_id
        AND m.id = p.merchant_id
      """, VariantOffer.init)
    let byID = Dictionary(found.map { ($0.variant, $0) }) { first, _ in first }
    return ids.compactMap { byID[$0] }
  }

  /// The variants of these products that are on the catalogue, as campaigns offer them, in the order of `products`.
  package func variantOffers(of products: [ProductID], in community: CommunityID) throws -> [VariantOffer] {
    let found = try all(
      """
      SELECT \(VariantOffer.columns) FROM shop_product p CROSS JOIN shop_variant v CROSS JOIN shop_merchant m
      WHERE p.id IN \(list: products) AND p.community_id = \(community) AND v.product_id = p.id
        AND m.id = p.merchant_id ORDER BY v.id
      """, VariantOffer.init)
    let byProduct = Dictionary(grouping: found.filter(\.isListed), by: \.product)
    return products.flatMap { byProduct[$0] ?? [] }
  }

  /// One page of variants on the catalogue for the person who composes a campaign, newest products first.
  /// - Parameters:
  ///   - text: words that must all be found; empty for every product.
  ///   - limit: products to a page.
  package func searchVariantOffers(
    _ text: String, in community: CommunityID, after key: ProductID? = nil, limit: Int
  ) throws -> KeysetPage<VariantOffer, ProductID> {
    let page =
      text.isEmpty
      ? try catalogue(in: community, after: key, limit: limit)
      : try searchProducts(text, in: community, after: key, limit: limit)
    let offers = try variantOffers(of: page.elements.map(\.product.id), in: community)
    return KeysetPage(elements: offers, next: page.next)
  }

  /// All products of a merchant on the catalogue, oldest first, for exports and reports.
  package func allProducts(of merchant: MerchantID, in community: CommunityID) throws -> [CatalogueProduct] {
    var all: [CatalogueProduct] = []
    var key: ProductID?
    repeat {
      let page = try catalogue(.merchant(merchant), in: community, after: key, limit: 500)
      all += page.elements
      key = page.next
    } while key != nil
    return all.reversed()
  }

  /// Where each of these article numbers is in use in the community, offered or not.
  func variants(withSKUs skus: [String], in community: CommunityID) throws -> [Variant] {
    var found: [Variant] = []
    for part in stride(from: 0, to: skus.count, by: 500) {
      found += try all(
        """
        SELECT \(Variant.columns) FROM shop_variant v
        WHERE v.community_id = \(community) AND v.sku IN \(list: skus[part..<min(part + 500, skus.count)])
        """, Variant.init)
    }
    return found
  }

  private func withVariants(_ query: Query, includesArchived: Bool) throws -> [CatalogueProduct] {
    var found = try all(query) { row in
      CatalogueProduct(
        product: try Product(row),
        merchantName: Phrase(try row[Product.columnCount], try row[Product.columnCount + 1]), variants: [])
    }
    let wanted: Query = includesArchived ? "1 = 1" : "v.archived_at IS NULL"
    let variants = try all(
      """
      SELECT \(Variant.columns) FROM shop_variant v
      WHERE v.product_id IN \(list: found.map(\.product.id)) AND \(wanted) ORDER BY v.id
      """, Variant.init)
    let byProduct = Dictionary(grouping: variants, by: \.product)
    for index in found.indices { found[index].variants = byProduct[found[index].product.id] ?? [] }
    return found
  }
}

extension KeysetPage {
  /// - Parameter found: one more than the limit where there is a next page.
  init(_ found: [CatalogueProduct], limit: Int) where Element == CatalogueProduct, Key == ProductID {
    let elements = Array(found.prefix(limit))
    self.init(elements: elements, next: found.count > limit ? elements.last?.product.id : nil)
  }
}

/// The queries whose plans a test looks at.
enum ProductQueries {
  /// The join is written so that the products are walked first, in the order of their index.
  static func page(
    _ filter: CatalogueFilter, in community: CommunityID, after key: ProductID?, limit: Int
  ) -> Query {
    let wanted: Query =
      switch filter {
      case .all: "p.archived_at IS NULL"
      case .category(let category): "p.category = \(category) AND p.archived_at IS NULL"
      case .merchant(let merchant): "p.merchant_id = \(merchant) AND p.archived_at IS NULL"
      case .archived(let merchant):
        """
        p.merchant_id = \(merchant) AND p.archived_at IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM shop_service WHERE product_id = p.id)
        """
      }
    return """
      SELECT \(Product.columns), m.name_zh, m.name_en FROM shop_product p CROSS JOIN shop_merchant m
      WHERE p.community_id = \(community) AND \(wanted)
        AND p.id < \(key ?? ProductID(rawValue: Int64.max)) AND m.id = p.merchant_id
      ORDER BY p.id DESC LIMIT \(limit)
      """
  }
}
