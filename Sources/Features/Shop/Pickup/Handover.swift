import Database
package import Kernel
import Security

/// What somebody at the pickup table asks: these pieces of this order, for this proof, against this cash.
package struct HandoverRequest: Sendable {
  package let order: OrderID
  /// The order as the desk saw it: a later change means that somebody else was faster.
  package let revision: Int64
  /// Pieces by the position of the line; lines that are not named stay.
  package let pieces: [Int: Int64]
  package let cash: Money
  package let proof: Proof
  /// The leave under which a neighbour fetches; nil for the household itself, and where the code tells.
  package let proxy: PickupProxyID?
  /// 16–64 visible characters: the same key twice is one handover.
  package let key: String

  /// How the household proves that the order is theirs.
  package enum Proof: Sendable, Equatable {
    case code(String)
    case token(String)
    /// The leader knows the neighbour; the reason is kept.
    case knownNeighbour(reason: String)
  }

  package init(
    order: OrderID, revision: Int64, pieces: [Int: Int64], cash: Money, proof: Proof,
    proxy: PickupProxyID? = nil, key: String
  ) {
    self.order = order
    self.revision = revision
    self.pieces = pieces
    self.cash = cash
    self.proof = proof
    self.proxy = proxy
    self.key = key
  }

  /// SHA-256 of what is handed over for what; the proof is left out, so that a repeat with the code corrected is the
  /// same request.
  var digest: [UInt8] {
    var text = "\(order)|\(revision)|\(cash.minorUnits)"
    for (position, quantity) in pieces.sorted(by: { $0.key < $1.key }) { text += "|\(position):\(quantity)" }
    return Digest(of: text).bytes
  }
}

/// A handover that took place.
package struct Pickup: Sendable, Equatable {
  package let id: PickupID
  package let order: OrderID
  package let handedBy: PersonID
  package let method: Method
  package let cash: Money
  package let handedAt: Timestamp
  /// Who fetched it for the household, and under which leave; nil where the household came itself.
  package let fetcher: PickupFetcher?

  package enum Method: String, Sendable, CaseIterable, Storable {
    case code
    case qr
    case knownNeighbour = "known_neighbour"
    /// At the household's own door, by whoever brought it there.
    case doorstep
    /// To the neighbour whom the household named and who agreed.
    case neighbour
    /// Where the household allowed it.
    case leftAtDoor = "left_at_door"
    /// It left the pickup point and nobody knows with whom.
    case lost

    package var name: Phrase {
      switch self {
      case .code: Phrase("报取货码", "By the six digits")
      case .qr: Phrase("扫二维码", "By the QR code")
      case .knownNeighbour: Phrase("认识这位邻居", "The leader knows the neighbour")
      case .doorstep: Phrase("送到家门口", "Brought to the door")
      case .neighbour: Phrase("请邻居代收", "Taken by the neighbour who was named")
      case .leftAtDoor: Phrase("放在家门口", "Left at the door")
      case .lost: Phrase("在自提点丢失", "Lost at the pickup point")
      }
    }
  }
}

/// A neighbour who fetches for a household, and the leave that allows it.
package struct PickupFetcher: Sendable, Equatable {
  package let proxy: PickupProxyID
  package let person: PersonID
}

/// How an attempt to hand over ended.
package enum HandoverAnswer: Sendable, Equatable {
  case handedOver(PickupID, isRepeated: Bool)
  /// Somebody else was faster: this handover of theirs stands.
  case lost(to: Pickup)
  /// Nothing happened; so many tries are left before the household gets a new code.
  case wrongCode(triesLeft: Int64)
  /// The fifth wrong try: the household's page shows a new code now.
  case codeRenewed
  /// A QR code from before the code was renewed.
  case outdatedToken
  /// Too many wrong codes at this pickup point within an hour.
  case tooManyTries(wait: Duration)
}

/// The rules of the pickup table.
enum HandoverRules {
  /// Wrong tries at one order before its household gets a new code (field rule §3.13).
  static let triesPerCode: Int64 = 5
  /// Wrong tries at one pickup point within an hour.
  static let triesPerHour: Int64 = 30
  private static let interval = Duration.hours(1).wholeMicroseconds / triesPerHour

  /// Whether a pickup point has a wrong try left; nil when it has, otherwise how long until it has one.
  ///
  /// One moment is kept: when the hour's budget is whole again. Each wrong try moves it two minutes on.
  static func wait(wholeAt: Timestamp, now: Timestamp) -> Duration? {
    let next = max(wholeAt, now) + .microseconds(interval)
    let allowed = now + .hours(1)
    return next > allowed ? next - allowed : nil
  }

  static func wholeAtAfterWrongTry(_ wholeAt: Timestamp, now: Timestamp) -> Timestamp {
    max(wholeAt, now) + .microseconds(interval)
  }

