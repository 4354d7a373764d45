import Database

/// The tables of casework. What is written about people lies in `care_text` alone, sealed; every other table holds
/// identifiers, codes and times.
let caseworkMigration = Migration(
  "care", 1, "texts, cases, plans, notes, closings, referrals, broken glass, tasks, scores",
  [
    """
    CREATE TABLE care_text (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, person_id BIGINT, case_id BIGINT,
      sensitivity BIGINT NOT NULL CHECK (sensitivity BETWEEN 1 AND 3), reader_id BIGINT,
      author_id BIGINT NOT NULL, written_at BIGINT NOT NULL, sealed BYTEA NOT NULL)
    """,
    "CREATE INDEX care_text_case ON care_text (community_id, case_id, id)",
    "CREATE INDEX care_text_person ON care_text (community_id, person_id, id)",
    """
    CREATE TABLE care_case (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, number BIGINT NOT NULL, person_id BIGINT NOT NULL,
      field TEXT NOT NULL, source TEXT NOT NULL, intake_text_id BIGINT NOT NULL, created_at BIGINT NOT NULL,
      created_by_id BIGINT NOT NULL, created_by_role TEXT NOT NULL, UNIQUE (community_id, number))
    """,
    "CREATE INDEX care_case_person ON care_case (community_id, person_id, id)",
    """
    CREATE TABLE care_case_event (
      case_id BIGINT NOT NULL, sequence BIGINT NOT NULL CHECK (sequence > 0), community_id BIGINT NOT NULL,
      kind TEXT NOT NULL, happened_at BIGINT NOT NULL, actor_id BIGINT NOT NULL, actor_role TEXT NOT NULL,
      from_stage TEXT, to_stage TEXT, worker_id BIGINT, supervisor_id BIGINT, risk TEXT, intensity BIGINT,
      review_at BIGINT, basis TEXT, outcome TEXT, evidence_id BIGINT, text_id BIGINT,
      PRIMARY KEY (case_id, sequence))
    """,
    """
    CREATE TABLE care_case_standing (
      case_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, stage TEXT NOT NULL,
      episode BIGINT NOT NULL, worker_id BIGINT, supervisor_id BIGINT, risk TEXT NOT NULL,
      intensity BIGINT NOT NULL, review_at BIGINT, basis TEXT, outcome TEXT, opened_at BIGINT NOT NULL,
      closed_at BIGINT, events BIGINT NOT NULL)
    """,
    "CREATE INDEX care_case_standing_worker ON care_case_standing (community_id, worker_id, case_id)",
    "CREATE INDEX care_case_standing_supervisor ON care_case_standing (community_id, supervisor_id, case_id)",
    "CREATE INDEX care_case_standing_person ON care_case_standing (community_id, person_id, case_id)",
    """
    CREATE TABLE care_assessment (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, case_id BIGINT NOT NULL, episode BIGINT NOT NULL,
      text_id BIGINT NOT NULL, risk TEXT NOT NULL, made_at BIGINT NOT NULL, made_by_id BIGINT NOT NULL)
    """,
    "CREATE INDEX care_assessment_case ON care_assessment (community_id, case_id, id)",
    """
    CREATE TABLE care_plan (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, case_id BIGINT NOT NULL, episode BIGINT NOT NULL,
      version BIGINT NOT NULL CHECK (version > 0), text_id BIGINT NOT NULL, review_at BIGINT NOT NULL,
      made_at BIGINT NOT NULL, made_by_id BIGINT NOT NULL, UNIQUE (case_id, version))
    """,
    """
    CREATE TABLE care_plan_event (
      plan_id BIGINT NOT NULL, sequence BIGINT NOT NULL CHECK (sequence > 0), community_id BIGINT NOT NULL,
      kind TEXT NOT NULL, happened_at BIGINT NOT NULL, actor_id BIGINT NOT NULL, actor_role TEXT NOT NULL,
      method TEXT, text_id BIGINT, PRIMARY KEY (plan_id, sequence))
    """,
    """
    CREATE TABLE care_intervention (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, case_id BIGINT NOT NULL, episode BIGINT NOT NULL,
      kind TEXT NOT NULL, minutes BIGINT NOT NULL CHECK (minutes BETWEEN 1 AND 1440), done_at BIGINT NOT NULL,
      text_id BIGINT NOT NULL, recorded_at BIGINT NOT NULL, recorded_by_id BIGINT NOT NULL)
    """,
    "CREATE INDEX care_intervention_case ON care_intervention (community_id, case_id, id)",
    """
    CREATE TABLE care_note (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, case_id BIGINT NOT NULL, kind TEXT NOT NULL,
      sensitivity BIGINT NOT NULL CHECK (sensitivity BETWEEN 1 AND 3), reader_id BIGINT,
      author_id BIGINT NOT NULL, written_at BIGINT NOT NULL, locks_at BIGINT NOT NULL, adds_to_id BIGINT)
    """,
    "CREATE INDEX care_note_case ON care_note (community_id, case_id, id)",
    """
    CREATE TABLE care_note_version (
      note_id BIGINT NOT NULL, version BIGINT NOT NULL CHECK (version > 0), community_id BIGINT NOT NULL,
      text_id BIGINT NOT NULL, written_at BIGINT NOT NULL, PRIMARY KEY (note_id, version))
    """,
    """
    CREATE TABLE care_closing (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, case_id BIGINT NOT NULL, episode BIGINT NOT NULL,
      outcome TEXT NOT NULL, has_view BIGINT NOT NULL, text_id BIGINT NOT NULL, made_at BIGINT NOT NULL,
      made_by_id BIGINT NOT NULL)
    """,
    "CREATE INDEX care_closing_case ON care_closing (community_id, case_id, id)",
    """
    CREATE TABLE care_closing_decision (
      closing_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, is_approved BIGINT NOT NULL,
      decided_at BIGINT NOT NULL, decided_by_id BIGINT NOT NULL, text_id BIGINT)
    """,
    """
    CREATE TABLE care_self_approval (
      community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, sequence BIGINT NOT NULL, until BIGINT NOT NULL,
      granted_at BIGINT NOT NULL, granted_by_id BIGINT NOT NULL,
      PRIMARY KEY (community_id, person_id, sequence))
    """,
    """
    CREATE TABLE care_referral (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, case_id BIGINT NOT NULL, episode BIGINT NOT NULL,
      destination TEXT NOT NULL, fields TEXT NOT NULL, text_id BIGINT NOT NULL, made_at BIGINT NOT NULL,
      made_by_id BIGINT NOT NULL)
    """,
    "CREATE INDEX care_referral_case ON care_referral (community_id, case_id, id)",
    """
    CREATE TABLE care_referral_event (
      referral_id BIGINT NOT NULL, sequence BIGINT NOT NULL CHECK (sequence > 0), community_id BIGINT NOT NULL,
      state TEXT NOT NULL, happened_at BIGINT NOT NULL, actor_id BIGINT NOT NULL, actor_role TEXT NOT NULL,
      text_id BIGINT, consent_id BIGINT, PRIMARY KEY (referral_id, sequence),
      CHECK (state <> 'sent' OR consent_id IS NOT NULL))
    """,
    "CREATE INDEX care_referral_event_state ON care_referral_event (community_id, state, referral_id)",
    """
    CREATE TABLE care_glass (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, case_id BIGINT NOT NULL, person_id BIGINT NOT NULL,
      broken_by_id BIGINT NOT NULL, broken_by_role TEXT NOT NULL, reason TEXT NOT NULL,
      text_id BIGINT NOT NULL, broken_at BIGINT NOT NULL, closes_at BIGINT NOT NULL,
      review_due_at BIGINT NOT NULL, CHECK (closes_at - broken_at BETWEEN 1 AND 10800000000))
    """,
    "CREATE INDEX care_glass_case ON care_glass (community_id, case_id, id)",
    "CREATE INDEX care_glass_breaker ON care_glass (community_id, broken_by_id, case_id, closes_at)",
    """
    CREATE TABLE care_glass_review (
      glass_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, is_justified BIGINT NOT NULL,
      reviewed_at BIGINT NOT NULL, reviewed_by_id BIGINT NOT NULL, text_id BIGINT)
    """,
    """
    CREATE TABLE care_task (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, case_id BIGINT NOT NULL, kind TEXT NOT NULL,
      due_at BIGINT NOT NULL, created_at BIGINT NOT NULL, ended_at BIGINT, ended_by_id BIGINT)
    """,
    "CREATE INDEX care_task_open ON care_task (community_id, case_id, due_at) WHERE ended_at IS NULL",
    """
    CREATE TABLE care_outcome_score (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, case_id BIGINT NOT NULL, measure TEXT NOT NULL,
      phase TEXT NOT NULL, value BIGINT NOT NULL, rated_by TEXT NOT NULL, scored_at BIGINT NOT NULL,
      recorded_by_id BIGINT NOT NULL)
    """,
    "CREATE INDEX care_outcome_score_case ON care_outcome_score (community_id, case_id, id)",
    """
    CREATE TABLE care_feedback (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, case_id BIGINT NOT NULL, privacy TEXT NOT NULL,
      listening TEXT NOT NULL, choices TEXT NOT NULL, deciding TEXT NOT NULL, text_id BIGINT,
      given_at BIGINT NOT NULL)
    """,
    "CREATE INDEX care_feedback_case ON care_feedback (community_id, case_id, id)",
  ],
  appendOnly: [
    "care_case", "care_case_event", "care_assessment", "care_plan", "care_plan_event", "care_intervention",
    "care_note", "care_note_version", "care_closing", "care_closing_decision",
    "care_self_approval", "care_referral", "care_referral_event", "care_glass", "care_glass_review",
    "care_outcome_score", "care_feedback",
  ])
