import Kernel
import Web

/// A product as programs send and read it.
enum ProductJSON {
  /// - Throws: `form.invalid` with every wrong, missing or unknown field.
  static func draft(_ body: inout JSONObject) throws -> ProductDraft {
    let name = line("name", length: 1...ProductRules.nameLength * 2, &body)
    let description = body.phrase(
      "description", length: 0...ProductRules.descriptionLength * 2, isRequired: false)
    let category = body.choice("category", of: ProductCategory.self)
    let origin = line("origin", length: 0...ProductRules.originLength * 2, &body)
    let allergens = body.choices("allergens", of: Allergen.self, isRequired: false)
    let certificate = body.string(
      "certificate", length: 0...ProductRules.certificateLength, isRequired: false)
    if let certificate, !ProductText.isOneLine(certificate) {
      body.add("certificate", ProductText.oneLineRule)
    }
    let storage = body.choice("storage", of: ProductStorage.self, isRequired: false)
    let days = body.integer("shelf_life_days", in: ProductRules.shelfLifeDays, isRequired: false)
    let variants = body.objects("variants", count: 1...ProductRules.variantLimit, variant)
    try body.finish()
    guard let name, let category, let variants else { throw Problem.internalFault }
    return ProductDraft(
      details: Product.Details(
        name: name, description: ProductText.trimmed(description ?? Phrase(same: "")), category: category,
        origin: origin ?? Phrase(same: ""), allergens: allergens ?? [],
        certificate: ProductText.trimmed(certificate ?? ""),
        storage: storage ?? .ambient, shelfLifeDays: days.map(Int.init)),
      variants: variants)
  }

  private static func variant(_ body: inout JSONObject) -> VariantDraft? {
    let id = body.identifier("id", of: VariantKind.self, isRequired: false)
    let sku = body.string("sku", length: 1...ProductRules.skuLength)
    if let sku, !ProductRules.isArticleNumber(sku) { body.add("sku", ProductRules.numberRule) }
    let name = line("name", length: 0...ProductRules.nameLength * 2, &body)
    let pack = line("pack", length: 0...ProductRules.packLength * 2, &body)
    let code = body.string("unit", length: 1...8)
    let unit = code.flatMap(Unit.withCode)
    if code != nil, unit == nil {
      let codes = Unit.all.map(\.code).joined(separator: ", ")
      body.add("unit", Phrase("应是其中之一：\(codes)。", "This should be one of: \(codes)."))
    }
    let caseSize = body.integer("case_size", in: ProductRules.caseSize, isRequired: false)
    let digits = body.string("gtin", length: 8...14, isRequired: false)
    let gtin = digits.flatMap(TradeItemNumber.init)
    if digits != nil, gtin == nil { body.add("gtin", ProductRules.gtinRule) }
    let price = body.money("price")
    if let price, !ProductRules.prices.contains(price.minorUnits) {
      body.add("price", ProductRules.priceAboveZero)
    }
    let isOffered = body.bool("offered", isRequired: false)
    let weighed = weighed(unit, &body)
    guard let sku, let unit, let price else { return nil }
    return VariantDraft(
      id: id,
      details: Variant.Details(
        sku: sku, name: name ?? Phrase(same: ""), pack: pack ?? Phrase(same: ""), unit: unit,
        caseSize: caseSize ?? 1, gtin: gtin, price: price, weighed: weighed),
      isOffered: isOffered ?? true)
  }

  private static func weighed(_ unit: Unit?, _ body: inout JSONObject) -> WeighedOffer? {
    let before = body.problems.fields.count
    let parts = WeighedOffer.Parts(
      basis: body.choice("weighed_basis", of: WeighedPrice.Basis.self, isRequired: false),
      typicalGrams: body.integer(
        "typical_grams", in: WeighedTerms.typicalGramsRange, isRequired: false),
      tolerancePercent: body.integer(
        "tolerance_percent", in: WeighedTerms.toleranceRange, isRequired: false),
      labelCode: body.string("label_code", length: 0...6, isRequired: false) ?? "")
    // A part that cannot be read is told of already and looks like one that is missing.
    guard body.problems.fields.count == before else { return nil }
    return WeighedOffer.offer(parts, unit: unit) { body.add($0.rawValue, $1) }
  }

  /// One line in both languages, without spaces round it.
  private static func line(_ name: String, length: ClosedRange<Int>, _ body: inout JSONObject) -> Phrase? {
    let isRequired = length.lowerBound > 0
    guard let phrase = body.phrase(name, length: length, isRequired: isRequired) else { return nil }
    let trimmed = ProductText.trimmed(phrase)
    if !ProductText.isOneLine(trimmed.chinese) || !ProductText.isOneLine(trimmed.english) {
      body.add(name, ProductText.oneLineRule)
    } else if isRequired, trimmed.chinese.isEmpty {
      body.add(name, Phrase("必须填写。", "This is required."))
    }
    return trimmed
  }

  static func write(_ found: CatalogueProduct, to json: inout JSONWriter) {
    let product = found.product
    json.object { json in
      json.field("id", product.id)
      json.object("merchant") { json in
        json.field("id", product.merchant)
        json.field("name", found.merchantName)
      }
      json.field("name", product.details.name)
      json.field("description", product.details.description)
      json.field("category", product.details.category.rawValue)
      json.field("origin", product.details.origin)
      json.array("allergens", product.details.allergens.sorted().map(\.rawValue))
      json.field("certificate", product.details.certificate)
      json.field("storage", product.details.storage.rawValue)
      json.field("shelf_life_days", product.details.shelfLifeDays)
      json.field("picture", product.picture)
      json.field("changed_at", product.changedAt)
      json.field("archived_at", product.archivedAt)
      json.array("variants", found.variants) { json, variant in
        json.object { json in write(variant, to: &json) }
      }
    }
  }

