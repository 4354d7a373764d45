import Database

/// The tables of group work. What is written about people lies in `care_text` alone, sealed; every table here holds
/// identifiers, codes, counts and times, and what a group is called.
let groupMigration = Migration(
  "care", 2, "group work",
  [
    """
    CREATE TABLE care_group (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, number BIGINT NOT NULL, created_at BIGINT NOT NULL,
      created_by_id BIGINT NOT NULL, created_by_role TEXT NOT NULL, UNIQUE (community_id, number))
    """,
    """
    CREATE TABLE care_group_terms (
      group_id BIGINT NOT NULL, version BIGINT NOT NULL CHECK (version > 0), community_id BIGINT NOT NULL,
      name TEXT NOT NULL, type TEXT NOT NULL, is_open BIGINT NOT NULL,
      minimum BIGINT NOT NULL CHECK (minimum > 0), maximum BIGINT NOT NULL CHECK (maximum >= minimum),
      sessions BIGINT NOT NULL CHECK (sessions > 0), budget BIGINT NOT NULL CHECK (budget >= 0),
      goals BIGINT NOT NULL CHECK (goals > 0), text_id BIGINT NOT NULL, written_at BIGINT NOT NULL, written_by_id BIGINT NOT NULL,
      PRIMARY KEY (group_id, version))
    """,
    """
    CREATE TABLE care_group_event (
      group_id BIGINT NOT NULL, sequence BIGINT NOT NULL CHECK (sequence > 0), community_id BIGINT NOT NULL,
      kind TEXT NOT NULL, happened_at BIGINT NOT NULL, actor_id BIGINT NOT NULL, actor_role TEXT NOT NULL,
      from_stage TEXT, to_stage TEXT, leader_id BIGINT, second_leader_id BIGINT, supervisor_id BIGINT,
      version BIGINT, report_id BIGINT, text_id BIGINT, PRIMARY KEY (group_id, sequence))
    """,
    """
    CREATE TABLE care_group_standing (
      group_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, stage TEXT NOT NULL, leader_id BIGINT NOT NULL,
      second_leader_id BIGINT, supervisor_id BIGINT NOT NULL, version BIGINT NOT NULL, started_at BIGINT,
      closed_at BIGINT, events BIGINT NOT NULL)
    """,
    "CREATE INDEX care_group_standing_leader ON care_group_standing (community_id, leader_id, group_id)",
    "CREATE INDEX care_group_standing_second ON care_group_standing (community_id, second_leader_id, group_id)",
    "CREATE INDEX care_group_standing_supervisor ON care_group_standing (community_id, supervisor_id, group_id)",
    """
    CREATE TABLE care_group_text (
      text_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, group_id BIGINT NOT NULL, member_id BIGINT)
    """,
    "CREATE INDEX care_group_text_group ON care_group_text (group_id, text_id)",
    """
    CREATE TABLE care_group_member (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, group_id BIGINT NOT NULL, person_id BIGINT NOT NULL,
      state TEXT NOT NULL, proposed_at BIGINT NOT NULL, proposed_by_id BIGINT NOT NULL, joined_at BIGINT,
      left_at BIGINT, events BIGINT NOT NULL)
    """,
    """
    CREATE UNIQUE INDEX care_group_member_under_way ON care_group_member (group_id, person_id)
    WHERE state IN ('proposed', 'accepted', 'joined')
    """,
    "CREATE INDEX care_group_member_group ON care_group_member (community_id, group_id, id)",
    "CREATE INDEX care_group_member_person ON care_group_member (community_id, person_id, id)",
    """
    CREATE TABLE care_group_member_event (
      member_id BIGINT NOT NULL, sequence BIGINT NOT NULL CHECK (sequence > 0), community_id BIGINT NOT NULL,
      state TEXT NOT NULL, happened_at BIGINT NOT NULL, actor_id BIGINT NOT NULL, actor_role TEXT NOT NULL,
      said_by TEXT, method TEXT, text_id BIGINT,
      CHECK (state NOT IN ('joined', 'declined') OR (said_by IS NOT NULL AND method IS NOT NULL)),
      PRIMARY KEY (member_id, sequence))
    """,
    """
    CREATE TABLE care_group_session (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, group_id BIGINT NOT NULL, number BIGINT NOT NULL,
      author_id BIGINT NOT NULL, recorded_at BIGINT NOT NULL, locks_at BIGINT NOT NULL,
      UNIQUE (group_id, number))
    """,
    """
    CREATE TABLE care_group_session_version (
      session_id BIGINT NOT NULL, version BIGINT NOT NULL CHECK (version > 0), community_id BIGINT NOT NULL,
      held_at BIGINT NOT NULL, minutes BIGINT NOT NULL CHECK (minutes BETWEEN 1 AND 720), stage TEXT NOT NULL,
      commerce TEXT NOT NULL, techniques TEXT NOT NULL, text_id BIGINT NOT NULL, written_at BIGINT NOT NULL,
      PRIMARY KEY (session_id, version))
    """,
    """
    CREATE TABLE care_group_attendance (
      session_id BIGINT NOT NULL, version BIGINT NOT NULL, member_id BIGINT NOT NULL, community_id BIGINT NOT NULL,
      presence TEXT NOT NULL, participation BIGINT CHECK (participation BETWEEN 0 AND 3), text_id BIGINT,
      CHECK ((presence IN ('present', 'late')) = (participation IS NOT NULL)),
      PRIMARY KEY (session_id, version, member_id))
    """,
    """
    CREATE TABLE care_group_addendum (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, session_id BIGINT NOT NULL, text_id BIGINT NOT NULL,
      written_at BIGINT NOT NULL, written_by_id BIGINT NOT NULL)
    """,
    "CREATE INDEX care_group_addendum_session ON care_group_addendum (session_id, id)",
    """
    CREATE TABLE care_group_practice (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, group_id BIGINT NOT NULL, session_id BIGINT NOT NULL,
      member_id BIGINT NOT NULL, code_text_id BIGINT NOT NULL, from_at BIGINT NOT NULL,
      until_at BIGINT NOT NULL CHECK (until_at > from_at), steps BIGINT NOT NULL CHECK (steps >= 0),
      traps_met BIGINT NOT NULL CHECK (traps_met >= traps_seen), traps_seen BIGINT NOT NULL CHECK (traps_seen >= 0),
      orders BIGINT NOT NULL CHECK (orders >= 0), read_at BIGINT NOT NULL, read_by_id BIGINT NOT NULL)
    """,
    "CREATE INDEX care_group_practice_group ON care_group_practice (community_id, group_id, id)",
    """
    CREATE TABLE care_group_score (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, group_id BIGINT NOT NULL, member_id BIGINT NOT NULL,
      measure TEXT NOT NULL, phase TEXT NOT NULL, value BIGINT NOT NULL, scored_at BIGINT NOT NULL,
      recorded_by_id BIGINT NOT NULL,
      CHECK ((measure = 'shopping_efficacy' AND value BETWEEN 5 AND 25)
        OR (measure = 'scam_quiz' AND value BETWEEN 0 AND 10)
        OR (measure = 'satisfaction' AND value BETWEEN 1 AND 5)))
    """,
    "CREATE INDEX care_group_score_group ON care_group_score (community_id, group_id, id)",
    """
    CREATE TABLE care_group_report (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, group_id BIGINT NOT NULL, version BIGINT NOT NULL,
      text_id BIGINT NOT NULL, made_at BIGINT NOT NULL, made_by_id BIGINT NOT NULL)
    """,
    "CREATE INDEX care_group_report_group ON care_group_report (community_id, group_id, id)",
    """
    CREATE TABLE care_group_report_goal (
      report_id BIGINT NOT NULL, position BIGINT NOT NULL CHECK (position > 0), community_id BIGINT NOT NULL,
      result TEXT NOT NULL, text_id BIGINT, PRIMARY KEY (report_id, position))
    """,
    """
    CREATE TABLE care_group_report_decision (
      report_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, is_approved BIGINT NOT NULL,
      decided_at BIGINT NOT NULL, decided_by_id BIGINT NOT NULL, text_id BIGINT)
    """,
  ],
  appendOnly: [
    "care_group", "care_group_terms", "care_group_event", "care_group_text", "care_group_member_event",
    "care_group_session", "care_group_session_version", "care_group_attendance", "care_group_addendum",
    "care_group_practice", "care_group_score", "care_group_report", "care_group_report_goal",
    "care_group_report_decision",
  ])
