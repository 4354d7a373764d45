import Interop
import Kernel

/// One line of a product file, each cell found good by itself. nil where the file has no such column, which keeps what
/// is stored; an empty cell clears it.
struct ProductRow: Sendable, Equatable {
  var line: Int
  var sku: String
  /// The article number of the product's first variant; nil where none is named.
  var mainSKU: String?
  /// nil only on the second and later lines of a product.
  var nameZh: String?
  var nameEn: String?
  var category: ProductCategory?
  var variantZh: String?
  var variantEn: String?
  var packZh: String?
  var packEn: String?
  var unit: Unit
  var price: Money
  var caseSize: Int64?
  var gtin: TradeItemNumber??
  var weighedBasis: WeighedPrice.Basis??
  var typicalGrams: Int64??
  var tolerancePercent: Int64??
  var labelCode: String?
  var originZh: String?
  var originEn: String?
  var storage: ProductStorage?
  var shelfLifeDays: Int??
  var allergens: Set<Allergen>?
  var certificate: String?
  var descriptionZh: String?
  var descriptionEn: String?
  /// The cells of columns that are of the whole product, as they stand in the file.
  var productCells: [ProductColumn: String]

  var namesAnother: Bool { mainSKU.map { $0 != sku } ?? false }
}

/// Reads the lines of a table into rows, and tells of everything that is wrong with which line.
struct ProductRowReader {
  private let table: TableImport
  private(set) var problems: [FieldProblem] = []
  private(set) var rows: [ProductRow] = []
  let unknownHeadings: [String]
  let lineCount: Int
  /// The first line on which each article number stands, faulty lines included.
  private(set) var lines: [String: Int] = [:]

  /// - Throws: `form.invalid` when a required column is missing or there twice.
  init(_ sheet: SheetTable) throws {
    table = try TableImport(sheet, columns: ProductColumn.allCases.map(\.tableColumn))
    unknownHeadings = table.unknownHeadings
    lineCount = sheet.rows.count
    var lines: [String: Int] = [:]
    let table = table
    let outcome = table.dryRun { row in Self.read(&row, table, &lines) }
    self.lines = lines
    rows = outcome.values.map(\.value)
    problems = outcome.problems
  }

  private static func read(
    _ row: inout ImportRow, _ table: TableImport, _ lines: inout [String: Int]
  ) -> ProductRow? {
    let sku = number(&row, &lines)
    let main = row[ProductColumn.mainSKU.rawValue]
    let isLater = !main.isEmpty && main != sku
    let nameZh =
      isLater && row[ProductColumn.nameZh.rawValue].isEmpty
      ? nil : row.required(ProductColumn.nameZh.rawValue, upTo: ProductRules.nameLength)
    checkLine(.nameZh, &row)
    let unit = unit(&row)
    let price = price(&row)
    var read = ProductRow(
      line: row.line, sku: sku ?? "", mainSKU: main.isEmpty ? nil : main,
      nameZh: nameZh.map(ProductText.trimmed), unit: unit ?? .piece, price: price ?? .zero, productCells: [:])
    readTexts(&read, &row, table)
    readFacts(&read, &row, table)
    for column in ProductColumn.allCases where column.isOfProduct && table.has(column.rawValue) {
      read.productCells[column] = row[column.rawValue]
    }
    guard sku != nil, unit != nil, price != nil, nameZh != nil || isLater else { return nil }
    return read
  }

  private static func number(_ row: inout ImportRow, _ lines: inout [String: Int]) -> String? {
    guard let sku = row.required(ProductColumn.sku.rawValue, upTo: ProductRules.skuLength) else { return nil }
    guard ProductRules.isArticleNumber(sku) else {
      row.report(ProductColumn.sku.rawValue, ProductRules.numberRule)
      return nil
    }
    if let first = lines[sku] {
      row.report(
        ProductColumn.sku.rawValue,
        Phrase("货号“\(sku)”在第 \(first) 行已经有了。", "Article number “\(sku)” stands on line \(first) already."))
      return nil
    }
    lines[sku] = row.line
    return sku
  }

  private static func unit(_ row: inout ImportRow) -> Unit? {
    guard let text = row.required(ProductColumn.unit.rawValue, upTo: 20) else { return nil }
    if let unit = Words.unit(text) { return unit }
    row.report(
      ProductColumn.unit.rawValue,
      Phrase(
        "不认识单位“\(text)”，可用：\(Unit.all.map(\.name.chinese).joined(separator: "、"))。",
        "There is no unit “\(text)”; known are \(Unit.all.map(\.name.english).joined(separator: ", "))."))
    return nil
  }

