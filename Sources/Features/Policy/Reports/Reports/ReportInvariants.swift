import Database

/// What must always hold of reports.
enum ReportInvariants {
  private static let limit = Invariant.limit

  static let invariants = steps + documents + outcomes

  private static let steps: [Invariant] = [
    Invariant(
      "policy.report_standing_differs", [.identifier("report"), "events", "told"],
      """
      SELECT report.id, standing.events, count(event.sequence) FROM policy_report AS report
      LEFT JOIN policy_report_standing AS standing ON standing.report_id = report.id
      LEFT JOIN policy_report_event AS event ON event.report_id = report.id
      GROUP BY report.id, standing.events
      HAVING standing.events IS NULL OR standing.events <> count(event.sequence)
        OR standing.events <> max(event.sequence)
      ORDER BY report.id LIMIT \(limit)
      """),
    // The state is that of the last event that moves it; what is told beside it moves nothing.
    Invariant(
      "policy.report_state_differs", [.identifier("report")],
      """
      SELECT standing.report_id FROM policy_report_standing AS standing
      JOIN policy_report_event AS event ON event.report_id = standing.report_id
        AND event.sequence = (SELECT max(sequence) FROM policy_report_event AS later
          WHERE later.report_id = standing.report_id
            AND later.kind NOT IN ('time_asked', 'extended', 'reply_published'))
      WHERE standing.state <> CASE event.kind WHEN 'planned' THEN 'planned' WHEN 'replanned' THEN 'planned'
        WHEN 'evidence_locked' THEN 'evidence' WHEN 'evidence_reopened' THEN 'planned'
        WHEN 'findings_done' THEN 'findings' WHEN 'recommendations_done' THEN 'recommendations'
        WHEN 'completed' THEN 'complete' WHEN 'checked_back' THEN 'checked'
        WHEN 'sent_back' THEN 'recommendations' WHEN 'approved' THEN 'approved' WHEN 'sent' THEN 'sent'
        WHEN 'replied' THEN 'replied' WHEN 'changed' THEN 'changed' WHEN 'told' THEN 'told'
        WHEN 'dropped' THEN 'dropped' ELSE '' END
      ORDER BY standing.report_id LIMIT \(limit)
      """),
    Invariant(
      "policy.report_own_approval", [.identifier("report"), "event"],
      """
      SELECT event.report_id, event.sequence FROM policy_report_event AS event
      JOIN policy_report AS report ON report.id = event.report_id
      LEFT JOIN policy_report_author AS author
        ON author.report_id = event.report_id AND author.person_id = event.actor_id
      WHERE event.kind = 'approved' AND (author.person_id IS NOT NULL OR event.actor_role <> 'supervisor'
        OR event.actor_id <> report.supervisor_id)
      ORDER BY event.report_id, event.sequence LIMIT \(limit)
      """),
    // Sent is what was approved, and only after a round with residents; told is what was replied to.
    Invariant(
      "policy.report_step_early", [.identifier("report"), "event"],
      """
      SELECT event.report_id, event.sequence FROM policy_report_event AS event
      WHERE event.kind IN ('approved', 'sent', 'replied', 'changed', 'told') AND NOT EXISTS (
        SELECT 1 FROM policy_report_event AS earlier
        WHERE earlier.report_id = event.report_id AND earlier.sequence < event.sequence
          AND earlier.kind = CASE event.kind WHEN 'approved' THEN 'checked_back' WHEN 'sent' THEN 'approved'
            WHEN 'replied' THEN 'sent' WHEN 'changed' THEN 'replied' ELSE 'changed' END)
      ORDER BY event.report_id, event.sequence LIMIT \(limit)
      """),
  ]

