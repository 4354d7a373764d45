package import Database
package import Kernel

/// Quizzes that people can answer now, for pages of other features.
package enum OpenQuizStore {
  /// A quiz as another page names it, and where it is answered.
  package struct Card: Sendable, Equatable {
    package let title: String
    package let path: String
  }

  /// Those that ask something of a topic in which one of these words stands; what closes first comes first.
  package static func cards(
    about words: [String], limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Card] {
    if words.isEmpty { return [] }
    let topics = words.map { "words.topic LIKE \("%\($0)%")" as Query }
    return try snapshot.all(
      """
      SELECT quiz.id, terms.title FROM activities_quiz AS quiz
      JOIN activities_quiz_terms AS terms ON terms.quiz_id = quiz.id AND terms.version = quiz.version
      WHERE quiz.community_id = \(community) AND quiz.state = \(Quiz.State.open)
        AND quiz.closes_at > \(snapshot.now) AND terms.opens_at <= \(snapshot.now)
        AND EXISTS (SELECT 1 FROM activities_quiz_item AS item
          JOIN activities_quiz_question_text AS words
            ON words.question_id = item.question_id AND words.version = item.question_version
          WHERE item.quiz_id = quiz.id AND item.version = quiz.version
            AND (\(Query.joined(topics, by: " OR "))))
      ORDER BY quiz.closes_at, quiz.id LIMIT \(limit)
      """
    ) { row in
      let id: QuizID = try row[0]
      return Card(title: try row[1], path: Quiz.path(id))
    }
  }
}
