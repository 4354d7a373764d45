import Kernel
import TestKit
import Testing

@testable import Database
@testable import People
@testable import Shop

@Suite("What the Shop keeps of persons")
struct PersonRecordsTests {
  /// The tables of the schema with the columns that name persons.
  private var declared: [String: Set<String>] {
    var tables: [String: Set<String>] = [:]
    for migration in shopMigrations {
      for statement in migration.statements {
        switch statement {
        case .text(let text):
          guard let name = text.firstMatch(of: /(?:CREATE|ALTER) TABLE ([a-z_0-9]+)/)?.1 else { continue }
          let named = text.matches(
            of: /\b(\w+_by_id|\w*person_id|(?:helper|leader|carrier|courier)_id)\s+BIGINT/)
          let others = text.matches(of: /\b((?:actor|told|contact|carer|neighbour|host|party)_id)\s+BIGINT/)
          tables[String(name), default: []].formUnion((named + others).map { String($0.1) })
        case .searchIndex(let index): tables[index.table] = []
        case .appendOnly: break
        }
      }
    }
    return tables
  }

  @Test("every table stands in the map, and nothing else does", arguments: TestEngine.available)
  func complete(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let records = market.shop.personRecords
      let personal = Set(records.tables.map(\.table.description) + records.acts.map(\.table.description))
      let impersonal = Set(records.impersonal.map(\.table.description))
      #expect(personal.isDisjoint(with: impersonal))
      #expect(personal.union(impersonal).sorted() == declared.keys.sorted())
      #expect(!records.isConfidential)
    }
  }

  @Test("every column that names somebody is asked for or told as an act", arguments: TestEngine.available)
  func columns(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let file = try await PersonFile(market, market.wang)
      let records = file.records
      for (name, columns) in declared {
        let conditions = records.tables.filter { $0.table.description == name }
          .map { $0.isAbout(file.subject).text }.joined(separator: " ")
        let roles = records.acts.filter { $0.table.description == name }.map(\.by.description)
        for column in columns {
          #expect(
            conditions.contains(column) || roles.contains(column) || Self.isOfReviews(column, name),
            "\(name).\(column)")
        }
      }
    }
  }

  /// Reviews are found by a selection of their own.
  private static func isOfReviews(_ column: String, _ table: String) -> Bool {
    table == "shop_review" && column == "written_by_id"
  }

  @Test("every query of the map is one that the database understands", arguments: TestEngine.available)
  func queries(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      for isLast in [false, true] {
        let file = try await PersonFile(market, market.wang, isLast: isLast)
        #expect(try await file.rows().isEmpty)
        #expect(try await file.obstacles().isEmpty)
        let records = file.records
        for table in records.tables {
          #expect(!table.columns.isEmpty, "\(table.table)")
          let endings = [false, true].compactMap {
            ErasureStore.statement(table, about: file.subject, later: $0)
          }
          guard let ending = endings.first else { continue }
          let plan = try await market.database.write(in: market.community) { try $0.plan(ending) }
          #expect(!plan.isEmpty, "\(table.table)")
        }
        for act in records.acts {
          let at = act.at.map { Query(stringLiteral: $0) } ?? "NULL"
          let query: Query = """
            SELECT count(*), min(\(at)), max(\(at)) FROM \(Query(stringLiteral: act.table))
            WHERE community_id = \(market.community) AND \(Query(stringLiteral: act.by)) = \(market.leader)
            """
          let count = try await market.database.read { try $0.value(query, as: Int64.self) }
          #expect(count == 0, "\(act.table).\(act.by)")
        }
        try await file.erase(isLater: true)
        #expect(try await market.breaches() == [])
      }
    }
  }

  @Test(
    "an order is copied, hinders while it is open, and stays without its words",
    arguments: TestEngine.available)
  func order(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let campaign = try await market.campaign([try CampaignItemDraft(price: .fen(500), stockKind: .onDemand)]
      )
      let item = try #require(try await market.items(campaign).first?.item.id)
      let order = try await market.place(market.wang, campaign, [(item, 2)], key: "an-order-that-is-copied")
      try await write("UPDATE shop_order SET note = '放门口的鞋柜上' WHERE id = \(order.id)", market)
      let file = try await PersonFile(market, market.wang)
      let rows = try await file.rows()
      #expect(rows["shop_order"] == 1 && rows["shop_order_line"] == 1, "\(rows)")
      #expect(try await cells(of: "shop_order", file).first?.contains("放门口的鞋柜上") == true)
      #expect(try await cells(of: "shop_order_line", file).first?.contains("青菜0号 / Greens 0") == true)
      #expect(try await PersonFile(market, market.li).rows().isEmpty)
      let obstacles = try await file.obstacles()
      #expect(
        obstacles.map(\.english) == ["You still have 1 order to collect; please collect or cancel first."])
      #expect(obstacles.first?.chinese.contains("1 份订单") == true)
      let leader = try await PersonFile(market, market.leader)
      #expect(try await leader.obstacles().first?.english.hasPrefix("1 group-buy led by you") == true)
      try await write("UPDATE shop_order SET note = 'x' WHERE id = \(order.id)", market)
      try await file.erase(isLater: true)
      #expect(try await file.rows()["shop_order"] == 1)
      #expect(try await cells(of: "shop_order", file).first?.contains("x") == false)
      #expect(try await market.breaches() == [])
    }
  }

  @Test("a basket goes at once", arguments: TestEngine.available)
  func basket(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let campaign = try await market.campaign([try CampaignItemDraft(price: .fen(500), stockKind: .onDemand)]
      )
      let item = try #require(try await market.items(campaign).first?.item.id)
      try await write(
        """
        INSERT INTO shop_basket_line (community_id, person_id, item_id, campaign_id, quantity, changed_at)
        VALUES (\(market.community), \(market.wang), \(item), \(campaign), 3, \(Market.start))
        """, market)
      let file = try await PersonFile(market, market.wang)
      #expect(try await file.rows() == ["shop_basket_line": 1])
      #expect(try await file.obstacles().isEmpty)
      try await file.erase()
      #expect(try await file.rows().isEmpty)
    }
  }

  @Test("what is the household's goes with the last who lives there", arguments: TestEngine.available)
  func household(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let household = try await market.household(of: market.wang)
      try await write(
        """
        INSERT INTO shop_delivery_wish (community_id, household_id, mode, time_window, may_leave_at_door, set_by_id,
          set_at)
        VALUES (\(market.community), \(household), 'always', 'evening', 0, \(market.wang), \(Market.start))
        """, market)
      let whole = try await PersonFile(market, market.wang, isLast: true)
      let one = try await PersonFile(market, market.wang)
      #expect(try await whole.rows() == ["shop_delivery_wish": 1])
      try await one.erase()
      #expect(try await whole.rows() == ["shop_delivery_wish": 1])
      try await whole.erase()
      #expect(try await whole.rows().isEmpty)
    }
  }

  // MARK: - Parts

  private func write(_ query: Query, _ market: Market) async throws {
    try await market.database.write(in: market.community) { _ = try $0.execute(query) }
  }

  /// The texts that the copy shows of the rows of a table.
  private func cells(of table: String, _ file: PersonFile) async throws -> [[String]] {
    let found = try #require(file.records.tables.first { $0.table.description == table })
    let texts = found.columns.indices.filter {
      if case .text = found.columns[$0].form { true } else { false }
    }
    let query = DataCopyStore.selection(found, about: file.subject)
    return try await file.market.database.read { snapshot in
      try snapshot.all(query) { row in
        try texts.map { try row.isNull($0) ? "" : row.text($0) }
      }
    }
  }
}
