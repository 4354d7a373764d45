import HTTPTypes
import Kernel
import Synchronization

@testable import Ledger

/// A payment service that answers as a test says, without a wire, and remembers what it was asked.
final class ScriptedGateway: PaymentGateway {
  struct Script: Sendable {
    var bill: BillOutcome = .none
    var refund: RefundOutcome = .processing
    var refundQuery: RefundOutcome = .absent
    /// What every notification says; nil where none is to be believed.
    var event: GatewayEvent?
  }

  let channel: PaymentChannel
  let script = Mutex(Script())
  private let asked = Mutex<[String]>([])

  init(_ channel: PaymentChannel = .weChatPay) {
    self.channel = channel
  }

  /// `bill 2026-11-25`, `refund …`, `query …`, in order.
  var questions: [String] { asked.withLock { $0 } }

  func answer(_ change: (inout Script) -> Void) { script.withLock { change(&$0) } }

  private func note(_ question: String) { asked.withLock { $0.append(question) } }

  func downloadBill(of day: CivilDateTime) async -> BillOutcome {
    note("bill \(day.isoDate)")
    return script.withLock { $0.bill }
  }

  func refund(_ request: RefundRequest) async -> RefundOutcome {
    note("refund \(request.refund)")
    return script.withLock { $0.refund }
  }

  func queryRefund(_ refund: RefundNumber, of trade: TradeNumber) async -> RefundOutcome {
    note("query \(refund)")
    return script.withLock { $0.refundQuery }
  }

  func begin(_ request: PaymentRequest) async -> PaymentBeginning { .unknown(.noAnswer) }
  func query(_ trade: TradeNumber) async -> PaymentOutcome { .unknown(.noAnswer) }
  func close(_ trade: TradeNumber) async -> ClosingOutcome { .unknown(.noAnswer) }

  func verify(_ notification: IncomingNotification) async throws(GatewayRefusal) -> GatewayEvent {
    guard let event = script.withLock({ $0.event }) else { throw .badSignature }
    return event
  }

  func answer(_ verdict: NotificationVerdict) -> NotificationAnswer { NotificationAnswer(status: 204) }
}