  /// The order as it is after these pieces were handed over for this cash.
  ///
  /// - Parameter paid: what came in for the order before and was not promised back.
  /// - Throws: `form.invalid` naming `line.N` or `cash`; `pickup.nothing`, `pickup.not_weighed`.
  static func handedOver(
    _ pieces: [Int: Int64], of order: Order, cash: Money, paid: Money
  ) throws -> Order {
    var order = order
    var problems = Problems()
    for (position, quantity) in pieces.sorted(by: { $0.key < $1.key }) {
      let index = order.lines.firstIndex { $0.position == position }
      if quantity > 0, let index, order.lines[index].awaitsWeighing {
        throw Problem.pickupNotWeighed([FieldProblem("line.\(position)", Self.weighFirst)])
      }
      guard let index, order.lines[index].mayHandOver(quantity) else {
        problems.add("line.\(position)", Self.refusal(of: index.map { order.lines[$0] }))
        continue
      }
      order.lines[index].collected += quantity
    }
    let outstanding = try order.total.subtracting(paid)
    if cash.minorUnits < 0 || cash > max(.zero, outstanding) {
      problems.add(
        "cash",
        Phrase(
          "这一单还差 \(max(.zero, outstanding).display)，不要多收。",
          "\(max(.zero, outstanding).display) is still owed; please do not take more."))
    }
    try problems.throwIfAny()
    guard pieces.values.contains(where: { $0 > 0 }) else { throw Problem.nothingToHandOver }
    order = try order.settled(paid: paid.adding(cash))
    order.revision += 1
    if order.fulfilment == .collected { order.pickupFailures = 0 }
    return order
  }

  private static let weighFirst = Phrase("这一样要先称重才能交。", "This must be weighed before it is handed over.")

  private static func refusal(of line: OrderLine?) -> Phrase {
    let ready = line?.ready ?? 0
    return line?.weighed != nil && ready > 0
      ? Phrase(
        "这一样是一起称的，\(ready) 份要一次交完。", "These were weighed together; all \(ready) are handed over at once.")
      : Phrase("这一样最多还能取 \(ready) 份。", "At most \(ready) of this can be handed over.")
  }
}

extension Problem {
  static let nothingToHandOver = Problem(
    "pickup.nothing", status: 409,
    Phrase("这一单现在没有可以交出的东西。", "There is nothing to hand over for this order now."),
    advice: Phrase(
      "请核对订单号；没到的货到了再来取。", "Please check the number; what has not arrived can be collected later."))

  static func pickupNotWeighed(_ fields: [FieldProblem] = []) -> Problem {
    Problem(
      "pickup.not_weighed", status: 409,
      Phrase("有东西还没称重，先不能交。", "Some of this is not weighed yet and cannot be handed over."),
      advice: Phrase("请先在称重页称好，再来交货。", "Please weigh it first, then hand it over."), fields: fields)
  }

  static let pickupIsOver = Problem(
    "pickup.over", status: 409,
    Phrase("这个团购的取货已经结束。", "Pickup for this group-buy is over."),
    advice: Phrase("请联系团长或居委会。", "Please ask the leader or the committee."))

  static let pickupNotYet = Problem(
    "pickup.too_early", status: 409,
    Phrase("货还没登记到，先不能取。", "The goods have not been counted in, so nothing can be handed over yet."),
    advice: Phrase("请先登记到货。", "Please record the arrival first."))

  /// The losing scanner hears who handed it over and when.
  static func handedOverAlready(by name: String, at time: Phrase) -> Problem {
    Problem(
      "pickup.handed_over", status: 409,
      Phrase("\(name) 已在 \(time.chinese) 交出过这一单。", "\(name) handed this order over at \(time.english)."),
      advice: Phrase(
        "请看订单上还剩什么，不要重复交货。", "Please look at what is left on the order; do not hand it over twice."))
  }

  static func wrongPickupCode(triesLeft: Int64) -> Problem {
    Problem(
      "pickup.wrong_code", status: 422,
      Phrase("取货码不对，还可以试 \(triesLeft) 次。", "That is not this order's code; \(triesLeft) tries are left."),
      advice: Phrase("请邻居再念一遍，或扫二维码。", "Please ask for the digits again, or scan the QR code."))
  }

  static let pickupCodeRenewed = Problem(
    "pickup.code_renewed", status: 422,
    Phrase("试错太多次，取货码已经换新。", "There were too many wrong tries, so the code was renewed."),
    advice: Phrase(
      "请邻居刷新订单页，念新的取货码。", "Ask the neighbour to reload the order's page and read out the new code."))

  static let pickupTokenOutdated = Problem(
    "pickup.outdated_token", status: 422,
    Phrase("这张二维码已经失效。", "This QR code is no longer valid."),
    advice: Phrase("请邻居刷新订单页，再扫一次。", "Ask the neighbour to reload the order's page and scan again."))

  static func tooManyPickupTries(_ wait: Duration) -> Problem {
    let minutes = max(1, (wait.wholeMicroseconds + 59_999_999) / 60_000_000)
    return Problem(
      "pickup.too_many_tries", status: 429,
      Phrase("这个自提点一小时内试错的取货码太多了。", "There were too many wrong codes at this pickup point within an hour."),
      advice: Phrase(
        "请等 \(minutes) 分钟，或改扫二维码。", "Please wait \(minutes) minutes, or scan the QR code instead."),
      retryAfter: Int(minutes) * 60)
  }
}
