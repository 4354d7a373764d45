package import Kernel

/// What a helper may do for somebody else.
package enum MandateMatter: String, Sendable, CaseIterable {
  case groceries
  case dailyGoods = "daily_goods"
  case services
  /// Fetching what was ordered, which buys nothing.
  case collecting

  package var name: Phrase {
    switch self {
    case .groceries: Phrase("买菜", "Groceries")
    case .dailyGoods: Phrase("买日用品", "Things for the house")
    case .services: Phrase("约上门服务", "Services at home")
    case .collecting: Phrase("取货", "Fetching orders")
    }
  }
}

/// How an order under a mandate may be paid.
package enum MandatePayWay: String, Sendable, CaseIterable {
  /// Banknotes, when the goods come.
  case cash
  case voucher
  /// Through a payment service, by the principal or their family.
  case online

  package var name: Phrase {
    switch self {
    case .cash: Phrase("货到付现金", "Cash when it comes")
    case .voucher: Phrase("用爱心券", "Vouchers")
    case .online: Phrase("手机付款", "By phone payment")
    }
  }
}

/// How the principal says yes to one order.
package enum ConfirmationWay: String, Sendable, CaseIterable {
  /// With the PIN of their household card.
  case pin
  /// When called back, with the next code of their printed sheet.
  case callBack = "call_back"
  /// By ticks on the paper list, in their own hand.
  case paper
  /// By the person whom they chose for it.
  case familyKey = "family_key"

  package var name: Phrase {
    switch self {
    case .pin: Phrase("本人输入住户卡密码", "The holder's own card PIN")
    case .callBack: Phrase("回电话，本人念密码纸上的号码", "A call back, and the next code of the printed sheet")
    case .paper: Phrase("本人在纸单上打勾", "Ticks on paper in their own hand")
    case .familyKey: Phrase("信得过的家人同意", "A yes from the trusted relative")
    }
  }
}

/// From whom a helper may buy.
package enum MandateMerchants: Sendable, Hashable {
  case any
  case only(Set<MerchantID>)
  case except(Set<MerchantID>)

  package func admits(_ merchant: MerchantID) -> Bool {
    switch self {
    case .any: true
    case .only(let merchants): merchants.contains(merchant)
    case .except(let merchants): !merchants.contains(merchant)
    }
  }

  /// The merchants whom both admit.
  func meet(_ other: MandateMerchants) -> MandateMerchants {
    switch (self, other) {
    case (.any, let rest), (let rest, .any): rest
    case (.only(let one), .only(let two)): .only(one.intersection(two))
    case (.except(let one), .except(let two)): .except(one.union(two))
    case (.only(let kept), .except(let barred)), (.except(let barred), .only(let kept)):
      .only(kept.subtracting(barred))
    }
  }
}

/// What a mandate allows at one moment.
package struct MandateTerms: Sendable, Equatable {
  package var matters: Set<MandateMatter>
  package var merchants: MandateMerchants
  /// At most this much an order, a day and a month of the community's calendar.
  package var perOrder: Money
  package var perDay: Money
  package var perMonth: Money
  package var payWays: Set<MandatePayWay>
  /// The first moment at which nothing is allowed any more.
  package var expires: Timestamp
  package var confirmations: Set<ConfirmationWay>
  /// Who may say yes in the principal's place; has an account, and is never the helper.
  package var familyKey: PersonID?
  /// Who hears of what looks odd; has an account, and is never the helper.
  package var alertPerson: PersonID?
  /// Who gets a copy of the monthly statement; never the helper.
  package var statementCopy: PersonID?

  package init(
    matters: Set<MandateMatter>, merchants: MandateMerchants = .any, perOrder: Money, perDay: Money,
    perMonth: Money, payWays: Set<MandatePayWay>, expires: Timestamp, confirmations: Set<ConfirmationWay>,
    familyKey: PersonID? = nil, alertPerson: PersonID? = nil, statementCopy: PersonID? = nil
  ) {
    self.matters = matters
    self.merchants = merchants
    self.perOrder = perOrder
    self.perDay = perDay
    self.perMonth = perMonth
    self.payWays = payWays
    self.expires = expires
    self.confirmations = confirmations
    self.familyKey = familyKey
    self.alertPerson = alertPerson
    self.statementCopy = statementCopy
  }

  /// Everybody named beside principal and helper.
  package var trusted: Set<PersonID> { Set([familyKey, alertPerson, statementCopy].compactMap(\.self)) }
}

/// The terms that one revision sets; nil leaves a term as it is.
package struct MandateChanges: Sendable, Equatable {
  package var matters: Set<MandateMatter>?
  package var merchants: MandateMerchants?
  package var perOrder: Money?
  package var perDay: Money?
  package var perMonth: Money?
  package var payWays: Set<MandatePayWay>?
  package var expires: Timestamp?
  package var confirmations: Set<ConfirmationWay>?
  /// `.some(nil)` takes the person away.
  package var familyKey: PersonID??
  package var alertPerson: PersonID??
  package var statementCopy: PersonID??

  package init() {}

  /// All terms.
  package init(_ terms: MandateTerms) {
    matters = terms.matters
    merchants = terms.merchants
    perOrder = terms.perOrder
    perDay = terms.perDay
    perMonth = terms.perMonth
    payWays = terms.payWays
    expires = terms.expires
    confirmations = terms.confirmations
    familyKey = .some(terms.familyKey)
    alertPerson = .some(terms.alertPerson)
    statementCopy = .some(terms.statementCopy)
  }

  package var isEmpty: Bool { self == MandateChanges() }
}
