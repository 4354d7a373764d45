import HTTPTypes
package import Kernel
import Security
package import Web

/// WeChat Pay, API v3, for one merchant of ours.
///
/// Copies share the certificates that were fetched.
package struct WeChatPay: PaymentGateway {
  let account: WeChatPayAccount
  let wire: WeChatPayWire
  private let keys: WeChatPayKeys
  private let clock: Clock

  /// - Parameter makeNonce: 32 characters that come once; tests fix them.
  package init(
    account: WeChatPayAccount, transport: GatewayTransport, clock: Clock,
    makeNonce: @escaping @Sendable () -> String = { Hexadecimal.encode(RandomBytes.make(16)) }
  ) {
    self.account = account
    self.clock = clock
    wire = WeChatPayWire(account: account, transport: transport, clock: clock, makeNonce: makeNonce)
    keys = WeChatPayKeys(wire)
  }

  package var channel: PaymentChannel { .weChatPay }

  package func begin(_ request: PaymentRequest) async -> PaymentBeginning {
    do throws(GatewayDoubt) {
      switch request.presentation {
      case .code:
        let answer = try await call(.post, "/v3/pay/transactions/native", order(request))
        if let code = answer.errorCode { return .refused(code: code) }
        return .prompt(.code(try answer.text("code_url")))
      case .inWeChat(let openID):
        let answer = try await call(.post, "/v3/pay/transactions/jsapi", order(request, openID: openID))
        if let code = answer.errorCode { return .refused(code: code) }
        return .prompt(.inWeChat(try wire.call(prepayID: try answer.text("prepay_id"))))
      case .page:
        return .refused(code: "UNSUPPORTED_PRESENTATION")
      }
    } catch {
      return .unknown(error)
    }
  }

  private func order(_ request: PaymentRequest, openID: String? = nil) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("appid", account.appID)
      json.field("mchid", account.merchantID)
      json.field("description", request.shortSubject)
      json.field("out_trade_no", request.trade.text)
      json.field("time_expire", ChinaTime.rfc3339(request.expiresAt))
      json.field("notify_url", request.notifyURL)
      json.object("amount") { json in
        json.field("total", request.amount.minorUnits)
        json.field("currency", request.amount.currency.code)
      }
      if let openID { json.object("payer") { $0.field("openid", openID) } }
    }
    return json.bytes
  }

  package func query(_ trade: TradeNumber) async -> PaymentOutcome {
    do throws(GatewayDoubt) {
      let answer = try await call(
        .get, "/v3/pay/transactions/out-trade-no/\(trade.text)?mchid=\(account.merchantID)")
      if let code = answer.errorCode {
        return Self.absent.contains(code) ? .notPaid : .unknown(.said(code: code))
      }
      let transaction = try answer.read { (document) throws(GatewayRefusal) in
        try WeChatPayTransaction(document, of: account)
      }
      guard transaction.trade == trade else { throw .unproven(.unknownTrade) }
      return transaction.outcome
    } catch {
      return .unknown(error)
    }
  }

  /// Codes for a number that WeChat Pay does not know.
  static let absent: Set<String> = ["ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS"]

  package func close(_ trade: TradeNumber) async -> ClosingOutcome {
    do throws(GatewayDoubt) {
      var json = JSONWriter()
      json.object { $0.field("mchid", account.merchantID) }
      let answer = try await call(
        .post, "/v3/pay/transactions/out-trade-no/\(trade.text)/close", json.bytes)
      switch answer.errorCode {
      case nil, "ORDER_CLOSED", "ORDERCLOSED": return .closed
      case "ORDER_PAID", "ORDERPAID": return .paid
      case .some(let code): return Self.absent.contains(code) ? .absent : .unknown(.said(code: code))
      }
    } catch {
      return .unknown(error)
    }
  }

  package func verify(
    _ notification: IncomingNotification
  ) async throws(GatewayRefusal) -> GatewayEvent {
    guard notification.body.count <= IncomingNotification.limit else { throw .tooLarge }
    try await prove(notification.headers, notification.body)
    return try WeChatPayNotification(account).event(in: notification.body)
  }

  package func answer(_ verdict: NotificationVerdict) -> NotificationAnswer {
    switch verdict {
    case .accepted: NotificationAnswer(status: 204)
    case .refused(let refusal): failure(refusal.status, refusal.code)
    case .failed: failure(500, "gateway.failed")
    }
  }

  private func failure(_ status: Int, _ message: String) -> NotificationAnswer {
    var json = JSONWriter()
    json.object { json in
      json.field("code", "FAIL")
      json.field("message", message)
    }
    return NotificationAnswer(status: status, contentType: "application/json", body: json.text)
  }

  /// Sends a request and proves that the answer is WeChat Pay's; an unsigned one counts as forged, whatever its status.
  func call(
    _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8] = []
  ) async throws(GatewayDoubt) -> WeChatPayAnswer {
    let response = try await wire.send(method, path, body: body)
    do {
      try await prove(response.headers, response.body)
    } catch {
      throw .unproven(error)
    }
    return try WeChatPayAnswer(response)
  }

  private func prove(_ headers: HTTPFields, _ body: [UInt8]) async throws(GatewayRefusal) {
    let signature = try WeChatPaySignature(headers, at: clock.now())
    try signature.verify(body, by: try await keys.key(signature.serial))
  }
}
