import Kernel
import Web

/// A product as people send it: from the page's form, or as JSON. Both give the same draft, or problems by field.
enum ProductForm {
  /// - Throws: `form.invalid` with every wrong field.
  static func draft(_ form: Form) throws -> ProductDraft {
    var reader = FormReader(form)
    let details = details(&reader)
    var variants: [VariantDraft] = []
    for number in 0..<ProductRules.variantLimit where isFilled(number, form) {
      if let variant = variant(number, &reader) { variants.append(variant) }
    }
    if variants.isEmpty && reader.problems.isEmpty {
      reader.add("variants.0.sku", ProductRules.variantNeeded)
    }
    try reader.finish()
    guard let details else { throw Problem.internalFault }
    return ProductDraft(details: details, variants: variants)
  }

  /// What the form of this draft holds; `draft` of it gives the draft again.
  static func form(of draft: ProductDraft) -> Form {
    let details = draft.details
    var fields: [(String, String)] = [
      ("name_zh", details.name.chinese), ("name_en", details.name.typedEnglish),
      ("description_zh", details.description.chinese), ("description_en", details.description.typedEnglish),
      ("category", details.category.rawValue), ("origin_zh", details.origin.chinese),
      ("origin_en", details.origin.typedEnglish), ("certificate", details.certificate),
      ("storage", details.storage.rawValue),
      ("shelf_life_days", details.shelfLifeDays.map(String.init) ?? ""),
    ]
    fields += details.allergens.sorted().map { ("allergens", $0.rawValue) }
    for (number, variant) in draft.variants.enumerated() {
      let details = variant.details
      let values = [
        ("id", variant.id?.description ?? ""), ("sku", details.sku), ("name_zh", details.name.chinese),
        ("name_en", details.name.typedEnglish), ("pack_zh", details.pack.chinese),
        ("pack_en", details.pack.typedEnglish), ("unit", details.unit.code),
        ("case_size", String(details.caseSize)), ("gtin", details.gtin?.digits ?? ""),
        ("price", details.price.decimal), ("ended", variant.isOffered ? "" : "on"),
        ("weighed_basis", BasisChoice(details.weighed?.terms.basis).rawValue),
        ("typical_grams", details.weighed.map { String($0.terms.typicalGrams) } ?? ""),
        ("tolerance_percent", details.weighed.map { String($0.terms.tolerancePercent) } ?? ""),
        ("label_code", details.weighed?.labelCode ?? ""),
      ]
      fields += values.map { ("variants.\(number).\($0.0)", $0.1) }
    }
    return Form(fields: fields.map { Form.Field(name: $0.0, value: $0.1) })
  }

  /// How many variants a form speaks of, empty new ones included.
  static func variantCount(_ form: Form) -> Int {
    (0..<ProductRules.variantLimit).last { number in
      form.fields.contains { $0.name.hasPrefix("variants.\(number).") }
    }.map { $0 + 1 } ?? 0
  }

