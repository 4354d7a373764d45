import Interop
package import Kernel

/// The columns of a product file: what an export writes and an import reads, one variant to a line.
package enum ProductColumn: String, Sendable, CaseIterable {
  case sku
  case mainSKU = "main_sku"
  case nameZh = "name_zh"
  case nameEn = "name_en"
  case category
  case variantZh = "variant_zh"
  case variantEn = "variant_en"
  case packZh = "pack_zh"
  case packEn = "pack_en"
  case unit
  case price
  case caseSize = "case_size"
  case gtin
  case weighedBasis = "weighed_basis"
  case typicalGrams = "typical_grams"
  case tolerancePercent = "tolerance_percent"
  case labelCode = "label_code"
  case originZh = "origin_zh"
  case originEn = "origin_en"
  case storage
  case shelfLifeDays = "shelf_life_days"
  case allergens
  case certificate
  case descriptionZh = "description_zh"
  case descriptionEn = "description_en"

  package var label: Phrase {
    switch self {
    case .sku: Phrase("货号", "Article number")
    case .mainSKU: Phrase("主货号", "Main article number")
    case .nameZh: Phrase("名称", "Name in Chinese")
    case .nameEn: Phrase("英文名称", "Name in English")
    case .category: Phrase("分类", "Category")
    case .variantZh: Phrase("规格", "Size in Chinese")
    case .variantEn: Phrase("英文规格", "Size in English")
    case .packZh: Phrase("包装", "Pack in Chinese")
    case .packEn: Phrase("英文包装", "Pack in English")
    case .unit: Phrase("单位", "Unit")
    case .price: Phrase("价格", "Price")
    case .caseSize: Phrase("箱规", "Case size")
    case .gtin: Phrase("条码", "Bar code")
    case .weighedBasis: Phrase("按重量卖", "Sold by weight")
    case .typicalGrams: Phrase("每份约几克", "Grams of one piece")
    case .tolerancePercent: Phrase("上下浮动百分比", "Tolerance in per cent")
    case .labelCode: Phrase("秤签编号", "Label code")
    case .originZh: Phrase("产地", "Origin in Chinese")
    case .originEn: Phrase("英文产地", "Origin in English")
    case .storage: Phrase("储存", "Storage")
    case .shelfLifeDays: Phrase("保质期天数", "Shelf life in days")
    case .allergens: Phrase("过敏原", "Allergens")
    case .certificate: Phrase("认证", "Certificate")
    case .descriptionZh: Phrase("说明", "Description in Chinese")
    case .descriptionEn: Phrase("英文说明", "Description in English")
    }
  }

  /// What to write into the column, for the page and the template.
  var hint: Phrase {
    switch self {
    case .sku: Phrase("必填。您自己的编号，全社区不重复。", "Required. Your own number, used once in the community.")
    case .mainSKU:
      Phrase(
        "同一商品有几种规格时，都写第一种规格的货号；只有一种就空着。",
        "Where a product has several sizes, the article number of the first; empty where there is one.")
    case .nameZh: Phrase("必填。邻居看到的名字。", "Required. What neighbours read.")
    case .nameEn: Phrase("可空，空着就用中文。", "May be empty; the Chinese is shown then.")
    case .category: Phrase(ProductColumn.names(ProductCategory.allCases.map(\.name)))
    case .variantZh: Phrase("如：小份。只有一种规格就空着。", "Such as “small”; empty where there is one size.")
    case .packZh: Phrase("如：500 克/袋。", "Such as “500 g bag”.")
    case .variantEn, .packEn, .originEn, .descriptionEn: Phrase("可空。", "May be empty.")
    case .unit: Phrase(ProductColumn.names(Unit.all.map(\.name)), prefix: Phrase("必填：", "Required: "))
    case .price:
      Phrase(
        "必填。每个单位多少元，如 12.50；按重量卖的是每公斤或每斤多少元。",
        "Required. Yuan for one unit, such as 12.50; for goods by weight, for one kg or 500 g.")
    case .caseSize: Phrase("一箱几个单位；不按箱就写 1 或空着。", "Units to a case; 1 or empty where there are no cases.")
    case .gtin: Phrase("8、12、13 或 14 位；没有就空着。", "8, 12, 13 or 14 digits; empty where there is none.")
    case .weighedBasis:
      Phrase(
        ProductColumn.names(WeighedPrice.Basis.allCases.map(\.name)),
        prefix: Phrase("不按重量卖就空着：", "Empty where not: "))
    case .typicalGrams: Phrase("按重量卖的才填，整数克。", "For goods by weight, whole grams.")
    case .tolerancePercent: Phrase("按重量卖的才填，0 到 100。", "For goods by weight, 0 to 100.")
    case .labelCode: Phrase("秤签条码里商品的那几位，可空。", "The item's digits on scale labels; may be empty.")
    case .originZh: Phrase("如：浙江临安。", "Such as Lin'an, Zhejiang.")
    case .storage: Phrase(ProductColumn.names(ProductStorage.allCases.map(\.shortName)))
    case .shelfLifeDays: Phrase("整数天。", "Whole days.")
    case .allergens:
      Phrase(
        ProductColumn.names(Allergen.allCases.map(\.name)),
        prefix: Phrase("用逗号隔开；没有就空着：", "Separated by commas; empty for none: "))
    case .certificate: Phrase("证书名称和编号。", "Names of certificates with their numbers.")
    case .descriptionZh: Phrase("几句话介绍，可以分行。", "A few sentences; line ends are kept.")
    }
  }

  /// Columns that say something of the product as a whole, the same on all of its lines.
  var isOfProduct: Bool {
    switch self {
    case .nameZh, .nameEn, .category, .originZh, .originEn, .storage, .shelfLifeDays, .allergens,
      .certificate,
      .descriptionZh, .descriptionEn:
      true
    case .sku, .mainSKU, .variantZh, .variantEn, .packZh, .packEn, .unit, .price, .caseSize, .gtin,
      .weighedBasis, .typicalGrams, .tolerancePercent, .labelCode:
      false
    }
  }

  var tableColumn: Interop.TableColumn {
    Interop.TableColumn(
      rawValue, label, aliases: aliases, isRequired: [.sku, .nameZh, .unit, .price].contains(self))
  }

  private var aliases: [String] {
    switch self {
    case .sku: ["商品编码", "商品编号", "编码", "编号", "SKU", "Item number"]
    case .mainSKU: ["主编码", "Main SKU", "Parent SKU"]
    case .nameZh: ["商品名称", "品名", "中文名称", "Name", "Product name"]
    case .nameEn: ["英文名", "English name"]
    case .category: ["类别", "品类"]
    case .variantZh: ["规格名称", "Size", "Variant"]
    case .packZh: ["包装规格", "Pack"]
    case .unit: ["计量单位", "销售单位"]
    case .price: ["单价", "售价", "Unit price"]
    case .caseSize: ["每箱数量", "装箱数", "Case"]
    case .gtin: ["条形码", "商品条码", "GTIN", "EAN"]
    case .weighedBasis: ["计价重量", "Price per"]
    case .typicalGrams: ["每份克数", "单重克"]
    case .tolerancePercent: ["浮动", "Tolerance"]
    case .labelCode: ["秤签码", "PLU"]
    case .originZh: ["原产地", "Origin"]
    case .storage: ["储存方式", "贮存", "贮存条件"]
    case .shelfLifeDays: ["保质期", "保质期（天）", "Shelf life"]
    case .allergens: ["致敏物质", "过敏源"]
    case .certificate: ["证书", "认证证书", "Certificates"]
    case .descriptionZh: ["描述", "商品说明", "介绍", "Description"]
    case .variantEn, .packEn, .originEn, .descriptionEn: []
    }
  }

  private static func names(_ phrases: [Phrase]) -> Phrase {
    Phrase(
      phrases.map(\.chinese).joined(separator: "、"), phrases.map(\.english).joined(separator: "; "))
  }
}

