import Database
package import Kernel

/// A neighbour's leave to fetch what a household ordered. Both sides agree to it, either ends it at once, and it always
/// has an end. Source: E-commerce Law art. 52 (whoever hands goods to a third person needs the receiver's consent).
package struct PickupProxy: Sendable, Equatable {
  package let id: PickupProxyID
  /// The only order it is for; nil for all orders of the household.
  package let order: OrderID?
  /// Whose goods are fetched.
  package let household: HouseholdID
  package let namedBy: PersonID
  /// Who was asked: everybody behind one door …
  package let addressedHousehold: HouseholdID
  /// … or one of them, who had shown a code.
  package let addressedPerson: PersonID?
  /// Who agreed, and therefore fetches; nil before.
  package var neighbour: PersonID?
  /// The member of staff who wrote down what both had said; nil where both did it themselves.
  package let enteredBy: PersonID?
  package let askedAt: Timestamp
  /// It ends by itself at this moment.
  package let until: Timestamp
  package var state: State
  package var answeredAt: Timestamp?
  package var endedAt: Timestamp?

  package enum State: String, Sendable, CaseIterable, Storable {
    case asked
    case accepted
    case declined
    /// By either side, or by staff on the word of either.
    case ended

    package var name: Phrase {
      switch self {
      case .asked: Phrase("等对方答应", "Waiting for an answer")
      case .accepted: Phrase("可以代取", "May fetch")
      case .declined: Phrase("对方没有答应", "Declined")
      case .ended: Phrase("已停止", "Ended")
      }
    }
  }

  /// The longest that a leave for all orders lasts.
  package static let longest = Duration.days(183)
  /// The most that a household has waiting or in force at once: each is one more code that opens its orders.
  package static let limit = 5
  /// How long a leave for one order outlasts the pickup window, which may be moved.
  static let afterPickup = Duration.days(2)

  /// Whether the neighbour may fetch this order now.
  package func allows(_ order: Order, at now: Timestamp) -> Bool {
    isInForce(at: now) && isFor(order)
  }

  /// Whether it is about this order at all; at a visit there is nothing to fetch.
  func isFor(_ order: Order) -> Bool {
    order.booking == nil && household == order.household && (self.order == nil || self.order == order.id)
  }

  package func isInForce(at now: Timestamp) -> Bool { state == .accepted && now < until }

  /// Whether somebody still has to answer.
  package func isWaiting(at now: Timestamp) -> Bool { state == .asked && now < until }

  /// Whether this person was asked.
  func asks(_ person: PersonID, of household: HouseholdID?) -> Bool {
    addressedHousehold == household && (addressedPerson == nil || addressedPerson == person)
  }
}

/// Who is to be asked, found without a list of people.
package enum AskedNeighbour: Sendable, Equatable {
  /// Everybody behind a door.
  case household(HouseholdID)
  /// Whoever showed a code.
  case person(PersonID, of: HouseholdID)

  var household: HouseholdID {
    switch self {
    case .household(let household), .person(_, let household): household
    }
  }

  var person: PersonID? {
    if case .person(let person, _) = self { person } else { nil }
  }
}

/// How long a leave is to last and for what.
package struct PickupProxyDraft: Sendable, Equatable {
  /// Nil for all orders.
  package let order: OrderID?
  /// Needed for a leave for all orders; one for a single order ends with its pickup.
  package let until: Timestamp?

  package init(order: OrderID?, until: Timestamp?) {
    self.order = order
    self.until = until
  }

  /// The moment at which it ends.
  /// - Throws: `form.invalid` naming `until`.
  func end(pickupUntil: Timestamp?, now: Timestamp) throws -> Timestamp {
    if let pickupUntil { return max(pickupUntil, now) + PickupProxy.afterPickup }
    guard let until, until > now, until <= now + PickupProxy.longest + .days(1) else {
      throw Problem.invalid([
        FieldProblem(
          "until",
          Phrase("请选一个日期，最长半年。", "Please choose a day within the next six months."))
      ])
    }
    return until
  }
}

extension Problem {
  static let pickupProxyNotFound = Problem(
    "pickup_proxy.not_in_force", status: 409,
    Phrase(
      "这位邻居现在不能代取这一单：没有答应、已经停止或过期了。",
      "This neighbour may not fetch this order: not agreed, ended or out of date."),
    advice: Phrase(
      "请让住户自己来取，或请住户重新托付。", "Please let the household collect it, or name somebody anew."))

  static let pickupProxyIsYourself = Problem(
    "pickup_proxy.yourself", status: 409,
    Phrase("您自己代取的东西，要由别人来交。", "What you fetch for others has to be handed over by somebody else."),
    advice: Phrase("请居委会的同事帮忙交货。", "Please ask the committee to hand it over."))

  static let pickupProxyAnswered = Problem(
    "pickup_proxy.answered", status: 409,
    Phrase("这件事已经有人答复过，或者过期了。", "Somebody has answered this already, or it is out of date."),
    advice: Phrase("请刷新页面看看现在的情况。", "Please reload the page to see how it stands."))

  static let pickupProxyTooMany = Problem(
    "pickup_proxy.too_many", status: 409,
    Phrase(
      "一家最多同时托 \(PickupProxy.limit) 位邻居。",
      "A household may name at most \(PickupProxy.limit) neighbours at a time."),
    advice: Phrase("请先停掉一位，再托新的。", "Please end one first, then name another."))

  static let pickupProxySameHome = Problem.invalid([
    FieldProblem(
      "room", Phrase("这是您自己家，家里人不用另外托付。", "That is your own home; your family needs no leave."))
  ])

  static let pickupProxyNoDoor = Problem.invalid([
    FieldProblem(
      "room", Phrase("这个门牌还没有登记，请核对一下。", "Nobody is registered at this door; please check it."))
  ])

  static let pickupProxyNoCode = Problem.invalid([
    FieldProblem(
      "neighbour",
      Phrase("这个码不对，或已过一小时。请邻居再出一个。", "This code is not right or over an hour old; please ask for a new one.")
    )
  ])

  static let pickupProxyOwnWord = Problem(
    "pickup_proxy.own_word", status: 409,
    Phrase("不能替自己家登记，请同事来办。", "You cannot enter this for your own home; please ask a colleague."))
}
