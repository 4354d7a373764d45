import Database

/// What must always hold of door visits.
enum VisitInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "care.visit_standing_differs", [.identifier("campaign"), "events", "told"],
      """
      SELECT standing.campaign_id, standing.events, count(event.sequence) FROM care_visit_standing AS standing
      LEFT JOIN care_visit_event AS event ON event.campaign_id = standing.campaign_id
      GROUP BY standing.campaign_id, standing.events, standing.state
      HAVING standing.events <> count(event.sequence)
        OR (standing.state <> 'draft') <> (count(CASE WHEN event.kind = 'started' THEN 1 END) = 1)
        OR (standing.state = 'finished') <> (count(CASE WHEN event.kind = 'finished' THEN 1 END) = 1)
      ORDER BY standing.campaign_id LIMIT \(limit)
      """),
    Invariant(
      "care.visit_terms_differ", [.identifier("campaign"), "version"],
      """
      SELECT standing.campaign_id, standing.version FROM care_visit_standing AS standing
      LEFT JOIN care_visit_terms AS terms
        ON terms.campaign_id = standing.campaign_id AND terms.version = standing.version
      WHERE terms.version IS NULL OR terms.runner_id <> standing.runner_id
        OR terms.supervisor_id <> standing.supervisor_id OR terms.starts_at <> standing.starts_at
        OR terms.ends_at <> standing.ends_at
      ORDER BY standing.campaign_id LIMIT \(limit)
      """),
    Invariant(
      "care.visit_questions_changed", [.identifier("campaign"), "version"],
      """
      SELECT later.campaign_id, later.version FROM care_visit_terms AS later
      JOIN care_visit_terms AS earlier
        ON earlier.campaign_id = later.campaign_id AND earlier.version = later.version - 1
      WHERE later.questions <> earlier.questions AND EXISTS (
        SELECT 1 FROM care_visit_outcome AS outcome
        WHERE outcome.campaign_id = later.campaign_id AND outcome.recorded_at < later.written_at)
      ORDER BY later.campaign_id, later.version LIMIT \(limit)
      """),
    Invariant(
      "care.visit_door_differs", [.identifier("door"), "events", "told"],
      """
      SELECT door.id, door.events, count(event.sequence) FROM care_visit_door AS door
      LEFT JOIN care_visit_door_event AS event ON event.door_id = door.id
      GROUP BY door.id, door.events HAVING door.events <> count(event.sequence)
      ORDER BY door.id LIMIT \(limit)
      """),
    Invariant(
      "care.visit_visitor_not_asked", [.identifier("door"), .identifier("visitor")],
      """
      SELECT door.id, door.visitor_id FROM care_visit_door AS door
      LEFT JOIN care_visit_visitor AS asked
        ON asked.campaign_id = door.campaign_id AND asked.person_id = door.visitor_id
      WHERE door.visitor_id IS NOT NULL AND asked.person_id IS NULL ORDER BY door.id LIMIT \(limit)
      """),
    Invariant(
      "care.visit_outcome_of_stranger", [.identifier("outcome"), .identifier("door")],
      """
      SELECT outcome.id, outcome.door_id FROM care_visit_outcome AS outcome
      LEFT JOIN care_visit_door AS door
        ON door.id = outcome.door_id AND door.campaign_id = outcome.campaign_id
          AND door.community_id = outcome.community_id
      WHERE door.id IS NULL OR NOT EXISTS (
        SELECT 1 FROM care_visit_door_event AS event
        WHERE event.door_id = outcome.door_id AND event.visitor_id = outcome.visitor_id)
      ORDER BY outcome.id LIMIT \(limit)
      """),
    Invariant(
      "care.visit_text_misplaced", [.identifier("outcome")],
      """
      SELECT outcome.id FROM care_visit_outcome AS outcome
      LEFT JOIN care_text AS words ON words.id = outcome.text_id
      WHERE outcome.text_id IS NOT NULL AND (words.id IS NULL OR words.person_id IS NOT NULL
        OR words.case_id IS NOT NULL OR words.author_id <> outcome.visitor_id)
      ORDER BY outcome.id LIMIT \(limit)
      """),
  ]
}