  private static func price(_ row: inout ImportRow) -> Money? {
    guard let text = row.required(ProductColumn.price.rawValue, upTo: 30) else { return nil }
    let number = text.hasSuffix("元") ? String(text.dropLast()) : text
    guard let price = Money(typed: number) else {
      row.report(
        ProductColumn.price.rawValue,
        Phrase("价格“\(text)”看不懂，请写成 12.50 这样。", "The price “\(text)” is not understood; write it like 12.50."))
      return nil
    }
    guard price > .zero else {
      row.report(ProductColumn.price.rawValue, ProductRules.priceAboveZero)
      return nil
    }
    return price
  }

  private static func readTexts(_ read: inout ProductRow, _ row: inout ImportRow, _ table: TableImport) {
    func line(_ column: ProductColumn, _ limit: Int) -> String? {
      guard table.has(column.rawValue) else { return nil }
      checkLine(column, &row)
      return ProductText.trimmed(row.optional(column.rawValue, upTo: limit) ?? "")
    }
    func text(_ column: ProductColumn, _ limit: Int) -> String? {
      guard table.has(column.rawValue) else { return nil }
      checkCharacters(column, &row)
      return ProductText.trimmed(row.optional(column.rawValue, upTo: limit) ?? "")
    }
    read.nameEn = line(.nameEn, 2 * ProductRules.nameLength)
    read.variantZh = line(.variantZh, ProductRules.nameLength)
    read.variantEn = line(.variantEn, 2 * ProductRules.nameLength)
    read.packZh = line(.packZh, ProductRules.packLength)
    read.packEn = line(.packEn, 2 * ProductRules.packLength)
    read.originZh = line(.originZh, ProductRules.originLength)
    read.originEn = line(.originEn, 2 * ProductRules.originLength)
    read.certificate = line(.certificate, ProductRules.certificateLength)
    read.descriptionZh = text(.descriptionZh, ProductRules.descriptionLength)
    read.descriptionEn = text(.descriptionEn, 2 * ProductRules.descriptionLength)
  }

  private static func readFacts(_ read: inout ProductRow, _ row: inout ImportRow, _ table: TableImport) {
    if table.has(ProductColumn.category.rawValue) {
      read.category =
        row.parsed(ProductColumn.category.rawValue, orReport: Words.unknownCategory, Words.category) ?? .other
    }
    if table.has(ProductColumn.storage.rawValue) {
      read.storage =
        row.parsed(ProductColumn.storage.rawValue, orReport: Words.unknownStorage, Words.storage) ?? .ambient
    }
    if table.has(ProductColumn.allergens.rawValue) {
      read.allergens =
        row.parsed(ProductColumn.allergens.rawValue, orReport: Words.unknownAllergen, Words.allergens) ?? []
    }
    if table.has(ProductColumn.caseSize.rawValue) {
      read.caseSize =
        row.parsed(ProductColumn.caseSize.rawValue, orReport: Words.wrongCaseSize) {
          Words.number($0, in: ProductRules.caseSize)
        } ?? 1
    }
    if table.has(ProductColumn.shelfLifeDays.rawValue) {
      read.shelfLifeDays = .some(
        row.parsed(ProductColumn.shelfLifeDays.rawValue, orReport: Words.wrongShelfLife) {
          Words.number($0, in: ProductRules.shelfLifeDays).map(Int.init)
        })
    }
    if table.has(ProductColumn.gtin.rawValue) {
      read.gtin = .some(
        row.parsed(ProductColumn.gtin.rawValue, orReport: ProductRules.gtinRule, TradeItemNumber.init))
    }
    readWeighing(&read, &row, table)
  }

