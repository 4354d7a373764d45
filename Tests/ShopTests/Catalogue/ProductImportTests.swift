import Database
import Interop
import Kernel
import TestKit
import Testing

@testable import Shop

@Suite struct ProductImportTests {
  private static func csv(_ lines: String...) -> [UInt8] {
    Array((["货号,名称,单位,价格,箱规"] + lines).joined(separator: "\n").utf8)
  }

  private static func run(
    _ bytes: [UInt8], _ shop: CatalogueShop, merchant: MerchantID = CatalogueShop.farm,
    in community: CommunityID = CatalogueShop.here, commit: Bool
  ) async throws -> ProductImportPlan {
    try await ProductImporter(database: shop.database).importProducts(
      bytes, fileName: "商品.csv", merchant: merchant, in: community, actor: CatalogueShop.farmer,
      commit: commit)
  }

  private static func catalogue(
    of merchant: MerchantID = CatalogueShop.farm, in community: CommunityID = CatalogueShop.here,
    _ shop: CatalogueShop
  ) async throws -> [ProductDraft] {
    let products = try await shop.database.read { try $0.allProducts(of: merchant, in: community) }
    return products.map { product in
      ProductDraft(
        details: product.product.details, variants: product.variants.map { VariantDraft(details: $0.details) }
      )
    }
  }

  @Test(
    "What an export writes, an import reads: no change where it came from, the same catalogue in an empty shop",
    arguments: TestEngine.available, [UInt64](1...6))
  func roundTrip(engine: TestEngine, seed: UInt64) async throws {
    try await CatalogueShop.with(engine) { shop in
      var random = SeededGenerator(seed: seed)
      let drafts = (0..<Int.random(in: 1...12, using: &random)).map { random.draft($0) }
      for draft in drafts {
        shop.clock.advance(by: .seconds(1))
        try await shop.create(draft)
      }
      let original = try await Self.catalogue(shop)
      #expect(original == drafts)
      let format = random.pick(TableFormat.allCases)
      let file = try await ProductImporter(database: shop.database).export(
        format, merchant: CatalogueShop.farm, in: CatalogueShop.here, language: random.pick(Language.allCases)
      )

      let again = try await Self.run(file, shop, commit: true)
      #expect(again.problems == [])
      #expect(again.count(.unchanged) == again.lineCount)
      #expect(again.lineCount == drafts.reduce(0) { $0 + $1.variants.count })

      let moved = try await Self.run(
        file, shop, merchant: CatalogueShop.farElsewhere, in: CatalogueShop.elsewhere, commit: true)
      #expect(moved.problems == [])
      #expect(moved.count(.created) == moved.lineCount)
      let copy = try await Self.catalogue(of: CatalogueShop.farElsewhere, in: CatalogueShop.elsewhere, shop)
      #expect(copy == original)
    }
  }

