package import Database
import Hummingbird
import Kernel
package import Web

/// Campaigns and their items for programs. Drafts are in none of it.
package struct CampaignAPI: Sendable {
  private let database: Database

  package init(_ database: Database) {
    self.database = database
  }

  package func register(on routes: inout Routes) {
    routes.get(
      "/api/v1/campaigns", .everyone, objects: .community, operation: CampaignOperations.list
    ) { try await list($0) }
    routes.get(
      "/api/v1/campaigns/:campaign", .everyone, objects: .community, operation: CampaignOperations.show
    ) { try await show($0) }
  }

  private func list(_ visit: Visit) async throws -> Response {
    let limit = try APIQuery.limit(visit, range: 1...100, default: 50)
    let cursor = try visit.query("cursor").map(CampaignCursor.read)
    let filter = try visit.query("phase").map { text in
      guard let filter = CampaignStore.Filter(rawValue: text) else {
        let names = CampaignStore.Filter.allCases.map(\.rawValue).joined(separator: ", ")
        throw Problem.invalid([
          FieldProblem("phase", Phrase("应是其中之一：\(names)。", "This should be one of: \(names)."))
        ])
      }
      return filter
    }
    let community = visit.community.id
    let found = try await database.read { snapshot in
      try CampaignStore.list(
        filter ?? .all, in: community, after: cursor, limit: limit + 1, snapshot)
    }
    let shown = found.prefix(limit)
    var json = JSONWriter(capacity: 2048)
    json.object { json in
      json.array("campaigns", shown) { json, campaign in
        json.object { CampaignJSON.write(campaign, at: visit.now, to: &$0) }
      }
      json.field("next_cursor", found.count > limit ? shown.last.map(CampaignCursor.text) : nil)
    }
    return .json(json)
  }

  private func show(_ visit: Visit) async throws -> Response {
    let id = try visit.id("campaign", of: CampaignKind.self)
    let limit = try APIQuery.limit(visit, range: 1...100, default: 50)
    let after = try visit.query("cursor").map { text in
      guard let position = Int32(text), position >= 0 else { throw APIQuery.badCursor }
      return Int(position)
    }
    let community = visit.community.id
    let found = try await database.read { snapshot -> (CampaignFront, ShelfPage)? in
      guard let front = try StorefrontStore.front(id, in: community, snapshot) else { return nil }
      return (
        front, try StorefrontStore.shelf(of: id, in: community, after: after ?? 0, limit: limit, snapshot)
      )
    }
    guard let (front, page) = found else { throw Problem.notFound }
    var json = JSONWriter(capacity: 1024 + page.items.count * 420)
    json.object { json in
      CampaignJSON.write(front.campaign, at: visit.now, to: &json)
      json.object("pickup_point") { json in
        json.field("id", front.pickupPoint.id)
        json.field("name", front.pickupPoint.name)
      }
      json.array("items", page.items) { json, item in CampaignJSON.write(item, to: &json) }
      json.field("next_cursor", page.next.map(String.init))
    }
    return .json(json)
  }
}

/// Where a list of campaigns goes on, as clients hand it back.
enum CampaignCursor {
  static func text(_ campaign: Campaign) -> String { "\(campaign.cutOffAt.microseconds)-\(campaign.id)" }

  static func read(_ text: String) throws -> CampaignStore.Cursor {
    let parts = text.split(separator: "-", maxSplits: 1)
    guard parts.count == 2, let microseconds = Int64(parts[0]), let id = CampaignID(String(parts[1])) else {
      throw APIQuery.badCursor
    }
    return CampaignStore.Cursor(cutOffAt: Timestamp(microseconds: microseconds), id: id)
  }
}

/// How campaigns stand in the API's JSON.
enum CampaignJSON {
  /// Writes the members of a campaign into the object that is open.
  static func write(_ campaign: Campaign, at now: Timestamp, to json: inout JSONWriter) {
    json.field("id", campaign.id)
    json.field("title", campaign.title)
    json.field("note", campaign.note)
    json.field("phase", campaign.phase(at: now).rawValue)
    json.field("opens_at", campaign.opensAt)
    json.field("cut_off_at", campaign.cutOffAt)
    json.field("pickup_from", campaign.pickupFrom)
    json.field("pickup_until", campaign.pickupUntil)
    json.field("shortage_rule", campaign.shortageRule.rawValue)
    json.field("lottery_seed", campaign.lotterySeed)
    let terms = campaign.terms
    json.object("parts") { json in
      json.field("leader", terms.commission.basisPoints)
      json.field("community", terms.platform.basisPoints)
      json.field("carrier", (terms.carrier?.rate ?? Rate.none).basisPoints)
      json.field("fund", (terms.fund?.rate ?? Rate.none).basisPoints)
    }
    switch campaign.minimum {
    case .none: json.field("minimum", String?.none)
    case .households(let count): json.object("minimum") { $0.field("households", count) }
    case .amount(let money): json.object("minimum") { $0.field("amount", money) }
    }
    PromotionJSON.write(campaign.discountSteps, to: &json)
  }

