import Interop
import Kernel
import Security
import TestKit
import Testing

@testable import Shop

/// The rules of an import, without a database.
@Suite struct ProductImportPlanTests {
  private static func plan(
    _ text: String, _ catalogue: ImportCatalogue = ImportCatalogue(merchant: CatalogueShop.farm)
  ) throws -> ProductImportPlan {
    let sheet = try #require(try SheetReader.readNow(Array(text.utf8)).first)
    return ProductImportPlan(try ProductRowReader(sheet), catalogue)
  }

  private static func problems(_ text: String) throws -> [String] {
    try plan(text).problems.map { "\($0.line ?? 0) \($0.field)" }
  }

  /// A catalogue that holds one product with these sizes.
  private static func stored(
    _ draft: ProductDraft, id: Int64 = 1, merchant: MerchantID = CatalogueShop.farm, archived: Bool = false
  ) -> ImportCatalogue {
    let product = Product(
      id: ProductID(rawValue: id), community: CatalogueShop.here, merchant: merchant, details: draft.details,
      createdAt: CatalogueShop.start, changedAt: CatalogueShop.start,
      archivedAt: archived ? CatalogueShop.start : nil)
    let variants = draft.variants.enumerated().map {
      Variant(id: VariantID(rawValue: Int64($0.offset + 1)), product: product.id, details: $0.element.details)
    }
    var catalogue = ImportCatalogue(merchant: CatalogueShop.farm)
    for variant in variants { catalogue.productOfNumber[variant.details.sku] = product.id }
    if merchant == CatalogueShop.farm {
      catalogue.products[product.id] = CatalogueProduct(
        product: product, merchantName: Phrase("园", "Garden"), variants: variants)
    }
    return catalogue
  }

  @Test(arguments: [
    "货号,名称,单位,价格(元)\nA1,青菜,袋,3.50\n", "Article number;Name;Unit;Price\nA1;青菜;bag;3.50\n",
    "SKU\t品名\t计量单位\t单价\nA1\t青菜\tXBG\t¥3.50元\n", "* 货 号,商品名称,UNIT,售价（元）\r\nA1,青菜,BAG,３.５\r\n",
  ])
  func `headings and words are understood in Chinese and in English`(file: String) throws {
    let plan = try Self.plan(file)
    #expect(plan.problems == [])
    #expect(plan.unknownHeadings == [])
    let variant = try #require(plan.entries.first?.draft.variants.first?.details)
    #expect(variant == Variant.Details(sku: "A1", unit: .bag, price: .fen(350)))
    #expect(plan.lines.map(\.effect) == [.created])
  }

  @Test func `every heading of both languages and every code is the heading of its own column alone`() {
    var seen: [String: ProductColumn] = [:]
    for column in ProductColumn.allCases {
      for heading in [column.rawValue, column.label.chinese, column.label.english] {
        let other = seen.updateValue(column, forKey: heading.lowercased())
        #expect(other == nil || other == column, "\(heading)")
      }
    }
  }

  @Test func `a missing or doubled column is named, an unknown one told`() throws {
    #expect(throws: Problem.self) { try Self.plan("货号,名称,单位\nA1,青菜,袋\n") }
    #expect(throws: Problem.self) { try Self.plan("货号,名称,单位,价格,单价\nA1,青菜,袋,3,4\n") }
    #expect(try Self.plan("货号,名称,单位,价格,颜色\nA1,青菜,袋,3,绿\n").unknownHeadings == ["颜色"])
  }

  @Test(arguments: [
    "", "0", "0.00", "-3", "3,50", "abc", "3.505", "1e2", "免费", "3.5.0", "NaN", "10000000", "=1+1",
  ])
  func `a bad price is a problem on its line and never becomes zero`(price: String) throws {
    let plan = try Self.plan("货号,名称,单位,价格\nA1,青菜,袋,\"\(price)\"\nA2,菠菜,袋,2\n")
    #expect(plan.problems.map(\.line) == [2])
    #expect(plan.problems.map(\.field) == ["price"])
    #expect(plan.lines.map(\.number) == [3])
    #expect(plan.lineCount == 2)
  }

