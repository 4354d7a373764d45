import Database
import Kernel

/// The queries of what households looked for in vain.
enum NeedNoteStore {
  static func isNoted(
    _ mark: [UInt8], for term: NeedTerm, in month: Month, of community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> Bool {
    try snapshot.exists(
      """
      SELECT 1 FROM shop_need_mark WHERE community_id = \(community) AND month = \(month.description)
        AND term = \(term.text) AND mark = \(mark)
      """)
  }

  /// How many terms stand against a household's allowance of the month.
  static func terms(
    of allowance: [UInt8], in month: Month, of community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int64 {
    try snapshot.value(
      """
      SELECT terms FROM shop_need_allowance
      WHERE community_id = \(community) AND month = \(month.description) AND mark = \(allowance)
      """) ?? 0
  }

  /// Whether anybody has looked for anything in vain in the month.
  static func isBegun(
    _ month: Month, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bool {
    try snapshot.exists(
      "SELECT 1 FROM shop_need_allowance WHERE community_id = \(community) AND month = \(month.description) LIMIT 1"
    )
  }

  /// Keeps a mark that is not there yet, and counts it.
  static func insert(
    _ mark: [UInt8], for term: NeedTerm, against allowance: [UInt8], in month: Month,
    _ transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO shop_need_mark (community_id, month, term, mark)
      VALUES (\(transaction.community), \(month.description), \(term.text), \(mark))
      """)
    try transaction.execute(
      """
      INSERT INTO shop_need_allowance (community_id, month, mark, terms)
      VALUES (\(transaction.community), \(month.description), \(allowance), \(1))
      ON CONFLICT (community_id, month, mark) DO UPDATE SET terms = shop_need_allowance.terms + 1
      """)
  }

  /// The terms that most households looked for, with how many they were; those of fewer than `least` are not among them.
  static func counts(
    in month: Month, least: Int, limit: Int, of community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(term: NeedTerm, households: Int)] {
    try snapshot.all(counting(in: month, least: least, limit: limit, of: community)) { row in
      (term: NeedTerm(stored: try row[0]), households: try row[1])
    }
  }

  static func counting(
    in month: Month, least: Int, limit: Int, of community: CommunityID
  ) -> Query {
    """
    SELECT term, count(*) AS households FROM shop_need_mark
    WHERE community_id = \(community) AND month = \(month.description)
    GROUP BY term HAVING count(*) >= \(least) ORDER BY households DESC, term LIMIT \(limit)
    """
  }

  /// Forgets the terms of fewer than `least` households, and who has how much left of an allowance that nobody needs any
  /// more.
  static func forgetSmall(_ least: Int, in month: Month, _ transaction: Transaction) throws {
    let community = transaction.community
    try transaction.execute(
      """
      DELETE FROM shop_need_mark WHERE community_id = \(community) AND month = \(month.description) AND term IN (
        SELECT small.term FROM shop_need_mark AS small
        WHERE small.community_id = \(community) AND small.month = \(month.description)
        GROUP BY small.term HAVING count(*) < \(least))
      """)
    try transaction.execute(
      "DELETE FROM shop_need_allowance WHERE community_id = \(community) AND month = \(month.description)")
  }

  /// Forgets everything up to and with a month.
  static func forget(upTo month: Month, in transaction: Transaction) throws {
    let community = transaction.community
    try transaction.execute(
      "DELETE FROM shop_need_mark WHERE community_id = \(community) AND month <= \(month.description)")
    try transaction.execute(
      "DELETE FROM shop_need_allowance WHERE community_id = \(community) AND month <= \(month.description)")
  }
}
