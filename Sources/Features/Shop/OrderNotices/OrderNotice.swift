import Kernel
package import Messages
import Web

/// What households are told of their orders: the kinds, and the words of each.
package enum OrderNotice {
  static let placed = MessageKind(
    "shop.order_placed", name: ("下单了", "Ordered"), headline: ("您的订单收到了", "your order is in"))
  static let changed = MessageKind(
    "shop.order_changed", name: ("订单改了", "Order changed"), headline: ("您的订单有改动", "your order changed"))
  static let short = MessageKind(
    "shop.order_short", name: ("到货不够", "Short supply"), headline: ("您订的东西到货不够", "some goods are short"),
    isWorthACall: true)
  static let arrived = MessageKind(
    "shop.order_arrived", name: ("到货了", "Your goods are here"), headline: ("您订的东西到了", "your goods are here"),
    isUrgent: true, isWorthACall: true, patience: .days(1))
  static let uncollected = MessageKind(
    "shop.order_uncollected", name: ("没有取货", "Not collected"),
    headline: ("您订的东西没有取", "goods not collected"),
    isWorthACall: true)
  static let refunded = MessageKind(
    "shop.order_refunded", name: ("退款", "Money back"), headline: ("有一笔款退给您", "money back for you"),
    patience: .days(7))

  /// What the Shop tells of.
  package static let kinds: [MessageKind] = [placed, changed, short, arrived, uncollected, refunded]
}

/// What has to be known of an order to tell of it.
struct NoticedOrder: Sendable, Equatable {
  let id: OrderID
  let number: Int64
  let campaign: CampaignID
  /// Who is told.
  let person: PersonID
  let total: Money
  /// Whether something of it is still to be weighed.
  let isEstimate: Bool
  let fulfilment: Order.Fulfilment
  let title: Phrase
  let pickupFrom: Timestamp
  let pickupUntil: Timestamp
  let point: Phrase

  /// A line that gets less than was ordered.
  struct ShortLine: Sendable, Equatable {
    let name: Phrase
    let unit: Unit
    let ordered: Int64
    let due: Int64
  }
}

/// The words of each notice: warm, short, the same facts in both languages.
struct OrderNoticeWords: Sendable {
  let order: NoticedOrder
  /// Of the community, in seconds east of UTC.
  let offsetSeconds: Int

  private var chinese: Wording { Wording(.chinese, offsetSeconds: offsetSeconds) }
  private var english: Wording { Wording(.english, offsetSeconds: offsetSeconds) }

  /// `「周三鲜菜」12 号单`
  private var name: Phrase {
    Phrase("「\(order.title.chinese)」\(order.number) 号单", "Order \(order.number) of “\(order.title.english)”")
  }

  /// The same in English, within a sentence.
  private var inSentence: String { "order \(order.number) of “\(order.title.english)”" }

  private var total: Phrase { WeighedWords.amount(order.total, isEstimate: order.isEstimate) }

  /// `11月26日 周四 16:00–19:00 到 3 号楼架空层取`
  private var pickup: Phrase {
    Phrase(
      "\(chinese.span(from: order.pickupFrom, to: order.pickupUntil)) 到\(order.point.chinese)取",
      "Collect it \(english.span(from: order.pickupFrom, to: order.pickupUntil)) at: \(order.point.english)")
  }

  var placed: Phrase {
    Phrase(
      "\(name.chinese)收到了，一共\(total.chinese)。\(pickup.chinese)。",
      "\(name.english) is in, \(total.english) in all. \(pickup.english).")
  }

  var changed: Phrase {
    switch order.fulfilment {
    case .cancelled:
      Phrase("\(name.chinese)取消了，不用付款。", "\(name.english) is cancelled; nothing is to be paid.")
    default:
      Phrase(
        "\(name.chinese)改好了，现在一共\(total.chinese)。\(pickup.chinese)。",
        "\(name.english) is changed, now \(total.english) in all. \(pickup.english).")
    }
  }

  /// The goods became cheaper for everyone.
  var cheaper: Phrase {
    Phrase(
      "订的人多，便宜了：\(name.chinese)现在一共\(total.chinese)。",
      "Many ordered, so it is cheaper: \(inSentence) is now \(total.english) in all.")
  }

  func short(_ lines: [NoticedOrder.ShortLine]) -> Phrase {
    if order.fulfilment == .released || lines.isEmpty {
      return Phrase(
        "对不起，\(name.chinese)这次没有货，已经替您取消，不用付款。付过的会退给您。",
        "We are sorry: there are no goods for \(inSentence). It is cancelled, nothing is to be paid, and what you paid comes back."
      )
    }
    let chinese = lines.map {
      "\($0.name.chinese) \($0.ordered)\($0.unit.name.chinese)只有 \($0.due)\($0.unit.name.chinese)"
    }
    let english = lines.map { "\($0.due) instead of \($0.ordered) × \($0.name.english)" }
    return Phrase(
      "对不起，\(name.chinese)到货不够：\(chinese.joined(separator: "，"))。现在一共\(total.chinese)，付多的会退给您。",
      "We are sorry: less came for \(inSentence): \(english.joined(separator: ", ")). It is now \(total.english) in all, and what you paid too much comes back."
    )
  }

  var arrived: Phrase {
    Phrase(
      "\(name.chinese)的东西到了。\(pickup.chinese)。", "The goods of \(inSentence) are here. \(pickup.english).")
  }

  var uncollected: Phrase {
    Phrase(
      "\(name.chinese)没有取走，团已经收尾了。东西怎么办，请打社区的电话问问。",
      "\(name.english) was not collected and the group-buy is over. Please call the community about your goods."
    )
  }

  /// - Parameters:
  ///   - isPaid: whether it was paid already.
  ///   - isCash: whether it was paid in banknotes, and so comes back in banknotes.
  func refunded(_ amount: Money, isPaid: Bool, isCash: Bool) -> Phrase {
    if isPaid {
      return Phrase(
        "\(name.chinese)退给您 \(amount.display)，已经退了。",
        "\(amount.display) of \(inSentence) has come back to you.")
    }
    return isCash
      ? Phrase(
        "\(name.chinese)退给您 \(amount.display)，取货时当面退；取过了就请找团长。",
        "\(amount.display) of \(inSentence) comes back to you at the pickup table; if you have been there, please ask the leader."
      )
      : Phrase(
        "\(name.chinese)退给您 \(amount.display)，从您付款的地方退回，一般一两天到。",
        "\(amount.display) of \(inSentence) goes back the way you paid it, as a rule within two days.")
  }
}
