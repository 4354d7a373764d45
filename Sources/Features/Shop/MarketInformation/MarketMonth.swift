import Kernel
import Statistics

/// What merchants are told of a month: how much of what was wanted when, and between which prices most of it lay. It is made
/// once from the orders that were handed over, went through the gate, and never changes.
///
/// Source: paper 5.3 (market information for small merchants), field/socialwork.md §2.12.
struct MarketMonth: Sendable, Equatable {
  /// Fewer households are not told apart: the number for the public.
  static let least = NeedTable.least
  /// The largest share of one merchant, in per cent.
  static let dominance = NeedTable.dominance
  /// Each of two merchants knows the other's part.
  static let fewestMerchants = 3

  /// Hours of the day in which people order.
  enum Hours: Int, Sendable, CaseIterable {
    case early
    case morning
    case noon
    case afternoon
    case evening
    case night

    init(hour: Int) {
      switch hour {
      case ..<8: self = .early
      case ..<11: self = .morning
      case ..<14: self = .noon
      case ..<17: self = .afternoon
      case ..<20: self = .evening
      default: self = .night
      }
    }

    var name: Phrase {
      switch self {
      case .early: Phrase(same: "0–8")
      case .morning: Phrase(same: "8–11")
      case .noon: Phrase(same: "11–14")
      case .afternoon: Phrase(same: "14–17")
      case .evening: Phrase(same: "17–20")
      case .night: Phrase(same: "20–24")
      }
    }
  }

  /// Lines by kind of goods and hours.
  struct Demand: Sendable, Equatable {
    /// Kinds that stand by themselves; the last row of the table is all others where there are any.
    let categories: [ProductCategory]
    let hasRest: Bool
    let released: ReleasedMagnitudes

    var rows: Int { categories.count + (hasRest ? 1 : 0) }

    /// What the rows are called.
    var names: [Phrase] {
      categories.map(\.name) + (hasRest ? [Phrase("其余的", "All other kinds")] : [])
    }
  }

  enum DemandOutcome: Sendable, Equatable {
    case released(Demand)
    case refused(NeedRefusal)
  }

  /// Between these two prices half of what was bought of a kind of goods lay; neither is the lowest or the highest.
  struct PriceBand: Sendable, Equatable {
    let category: ProductCategory
    let low: Money
    let high: Money
  }

  let month: Month
  let demand: DemandOutcome
  /// In the order of kinds; those of which too little is known are missing.
  let prices: [PriceBand]
  let releasedAt: Timestamp
}

/// A line that was handed over, as it is counted.
struct SoldLine: Sendable, Hashable {
  let order: OrderID
  let position: Int64
  let household: HouseholdID
  let person: PersonID
  let merchant: MerchantID
  let category: ProductCategory
  let orderedAt: Timestamp
  /// For one pack; nil for goods by weight, whose price is for something else.
  let price: Money?
}
