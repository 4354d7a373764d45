import Database
import Kernel
import People
import Security

extension QuizAward.Kind: Storable {}
extension QuizAward.Receiver: Storable {}

/// The queries of who won what, and what became of it.
enum QuizAwardStore {
  private static let rows: Query = """
    SELECT award.id, award.place, award.slot, award.number, award.awarded_at, award.collect_until,
      ending.kind, ending.receiver, ending.ended_at, ending.ended_by_id, ending.ended_by_role, award.quiz_id
    FROM activities_quiz_award AS award
    LEFT JOIN activities_quiz_award_end AS ending ON ending.award_id = award.id
    """

  private static func read(_ row: borrowing Row) throws -> QuizAward {
    let kind: QuizAward.Kind? = try row[6]
    return QuizAward(
      id: try row[0], place: try row[1], slot: try row[2], number: try row[3], awardedAt: try row[4],
      collectUntil: try row[5],
      end: try kind.map {
        QuizAward.End(
          kind: $0, receiver: try row[7], at: try row[8],
          by: Actor(person: try row[9], role: try row[10]))
      })
  }

  // MARK: - Reading

  /// All awards of a quiz, in the order of the prizes and of those who followed one another.
  static func all(
    of quiz: QuizID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [QuizAward] {
    try snapshot.all(
      """
      \(rows) WHERE award.quiz_id = \(quiz) AND award.community_id = \(community)
      ORDER BY award.slot, award.place
      """, read)
  }

  /// One award with the quiz that it belongs to.
  static func find(
    _ id: QuizAwardID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> (award: QuizAward, quiz: QuizID)? {
    try snapshot.first("\(rows) WHERE award.id = \(id) AND award.community_id = \(community)") { row in
      (award: try read(row), quiz: try row[11])
    }
  }

  /// The last place that was given a prize; 0 for none.
  static func lastPlace(
    of quiz: QuizID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int64 {
    try snapshot.value(
      """
      SELECT max(place) FROM activities_quiz_award WHERE quiz_id = \(quiz) AND community_id = \(community)
      """) ?? 0
  }

  /// Whom the winner sent; nil where nobody was sent, or it is not kept any more.
  static func receiver(
    of id: QuizAwardID, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> String? {
    try snapshot.value(
      """
      SELECT name FROM activities_quiz_receiver WHERE award_id = \(id) AND community_id = \(community)
      """, as: [UInt8].self
    ).map { try cipher.open($0, at: address(id, in: community)) }
  }

  /// Where the name of whom a winner sent is sealed.
  static func address(_ id: QuizAwardID, in community: CommunityID) -> FieldAddress {
    FieldAddress("activities_quiz_receiver", "name", row: id, community: community)
  }

  // MARK: - Writing

  /// - Parameter actor: who had the next in the list move up; nil for those whom the draw made winners.
  static func insert(
    _ awards: [QuizAward], of quiz: QuizID, by actor: Actor?, in transaction: Transaction
  ) throws {
    var rows = Rows(
      into: "activities_quiz_award", "id", "community_id", "quiz_id", "place", "slot", "number", "awarded_at",
      "collect_until", "awarded_by_id", "awarded_by_role")
    for award in awards {
      rows.append(values: [
        award.id.storedValue, transaction.community.storedValue, quiz.storedValue, award.place.storedValue,
        award.slot.storedValue, award.number.storedValue, award.awardedAt.storedValue,
        award.collectUntil.storedValue, (actor?.person).storedValue, (actor?.role).storedValue,
      ])
    }
    try transaction.insert(rows)
  }

  /// Ends an award, once. The table refuses a second ending.
  ///
  /// - Parameter name: sealed; of whom the winner sent.
  static func end(
    _ id: QuizAwardID, _ end: QuizAward.End, name: [UInt8]?, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO activities_quiz_award_end (award_id, community_id, kind, receiver, ended_at, ended_by_id,
        ended_by_role)
      VALUES (\(id), \(transaction.community), \(end.kind), \(end.receiver), \(end.at), \(end.by.person),
        \(end.by.role))
      """)
    guard let name else { return }
    try transaction.execute(
      """
      INSERT INTO activities_quiz_receiver (award_id, community_id, name)
      VALUES (\(id), \(transaction.community), \(name))
      """)
  }
}
