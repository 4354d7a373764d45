import Kernel

/// What a product shall be: from a form, a program or a line of an import, each field already found good.
package struct ProductDraft: Sendable, Equatable {
  package var details: Product.Details
  /// At least one, at most `ProductRules.variantLimit`.
  package var variants: [VariantDraft]

  package init(details: Product.Details, variants: [VariantDraft]) {
    self.details = details
    self.variants = variants
  }

  /// The product as it stands, as a draft that would change nothing.
  package init(_ product: CatalogueProduct) {
    details = product.product.details
    variants = product.variants.map {
      VariantDraft(id: $0.id, details: $0.details, isOffered: $0.archivedAt == nil)
    }
  }
}

package struct VariantDraft: Sendable, Equatable {
  /// nil for one that is to be added.
  package var id: VariantID?
  package var details: Variant.Details
  /// False to offer it no longer.
  package var isOffered: Bool

  package init(id: VariantID? = nil, details: Variant.Details, isOffered: Bool = true) {
    self.id = id
    self.details = details
    self.isOffered = isOffered
  }
}

/// What turns a product as it is into what a draft says; empty when nothing differs.
package struct ProductChange: Sendable, Equatable {
  package let detailsDiffer: Bool
  package let added: [VariantDraft]
  package let changed: [(id: VariantID, draft: VariantDraft)]
  /// Variants that the draft does not name stay as they are.
  package var isEmpty: Bool { !detailsDiffer && added.isEmpty && changed.isEmpty }

  /// - Parameter before: the product with all its variants, those no longer offered included.
  /// - Throws: `product.variant_unknown` when the draft names a variant of another product.
  package init(from before: CatalogueProduct, to draft: ProductDraft) throws {
    let present = Dictionary(before.variants.map { ($0.id, $0) }) { first, _ in first }
    var changed: [(id: VariantID, draft: VariantDraft)] = []
    for variant in draft.variants {
      guard let id = variant.id else { continue }
      guard let earlier = present[id] else { throw Problem.variantUnknown }
      let isSame = earlier.details == variant.details && (earlier.archivedAt == nil) == variant.isOffered
      if !isSame { changed.append((id, variant)) }
    }
    detailsDiffer = before.product.details != draft.details
    added = draft.variants.filter { $0.id == nil }
    self.changed = changed
  }

  package static func == (left: ProductChange, right: ProductChange) -> Bool {
    left.detailsDiffer == right.detailsDiffer && left.added == right.added
      && left.changed.map(\.id) == right.changed.map(\.id)
      && left.changed.map(\.draft) == right.changed.map(\.draft)
  }
}

/// Limits of what a merchant may enter, in one place.
package enum ProductRules {
  package static let nameLength = 60
  package static let descriptionLength = 2000
  package static let originLength = 60
  package static let certificateLength = 200
  package static let skuLength = 40
  package static let packLength = 40
  package static let variantLimit = 20
  package static let shelfLifeDays: ClosedRange<Int64> = 1...3650
  package static let caseSize: ClosedRange<Int64> = 1...10_000
}

extension Problem {
  static let variantUnknown = Problem(
    "product.variant_unknown", status: 422,
    Phrase("这个规格不属于这件商品。", "This size does not belong to this product."),
    advice: Phrase("请重新打开商品页再改。", "Open the product again and make your change there."))

  /// Somebody else changed the product since the person began.
  static let productChangedMeanwhile = Problem(
    "product.changed_meanwhile", status: 409,
    Phrase("这件商品刚刚被别人改过，您的修改还没有保存。", "Someone changed this product meanwhile; your change is not saved yet."),
    advice: Phrase(
      "您填的内容还在下面。请和现在的商品核对一下，再保存一次。",
      "What you entered is kept. Compare it with the product as it is now, then save again."))
}
