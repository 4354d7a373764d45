package import Kernel

/// Something that a merchant supplies: what it is and where it comes from. What is bought is one of its variants.
package struct Product: Sendable, Equatable {
  package let id: ProductID
  package let community: CommunityID
  package let merchant: MerchantID
  package var details: Details
  package var picture: PictureID?
  package let createdAt: Timestamp
  /// Grows with every change, so that two people who edit at once notice each other.
  package var changedAt: Timestamp
  /// When it was taken off the catalogue; nil while it is there.
  package var archivedAt: Timestamp?

  /// What the merchant says of the product.
  package struct Details: Sendable, Equatable {
    package var name: Phrase
    package var description: Phrase
    package var category: ProductCategory
    package var origin: Phrase
    /// Empty means that none is declared.
    package var allergens: Set<Allergen>
    /// Certificates in the merchant's words with their numbers; empty for none.
    package var certificate: String
    package var storage: ProductStorage
    /// Days from harvest or making, 1–3,650; nil where it is not stated.
    package var shelfLifeDays: Int?

    package init(
      name: Phrase, description: Phrase = Phrase(same: ""), category: ProductCategory,
      origin: Phrase = Phrase(same: ""), allergens: Set<Allergen> = [], certificate: String = "",
      storage: ProductStorage = .ambient, shelfLifeDays: Int? = nil
    ) {
      self.name = name
      self.description = description
      self.category = category
      self.origin = origin
      self.allergens = allergens
      self.certificate = certificate
      self.storage = storage
      self.shelfLifeDays = shelfLifeDays
    }
  }

  package init(
    id: ProductID, community: CommunityID, merchant: MerchantID, details: Details, picture: PictureID? = nil,
    createdAt: Timestamp, changedAt: Timestamp, archivedAt: Timestamp? = nil
  ) {
    self.id = id
    self.community = community
    self.merchant = merchant
    self.details = details
    self.picture = picture
    self.createdAt = createdAt
    self.changedAt = changedAt
    self.archivedAt = archivedAt
  }

  package var name: Phrase { details.name }
}

/// One way in which a product is sold: a size or pack with its own price and article number.
package struct Variant: Sendable, Equatable {
  package let id: VariantID
  package let product: ProductID
  package var details: Details
  /// When it was no longer offered; nil while it is.
  package var archivedAt: Timestamp?

  package struct Details: Sendable, Equatable {
    /// The merchant's article number, unique in the community; the key of imports. At most 40 visible characters.
    package var sku: String
    /// What sets it apart from the product's other variants: `小份`; empty where there is only one.
    package var name: Phrase
    /// What one unit holds, as printed on it: `500 克/袋`; may be empty.
    package var pack: Phrase
    package var unit: Unit
    /// Units to a case: the merchant delivers whole cases. At least 1.
    package var caseSize: Int64
    /// The trade item number (GTIN) under the bar code; nil for goods without.
    package var gtin: TradeItemNumber?
    /// For one unit, or for the weight that `weighed` names. Above zero.
    package var price: Money
    /// How it is sold by weight; nil for goods at one price a unit.
    package var weighed: WeighedOffer?

    package init(
      sku: String, name: Phrase = Phrase(same: ""), pack: Phrase = Phrase(same: ""), unit: Unit,
      caseSize: Int64 = 1, gtin: TradeItemNumber? = nil, price: Money, weighed: WeighedOffer? = nil
    ) {
      self.sku = sku
      self.name = name
      self.pack = pack
      self.unit = unit
      self.caseSize = caseSize
      self.gtin = gtin
      self.price = price
      self.weighed = weighed
    }
  }

  package init(id: VariantID, product: ProductID, details: Details, archivedAt: Timestamp? = nil) {
    self.id = id
    self.product = product
    self.details = details
    self.archivedAt = archivedAt
  }
}

extension Variant.Details {
  /// What one unit costs as far as is known; nothing known is said of an estimate that no number can hold.
  var expectedPrice: Money {
    guard let terms = weighed?.terms else { return price }
    return (try? terms.estimate(of: 1, at: price).high) ?? price
  }
}

/// A product with its merchant's name and its variants, as a catalogue shows it.
package struct CatalogueProduct: Sendable, Equatable {
  package let product: Product
  package let merchantName: Phrase
  /// In the order in which they were added; those no longer offered are left out unless they were asked for.
  package var variants: [Variant]

  package init(product: Product, merchantName: Phrase, variants: [Variant]) {
    self.product = product
    self.merchantName = merchantName
    self.variants = variants
  }

  /// The variant that is offered at the lowest price of one unit, by weight as far as it is expected; nil when none is.
  package var cheapest: Variant.Details? {
    variants.filter { $0.archivedAt == nil }.map(\.details).min { $0.expectedPrice < $1.expectedPrice }
  }
}

/// A variant with all that a campaign needs to offer it and an order line keeps of it.
package struct VariantOffer: Sendable, Equatable {
  package let variant: VariantID
  package let product: ProductID
  package let merchant: MerchantID
  package let productName: Phrase
  package let variantName: Phrase
  package let merchantName: Phrase
  package let sku: String
  package let pack: Phrase
  package let unit: Unit
  package let caseSize: Int64
  /// The merchant's present price for one unit, or for the weight that `weighed` names; a campaign may set its own.
  package let price: Money
  package let weighed: WeighedOffer?
  package let picture: PictureID?
  package let category: ProductCategory
  /// False when the variant, its product or its merchant is no longer on the catalogue.
  package let isListed: Bool

  /// Product and variant in one: `青菜 小份`.
  package var name: Phrase {
    variantName.chinese.isEmpty
      ? productName
      : Phrase(
        "\(productName.chinese) \(variantName.chinese)", "\(productName.english), \(variantName.english)")
  }
}

/// A page of a list that is read by key, so that the last page costs what the first does.
package struct KeysetPage<Element: Sendable, Key: Sendable>: Sendable {
  package let elements: [Element]
  /// The key after which the next page begins; nil on the last one.
  package let next: Key?
}
