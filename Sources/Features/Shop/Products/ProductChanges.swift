package import Database
package import Kernel
import Web

extension Transaction {
  /// Stores new products with their variants in one go and makes them findable; neither audited nor published.
  /// For seeding, and for the audited functions below.
  package func insertProducts(_ products: [CatalogueProduct]) throws {
    try insert(.products(products.map(\.product)))
    try insert(.variants(products.flatMap(\.variants), in: community))
    for product in products where product.product.archivedAt == nil { try index(product) }
    touch(.catalogue(community))
  }

  /// Stores a new product, audited and published as `shop.product_changed`.
  /// - Throws: `form.invalid` naming `variants.N.sku` where an article number is in use already.
  @discardableResult
  package func createProduct(
    _ draft: ProductDraft, by actor: MerchantActor
  ) throws -> CatalogueProduct {
    guard let merchant = try merchant(actor.merchant, in: community) else { throw Problem.notFound }
    guard merchant.closedAt == nil else { throw Problem.merchantClosed }
    guard draft.variants.allSatisfy({ $0.id == nil }) else { throw Problem.variantUnknown }
    try requireFreeNumbers(draft)
    let created = newProduct(draft, merchant)
    try insertProducts([created])
    try tell([created], .created, by: actor)
    return created
  }

  /// Makes a product what the draft says. Variants that the draft does not name stay as they are.
  ///
  /// - Parameter expected: `changedAt` of the product that the person saw; nil to overwrite whatever is there.
  /// - Returns: the product as it then is, all variants included.
  /// - Throws: `not_found`, `product.changed_meanwhile`, `product.variant_unknown`, or `form.invalid` naming
  ///   `variants.N.sku`.
  @discardableResult
  package func changeProduct(
    _ id: ProductID, _ draft: ProductDraft, expected: Timestamp?, by actor: MerchantActor
  ) throws -> CatalogueProduct {
    let before = try ownProduct(id, of: actor)
    if let expected, expected != before.product.changedAt { throw Problem.productChangedMeanwhile }
    let change = try ProductChange(from: before, to: draft)
    if change.isEmpty { return before }
    try requireFreeNumbers(draft)
    try apply(change, draft.details, to: before)
    let after = try ownProduct(id, of: actor)
    try tell([after], .changed, by: actor)
    return after
  }

  /// Takes a product off the catalogue, or puts it back. Campaigns and orders that name it keep it.
  /// - Throws: `not_found`; `merchant.closed` when it is to come back while its merchant is closed.
  package func setArchived(_ isArchived: Bool, product id: ProductID, by actor: MerchantActor) throws {
    let before = try ownProduct(id, of: actor)
    if (before.product.archivedAt != nil) == isArchived { return }
    if !isArchived, try merchant(actor.merchant, in: community)?.closedAt != nil {
      throw Problem.merchantClosed
    }
    try writeArchivedAt(isArchived ? now : nil, of: before.product)
    try reindex(id)
    try tell([try ownProduct(id, of: actor)], isArchived ? .archived : .restored, by: actor)
  }

  /// Shows another picture with the product, or none; the earlier one is deleted.
  /// - Throws: `not_found`.
  package func setPicture(_ picture: PictureID?, product id: ProductID, by actor: MerchantActor) throws {
    let before = try ownProduct(id, of: actor).product
    try writePicture(picture, of: before)
    if let earlier = before.picture, earlier != picture { try deletePicture(earlier) }
    try tell([try ownProduct(id, of: actor)], .changed, by: actor)
  }

  /// Several products changed or added in one go, as an import does; told of as one by one.
  func tell(_ products: [CatalogueProduct], _ kind: ProductEvent, by actor: MerchantActor) throws {
    try audit(
      products.map {
        AuditEntry(
          actor: actor.person, role: actor.role, action: kind.action, object: $0.product.id.rawValue)
      })
    try publish(
      products.map { (kind: "shop.product_changed", subject: $0.product.id.rawValue, body: kind.body($0)) })
    for product in products { touch(.product(product.product.id)) }
    touch(.catalogue(community))
  }

  private func ownProduct(_ id: ProductID, of actor: MerchantActor) throws -> CatalogueProduct {
    guard let found = try product(id, in: community, includesArchived: true),
      found.product.merchant == actor.merchant
    else { throw Problem.notFound }
    return found
  }

  /// A product that is not stored yet.
  func newProduct(_ draft: ProductDraft, _ merchant: Merchant) -> CatalogueProduct {
    let product = Product(
      id: newIdentifier(), community: community, merchant: merchant.id, details: draft.details,
      createdAt: now, changedAt: now)
    return CatalogueProduct(
      product: product, merchantName: merchant.name, variants: draft.variants.map { new($0, of: product.id) })
  }

  private func new(_ draft: VariantDraft, of product: ProductID) -> Variant {
    Variant(
      id: newIdentifier(), product: product, details: draft.details, archivedAt: draft.isOffered ? nil : now)
  }

