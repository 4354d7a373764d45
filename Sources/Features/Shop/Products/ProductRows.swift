import Database
import Kernel

// How products and variants stand in their tables.

extension Product {
  static let columns: Query = """
    p.id, p.community_id, p.merchant_id, p.name_zh, p.name_en, p.description_zh, p.description_en, p.category,
    p.origin_zh, p.origin_en, p.allergens, p.certificate, p.storage, p.shelf_life_days, p.picture_id,
    p.created_at, p.changed_at, p.archived_at
    """
  static let columnCount = 18

  init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], community: try row[1], merchant: try row[2],
      details: Details(
        name: Phrase(try row[3], try row[4]), description: Phrase(try row[5], try row[6]),
        category: try row[7], origin: Phrase(try row[8], try row[9]), allergens: try row[10],
        certificate: try row[11], storage: try row[12], shelfLifeDays: try row[13]),
      picture: try row[14], createdAt: try row[15], changedAt: try row[16], archivedAt: try row[17])
  }
}

extension Rows {
  static func products(_ products: some Sequence<Product>) -> Rows {
    var rows = Rows(
      into: "shop_product", "id", "community_id", "merchant_id", "name_zh", "name_en", "description_zh",
      "description_en", "category", "origin_zh", "origin_en", "allergens", "certificate", "storage",
      "shelf_life_days", "picture_id", "created_at", "changed_at", "archived_at")
    for product in products {
      let details = product.details
      rows.append(values: [
        product.id.storedValue, product.community.storedValue, product.merchant.storedValue,
        .text(details.name.chinese), .text(details.name.english), .text(details.description.chinese),
        .text(details.description.english), details.category.storedValue, .text(details.origin.chinese),
        .text(details.origin.english), details.allergens.storedValue, .text(details.certificate),
        details.storage.storedValue, details.shelfLifeDays.storedValue, product.picture.storedValue,
        product.createdAt.storedValue, product.changedAt.storedValue, product.archivedAt.storedValue,
      ])
    }
    return rows
  }

  static func variants(_ variants: some Sequence<Variant>, in community: CommunityID) -> Rows {
    var rows = Rows(
      into: "shop_variant", "id", "community_id", "product_id", "sku", "name_zh", "name_en", "pack_zh",
      "pack_en", "unit_code", "case_size", "gtin", "price", "archived_at", "weighed_basis", "typical_grams",
      "tolerance_percent", "label_code")
    for variant in variants {
      let details = variant.details
      rows.append(values: [
        variant.id.storedValue, community.storedValue, variant.product.storedValue, .text(details.sku),
        .text(details.name.chinese), .text(details.name.english), .text(details.pack.chinese),
        .text(details.pack.english), .text(details.unit.code), .integer(details.caseSize),
        .text(details.gtin?.digits ?? ""), details.price.storedValue, variant.archivedAt.storedValue,
        (details.weighed?.terms.basis).storedValue, (details.weighed?.terms.typicalGrams).storedValue,
        (details.weighed?.terms.tolerancePercent).storedValue, .text(details.weighed?.labelCode ?? ""),
      ])
    }
    return rows
  }
}

extension Variant {
  static let columns: Query = """
    v.id, v.product_id, v.sku, v.name_zh, v.name_en, v.pack_zh, v.pack_en, v.unit_code, v.case_size, v.gtin,
    v.price, v.archived_at, v.weighed_basis, v.typical_grams, v.tolerance_percent, v.label_code
    """

  init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], product: try row[1],
      details: Details(
        sku: try row[2], name: Phrase(try row[3], try row[4]), pack: Phrase(try row[5], try row[6]),
        unit: try Unit(from: row, at: 7), caseSize: try row[8], gtin: TradeItemNumber(try row[9]),
        price: try row[10], weighed: try WeighedOffer(from: row, at: 12)),
      archivedAt: try row[11])
  }
}

extension Unit {
  /// Reads the unit whose code stands in the column.
  init(from row: borrowing Row, at column: Int) throws {
    guard let unit = Unit.withCode(try row.text(column)) else {
      throw DatabaseError.unexpectedValue("column \(column) holds no unit code")
    }
    self = unit
  }
}

extension WeighedTerms {
  /// Reads basis, typical weight and tolerance from three columns; nil where they hold nothing.
  init?(from row: borrowing Row, at column: Int) throws {
    if row.isNull(column) { return nil }
    guard
      let terms = WeighedTerms(
        per: try row[column], typicalGrams: try row[column + 1], tolerancePercent: try row[column + 2])
    else { throw DatabaseError.unexpectedValue("column \(column) holds no terms of weighed goods") }
    self = terms
  }
}

extension WeighedOffer {
  /// Reads the terms and the label code from four columns; nil where they hold nothing.
  init?(from row: borrowing Row, at column: Int) throws {
    guard let terms = try WeighedTerms(from: row, at: column) else { return nil }
    guard let offer = WeighedOffer(terms, labelCode: try row[column + 3]) else {
      throw DatabaseError.unexpectedValue("column \(column + 3) holds no label code")
    }
    self = offer
  }
}

extension VariantOffer {
  static let columns: Query = """
    v.id, p.id, p.merchant_id, p.name_zh, p.name_en, v.name_zh, v.name_en, m.name_zh, m.name_en, v.sku,
    v.pack_zh, v.pack_en, v.unit_code, v.case_size, v.price, p.picture_id, p.category,
    v.archived_at, p.archived_at, m.closed_at, v.weighed_basis, v.typical_grams, v.tolerance_percent,
    v.label_code
    """

  init(_ row: borrowing Row) throws {
    self.init(
      variant: try row[0], product: try row[1], merchant: try row[2],
      productName: Phrase(try row[3], try row[4]), variantName: Phrase(try row[5], try row[6]),
      merchantName: Phrase(try row[7], try row[8]), sku: try row[9],
      pack: Phrase(try row[10], try row[11]), unit: try Unit(from: row, at: 12), caseSize: try row[13],
      price: try row[14], weighed: try WeighedOffer(from: row, at: 20), picture: try row[15],
      category: try row[16],
      isListed: row.isNull(17) && row.isNull(18) && row.isNull(19))
  }
}
