package import Kernel
import Security

/// Shares what arrived of one item among the orders that hold it: a pure function, so that anyone can replay it.
///
/// Whatever the rule: the shares sum to the smaller of what arrived and what was ordered, nobody gets more than they
/// ordered, and the order in which the claims are given makes no difference. Pieces that were taken along to fill a case
/// come after every wanted one, whoever's it is, in the order of time.
package enum ShortageSharing {
  /// What one order holds of the item.
  package struct Claim: Sendable, Hashable {
    package let order: OrderID
    /// 1, 2, 3 … within the campaign, in the order in which orders were placed.
    package let number: Int64
    package let household: HouseholdID
    /// Pieces that are wanted, not negative.
    package let quantity: Int64
    /// Pieces beyond that, which were taken along to fill a case.
    package let extras: [Extra]
    /// Whether the community protects the household; counts under `needFirst` alone.
    package let isProtected: Bool

    package init(
      order: OrderID, number: Int64, household: HouseholdID, quantity: Int64, extras: [Extra] = [],
      isProtected: Bool = false
    ) {
      self.order = order
      self.number = number
      self.household = household
      self.quantity = quantity
      self.extras = extras
      self.isProtected = isProtected
    }

    /// All pieces that the order holds.
    package var held: Int64 { extras.reduce(quantity) { $0 + $1.pieces } }
  }

  /// Pieces that an order takes along to fill a case, by when it said so.
  package struct Extra: Sendable, Hashable {
    package let askedAt: Timestamp
    /// Within the item; decides between extras of the same moment.
    package let number: Int64
    /// Not negative.
    package let pieces: Int64

    package init(askedAt: Timestamp, number: Int64, pieces: Int64) {
      self.askedAt = askedAt
      self.number = number
      self.pieces = pieces
    }
  }

  /// What the sharing came to.
  package struct Result: Sendable, Equatable {
    /// Pieces for each order that has a claim.
    package let shares: [OrderID: Int64]
    /// Pieces that went to protected households before the rest was shared; 0 unless the rule is `needFirst` and
    /// less arrived than was ordered.
    package let reserved: Int64
  }

  /// - Parameters:
  ///   - arrived: pieces, not negative.
  ///   - claims: at most one an order.
  ///   - item: enters the lottery, so that each item is drawn anew.
  ///   - seed: the campaign's published seed.
  package static func share(
    arrived: Int64, among claims: [Claim], of item: CampaignItemID, rule: ShortageRule, seed: String
  ) -> Result {
    let claims = claims.sorted { $0.number < $1.number }
    let wanted = claims.reduce(0) { $0 + $1.quantity }
    guard arrived < wanted else {
      let extras = extras(claims, arrived - wanted)
      return Result(
        shares: shares(claims, claims.map { $0.quantity + (extras[$0.order] ?? 0) }), reserved: 0)
    }
    switch rule {
    case .firstCome: return Result(shares: served(claims, arrived), reserved: 0)
    case .proRata: return Result(shares: inProportion(claims, arrived), reserved: 0)
    case .lottery:
      return Result(shares: served(drawn(claims, of: item, seed: seed), arrived), reserved: 0)
    case .needFirst:
      let first = served(claims.filter(\.isProtected), arrived)
      let reserved = first.values.reduce(0, +)
      let rest = inProportion(claims.filter { !$0.isProtected }, arrived - reserved)
      return Result(shares: first.merging(rest) { first, _ in first }, reserved: reserved)
    }
  }

  /// The ticket of an order in the lottery for one item: lower hexadecimal SHA-256 of the UTF-8 text
  /// `seed|item|order`, both identifiers as their 13 characters. Tickets are served in ascending order.
  ///
  /// `printf '%s' 'SEED|ITEM|ORDER' | sha256sum` gives the same on any machine.
  package static func ticket(of order: OrderID, for item: CampaignItemID, seed: String) -> String {
    CommittedDraw.ticket(of: name(order, item), seed: seed).description
  }

  /// Under what an order takes part in the lottery for one item.
  private static func name(_ order: OrderID, _ item: CampaignItemID) -> String { "\(item)|\(order)" }

  /// The claims in the order of the lottery.
  package static func drawn(_ claims: [Claim], of item: CampaignItemID, seed: String) -> [Claim] {
    CommittedDraw.order(claims, seed: seed) { name($0.order, item) }
  }

  /// What is left once everybody has what they wanted, in the order of time.
  private static func extras(_ claims: [Claim], _ left: Int64) -> [OrderID: Int64] {
    let extras = claims.flatMap { claim in
      claim.extras.map {
        CasePack.Claim(
          order: claim.order, number: $0.number, placedAt: $0.askedAt, quantity: 0, tolerance: $0.pieces)
      }
    }
    return CasePack.share(arrived: left, among: extras).shares.mapValues(\.extra)
  }

  /// Each claim in full as long as there is something left.
  private static func served(_ claims: [Claim], _ arrived: Int64) -> [OrderID: Int64] {
    var left = arrived
    return shares(
      claims,
      claims.map { claim in
        let share = min(left, claim.quantity)
        left -= share
        return share
      })
  }

  /// By largest remainder; what is shared never exceeds the sum of the claims, so no share exceeds its claim.
  private static func inProportion(_ claims: [Claim], _ arrived: Int64) -> [OrderID: Int64] {
    let whole = min(arrived, claims.reduce(0) { $0 + $1.quantity })
    return shares(claims, LargestRemainder.split(whole, by: claims.map(\.quantity)))
  }

  private static func shares(_ claims: [Claim], _ quantities: [Int64]) -> [OrderID: Int64] {
    Dictionary(zip(claims.map(\.order), quantities)) { first, second in first + second }
  }
}
