import Interop
package import Kernel
package import Security

/// What a product file would do to a merchant's products: worked out without changing anything, shown to the person,
/// and then done as a whole or not at all.
package struct ProductImportPlan: Sendable {
  package enum Effect: String, Sendable, CaseIterable {
    case created, changed, unchanged

    package var name: Phrase {
      switch self {
      case .created: Phrase("新增", "New")
      case .changed: Phrase("修改", "Changed")
      case .unchanged: Phrase("不变", "Unchanged")
      }
    }
  }

  /// One line of the file and what it does.
  package struct Line: Sendable, Equatable {
    package let number: Int
    package let sku: String
    package let name: Phrase
    package let effect: Effect
    /// What would differ, for lines that change something.
    package let differences: [Difference]
  }

  package struct Difference: Sendable, Equatable {
    package let column: ProductColumn
    package let before: String
    package let after: String
  }

  /// One product that the file names.
  struct Entry: Sendable {
    /// The product as it stands; nil for a new one.
    let before: CatalogueProduct?
    let draft: ProductDraft
    let change: ProductChange?

    /// A product that was off the catalogue comes back.
    var restores: Bool { before?.product.archivedAt != nil }
    var effect: Effect {
      guard let change else { return .created }
      return change.isEmpty && !restores ? .unchanged : .changed
    }
  }

  package let lines: [Line]
  /// Everything that is wrong, in the order of the lines. Nothing is stored while there is any.
  package let problems: [FieldProblem]
  /// Lines of the file that are not empty, the heading not counted.
  package let lineCount: Int
  /// Headings that mean nothing to us.
  package let unknownHeadings: [String]
  let entries: [Entry]

  /// How many lines do what; with no problem they add up to `lineCount`.
  package func count(_ effect: Effect) -> Int { lines.count { $0.effect == effect } }

  /// Names the file's effect on the catalogue as it is: a commit under the digest of a dry run does what was shown.
  package func digest(ofFile file: Digest) -> Digest {
    var fields: [[UInt8]] = [file.bytes]
    for entry in entries {
      let product = entry.before?.product
      fields.append(Array("\(entry.effect.rawValue) \(product?.id.rawValue ?? 0)".utf8))
      fields.append(Array("\(product?.changedAt.microseconds ?? 0) \(entry.restores)".utf8))
    }
    return Digest(domain: 0x50, fields: fields)
  }
}

/// What a plan must know of the catalogue: the products that a file's article numbers lead to.
struct ImportCatalogue: Sendable {
  let merchant: MerchantID
  /// The merchant's products, all their variants included.
  var products: [ProductID: CatalogueProduct] = [:]
  /// Where each article number of the file is in use already.
  var productOfNumber: [String: ProductID] = [:]
}

extension ProductImportPlan {
  init(_ reader: ProductRowReader, _ catalogue: ImportCatalogue) {
    var planner = ProductImportPlanner(reader, catalogue)
    planner.work()
    self.init(
      lines: planner.lines.sorted { $0.number < $1.number },
      problems: (reader.problems + planner.problems).sorted { ($0.line ?? 0) < ($1.line ?? 0) },
      lineCount: reader.lineCount, unknownHeadings: reader.unknownHeadings, entries: planner.entries)
  }
}

/// Gathers the rows of a file into products and compares them with what is stored.
private struct ProductImportPlanner {
  /// Which product a row belongs to.
  private enum Key: Hashable {
    case stored(ProductID)
    /// A new product, by the article number of its first variant.
    case new(String)
  }

  private let reader: ProductRowReader
  private let catalogue: ImportCatalogue
  private let rowOfNumber: [String: ProductRow]
  private(set) var problems: [FieldProblem] = []
  private(set) var entries: [ProductImportPlan.Entry] = []
  private(set) var lines: [ProductImportPlan.Line] = []

  init(_ reader: ProductRowReader, _ catalogue: ImportCatalogue) {
    self.reader = reader
    self.catalogue = catalogue
    rowOfNumber = Dictionary(reader.rows.map { ($0.sku, $0) }) { first, _ in first }
  }

