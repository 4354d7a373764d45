import Database
import Kernel
import Messages
import People
import Web

/// Tells households what happens to their orders.
///
/// It reads the Shop's own events, so that whoever places an order waits for nothing, and each event is told of once: the
/// message is written in the transaction that moves the cursor.
struct OrderNotices: Sendable {
  /// Events that nobody has handed on for so long are no news any more: a database that is opened with this program for
  /// the first time does not tell its whole history.
  static let freshness = Duration.days(2)

  private let messenger: Messenger
  private let directory: Directory

  init(messenger: Messenger, directory: Directory) {
    self.messenger = messenger
    self.directory = directory
  }

  var handler: EventHandler {
    EventHandler("shop.order_notices", kinds: Set(Self.kinds.keys)) { transaction, event in
      try handle(event, in: transaction)
    }
  }

  private enum What: Sendable {
    case placed
    case changed
    case cheaper
    case short
    case arrived
    case uncollected
    case refunded
  }

  private static let kinds: [String: What] = [
    "shop.order_placed": .placed, "shop.order_changed": .changed, "shop.order_cancelled": .changed,
    "shop.order_price_lowered": .cheaper, "shop.order_reduced": .short, "shop.order_released": .short,
    "shop.order_rounded_to_cases": .changed, "shop.line_shortened": .short, "shop.goods_arrived": .arrived,
    "shop.order_uncollected": .uncollected, "ledger.refund_promised": .refunded,
  ]

  private func handle(_ event: Event, in transaction: Transaction) throws {
    guard let what = Self.kinds[event.kind], transaction.now < event.publishedAt + Self.freshness,
      let card = try directory.community(event.community, transaction)
    else { return }
    let offset = card.offsetSeconds
    if what == .arrived {
      let orders = try OrderNoticeStore.orders(
        ofCampaign: CampaignID(rawValue: event.subject), in: event.community, transaction)
      // Goods that are counted in several goes are told of with the first.
      try messenger.send(
        orders.map { order in
          message(
            OrderNotice.arrived, order, occasion: "arrived",
            OrderNoticeWords(order: order, offsetSeconds: offset).arrived)
        }, in: transaction)
      return
    }
    guard
      let order = try OrderNoticeStore.order(
        OrderID(rawValue: event.subject), in: event.community, transaction),
      let message = try message(what, event, order, offset, in: transaction)
    else { return }
    try messenger.send([message], in: transaction)
  }

  private func message(
    _ what: What, _ event: Event, _ order: NoticedOrder, _ offset: Int, in transaction: Transaction
  ) throws -> Message? {
    let words = OrderNoticeWords(order: order, offsetSeconds: offset)
    // Several lines of one order that are shortened together are one piece of news.
    let together = event.publishedAt.description
    switch what {
    case .placed:
      return message(OrderNotice.placed, order, occasion: "placed", words.placed)
    case .changed:
      return message(OrderNotice.changed, order, occasion: "\(event.sequence)", words.changed)
    case .cheaper:
      return message(OrderNotice.changed, order, occasion: "cheaper", words.cheaper)
    case .short:
      let lines = try OrderNoticeStore.shortLines(of: order.id, transaction)
      return message(OrderNotice.short, order, occasion: together, words.short(lines))
    case .uncollected:
      return message(OrderNotice.uncollected, order, occasion: "uncollected", words.uncollected)
    case .refunded:
      guard let refund = Refunded(event.body), refund.amount > .zero else { return nil }
      return message(
        OrderNotice.refunded, order, occasion: refund.refund,
        words.refunded(refund.amount, isPaid: refund.isPaid, isCash: refund.isCash))
    case .arrived: return nil
    }
  }

  private func message(
    _ kind: MessageKind, _ order: NoticedOrder, occasion: String, _ text: Phrase
  ) -> Message {
    Message(
      to: order.person, kind, about: order.id.rawValue, occasion: occasion, text, path: "/orders/\(order.id)")
  }

  /// What the money office publishes of a refund.
  struct Refunded {
    let refund: String
    let amount: Money
    let isPaid: Bool
    let isCash: Bool

    init?(_ body: String) {
      guard let json = try? JSON(Array(body.utf8)), case .string(let refund)? = json["refund"],
        case .integer(let amount)? = json["amount"], case .bool(let isPaid)? = json["paid"],
        case .string(let channel)? = json["channel"]
      else { return nil }
      self.refund = refund
      self.amount = Money(minorUnits: amount)
      self.isPaid = isPaid
      isCash = channel == "cash"
    }
  }
}
