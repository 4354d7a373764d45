import HTTPTypes
import Hummingbird
import Kernel
import Web

extension PaymentDoors {
  func registerAPI(on routes: inout Routes) {
    let own = Objects.own("payments of the household's orders")
    routes.post("/api/v1/payments", for: .signedIn, objects: own, operation: Self.beginOperation) {
      signedIn in
      try await beginByAPI(signedIn)
    }
    routes.get("/api/v1/payments/:payment", for: .signedIn, objects: own, operation: Self.showOperation) {
      signedIn in
      let (payment, _) = try await ownPayment(signedIn)
      var json = JSONWriter()
      json.object { Self.write(payment, to: &$0) }
      return .json(json)
    }
  }

  private func beginByAPI(_ signedIn: SignedIn) async throws -> Response {
    var body = try await signedIn.json().object()
    let order = body.identifier("order", of: OrderKind.self)
    let channel = body.choice("channel", of: PaymentChannel.self)
    let openID = body.string("open_id", length: 1...128, isRequired: false)
    let returnURL = body.string("return_url", length: 1...500, isRequired: false)
    try body.finish()
    guard let order, let channel else { throw Problem.internalFault }
    let payment = try await begin(order, channel, signedIn)
    var prompt: PaymentPrompt?
    if payment.channel == .weChatPay || payment.channel == .alipay {
      let presentation: PaymentPresentation =
        if let openID { .inWeChat(openID: openID) } else if let returnURL { .page(returnURL: returnURL) } else
        { .code }
      prompt = try await self.prompt(payment, presentation, signedIn)
    }
    var json = JSONWriter()
    json.object { json in
      Self.write(payment, to: &json)
      switch prompt {
      case .code(let text)?: json.field("code", text)
      case .page(let address)?: json.field("page", address)
      case .inWeChat(let call)?: json.field("wechat_call", call)
      case nil: break
      }
    }
    return .json(json, status: .created)
  }

  private static func write(_ payment: Payment, to json: inout JSONWriter) {
    json.field("id", payment.id)
    json.field("order", payment.order)
    json.field("channel", payment.channel.rawValue)
    json.field("state", payment.state.rawValue)
    json.field("amount", payment.amount)
    json.field("refunded", payment.refunded)
    json.field("reference", payment.reference?.description)
    json.field("created_at", payment.createdAt)
    json.field("received_at", payment.receivedAt)
  }

  private static let members: [Schema.Property] = [
    .init("id", .identifier), .init("order", .identifier),
    .init("channel", .enumeration(PaymentChannel.allCases.map(\.rawValue))),
    .init("state", .enumeration(Payment.State.allCases.map(\.rawValue))), .init("amount", .money),
    .init("refunded", .money), .init("reference", .nullable(.string())),
    .init("created_at", .timestamp), .init("received_at", .nullable(.timestamp)),
  ]

  private static let beginOperation = Operation(
    "beginPayment",
    Phrase(
      "为订单开始一笔付款；等着的那一笔再问还是它。", "Begins a payment for an order; one that is waited for is answered again."),
    request: .object([
      .init("order", .identifier), .init("channel", .enumeration(PaymentChannel.allCases.map(\.rawValue))),
      .init("open_id", .string(length: 1...128), isRequired: false),
      .init("return_url", .string(length: 1...500), isRequired: false),
    ]), answers: [.init(201, Phrase("等待付款。", "It is waited for."), .object(members))])

  private static let showOperation = Operation(
    "getPayment", Phrase("一笔付款现在的样子。", "A payment as it stands."),
    parameters: [.init("payment", in: .path, .identifier)],
    answers: [.init(200, Phrase("付款。", "The payment."), .object(members))])
}
