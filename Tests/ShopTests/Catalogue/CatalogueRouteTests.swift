import Database
import Foundation
import HTTPTypes
import Kernel
import TestKit
import Testing
import Web

@testable import Shop

@Suite struct CatalogueRouteTests {
  private static let base = "/desk/merchants/\(CatalogueShop.farm)"

  private static let good: KeyValuePairs = [
    "name_zh": "上海青", "name_en": "Bok choy", "category": "vegetables", "storage": "cool",
    "variants.0.sku": "SHQ-1", "variants.0.unit": "XBG", "variants.0.price": "3.50",
    "variants.0.case_size": "1",
  ]

  @Test("A product entered by hand is listed, found and shown; a mistake keeps what was typed")
  func enter() async throws {
    try await CatalogueShop.with(.sqlite) { shop in
      let desk = try shop.farmerBrowser()
      #expect(try await desk.get("/desk/products").location == "\(Self.base)/products")
      #expect(try await desk.get("\(Self.base)/products/new").status == 200)
      let wrong = try await desk.post(
        "\(Self.base)/products",
        [
          "name_zh": "上海青<b>", "category": "vegetables", "storage": "cool", "variants.0.sku": "SHQ-1",
          "variants.0.unit": "XBG", "variants.0.price": "三块五",
        ])
      #expect(wrong.status == 422)
      #expect(wrong.text.contains("value=\"上海青&lt;b&gt;\""))
      #expect(wrong.text.contains("value=\"三块五\""))
      #expect(wrong.text.contains("href=\"#field-variants.0.price\""))
      #expect(try await Self.count(shop) == 0)

      let created = try await desk.post("\(Self.base)/products", Self.good)
      #expect(created.status == 303)
      let page = try #require(created.location?.split(separator: "?").first.map(String.init))
      #expect(try await desk.get(page).text.contains("value=\"SHQ-1\""))
      let visitor = try shop.browser(language: "en")
      let shown = try await visitor.get(page.replacing("/desk", with: ""))
      #expect(shown.status == 200)
      #expect(shown.text.contains("Bok choy") && shown.text.contains("¥3.50"))
      for list in ["/products", "/products?category=vegetables", "/merchants/\(CatalogueShop.farm)"] {
        #expect(try await visitor.get(list).text.contains("Bok choy"), "\(list)")
      }
      #expect(try await desk.get("\(Self.base)/products?q=SHQ").text.contains("上海青"))
    }
  }

  private static func count(_ shop: CatalogueShop) async throws -> Int64? {
    try await shop.database.read { try $0.value("SELECT count(*) FROM shop_product") }
  }

  @Test("A stale form is answered with 409, keeps what was typed, and can be saved over")
  func stale() async throws {
    try await CatalogueShop.with(.sqlite) { shop in
      let created = try await shop.create(CatalogueShop.plain("A1"))
      let (first, second) = (try shop.farmerBrowser(), try shop.clerkBrowser())
      let path = "/desk/products/\(created.product.id)"
      let seen = try #require(try await first.get(path).hidden("changed_at"))
      _ = try await second.get(path)
      func fields(_ price: String, _ version: String) -> KeyValuePairs<String, String> {
        [
          "name_zh": "青菜", "category": "vegetables", "storage": "ambient", "changed_at": version,
          "variants.0.id": created.variants[0].id.description, "variants.0.sku": "A1",
          "variants.0.unit": "XBG",
          "variants.0.price": price,
        ]
      }
      #expect(try await second.post(path, fields("4.00", seen)).status == 303)
      let refused = try await first.post(path, fields("5.00", seen))
      #expect(refused.status == 409)
      #expect(refused.text.contains("value=\"5.00\""))
      let now = try #require(refused.hidden("changed_at"))
      #expect(try await shop.product(created.product.id)?.cheapest?.price == .fen(400))
      #expect(try await first.post(path, fields("5.00", now)).status == 303)
      #expect(try await shop.product(created.product.id)?.cheapest?.price == .fen(500))
    }
  }

