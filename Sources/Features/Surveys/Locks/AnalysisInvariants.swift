import Database

/// What holds of locked answers and published tables. Whether the digest of a lock is that of its columns needs their key:
/// `AnalysisReader.verify` says it, on the page of the lock.
enum AnalysisInvariants {
  static let invariants: [Invariant] = [
    Invariant(
      "surveys.lock_without_state", [.identifier("questionnaire")],
      """
      SELECT standing.questionnaire_id FROM surveys_questionnaire_standing AS standing
      WHERE (standing.state = 'locked') <> EXISTS (SELECT 1 FROM surveys_lock AS locked
        WHERE locked.questionnaire_id = standing.questionnaire_id) LIMIT \(Invariant.limit)
      """),
    Invariant(
      "surveys.lock_columns_differ", [.identifier("questionnaire"), "columns"],
      """
      SELECT locked.questionnaire_id, locked.columns FROM surveys_lock AS locked
      WHERE locked.columns <> (SELECT COUNT(*) FROM surveys_lock_column AS content
        WHERE content.questionnaire_id = locked.questionnaire_id) LIMIT \(Invariant.limit)
      """),
    // Answers with names go when somebody is deleted; others never do, and none comes.
    Invariant(
      "surveys.lock_answers_differ", [.identifier("questionnaire"), "locked", "kept"],
      """
      SELECT questionnaire_id, answers, kept FROM (
        SELECT locked.questionnaire_id, locked.answers, version.privacy,
          (SELECT COUNT(*) FROM surveys_response AS response
            WHERE response.questionnaire_id = locked.questionnaire_id) AS kept
        FROM surveys_lock AS locked JOIN surveys_questionnaire_version AS version
          ON version.questionnaire_id = locked.questionnaire_id AND version.number = 1) AS counted
      WHERE kept > answers OR (kept < answers AND privacy <> 'named') LIMIT \(Invariant.limit)
      """),
    Invariant(
      "surveys.table_of_other_data", [.identifier("table")],
      """
      SELECT published.id FROM surveys_published_table AS published
      JOIN surveys_lock AS locked ON locked.questionnaire_id = published.questionnaire_id
      WHERE published.lock_digest <> locked.digest LIMIT \(Invariant.limit)
      """),
  ]
}
