import Database
import Kernel
import People

/// Something unusual about an order that was placed for somebody. It blames nobody: it asks a person whom the principal
/// chose to have a look.
///
/// Source: field/socialwork.md §4, no. 1: new merchant, more than three times the median, at night, many refunds.
struct DriftAlarm: Sendable, Equatable {
  enum Kind: String, Sendable, CaseIterable, Storable {
    case newMerchant = "new_merchant"
    case unusualSum = "unusual_sum"
    case atNight = "at_night"
    case manyRefunds = "many_refunds"

    var name: Phrase {
      switch self {
      case .newMerchant: Phrase("第一次在这家买", "A merchant for the first time")
      case .unusualSum: Phrase("金额超过平时的三倍", "More than three times the usual sum")
      case .atNight: Phrase("在夜里下的单", "Ordered at night")
      case .manyRefunds: Phrase("最近退了好几次", "Many refunds lately")
      }
    }
  }

  let id: DriftAlarmID
  let order: OrderID
  let person: PersonID
  let helper: PersonID
  /// Who is asked to have a look.
  let told: PersonID
  var kinds: [Kind]
  var raisedAt: Timestamp
  /// When that person said that they have looked; nil until then, and again when something more is unusual.
  var seenAt: Timestamp?

  /// The same alarm with what is unusual besides, to be looked at anew; nil where that is nothing more.
  func grown(by kinds: [Kind], at now: Timestamp) -> DriftAlarm? {
    if Set(kinds).isSubset(of: self.kinds) { return nil }
    var grown = self
    grown.kinds = Kind.allCases.filter { self.kinds.contains($0) || kinds.contains($0) }
    (grown.raisedAt, grown.seenAt) = (now, nil)
    return grown
  }
}

/// When an order is unusual for its person. Pure functions of what was ordered before.
enum DriftRules {
  /// An order as far as these rules look at it.
  struct Purchase: Sendable, Equatable {
    let placedAt: Timestamp
    let total: Money
    let merchants: Set<MerchantID>
  }

  /// Fewer orders than this have no usual sum.
  static let ordersForUsual = 3
  /// So many claims within 30 days are many.
  static let manyRefunds = 3
  /// Hours of the community's clock from 22 to 6.
  static func isNight(hour: Int) -> Bool { hour >= 22 || hour < 6 }

  /// - Parameters:
  ///   - earlier: what the person had before, in any order; who has nothing yet is new to every merchant.
  ///   - refunds: claims of the last 30 days.
  static func alarms(
    for order: Purchase, after earlier: [Purchase], refunds: Int, offsetSeconds: Int
  ) -> [DriftAlarm.Kind] {
    var found: [DriftAlarm.Kind] = []
    let known = earlier.reduce(into: Set<MerchantID>()) { $0.formUnion($1.merchants) }
    if !earlier.isEmpty, !order.merchants.isSubset(of: known) { found.append(.newMerchant) }
    if isUnusual(order.total, beside: earlier.map(\.total)) { found.append(.unusualSum) }
    if isNight(hour: CivilDateTime(order.placedAt, offsetSeconds: offsetSeconds).hour) {
      found.append(.atNight)
    }
    if refunds >= manyRefunds { found.append(.manyRefunds) }
    return found
  }

  /// More than three times the median; for an even number of sums the median is the mean of the two in the middle.
  static func isUnusual(_ total: Money, beside earlier: [Money]) -> Bool {
    guard earlier.count >= ordersForUsual else { return false }
    let sums = earlier.map(\.minorUnits).sorted()
    let (lower, upper) = (sums[(sums.count - 1) / 2], sums[sums.count / 2])
    // Orders are at most 10^9 fen, so nothing here overflows.
    return total.minorUnits * 2 > 3 * (lower + upper)
  }
}
