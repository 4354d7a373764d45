package import Kernel
import Security
package import Web

/// Alipay's open platform, for one seller of ours.
package struct Alipay: PaymentGateway {
  let account: AlipayAccount
  let wire: AlipayWire

  package init(account: AlipayAccount, transport: GatewayTransport, clock: Clock) {
    self.account = account
    wire = AlipayWire(account: account, transport: transport, clock: clock)
  }

  package var channel: PaymentChannel { .alipay }

  /// Codes for a trade that Alipay does not know: a code that nobody scanned yet is such a one.
  private static let absent = "ACQ.TRADE_NOT_EXIST"

  package func begin(_ request: PaymentRequest) async -> PaymentBeginning {
    var extras = AlipayWire.Extras(notifyURL: request.notifyURL)
    do throws(GatewayDoubt) {
      switch request.presentation {
      case .code:
        let answer = try await wire.call("alipay.trade.precreate", order(request), extras)
        if let code = answer.errorCode { return .refused(code: code) }
        try answer.requireTrade(request.trade)
        return .prompt(.code(try answer.text("qr_code")))
      case .page(let returnURL):
        extras.returnURL = returnURL
        let content = order(request, product: "QUICK_WAP_WAY", quitURL: returnURL)
        return .prompt(.page(try wire.page("alipay.trade.wap.pay", content, extras)))
      case .inWeChat:
        return .refused(code: "UNSUPPORTED_PRESENTATION")
      }
    } catch {
      return .unknown(error)
    }
  }

  private func order(
    _ request: PaymentRequest, product: String? = nil, quitURL: String? = nil
  ) -> String {
    var json = JSONWriter()
    json.object { json in
      json.field("out_trade_no", request.trade.text)
      json.field("total_amount", request.amount.decimal)
      json.field("subject", request.shortSubject)
      json.field("time_expire", ChinaTime.spaced(request.expiresAt))
      if let product { json.field("product_code", product) }
      if let quitURL { json.field("quit_url", quitURL) }
    }
    return json.text
  }

  package func query(_ trade: TradeNumber) async -> PaymentOutcome {
    do throws(GatewayDoubt) {
      let answer = try await wire.call("alipay.trade.query", reference(trade))
      if let code = answer.errorCode {
        return code == Self.absent ? .notPaid : .unknown(.said(code: code))
      }
      try answer.requireTrade(trade)
      return try answer.read { (document) throws(GatewayRefusal) in
        switch try document.text("trade_status") {
        case "WAIT_BUYER_PAY": return .notPaid
        case "TRADE_CLOSED": return .closed
        case "TRADE_SUCCESS", "TRADE_FINISHED":
          guard let paidAt = ChinaTime.moment(try document.text("send_pay_date")) else {
            throw .malformed("send_pay_date")
          }
          return .paid(
            PaidTrade(
              transactionID: try document.text("trade_no"), amount: try document.yuan("total_amount"),
              paidAt: paidAt))
        default: throw .malformed("trade_status")
        }
      }
    } catch {
      return .unknown(error)
    }
  }

  private func reference(_ trade: TradeNumber) -> String {
    var json = JSONWriter()
    json.object { $0.field("out_trade_no", trade.text) }
    return json.text
  }

  package func close(_ trade: TradeNumber) async -> ClosingOutcome {
    do throws(GatewayDoubt) {
      let answer = try await wire.call("alipay.trade.close", reference(trade))
      switch answer.errorCode {
      case nil:
        try answer.requireTrade(trade)
        return .closed
      case Self.absent: return .absent
      // Paid, finished or closed before: which one, a query tells.
      case "ACQ.TRADE_STATUS_ERROR", "ACQ.REASON_TRADE_STATUS_INVALID": return await closedBefore(trade)
      case .some(let code): return .unknown(.said(code: code))
      }
    } catch {
      return .unknown(error)
    }
  }

  private func closedBefore(_ trade: TradeNumber) async -> ClosingOutcome {
    switch await query(trade) {
    case .paid: .paid
    case .closed: .closed
    case .notPaid: .unknown(.said(code: "ACQ.TRADE_STATUS_ERROR"))
    case .unknown(let doubt): .unknown(doubt)
    }
  }

  package func verify(
    _ notification: IncomingNotification
  ) async throws(GatewayRefusal) -> GatewayEvent {
    try AlipayNotification(account).event(in: notification.body)
  }

  /// Exactly `success`, or anything else, which makes Alipay send it again.
  package func answer(_ verdict: NotificationVerdict) -> NotificationAnswer {
    NotificationAnswer(
      status: 200, contentType: "text/plain", body: verdict == .accepted ? "success" : "fail")
  }
}
