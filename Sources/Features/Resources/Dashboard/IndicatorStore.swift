import Database
import Kernel

/// A month's figure as it was frozen.
struct FrozenIndicator: Sendable, Equatable {
  let code: String
  let month: Month
  let version: Int64
  let value: IndicatorValue
}

/// The queries of frozen figures.
enum IndicatorStore {
  /// All versions from a month on, the earliest first.
  static func values(
    since month: Month, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [FrozenIndicator] {
    try snapshot.all(
      """
      SELECT code, month, version, numerator, denominator, people, other_people, is_dominated
      FROM resources_indicator_value WHERE community_id = \(community) AND month >= \(month.description)
      ORDER BY code, month, version
      """
    ) { row in
      guard let month = Month(try row[1]) else {
        throw DatabaseError.unexpectedValue("no month of a figure")
      }
      let (denominator, others): (Int64?, Int64?) = (try row[4], try row[6])
      return FrozenIndicator(
        code: try row[0], month: month, version: try row[2],
        value: IndicatorValue(
          numerator: try row[3], denominator: denominator, people: try row[5], otherPeople: others,
          isDominated: try row[7]))
    }
  }

  /// The newest version that was frozen; nil where none was.
  static func version(
    of code: String, in month: Month, of community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int64? {
    try snapshot.first(
      """
      SELECT max(version) FROM resources_indicator_value
      WHERE community_id = \(community) AND code = \(code) AND month = \(month.description)
      """
    ) { row -> Int64? in try row[0] } ?? nil
  }

  static func isBegun(in community: CommunityID, _ snapshot: Snapshot) throws -> Bool {
    try snapshot.exists(
      "SELECT 1 FROM resources_indicator_value WHERE community_id = \(community) LIMIT 1")
  }

  static func insert(_ frozen: FrozenIndicator, in transaction: Transaction) throws {
    let value = frozen.value
    try transaction.execute(
      """
      INSERT INTO resources_indicator_value (community_id, code, month, version, numerator, denominator, people,
        other_people, is_dominated, frozen_at)
      VALUES (\(transaction.community), \(frozen.code), \(frozen.month.description), \(frozen.version),
        \(value.numerator), \(value.denominator), \(value.people), \(value.otherPeople), \(value.isDominated),
        \(transaction.now))
      """)
  }
}