  @Test("Desks open to those who act for the merchant, and to nobody else")
  func access() async throws {
    try await CatalogueShop.with(.sqlite) { shop in
      let product = try await shop.create(CatalogueShop.plain("A1")).product.id
      let far = try await shop.create(
        CatalogueShop.plain("F1"), of: CatalogueShop.farElsewhere, in: CatalogueShop.elsewhere)
      let own = [
        Self.base, "\(Self.base)/edit", "\(Self.base)/products", "\(Self.base)/products/new",
        "\(Self.base)/products/import", "\(Self.base)/products/export/csv", "/desk/products/\(product)",
      ]
      let foreign = [
        "/desk/merchants/\(CatalogueShop.farElsewhere)",
        "/desk/merchants/\(CatalogueShop.farElsewhere)/products",
        "/desk/products/\(far.product.id)", "/products/\(far.product.id)",
        "/merchants/\(CatalogueShop.farElsewhere)", "/api/v1/products/\(far.product.id)",
        "/desk/products/nonsense",
      ]
      let farmer = try shop.farmerBrowser()
      let clerk = try shop.clerkBrowser()
      for path in own {
        #expect(try await farmer.get(path).status == 200, "\(path)")
        #expect(try await clerk.get(path).status == 200, "\(path)")
        for person in [CatalogueShop.otherFarmer, CatalogueShop.stranger] {
          #expect(try await shop.browser(of: person, [.merchant]).get(path).status == 404, "\(path)")
        }
        #expect(
          try await shop.browser(of: CatalogueShop.farmer, [.resident]).get(path).status == 403, "\(path)")
        #expect(try await shop.browser().get(path).status == 303, "\(path)")
      }
      for path in foreign {
        #expect(try await farmer.get(path).status == 404, "\(path)")
        #expect(try await clerk.get(path).status == 404, "\(path)")
      }
      for path in ["/desk/merchants/new", "/desk/pickup-points"] {
        #expect(try await farmer.get(path).status == 403, "\(path)")
        #expect(try await clerk.get(path).status == 200, "\(path)")
      }
      _ = try await farmer.get(Self.base + "/edit")
      #expect(try await farmer.post(Self.base + "/close").status == 403)
      let other = try shop.browser(of: CatalogueShop.otherFarmer, [.merchant])
      _ = try await other.get("/desk/merchants")
      #expect(try await other.post("/desk/products/\(product)", Self.good).status == 404)
      #expect(try await other.post("/desk/products/\(product)/archive").status == 404)
      #expect(try await shop.product(product)?.product.archivedAt == nil)
    }
  }

  @Test("A merchant changes what it tells; the committee enters, staffs, closes and reopens one")
  func merchants() async throws {
    try await CatalogueShop.with(.sqlite) { shop in
      let farmer = try shop.farmerBrowser()
      _ = try await farmer.get("\(Self.base)/edit")
      let wrong = try await farmer.post(
        "\(Self.base)/edit", ["name_zh": "", "story_zh": "还在种菜", "phone": "打电话"])
      #expect(wrong.status == 422 && wrong.text.contains("还在种菜"))
      #expect(
        try await farmer.post("\(Self.base)/edit", ["name_zh": "新菜园", "story_zh": "第一行\r\n第二行"]).status == 303
      )
      let page = try await shop.browser().get("/merchants/\(CatalogueShop.farm)")
      #expect(page.text.contains("<h1>新菜园</h1>") && page.text.contains("<p>第二行</p>"))

      let clerk = try shop.clerkBrowser()
      _ = try await clerk.get("/desk/merchants/new")
      let made = try await clerk.post("/desk/merchants", ["name_zh": "豆腐坊", "name_en": "Tofu"])
      let desk = try #require(made.location)
      _ = try await clerk.get(desk)
      #expect(try await clerk.post("\(desk)/members", ["phone": "13800138000"]).status == 422)
      #expect(try await clerk.post("\(desk)/close").status == 303)
      #expect(try await clerk.get(desk).text.contains("已停业"))
      #expect(try await clerk.post("\(desk)/reopen").status == 303)
      #expect(try await shop.browser().get("/merchants").text.contains("豆腐坊"))
    }
  }

  @Test("Pickup points are entered, changed and closed")
  func pickupPoints() async throws {
    try await CatalogueShop.with(.sqlite) { shop in
      let clerk = try shop.clerkBrowser()
      _ = try await clerk.get("/desk/pickup-points/new")
      #expect(
        try await clerk.post("/desk/pickup-points", ["name_zh": " ", "note_zh": "没有台阶"]).text.contains("没有台阶")
      )
      #expect(
        try await clerk.post("/desk/pickup-points", ["name_zh": "3号楼大堂", "note_zh": "没有台阶"]).status == 303)
      let point = try #require(
        try await shop.database.read { try $0.pickupPoints(in: CatalogueShop.here) }.first)
      let path = "/desk/pickup-points/\(point.id)"
      #expect(try await clerk.get(path).text.contains("3号楼大堂"))
      #expect(try await clerk.post(path, ["name_zh": "4号楼大堂"]).status == 303)
      #expect(try await clerk.post("\(path)/close").status == 303)
      #expect(try await shop.database.read { try $0.pickupPoints(in: CatalogueShop.here) } == [])
      #expect(try await clerk.get("/desk/pickup-points").text.contains("4号楼大堂"))
      #expect(try await clerk.post("\(path)/reopen").status == 303)
      let actions = try await shop.traces(of: point.id.rawValue).audit
      #expect(actions == ["create", "change", "close", "reopen"].map { "shop.pickup_point_\($0)" })
      #expect(try await shop.clerkBrowser().get("/desk/pickup-points/\(CatalogueShop.farm)").status == 404)
    }
  }

  // MARK: - Pictures

  /// One grey pixel.
  private static let png =
    Data(
      base64Encoded:
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
    )
    .map { [UInt8]($0) } ?? []

  @Test("A photo is stored anew, served sandboxed and immutable, in its own community only")
  func picture() async throws {
    try await CatalogueShop.with(.sqlite) { shop in
      let product = try await shop.create(CatalogueShop.plain("A1")).product.id
      let path = "/desk/products/\(product)"
      let farmer = try shop.farmerBrowser()
      let token = try #require(try await farmer.get(path).hidden("form_token"))
      let script = Array("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".utf8)
      for (bytes, status) in [(script, 415), (Array(Self.png.prefix(40)), 422)] {
        let refused = try await farmer.upload(
          "\(path)/picture", field: "picture", name: "a.png", bytes, token: token)
        #expect(refused.status == status)
      }
      #expect(try await shop.product(product)?.product.picture == nil)
      var pictures: [PictureID] = []
      for _ in 0..<2 {
        let stored = try await farmer.upload(
          "\(path)/picture", field: "picture", name: "a.png", Self.png, token: token)
        #expect(stored.status == 303)
        pictures.append(try #require(try await shop.product(product)?.product.picture))
      }
      let here = try shop.browser()
      for size in PictureSize.allCases {
        let served = try await here.get("/pictures/\(pictures[1])/\(size.rawValue)")
        #expect(served.status == 200)
        #expect(served.headers[.contentType] == "image/webp")
        #expect(served.headers[.cacheControl]?.contains("immutable") == true)
        #expect(served.headers[.contentSecurityPolicy] == "sandbox; default-src 'none'")
      }
      #expect(try await here.get("/pictures/\(pictures[0])/small").status == 404)
      #expect(try await here.get("/pictures/\(pictures[1])/huge").status == 404)
      #expect(try await shop.browser("elsewhere.test").get("/pictures/\(pictures[1])/small").status == 404)
    }
  }
}
