import Kernel

/// Whose turn it is when fewer pieces arrive than whole cases were bought: the pieces that orders tolerated, in the order
/// of time.
struct CaseExtras: Sendable {
  private let turns: [OrderID: [ShortageSharing.Extra]]

  /// - Parameter claims: what stands of the claims on one item.
  init(_ claims: [CasePack.Claim]) {
    let tolerated = claims.filter { $0.tolerance > 0 }.sorted {
      ($0.placedAt, $0.number) < ($1.placedAt, $1.number)
    }
    turns = Dictionary(grouping: tolerated, by: \.order).mapValues { claims in
      claims.map {
        ShortageSharing.Extra(askedAt: $0.placedAt, number: $0.number, pieces: $0.tolerance)
      }
    }
  }

  /// The first so many pieces that an order tolerated: the ones that were bought for it, since cases are filled in the
  /// order of time.
  ///
  /// Pieces that nobody is known to have tolerated come last, so that nothing is lost where records are incomplete.
  func first(_ pieces: Int64, of order: OrderID) -> [ShortageSharing.Extra] {
    var left = pieces
    var extras: [ShortageSharing.Extra] = []
    for turn in turns[order] ?? [] where left > 0 {
      let taken = min(left, turn.pieces)
      left -= taken
      extras.append(ShortageSharing.Extra(askedAt: turn.askedAt, number: turn.number, pieces: taken))
    }
    if left > 0 {
      extras.append(ShortageSharing.Extra(askedAt: Timestamp(microseconds: .max), number: .max, pieces: left))
    }
    return extras
  }
}