  private static func details(_ reader: inout FormReader) -> Product.Details? {
    let name = phrase("name", ProductRules.nameLength, &reader)
    let description = lines("description", ProductRules.descriptionLength, &reader)
    let category = reader.choice("category", of: ProductCategory.self)
    let origin = phrase("origin", ProductRules.originLength, isRequired: false, &reader)
    let allergens = reader.form.all("allergens").map(Allergen.init(rawValue:))
    if allergens.contains(nil) {
      reader.add("allergens", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    let certificate = reader.text(
      "certificate", length: 1...ProductRules.certificateLength, isRequired: false)
    let storage = reader.choice("storage", of: ProductStorage.self)
    let days = reader.integer("shelf_life_days", in: ProductRules.shelfLifeDays, isRequired: false)
    guard let name, let category, let storage else { return nil }
    return Product.Details(
      name: name, description: description, category: category, origin: origin ?? Phrase(same: ""),
      allergens: Set(allergens.compactMap(\.self)), certificate: certificate ?? "", storage: storage,
      shelfLifeDays: days.map(Int.init))
  }

  private static func variant(_ number: Int, _ reader: inout FormReader) -> VariantDraft? {
    let field = { (part: String) in "variants.\(number).\(part)" }
    let id = reader.identifier(field("id"), of: VariantKind.self, isRequired: false)
    let sku = reader.text(field("sku"), length: 1...ProductRules.skuLength)
    if let sku, !ProductRules.isArticleNumber(sku) { reader.add(field("sku"), ProductRules.numberRule) }
    let name = phrase(field("name"), ProductRules.nameLength, isRequired: false, &reader)
    let pack = phrase(field("pack"), ProductRules.packLength, isRequired: false, &reader)
    let code = reader.raw(field("unit"), isRequired: true)
    let unit = code.flatMap(Unit.withCode)
    if code != nil, unit == nil {
      reader.add(field("unit"), Phrase("请从列表里选择单位。", "Please choose the unit from the list."))
    }
    let caseSize = reader.integer(field("case_size"), in: ProductRules.caseSize, isRequired: false)
    let digits = reader.text(field("gtin"), length: 1...20, isRequired: false)
    let gtin = digits.flatMap(TradeItemNumber.init)
    if digits != nil, gtin == nil { reader.add(field("gtin"), ProductRules.gtinRule) }
    let price = reader.money(field("price"))
    if price == .zero { reader.add(field("price"), ProductRules.priceAboveZero) }
    let weighed = weighed(field, unit, &reader)
    guard let sku, let unit, let price else { return nil }
    return VariantDraft(
      id: id,
      details: Variant.Details(
        sku: sku, name: name ?? Phrase(same: ""), pack: pack ?? Phrase(same: ""), unit: unit,
        caseSize: caseSize ?? 1, gtin: gtin, price: price, weighed: weighed),
      isOffered: !reader.isTicked(field("ended")))
  }

  /// What a form asks of how a size is sold: by the unit, or by a weight.
  enum BasisChoice: String, CaseIterable {
    case none, kilogram, jin

    init(_ basis: WeighedPrice.Basis?) {
      switch basis {
      case nil: self = .none
      case .kilogram?: self = .kilogram
      case .jin?: self = .jin
      }
    }

    var basis: WeighedPrice.Basis? { WeighedPrice.Basis(rawValue: rawValue) }
  }

  private static func weighed(
    _ field: (String) -> String, _ unit: Unit?, _ reader: inout FormReader
  ) -> WeighedOffer? {
    typealias Field = WeighedOffer.Field
    let before = reader.problems.fields.count
    let parts = WeighedOffer.Parts(
      basis: reader.choice(field(Field.basis.rawValue), of: BasisChoice.self, isRequired: false)?.basis,
      typicalGrams: reader.integer(
        field(Field.typicalGrams.rawValue), in: WeighedTerms.typicalGramsRange, isRequired: false),
      tolerancePercent: reader.integer(
        field(Field.tolerancePercent.rawValue), in: WeighedTerms.toleranceRange, isRequired: false),
      labelCode: reader.text(field(Field.labelCode.rawValue), length: 1...13, isRequired: false) ?? "")
    // A part that cannot be read is told of already and looks like one that is missing.
    guard reader.problems.fields.count == before else { return nil }
    return WeighedOffer.offer(parts, unit: unit) { reader.add(field($0.rawValue), $1) }
  }

  /// A new variant of which nothing was typed is no variant; its unit is chosen beforehand, so that does not count.
  private static func isFilled(_ number: Int, _ form: Form) -> Bool {
    let typed = [
      "id", "sku", "name_zh", "name_en", "pack_zh", "pack_en", "gtin", "price", "typical_grams", "label_code",
    ]
    .map { "variants.\(number).\($0)" }
    return form.fields.contains { field in
      typed.contains(field.name) && field.value.unicodeScalars.contains { !$0.properties.isWhitespace }
    }
  }

  static func phrase(
    _ name: String, _ length: Int, isRequired: Bool = true, _ reader: inout FormReader
  ) -> Phrase? {
    let chinese = reader.text("\(name)_zh", length: 1...length, isRequired: isRequired)
    // English words are longer than Chinese ones.
    let english = reader.text("\(name)_en", length: 1...(2 * length), isRequired: false)
    if isRequired, chinese == nil { return nil }
    return Phrase.typed(chinese ?? "", english ?? "")
  }

  static func lines(_ name: String, _ length: Int, _ reader: inout FormReader) -> Phrase {
    let chinese = reader.lines("\(name)_zh", length: 1...length, isRequired: false)
    let english = reader.lines("\(name)_en", length: 1...(2 * length), isRequired: false)
    return Phrase.typed(chinese.map(ProductText.plainLines) ?? "", english.map(ProductText.plainLines) ?? "")
  }
}

extension ProductRules {
  static let variantNeeded = Phrase("至少要填一种规格。", "Please fill in at least one size.")
  static let numberRule = Phrase(
    "货号只用字母、数字和 - _ . / #，不要空格。", "An article number has letters, digits and - _ . / # only, no spaces.")
  static let gtinRule = Phrase(
    "条码应是 8、12、13 或 14 位数字，最后一位是校验位。",
    "A bar code number has 8, 12, 13 or 14 digits, the last of which checks the others.")
  static let priceAboveZero = Phrase("价格要大于 0。", "The price must be above zero.")

  /// Letters of any script, digits, and `- _ . / #`.
  static func isArticleNumber(_ text: String) -> Bool {
    !text.isEmpty && text.unicodeScalars.count <= skuLength
      && text.unicodeScalars.allSatisfy { scalar in
        scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
          || "-_./#".unicodeScalars.contains(scalar)
      }
  }
}
