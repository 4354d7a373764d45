import Database
import Kernel
import Security

enum ProductImportKind {}
typealias ProductImportID = Identifier<ProductImportKind>

/// A file that somebody sent and has seen the dry run of, kept for an hour so that it is sent only once.
struct PendingImport: Sendable {
  let id: ProductImportID
  let merchant: MerchantID
  let person: PersonID
  let fileName: String
  let content: [UInt8]
  let digest: Digest
}

extension Snapshot {
  /// The file of this person; nil when it is somebody else's, of another community, or no longer kept.
  func pendingImport(
    _ id: ProductImportID, of person: PersonID, in community: CommunityID
  ) throws -> PendingImport? {
    try first(
      """
      SELECT merchant_id, file_name, content FROM shop_product_import
      WHERE id = \(id) AND community_id = \(community) AND person_id = \(person) AND expires_at > \(now)
      """
    ) { row in
      let content: [UInt8] = try row[2]
      return PendingImport(
        id: id, merchant: try row[0], person: person, fileName: try row[1], content: content,
        digest: Digest(of: content))
    }
  }

  /// What the article numbers of a file lead to.
  func importCatalogue(
    for merchant: MerchantID, numbers: [String], in community: CommunityID
  ) throws -> ImportCatalogue {
    var catalogue = ImportCatalogue(merchant: merchant)
    for variant in try variants(withSKUs: numbers, in: community) {
      catalogue.productOfNumber[variant.details.sku] = variant.product
    }
    let ids = Set(catalogue.productOfNumber.values).sorted()
    for part in stride(from: 0, to: ids.count, by: 500) {
      let some = Array(ids[part..<min(part + 500, ids.count)])
      for product in try products(some, in: community, includesArchived: true)
      where product.product.merchant == merchant {
        catalogue.products[product.product.id] = product
      }
    }
    return catalogue
  }
}

extension Transaction {
  static let pendingImportLifetime = Duration.hours(1)

  /// Keeps a file for its commit, and sees to it that it is forgotten when its hour is over.
  func keep(_ pending: PendingImport) throws {
    try schedule(
      ProductImportExpiry.kind, key: pending.id.description, at: now + Self.pendingImportLifetime)
    try execute(
      """
      INSERT INTO shop_product_import
        (id, community_id, merchant_id, person_id, file_name, content, digest, created_at, expires_at)
      VALUES (\(pending.id), \(community), \(pending.merchant), \(pending.person), \(pending.fileName),
        \(pending.content), \(pending.digest.bytes), \(now), \(now + Self.pendingImportLifetime))
      """)
  }

  func forgetImports(expiredBy moment: Timestamp) throws {
    try execute(
      "DELETE FROM shop_product_import WHERE community_id = \(community) AND expires_at <= \(moment)")
  }

  /// - Returns: whether it was still there.
  func forgetImport(_ id: ProductImportID) throws -> Bool {
    try cancelJob(ProductImportExpiry.kind, key: id.description)
    return try execute("DELETE FROM shop_product_import WHERE id = \(id) AND community_id = \(community)")
      == 1
  }

  /// Does what a plan says, all of it, audited and published product by product.
  func apply(_ plan: ProductImportPlan, by actor: MerchantActor) throws {
    guard let merchant = try merchant(actor.merchant, in: community) else { throw Problem.notFound }
    guard merchant.closedAt == nil else { throw Problem.merchantClosed }
    var created: [CatalogueProduct] = []
    var changed: [ProductID] = []
    for entry in plan.entries {
      if let before = entry.before, let change = entry.change {
        guard entry.effect == .changed else { continue }
        try apply(change, entry.draft.details, to: before, restoring: entry.restores)
        changed.append(before.product.id)
      } else {
        created.append(newProduct(entry.draft, merchant))
      }
    }
    try insertProducts(created)
    try tell(created, .created, by: actor)
    for part in stride(from: 0, to: changed.count, by: 500) {
      let ids = Array(changed[part..<min(part + 500, changed.count)])
      try tell(try products(ids, in: community, includesArchived: true), .changed, by: actor)
    }
    try audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: "shop.product_import", object: actor.merchant.rawValue)
    )
  }
}

/// Forgets the files that were sent for a dry run and never confirmed.
enum ProductImportExpiry {
  static let kind: StaticString = "shop.product_import_expiry"

  static let handler = JobHandler(kind) { transaction, _ in
    try transaction.forgetImports(expiredBy: transaction.now)
  }
}