  mutating func work() {
    var order: [Key] = []
    var groups: [Key: [ProductRow]] = [:]
    for row in reader.rows {
      guard let key = key(of: row) else { continue }
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(row)
    }
    for key in order { plan(key, groups[key] ?? []) }
  }

  private mutating func key(of row: ProductRow) -> Key? {
    let own = catalogue.productOfNumber[row.sku]
    if let own, catalogue.products[own] == nil {
      report(
        row, .sku,
        Phrase("货号“\(row.sku)”是别的商户在用的。", "Article number “\(row.sku)” is another merchant's."))
      return nil
    }
    guard row.namesAnother, let main = row.mainSKU else { return own.map(Key.stored) ?? .new(row.sku) }
    guard let target = target(main, row) else { return nil }
    if let own, target != .stored(own) {
      report(
        row, .mainSKU,
        Phrase(
          "货号“\(row.sku)”已经属于另一件商品，不能移过来。",
          "Article number “\(row.sku)” belongs to another product already and cannot be moved."))
      return nil
    }
    return target
  }

  /// The product whose first variant has this number.
  private mutating func target(_ main: String, _ row: ProductRow) -> Key? {
    if let product = catalogue.productOfNumber[main], catalogue.products[product] != nil {
      return .stored(product)
    }
    if let first = rowOfNumber[main] {
      guard first.namesAnother else { return .new(main) }
      report(
        row, .mainSKU,
        Phrase(
          "第 \(first.line) 行的“\(main)”自己也写了主货号；请都写第一种规格的货号。",
          "“\(main)” on line \(first.line) names a main article number itself; please write that of the first size."
        ))
      return nil
    }
    // A faulty line is told of already; what hangs on it needs no second complaint.
    if reader.lines[main] == nil {
      report(
        row, .mainSKU,
        Phrase(
          "找不到主货号“\(main)”，文件里和店里都没有。",
          "Main article number “\(main)” is neither in the file nor among your products."))
    }
    return nil
  }

  private mutating func plan(_ key: Key, _ rows: [ProductRow]) {
    guard let first = rows.first(where: { $0.nameZh != nil }) ?? rows.first, agree(rows, with: first) else {
      return
    }
    let before: CatalogueProduct? =
      if case .stored(let id) = key { catalogue.products[id] } else { nil }
    guard let details = details(first, before?.product.details) else { return }
    var variants = before.map { ProductDraft($0).variants } ?? []
    for row in ordered(rows, key) { merge(row, into: &variants) }
    guard variants.count <= ProductRules.variantLimit else {
      return report(
        first, .mainSKU,
        Phrase(
          "一件商品最多 \(ProductRules.variantLimit) 种规格。",
          "A product has at most \(ProductRules.variantLimit) sizes."))
    }
    let draft = ProductDraft(details: details, variants: variants)
    // Variants are taken from the product itself, so that none can be unknown.
    let change = before.flatMap { try? ProductChange(from: $0, to: draft) }
    let entry = ProductImportPlan.Entry(before: before, draft: draft, change: change)
    entries.append(entry)
    for row in rows { lines.append(line(row, entry)) }
  }

  /// The first variant of a new product stands first, wherever its line is.
  private func ordered(_ rows: [ProductRow], _ key: Key) -> [ProductRow] {
    guard case .new(let main) = key else { return rows }
    return rows.filter { $0.sku == main } + rows.filter { $0.sku != main }
  }

  /// Whether all lines of a product say the same of it; an empty cell on a later line agrees with everything.
  private mutating func agree(_ rows: [ProductRow], with first: ProductRow) -> Bool {
    var isAgreed = true
    for row in rows where row.line != first.line {
      for column in ProductColumn.allCases {
        guard let cell = row.productCells[column], !cell.isEmpty, cell != first.productCells[column] else {
          continue
        }
        isAgreed = false
        report(
          row, column,
          Phrase(
            "和第 \(first.line) 行是同一件商品，但“\(column.label.chinese)”不一样。",
            "The same product as on line \(first.line), but “\(column.label.english)” differs."))
      }
    }
    return isAgreed
  }

