package import Kernel

/// What is asked of an item that is bought by the case, and how many changes led there.
package struct CaseLevel: Sendable, Equatable {
  /// The number of the last change; 0 before the first.
  package let sequence: Int64
  package let demand: CasePack.Demand

  package init(sequence: Int64 = 0, demand: CasePack.Demand = .nothing) {
    self.sequence = sequence
    self.demand = demand
  }

  func asking(_ quantity: Int64, _ tolerance: Int64) -> CaseLevel {
    CaseLevel(
      sequence: sequence + 1,
      demand: CasePack.Demand(wanted: demand.wanted + quantity, tolerated: demand.tolerated + tolerance))
  }
}

/// One change of what an order asks of an item that is bought by the case. Such changes are only ever added: they say
/// what was asked when, so that anyone can tell whose turn it is.
package struct CaseClaimChange: Sendable, Equatable {
  package let item: CampaignItemID
  package let order: OrderID
  /// Of the order's line.
  package let position: Int
  /// Pieces wanted more than before, or fewer.
  package let quantity: Int64
  /// Pieces tolerated more than before, or fewer.
  package let tolerance: Int64
  /// What all orders ask after this change.
  package let level: CaseLevel
  package let askedAt: Timestamp
}

/// What orders ask of items that are bought by the case, as far as the order desk has come with it.
struct CaseBook: Sendable {
  /// One for each item that is bought by the case, also where nothing was asked of it yet.
  var levels: [CampaignItemID: CaseLevel] = [:]
  /// What is to be written.
  private(set) var changes: [CaseClaimChange] = []

  /// Notes what an order asks more or less of an item; nothing where the item is sold by the piece.
  mutating func note(_ difference: OrderDifference, of order: OrderID, at now: Timestamp) {
    guard let before = levels[difference.item] else { return }
    let level = before.asking(difference.quantity, difference.tolerance)
    levels[difference.item] = level
    changes.append(
      CaseClaimChange(
        item: difference.item, order: order, position: difference.position, quantity: difference.quantity,
        tolerance: difference.tolerance, level: level, askedAt: now))
  }
}

/// What stands of the claims on one item.
enum CaseClaims {
  /// The claims that a history of changes leads to. What an order takes back it takes of what it asked last, so that it
  /// keeps its place with the rest; pieces wanted and pieces tolerated are kept apart.
  ///
  /// - Parameter changes: all of one item, in any order.
  static func standing(_ changes: [CaseClaimChange]) -> [CasePack.Claim] {
    let changes = changes.sorted { $0.level.sequence < $1.level.sequence }
    var quantities = changes.map { max(0, $0.quantity) }
    var tolerances = changes.map { max(0, $0.tolerance) }
    var places: [OrderID: [Int]] = [:]
    for (index, change) in changes.enumerated() {
      let earlier = places[change.order, default: []]
      take(-min(0, change.quantity), from: &quantities, at: earlier)
      take(-min(0, change.tolerance), from: &tolerances, at: earlier)
      places[change.order, default: []].append(index)
    }
    return changes.indices.compactMap { index in
      let change = changes[index]
      guard quantities[index] > 0 || tolerances[index] > 0 else { return nil }
      return CasePack.Claim(
        order: change.order, number: change.level.sequence, placedAt: change.askedAt,
        quantity: quantities[index], tolerance: tolerances[index])
    }
  }

  /// Takes so many pieces away, the newest first.
  private static func take(_ pieces: Int64, from amounts: inout [Int64], at places: [Int]) {
    var left = pieces
    for place in places.reversed() where left > 0 {
      let taken = min(left, amounts[place])
      amounts[place] -= taken
      left -= taken
    }
  }
}
