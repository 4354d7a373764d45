import Database

/// What holds of questionnaires and their answers at every moment.
enum SurveyInvariants {
  static let invariants: [Invariant] = [
    Invariant(
      "surveys.standing_differs", [.identifier("questionnaire")],
      """
      SELECT standing.questionnaire_id FROM surveys_questionnaire_standing AS standing
      WHERE standing.events <> (SELECT COUNT(*) FROM surveys_questionnaire_event AS event
          WHERE event.questionnaire_id = standing.questionnaire_id)
        OR standing.version <> (SELECT COUNT(*) FROM surveys_questionnaire_version AS version
          WHERE version.questionnaire_id = standing.questionnaire_id)
      LIMIT \(Invariant.limit)
      """),
    // Once it was opened, nobody's promise changes.
    Invariant(
      "surveys.promise_changed", [.identifier("questionnaire"), "version"],
      """
      SELECT version.questionnaire_id, version.number FROM surveys_questionnaire_version AS version
      JOIN surveys_questionnaire_version AS first
        ON first.questionnaire_id = version.questionnaire_id AND first.number = 1
      WHERE version.privacy <> first.privacy OR version.unit <> first.unit LIMIT \(Invariant.limit)
      """),
    Invariant(
      "surveys.response_tells_who", [.identifier("questionnaire"), .identifier("response")],
      """
      SELECT response.questionnaire_id, response.id FROM surveys_response AS response
      JOIN surveys_questionnaire_version AS version
        ON version.questionnaire_id = response.questionnaire_id AND version.number = response.version
      WHERE version.privacy <> 'named' AND (response.person_id IS NOT NULL OR response.household_id IS NOT NULL
        OR response.answered_at IS NOT NULL OR response.recorded_by_id IS NOT NULL) LIMIT \(Invariant.limit)
      """),
    Invariant(
      "surveys.response_of_nothing", [.identifier("questionnaire"), .identifier("response")],
      """
      SELECT response.questionnaire_id, response.id FROM surveys_response AS response
      WHERE NOT EXISTS (SELECT 1 FROM surveys_questionnaire_version AS version
          WHERE version.questionnaire_id = response.questionnaire_id AND version.number = response.version)
        OR NOT EXISTS (SELECT 1 FROM surveys_collector AS collector
          WHERE collector.id = response.collector_id
            AND collector.questionnaire_id = response.questionnaire_id) LIMIT \(Invariant.limit)
      """),
    // Who answered and what was answered are kept apart; their numbers still agree.
    Invariant(
      "surveys.participation_differs", [.identifier("questionnaire"), "answers", "participants"],
      """
      SELECT version.questionnaire_id,
        (SELECT COUNT(*) FROM surveys_response AS response
          WHERE response.questionnaire_id = version.questionnaire_id),
        (SELECT COUNT(*) FROM surveys_participation AS participation
          WHERE participation.questionnaire_id = version.questionnaire_id)
      FROM surveys_questionnaire_version AS version
      WHERE version.number = 1 AND version.privacy = 'separated'
        AND (SELECT COUNT(*) FROM surveys_response AS response
            WHERE response.questionnaire_id = version.questionnaire_id)
          < (SELECT COUNT(*) FROM surveys_participation AS participation
            WHERE participation.questionnaire_id = version.questionnaire_id)
      LIMIT \(Invariant.limit)
      """),
  ]
}
