package import Database
import Interop
package import Kernel
import Security

/// Brings products in from a file and takes them out into one, for pages and for the command line.
package struct ProductImporter: Sendable {
  let database: Database
  private let reader = SheetReader()
  private let writers = BoundedThreads(threads: 1, waiting: 8)

  package init(database: Database) {
    self.database = database
  }

  /// Reads a CSV or XLSX file and says what it would do, or does it.
  ///
  /// - Parameters:
  ///   - fileName: for showing back only.
  ///   - commit: whether to store; all of the file in one transaction, or nothing when anything is wrong.
  /// - Returns: what every line does. With problems in it nothing was stored.
  /// - Throws: `file.*` when the file cannot be read at all, `form.invalid` when a required column is missing,
  ///   `not_found` when the merchant is not of this community.
  package func importProducts(
    _ bytes: [UInt8], fileName: String, merchant: MerchantID, in community: CommunityID, actor: PersonID,
    commit: Bool
  ) async throws -> ProductImportPlan {
    let rows = try await read(bytes)
    let actor = MerchantActor.program(for: merchant, person: actor)
    guard commit else {
      return try await database.read { snapshot in
        guard try snapshot.merchant(merchant, in: community) != nil else { throw Problem.notFound }
        return try snapshot.plan(rows, for: merchant, in: community)
      }
    }
    return try await database.write(in: community) { transaction in
      guard try transaction.merchant(merchant, in: community) != nil else { throw Problem.notFound }
      let plan = try transaction.plan(rows, for: merchant, in: community)
      if plan.problems.isEmpty { try transaction.apply(plan, by: actor) }
      return plan
    }
  }

  /// A merchant's products on the catalogue as a file that `importProducts` reads back as no change.
  package func export(
    _ format: TableFormat, merchant: MerchantID, in community: CommunityID, language: Language
  ) async throws -> [UInt8] {
    let products = try await database.read { snapshot in
      try snapshot.allProducts(of: merchant, in: community)
    }
    let table = ProductTable.table(products, language)
    return try await write([table], format)
  }

  /// An empty file with the headings, and for XLSX a second sheet that explains them.
  package func template(_ format: TableFormat, language: Language) async throws -> [UInt8] {
    let empty = ProductTable.table([], language)
    let tables = format == .csv ? [empty] : [empty, ProductTable.explanation(language)]
    return try await write(tables, format)
  }

  func read(_ bytes: [UInt8]) async throws -> ProductRowReader {
    guard let sheet = try await reader.read(bytes).first else { throw Problem.importEmpty }
    let rows = try ProductRowReader(sheet)
    guard rows.lineCount > 0 else { throw Problem.importEmpty }
    return rows
  }

  private func write(_ tables: [SheetTable], _ format: TableFormat) async throws -> [UInt8] {
    try await writers.run(busy: .exportBusy) {
      switch format {
      case .xlsx: try XLSXWriter.write(tables)
      case .csv: try tables.first.map { try CSVWriter().write($0) } ?? []
      }
    }
  }
}

/// The two forms of table files.
package enum TableFormat: String, Sendable, CaseIterable {
  case csv, xlsx

  var mediaType: String { self == .csv ? CSVWriter().mediaType : XLSXWriter.mediaType }
}

/// Products as a table.
enum ProductTable {
  static func table(_ products: [CatalogueProduct], _ language: Language) -> SheetTable {
    let rows = products.flatMap { product in
      let mainSKU = product.variants.count > 1 ? product.variants.first?.details.sku ?? "" : ""
      return product.variants.map { variant in
        ProductColumn.allCases.map {
          ProductCells.cell($0, of: product.product.details, variant.details, mainSKU: mainSKU, language)
        }
      }
    }
    return SheetTable(
      name: language == .chinese ? "商品" : "Products",
      headings: ProductColumn.allCases.map { $0.label[language] }, rows: rows)
  }

  static func explanation(_ language: Language) -> SheetTable {
    let headings = [Phrase("列", "Column"), Phrase("怎么填", "What to write")].map { $0[language] }
    return SheetTable(
      name: language == .chinese ? "说明" : "How to fill in", headings: headings,
      rows: ProductColumn.allCases.map { [.init($0.label[language]), .init($0.hint[language])] })
  }
}

extension Snapshot {
  /// What the rows would do to the merchant's products as they are now.
  func plan(
    _ rows: ProductRowReader, for merchant: MerchantID, in community: CommunityID
  ) throws -> ProductImportPlan {
    let numbers = Set(rows.rows.flatMap { [$0.sku, $0.mainSKU ?? $0.sku] }).sorted()
    return ProductImportPlan(rows, try importCatalogue(for: merchant, numbers: numbers, in: community))
  }
}

extension Problem {
  static let importEmpty = Problem(
    "import.empty", status: 422, Phrase("文件里没有商品。", "There are no products in the file."),
    advice: Phrase("标题行下面请至少填一行。", "Please fill in at least one line under the headings."))

  static let importGone = Problem(
    "import.gone", status: 410,
    Phrase("这个文件已经导入过，或者放得太久了。", "This file was imported already, or waited for too long."),
    advice: Phrase("请重新上传一次。", "Please send it once more."))

  static let importStale = Problem(
    "import.stale", status: 409,
    Phrase("您查看以后商品有了变化，还没有导入。", "The products changed since you looked; nothing was imported yet."),
    advice: Phrase("请看看下面新的对照，再确认一次。", "Please look at the new comparison below and confirm again."))

  static let exportBusy = Problem(
    "export.busy", status: 503, Phrase("正在生成的文件有点多。", "Many files are being made right now."),
    advice: Phrase("请过几秒再试。", "Please try again in a few seconds."), retryAfter: 5)
}