  static func write(_ entry: ShelfItem, to json: inout JSONWriter) {
    json.object { json in
      json.field("id", entry.item.id)
      json.field("product", entry.item.product)
      json.field("name", entry.name)
      json.field("pack", entry.pack)
      json.field("unit", entry.unit.code)
      json.field("merchant", entry.merchantName)
      json.field("price", entry.item.price)
      json.field("left", entry.level.left)
      json.field("is_held", entry.isHeld)
      json.field("household_limit", entry.item.householdLimit)
      json.field("minimum_quantity", entry.item.minimumQuantity)
      PromotionJSON.write(entry, to: &json)
      CaseJSON.write(entry, to: &json)
      guard let terms = entry.item.weighed?.terms else { return }
      json.field("weighed_basis", terms.basis.rawValue)
      json.field("typical_grams", terms.typicalGrams)
      json.field("tolerance_percent", terms.tolerancePercent)
      if let estimate = try? terms.estimate(of: 1, at: entry.item.price) {
        json.field("estimate", estimate.high)
      }
    }
  }
}

/// The API of campaigns as the OpenAPI document describes it.
enum CampaignOperations {
  private static let head: [Schema.Property] = [
    .init("id", .identifier), .init("title", .phrase), .init("note", .phrase),
    .init("phase", .enumeration(Campaign.Phase.allCases.filter { $0 != .draft }.map(\.rawValue))),
    .init("opens_at", .timestamp), .init("cut_off_at", .timestamp), .init("pickup_from", .timestamp),
    .init("pickup_until", .timestamp),
    .init("shortage_rule", .enumeration(ShortageRule.allCases.map(\.rawValue))),
    .init("lottery_seed", .string()), .init("parts", .object(parts)),
    .init(
      "minimum",
      .nullable(
        .object([
          .init("households", .integer(1...Int64.max), isRequired: false),
          .init("amount", .money, isRequired: false),
        ]))),
    PromotionJSON.steps,
  ]

  /// Of the price, in hundredths of a percent; what is left belongs to the merchants.
  private static let parts: [Schema.Property] = [
    .init("leader", .integer(0...10_000)), .init("community", .integer(0...10_000)),
    .init("carrier", .integer(0...10_000)), .init("fund", .integer(0...10_000)),
  ]

  private static let item = Schema.named(
    "CampaignItem",
    .object(
      [
        .init("id", .identifier), .init("product", .identifier), .init("name", .phrase),
        .init("pack", .phrase),
        .init("unit", .string()), .init("merchant", .phrase), .init("price", .money),
        .init("left", .nullable(.integer(0...Int64.max))), .init("is_held", .boolean),
        .init("household_limit", .nullable(.integer(1...Int64.max))),
        .init("minimum_quantity", .integer(0...Int64.max)),
      ] + PromotionJSON.tiers + CaseJSON.itemSchema + weighed))

  /// There for goods that are sold by weight: what the price is for, and what one piece is expected to cost.
  private static let weighed: [Schema.Property] = [
    .init("weighed_basis", .enumeration(WeighedPrice.Basis.allCases.map(\.rawValue)), isRequired: false),
    .init("typical_grams", .integer(WeighedTerms.typicalGramsRange), isRequired: false),
    .init("tolerance_percent", .integer(WeighedTerms.toleranceRange), isRequired: false),
    .init("estimate", .money, isRequired: false),
  ]

  private static let cursor = Schema.Property("next_cursor", .nullable(.string()))

  static let list = Operation(
    "listCampaigns",
    Phrase(
      "团购：open 和 upcoming 按最近的截单排，past 和 all 新的在前。",
      "Campaigns: open and upcoming by the nearest cut-off, past and all by the latest."),
    parameters: [
      .init("phase", in: .query, .enumeration(CampaignStore.Filter.allCases.map(\.rawValue))),
      APIQuery.cursorParameter, APIQuery.limitParameter,
    ],
    answers: [
      .init(
        200, Phrase("一页团购。", "A page of campaigns."),
        .object([.init("campaigns", .array(.named("Campaign", .object(head)))), cursor]))
    ])

  static let show = Operation(
    "getCampaign", Phrase("一个团购和一页商品，含剩余数量。", "A campaign and a page of its items with what is left."),
    parameters: [APIQuery.cursorParameter, APIQuery.limitParameter],
    answers: [
      .init(
        200, Phrase("团购。", "The campaign."),
        .named(
          "CampaignWithItems",
          .object(
            head + [
              .init("pickup_point", .object([.init("id", .identifier), .init("name", .phrase)])),
              .init("items", .array(item)), cursor,
            ])))
    ])
}
