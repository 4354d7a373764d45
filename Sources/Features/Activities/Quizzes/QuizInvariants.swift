import Database
import Kernel
import People
import Security

/// What must always hold of prize quizzes. That a person or household has one entry, that no number is given twice and that a
/// prize ends once, the tables themselves demand.
enum QuizInvariants {
  private static let limit = Invariant.limit

  static let invariants = standings + entries + awards

  private static let standings: [Invariant] = [
    Invariant(
      "activities.quiz_state_differs", [.identifier("quiz"), "version"],
      """
      SELECT quiz.id, quiz.version FROM activities_quiz AS quiz
      LEFT JOIN activities_quiz_terms AS terms ON terms.quiz_id = quiz.id AND terms.version = quiz.version
      LEFT JOIN activities_quiz_opening AS opening ON opening.quiz_id = quiz.id
      LEFT JOIN activities_quiz_draw AS draw ON draw.quiz_id = quiz.id
      WHERE terms.version IS NULL OR terms.closes_at <> quiz.closes_at
        OR (quiz.state = 'draft') <> (opening.quiz_id IS NULL)
        OR (quiz.state = 'drawn') <> (draw.quiz_id IS NOT NULL)
        OR opening.version <> quiz.version
      ORDER BY quiz.id LIMIT \(limit)
      """),
    Invariant(
      "activities.quiz_written_after_opening", [.identifier("quiz"), "version"],
      """
      SELECT terms.quiz_id, terms.version FROM activities_quiz_terms AS terms
      JOIN activities_quiz_opening AS opening ON opening.quiz_id = terms.quiz_id
      WHERE terms.version > opening.version OR terms.written_at > opening.opened_at
      ORDER BY terms.quiz_id, terms.version LIMIT \(limit)
      """),
    Invariant(
      "activities.quiz_counts_differ", [.identifier("quiz"), "entries", "numbers"],
      """
      SELECT quiz.id, count(entry.id), count(entry.number) FROM activities_quiz AS quiz
      LEFT JOIN activities_quiz_entry AS entry ON entry.quiz_id = quiz.id
      GROUP BY quiz.id, quiz.entries, quiz.numbers
      HAVING quiz.entries <> count(entry.id) OR quiz.numbers <> count(entry.number)
        OR quiz.numbers <> coalesce(max(entry.number), 0)
      ORDER BY quiz.id LIMIT \(limit)
      """),
  ]

  private static let entries: [Invariant] = [
    Invariant(
      "activities.quiz_entry_out_of_time", [.identifier("entry"), .identifier("quiz")],
      """
      SELECT entry.id, entry.quiz_id FROM activities_quiz_entry AS entry
      JOIN activities_quiz_terms AS terms ON terms.quiz_id = entry.quiz_id AND terms.version = entry.version
      JOIN activities_quiz_opening AS opening ON opening.quiz_id = entry.quiz_id
      LEFT JOIN activities_quiz_draw AS draw ON draw.quiz_id = entry.quiz_id
      WHERE entry.entered_at < terms.opens_at OR entry.entered_at >= terms.closes_at
        OR entry.entered_at < opening.opened_at OR entry.entered_at > draw.drawn_at
      ORDER BY entry.id LIMIT \(limit)
      """),
    Invariant(
      "activities.quiz_threshold_ignored", [.identifier("entry"), "right", "threshold"],
      """
      SELECT entry.id, entry.right_count, terms.threshold FROM activities_quiz_entry AS entry
      JOIN activities_quiz_terms AS terms ON terms.quiz_id = entry.quiz_id AND terms.version = entry.version
      WHERE (entry.number IS NOT NULL AND entry.right_count < terms.threshold)
        OR (entry.bar = 'score' AND entry.right_count >= terms.threshold)
      ORDER BY entry.id LIMIT \(limit)
      """),
    Invariant(
      "activities.quiz_entrant_misplaced", [.identifier("entry"), .identifier("quiz")],
      """
      SELECT entrant.entry_id, entrant.quiz_id FROM activities_quiz_entrant AS entrant
      LEFT JOIN activities_quiz_entry AS entry
        ON entry.id = entrant.entry_id AND entry.quiz_id = entrant.quiz_id
          AND entry.community_id = entrant.community_id
      WHERE entry.id IS NULL ORDER BY entrant.entry_id LIMIT \(limit)
      """),
  ]

