import Kernel
import Web

/// How orders stand in the API's JSON, and what the API takes.
enum OrderJSON {
  /// The answer to a placed order: the facts of the placing and nothing that changes later, so that a repeat is the
  /// same byte for byte.
  static func placement(_ order: Order) -> JSONWriter {
    var json = JSONWriter(capacity: 320 + order.lines.count * 260)
    json.object { json in
      json.field("id", order.id)
      json.field("number", order.number)
      json.field("campaign", order.campaign)
      json.field("placed_at", order.placedAt)
      json.field("total", order.placedTotal)
      json.field("payment_method", order.paymentMethod.rawValue)
      json.field("revision", 1)
      json.array("lines", order.lines.lazy.filter { $0.placedQuantity > 0 }) { json, line in
        json.object { json in
          goods(line, &json)
          json.field("quantity", line.placedQuantity)
          estimate(line, of: line.placedQuantity, &json)
        }
      }
    }
    return json
  }

  /// The order as it stands now.
  static func write(_ order: Order, to json: inout JSONWriter) {
    json.object { json in
      json.field("id", order.id)
      json.field("number", order.number)
      json.field("campaign", order.campaign)
      json.field("placed_at", order.placedAt)
      json.field("total", order.total)
      json.field("payment_method", order.paymentMethod.rawValue)
      json.field("payment", order.payment.rawValue)
      json.field("fulfilment", order.fulfilment.rawValue)
      json.field("note", order.note)
      json.field("revision", order.revision)
      json.array("lines", order.lines.lazy.filter(\.isShown)) { json, line in
        json.object { json in
          goods(line, &json)
          json.field("quantity", line.quantity)
          json.field("allocated", line.allocated)
          json.field("collected", line.collected)
          CaseJSON.write(line, to: &json)
          estimate(line, of: line.due, &json)
          weight(line, &json)
        }
      }
    }
  }

  static func standing(_ order: Order) -> JSONWriter {
    var json = JSONWriter(capacity: 400 + order.lines.count * 300)
    write(order, to: &json)
    return json
  }

  private static func goods(_ line: OrderLine, _ json: inout JSONWriter) {
    json.field("item", line.item)
    json.field("name", line.name)
    json.field("pack", line.pack)
    json.field("unit", line.unit.code)
    json.field("price", line.price)
  }

  /// What so many weighed pieces are expected to cost and agreed to at most; nothing for goods that are not weighed.
  private static func estimate(_ line: OrderLine, of pieces: Int64, _ json: inout JSONWriter) {
    guard let terms = line.weighed?.terms else { return }
    json.field("weighed_basis", terms.basis.rawValue)
    json.field("typical_grams", terms.typicalGrams)
    json.field("tolerance_percent", terms.tolerancePercent)
    guard let estimate = try? terms.estimate(of: pieces, at: line.price), let most = try? estimate.most()
    else { return }
    json.field("estimate", estimate.high)
    json.field("most", most)
  }

  /// What the goods weighed and are charged for; nothing until then.
  private static func weight(_ line: OrderLine, _ json: inout JSONWriter) {
    guard let weighed = line.weighed, let weight = weighed.weight else { return }
    json.field("grams", weight.grams)
    json.field("charged", weight.charged)
    if let asked = try? weighed.asked(at: line.price) { json.field("needs_agreement", asked) }
    if let agreed = weight.agreed { json.field("agreed", agreed) }
  }

  /// A new order as it was sent.
  struct Placing {
    let campaign: CampaignID
    let wishes: [OrderRequest.Wish]
    let note: String

    /// - Throws: `form.invalid` naming each wrong member.
    init(_ json: JSON) throws {
      var body = try json.object()
      let campaign = body.identifier("campaign", of: CampaignKind.self)
      let wishes = OrderJSON.wishes(&body)
      let note = body.string("note", length: 0...200, isRequired: false)
      try body.finish()
      guard let campaign, let wishes else { throw Problem.internalFault }
      self.campaign = campaign
      self.wishes = wishes
      self.note = note ?? ""
    }
  }

