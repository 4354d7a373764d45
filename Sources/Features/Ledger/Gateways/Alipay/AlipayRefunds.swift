import Kernel
import Web

extension Alipay {
  package func refund(_ request: RefundRequest) async -> RefundOutcome {
    do throws(GatewayDoubt) {
      let answer = try await wire.call("alipay.trade.refund", refundOrder(request))
      if let code = answer.errorCode { return .failed(code: code) }
      try answer.requireTrade(request.trade)
      return try answer.read { (document) throws(GatewayRefusal) in
        // `N` says that this request moved no money: an earlier one did, or the bank has not yet. A query tells.
        guard try document.text("fund_change") == "Y" else { return .processing }
        // `refund_fee` is here what went back of the trade altogether.
        return .succeeded(
          SettledRefund(
            transactionID: try document.text("trade_no"), amount: request.amount,
            at: document.optionalText("gmt_refund_pay").flatMap(ChinaTime.moment)))
      }
    } catch {
      return .unknown(error)
    }
  }

  private func refundOrder(_ request: RefundRequest) -> String {
    var json = JSONWriter()
    json.object { json in
      json.field("out_trade_no", request.trade.text)
      json.field("out_request_no", request.refund.text)
      json.field("refund_amount", request.amount.decimal)
      json.field("refund_reason", String(request.reason.prefix(80)))
    }
    return json.text
  }

  package func queryRefund(_ refund: RefundNumber, of trade: TradeNumber) async -> RefundOutcome {
    do throws(GatewayDoubt) {
      var json = JSONWriter()
      json.object { json in
        json.field("out_trade_no", trade.text)
        json.field("out_request_no", refund.text)
        json.array("query_options", ["gmt_refund_pay"])
      }
      let answer = try await wire.call("alipay.trade.fastpay.refund.query", json.text)
      if let code = answer.errorCode {
        return code == "ACQ.TRADE_NOT_EXIST" ? .absent : .unknown(.said(code: code))
      }
      return try answer.read { (document) throws(GatewayRefusal) in
        // An answer without a status says that there is no such refund, or that it came to nothing.
        guard let status = document.optionalText("refund_status") else { return .absent }
        guard try document.text("out_request_no") == refund.text,
          try document.text("out_trade_no") == trade.text
        else { throw .unknownTrade }
        guard status == "REFUND_SUCCESS" else { return .processing }
        return .succeeded(
          SettledRefund(
            transactionID: try document.text("trade_no"), amount: try document.yuan("refund_amount"),
            at: document.optionalText("gmt_refund_pay").flatMap(ChinaTime.moment)))
      }
    } catch {
      return .unknown(error)
    }
  }
}