  private static let awards: [Invariant] = [
    // Whoever follows somebody follows an ending, and nobody follows a prize that was handed over.
    Invariant(
      "activities.quiz_award_without_cause", [.identifier("award"), "slot", "place"],
      """
      SELECT later.id, later.slot, later.place FROM activities_quiz_award AS later
      JOIN activities_quiz_award AS earlier
        ON earlier.quiz_id = later.quiz_id AND earlier.slot = later.slot AND earlier.place < later.place
      LEFT JOIN activities_quiz_award_end AS ending ON ending.award_id = earlier.id
      WHERE ending.award_id IS NULL OR ending.kind = 'handed' OR ending.ended_at > later.awarded_at
      ORDER BY later.id LIMIT \(limit)
      """),
    Invariant(
      "activities.quiz_award_lapsed_early", [.identifier("award")],
      """
      SELECT award.id FROM activities_quiz_award AS award
      JOIN activities_quiz_award_end AS ending ON ending.award_id = award.id
      WHERE ending.ended_at < award.awarded_at
        OR (ending.kind = 'lapsed' AND ending.ended_at < award.collect_until)
      ORDER BY award.id LIMIT \(limit)
      """),
  ]

  /// Everything that breaks a rule: what single queries find, what was left undone or forgotten too early, and whatever does
  /// not come out when scores and draws are worked out anew.
  static func breaches(_ snapshot: Snapshot) throws -> [Breach] {
    var found = try snapshot.breaches(of: invariants + timely(at: snapshot.now))
    for drawn in try drawings(snapshot) {
      found += try breaches(of: drawn, snapshot)
      if found.count > limit { break }
    }
    return try found + answers(snapshot)
  }

  private static func timely(at now: Timestamp) -> [Invariant] {
    [
      Invariant(
        "activities.quiz_not_drawn", [.identifier("quiz")],
        """
        SELECT id FROM activities_quiz WHERE state = 'open' AND closes_at < \(now - .days(1))
        ORDER BY id LIMIT \(limit)
        """),
      Invariant(
        "activities.quiz_entry_of_nobody", [.identifier("entry")],
        """
        SELECT entry.id FROM activities_quiz_entry AS entry
        LEFT JOIN activities_quiz_entrant AS entrant ON entrant.entry_id = entry.id
        LEFT JOIN activities_quiz_draw AS draw ON draw.quiz_id = entry.quiz_id
        WHERE entrant.entry_id IS NULL
          AND (draw.quiz_id IS NULL OR draw.drawn_at > \(now - ForgetQuiz.keepingTime))
        ORDER BY entry.id LIMIT \(limit)
        """),
      Invariant(
        "activities.quiz_not_forgotten", [.identifier("quiz")],
        """
        SELECT draw.quiz_id FROM activities_quiz_draw AS draw
        WHERE draw.drawn_at < \(now - ForgetQuiz.keepingTime - .days(1)) AND EXISTS (
          SELECT 1 FROM activities_quiz_entrant AS entrant WHERE entrant.quiz_id = draw.quiz_id)
        ORDER BY draw.quiz_id LIMIT \(limit)
        """),
    ]
  }

  // MARK: - The draw, anew

  /// A draw beside what it rests on.
  struct Drawing: Sendable, Equatable {
    let quiz: QuizID
    let commitment: [UInt8]
    let seed: String
    /// As the draw says, and as the quiz counted.
    let drawn: Int64
    let counted: Int64
    /// Pieces of all prizes.
    let pieces: Int64
  }