  /// A change of an order as it was sent: the order shall hold exactly these lines.
  struct Changing {
    let revision: Int64
    let wishes: [OrderRequest.Wish]
    let note: String

    /// - Throws: `form.invalid` naming each wrong member.
    init(_ json: JSON) throws {
      var body = try json.object()
      let revision = body.integer("revision", in: 1...Int64.max)
      let wishes = OrderJSON.wishes(&body)
      let note = body.string("note", length: 0...200, isRequired: false)
      try body.finish()
      guard let revision, let wishes else { throw Problem.internalFault }
      self.revision = revision
      self.wishes = wishes
      self.note = note ?? ""
    }
  }

  private static func wishes(_ body: inout JSONObject) -> [OrderRequest.Wish]? {
    body.objects("lines", count: 1...Order.lineLimit) { line in
      let item = line.identifier("item", of: CampaignItemKind.self)
      let quantity = line.integer("quantity", in: 1...Order.quantityLimit)
      let tolerance = line.integer("tolerance", in: 0...Order.quantityLimit, isRequired: false)
      guard let item, let quantity else { return nil }
      return OrderRequest.Wish(item: item, quantity: quantity, tolerance: tolerance ?? 0)
    }
  }
}

/// The shapes of orders in the OpenAPI document.
enum OrderSchemas {
  private static let quantity = Schema.integer(1...Order.quantityLimit)
  private static let wishes = Schema.array(
    .object([.init("item", .identifier), .init("quantity", quantity), CaseJSON.toleranceSchema]),
    count: 1...Order.lineLimit)
  private static let note = Schema.Property("note", .string(length: 0...200), isRequired: false)

  static let placing = Schema.named(
    "OrderPlacing", .object([.init("campaign", .identifier), .init("lines", wishes), note]))

  static let changing = Schema.named(
    "OrderChange", .object([.init("revision", .integer(1...Int64.max)), .init("lines", wishes), note]))

  private static let goods: [Schema.Property] = [
    .init("item", .identifier), .init("name", .phrase), .init("pack", .phrase), .init("unit", .string()),
    .init("price", .money),
  ]

  private static let estimate: [Schema.Property] = [
    .init("weighed_basis", .enumeration(WeighedPrice.Basis.allCases.map(\.rawValue)), isRequired: false),
    .init("typical_grams", .integer(WeighedTerms.typicalGramsRange), isRequired: false),
    .init("tolerance_percent", .integer(WeighedTerms.toleranceRange), isRequired: false),
    .init("estimate", .money, isRequired: false), .init("most", .money, isRequired: false),
  ]

  private static let weight: [Schema.Property] = [
    .init("grams", .integer(1...Int64.max), isRequired: false), .init("charged", .money, isRequired: false),
    .init("needs_agreement", .money, isRequired: false), .init("agreed", .money, isRequired: false),
  ]

  private static let head: [Schema.Property] = [
    .init("id", .identifier), .init("number", .integer(1...Int64.max)), .init("campaign", .identifier),
    .init("placed_at", .timestamp), .init("total", .money),
    .init("payment_method", .enumeration(Order.PaymentMethod.allCases.map(\.rawValue))),
  ]

  static let placement = Schema.named(
    "OrderPlacement",
    .object(
      head + [
        .init("revision", .integer(1...1)),
        .init("lines", .array(.object(goods + [.init("quantity", quantity)] + estimate))),
      ]))

  static let order = Schema.named(
    "Order",
    .object(
      head + [
        .init("payment", .enumeration(Order.Payment.allCases.map(\.rawValue))),
        .init("fulfilment", .enumeration(Order.Fulfilment.allCases.map(\.rawValue))),
        .init("note", .string()), .init("revision", .integer(1...Int64.max)),
        .init(
          "lines",
          .array(
            .object(
              goods + [
                .init("quantity", .integer(0...Order.quantityLimit)),
                .init("allocated", .nullable(.integer(0...Int64.max))),
                .init("collected", .integer(0...Int64.max)),
              ] + CaseJSON.lineSchema + estimate + weight))),
      ]))

  static let list = Schema.object([
    .init("orders", .array(order)), .init("next_cursor", .nullable(.string())),
  ])
}
