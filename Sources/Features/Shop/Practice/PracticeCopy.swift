import Database
import Kernel

/// Copies what a live community sells into its practice shop: merchants, products, pictures and pickup points. People, orders,
/// money and ways to reach anybody stay where they are.
enum PracticeCopy {
  static func make(of live: CommunityID, in transaction: Transaction) throws {
    let practice = transaction.community
    for point in try transaction.pickupPoints(in: live) {
      try transaction.insertPickupPoints([
        PickupPoint(
          id: transaction.newIdentifier(), community: practice, details: point.details,
          createdAt: transaction.now)
      ])
    }
    for merchant in try transaction.merchants(in: live) {
      let id: MerchantID = transaction.newIdentifier()
      try transaction.insertMerchants([
        Merchant(
          id: id, community: practice,
          details: Merchant.Details(
            name: merchant.name, story: merchant.details.story, licence: "", phone: ""),
          createdAt: transaction.now)
      ])
      try copyProducts(of: merchant, to: id, from: live, in: transaction)
    }
  }

  private static func copyProducts(
    of merchant: Merchant, to id: MerchantID, from live: CommunityID, in transaction: Transaction
  ) throws {
    var copies: [CatalogueProduct] = []
    for entry in try transaction.allProducts(of: merchant.id, in: live) where entry.product.archivedAt == nil
    {
      let product = Product(
        id: transaction.newIdentifier(), community: transaction.community, merchant: id,
        details: entry.product.details,
        picture: try entry.product.picture.flatMap { try copyPicture($0, from: live, in: transaction) },
        createdAt: transaction.now, changedAt: transaction.now)
      let variants = entry.variants.filter { $0.archivedAt == nil }.map { variant in
        // Everything costs so much for so much here, so that a total can be added up by hand.
        var details = variant.details
        details.weighed = nil
        return Variant(id: transaction.newIdentifier(), product: product.id, details: details)
      }
      if variants.isEmpty { continue }
      copies.append(CatalogueProduct(product: product, merchantName: merchant.name, variants: variants))
    }
    try transaction.insertProducts(copies)
  }

  private static func copyPicture(
    _ id: PictureID, from live: CommunityID, in transaction: Transaction
  ) throws -> PictureID? {
    guard let small = try transaction.pictureBytes(id, .small, in: live),
      let large = try transaction.pictureBytes(id, .large, in: live),
      let size = try transaction.pictureSizes([id], in: live)[id]
    else { return nil }
    let copy: PictureID = transaction.newIdentifier()
    try transaction.insertPictures([
      Picture(
        id: copy, mediaType: large.mediaType, width: size.width, height: size.height, small: small.bytes,
        large: large.bytes)
    ])
    return copy
  }
}