  private static func drawings(_ snapshot: Snapshot) throws -> [Drawing] {
    try snapshot.all(
      """
      SELECT draw.quiz_id, opening.commitment, draw.seed, draw.numbers, quiz.numbers, sum(prize.pieces)
      FROM activities_quiz_draw AS draw
      JOIN activities_quiz AS quiz ON quiz.id = draw.quiz_id
      JOIN activities_quiz_opening AS opening ON opening.quiz_id = draw.quiz_id
      JOIN activities_quiz_prize AS prize
        ON prize.quiz_id = opening.quiz_id AND prize.version = opening.version
      GROUP BY draw.quiz_id, opening.commitment, draw.seed, draw.numbers, quiz.numbers ORDER BY draw.quiz_id
      """
    ) { row in
      Drawing(
        quiz: try row[0], commitment: try row[1], seed: try row[2], drawn: try row[3], counted: try row[4],
        pieces: try row[5])
    }
  }

  private static func breaches(of drawing: Drawing, _ snapshot: Snapshot) throws -> [Breach] {
    let awards = try snapshot.all(
      """
      SELECT place, slot, number FROM activities_quiz_award WHERE quiz_id = \(drawing.quiz) ORDER BY place
      """
    ) { row in (place: try row[0] as Int64, slot: try row[1] as Int64, number: try row[2] as Int64) }
    return breaches(of: drawing, awards: awards)
  }

  /// Whether the seed is the one that was committed to, everybody was drawn, and exactly whom the seed names has a prize.
  ///
  /// - Parameter awards: in the order of their places.
  static func breaches(
    of drawing: Drawing, awards: [(place: Int64, slot: Int64, number: Int64)]
  ) -> [Breach] {
    var found: [Breach] = []
    func add(_ name: StaticString) { found.append(Breach(name, "quiz \(drawing.quiz)")) }
    let seed = CommittedDraw.Seed(drawing.seed)
    if seed?.commitment.bytes != drawing.commitment { add("activities.quiz_seed_differs") }
    if drawing.drawn != drawing.counted { add("activities.quiz_draw_incomplete") }
    let order = QuizDrawing.order(seed: drawing.seed, numbers: drawing.drawn)
    let first = min(drawing.pieces, drawing.drawn)
    let isWhole = awards.map(\.place) == (0..<Int64(awards.count)).map { $0 + 1 } && awards.count >= first
    let isDrawn = awards.allSatisfy { award in
      order.indices.contains(Int(award.place) - 1) && order[Int(award.place) - 1] == award.number
        && (award.slot == award.place) == (award.place <= first) && award.slot <= first
    }
    if !isWhole || !isDrawn { add("activities.quiz_winner_differs") }
    return found
  }

  // MARK: - The scores, anew

  /// Entries whose score is not what their answers come to.
  private static func answers(_ snapshot: Snapshot) throws -> [Breach] {
    let right = try rightOptions(snapshot)
    var found: [Breach] = []
    try snapshot.forEach(
      """
      SELECT entry.id, entry.quiz_id, entry.right_count, entrant.answers FROM activities_quiz_entrant AS entrant
      JOIN activities_quiz_entry AS entry ON entry.id = entrant.entry_id
      WHERE entrant.person_id IS NOT NULL
      """
    ) { row in
      let (entry, quiz): (QuizEntryID, QuizID) = (try row[0], try row[1])
      let (count, answers): (Int, String) = (try row[2], try row[3])
      let chosen = QuizAnswers(text: answers).chosen
      let options = right[quiz] ?? []
      if chosen.count != options.count || zip(chosen, options).count(where: { $0 == $1 }) != count,
        found.count < limit
      {
        found.append(Breach("activities.quiz_score_differs", "entry \(entry)"))
      }
    }
    return found
  }

  /// The right options of every quiz that was opened, in the order of its questions.
  private static func rightOptions(_ snapshot: Snapshot) throws -> [QuizID: [Int]] {
    var right: [QuizID: [Int]] = [:]
    try snapshot.forEach(
      """
      SELECT opening.quiz_id, words.right_option FROM activities_quiz_opening AS opening
      JOIN activities_quiz_item AS item ON item.quiz_id = opening.quiz_id AND item.version = opening.version
      JOIN activities_quiz_question_text AS words
        ON words.question_id = item.question_id AND words.version = item.question_version
      ORDER BY opening.quiz_id, item.position
      """
    ) { row in
      let option: Int = try row[1]
      right[try row[0], default: []].append(option)
    }
    return right
  }
}
