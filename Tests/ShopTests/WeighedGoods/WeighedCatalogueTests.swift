import Database
import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("Goods by weight in the merchant's hands")
struct WeighedCatalogueTests {
  private static let base = "/desk/merchants/\(CatalogueShop.farm)"

  @Test(
    "A size is entered by weight, shown with its estimate, and is by the piece again when that is chosen",
    arguments: TestEngine.available)
  func product(_ engine: TestEngine) async throws {
    try await CatalogueShop.with(engine) { shop in
      let desk = try shop.farmerBrowser()
      let fresh = try await desk.get("\(Self.base)/products/new")
      #expect(fresh.text.contains("按重量卖") && fresh.text.contains("variants.0.typical_grams"))
      func form(_ basis: String, _ grams: String, id: String = "", changed: String = "") -> KeyValuePairs<
        String, String
      > {
        [
          "name_zh": "小排", "category": "meat", "storage": "chilled", "variants.0.id": id,
          "changed_at": changed,
          "variants.0.sku": "XP-1", "variants.0.unit": "XBX", "variants.0.price": "19.80",
          "variants.0.case_size": "1", "variants.0.weighed_basis": basis, "variants.0.typical_grams": grams,
          "variants.0.tolerance_percent": grams.isEmpty ? "" : "10", "variants.0.label_code": "",
        ]
      }
      let wrong = try await desk.post("\(Self.base)/products", form("none", "500"))
      #expect(wrong.status == 422 && wrong.text.contains("value=\"500\"") && wrong.text.contains("请选按公斤还是按斤"))
      #expect(try await desk.post("\(Self.base)/products", form("kilogram", "500")).status == 303)
      let stored = try #require(
        try await shop.database.read { try $0.allProducts(of: CatalogueShop.farm, in: CatalogueShop.here) }
          .first)
      #expect(
        stored.variants[0].details.weighed?.terms
          == WeighedTerms(per: .kilogram, typicalGrams: 500, tolerancePercent: 10))
      let page = try await desk.get("/products/\(stored.product.id)")
      #expect(page.text.contains("¥19.80/公斤 · 一盒约 500 克，约 ¥9.90，称重后按实际算"))
      let edit = try await desk.get("/desk/products/\(stored.product.id)")
      #expect(edit.text.contains("value=\"kilogram\" selected"))
      let changed = try #require(edit.hidden("changed_at"))
      let back = try await desk.post(
        "/desk/products/\(stored.product.id)",
        form("none", "", id: stored.variants[0].id.description, changed: changed))
      #expect(back.status == 303)
      #expect(try await shop.product(stored.product.id)?.variants[0].details.weighed == nil)
    }
  }

  @Test(
    "A merchant says how its scale prints labels; what is no pattern is refused at its field",
    arguments: TestEngine.available)
  func labels(_ engine: TestEngine) async throws {
    try await CatalogueShop.with(engine) { shop in
      let desk = try shop.farmerBrowser()
      _ = try await desk.get("\(Self.base)/edit")
      for (pattern, status, stored) in [
        ("22IIIIIWWWWW", 422, nil), ("22iiiiiwwwwwc，23IIIIIPPPPPC", 303, "22IIIIIWWWWWC 23IIIIIPPPPPC"),
        ("", 303, nil),
      ] as [(String, Int, String?)] {
        let answer = try await desk.post(
          "\(Self.base)/edit", ["name_zh": "枫林菜园", "label_pattern": pattern])
        #expect(answer.status == status && (status == 303 || answer.text.contains("秤签格式像")))
        let merchant = try await shop.database.read {
          try $0.merchant(CatalogueShop.farm, in: CatalogueShop.here)
        }
        #expect(merchant?.details.labels?.text == stored)
      }
    }
  }
}