  private mutating func details(_ row: ProductRow, _ stored: Product.Details?) -> Product.Details? {
    guard let name = row.nameZh ?? stored?.name.chinese else {
      report(row, .nameZh, Phrase("“名称”没有填。", "“Name in Chinese” is empty."))
      return nil
    }
    return Product.Details(
      name: phrase(name, row.nameEn, stored?.name),
      description: phrase(row.descriptionZh, row.descriptionEn, stored?.description),
      category: row.category ?? stored?.category ?? .other,
      origin: phrase(row.originZh, row.originEn, stored?.origin),
      allergens: row.allergens ?? stored?.allergens ?? [],
      certificate: row.certificate ?? stored?.certificate ?? "",
      storage: row.storage ?? stored?.storage ?? .ambient,
      shelfLifeDays: row.shelfLifeDays ?? stored?.shelfLifeDays)
  }

  private mutating func merge(_ row: ProductRow, into variants: inout [VariantDraft]) {
    let position = variants.firstIndex { $0.details.sku == row.sku }
    let stored = position.map { variants[$0].details }
    let details = Variant.Details(
      sku: row.sku, name: phrase(row.variantZh, row.variantEn, stored?.name),
      pack: phrase(row.packZh, row.packEn, stored?.pack), unit: row.unit,
      caseSize: row.caseSize ?? stored?.caseSize ?? 1, gtin: row.gtin ?? stored?.gtin, price: row.price,
      weighed: weighed(row, stored?.weighed))
    if let position {
      variants[position].details = details
      variants[position].isOffered = true
    } else {
      variants.append(VariantDraft(details: details))
    }
  }

  private mutating func weighed(_ row: ProductRow, _ stored: WeighedOffer?) -> WeighedOffer? {
    var parts = WeighedOffer.Parts(stored)
    if let basis = row.weighedBasis { parts.basis = basis }
    if let grams = row.typicalGrams { parts.typicalGrams = grams }
    if let tolerance = row.tolerancePercent { parts.tolerancePercent = tolerance }
    if let code = row.labelCode { parts.labelCode = code }
    var found: [(ProductColumn, Phrase)] = []
    let offer = WeighedOffer.offer(parts, unit: row.unit) { field, message in
      if let column = ProductColumn(rawValue: field.rawValue) { found.append((column, message)) }
    }
    for (column, message) in found { report(row, column, message) }
    return offer
  }

  /// A column that the file has not keeps what is stored; an English that repeated the Chinese follows it.
  private func phrase(_ chinese: String?, _ english: String?, _ stored: Phrase?) -> Phrase {
    Phrase.typed(chinese ?? stored?.chinese ?? "", english ?? stored?.typedEnglish ?? "")
  }

  private func line(_ row: ProductRow, _ entry: ProductImportPlan.Entry) -> ProductImportPlan.Line {
    let after = entry.draft.variants.first { $0.details.sku == row.sku }
    let before = entry.before?.variants.first { $0.details.sku == row.sku }
    var differences: [ProductImportPlan.Difference] = []
    if let before, let after, let product = entry.before?.product.details {
      differences = ProductColumn.allCases.compactMap { column in
        let old = ProductCells.cell(column, of: product, before.details, mainSKU: "", .chinese).text
        let new = ProductCells.cell(column, of: entry.draft.details, after.details, mainSKU: "", .chinese)
          .text
        return old == new ? nil : .init(column: column, before: old, after: new)
      }
    }
    let comesBack = entry.restores || before?.archivedAt != nil
    let effect: ProductImportPlan.Effect =
      before == nil ? .created : differences.isEmpty && !comesBack ? .unchanged : .changed
    return ProductImportPlan.Line(
      number: row.line, sku: row.sku, name: entry.draft.details.name, effect: effect,
      differences: differences)
  }

  private mutating func report(_ row: ProductRow, _ column: ProductColumn, _ message: Phrase) {
    problems.append(FieldProblem(column.rawValue, line: row.line, message))
  }
}
