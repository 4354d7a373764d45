import Database
import Kernel
import TestKit
import Testing

@testable import Shop

@Suite struct ProductChangeTests {
  @Test("Every change is audited and told with its prices", arguments: TestEngine.available)
  func traces(engine: TestEngine) async throws {
    try await CatalogueShop.with(engine) { shop in
      let created = try await shop.create(CatalogueShop.plain("A1"))
      let id = created.product.id
      var draft = ProductDraft(created)
      draft.variants[0].details.price = .fen(499)
      let changed = draft
      for _ in 0..<2 {
        try await shop.database.write(in: CatalogueShop.here) {
          try $0.changeProduct(id, changed, expected: nil, by: shop.actor())
        }
      }
      for isArchived in [true, true, false] {
        try await shop.database.write(in: CatalogueShop.here) {
          try $0.setArchived(isArchived, product: id, by: shop.actor())
        }
      }
      let traces = try await shop.traces(of: id.rawValue)
      let actions = ["create", "change", "archive", "restore"]
      #expect(traces.audit == actions.map { "shop.product_\($0)" })
      #expect(traces.events.count == 4)
      #expect(traces.events[0].contains("\"amount\":350"))
      #expect(traces.events[1].contains("\"amount\":499"))
      #expect(try await shop.database.read { try $0.verifyAudit(of: CatalogueShop.here) }.breaksAt == nil)
    }
  }

  @Test("Who saves what somebody else has changed meanwhile is told so", arguments: TestEngine.available)
  func stale(engine: TestEngine) async throws {
    try await CatalogueShop.with(engine) { shop in
      let created = try await shop.create(CatalogueShop.plain("A1"))
      let seen = created.product.changedAt
      // The clock stands still: even two changes at one moment differ.
      for (price, code) in [(400, nil), (500, "product.changed_meanwhile")] as [(Int64, String?)] {
        var draft = ProductDraft(created)
        draft.variants[0].details.price = .fen(price)
        let sent = draft
        let problem = await catalogueProblem {
          _ = try await shop.database.write(in: CatalogueShop.here) {
            try $0.changeProduct(created.product.id, sent, expected: seen, by: shop.actor())
          }
        }
        #expect(problem?.code == code)
      }
      #expect(try await shop.product(created.product.id)?.variants[0].details.price == .fen(400))
    }
  }

  @Test(
    "An article number is used once in a community, and two sizes may exchange theirs",
    arguments: TestEngine.available)
  func numbers(engine: TestEngine) async throws {
    try await CatalogueShop.with(engine) { shop in
      var pair = CatalogueShop.plain("A1")
      pair.variants += CatalogueShop.plain("A2").variants
      let created = try await shop.create(pair)
      let taken = await catalogueProblem {
        try await shop.create(CatalogueShop.plain("A2"), of: CatalogueShop.otherFarm)
      }
      #expect(taken?.fields.map(\.field) == ["variants.0.sku"])
      var doubled = CatalogueShop.plain("B1")
      doubled.variants += doubled.variants
      let sent = doubled
      #expect(
        await catalogueProblem { try await shop.create(sent) }?.fields.map(\.field) == ["variants.1.sku"])
      // The same number elsewhere is another community's own.
      try await shop.create(
        CatalogueShop.plain("A1"), of: CatalogueShop.farElsewhere, in: CatalogueShop.elsewhere)

      var exchanged = ProductDraft(created)
      exchanged.variants[0].details.sku = "A2"
      exchanged.variants[1].details.sku = "A1"
      let swap = exchanged
      let after = try await shop.database.write(in: CatalogueShop.here) {
        try $0.changeProduct(created.product.id, swap, expected: nil, by: shop.actor())
      }
      #expect(after.variants.map(\.details.sku) == ["A2", "A1"])
      #expect(after.variants.map(\.id) == created.variants.map(\.id))
    }
  }

  @Test(
    "Things of another community or merchant cannot be reached by their identifiers",
    arguments: TestEngine.available)
  func foreign(engine: TestEngine) async throws {
    try await CatalogueShop.with(engine) { shop in
      let own = try await shop.create(CatalogueShop.plain("A1"))
      let far = try await shop.create(
        CatalogueShop.plain("A1"), of: CatalogueShop.farElsewhere, in: CatalogueShop.elsewhere)
      let (product, variant) = (far.product.id, far.variants[0].id)
      let picture = PictureID(rawValue: 70)
      let point = PickupPointID(rawValue: 71)
      try await shop.database.write(in: CatalogueShop.elsewhere) { transaction in
        try transaction.insertPictures([.drawing(picture, svg: Array("<svg/>".utf8), width: 4, height: 3)])
        try transaction.insertPickupPoints([
          PickupPoint(
            id: point, community: CatalogueShop.elsewhere, details: .init(name: Phrase("大堂", "Lobby")),
            createdAt: transaction.now)
        ])
      }
      try await shop.database.read { (snapshot: Snapshot) throws -> Void in
        let here = CatalogueShop.here
        #expect(try snapshot.product(product, in: here) == nil)
        #expect(
          try snapshot.products([product, own.product.id], in: here).map(\.product.id) == [own.product.id])
        #expect(try snapshot.variantOffers([variant], in: here) == [])
        #expect(try snapshot.variantOffers(of: [product], in: here) == [])
        #expect(try snapshot.merchant(CatalogueShop.farElsewhere, in: here) == nil)
        #expect(try snapshot.pictureBytes(picture, .small, in: here) == nil)
        #expect(try snapshot.pictureSizes([picture], in: here).isEmpty)
        #expect(try snapshot.pickupPoint(point, in: here) == nil)
        #expect(
          try snapshot.catalogue(.merchant(CatalogueShop.farElsewhere), in: here, limit: 9).elements == [])
        #expect(try snapshot.merchants(of: CatalogueShop.stranger, in: here) == [])
      }
      let reaches: [@Sendable (Transaction) throws -> Void] = [
        { try $0.changeProduct(product, CatalogueShop.plain("Z1"), expected: nil, by: shop.actor()) },
        { try $0.setArchived(true, product: product, by: shop.actor()) },
        { try $0.setPicture(nil, product: product, by: shop.actor()) },
        { try $0.setArchived(true, product: own.product.id, by: shop.actor(CatalogueShop.otherFarm)) },
        {
          try $0.changePickupPoint(
            point, .init(name: Phrase("我的", "Mine")), by: CatalogueShop.clerk, role: .leader)
        },
        { try $0.setClosed(true, by: shop.actor(CatalogueShop.farElsewhere)) },
        { try $0.createProduct(CatalogueShop.plain("Z1"), by: shop.actor(CatalogueShop.farElsewhere)) },
      ]
      for (number, reach) in reaches.enumerated() {
        let problem = await catalogueProblem { try await shop.database.write(in: CatalogueShop.here, reach) }
        #expect(problem?.code == "not_found", "\(number)")
      }
      #expect(try await shop.product(product, in: CatalogueShop.elsewhere) == far)
    }
  }
}
