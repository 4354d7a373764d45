import Database
import Foundation
import HTTPTypes
import Kernel
import TestKit
import Testing
import Web

@testable import Shop

@Suite struct CatalogueFileAndAPITests {
  private static let base = "/desk/merchants/\(CatalogueShop.farm)"

  private static func count(_ shop: CatalogueShop) async throws -> Int64? {
    try await shop.database.read { try $0.value("SELECT count(*) FROM shop_product") }
  }

  private static func upload(_ text: String, _ browser: Browser) async throws -> Browser.Answer {
    let token = try #require(try await browser.get("\(base)/products/import").hidden("form_token"))
    return try await browser.upload(
      "\(base)/products/import", field: "file", name: "商品.csv", Array(text.utf8), token: token)
  }

  @Test("A table is looked over once sent, stored once confirmed, and not a second time")
  func importTable() async throws {
    try await CatalogueShop.with(.sqlite) { shop in
      let farmer = try shop.farmerBrowser()
      let wrong = try await Self.upload("货号,名称,单位,价格\nA1,青菜,袋,坏\nA2,菠菜,袋,2\n", farmer)
      #expect(wrong.status == 422)
      #expect(wrong.text.contains("价格“坏”看不懂"))
      #expect(wrong.hidden("digest") == nil)
      #expect(try await Self.upload("天气,心情\n晴,好\n", farmer).status == 422)
      #expect(try await Self.upload("", farmer).status >= 400)

      let sent = try await Self.upload("货号,名称,单位,价格\nA1,青菜,袋,3\nA2,菠菜,袋,2\n", farmer)
      let path = try #require(sent.location)
      let page = try await farmer.get(path)
      let digest = try #require(page.hidden("digest"))
      #expect(page.text.contains("导入这 2 行"))
      #expect(try await Self.count(shop) == 0)
      #expect(try await farmer.post(path, ["digest": "00"]).status == 409)
      #expect(try await shop.clerkBrowser().get(path).status == 410)
      #expect(try await Self.count(shop) == 0)

      #expect(try await farmer.post(path, ["digest": digest]).status == 303)
      #expect(try await Self.count(shop) == 2)
      #expect(try await farmer.post(path, ["digest": digest]).status == 410)
      #expect(try await Self.count(shop) == 2)
    }
  }

  @Test("A confirmation of what is no longer so stores nothing and shows the new comparison")
  func staleImport() async throws {
    try await CatalogueShop.with(.sqlite) { shop in
      let created = try await shop.create(CatalogueShop.plain("A1"))
      let farmer = try shop.farmerBrowser()
      let sent = try await Self.upload("货号,名称,单位,价格\nA1,青菜,袋,3\n", farmer)
      let path = try #require(sent.location)
      let digest = try #require(try await farmer.get(path).hidden("digest"))
      var draft = ProductDraft(created)
      draft.variants[0].details.price = .fen(800)
      let changed = draft
      try await shop.database.write(in: CatalogueShop.here) {
        try $0.changeProduct(created.product.id, changed, expected: nil, by: shop.actor())
      }
      let refused = try await farmer.post(path, ["digest": digest])
      #expect(refused.status == 409)
      #expect(refused.text.contains("8.00"))
      #expect(try await shop.product(created.product.id)?.cheapest?.price == .fen(800))
      let fresh = try #require(refused.hidden("digest"))
      #expect(try await farmer.post(path, ["digest": fresh]).status == 303)
      #expect(try await shop.product(created.product.id)?.cheapest?.price == .fen(300))
    }
  }

  @Test("A file that is never confirmed is forgotten after an hour")
  func forgotten() async throws {
    try await CatalogueShop.with(.sqlite) { shop in
      let farmer = try shop.farmerBrowser()
      let path = try #require(try await Self.upload("货号,名称,单位,价格\nA1,青菜,袋,3\n", farmer).location)
      shop.clock.advance(by: .minutes(59))
      let runner = JobRunner(shop.database, handlers: [ProductImportExpiry.handler])
      try await runner.runDue()
      #expect(try await farmer.get(path).status == 200)
      shop.clock.advance(by: .minutes(1))
      try await runner.runDue()
      #expect(try await shop.farmerBrowser().get(path).status == 410)
      let left: Int64? = try await shop.database.read {
        try $0.value("SELECT count(*) FROM shop_product_import")
      }
      #expect(left == 0)
    }
  }

  @Test("Exports are files that a spreadsheet opens, with formulas disarmed")
  func export() async throws {
    try await CatalogueShop.with(.sqlite) { shop in
      var draft = CatalogueShop.plain("A1")
      draft.details.certificate = "=1+1"
      try await shop.create(draft)
      let farmer = try shop.farmerBrowser()
      let file = try await farmer.get("\(Self.base)/products/export/csv")
      #expect(file.headers[.contentType]?.hasPrefix("text/csv") == true)
      #expect(file.headers[.contentDisposition]?.hasPrefix("attachment") == true)
      #expect(file.bytes.starts(with: [0xEF, 0xBB, 0xBF]))
      #expect(file.text.contains(",'=1+1,"))
      #expect(try await farmer.get("\(Self.base)/products/export/pdf").status == 404)
      #expect(try await farmer.get("\(Self.base)/products/template/xlsx").bytes.starts(with: [0x50, 0x4B]))
    }
  }

  // MARK: - API

