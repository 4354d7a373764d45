import Database
import Kernel

/// What must always hold of questions about policies.
enum PolicyQuestionInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "policy.question_facts_kept_too_long", [.identifier("question")],
      """
      SELECT id FROM policy_question
      WHERE facts IS NOT NULL AND (ended_at IS NOT NULL OR facts_until < asked_at)
      ORDER BY id LIMIT \(limit)
      """),
    Invariant(
      "policy.question_ended_before_asked", [.identifier("question")],
      "SELECT id FROM policy_question WHERE ended_at < asked_at ORDER BY id LIMIT \(limit)"),
    Invariant(
      "policy.question_taken_back_by_another", [.identifier("question")],
      """
      SELECT id FROM policy_question WHERE outcome = 'taken_back' AND ended_by_id <> person_id
        OR outcome <> 'taken_back' AND ended_by_id = person_id ORDER BY id LIMIT \(limit)
      """),
  ]

  /// Facts whose term is over by more than a day: the job that removes them did not run.
  static func breaches(_ snapshot: Snapshot) throws -> [Breach] {
    try snapshot.breaches(of: invariants)
      + snapshot.breaches(of: [
        Invariant(
          "policy.question_facts_not_forgotten", [.identifier("question")],
          """
          SELECT id FROM policy_question
          WHERE facts IS NOT NULL AND facts_until < \(snapshot.now - .days(1)) ORDER BY id LIMIT \(limit)
          """)
      ])
  }
}
