package import HTTPTypes
package import Kernel

/// A house that takes payments for us and pays them back: one account of ours at one channel.
///
/// What a gateway tells us is a value, never an error: an answer that did not come, was not signed, or was signed
/// wrongly is `unknown`, and the caller asks again later. Nothing here decides about an order: whether there is one of
/// this number and amount is for the caller to see, who holds it.
package protocol PaymentGateway: Sendable {
  /// `weChatPay` or `alipay`.
  var channel: PaymentChannel { get }

  /// Makes a trade that can be paid. Asking again with the same number and amount is the same trade.
  func begin(_ request: PaymentRequest) async -> PaymentBeginning

  /// How it stands with a trade.
  func query(_ trade: TradeNumber) async -> PaymentOutcome

  /// Ends a trade that was not paid, so that it cannot be paid any more.
  func close(_ trade: TradeNumber) async -> ClosingOutcome

  /// Pays back. Asking again with the same refund number and amounts is the same refund.
  func refund(_ request: RefundRequest) async -> RefundOutcome

  /// How it stands with a refund.
  func queryRefund(_ refund: RefundNumber, of trade: TradeNumber) async -> RefundOutcome

  /// The gateway's list of what it took and paid back on one day in China. Ready at about ten the morning after.
  func downloadBill(of day: CivilDateTime) async -> BillOutcome

  /// Reads a notification and proves where it comes from. Changes nothing.
  /// - Throws: why it is not to be believed.
  func verify(_ notification: IncomingNotification) async throws(GatewayRefusal) -> GatewayEvent

  /// What the gateway expects to hear about a notification: it sends what was not accepted again.
  func answer(_ verdict: NotificationVerdict) -> NotificationAnswer
}

/// What came to our address, byte for byte.
package struct IncomingNotification: Sendable {
  package let headers: HTTPFields
  package let body: [UInt8]

  package init(headers: HTTPFields, body: [UInt8]) {
    self.headers = headers
    self.body = body
  }

  /// Most bytes of a notification. Source: field/reliability.md §3.8.
  package static let limit = 64 * 1024
}

/// What became of a notification.
package enum NotificationVerdict: Sendable, Equatable {
  /// It is stored durably, now or by an earlier copy.
  case accepted
  /// It is not to be believed.
  case refused(GatewayRefusal)
  /// We could not store it; it should come again.
  case failed
}

/// The response to a notification.
package struct NotificationAnswer: Sendable, Equatable {
  package let status: Int
  /// Nil where the body is empty.
  package let contentType: String?
  package let body: String

  package init(status: Int, contentType: String? = nil, body: String = "") {
    self.status = status
    self.contentType = contentType
    self.body = body
  }
}
