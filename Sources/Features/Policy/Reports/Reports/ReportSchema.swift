import Database

/// Reports: the plan, what they rest on, what they say, every step they took, whom they went to, and what came of them.
///
/// A table that a report rests on is kept as it was when it was chosen, with its digest. Of quoted words only their place is
/// kept. Findings and recommendations can be written until the draft is complete; from then on the report's digest stands in
/// its events, and what is sent has to have that digest.
let reportMigration = Migration(
  "policy", 4, "reports",
  [
    """
    CREATE TABLE policy_report (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, year BIGINT NOT NULL,
      serial BIGINT NOT NULL CHECK (serial > 0), summary TEXT NOT NULL, supervisor_id BIGINT NOT NULL,
      made_at BIGINT NOT NULL, made_by_id BIGINT NOT NULL, made_by_role TEXT NOT NULL,
      UNIQUE (community_id, year, serial))
    """,
    """
    CREATE TABLE policy_report_author (
      report_id BIGINT NOT NULL REFERENCES policy_report (id), person_id BIGINT NOT NULL,
      community_id BIGINT NOT NULL, PRIMARY KEY (report_id, person_id))
    """,
    "CREATE INDEX policy_report_author_person ON policy_report_author (community_id, person_id)",
    """
    CREATE TABLE policy_report_event (
      report_id BIGINT NOT NULL REFERENCES policy_report (id), sequence BIGINT NOT NULL CHECK (sequence > 0),
      community_id BIGINT NOT NULL, kind TEXT NOT NULL, reason TEXT, digest TEXT, is_so BIGINT, due_at BIGINT,
      outcome TEXT, happened_at BIGINT NOT NULL, actor_id BIGINT NOT NULL, actor_role TEXT NOT NULL,
      CHECK ((sequence = 1) = (kind = 'planned')),
      CHECK ((kind IN ('evidence_locked', 'completed')) = (digest IS NOT NULL)),
      CHECK ((kind IN ('completed', 'sent_back', 'changed')) = (is_so IS NOT NULL)),
      CHECK ((kind IN ('sent', 'time_asked', 'extended')) = (due_at IS NOT NULL)),
      CHECK ((kind = 'replied') = (outcome IS NOT NULL)),
      CHECK ((kind IN ('evidence_reopened', 'sent_back', 'time_asked', 'dropped')) = (reason IS NOT NULL)),
      PRIMARY KEY (report_id, sequence))
    """,
    "CREATE INDEX policy_report_event_kind ON policy_report_event (community_id, kind, happened_at)",
    """
    CREATE TABLE policy_report_plan (
      report_id BIGINT NOT NULL, sequence BIGINT NOT NULL, community_id BIGINT NOT NULL, title TEXT NOT NULL,
      question TEXT NOT NULL, methods TEXT NOT NULL, reach TEXT NOT NULL, from_day BIGINT NOT NULL,
      to_day BIGINT NOT NULL, CHECK (from_day <= to_day), PRIMARY KEY (report_id, sequence),
      FOREIGN KEY (report_id, sequence) REFERENCES policy_report_event (report_id, sequence))
    """,
    """
    CREATE TABLE policy_report_standing (
      report_id BIGINT PRIMARY KEY REFERENCES policy_report (id), community_id BIGINT NOT NULL,
      state TEXT NOT NULL, events BIGINT NOT NULL, plan BIGINT NOT NULL, digest TEXT,
      asks_committee BIGINT NOT NULL, first_sent_at BIGINT, due_at BIGINT, asked_until BIGINT, outcome TEXT,
      reply BIGINT, published BIGINT, has_changed_policy BIGINT NOT NULL,
      CHECK (state <> 'sent' OR due_at IS NOT NULL))
    """,
    "CREATE INDEX policy_report_standing_all ON policy_report_standing (community_id, report_id)",
    "CREATE INDEX policy_report_standing_state ON policy_report_standing (community_id, state, report_id)",
    """
    CREATE TABLE policy_report_evidence (
      report_id BIGINT NOT NULL REFERENCES policy_report (id), number BIGINT NOT NULL CHECK (number > 0),
      community_id BIGINT NOT NULL, kind TEXT NOT NULL, source TEXT NOT NULL, code TEXT NOT NULL, frozen TEXT,
      digest TEXT NOT NULL, chosen_at BIGINT NOT NULL, chosen_by_id BIGINT NOT NULL,
      chosen_by_role TEXT NOT NULL, CHECK (kind IN ('table', 'quote')),
      CHECK ((kind = 'table') = (frozen IS NOT NULL)), PRIMARY KEY (report_id, number),
      UNIQUE (report_id, source, code))
    """,
    """
    CREATE TABLE policy_report_finding (
      report_id BIGINT NOT NULL REFERENCES policy_report (id), number BIGINT NOT NULL CHECK (number > 0),
      community_id BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (report_id, number))
    """,
    """
    CREATE TABLE policy_report_finding_evidence (
      report_id BIGINT NOT NULL, finding BIGINT NOT NULL, evidence BIGINT NOT NULL, community_id BIGINT NOT NULL,
      PRIMARY KEY (report_id, finding, evidence),
      FOREIGN KEY (report_id, finding) REFERENCES policy_report_finding (report_id, number),
      FOREIGN KEY (report_id, evidence) REFERENCES policy_report_evidence (report_id, number))
    """,
    "CREATE INDEX policy_report_finding_on ON policy_report_finding_evidence (report_id, evidence)",
    """
    CREATE TABLE policy_report_recommendation (
      report_id BIGINT NOT NULL REFERENCES policy_report (id), number BIGINT NOT NULL CHECK (number > 0),
      community_id BIGINT NOT NULL, body TEXT NOT NULL, policy_id BIGINT, level TEXT, department TEXT,
      CHECK (policy_id IS NULL OR level IS NULL), CHECK ((level IS NULL) = (department IS NULL)),
      PRIMARY KEY (report_id, number))
    """,
    """
    CREATE TABLE policy_report_recommendation_finding (
      report_id BIGINT NOT NULL, recommendation BIGINT NOT NULL, finding BIGINT NOT NULL,
      community_id BIGINT NOT NULL, PRIMARY KEY (report_id, recommendation, finding))
    """,
    // How residents heard the draft: how many, never who.
    """
    CREATE TABLE policy_report_check (
      report_id BIGINT NOT NULL, sequence BIGINT NOT NULL, community_id BIGINT NOT NULL, way TEXT NOT NULL,
      day BIGINT NOT NULL, heard BIGINT NOT NULL CHECK (heard > 0), comments TEXT NOT NULL,
      outcome TEXT NOT NULL, PRIMARY KEY (report_id, sequence),
      FOREIGN KEY (report_id, sequence) REFERENCES policy_report_event (report_id, sequence))
    """,
    """
    CREATE TABLE policy_report_sending (
      report_id BIGINT NOT NULL, sequence BIGINT NOT NULL, community_id BIGINT NOT NULL,
      department TEXT NOT NULL, contact TEXT NOT NULL, channel TEXT NOT NULL, our_number TEXT NOT NULL,
      their_reference TEXT, due_at BIGINT NOT NULL, PRIMARY KEY (report_id, sequence),
      FOREIGN KEY (report_id, sequence) REFERENCES policy_report_event (report_id, sequence))
    """,
    """
    CREATE TABLE policy_report_reply (
      report_id BIGINT NOT NULL, sequence BIGINT NOT NULL, community_id BIGINT NOT NULL, outcome TEXT NOT NULL,
      body TEXT NOT NULL, replied_by TEXT NOT NULL, reference TEXT, day BIGINT NOT NULL,
      is_own BIGINT NOT NULL, PRIMARY KEY (report_id, sequence),
      FOREIGN KEY (report_id, sequence) REFERENCES policy_report_event (report_id, sequence))
    """,
    """
    CREATE TABLE policy_report_answer (
      report_id BIGINT NOT NULL, sequence BIGINT NOT NULL, recommendation BIGINT NOT NULL,
      community_id BIGINT NOT NULL, outcome TEXT NOT NULL, body TEXT NOT NULL,
      CHECK (outcome <> 'none'), PRIMARY KEY (report_id, sequence, recommendation),
      FOREIGN KEY (report_id, sequence) REFERENCES policy_report_reply (report_id, sequence))
    """,
    """
    CREATE TABLE policy_report_change (
      report_id BIGINT NOT NULL, sequence BIGINT NOT NULL, community_id BIGINT NOT NULL, policy_id BIGINT,
      policy_version BIGINT, body TEXT NOT NULL, CHECK ((policy_id IS NULL) = (policy_version IS NULL)),
      PRIMARY KEY (report_id, sequence), UNIQUE (report_id, policy_id, policy_version),
      FOREIGN KEY (report_id, sequence) REFERENCES policy_report_event (report_id, sequence))
    """,
    // Whom it was told: phase 0 are those who follow it, then come those who took part in each piece of evidence.
    """
    CREATE TABLE policy_report_telling (
      report_id BIGINT PRIMARY KEY REFERENCES policy_report (id), sequence BIGINT NOT NULL,
      community_id BIGINT NOT NULL, body TEXT NOT NULL, phase BIGINT NOT NULL, reached BIGINT NOT NULL,
      told BIGINT NOT NULL CHECK (told >= 0), finished_at BIGINT)
    """,
    """
    CREATE TABLE policy_report_follow (
      report_id BIGINT NOT NULL REFERENCES policy_report (id), person_id BIGINT NOT NULL,
      community_id BIGINT NOT NULL, followed_at BIGINT NOT NULL, PRIMARY KEY (report_id, person_id))
    """,
    "CREATE INDEX policy_report_follow_person ON policy_report_follow (community_id, person_id)",
  ],
  appendOnly: [
    "policy_report_author", "policy_report_event", "policy_report_plan", "policy_report_check",
    "policy_report_sending", "policy_report_reply", "policy_report_answer", "policy_report_change",
  ])
