package import Kernel

/// Our number of a trade, unique for ever at one merchant account (`out_trade_no`).
package struct TradeNumber: Sendable, Hashable, CustomStringConvertible {
  package let text: String

  /// 6–32 letters, digits and underscores: what both gateways take. Nil for anything else.
  package init?(_ text: String) {
    guard GatewayNumberRule.allows(text) else { return nil }
    self.text = text
  }

  package var description: String { text }
}

/// Our number of a refund, unique for ever at one merchant account (`out_refund_no`, `out_request_no`).
package struct RefundNumber: Sendable, Hashable, CustomStringConvertible {
  package let text: String

  /// 6–32 letters, digits and underscores: what both gateways take. Nil for anything else.
  package init?(_ text: String) {
    guard GatewayNumberRule.allows(text) else { return nil }
    self.text = text
  }

  package var description: String { text }
}

private enum GatewayNumberRule {
  static func allows(_ text: String) -> Bool {
    (6...32).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "_"): true
        default: false
        }
      }
  }
}

/// How the payer gets to the gateway.
package enum PaymentPresentation: Sendable, Hashable {
  /// A QR code to scan: WeChat Native, Alipay precreate.
  case code
  /// A call inside WeChat by the person with this openid (JSAPI).
  case inWeChat(openID: String)
  /// A page of Alipay for telephones (wap); afterwards the browser comes to this address, which proves nothing.
  case page(returnURL: String)
}

/// A payment that is to be made.
package struct PaymentRequest: Sendable, Hashable {
  package let trade: TradeNumber
  package let amount: Money
  /// What the payer reads at the gateway; no personal data. Cut to what the gateways take.
  package let subject: String
  /// The moment after which it cannot be paid any more.
  package let expiresAt: Timestamp
  /// Where the gateway sends its notification: an absolute address without a query.
  package let notifyURL: String
  package let presentation: PaymentPresentation

  package init(
    trade: TradeNumber, amount: Money, subject: String, expiresAt: Timestamp, notifyURL: String,
    presentation: PaymentPresentation
  ) {
    self.trade = trade
    self.amount = amount
    self.subject = subject
    self.expiresAt = expiresAt
    self.notifyURL = notifyURL
    self.presentation = presentation
  }

  /// The subject within the 127 bytes that WeChat takes; whole characters.
  var shortSubject: String {
    var short = ""
    for character in subject where !character.isNewline {
      if short.utf8.count + character.utf8.count > 127 { break }
      short.append(character)
    }
    return short
  }
}

/// Money of one trade that is to go back the way it came.
package struct RefundRequest: Sendable, Hashable {
  package let refund: RefundNumber
  package let trade: TradeNumber
  /// What goes back now.
  package let amount: Money
  /// What the trade was paid with.
  package let total: Money
  /// What the payer reads; no personal data.
  package let reason: String
  /// Where the gateway sends its notification. WeChat alone: Alipay uses the address of the payment.
  package let notifyURL: String

  package init(
    refund: RefundNumber, trade: TradeNumber, amount: Money, total: Money, reason: String, notifyURL: String
  ) {
    self.refund = refund
    self.trade = trade
    self.amount = amount
    self.total = total
    self.reason = reason
    self.notifyURL = notifyURL
  }
}
