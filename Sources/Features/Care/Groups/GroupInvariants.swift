import Database

/// What must always hold of group work: a part of `nuanlin check`.
enum GroupInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = standings + members + meetings + reports

  private static let standings: [Invariant] = [
    Invariant(
      "care.group_standing_differs", [.identifier("group"), "events", "counted"],
      """
      SELECT standing.group_id, standing.events, count(event.sequence)
      FROM care_group_standing AS standing
      LEFT JOIN care_group_event AS event ON event.group_id = standing.group_id
      GROUP BY standing.group_id, standing.events
      HAVING standing.events <> count(event.sequence) OR standing.events <> max(event.sequence)
      ORDER BY standing.group_id LIMIT \(limit)
      """),
    Invariant(
      "care.group_stage_differs", [.identifier("group")],
      """
      SELECT standing.group_id FROM care_group_standing AS standing
      LEFT JOIN care_group_event AS moved ON moved.group_id = standing.group_id AND moved.sequence = (
        SELECT max(sequence) FROM care_group_event AS later
        WHERE later.group_id = standing.group_id AND later.kind = 'moved')
      WHERE standing.stage <> coalesce(moved.to_stage, 'preparation') ORDER BY standing.group_id LIMIT \(limit)
      """),
    Invariant(
      "care.group_stage_skipped", [.identifier("group"), "event"],
      """
      SELECT group_id, sequence FROM care_group_event
      WHERE kind = 'moved' AND (from_stage, to_stage) NOT IN (
        VALUES ('preparation', 'formation'), ('formation', 'transition'), ('transition', 'maturity'),
          ('maturity', 'ending'), ('ending', 'maturity'), ('maturity', 'transition'),
          ('transition', 'formation'), ('formation', 'preparation'))
        AND (text_id IS NULL OR (from_stage, to_stage) NOT IN (
          VALUES ('ending', 'transition'), ('ending', 'formation'), ('ending', 'preparation'),
            ('maturity', 'formation'), ('maturity', 'preparation'), ('transition', 'preparation')))
      ORDER BY group_id, sequence LIMIT \(limit)
      """),
    Invariant(
      "care.group_closed_without_report", [.identifier("group")],
      """
      SELECT standing.group_id FROM care_group_standing AS standing
      LEFT JOIN care_group_event AS event
        ON event.group_id = standing.group_id AND event.kind = 'closed'
      LEFT JOIN care_group_report AS report
        ON report.id = event.report_id AND report.group_id = standing.group_id
      LEFT JOIN care_group_report_decision AS decision
        ON decision.report_id = report.id AND decision.is_approved = 1
      WHERE (standing.closed_at IS NOT NULL) <> (decision.report_id IS NOT NULL)
      ORDER BY standing.group_id LIMIT \(limit)
      """),
  ]

  private static let members: [Invariant] = [
    Invariant(
      "care.group_staff_is_member", [.identifier("group"), .identifier("member")],
      """
      SELECT standing.group_id, member.id FROM care_group_standing AS standing
      JOIN care_group_member AS member ON member.group_id = standing.group_id
        AND member.person_id IN (standing.leader_id, coalesce(standing.second_leader_id, 0),
          standing.supervisor_id)
      ORDER BY standing.group_id, member.id LIMIT \(limit)
      """),
    Invariant(
      "care.group_over_full", [.identifier("group"), "members", "at most"],
      """
      SELECT standing.group_id, count(*), terms.maximum FROM care_group_standing AS standing
      JOIN care_group_terms AS terms
        ON terms.group_id = standing.group_id AND terms.version = standing.version
      JOIN care_group_member AS member ON member.group_id = standing.group_id AND member.state = 'joined'
      GROUP BY standing.group_id, terms.maximum HAVING count(*) > terms.maximum
      ORDER BY standing.group_id LIMIT \(limit)
      """),
    Invariant(
      "care.group_member_differs", [.identifier("member")],
      """
      SELECT member.id FROM care_group_member AS member
      LEFT JOIN care_group_member_event AS last
        ON last.member_id = member.id AND last.sequence = member.events
      LEFT JOIN care_group_member_event AS beyond
        ON beyond.member_id = member.id AND beyond.sequence = member.events + 1
      LEFT JOIN care_group_member_event AS answered
        ON answered.member_id = member.id AND answered.state = 'joined'
      WHERE coalesce(last.state, '') <> member.state OR beyond.member_id IS NOT NULL
        OR (member.joined_at IS NOT NULL) <> (answered.member_id IS NOT NULL)
        OR (member.left_at IS NOT NULL) <> (member.state = 'left')
      ORDER BY member.id LIMIT \(limit)
      """),
  ]

  private static let meetings: [Invariant] = [
    Invariant(
      "care.group_attendance_of_stranger", [.identifier("session"), .identifier("member")],
      """
      SELECT DISTINCT session.id, entry.member_id FROM care_group_attendance AS entry
      JOIN care_group_session AS session ON session.id = entry.session_id
      LEFT JOIN care_group_member AS member ON member.id = entry.member_id
        AND member.group_id = session.group_id AND member.joined_at IS NOT NULL
      WHERE member.id IS NULL ORDER BY session.id, entry.member_id LIMIT \(limit)
      """),
    Invariant(
      "care.group_session_mended_late", [.identifier("session"), "version"],
      """
      SELECT session.id, version.version FROM care_group_session AS session
      JOIN care_group_session_version AS version ON version.session_id = session.id
      WHERE version.version > 1 AND version.written_at >= session.locks_at
      ORDER BY session.id, version.version LIMIT \(limit)
      """),
    Invariant(
      "care.group_text_missing", [.identifier("group"), .identifier("text")],
      """
      SELECT used.group_id, used.text_id FROM (
        SELECT group_id, text_id FROM care_group_terms
        UNION ALL SELECT group_id, text_id FROM care_group_event WHERE text_id IS NOT NULL
        UNION ALL SELECT group_id, text_id FROM care_group_report
        UNION ALL SELECT group_id, code_text_id FROM care_group_practice
        UNION ALL SELECT session.group_id, version.text_id FROM care_group_session_version AS version
          JOIN care_group_session AS session ON session.id = version.session_id
        UNION ALL SELECT member.group_id, event.text_id FROM care_group_member_event AS event
          JOIN care_group_member AS member ON member.id = event.member_id WHERE event.text_id IS NOT NULL
      ) AS used
      LEFT JOIN care_group_text AS held ON held.text_id = used.text_id AND held.group_id = used.group_id
      WHERE held.text_id IS NULL ORDER BY used.group_id, used.text_id LIMIT \(limit)
      """),
    Invariant(
      "care.group_figures_of_stranger", [.identifier("group"), .identifier("member")],
      """
      SELECT DISTINCT figure.group_id, figure.member_id FROM (
        SELECT group_id, member_id FROM care_group_score
        UNION ALL SELECT group_id, member_id FROM care_group_practice) AS figure
      LEFT JOIN care_group_member AS member ON member.id = figure.member_id
        AND member.group_id = figure.group_id AND member.joined_at IS NOT NULL
      WHERE member.id IS NULL ORDER BY figure.group_id, figure.member_id LIMIT \(limit)
      """),
  ]

  private static let reports: [Invariant] = [
    Invariant(
      "care.group_report_goals_missing", [.identifier("report")],
      """
      SELECT report.id FROM care_group_report AS report
      JOIN care_group_terms AS terms ON terms.group_id = report.group_id AND terms.version = report.version
      LEFT JOIN care_group_report_goal AS goal ON goal.report_id = report.id
      GROUP BY report.id, terms.goals HAVING count(goal.position) <> terms.goals
      ORDER BY report.id LIMIT \(limit)
      """)
  ]
}