  private static func write(_ variant: Variant, to json: inout JSONWriter) {
    let details = variant.details
    json.field("id", variant.id)
    json.field("sku", details.sku)
    json.field("name", details.name)
    json.field("pack", details.pack)
    json.field("unit", details.unit.code)
    json.field("case_size", details.caseSize)
    json.field("gtin", details.gtin?.digits)
    json.field("price", details.price)
    json.field("offered", variant.archivedAt == nil)
    write(details.weighed, to: &json)
  }
}

extension ProductJSON {
  /// Writes how goods are sold by weight into the object that is open; nothing for others.
  static func write(_ weighed: WeighedOffer?, to json: inout JSONWriter) {
    guard let weighed else { return }
    json.field("weighed_basis", weighed.terms.basis.rawValue)
    json.field("typical_grams", weighed.terms.typicalGrams)
    json.field("tolerance_percent", weighed.terms.tolerancePercent)
    json.field("label_code", weighed.labelCode)
  }

  /// There for goods that are sold by weight; the price is then for that weight.
  static let weighed: [Schema.Property] = [
    .init("weighed_basis", .enumeration(WeighedPrice.Basis.allCases.map(\.rawValue)), isRequired: false),
    .init("typical_grams", .integer(WeighedTerms.typicalGramsRange), isRequired: false),
    .init("tolerance_percent", .integer(WeighedTerms.toleranceRange), isRequired: false),
    .init("label_code", .string(length: 0...6), isRequired: false),
  ]
}

// The same shapes, as the OpenAPI document states them.
extension ProductJSON {
  static let product = Schema.named(
    "Product",
    .object([
      .init("id", .identifier),
      .init("merchant", .object([.init("id", .identifier), .init("name", .phrase)])),
      .init("name", .phrase), .init("description", .phrase), .init("category", category),
      .init("origin", .phrase), .init("allergens", .array(allergen)), .init("certificate", .string()),
      .init("storage", storage), .init("shelf_life_days", .nullable(.integer(ProductRules.shelfLifeDays))),
      .init("picture", .nullable(.identifier)), .init("changed_at", .timestamp),
      .init("archived_at", .nullable(.timestamp)),
      .init(
        "variants",
        .array(
          .named(
            "Variant",
            .object(
              [
                .init("id", .identifier), .init("sku", .string()), .init("name", .phrase),
                .init("pack", .phrase), .init("unit", unit),
                .init("case_size", .integer(ProductRules.caseSize)),
                .init("gtin", .nullable(.string())), .init("price", .money), .init("offered", .boolean),
              ] + weighed)))),
    ]))

  static let page = Schema.object([
    .init("products", .array(product)), .init("next_cursor", .nullable(.string())),
  ])

  /// What is sent to create a product.
  static let newProduct = Schema.named("NewProduct", .object([.init("merchant", .identifier)] + sent))

  /// What is sent to change one.
  static let changedProduct = Schema.named(
    "ChangedProduct", .object([.init("changed_at", .timestamp)] + sent))

  private static let sent: [Schema.Property] = [
    .init("name", text(1...ProductRules.nameLength * 2)),
    .init("description", text(0...ProductRules.descriptionLength * 2), isRequired: false),
    .init("category", category),
    .init("origin", text(0...ProductRules.originLength * 2), isRequired: false),
    .init("allergens", .array(allergen), isRequired: false),
    .init("certificate", .string(length: 0...ProductRules.certificateLength), isRequired: false),
    .init("storage", storage, isRequired: false),
    .init("shelf_life_days", .nullable(.integer(ProductRules.shelfLifeDays)), isRequired: false),
    .init("variants", .array(sentVariant, count: 1...ProductRules.variantLimit)),
  ]

  private static let sentVariant = Schema.object(
    [
      .init("id", .nullable(.identifier), isRequired: false),
      .init("sku", .string(length: 1...ProductRules.skuLength)),
      .init("name", text(0...ProductRules.nameLength * 2), isRequired: false),
      .init("pack", text(0...ProductRules.packLength * 2), isRequired: false), .init("unit", unit),
      .init("case_size", .nullable(.integer(ProductRules.caseSize)), isRequired: false),
      .init("gtin", .nullable(.string(length: 8...14)), isRequired: false),
      .init(
        "price",
        .object([.init("amount", .integer(ProductRules.prices)), .init("currency", .enumeration(["CNY"]))])),
      .init("offered", .boolean, isRequired: false),
    ] + weighed)

  private static let category = Schema.enumeration(ProductCategory.allCases.map(\.rawValue))
  private static let allergen = Schema.enumeration(Allergen.allCases.map(\.rawValue))
  private static let storage = Schema.enumeration(ProductStorage.allCases.map(\.rawValue))
  private static let unit = Schema.enumeration(Unit.all.map(\.code))

  private static func text(_ length: ClosedRange<Int>) -> Schema {
    .object([.init("zh", .string(length: length)), .init("en", .string(length: length))])
  }
}

extension ProductRules {
  /// Fen that one unit may cost: above zero, below what people can type.
  package static let prices: ClosedRange<Int64> = 1...999_999_999
}
