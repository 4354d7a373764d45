package import Kernel

/// How many cases of an item to buy when a merchant sells it by the case, and who gets what of them: pure functions, so
/// that anyone can replay them.
///
/// Source: Foodsoft's rule of order units and tolerances. A household orders a quantity, and says how many pieces more it
/// would take if they help to fill a case.
package enum CasePack {
  /// How the merchant sells the item.
  package struct Terms: Sendable, Hashable {
    /// Pieces in one case, at least 1.
    package let caseSize: Int64
    /// The fewest pieces the merchant sells at all; 0 where there is no such limit.
    package let minimum: Int64

    /// A case size below 1 counts as 1, a minimum below 0 as 0.
    package init(caseSize: Int64, minimum: Int64 = 0) {
      self.caseSize = max(1, caseSize)
      self.minimum = max(0, minimum)
    }

    /// Whole cases that reach the minimum, in pieces.
    fileprivate var smallestPurchase: Int64 {
      let rest = minimum % caseSize
      return rest == 0 ? minimum : minimum - rest + caseSize
    }
  }

  /// What one order asked for at one time. An order that asks for more later has one claim for each time, so that it
  /// keeps its place for what it asked first.
  package struct Claim: Sendable, Hashable {
    package let order: OrderID
    /// 1, 2, 3 … within the campaign; decides between claims of the same moment.
    package let number: Int64
    package let placedAt: Timestamp
    /// Pieces that the household wants, not negative.
    package let quantity: Int64
    /// Pieces more that it would take, not negative.
    package let tolerance: Int64

    package init(
      order: OrderID, number: Int64, placedAt: Timestamp, quantity: Int64, tolerance: Int64 = 0
    ) {
      self.order = order
      self.number = number
      self.placedAt = placedAt
      self.quantity = quantity
      self.tolerance = tolerance
    }
  }

  /// What is asked of an item in all.
  package struct Demand: Sendable, Hashable {
    /// Pieces that households want, not negative.
    package let wanted: Int64
    /// Pieces more that they would take, not negative.
    package let tolerated: Int64

    package static let nothing = Demand(wanted: 0, tolerated: 0)

    package init(wanted: Int64, tolerated: Int64) {
      self.wanted = wanted
      self.tolerated = tolerated
    }
  }

  /// What one order gets.
  package struct Share: Sendable, Hashable {
    /// Pieces of what the household wanted.
    package let wanted: Int64
    /// Pieces of what it would take beyond that.
    package let extra: Int64

    package init(wanted: Int64 = 0, extra: Int64 = 0) {
      self.wanted = wanted
      self.extra = extra
    }

    package var total: Int64 { wanted + extra }

    fileprivate static func + (left: Share, right: Share) -> Share {
      Share(wanted: left.wanted + right.wanted, extra: left.extra + right.extra)
    }
  }

  /// What to buy, and how it will be shared when all of it arrives.
  package struct Purchase: Sendable, Equatable {
    package let cases: Int64
    /// Pieces in those cases.
    package let units: Int64
    /// One for each order that has a claim; they sum to `units`.
    package let shares: [OrderID: Share]
    /// Nil when nobody who wants a piece waits.
    package let missing: Missing?
  }

  /// How many pieces are bought for a demand.
  package struct Decision: Sendable, Equatable {
    package let cases: Int64
    /// Pieces in those cases.
    package let units: Int64
    /// Nil when nobody who wants a piece waits.
    package let missing: Missing?
  }

  /// Pieces after which more would be bought, wanted or tolerated alike; at least 1.
  package enum Missing: Sendable, Hashable {
    case toCase(Int64)
    case toMinimum(Int64)

    package var text: Phrase {
      switch self {
      case .toCase(let pieces): Phrase("还差 \(pieces) 份成一箱", "\(pieces) more to fill a case")
      case .toMinimum(let pieces):
        Phrase("还差 \(pieces) 份到起订量", "\(pieces) more to reach the minimum order")
      }
    }
  }

  /// What arrived, shared.
  package struct Sharing: Sendable, Equatable {
    /// One for each order that has a claim.
    package let shares: [OrderID: Share]
    /// Pieces that nobody asked for.
    package let left: Int64
  }

  /// Whole cases of what is wanted, and one more when pieces remain and tolerances fill their case. A case is never
  /// opened for tolerances alone, except those that the merchant's minimum adds to a case that somebody wants.
  package static func decision(on demand: Demand, terms: Terms) -> Decision {
    let wanted = demand.wanted
    let asked = wanted + demand.tolerated
    let size = terms.caseSize
    let rest = wanted % size
    var units = wanted - rest
    if rest > 0, asked >= units + size { units += size }
    if units < terms.smallestPurchase {
      units = wanted > 0 && asked >= terms.smallestPurchase ? terms.smallestPurchase : 0
    }
    var missing: Missing?
    if units < wanted {
      missing =
        units == 0 && asked < terms.smallestPurchase
        ? .toMinimum(terms.smallestPurchase - asked) : .toCase(units + size - asked)
    }
    return Decision(cases: units / size, units: units, missing: missing)
  }

  /// What is bought for these claims, and who gets what of it.
  package static func purchase(for claims: [Claim], terms: Terms) -> Purchase {
    let demand = Demand(
      wanted: claims.reduce(0) { $0 + max(0, $1.quantity) },
      tolerated: claims.reduce(0) { $0 + max(0, $1.tolerance) })
    let decision = decision(on: demand, terms: terms)
    return Purchase(
      cases: decision.cases, units: decision.units,
      shares: share(arrived: decision.units, among: claims).shares,
      missing: decision.missing)
  }

  /// Shares what arrived: in the order of time first what is wanted, then what is tolerated, until nothing is left.
  /// Holds as well when fewer pieces arrive than were bought.
  ///
  /// - Parameter arrived: pieces; a negative number counts as none.
  package static func share(arrived: Int64, among claims: [Claim]) -> Sharing {
    let turns = turns(arrived: arrived, among: claims)
    let shares = Dictionary(turns.map { ($0.claim.order, $0.share) }) { $0 + $1 }
    return Sharing(shares: shares, left: max(0, arrived) - turns.reduce(0) { $0 + $1.share.total })
  }

  /// The claims in the order of time, each with what it gets.
  ///
  /// - Parameter arrived: pieces; a negative number counts as none.
  package static func turns(arrived: Int64, among claims: [Claim]) -> [(claim: Claim, share: Share)] {
    let claims = claims.sorted { ($0.placedAt, $0.number) < ($1.placedAt, $1.number) }
    var left = max(0, arrived)
    func take(_ asked: Int64) -> Int64 {
      let taken = min(left, max(0, asked))
      left -= taken
      return taken
    }
    let wanted = claims.map { take($0.quantity) }
    let extra = claims.map { take($0.tolerance) }
    return claims.indices.map { (claims[$0], Share(wanted: wanted[$0], extra: extra[$0])) }
  }
}
