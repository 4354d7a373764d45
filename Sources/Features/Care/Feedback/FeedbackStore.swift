import Database
import Kernel

/// The queries of feedback.
enum FeedbackStore {
  static func insert(_ feedback: Feedback, of file: CaseID, in transaction: Transaction) throws {
    let id: Identifier<Feedback> = transaction.newIdentifier()
    func answer(_ question: Feedback.Question) -> Feedback.Answer { feedback.answers[question] ?? .no }
    try transaction.execute(
      """
      INSERT INTO care_feedback (id, community_id, case_id, privacy, listening, choices, deciding, text_id,
        given_at)
      VALUES (\(id), \(transaction.community), \(file), \(answer(.privacy)), \(answer(.listening)),
        \(answer(.choices)), \(answer(.deciding)), \(feedback.text), \(feedback.at))
      """)
  }

  /// All of some cases, the newest first.
  static func feedback(
    of files: [CaseID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(file: CaseID, feedback: Feedback)] {
    try snapshot.chunks(of: files).flatMap { part in
      try snapshot.all(
        """
        SELECT case_id, privacy, listening, choices, deciding, text_id, given_at FROM care_feedback
        WHERE community_id = \(community) AND case_id IN \(list: part) ORDER BY id DESC
        """
      ) { row in
        (
          file: try row[0],
          feedback: Feedback(
            answers: [
              .privacy: try row[1], .listening: try row[2], .choices: try row[3], .deciding: try row[4],
            ], text: try row[5], at: try row[6])
        )
      }
    }
  }
}