  @Test(arguments: [
    ("A 1,青菜,袋,3", "2 sku"), (",青菜,袋,3", "2 sku"), ("A1,,袋,3", "2 name_zh"), ("A1,青菜,,3", "2 unit"),
    ("A1,青菜,千米,3", "2 unit"), ("A1,\"青\n菜\",袋,3", "2 name_zh"), ("A1,青\u{7}菜,袋,3", "2 name_zh"),
  ])
  func `a cell that cannot be used is named by line and column`(line: String, problem: String) throws {
    #expect(try Self.problems("货号,名称,单位,价格\n\(line)\n") == [problem])
  }

  @Test(arguments: [
    ("category", "石头"), ("storage", "晒着"), ("allergens", "花生、石头"), ("case_size", "0"), ("case_size", "1.5"),
    ("shelf_life_days", "很久"), ("gtin", "6901234567893"),
  ])
  func `a fact that is not understood is a problem, not a guess`(column: String, value: String) throws {
    let file = "货号,名称,单位,价格,\(column)\nA1,青菜,袋,3,\"\(value)\"\n"
    #expect(try Self.problems(file) == ["2 \(column)"])
  }

  @Test func `one article number on two lines is a problem on the second`() throws {
    let file = "货号,名称,单位,价格\nA1,青菜,袋,3\n\nA2,菠菜,袋,3\nA1,青菜,袋,4\n"
    let plan = try Self.plan(file)
    #expect(plan.problems.map { "\($0.line ?? 0) \($0.field)" } == ["5 sku"])
    #expect(plan.problems.first?.message.chinese.contains("第 2 行") == true)
  }

  @Test func `lines with one main article number are one product, its first size first wherever it stands`()
    throws
  {
    let plan = try Self.plan(
      "货号,主货号,名称,规格,单位,价格\nA2,A1,鸡蛋,大份,盒,20\nB1,,菠菜,,袋,3\nA1,,鸡蛋,小份,盒,12\nA3,A1,,特大,盒,30\n")
    #expect(plan.problems == [])
    #expect(plan.entries.map { $0.draft.variants.map(\.details.sku) } == [["A1", "A2", "A3"], ["B1"]])
    #expect(plan.count(.created) == 4)
  }

  @Test func `a later line that says something else of the same product is a problem`() throws {
    let head = "货号,主货号,名称,产地,单位,价格\n"
    #expect(try Self.problems(head + "A1,,鸡蛋,崇明,盒,12\nA2,A1,鸭蛋,,盒,20\n") == ["3 name_zh"])
    #expect(try Self.problems(head + "A1,,鸡蛋,崇明,盒,12\nA2,A1,鸡蛋,南汇,盒,20\n") == ["3 origin_zh"])
    #expect(try Self.problems(head + "A1,,鸡蛋,崇明,盒,12\nA2,A1,鸡蛋,,盒,20\n") == [])
  }

  @Test func `a main article number must lead to a product's first size`() throws {
    let head = "货号,主货号,名称,单位,价格\n"
    #expect(try Self.problems(head + "A1,A9,鸡蛋,盒,12\n") == ["2 main_sku"])
    #expect(try Self.problems(head + "A1,A2,鸡蛋,盒,12\nA2,A3,鸡蛋,盒,12\nA3,,鸡蛋,盒,12\n") == ["2 main_sku"])
    // What hangs on a faulty line is not complained of a second time.
    #expect(try Self.problems(head + "A1,,鸡蛋,盒,坏\nA2,A1,鸡蛋,盒,12\n") == ["2 price"])
  }

