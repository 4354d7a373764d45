import Database
import Kernel
import TestKit
import Testing

@testable import Shop

@Suite struct CataloguePagingTests {
  /// What a catalogue should hold: products by identifier, with whether each is listed.
  private struct Model {
    struct Entry {
      let id: ProductID
      let merchant: MerchantID
      var draft: ProductDraft
      var isListed = true
    }

    var entries: [Entry] = []

    func listed(_ filter: CatalogueFilter) -> [ProductID] {
      entries.filter { entry in
        switch filter {
        case .all: entry.isListed
        case .category(let category): entry.isListed && entry.draft.details.category == category
        case .merchant(let merchant): entry.isListed && entry.merchant == merchant
        case .archived(let merchant): !entry.isListed && entry.merchant == merchant
        }
      }.map(\.id).sorted(by: >)
    }
  }

  private static func walk(
    _ filter: CatalogueFilter, limit: Int, in database: Database
  ) async throws -> [ProductID] {
    var ids: [ProductID] = []
    var key: ProductID?
    repeat {
      let after = key
      let page = try await database.read {
        try $0.catalogue(filter, in: CatalogueShop.here, after: after, limit: limit)
      }
      #expect(page.elements.count <= limit)
      #expect(page.next == nil || page.elements.count == limit)
      ids += page.elements.map(\.product.id)
      key = page.next
    } while key != nil
    return ids
  }

