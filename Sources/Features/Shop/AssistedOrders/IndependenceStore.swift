import Database
import Kernel
import People

/// The queries behind how far people order by themselves.
enum IndependenceStore {
  /// Months that are looked at, the present one included.
  static let monthCount = 6

  /// The last months of one person's own orders, oldest first, months without orders included; what others of the
  /// household have is not theirs.
  static func months(
    of person: PersonID, offsetSeconds: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Independence.Month] {
    var months = empty(upTo: snapshot.now, offsetSeconds: offsetSeconds)
    guard let first = months.first else { return [] }
    let from = CivilDateTime(year: first.year, month: first.month, day: 1).timestamp(
      offsetSeconds: offsetSeconds)
    try snapshot.forEach(
      """
      SELECT placed_at, authority, placed_by_id FROM shop_order
      WHERE community_id = \(community) AND person_id = \(person) AND placed_at >= \(from)
        AND fulfilment <> 'cancelled' AND authority <> 'merchant'
      """
    ) { row in
      let date = CivilDateTime(try row[0], offsetSeconds: offsetSeconds)
      guard let index = months.firstIndex(where: { $0.year == date.year && $0.month == date.month })
      else { return }
      if Independence.isOwn(authority: try row[1], placedBy: try row[2], person: person) {
        months[index].own += 1
      } else {
        months[index].assisted += 1
      }
    }
    return months
  }

  private static func empty(upTo now: Timestamp, offsetSeconds: Int) -> [Independence.Month] {
    let today = CivilDateTime(now, offsetSeconds: offsetSeconds)
    return (0..<monthCount).reversed().map { back in
      let count = today.year * 12 + today.month - 1 - back
      return Independence.Month(year: count / 12, month: count % 12 + 1, own: 0, assisted: 0)
    }
  }
}