  @Test func `an absent column keeps what is stored and an empty cell clears it`() throws {
    var draft = CatalogueShop.plain("A1")
    draft.details.certificate = "绿色食品 123"
    let catalogue = Self.stored(draft)
    let kept = try Self.plan("货号,名称,英文名称,单位,价格\nA1,青菜,Greens A1,袋,3.50\n", catalogue)
    #expect(kept.lines.map(\.effect) == [.unchanged])
    let cleared = try Self.plan("货号,名称,英文名称,单位,价格,认证\nA1,青菜,Greens A1,袋,3.50,\n", catalogue)
    #expect(cleared.lines.map(\.effect) == [.changed])
    #expect(cleared.lines.first?.differences.map(\.column) == [.certificate])
    #expect(cleared.entries.first?.draft.details.certificate == "")
  }

  @Test func `an English name that only repeated the Chinese follows it`() throws {
    var draft = CatalogueShop.plain("A1")
    draft.details.name = Phrase(same: "青菜")
    let plan = try Self.plan("货号,名称,单位,价格\nA1,小青菜,袋,3.50\n", Self.stored(draft))
    #expect(plan.entries.first?.draft.details.name == Phrase(same: "小青菜"))
  }

  @Test func `another merchant's article number is refused, and a size cannot move to another product`()
    throws
  {
    let file = "货号,名称,单位,价格\nA1,青菜,袋,3.50\n"
    let foreign = try Self.plan(
      file, Self.stored(CatalogueShop.plain("A1"), merchant: CatalogueShop.otherFarm))
    #expect(foreign.problems.map(\.field) == ["sku"])
    let moved = try Self.plan(
      "货号,主货号,名称,单位,价格\nA1,B1,青菜,袋,3.50\nB1,,菠菜,袋,2\n", Self.stored(CatalogueShop.plain("A1")))
    #expect(moved.problems.map { "\($0.line ?? 0) \($0.field)" } == ["2 main_sku"])
  }

  @Test func `a product off the catalogue comes back when the file names it`() throws {
    let file = "货号,名称,英文名称,单位,价格\nA1,青菜,Greens A1,袋,3.50\n"
    let plan = try Self.plan(file, Self.stored(CatalogueShop.plain("A1"), archived: true))
    #expect(plan.lines.map(\.effect) == [.changed])
    #expect(plan.entries.map(\.restores) == [true])
  }

  @Test func `the digest changes with the file and with what it would do`() throws {
    let file = "货号,名称,单位,价格\nA1,青菜,袋,3.50\n"
    let digest = Digest(of: file)
    let fresh = try Self.plan(file).digest(ofFile: digest)
    #expect(try Self.plan(file).digest(ofFile: digest) == fresh)
    #expect(try Self.plan(file).digest(ofFile: Digest(of: "else")) != fresh)
    #expect(try Self.plan(file, Self.stored(CatalogueShop.plain("A1"))).digest(ofFile: digest) != fresh)
  }

  /// What may be done to one good line so that it has exactly one fault.
  private static let faults: [(column: Int, value: String)] = [
    (0, "坏 号"), (1, ""), (2, "光年"), (3, "0"), (3, "三元"), (4, "石头"), (5, "-1"),
  ]

  @Test(arguments: [UInt64](1...40))
  func `exactly the faulty lines are named, and the counts add up to the file`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var file = "货号,名称,单位,价格,分类,箱规\n"
    var expected: [Int] = []
    let count = Int.random(in: 1...40, using: &random)
    for number in 0..<count {
      var cells = ["A\(number)", "菜\(number)", random.pick(["袋", "盒", "KGM"]), "\(number + 1).5", "水果", "6"]
      if random.chance(0.25) {
        let fault = random.pick(Self.faults)
        cells[fault.column] = fault.value
        expected.append(number + 2)
      }
      file += cells.joined(separator: ",") + "\n"
    }
    let plan = try Self.plan(file)
    #expect(plan.problems.map(\.line) == expected.map(Int?.some))
    #expect(plan.lines.count + expected.count == count)
    #expect(plan.lineCount == count)
    #expect(ProductImportPlan.Effect.allCases.reduce(0) { $0 + plan.count($1) } == plan.lines.count)
    #expect(plan.entries.allSatisfy { $0.draft.variants.allSatisfy { $0.details.price > .zero } })
  }
}
