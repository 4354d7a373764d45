import HTTPTypes
import Kernel
import Web

extension WeChatPay {
  package func refund(_ request: RefundRequest) async -> RefundOutcome {
    do throws(GatewayDoubt) {
      let answer = try await call(.post, "/v3/refund/domestic/refunds", refundOrder(request))
      if let code = answer.errorCode { return .failed(code: code) }
      return try outcome(answer, of: request.refund, request.trade)
    } catch {
      return .unknown(error)
    }
  }

  private func refundOrder(_ request: RefundRequest) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("out_trade_no", request.trade.text)
      json.field("out_refund_no", request.refund.text)
      json.field("reason", String(request.reason.prefix(20)))
      json.field("notify_url", request.notifyURL)
      json.object("amount") { json in
        json.field("refund", request.amount.minorUnits)
        json.field("total", request.total.minorUnits)
        json.field("currency", request.amount.currency.code)
      }
    }
    return json.bytes
  }

  package func queryRefund(_ refund: RefundNumber, of trade: TradeNumber) async -> RefundOutcome {
    do throws(GatewayDoubt) {
      let answer = try await call(.get, "/v3/refund/domestic/refunds/\(refund.text)")
      if let code = answer.errorCode {
        return Self.absent.contains(code) ? .absent : .unknown(.said(code: code))
      }
      return try outcome(answer, of: refund, trade)
    } catch {
      return .unknown(error)
    }
  }

  private func outcome(
    _ answer: WeChatPayAnswer, of refund: RefundNumber, _ trade: TradeNumber
  ) throws(GatewayDoubt) -> RefundOutcome {
    try answer.read { (document) throws(GatewayRefusal) in
      guard try document.text("out_refund_no") == refund.text,
        try document.text("out_trade_no") == trade.text
      else { throw .unknownTrade }
      switch try document.text("status") {
      case "SUCCESS":
        let amount = try document.object("amount")
        guard amount.optionalText("currency") == "CNY" else { throw .wrongCurrency }
        return .succeeded(
          SettledRefund(
            transactionID: try document.text("refund_id"), amount: try amount.fen("refund"),
            at: document.optionalText("success_time").flatMap { Timestamp(rfc3339: $0) }))
      case "PROCESSING": return .processing
      case "CLOSED": return .failed(code: "CLOSED")
      case "ABNORMAL": return .abnormal
      default: throw .malformed("status")
      }
    }
  }
}
