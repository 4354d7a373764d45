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
    EventHandler("shop.order_notices", kinds: Set(Self.kinds.keys), freshFor: Self.freshness) {
      transaction, events in
      try tell(events, in: transaction)
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

  /// In a rush there are hundreds of orders to tell of: what has to be known of them is read for all at once.
  private func tell(_ events: [Event], in transaction: Transaction) throws {
    let news = events.compactMap { event -> News? in
      Self.kinds[event.kind].map { News(what: $0, event: event) }
    }
    guard !news.isEmpty, let card = try directory.community(transaction.community, transaction) else {
      return
    }
    let orders = try OrderNoticeStore.orders(
      Set(news.compactMap(\.order)), in: transaction.community, transaction)
    let shortLines = try OrderNoticeStore.shortLines(
      of: Set(news.filter { $0.what == .short }.compactMap(\.order)), transaction)
    var messages: [Message] = []
    for one in news {
      guard let id = one.order else {
        messages += try arrived(one.event, card.offsetSeconds, in: transaction)
        continue
      }
      guard let order = orders[id] else { continue }
      let words = OrderNoticeWords(order: order, offsetSeconds: card.offsetSeconds)
      if let message = message(one, order, words, shortLines[id] ?? []) { messages.append(message) }
    }
    try messenger.send(messages, in: transaction)
  }

  private struct News {
    let what: What
    let event: Event

    /// Nil where it is news of a whole campaign.
    var order: OrderID? { what == .arrived ? nil : OrderID(rawValue: event.subject) }
  }

  /// Goods that are counted in several goes are told of with the first.
  private func arrived(_ event: Event, _ offset: Int, in transaction: Transaction) throws -> [Message] {
    let campaign = CampaignID(rawValue: event.subject)
    return try OrderNoticeStore.orders(ofCampaign: campaign, in: event.community, transaction).map { order in
      let words = OrderNoticeWords(order: order, offsetSeconds: offset)
      return message(OrderNotice.arrived, order, occasion: "arrived", words.arrived)
    }
  }

  private func message(
    _ news: News, _ order: NoticedOrder, _ words: OrderNoticeWords, _ shortLines: [NoticedOrder.ShortLine]
  ) -> Message? {
    switch news.what {
    case .placed:
      return message(OrderNotice.placed, order, occasion: "placed", words.placed)
    case .changed:
      return message(OrderNotice.changed, order, occasion: "\(news.event.sequence)", words.changed)
    case .cheaper:
      return message(OrderNotice.changed, order, occasion: "cheaper", words.cheaper)
    case .short:
      // Several lines of one order that are shortened together are one piece of news.
      return message(
        OrderNotice.short, order, occasion: news.event.publishedAt.description, words.short(shortLines))
    case .uncollected:
      return message(OrderNotice.uncollected, order, occasion: "uncollected", words.uncollected)
    case .refunded:
      guard let refund = Refunded(news.event.body), refund.amount > .zero else { return nil }
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