  private static let documents: [Invariant] = [
    Invariant(
      "policy.report_finding_unsupported", [.identifier("report"), "finding"],
      """
      SELECT finding.report_id, finding.number FROM policy_report_finding AS finding
      LEFT JOIN policy_report_finding_evidence AS rests
        ON rests.report_id = finding.report_id AND rests.finding = finding.number
      LEFT JOIN policy_report_evidence AS evidence
        ON evidence.report_id = rests.report_id AND evidence.number = rests.evidence
      GROUP BY finding.report_id, finding.number
      HAVING count(evidence.number) = 0 OR count(evidence.number) <> count(rests.evidence)
      ORDER BY finding.report_id, finding.number LIMIT \(limit)
      """),
    Invariant(
      "policy.report_recommendation_unsupported", [.identifier("report"), "recommendation"],
      """
      SELECT asked.report_id, asked.number FROM policy_report_recommendation AS asked
      LEFT JOIN policy_report_recommendation_finding AS rests
        ON rests.report_id = asked.report_id AND rests.recommendation = asked.number
      LEFT JOIN policy_report_finding AS finding
        ON finding.report_id = rests.report_id AND finding.number = rests.finding
      GROUP BY asked.report_id, asked.number, asked.policy_id, asked.level
      HAVING count(finding.number) = 0 OR count(finding.number) <> count(rests.finding)
        OR (asked.policy_id IS NULL AND asked.level IS NULL)
      ORDER BY asked.report_id, asked.number LIMIT \(limit)
      """),
    // A document that is complete has its digest, and one that is open has none.
    Invariant(
      "policy.report_digest_differs", [.identifier("report")],
      """
      SELECT standing.report_id FROM policy_report_standing AS standing
      LEFT JOIN policy_report_event AS event ON event.report_id = standing.report_id
        AND event.sequence = (SELECT max(sequence) FROM policy_report_event AS later
          WHERE later.report_id = standing.report_id AND later.kind = 'completed')
      WHERE standing.state NOT IN ('planned', 'evidence', 'findings', 'recommendations', 'dropped')
        AND (standing.digest IS NULL OR event.digest IS NULL OR standing.digest <> event.digest)
        OR standing.state IN ('planned', 'evidence', 'findings', 'recommendations')
        AND standing.digest IS NOT NULL
      ORDER BY standing.report_id LIMIT \(limit)
      """),
  ]

  private static let outcomes: [Invariant] = [
    // What an event tells stands in its own table, under its sequence, and nothing stands there without one.
    Invariant(
      "policy.report_row_missing", [.identifier("report"), "event"],
      """
      SELECT event.report_id, event.sequence FROM policy_report_event AS event
      LEFT JOIN policy_report_plan AS plan
        ON plan.report_id = event.report_id AND plan.sequence = event.sequence
      LEFT JOIN policy_report_check AS round
        ON round.report_id = event.report_id AND round.sequence = event.sequence
      LEFT JOIN policy_report_sending AS sending
        ON sending.report_id = event.report_id AND sending.sequence = event.sequence
      LEFT JOIN policy_report_reply AS reply
        ON reply.report_id = event.report_id AND reply.sequence = event.sequence
      LEFT JOIN policy_report_change AS changed
        ON changed.report_id = event.report_id AND changed.sequence = event.sequence
      LEFT JOIN policy_report_telling AS telling
        ON telling.report_id = event.report_id AND telling.sequence = event.sequence
      WHERE (event.kind IN ('planned', 'replanned') AND plan.sequence IS NULL)
        OR (event.kind = 'checked_back' AND round.sequence IS NULL)
        OR (event.kind = 'sent' AND (sending.sequence IS NULL OR sending.due_at <> event.due_at))
        OR (event.kind = 'replied' AND (reply.sequence IS NULL OR reply.outcome <> event.outcome))
        OR (event.kind = 'changed' AND (changed.sequence IS NULL
          OR event.is_so <> CASE WHEN changed.policy_id IS NULL THEN 0 ELSE 1 END))
        OR (event.kind = 'told' AND telling.sequence IS NULL)
      ORDER BY event.report_id, event.sequence LIMIT \(limit)
      """),
    Invariant(
      "policy.report_answer_missing", [.identifier("report"), "event", "recommendation"],
      """
      SELECT reply.report_id, reply.sequence, asked.number FROM policy_report_reply AS reply
      JOIN policy_report_recommendation AS asked ON asked.report_id = reply.report_id
      LEFT JOIN policy_report_answer AS answer ON answer.report_id = reply.report_id
        AND answer.sequence = reply.sequence AND answer.recommendation = asked.number
      WHERE (reply.outcome <> 'none') <> (answer.recommendation IS NOT NULL)
      ORDER BY reply.report_id, reply.sequence, asked.number LIMIT \(limit)
      """),
    // What was told was readable before: the last reply was published.
    Invariant(
      "policy.report_told_unpublished", [.identifier("report")],
      """
      SELECT standing.report_id FROM policy_report_standing AS standing
      WHERE standing.state = 'told' AND (standing.reply IS NULL OR standing.published IS NULL
        OR standing.published < standing.reply)
      ORDER BY standing.report_id LIMIT \(limit)
      """),
  ]
}
