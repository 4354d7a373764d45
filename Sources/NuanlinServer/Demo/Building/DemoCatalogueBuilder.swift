import Database
import Kernel
import Shop

/// The identifiers of what a demo community sells and where it is collected.
struct DemoShopIDs: Sendable {
  /// The variants of each product by its key, in their order.
  var variants: [String: [VariantID]] = [:]
  var pickupPoints: [String: PickupPointID] = [:]
}

/// Stores the demo's merchants, products, pictures and pickup points.
struct DemoCatalogueBuilder: Sendable {
  let database: Database

  @discardableResult
  func build(
    _ ids: DemoCommunityIDs, _ community: DemoCommunity, merchants: [DemoMerchant]
  ) async throws -> DemoShopIDs {
    try await database.write(in: ids.id) { transaction in
      var shop = DemoShopIDs()
      for point in community.pickupPoints {
        let id: PickupPointID = transaction.newIdentifier()
        shop.pickupPoints[point.key] = id
        let note = Phrase(
          "\(point.address.chinese)。\(point.notes.chinese)",
          "\(point.address.english). \(point.notes.english)")
        try transaction.insertPickupPoints([
          PickupPoint(
            id: id, community: ids.id, details: .init(name: point.name, note: note),
            createdAt: transaction.now)
        ])
      }
      for merchant in merchants { try store(merchant, ids, &shop, in: transaction) }
      return shop
    }
  }

  private func store(
    _ merchant: DemoMerchant, _ ids: DemoCommunityIDs, _ shop: inout DemoShopIDs, in transaction: Transaction
  ) throws {
    let id: MerchantID = transaction.newIdentifier()
    try transaction.insertMerchants([
      Merchant(
        id: id, community: ids.id,
        details: .init(
          name: merchant.name, story: merchant.story, licence: merchant.licence, phone: merchant.phone),
        createdAt: transaction.now)
    ])
    if let owner = merchant.owner, let person = ids.cast[owner] {
      try transaction.insertMembers([(person: person, merchant: id)])
    }
    var products: [CatalogueProduct] = []
    var pictures: [Picture] = []
    for product in merchant.products {
      let picture: PictureID = transaction.newIdentifier()
      pictures.append(
        .drawing(picture, svg: Array(DemoPictures.product(product).utf8), width: 400, height: 300))
      let stored = try self.product(product, of: merchant, id, picture, ids.id, in: transaction)
      shop.variants[product.key] = stored.variants.map(\.id)
      products.append(stored)
    }
    try transaction.insertPictures(pictures)
    try transaction.insertProducts(products)
  }

  private func product(
    _ demo: DemoProduct, of merchant: DemoMerchant, _ merchantID: MerchantID, _ picture: PictureID,
    _ community: CommunityID, in transaction: Transaction
  ) throws -> CatalogueProduct {
    let certificate = demo.certificate.map { "\($0.name.chinese) \($0.number)" } ?? ""
    let product = Product(
      id: transaction.newIdentifier(), community: community, merchant: merchantID,
      details: .init(
        name: demo.name, description: demo.description,
        category: ProductCategory(rawValue: demo.category.rawValue) ?? .other, origin: demo.origin,
        allergens: Set(demo.allergens.compactMap { Allergen(rawValue: $0.rawValue) }),
        certificate: certificate,
        storage: ProductStorage(rawValue: demo.storage.rawValue) ?? .ambient,
        shelfLifeDays: demo.shelfLifeDays),
      picture: picture, createdAt: transaction.now, changedAt: transaction.now)
    let variants = demo.variants.enumerated().map { index, variant in
      Variant(
        id: transaction.newIdentifier(), product: product.id,
        details: .init(
          sku: "\(demo.key)-\(index + 1)".uppercased(), name: variant.name ?? Phrase(same: ""),
          pack: variant.pack, unit: demo.unit, caseSize: Int64(variant.caseSize), price: variant.price,
          weighed: variant.weighed.flatMap { WeighedOffer($0) }))
    }
    return CatalogueProduct(product: product, merchantName: merchant.name, variants: variants)
  }
}
