import Database
import HTTPTypes
import Hummingbird
import Kernel
import Web

extension PickupTable {
  func registerAPI(on routes: inout Routes) {
    let runners = Access.Personal.roles(CampaignActor.roles)
    let own = Objects.own("campaigns that the person runs")
    routes.get("/api/v1/pickups/:order", for: runners, objects: own, operation: Self.readOperation) {
      signedIn in
      let entry = try await entry(try signedIn.id("order"), signedIn)
      return .json(Self.json(entry))
    }
    routes.post("/api/v1/pickups", for: runners, objects: own, operation: Self.handOverOperation) {
      signedIn in
      let request = try await Self.request(signedIn)
      let (id, isRepeated) = try await handOver(request, signedIn)
      let entry = try await entry(request.order, signedIn)
      var json = JSONWriter()
      json.object { json in
        json.field("id", id)
        Self.write(entry, to: &json)
      }
      var response = Response.json(json, status: isRepeated ? .ok : .created)
      if isRepeated, let name = HTTPField.Name("Idempotency-Replayed") { response.headers[name] = "true" }
      return response
    }
  }

  private static func request(_ signedIn: SignedIn) async throws -> HandoverRequest {
    var body = try await signedIn.json().object()
    let order = body.identifier("order", of: OrderKind.self)
    let revision = body.integer("revision", in: 1...Int64.max)
    let code = body.string("code", length: 1...20, isRequired: false)
    let reason = body.string("reason", length: 2...200, isRequired: false)
    let proxy = body.identifier("proxy", of: PickupProxyKind.self, isRequired: false)
    let cash = body.money("cash")
    let lines = body.objects("lines", count: 1...Order.lineLimit) { line -> (Int, Int64)? in
      let position = line.integer("position", in: 0...Int64(Order.lineLimit - 1))
      let quantity = line.integer("quantity", in: 0...Order.quantityLimit)
      guard let position, let quantity else { return nil }
      return (Int(position), quantity)
    }
    if let lines, Set(lines.map(\.0)).count != lines.count {
      body.add("lines", Phrase("每一行只能写一次。", "Each line may be named once."))
    }
    if (code == nil) == (reason == nil) {
      body.add("code", Phrase("取货码和原因，请填其中一个。", "Give either the code or a reason."))
    }
    try body.finish()
    let name = HTTPField.Name("Idempotency-Key")
    let key = name.flatMap { signedIn.request.headers[$0] } ?? ""
    guard IdempotencyKey.isUsable(key) else { throw Problem.idempotencyKeyUnusable }
    guard let order, let revision, let cash, let lines else { throw Problem.internalFault }
    return HandoverRequest(
      order: order, revision: revision, pieces: Dictionary(lines, uniquingKeysWith: { first, _ in first }),
      cash: cash,
      proof: code.map { .code($0) } ?? .knownNeighbour(reason: reason ?? ""), proxy: proxy, key: key)
  }

  private static func json(_ entry: PickupPages.DeskOrder) -> JSONWriter {
    var json = JSONWriter()
    json.object { write(entry, to: &$0) }
    return json
  }

  private static func write(_ entry: PickupPages.DeskOrder, to json: inout JSONWriter) {
    let order = entry.order
    json.field("order", order.id)
    json.field("number", order.number)
    json.field("campaign", order.campaign)
    json.field("revision", order.revision)
    json.field("fulfilment", order.fulfilment.rawValue)
    json.field("payment", order.payment.rawValue)
    json.field("total", order.total)
    json.field("owed", entry.owed)
    json.array("lines", order.lines) { json, line in
      json.object { json in
        json.field("position", line.position)
        json.field("item", line.item)
        json.field("name", line.name)
        json.field("due", line.due)
        json.field("ready", line.ready)
        json.field("collected", line.collected)
        if line.weighed != nil { json.field("awaits_weighing", line.awaitsWeighing) }
      }
    }
  }

  private static let quantity = Schema.integer(0...Order.quantityLimit)
  private static let members: [Schema.Property] = [
    .init("order", .identifier), .init("number", .integer()), .init("campaign", .identifier),
    .init("revision", .integer()),
    .init("fulfilment", .enumeration(Order.Fulfilment.allCases.map(\.rawValue))),
    .init("payment", .enumeration(Order.Payment.allCases.map(\.rawValue))), .init("total", .money),
    .init("owed", .money),
    .init(
      "lines",
      .array(
        .object([
          .init("position", .integer()), .init("item", .identifier), .init("name", .phrase),
          .init("due", quantity), .init("ready", quantity), .init("collected", quantity),
          .init("awaits_weighing", .boolean, isRequired: false),
        ]))),
  ]

  private static let readOperation = Operation(
    "readPickup", Phrase("一个订单还有什么可取", "What is ready to be handed over for an order"),
    parameters: [.init("order", in: .path, .identifier)],
    answers: [.init(200, Phrase("订单", "The order"), .object(members))])

  private static let handOverOperation = Operation(
    "handOver", Phrase("凭取货码交货", "Hand goods over against the order's code"),
    parameters: [.idempotencyKey],
    request: .object([
      .init("order", .identifier), .init("revision", .integer(1...Int64.max)),
      .init("code", .string(length: 1...20), isRequired: false),
      .init("reason", .string(length: 2...200), isRequired: false),
      .init("proxy", .identifier, isRequired: false), .init("cash", .money),
      .init(
        "lines",
        .array(
          .object([
            .init("position", .integer(0...Int64(Order.lineLimit - 1))), .init("quantity", quantity),
          ]), count: 1...Order.lineLimit)),
    ]),
    answers: [
      .init(201, Phrase("已交货", "Handed over"), .object([.init("id", .identifier)] + members)),
      .init(
        200, Phrase("同一请求的重复", "A repeat of the same request"), .object([.init("id", .identifier)] + members)),
    ])
}
