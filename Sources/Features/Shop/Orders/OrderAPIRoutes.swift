import Database
import HTTPTypes
import Hummingbird
import Kernel
import Web

extension Orders {
  func registerAPI(on routes: inout Routes) {
    let own = Objects.own("household's orders")
    routes.post(
      "/api/v1/orders", for: .signedIn, objects: own, limits: Self.limits, operation: OrderOperations.place
    ) { try await placeByAPI($0) }
    routes.get("/api/v1/orders", for: .signedIn, objects: own, operation: OrderOperations.list) {
      try await listByAPI($0)
    }
    routes.get("/api/v1/orders/:order", for: .signedIn, objects: own, operation: OrderOperations.show) {
      .json(OrderJSON.standing(try await ownOrder($0)))
    }
    routes.put(
      "/api/v1/orders/:order", for: .signedIn, objects: own, limits: Self.limits,
      operation: OrderOperations.change
    ) { try await changeByAPI($0) }
    routes.delete(
      "/api/v1/orders/:order", for: .signedIn, objects: own, limits: Self.limits,
      operation: OrderOperations.cancel
    ) { try await cancelByAPI($0) }
  }

  /// The way of the rush: nothing is read here but the session, which is kept in memory; the desk does the rest.
  private func placeByAPI(_ signedIn: SignedIn) async throws -> Response {
    let household = try signedIn.household()
    let placing = try OrderJSON.Placing(try await signedIn.json())
    let answer = try await desk.submit(
      try OrderRequest(
        community: signedIn.community.id, campaign: placing.campaign, person: signedIn.personID,
        household: household, actor: signedIn.personID, role: .resident, key: try Self.key(signedIn),
        command: .place(placing.wishes, note: placing.note)))
    var response = Response.json(OrderJSON.placement(answer.order), status: .created)
    response.headers.append(HTTPField(name: .location, value: "/api/v1/orders/\(answer.order.id)"))
    Self.mark(&response, answer)
    return response
  }

  private func listByAPI(_ signedIn: SignedIn) async throws -> Response {
    let limit = try APIQuery.limit(signedIn.visit, range: 1...100, default: 50)
    let before = try signedIn.query("cursor").map { text in
      guard let id = OrderID(text) else { throw APIQuery.badCursor }
      return id
    }
    let page = try await OrderList.page(of: signedIn, before: before, limit: limit, self)
    var json = JSONWriter(capacity: 2048)
    json.object { json in
      json.array("orders", page.orders) { json, order in OrderJSON.write(order, to: &json) }
      json.field("next_cursor", page.next?.description)
    }
    return .json(json)
  }

  private func changeByAPI(_ signedIn: SignedIn) async throws -> Response {
    let order = try await ownOrder(signedIn)
    let changing = try OrderJSON.Changing(try await signedIn.json())
    return try await submit(
      .change(order.id, revision: changing.revision, changing.wishes, note: changing.note), order, signedIn)
  }

  private func cancelByAPI(_ signedIn: SignedIn) async throws -> Response {
    let order = try await ownOrder(signedIn)
    guard let revision = signedIn.query("revision").flatMap(Int64.init), revision > 0 else {
      throw Problem.invalid([
        FieldProblem("revision", Phrase("请说明看到的是第几版订单。", "Say which revision of the order you have seen."))
      ])
    }
    return try await submit(.cancel(order.id, revision: revision), order, signedIn)
  }

  private func submit(
    _ command: OrderRequest.Command, _ order: Order, _ signedIn: SignedIn
  ) async throws -> Response {
    let answer = try await desk.submit(
      try Self.request(for: order, try Self.key(signedIn), command, signedIn))
    var response = Response.json(OrderJSON.standing(answer.order))
    Self.mark(&response, answer)
    return response
  }

  /// - Throws: `idempotency.key` when the header is missing; its form is checked by the request.
  private static func key(_ signedIn: SignedIn) throws -> String {
    guard let name = keyName, let key = signedIn.request.headers.first(name) else {
      throw Problem.idempotencyKeyUnusable
    }
    return key
  }

  private static func mark(_ response: inout Response, _ answer: OrderAnswer) {
    guard answer.isRepeated, let name = replayedName else { return }
    response.headers.append(HTTPField(name: name, value: "true"))
  }

  private static let keyName = HTTPField.Name("Idempotency-Key")
  private static let replayedName = HTTPField.Name("Idempotency-Replayed")
}

/// What the API's lists take in their query.
enum APIQuery {
  static func limit(_ visit: Visit, range: ClosedRange<Int>, default preset: Int) throws -> Int {
    guard let text = visit.query("limit") else { return preset }
    guard let limit = Int(text), range.contains(limit) else {
      throw Problem.invalid([
        FieldProblem(
          "limit",
          Phrase(
            "请填 \(range.lowerBound) 到 \(range.upperBound)。",
            "This should be \(range.lowerBound) to \(range.upperBound)."))
      ])
    }
    return limit
  }

  static let badCursor = Problem.invalid([
    FieldProblem("cursor", Phrase("不是上一页给出的游标。", "This is not a cursor that a page gave."))
  ])

  static let limitParameter = Operation.Parameter("limit", in: .query, .integer(1...100))
  static let cursorParameter = Operation.Parameter("cursor", in: .query, .string(length: 1...64))
}

/// The API of orders as the OpenAPI document describes it.
enum OrderOperations {
  static let place = Operation(
    "placeOrder",
    Phrase("下单。同一个 Idempotency-Key 只下一单。", "Places an order; one Idempotency-Key is one order."),
    parameters: [.idempotencyKey], request: OrderSchemas.placing,
    answers: [.init(201, Phrase("订单已下。", "The order is placed."), OrderSchemas.placement)])

  static let list = Operation(
    "listOrders", Phrase("本户的订单，新的在前。", "The household's orders, newest first."),
    parameters: [APIQuery.cursorParameter, APIQuery.limitParameter],
    answers: [.init(200, Phrase("一页订单。", "A page of orders."), OrderSchemas.list)])

  static let show = Operation(
    "getOrder", Phrase("一个订单现在的样子。", "An order as it stands."),
    answers: [.init(200, Phrase("订单。", "The order."), OrderSchemas.order)])

  static let change = Operation(
    "changeOrder",
    Phrase("截单前改订单：改成正好这些。", "Changes an order before the cut-off to hold exactly these lines."),
    parameters: [.idempotencyKey], request: OrderSchemas.changing,
    answers: [.init(200, Phrase("改好的订单。", "The changed order."), OrderSchemas.order)])

  static let cancel = Operation(
    "cancelOrder", Phrase("截单前取消订单。", "Cancels an order before the cut-off."),
    parameters: [
      .idempotencyKey, .init("revision", in: .query, .integer(1...Int64.max), isRequired: true),
    ], answers: [.init(200, Phrase("已取消的订单。", "The cancelled order."), OrderSchemas.order)])
}
