import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Web

/// Paying for one's orders, and hearing from payment services.
struct PaymentDoors: Sendable {
  let database: Database
  let trade: TradeDirectory
  let desk: GatewayDesk

  private static let tries = RateLimit("ledger.payment", 12, per: .minutes(1))
  /// Source of the figure: field/reliability.md §3.14, callbacks.
  private static let notices = RateLimit("ledger.notification", 3_000, per: .minutes(1), by: .address)

  func register(on routes: inout Routes) {
    let own = Objects.own("payments of the household's orders")
    routes.post("/payments", for: .signedIn, objects: own, limits: [Self.tries]) { try await begin($0) }
    routes.get("/payments/:payment", for: .signedIn, objects: own) { try await page($0) }
    routes.post("/payments/:payment/check", for: .signedIn, objects: own, limits: [Self.tries]) { signedIn in
      try await check(signedIn)
    }
    for channel in [PaymentChannel.weChatPay, .alipay] {
      routes.post(
        GatewayDesk.notifyPath(channel), .stateless,
        objects: .own("payments that the signed notification names"),
        limits: [Self.notices], bodyLimit: BodyLimit(bytes: IncomingNotification.limit + 1),
        forgery: .exempt(because: "payment services prove themselves by their signature")
      ) { visit in try await notified(channel, visit) }
    }
    registerAPI(on: &routes)
  }

  // MARK: - Pages

  private func begin(_ signedIn: SignedIn) async throws -> Response {
    var reader = FormReader(try await signedIn.form())
    let order = reader.identifier("order", of: OrderKind.self)
    let channel = reader.choice("channel", of: PaymentChannel.self)
    try reader.finish()
    guard let order, let channel else { throw Problem.internalFault }
    let payment = try await begin(order, channel, signedIn)
    if payment.channel == .weChatPay || payment.channel == .alipay {
      _ = try await prompt(payment, .code, signedIn)
    }
    return .redirect(to: "/payments/\(payment.id)")
  }

  func begin(_ order: OrderID, _ channel: PaymentChannel, _ signedIn: SignedIn) async throws -> Payment {
    let household = try signedIn.household()
    let actor = Actor(person: signedIn.personID, role: .resident)
    // Nothing leaves a practice shop.
    guard !signedIn.community.isPractice else { throw Problem.paymentNotTaken }
    if channel == .weChatPay || channel == .alipay, desk.gateways[channel] == nil {
      throw Problem.paymentNotTaken
    }
    return try await database.write(in: signedIn.community.id) { [desk] in
      try desk.payments.begin(order, by: channel, household: household, actor: actor, in: $0)
    }
  }

  func prompt(
    _ payment: Payment, _ presentation: PaymentPresentation, _ signedIn: SignedIn
  ) async throws -> PaymentPrompt {
    let number = try await number(of: payment, signedIn)
    return try await desk.begin(
      payment, presentation: presentation,
      subject: "\(signedIn.community.name.chinese) 订单 \(number)", in: signedIn.community.id)
  }

  private func number(of payment: Payment, _ signedIn: SignedIn) async throws -> Int64 {
    let community = signedIn.community.id
    return try await database.read { [trade] in try trade.bill(payment.order, community, $0)?.number ?? 0 }
  }

  /// - Throws: `not_found` for payments of other households.
  func ownPayment(_ signedIn: SignedIn) async throws -> (Payment, TradeDirectory.Bill) {
    let id: PaymentID = try signedIn.id("payment")
    let (community, household) = (signedIn.community.id, signedIn.householdID)
    return try await database.read { [trade] snapshot in
      guard let payment = try PaymentStore.find(id, in: community, snapshot),
        let bill = try trade.bill(payment.order, community, snapshot), let household,
        bill.household == household
      else { throw Problem.notFound }
      return (payment, bill)
    }
  }

  private func page(_ signedIn: SignedIn) async throws -> Response {
    let (payment, bill) = try await ownPayment(signedIn)
    let community = signedIn.community.id
    let account = try await database.read { try MoneyRulesStore.find(in: community, $0).bankAccount }
    let say = signedIn.say
    let main = PaymentPages(say: say, token: signedIn.formToken).payment(
      PaymentPages.Content(payment: payment, number: bill.number, bankAccount: account))
    return .page(Page(title: say("付款", "Payment"), main: main), signedIn)
  }

  private func check(_ signedIn: SignedIn) async throws -> Response {
    let (payment, _) = try await ownPayment(signedIn)
    if payment.state == .pending, payment.expiresAt != nil {
      if payment.prompt == nil { _ = try? await prompt(payment, .code, signedIn) }
      try await desk.ask(
        GatewayDeskStore.Due(id: payment.id, community: signedIn.community.id, asked: 0))
    }
    return .redirect(to: "/payments/\(payment.id)")
  }

  // MARK: - Notifications

  private func notified(_ channel: PaymentChannel, _ visit: Visit) async throws -> Response {
    let body: [UInt8]
    do {
      body = try await visit.body(limit: BodyLimit(bytes: IncomingNotification.limit))
    } catch let problem as Problem where problem.status == 413 {
      body = [UInt8](repeating: 0, count: IncomingNotification.limit + 1)
    }
    let notification = IncomingNotification(headers: visit.request.headers, body: body)
    guard let answer = await desk.notified(channel, notification) else { throw Problem.notFound }
    var response = Response(status: .init(code: answer.status))
    if !answer.body.isEmpty { response = .text(answer.body, status: .init(code: answer.status)) }
    if let type = answer.contentType { response.headers[.contentType] = type }
    return response
  }
}