  @Test(
    "Whatever is added, changed, archived and restored, each list walks through exactly what it should, newest first",
    arguments: TestEngine.available, [UInt64](1...3))
  func model(engine: TestEngine, seed: UInt64) async throws {
    try await CatalogueShop.with(engine) { shop in
      var random = SeededGenerator(seed: seed)
      var model = Model()
      for number in 0..<60 {
        try await Self.step(number, &model, &random, shop)
      }
      let filters: [CatalogueFilter] =
        [
          .all, .merchant(CatalogueShop.farm), .archived(CatalogueShop.farm),
          .merchant(CatalogueShop.otherFarm),
        ]
        + ProductCategory.allCases.prefix(4).map(CatalogueFilter.category)
      for filter in filters {
        let limit = Int.random(in: 1...9, using: &random)
        #expect(
          try await Self.walk(filter, limit: limit, in: shop.database) == model.listed(filter), "\(filter)")
      }
      for entry in model.entries {
        let stored = try #require(try await shop.product(entry.id))
        #expect(stored.product.details == entry.draft.details)
        #expect(stored.variants.map(\.details) == entry.draft.variants.map(\.details))
      }
    }
  }

  private static func step(
    _ number: Int, _ model: inout Model, _ random: inout SeededGenerator, _ shop: CatalogueShop
  ) async throws {
    shop.clock.advance(by: .seconds(1))
    guard !model.entries.isEmpty, random.chance(0.5) else {
      let merchant = random.pick([CatalogueShop.farm, CatalogueShop.otherFarm])
      var draft = random.draft(number)
      draft.details.category = random.pick(Array(ProductCategory.allCases.prefix(4)))
      let created = try await shop.create(draft, of: merchant)
      model.entries.append(.init(id: created.product.id, merchant: merchant, draft: draft))
      return
    }
    let index = Int.random(in: model.entries.indices, using: &random)
    let entry = model.entries[index]
    let actor = MerchantActor.program(for: entry.merchant, person: CatalogueShop.farmer)
    if random.chance(0.5) {
      let isListed = random.chance(0.4)
      try await shop.database.write(in: CatalogueShop.here) {
        try $0.setArchived(!isListed, product: entry.id, by: actor)
      }
      model.entries[index].isListed = isListed
    } else {
      var draft = ProductDraft(try #require(try await shop.product(entry.id)))
      draft.details = random.details()
      draft.variants[0].details.price = .fen(Int64.random(in: ProductRules.prices, using: &random))
      let changed = draft
      try await shop.database.write(in: CatalogueShop.here) {
        try $0.changeProduct(entry.id, changed, expected: nil, by: actor)
      }
      model.entries[index].draft = draft
    }
  }

  @Test("No list of the catalogue reads or sorts a whole table", arguments: TestEngine.available)
  func plans(engine: TestEngine) async throws {
    try await CatalogueShop.with(engine) { shop in
      try await shop.database.write(in: CatalogueShop.here) { transaction in
        try transaction.insertProducts(
          (0..<3000).map { transaction.newProduct(CatalogueShop.plain("P\($0)"), try Self.farm(transaction)) }
        )
      }
      let filters: [CatalogueFilter] = [
        .all, .category(.fruit), .merchant(CatalogueShop.farm), .archived(CatalogueShop.farm),
      ]
      for filter in filters {
        for key in [nil, ProductID(rawValue: .max / 2)] {
          let plan = try await shop.database.read { snapshot in
            try snapshot.plan(
              ProductQueries.page(filter, in: CatalogueShop.here, after: key, limit: 25))
          }
          #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(filter): \(plan)")
          if engine == .sqlite {
            #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(filter): \(plan)")
          }
        }
      }
    }
  }

  private static func farm(_ snapshot: Snapshot) throws -> Merchant {
    try #require(try snapshot.merchant(CatalogueShop.farm, in: CatalogueShop.here))
  }

  @Test(
    "A search finds by name, origin, merchant, number and category in both languages, and only what is listed",
    arguments: TestEngine.available)
  func search(engine: TestEngine) async throws {
    try await CatalogueShop.with(engine) { shop in
      let created = try await shop.create(CatalogueShop.plain("QC-77", "鸡毛菜"))
      let id = created.product.id
      let words = [
        "鸡毛菜", "毛菜", "Greens", "greens qc", "崇明", "Chongming", "枫林菜园", "Maple", "QC-77", "蔬菜", "mushrooms",
      ]
      for word in words { #expect(try await Self.found(word, shop) == [id], "\(word)") }
      for word in ["鸡蛋", "菜毛", "", "   ", "，。"] { #expect(try await Self.found(word, shop) == [], "\(word)") }

      var draft = ProductDraft(created)
      draft.details.name = Phrase("上海青", "Bok choy")
      let changed = draft
      try await shop.database.write(in: CatalogueShop.here) {
        try $0.changeProduct(id, changed, expected: nil, by: shop.actor())
      }
      #expect(try await Self.found("鸡毛菜", shop) == [])
      #expect(try await Self.found("上海青", shop) == [id])

      var details = try await shop.database.read { try Self.farm($0).details }
      details.name = Phrase("老王家", "Old Wang's")
      let renamed = details
      try await shop.database.write(in: CatalogueShop.here) {
        try $0.changeMerchant(renamed, by: shop.actor())
      }
      #expect(try await Self.found("枫林菜园10", shop) == [])
      #expect(try await Self.found("老王家", shop) == [id])

      try await shop.database.write(in: CatalogueShop.here) {
        try $0.setArchived(true, product: id, by: shop.actor())
      }
      #expect(try await Self.found("上海青", shop) == [])
    }
  }

  private static func found(
    _ text: String, _ shop: CatalogueShop, merchant: MerchantID? = nil
  ) async throws -> [ProductID] {
    try await shop.database.read { snapshot in
      try snapshot.searchProducts(text, in: CatalogueShop.here, merchant: merchant, limit: 20)
        .elements.map(\.product.id)
    }
  }

  @Test(
    "A search is walked through page by page without losing or repeating, within one merchant as well",
    arguments: TestEngine.available)
  func searchPages(engine: TestEngine) async throws {
    try await CatalogueShop.with(engine) { shop in
      var expected: [MerchantID: [ProductID]] = [:]
      for number in 0..<23 {
        let merchant = number.isMultiple(of: 3) ? CatalogueShop.otherFarm : CatalogueShop.farm
        let name = number.isMultiple(of: 2) ? "红富士苹果" : "青苹果"
        shop.clock.advance(by: .seconds(1))
        let created = try await shop.create(CatalogueShop.plain("S\(number)", name), of: merchant)
        expected[merchant, default: []].insert(created.product.id, at: 0)
      }
      for merchant in [nil, CatalogueShop.farm, CatalogueShop.otherFarm] as [MerchantID?] {
        var walked: [ProductID] = []
        var key: ProductID?
        repeat {
          let after = key
          let page = try await shop.database.read { snapshot in
            try snapshot.searchProducts(
              "苹果", in: CatalogueShop.here, merchant: merchant, after: after, limit: 5)
          }
          walked += page.elements.map(\.product.id)
          key = page.next
        } while key != nil
        let wanted = merchant.map { expected[$0] ?? [] } ?? expected.values.joined().sorted(by: >)
        #expect(walked == wanted)
      }
    }
  }

  @Test(
    "What a campaign reads of a variant is what the merchant entered, and says when it is no longer offered",
    arguments: TestEngine.available)
  func offers(engine: TestEngine) async throws {
    try await CatalogueShop.with(engine) { shop in
      var draft = CatalogueShop.plain("E1", "鸡蛋", price: 1200)
      draft.variants[0].details.name = Phrase("小份", "small")
      draft.variants.append(
        VariantDraft(
          details: .init(sku: "E2", name: Phrase("大份", "large"), unit: .box, caseSize: 6, price: .fen(2000))))
      let created = try await shop.create(draft)
      let ids = created.variants.map(\.id)
      let offers = try await shop.database.read {
        try $0.variantOffers([ids[1], ids[0], VariantID(rawValue: 9)], in: CatalogueShop.here)
      }
      #expect(offers.map(\.variant) == [ids[1], ids[0]])
      #expect(offers[0].name == Phrase("鸡蛋 大份", "Greens E1, large"))
      #expect(offers[0].price == .fen(2000))
      #expect(offers[0].caseSize == 6)
      #expect(offers[0].merchantName.chinese == "枫林菜园10")
      #expect(offers.map(\.isListed) == [true, true])

      var fewer = ProductDraft(created)
      fewer.variants[1].isOffered = false
      let changed = fewer
      try await shop.database.write(in: CatalogueShop.here) {
        try $0.changeProduct(created.product.id, changed, expected: nil, by: shop.actor())
      }
      let listed = try await shop.database.read { snapshot in
        (
          try snapshot.variantOffers(ids, in: CatalogueShop.here).map(\.isListed),
          try snapshot.searchVariantOffers("鸡蛋", in: CatalogueShop.here, limit: 10).elements.map(\.variant)
        )
      }
      #expect(listed.0 == [true, false])
      #expect(listed.1 == [ids[0]])
    }
  }

  @Test(
    "Closing a merchant takes its products off; reopening brings back exactly those",
    arguments: TestEngine.available)
  func closing(engine: TestEngine) async throws {
    try await CatalogueShop.with(engine) { shop in
      let kept = try await shop.create(CatalogueShop.plain("K1", "青菜")).product.id
      let gone = try await shop.create(CatalogueShop.plain("G1", "菠菜")).product.id
      let other = try await shop.create(CatalogueShop.plain("O1", "白菜"), of: CatalogueShop.otherFarm).product
        .id
      try await shop.database.write(in: CatalogueShop.here) {
        try $0.setArchived(true, product: gone, by: shop.actor())
      }
      shop.clock.advance(by: .minutes(1))
      try await shop.database.write(in: CatalogueShop.here) { try $0.setClosed(true, by: shop.actor()) }
      #expect(try await Self.walk(.all, limit: 10, in: shop.database) == [other])
      #expect(try await Self.found("青菜", shop) == [])
      let refusals = [
        await catalogueProblem { try await shop.create(CatalogueShop.plain("N1")) },
        await catalogueProblem {
          try await shop.database.write(in: CatalogueShop.here) {
            try $0.setArchived(false, product: kept, by: shop.actor())
          }
        },
      ]
      #expect(refusals.map { $0?.code } == ["merchant.closed", "merchant.closed"])
      shop.clock.advance(by: .minutes(1))
      try await shop.database.write(in: CatalogueShop.here) { try $0.setClosed(false, by: shop.actor()) }
      #expect(try await Self.walk(.all, limit: 10, in: shop.database) == [other, kept])
      #expect(try await Self.found("青菜", shop) == [kept])
    }
  }
}