  @Test("The API pages through products by cursor and finds by words")
  func apiList() async throws {
    try await CatalogueShop.with(.sqlite) { shop in
      for number in 0..<5 {
        shop.clock.advance(by: .seconds(1))
        try await shop.create(CatalogueShop.plain("A\(number)", number == 2 ? "鸡蛋" : "青菜"))
      }
      let visitor = try shop.browser()
      var names: [String] = []
      var cursor: String? = ""
      while let at = cursor {
        let answer = try await visitor.get("/api/v1/products?limit=2\(at.isEmpty ? "" : "&cursor=\(at)")")
        let json = try JSON(answer.bytes)
        guard case .array(let products)? = json["products"] else { throw Problem.internalFault }
        #expect(products.count <= 2)
        names += products.compactMap { if case .string(let text)? = $0["name"]?["en"] { text } else { nil } }
        cursor = if case .string(let next)? = json["next_cursor"] { next } else { nil }
      }
      #expect(names == (0..<5).reversed().map { "Greens A\($0)" })
      #expect(try await visitor.get("/api/v1/products?q=%E9%B8%A1%E8%9B%8B").text.contains("Greens A2"))
      for query in ["limit=0", "limit=101", "cursor=x", "category=stones", "q=a&category=fruit"] {
        #expect(try await visitor.get("/api/v1/products?\(query)").status == 422, "\(query)")
      }
    }
  }

  private static func body(_ subject: String, price: Int = 350, sku: String = "API-1", extra: String = "")
    -> String
  {
    """
    {\(subject),"name":{"zh":"青菜","en":"Greens"},"category":"vegetables",\(extra)
     "variants":[{"sku":"\(sku)","unit":"XBG","price":{"amount":\(price),"currency":"CNY"}}]}
    """
  }

  private static func header(_ key: String) throws -> HTTPFields {
    var fields = HTTPFields()
    fields[try #require(HTTPField.Name("Idempotency-Key"))] = key
    return fields
  }

  @Test("The API writes once for one key, and only for the merchant's people")
  func apiWrite() async throws {
    try await CatalogueShop.with(.sqlite) { shop in
      let farmer = try shop.farmerBrowser()
      var headers = try Self.header("catalogue-test-key-1")
      let token = try #require(try await farmer.get("\(Self.base)/edit").hidden("form_token"))
      headers[try #require(HTTPField.Name("X-CSRF-Token"))] = token
      let mine = Self.body("\"merchant\":\"\(CatalogueShop.farm)\"")
      let first = try await farmer.send(.post, "/api/v1/products", json: mine, headers: headers)
      #expect(first.status == 201)
      let again = try await farmer.send(.post, "/api/v1/products", json: mine, headers: headers)
      #expect(again.bytes == first.bytes)
      #expect(again.status == 201)
      #expect(try again.headers[#require(HTTPField.Name("Idempotency-Replayed"))] == "true")
      #expect(try await Self.count(shop) == 1)
      let other = Self.body("\"merchant\":\"\(CatalogueShop.farm)\"", price: 360)
      #expect(try await farmer.send(.post, "/api/v1/products", json: other, headers: headers).status == 422)

      let product = try #require(
        try await shop.database.read { try $0.catalogue(in: CatalogueShop.here, limit: 1) }.elements.first)
      let path = "/api/v1/products/\(product.product.id)"
      let variant = product.variants[0].id
      func change(_ price: Int, _ moment: Timestamp) -> String {
        Self.body("\"changed_at\":\"\(moment)\"", price: price)
          .replacing("\"sku\"", with: "\"id\":\"\(variant)\",\"sku\"")
      }
      headers[try #require(HTTPField.Name("Idempotency-Key"))] = "catalogue-test-key-2"
      let changed = try await farmer.send(
        .put, path, json: change(400, product.product.changedAt), headers: headers)
      #expect(changed.status == 200 && changed.text.contains("\"amount\":400"))
      headers[try #require(HTTPField.Name("Idempotency-Key"))] = "catalogue-test-key-3"
      let stale = try await farmer.send(
        .put, path, json: change(500, product.product.changedAt), headers: headers)
      #expect(stale.status == 409)
      try await Self.expectRefusals(farmer, headers)
    }
  }

  private static func expectRefusals(_ farmer: Browser, _ headers: HTTPFields) async throws {
    let own = "\"merchant\":\"\(CatalogueShop.farm)\""
    let refusals: [(String, Int)] = [
      (body("\"merchant\":\"\(CatalogueShop.otherFarm)\"", sku: "X1"), 404),
      (body("\"merchant\":\"\(CatalogueShop.farElsewhere)\"", sku: "X1"), 404),
      (body(own, price: 0, sku: "X1"), 422), (body(own, sku: "X 1"), 422),
      (body(own, sku: "API-1"), 422), (body(own, sku: "X1", extra: "\"colour\":\"green\","), 422),
      (body(own, sku: "X1", extra: "\"allergens\":[\"soy\",\"soy\"],"), 422), ("{}", 422), ("[", 400),
    ]
    for (number, (json, status)) in refusals.enumerated() {
      var headers = headers
      headers[try #require(HTTPField.Name("Idempotency-Key"))] = "catalogue-refusal-key-\(number)"
      let answer = try await farmer.send(.post, "/api/v1/products", json: json, headers: headers)
      #expect(answer.status == status, "\(number)")
    }
    var bare = headers
    bare[try #require(HTTPField.Name("Idempotency-Key"))] = nil
    let keyless = try await farmer.send(.post, "/api/v1/products", json: body(own, sku: "X1"), headers: bare)
    #expect(keyless.status == 400)
  }
}