  /// - Parameter restoring: whether a product that is off the catalogue comes back.
  func apply(
    _ change: ProductChange, _ details: Product.Details, to before: CatalogueProduct, restoring: Bool = false
  ) throws {
    let id = before.product.id
    let archivedAt = restoring ? nil : before.product.archivedAt
    try writeDetails(details, archivedAt: archivedAt, of: before.product)
    let earlier = Dictionary(before.variants.map { ($0.id, $0) }) { first, _ in first }
    // Numbers that two variants exchange would collide on the way, so they are set aside first.
    for (variant, _) in change.changed { try setNumberAside(of: variant) }
    for (variant, draft) in change.changed {
      try writeVariant(
        variant, draft.details, archivedAt: draft.isOffered ? nil : earlier[variant]?.archivedAt ?? now)
    }
    try insert(.variants(change.added.map { new($0, of: id) }, in: community))
    try reindex(id)
  }

  /// - Throws: `form.invalid` where a number is another variant's, or stands twice in the draft.
  private func requireFreeNumbers(_ draft: ProductDraft) throws {
    let taken = Dictionary(
      try variants(withSKUs: draft.variants.map(\.details.sku), in: community).map { ($0.details.sku, $0.id) }
    ) { first, _ in first }
    let renamed = Set(draft.variants.compactMap(\.id))
    var problems = Problems()
    var seen: Set<String> = []
    for (index, variant) in draft.variants.enumerated() {
      let sku = variant.details.sku
      let isTaken = taken[sku].map { $0 != variant.id && !renamed.contains($0) } ?? false
      if isTaken || !seen.insert(sku).inserted {
        problems.add("variants.\(index).sku", ProductRules.numberTaken)
      }
    }
    try problems.throwIfAny()
  }
}

// What closing a merchant does to its products.
extension Transaction {
  /// Takes all products of a merchant off the catalogue at this moment.
  func archiveProducts(of merchant: MerchantID) throws {
    for id in try markArchived(productsOf: merchant) {
      try removeFromIndex(.products, id: id.rawValue)
      touch(.product(id))
    }
  }

  /// Puts back what was taken off at one moment.
  func restoreProducts(of merchant: MerchantID, archivedAt moment: Timestamp) throws {
    let ids = try productIDs(of: merchant, archivedAt: moment)
    for part in stride(from: 0, to: ids.count, by: 500) {
      let some = Array(ids[part..<min(part + 500, ids.count)])
      try markListed(some)
      for product in try products(some, in: community) { try index(product) }
      for id in some { touch(.product(id)) }
    }
  }
}

// The full-text index follows every change in the same transaction.
extension Transaction {
  /// Makes all products of a merchant findable by its new name.
  func indexProducts(of merchant: MerchantID) throws {
    for product in try allProducts(of: merchant, in: community) {
      try index(product)
      touch(.product(product.product.id))
    }
  }

  func reindex(_ id: ProductID) throws {
    guard let product = try product(id, in: community), product.product.archivedAt == nil else {
      return try removeFromIndex(.products, id: id.rawValue)
    }
    try index(product)
  }

  private func index(_ found: CatalogueProduct) throws {
    let details = found.product.details
    let phrases = [details.name, details.category.name, details.origin, found.merchantName]
    var texts = (phrases + found.variants.map(\.details.name)).flatMap { [$0.chinese, $0.english] }
    texts += found.variants.flatMap { [$0.details.sku, $0.details.gtin?.digits ?? ""] }
    // Lets a merchant's desk search among its own products alone.
    texts.append(found.product.merchant.description)
    try index(.products, id: found.product.id.rawValue, texts: Array(Set(texts)).sorted())
  }
}

/// What happened to a product, for the audit chain and for other features.
enum ProductEvent: String {
  case created, changed, archived, restored

  var action: StaticString {
    switch self {
    case .created: "shop.product_create"
    case .changed: "shop.product_change"
    case .archived: "shop.product_archive"
    case .restored: "shop.product_restore"
    }
  }

  /// Prices are told, so that whoever keeps a price log need not ask.
  func body(_ product: CatalogueProduct) -> String {
    var json = JSONWriter()
    json.object { json in
      json.field("change", rawValue)
      json.field("merchant", product.product.merchant)
      json.array("variants", product.variants) { json, variant in
        json.object { json in
          json.field("id", variant.id)
          json.field("price", variant.details.price)
          json.field("weighed_basis", variant.details.weighed?.terms.basis.rawValue)
          json.field("offered", variant.archivedAt == nil)
        }
      }
    }
    return json.text
  }
}

extension ProductRules {
  static let numberTaken = Phrase(
    "这个货号已经用在别的商品上了，请换一个。", "This article number is in use already; please choose another.")
}

extension Problem {
  static let merchantClosed = Problem(
    "merchant.closed", status: 409,
    Phrase("这家商户已经停业，商品不能上架。", "This merchant is closed, so the product cannot be offered."),
    advice: Phrase("请先由居委会恢复商户。", "Ask the committee to reopen the merchant first."))
}