  private static func readWeighing(_ read: inout ProductRow, _ row: inout ImportRow, _ table: TableImport) {
    func parsed<Value>(_ column: ProductColumn, _ rule: Phrase, _ parse: (String) -> Value?) -> Value?? {
      guard table.has(column.rawValue) else { return nil }
      return .some(row.parsed(column.rawValue, orReport: rule, parse))
    }
    read.weighedBasis = parsed(.weighedBasis, Words.unknownBasis, Words.basis)
    read.typicalGrams = parsed(.typicalGrams, WeighedOffer.typicalGramsRule) {
      Words.number($0, in: WeighedTerms.typicalGramsRange)
    }
    read.tolerancePercent = parsed(.tolerancePercent, WeighedOffer.toleranceRule) {
      Words.number($0.hasSuffix("%") ? String($0.dropLast()) : $0, in: WeighedTerms.toleranceRange)
    }
    if table.has(ProductColumn.labelCode.rawValue) {
      read.labelCode = row.optional(ProductColumn.labelCode.rawValue, upTo: 6) ?? ""
    }
  }

  private static func checkLine(_ column: ProductColumn, _ row: inout ImportRow) {
    checkCharacters(column, &row)
    if !ProductText.isOneLine(row[column.rawValue]) { row.report(column.rawValue, ProductText.oneLineRule) }
  }

  private static func checkCharacters(_ column: ProductColumn, _ row: inout ImportRow) {
    if ProductText.hasControlCharacters(row[column.rawValue]) {
      row.report(
        column.rawValue, Phrase("文字里有看不见的控制字符。", "There are control characters in the text."))
    }
  }
}

/// The words that people write into cells, in either language or as codes.
private enum Words {
  static func unit(_ text: String) -> Unit? {
    let plain = text.lowercased()
    return Unit.all.first {
      $0.code.lowercased() == plain || $0.name.chinese == text || $0.name.english == plain
    } ?? synonyms[plain]
  }

  private static let synonyms: [String: Unit] = [
    "千克": .kilogram, "kilogram": .kilogram, "g": .gram, "l": .litre, "liter": .litre, "毫升": .millilitre,
    "市斤": .jin, "jin": .jin, "件": .piece, "只": .piece, "枚": .piece, "颗": .piece, "pcs": .piece,
    "pc": .piece, "束": .bunch, "捆": .bunch,
  ]

  static func category(_ text: String) -> ProductCategory? {
    ProductCategory.allCases.first { matches(text, $0.rawValue, $0.name) }
  }

  static func storage(_ text: String) -> ProductStorage? {
    ProductStorage.allCases.first {
      matches(text, $0.rawValue, $0.name) || matches(text, $0.rawValue, $0.shortName)
    }
  }

  static func allergens(_ text: String) -> Set<Allergen>? {
    if ["无", "没有", "none"].contains(text.lowercased()) { return [] }
    var found: Set<Allergen> = []
    for part in text.split(whereSeparator: { ",，、;；/".contains($0) }) {
      let word = ProductText.trimmed(String(part))
      if word.isEmpty { continue }
      guard let allergen = Allergen.allCases.first(where: { matches(word, $0.rawValue, $0.name) }) else {
        return nil
      }
      found.insert(allergen)
    }
    return found
  }

  static func basis(_ text: String) -> WeighedPrice.Basis? {
    switch unit(text) {
    case .kilogram?: .kilogram
    case .jin?: .jin
    default: WeighedPrice.Basis.allCases.first { matches(text, $0.rawValue, $0.name) }
    }
  }

  static func number(_ text: String, in range: ClosedRange<Int64>) -> Int64? {
    guard let number = DecimalText.parse(text, decimals: 0), range.contains(number) else { return nil }
    return number
  }

  private static func matches(_ text: String, _ code: String, _ name: Phrase) -> Bool {
    let plain = text.lowercased()
    return plain == code || text == name.chinese || plain == name.english.lowercased()
  }

  private static func list(_ names: [Phrase]) -> Phrase {
    Phrase(
      "请用这些词：\(names.map(\.chinese).joined(separator: "、"))。",
      "Please use these words: \(names.map(\.english).joined(separator: "; ")).")
  }

  static let unknownCategory = list(ProductCategory.allCases.map(\.name))
  static let unknownStorage = list(ProductStorage.allCases.map(\.shortName))
  static let unknownAllergen = list(Allergen.allCases.map(\.name))
  static let unknownBasis = list(WeighedPrice.Basis.allCases.map(\.name))
  static let wrongCaseSize = Phrase("请填 1 到 10000 的整数。", "Please enter a whole number from 1 to 10000.")
  static let wrongShelfLife = Phrase("请填 1 到 3650 的整数天。", "Please enter whole days from 1 to 3650.")
}
