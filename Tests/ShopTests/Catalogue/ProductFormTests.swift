import Kernel
import TestKit
import Testing
import Web

@testable import Shop

@Suite struct ProductFormTests {
  private static let good: [(String, String)] = [
    ("name_zh", " 青菜 "), ("name_en", "Greens"), ("category", "vegetables"), ("storage", "chilled"),
    ("variants.0.sku", "QC-1"), ("variants.0.unit", "XBG"), ("variants.0.price", "3.50"),
    ("variants.0.case_size", "12"), ("variants.1.unit", "XBG"), ("variants.1.case_size", "1"),
  ]

  private static func form(_ changes: [(String, String)] = []) -> Form {
    let kept = good.filter { field in !changes.contains { $0.0 == field.0 } }
    return Form(fields: (kept + changes).map { Form.Field(name: $0.0, value: $0.1) })
  }

  private static func wrongFields(_ changes: [(String, String)]) -> [String] {
    do {
      _ = try ProductForm.draft(form(changes))
      return []
    } catch let problem as Problem {
      return problem.fields.map(\.field)
    } catch { return ["\(error)"] }
  }

  @Test func `a form is read into a draft, spaces dropped, an untouched second size left out`() throws {
    let draft = try ProductForm.draft(Self.form())
    #expect(draft.details.name == Phrase("青菜", "Greens"))
    #expect(draft.details.storage == .chilled)
    #expect(draft.variants.count == 1)
    #expect(draft.variants.first?.details.price == .fen(350))
    #expect(draft.variants.first?.details.caseSize == 12)
  }

  @Test(arguments: [
    ("name_zh", ""), ("name_zh", "上\n下"), ("category", "stones"), ("category", ""), ("storage", ""),
    ("allergens", "stones"), ("shelf_life_days", "0"), ("shelf_life_days", "3651"),
    ("shelf_life_days", "2.5"),
    ("variants.0.sku", ""), ("variants.0.sku", "A B"), ("variants.0.sku", "A'B"), ("variants.0.unit", "KM"),
    ("variants.0.price", ""), ("variants.0.price", "0"), ("variants.0.price", "0.00"),
    ("variants.0.price", "-1"), ("variants.0.price", "3.505"), ("variants.0.price", "1e3"),
    ("variants.0.price", "三块"), ("variants.0.price", "10000000"), ("variants.0.case_size", "0"),
    ("variants.0.case_size", "10001"), ("variants.0.gtin", "6901234567893"), ("variants.0.gtin", "12"),
    ("variants.1.pack_zh", "小袋"), ("variants.0.id", "nonsense"), ("variants.0.weighed_basis", "stone"),
    ("variants.0.typical_grams", "0"), ("variants.0.typical_grams", "100001"),
    ("variants.0.tolerance_percent", "101"), ("variants.0.tolerance_percent", "-1"),
    ("description_zh", "\u{202E}倒着写"), ("name_zh", String(repeating: "菜", count: 61)),
  ])
  func `what cannot be used is refused at its own field`(field: String, value: String) {
    let wrong = Self.wrongFields([(field, value)])
    // A second size of which only the pack was typed lacks its number and its price.
    let expected = field == "variants.1.pack_zh" ? ["variants.1.sku", "variants.1.price"] : [field]
    #expect(wrong == expected)
  }

  @Test func `a form without any size says so`() {
    let empty: [(String, String)] = ["sku", "price", "case_size"].map { ("variants.0.\($0)", "") }
    #expect(Self.wrongFields(empty) == ["variants.0.sku"])
  }

  @Test(arguments: [UInt64](1...60))
  func `what a draft's form holds is read as the same draft`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var draft = random.draft(Int(seed))
    draft.variants[0].id = VariantID(rawValue: Int64(seed))
    draft.variants[0].isOffered = random.chance(0.5)
    #expect(try ProductForm.draft(ProductForm.form(of: draft)) == draft)
  }

  @Test(arguments: [UInt64](1...60))
  func `what the API writes of a product is read as the same draft`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let draft = random.draft(Int(seed))
    let product = Product(
      id: ProductID(rawValue: 1), community: CatalogueShop.here, merchant: CatalogueShop.farm,
      details: draft.details, createdAt: CatalogueShop.start, changedAt: CatalogueShop.start)
    let variants = draft.variants.enumerated().map {
      Variant(id: VariantID(rawValue: Int64($0.offset + 1)), product: product.id, details: $0.element.details)
    }
    let found = CatalogueProduct(product: product, merchantName: Phrase("园", "Garden"), variants: variants)
    var json = JSONWriter()
    ProductJSON.write(found, to: &json)
    guard case .object(let members) = try JSON(json.bytes) else {
      Issue.record("no object")
      return
    }
    let sent = Set([
      "name", "description", "category", "origin", "allergens", "certificate", "storage", "shelf_life_days",
      "variants",
    ])
    var body = try JSON.object(members.filter { sent.contains($0.name) }).object()
    let read = try ProductJSON.draft(&body)
    #expect(read == ProductDraft(found))
  }

  @Test func `trade item numbers with a right check digit are accepted and no single wrong digit is`() {
    for number in ["6901234567892", "96385074", "036000291452", "10012345678902"] {
      #expect(TradeItemNumber(number)?.digits == number)
      for position in number.indices {
        for digit in "0123456789" where digit != number[position] {
          var wrong = number
          wrong.replaceSubrange(position...position, with: String(digit))
          #expect(TradeItemNumber(wrong) == nil, "\(wrong)")
        }
      }
    }
    for text in ["", "123", "69012345678９2", "690123456789x", "12345678901234567890"] {
      #expect(TradeItemNumber(text) == nil)
    }
  }

  private static let standings: [(roles: Set<Role>, isMember: Bool, acts: Role?)] = [
    ([], true, nil), ([.resident, .leader], false, nil), ([.merchant], false, nil),
    ([.merchant], true, .merchant), ([.resident], true, nil), ([.committee], false, .committee),
    ([.operator], false, .operator), ([.merchant, .committee], true, .merchant),
    ([.merchant, .committee], false, .committee), ([.supervisor, .socialWorker], true, nil),
  ]

  @Test func `members with the role act for their merchant, the committee and operators for every one`() {
    for standing in Self.standings {
      #expect(MerchantActor.role(of: standing.roles, isMember: standing.isMember) == standing.acts)
    }
  }
}
