import Database
import Kernel
import People

extension QuizEntry.Bar: Storable {}
extension QuizEntry.Way: Storable {}

/// The queries of answers.
enum QuizEntryStore {
  private static let columns: Query = """
    entry.id, entry.quiz_id, entry.right_count, entry.number, entry.bar, entry.way, entry.entered_at,
    entry.entered_by_id, entry.entered_by_role
    """

  private static func read(_ row: borrowing Row) throws -> QuizEntry {
    let keyer: PersonID? = try row[7]
    let role: Role? = try row[8]
    return QuizEntry(
      id: try row[0], quiz: try row[1], rightCount: try row[2], number: try row[3], bar: try row[4],
      way: try row[5], enteredAt: try row[6],
      enteredBy: keyer.flatMap { person in role.map { Actor(person: person, role: $0) } })
  }

  // MARK: - Reading

  /// The entry of a person or a household with who gave it; nil where there is none.
  static func find(
    ofUnit unit: Int64, in quiz: QuizID, _ community: CommunityID, _ snapshot: Snapshot
  ) throws -> (entry: QuizEntry, entrant: QuizEntrant)? {
    try snapshot.first(
      """
      SELECT \(columns), entrant.unit, entrant.unit_id, entrant.person_id
      FROM activities_quiz_entrant AS entrant
      JOIN activities_quiz_entry AS entry ON entry.id = entrant.entry_id
      WHERE entrant.quiz_id = \(quiz) AND entrant.unit_id = \(unit) AND entrant.community_id = \(community)
      """
    ) { row in
      (
        entry: try read(row),
        entrant: QuizEntrant(unit: try row[9], unitID: try row[10], person: try row[11])
      )
    }
  }

  static func find(
    _ id: QuizEntryID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> QuizEntry? {
    try snapshot.first(
      """
      SELECT \(columns) FROM activities_quiz_entry AS entry
      WHERE entry.id = \(id) AND entry.community_id = \(community)
      """, read)
  }

  /// Who gave an entry; nil where that is not kept any more.
  static func person(
    of id: QuizEntryID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PersonID? {
    try snapshot.value(
      """
      SELECT person_id FROM activities_quiz_entrant WHERE entry_id = \(id) AND community_id = \(community)
      """)
  }

  /// Nil where they are not kept any more.
  static func answers(
    of id: QuizEntryID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> QuizAnswers? {
    try snapshot.value(
      """
      SELECT answers FROM activities_quiz_entrant
      WHERE entry_id = \(id) AND community_id = \(community) AND person_id IS NOT NULL
      """, as: String.self
    ).map { QuizAnswers(text: $0) }
  }

  /// All answers to a quiz that are kept, without whose they are.
  static func answers(
    to quiz: QuizID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [QuizAnswers] {
    try snapshot.values(
      """
      SELECT answers FROM activities_quiz_entrant
      WHERE quiz_id = \(quiz) AND community_id = \(community) AND person_id IS NOT NULL
      """, as: String.self
    ).map { QuizAnswers(text: $0) }
  }

  /// In which of these quizzes a person has answered.
  static func answered(
    by person: PersonID, among quizzes: [QuizID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Set<QuizID> {
    Set(
      try snapshot.values(
        """
        SELECT quiz_id FROM activities_quiz_entrant
        WHERE community_id = \(community) AND person_id = \(person) AND quiz_id IN \(list: quizzes)
        """))
  }

  /// How many entries came in each way, and why how many are not in the draw.
  static func counts(
    of quiz: QuizID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(way: QuizEntry.Way, bar: QuizEntry.Bar?, count: Int64)] {
    try snapshot.all(
      """
      SELECT way, bar, count(*) FROM activities_quiz_entry
      WHERE quiz_id = \(quiz) AND community_id = \(community) GROUP BY way, bar ORDER BY way, bar
      """
    ) { row in (way: try row[0], bar: try row[1], count: try row[2]) }
  }

  /// Who is behind entry numbers; those who were deleted are left out.
  static func persons(
    behind numbers: [Int64], of quiz: QuizID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Int64: PersonID] {
    var found: [Int64: PersonID] = [:]
    for chunk in snapshot.chunks(of: numbers) {
      try snapshot.forEach(
        """
        SELECT entry.number, entrant.person_id FROM activities_quiz_entry AS entry
        JOIN activities_quiz_entrant AS entrant ON entrant.entry_id = entry.id
        WHERE entry.quiz_id = \(quiz) AND entry.number IN \(list: chunk)
          AND entry.community_id = \(community) AND entrant.person_id IS NOT NULL
        """
      ) { row in found[try row[0]] = try row[1] }
    }
    return found
  }

  // MARK: - Writing

  /// Keeps an entry and counts it. The tables refuse a second one of the person or the household, and a number that is taken.
  static func insert(
    _ entry: QuizEntry, version: Int64, of entrant: QuizEntrant, _ answers: QuizAnswers,
    in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO activities_quiz_entry (id, community_id, quiz_id, version, right_count, number, bar, way,
        entered_at, entered_by_id, entered_by_role)
      VALUES (\(entry.id), \(transaction.community), \(entry.quiz), \(version), \(entry.rightCount),
        \(entry.number), \(entry.bar), \(entry.way), \(entry.enteredAt), \(entry.enteredBy?.person),
        \(entry.enteredBy?.role))
      """)
    try transaction.execute(
      """
      INSERT INTO activities_quiz_entrant (entry_id, community_id, quiz_id, unit, unit_id, person_id, answers)
      VALUES (\(entry.id), \(transaction.community), \(entry.quiz), \(entrant.unit), \(entrant.unitID),
        \(entrant.person), \(answers.text))
      """)
    try transaction.execute(
      """
      UPDATE activities_quiz SET entries = entries + 1, numbers = numbers + \(entry.number == nil ? 0 : 1)
      WHERE id = \(entry.quiz) AND community_id = \(transaction.community)
      """)
  }

  /// Forgets who took part and what they answered, and whom winners sent.
  static func forget(_ quiz: QuizID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM activities_quiz_receiver WHERE community_id = \(transaction.community) AND award_id IN (
        SELECT id FROM activities_quiz_award WHERE quiz_id = \(quiz))
      """)
    try transaction.execute(
      """
      DELETE FROM activities_quiz_entrant
      WHERE quiz_id = \(quiz) AND community_id = \(transaction.community)
      """)
  }
}
