import Kernel
import Security
import Web

/// Reads a notification and proves that Alipay made it for us.
/// Source: field/reliability.md §3.9.
struct AlipayNotification: Sendable {
  /// Most parameters of a notification; about thirty are known.
  private static let maximumParameters = 200

  private let account: AlipayAccount

  init(_ account: AlipayAccount) {
    self.account = account
  }

  /// - Throws: `tooLarge`, `malformed`, `doubled`, `missing`, `unsupportedAlgorithm`, `unsupportedCharset`,
  ///   `badSignature`, `otherApplication`, `otherSeller`.
  func event(in body: [UInt8]) throws(GatewayRefusal) -> GatewayEvent {
    guard body.count <= IncomingNotification.limit else { throw .tooLarge }
    guard let pairs = URLEncodedText.pairs(body, maximum: Self.maximumParameters), !pairs.isEmpty else {
      throw .malformed("body")
    }
    let fields = try AlipayFields(pairs)
    try prove(fields, pairs)
    guard try fields.text("app_id") == account.appID else { throw .otherApplication }
    guard try fields.text("seller_id") == account.sellerID else { throw .otherSeller }
    if fields.optionalText("refund_fee") != nil || fields.optionalText("out_biz_no") != nil {
      return .refund(try refund(fields))
    }
    return .payment(try payment(fields))
  }

  private func prove(_ fields: AlipayFields, _ pairs: [URLEncodedText.Pair]) throws(GatewayRefusal) {
    guard try fields.text("sign_type") == "RSA2" else { throw .unsupportedAlgorithm }
    guard try fields.text("charset").lowercased() == "utf-8" else { throw .unsupportedCharset }
    guard let signature = Base64.decode(try fields.text("sign")) else { throw .badSignature }
    let signed = AlipayParameters(pairs.filter { $0.name != "sign" && $0.name != "sign_type" })
    guard account.alipayKey.isValid(signature, of: signed.message) else { throw .badSignature }
  }

  private func payment(_ fields: AlipayFields) throws(GatewayRefusal) -> PaymentNotice {
    let state: PaymentNotice.State
    switch try fields.text("trade_status") {
    case "TRADE_SUCCESS", "TRADE_FINISHED": state = .paid
    case "WAIT_BUYER_PAY": state = .notPaid
    case "TRADE_CLOSED": state = .closed
    default: throw .malformed("trade_status")
    }
    return PaymentNotice(
      notificationID: try fields.text("notify_id"), trade: try fields.trade("out_trade_no"),
      transactionID: try fields.text("trade_no"), amount: try fields.yuan("total_amount"), state: state,
      paidAt: state == .paid ? try fields.moment("gmt_payment") : nil)
  }

  /// Alipay tells of a refund when the money went, whatever became of the trade with it.
  private func refund(_ fields: AlipayFields) throws(GatewayRefusal) -> RefundNotice {
    RefundNotice(
      notificationID: try fields.text("notify_id"), trade: try fields.trade("out_trade_no"),
      transactionID: try fields.text("trade_no"),
      refund: fields.optionalText("out_biz_no").flatMap { RefundNumber($0) },
      amount: .allRefunds(try fields.yuan("refund_fee")), state: .succeeded)
  }
}

/// The parameters of a notification by name, each there once.
struct AlipayFields: Sendable {
  private let values: [String: String]

  /// - Throws: `doubled`.
  init(_ pairs: [URLEncodedText.Pair]) throws(GatewayRefusal) {
    var values: [String: String] = [:]
    for pair in pairs where values.updateValue(pair.value, forKey: pair.name) != nil {
      throw .doubled(String(pair.name.prefix(40)))
    }
    self.values = values
  }

  func optionalText(_ name: String) -> String? {
    guard let value = values[name], !value.isEmpty else { return nil }
    return value
  }

  func text(_ name: String) throws(GatewayRefusal) -> String {
    guard let value = optionalText(name) else { throw .missing(name) }
    return value
  }

  func trade(_ name: String) throws(GatewayRefusal) -> TradeNumber {
    guard let number = TradeNumber(try text(name)) else { throw .malformed(name) }
    return number
  }

  /// Yuan with at most two decimals, in fen.
  func yuan(_ name: String) throws(GatewayRefusal) -> Money {
    guard let amount = GatewayAmount.yuan(try text(name)) else { throw .malformed(name) }
    return amount
  }

  func moment(_ name: String) throws(GatewayRefusal) -> Timestamp {
    guard let moment = ChinaTime.moment(try text(name)) else { throw .malformed(name) }
    return moment
  }
}