extension Phrase {
  fileprivate init(_ phrase: Phrase, prefix: Phrase = Phrase(same: "")) {
    self.init(prefix.chinese + phrase.chinese, prefix.english + phrase.english)
  }
}

/// The cells of one line, as an export writes them.
enum ProductCells {
  static func cell(
    _ column: ProductColumn, of product: Product.Details, _ variant: Variant.Details, mainSKU: String,
    _ language: Language
  ) -> SheetTable.Cell {
    switch column {
    case .sku: .init(variant.sku)
    case .mainSKU: .init(mainSKU)
    case .nameZh: .init(product.name.chinese)
    case .nameEn: .init(product.name.typedEnglish)
    case .category: .init(product.category.name[language])
    case .variantZh: .init(variant.name.chinese)
    case .variantEn: .init(variant.name.typedEnglish)
    case .packZh: .init(variant.pack.chinese)
    case .packEn: .init(variant.pack.typedEnglish)
    case .unit: .init(variant.unit.name[language])
    case .price: .number(variant.price.decimal)
    case .caseSize: .number(String(variant.caseSize))
    case .gtin: .init(variant.gtin?.digits ?? "")
    case .weighedBasis: .init(variant.weighed?.terms.basis.name[language] ?? "")
    case .typicalGrams: variant.weighed.map { .number(String($0.terms.typicalGrams)) } ?? .empty
    case .tolerancePercent: variant.weighed.map { .number(String($0.terms.tolerancePercent)) } ?? .empty
    case .labelCode: .init(variant.weighed?.labelCode ?? "")
    case .originZh: .init(product.origin.chinese)
    case .originEn: .init(product.origin.typedEnglish)
    case .storage: .init(product.storage.shortName[language])
    case .shelfLifeDays: product.shelfLifeDays.map { .number(String($0)) } ?? .empty
    case .allergens:
      .init(
        product.allergens.sorted().map { $0.name[language] }.joined(
          separator: language == .chinese ? "、" : "; "))
    case .certificate: .init(product.certificate)
    case .descriptionZh: .init(product.description.chinese)
    case .descriptionEn: .init(product.description.typedEnglish)
    }
  }
}
