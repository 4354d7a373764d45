import Kernel

/// An order of which something was handed over in the time that is looked at.
struct HandedOrder: Sendable, Hashable {
  let order: OrderID
  let household: HouseholdID
  let person: PersonID
  /// Whether the household, or the person by themselves, placed it.
  let isOwn: Bool
}

/// A line of an order of a campaign that ended.
struct EndedLine: Sendable, Hashable {
  let household: HouseholdID
  let merchant: MerchantID
  /// What the household wanted before anything was rounded or ran short.
  let wanted: Int64
  let allocated: Int64
}

/// A turn of a claim, with the household that reported it and the merchant whose goods it is about.
struct HouseholdTurn: Sendable, Equatable {
  let household: HouseholdID
  let merchant: MerchantID
  let turn: ClaimTurn
}

/// What a household was handed of a merchant, in fen, before discounts and after-sales.
struct Spending: Sendable, Hashable {
  let household: HouseholdID
  let merchant: MerchantID
  /// Nil where the merchant's is not entered.
  let district: District?
  let fen: Int64
}

/// How figures are made of what happened.
enum IndicatorRules {
  static func reached(_ orders: [HandedOrder]) -> ShopIndicators.Figure {
    let households = count(orders.map(\.household))
    return ShopIndicators.Figure(households, households: households)
  }

  /// A household counts once, as one that reads in large type where anybody who ordered for it does.
  static func elderShare(_ orders: [HandedOrder], readers: Set<PersonID>) -> ShopIndicators.Figure? {
    let all = Set(orders.map(\.household))
    if all.isEmpty { return nil }
    let elders = Set(orders.filter { readers.contains($0.person) }.map(\.household))
    return ShopIndicators.Figure(
      Int64(elders.count), of: Int64(all.count), households: Int64(elders.count),
      otherHouseholds: Int64(all.count - elders.count))
  }

  static func assistedShare(_ orders: [HandedOrder]) -> ShopIndicators.Figure? {
    let orders = Set(orders)
    if orders.isEmpty { return nil }
    let (own, assisted) = (orders.filter(\.isOwn), orders.filter { !$0.isOwn })
    return ShopIndicators.Figure(
      Int64(assisted.count), of: Int64(orders.count), households: count(assisted.map(\.household)),
      otherHouseholds: count(own.map(\.household)))
  }

  static func fulfilment(_ lines: [EndedLine]) -> ShopIndicators.Figure? {
    let lines = lines.filter { $0.wanted > 0 }
    if lines.isEmpty { return nil }
    let (full, short) = (
      lines.filter { $0.allocated >= $0.wanted }, lines.filter { $0.allocated < $0.wanted }
    )
    return ShopIndicators.Figure(
      Int64(full.count), of: Int64(lines.count), households: count(full.map(\.household)),
      otherHouseholds: count(short.map(\.household)),
      isDominated: isDominated(lines.map { (merchant: $0.merchant, amount: 1) }))
  }

  /// As the clock that everybody sees counts, of all who were asked together.
  static func claimsInTime(_ turns: [HouseholdTurn], until: Timestamp) -> ShopIndicators.Figure? {
    let clock = AnswerClock(turns.map(\.turn), now: until)
    if clock.answered == 0 { return nil }
    func isInTime(_ turn: HouseholdTurn) -> Bool { AnswerClock([turn.turn], now: until).inTime == 1 }
    func isLate(_ turn: HouseholdTurn) -> Bool { AnswerClock([turn.turn], now: until).late == 1 }
    return ShopIndicators.Figure(
      Int64(clock.inTime), of: Int64(clock.answered),
      households: count(turns.filter(isInTime).map(\.household)),
      otherHouseholds: count(turns.filter(isLate).map(\.household)),
      isDominated: isDominated(
        turns.filter { isInTime($0) || isLate($0) }.map { (merchant: $0.merchant, amount: 1) }))
  }

  static func localSpending(_ spending: [Spending], home: District) -> ShopIndicators.Figure? {
    let known = spending.filter { $0.district != nil }
    let (local, other) = (known.filter { $0.district == home }, known.filter { $0.district != home })
    let (kept, gone) = (sum(local), sum(other))
    if kept + gone == 0 { return nil }
    return ShopIndicators.Figure(
      kept, of: kept + gone, households: count(local.map(\.household)),
      otherHouseholds: count(other.map(\.household)), isDominated: isDominated(local) || isDominated(other))
  }

  /// Whether an amount says too much of one merchant: fewer than three are behind it, or one has more than 70 % of it.
  /// Nothing is nobody's. Source: field/socialwork.md §2.12.
  static func isDominated(_ parts: [(merchant: MerchantID, amount: Int64)]) -> Bool {
    let amounts = parts.reduce(into: [MerchantID: Int64]()) { $0[$1.merchant, default: 0] += $1.amount }
      .values.filter { $0 > 0 }
    guard let largest = amounts.max() else { return false }
    return amounts.count < 3 || largest * 100 > amounts.reduce(0, +) * Int64(NeedTable.dominance)
  }

  static func isDominated(_ spending: [Spending]) -> Bool {
    isDominated(spending.map { (merchant: $0.merchant, amount: $0.fen) })
  }

  private static func sum(_ spending: [Spending]) -> Int64 { spending.reduce(0) { $0 + $1.fen } }

  private static func count(_ households: [HouseholdID]) -> Int64 { Int64(Set(households).count) }
}
