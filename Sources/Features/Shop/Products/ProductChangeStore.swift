import Database
import Kernel

// How changes of products and variants are written. The full-text index is left to whoever calls these.
extension Transaction {
  /// Names another picture for the product, or none.
  func writePicture(_ picture: PictureID?, of product: Product) throws {
    try execute(
      """
      UPDATE shop_product SET picture_id = \(picture), changed_at = \(nextChange(after: product))
      WHERE id = \(product.id) AND community_id = \(community)
      """)
  }

  /// Writes since when the product is off the catalogue; nil puts it back.
  func writeArchivedAt(_ moment: Timestamp?, of product: Product) throws {
    try execute(
      """
      UPDATE shop_product SET archived_at = \(moment), changed_at = \(nextChange(after: product))
      WHERE id = \(product.id) AND community_id = \(community)
      """)
  }

  /// Writes everything that a draft says of the product itself.
  func writeDetails(_ details: Product.Details, archivedAt: Timestamp?, of product: Product) throws {
    try execute(
      """
      UPDATE shop_product SET name_zh = \(details.name.chinese), name_en = \(details.name.english),
        description_zh = \(details.description.chinese), description_en = \(details.description.english),
        category = \(details.category), origin_zh = \(details.origin.chinese),
        origin_en = \(details.origin.english), allergens = \(details.allergens),
        certificate = \(details.certificate), storage = \(details.storage),
        shelf_life_days = \(details.shelfLifeDays), archived_at = \(archivedAt),
        changed_at = \(nextChange(after: product))
      WHERE id = \(product.id) AND community_id = \(community)
      """)
  }

  /// Gives the variant a number made of its identifier, until `writeVariant` gives it its own.
  func setNumberAside(of variant: VariantID) throws {
    try execute(
      "UPDATE shop_variant SET sku = \("~\(variant)") WHERE id = \(variant) AND community_id = \(community)"
    )
  }

  /// Writes everything that a draft says of the variant.
  func writeVariant(_ id: VariantID, _ details: Variant.Details, archivedAt: Timestamp?) throws {
    try execute(
      """
      UPDATE shop_variant SET sku = \(details.sku), name_zh = \(details.name.chinese),
        name_en = \(details.name.english), pack_zh = \(details.pack.chinese),
        pack_en = \(details.pack.english), unit_code = \(details.unit.code), case_size = \(details.caseSize),
        gtin = \(details.gtin?.digits ?? ""), price = \(details.price), archived_at = \(archivedAt),
        weighed_basis = \(details.weighed?.terms.basis), typical_grams = \(details.weighed?.terms.typicalGrams),
        tolerance_percent = \(details.weighed?.terms.tolerancePercent),
        label_code = \(details.weighed?.labelCode ?? "")
      WHERE id = \(id) AND community_id = \(community)
      """)
  }

  /// Two changes within one microsecond still differ.
  private func nextChange(after before: Product) -> Timestamp {
    max(now, before.changedAt + .microseconds(1))
  }
}

// What closing a merchant does to its products, and reopening it undoes; their `changed_at` stays.
extension Transaction {
  /// Marks what the merchant has on the catalogue as taken off at this moment.
  /// - Returns: the products that were on it.
  func markArchived(productsOf merchant: MerchantID) throws -> [ProductID] {
    let ids = try values(
      """
      SELECT id FROM shop_product
      WHERE community_id = \(community) AND merchant_id = \(merchant) AND archived_at IS NULL
      """, as: ProductID.self)
    try execute(
      """
      UPDATE shop_product SET archived_at = \(now) WHERE community_id = \(community)
        AND merchant_id = \(merchant) AND archived_at IS NULL
      """)
    return ids
  }

  /// The merchant's products that were taken off the catalogue at exactly this moment.
  func productIDs(of merchant: MerchantID, archivedAt moment: Timestamp) throws -> [ProductID] {
    try values(
      """
      SELECT id FROM shop_product WHERE community_id = \(community) AND merchant_id = \(merchant)
        AND archived_at IS NOT NULL AND archived_at = \(moment)
      """)
  }

  /// Marks these products as on the catalogue again; a few hundred at a time.
  func markListed(_ products: [ProductID]) throws {
    try execute(
      """
      UPDATE shop_product SET archived_at = NULL
      WHERE community_id = \(community) AND id IN \(list: products)
      """)
  }
}