  @Test("A dry run changes nothing, and a commit does exactly what it said", arguments: TestEngine.available)
  func dryRun(engine: TestEngine) async throws {
    try await CatalogueShop.with(engine) { shop in
      let kept = try await shop.create(CatalogueShop.plain("A1"))
      let file = Self.csv("A1,青菜,袋,3.80,1", "B1,菠菜,把,2.50,10", "C1,土豆,斤,1.90,1")
      let dry = try await Self.run(file, shop, commit: false)
      #expect(dry.lines.map(\.effect) == [.changed, .created, .created])
      #expect(dry.lines[0].differences.map { "\($0.column) \($0.before) \($0.after)" } == ["price 3.50 3.80"])
      #expect(try await Self.catalogue(shop).count == 1)

      let done = try await Self.run(file, shop, commit: true)
      #expect(done.lines == dry.lines)
      #expect(
        try await Self.catalogue(shop).flatMap(\.variants).map(\.details.price) == [
          .fen(380), .fen(250), .fen(190),
        ])
      #expect(
        try await shop.traces(of: kept.product.id.rawValue).audit == [
          "shop.product_create", "shop.product_change",
        ])
      #expect(try await shop.traces(of: CatalogueShop.farm.rawValue).audit == ["shop.product_import"])
      let found = try await shop.database.read {
        try $0.searchProducts("菠菜", in: CatalogueShop.here, limit: 5).elements.map(\.product.name.chinese)
      }
      #expect(found == ["菠菜"])
      #expect(try await Self.run(file, shop, commit: true).count(.unchanged) == 3)
    }
  }

  @Test("One wrong line stores nothing of the file", arguments: TestEngine.available)
  func allOrNothing(engine: TestEngine) async throws {
    try await CatalogueShop.with(engine) { shop in
      try await shop.create(CatalogueShop.plain("A1"))
      let before = try await Self.catalogue(shop)
      for wrong in ["B1,菠菜,把,二块五,10", "B1,菠菜,把,0,10", "B1,菠菜,光年,2,10", "A1,青菜,袋,4,1", ",菠菜,把,2,10"] {
        let plan = try await Self.run(Self.csv("A1,青菜,袋,3.80,1", wrong, "C1,土豆,斤,1.90,1"), shop, commit: true)
        #expect(plan.problems.map(\.line) == [3], "\(wrong)")
        #expect(try await Self.catalogue(shop) == before, "\(wrong)")
      }
    }
  }

  @Test(
    "Goods by weight are imported, changed and taken back, and half of what they need is told by its line",
    arguments: TestEngine.available)
  func weighed(engine: TestEngine) async throws {
    func file(_ lines: String...) -> [UInt8] {
      Array((["货号,名称,单位,价格,按重量卖,每份约几克,上下浮动百分比,秤签编号"] + lines).joined(separator: "\n").utf8)
    }
    try await CatalogueShop.with(engine) { shop in
      func offers() async throws -> [WeighedOffer?] {
        try await Self.catalogue(shop).flatMap(\.variants).map(\.details.weighed)
      }
      let ribs = WeighedTerms(per: .jin, typicalGrams: 500, tolerancePercent: 10).flatMap {
        WeighedOffer($0, labelCode: "00042")
      }
      _ = try await Self.run(file("R1,小排,盒,28.80,斤,500,10%,00042"), shop, commit: true)
      #expect(try await offers() == [ribs])
      let dry = try await Self.run(file("R1,小排,盒,57.60,公斤,500,10,00042"), shop, commit: false)
      #expect(dry.lines.first?.differences.map(\.column) == [.price, .weighedBasis])
      // A file without these columns keeps them; empty cells take them back.
      _ = try await Self.run(Self.csv("R1,小排,盒,29.80,1"), shop, commit: true)
      #expect(try await offers() == [ribs])
      for (line, fields) in [
        ("R1,小排,盒,28.80,,500,,", ["weighed_basis"]), ("R1,小排,盒,28.80,斤,,10,", ["typical_grams"]),
        ("R1,小排,盒,28.80,斤,半斤,10,", ["typical_grams", "typical_grams"]),
        ("R1,小排,盒,28.80,斤,500,101,", ["tolerance_percent", "tolerance_percent"]),
        ("R1,小排,公斤,28.80,公斤,500,10,", ["weighed_basis"]), ("R1,小排,盒,28.80,两,500,10,", ["weighed_basis"]),
        ("R1,小排,盒,28.80,斤,500,10,42a", ["label_code"]),
      ] {
        let plan = try await Self.run(file(line), shop, commit: true)
        #expect(plan.problems.allSatisfy { $0.line == 2 })
        #expect(Set(plan.problems.map(\.field)) == Set(fields), "\(line)")
        #expect(try await offers() == [ribs], "\(line)")
      }
      _ = try await Self.run(file("R1,小排,盒,28.80,,,,"), shop, commit: true)
      #expect(try await offers() == [nil])
    }
  }

  @Test("GB18030 is read as it was meant", arguments: TestEngine.available)
  func chineseEncoding(engine: TestEngine) async throws {
    try await CatalogueShop.with(engine) { shop in
      let text = String(decoding: Self.csv("A1,㐀镕鸡毛菜,袋,3.80,1"), as: UTF8.self)
      let bytes = try TextEncodingDetector.encode(text, as: .gb18030)
      #expect(String(validating: bytes, as: UTF8.self) == nil)
      _ = try await Self.run(bytes, shop, commit: true)
      #expect(try await Self.catalogue(shop).map(\.details.name.chinese) == ["㐀镕鸡毛菜"])
    }
  }

  @Test("A merchant's file cannot touch another's products", arguments: TestEngine.available)
  func foreign(engine: TestEngine) async throws {
    try await CatalogueShop.with(engine) { shop in
      try await shop.create(CatalogueShop.plain("A1"), of: CatalogueShop.otherFarm)
      let plan = try await Self.run(Self.csv("A1,青菜,袋,1,1"), shop, commit: true)
      #expect(plan.problems.map(\.field) == ["sku"])
      let elsewhere = await catalogueProblem {
        _ = try await Self.run(
          Self.csv("A9,青菜,袋,1,1"), shop, merchant: CatalogueShop.farElsewhere, commit: true)
      }
      #expect(elsewhere?.code == "not_found")
    }
  }

  @Test("A few thousand lines go in at once and come out the same", arguments: TestEngine.available)
  func many(engine: TestEngine) async throws {
    try await CatalogueShop.with(engine) { shop in
      let lines = (0..<3000).map { (number: Int) -> String in
        "N\(number),菜\(number),袋,\(number % 90 + 1).25,1"
      }
      let file = Array((["货号,名称,单位,价格,箱规"] + lines).joined(separator: "\n").utf8)
      #expect(try await Self.run(file, shop, commit: true).count(.created) == 3000)
      let cheaper = Array(
        String(decoding: file, as: UTF8.self).replacing(".25,", with: ".15,").utf8)
      #expect(try await Self.run(cheaper, shop, commit: true).count(.changed) == 3000)
      let prices = try await Self.catalogue(shop).map { $0.variants[0].details.price.minorUnits }
      let expected: [Int64] = (0..<3000).map { (number: Int64) in (number % 90 + 1) * 100 + 15 }
      #expect(prices == expected)
    }
  }

  @Test(arguments: TableFormat.allCases, Language.allCases)
  func `a template is read as an empty table with every column known`(
    format: TableFormat, language: Language
  ) async throws {
    try await CatalogueShop.with(.sqlite) { shop in
      let bytes = try await ProductImporter(database: shop.database).template(format, language: language)
      let sheet = try #require(try SheetReader.readNow(bytes).first)
      let reader = try ProductRowReader(sheet)
      #expect(reader.unknownHeadings == [])
      #expect(reader.lineCount == 0)
      #expect(sheet.headings.count == ProductColumn.allCases.count)
    }
  }
}
