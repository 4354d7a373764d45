import Database

/// Rules of who may be eligible, written as drafts whose every step is kept, published as versions that never change; and the
/// questions that people ask workers about policies. What somebody enters in a check has no table.
let eligibilityMigration = Migration(
  "policy", 2, "eligibility and questions",
  [
    """
    CREATE TABLE policy_rule_draft (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, policy_id BIGINT NOT NULL, based_on BIGINT,
      revision BIGINT NOT NULL CHECK (revision > 0), state TEXT NOT NULL, begun_at BIGINT NOT NULL,
      begun_by_id BIGINT NOT NULL, begun_by_role TEXT NOT NULL, ended_at BIGINT,
      CHECK (state IN ('open', 'published', 'dropped')), CHECK ((state = 'open') = (ended_at IS NULL)))
    """,
    // One draft of a policy is written at a time.
    """
    CREATE UNIQUE INDEX policy_rule_draft_open ON policy_rule_draft (community_id, policy_id)
      WHERE ended_at IS NULL
    """,
    """
    CREATE TABLE policy_rule_revision (
      draft_id BIGINT NOT NULL REFERENCES policy_rule_draft (id),
      revision BIGINT NOT NULL CHECK (revision > 0), community_id BIGINT NOT NULL, step TEXT NOT NULL,
      content TEXT NOT NULL, digest BYTEA NOT NULL, written_at BIGINT NOT NULL, written_by_id BIGINT NOT NULL,
      written_by_role TEXT NOT NULL, PRIMARY KEY (draft_id, revision))
    """,
    "CREATE INDEX policy_rule_revision_writer ON policy_rule_revision (community_id, written_by_id)",
    """
    CREATE TABLE policy_rule_version (
      policy_id BIGINT NOT NULL, version BIGINT NOT NULL CHECK (version > 0), community_id BIGINT NOT NULL,
      draft_id BIGINT NOT NULL UNIQUE REFERENCES policy_rule_draft (id), revision BIGINT NOT NULL,
      content TEXT NOT NULL, digest BYTEA NOT NULL, published_at BIGINT NOT NULL,
      published_by_id BIGINT NOT NULL, published_by_role TEXT NOT NULL, PRIMARY KEY (policy_id, version),
      CHECK (published_by_role IN ('supervisor', 'committee')))
    """,
    "CREATE INDEX policy_rule_version_community ON policy_rule_version (community_id, policy_id)",
    // The newest version counts, unless it was taken down.
    """
    CREATE TABLE policy_rule_head (
      policy_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, version BIGINT NOT NULL,
      is_shown BIGINT NOT NULL, changed_at BIGINT NOT NULL, changed_by_id BIGINT NOT NULL,
      changed_by_role TEXT NOT NULL,
      FOREIGN KEY (policy_id, version) REFERENCES policy_rule_version (policy_id, version))
    """,
    """
    CREATE TABLE policy_rule_place (
      community_id BIGINT NOT NULL, place TEXT NOT NULL, policy_id BIGINT NOT NULL,
      PRIMARY KEY (community_id, place, policy_id))
    """,
    """
    CREATE TABLE policy_question (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, policy_id BIGINT NOT NULL, person_id BIGINT NOT NULL,
      asked_at BIGINT NOT NULL, due_at BIGINT NOT NULL, facts BYTEA, facts_until BIGINT, outcome TEXT,
      ended_at BIGINT, ended_by_id BIGINT, ended_by_role TEXT, CHECK (asked_at <= due_at),
      CHECK ((facts IS NULL) = (facts_until IS NULL)), CHECK ((outcome IS NULL) = (ended_at IS NULL)),
      CHECK ((ended_by_id IS NULL) = (ended_at IS NULL)), CHECK (ended_at IS NULL OR facts IS NULL))
    """,
    // While one question waits, asking again is the same question.
    """
    CREATE UNIQUE INDEX policy_question_open ON policy_question (community_id, policy_id, person_id)
      WHERE ended_at IS NULL
    """,
    "CREATE INDEX policy_question_due ON policy_question (community_id, due_at, id) WHERE ended_at IS NULL",
    "CREATE INDEX policy_question_ended ON policy_question (community_id, ended_at, id)",
    "CREATE INDEX policy_question_person ON policy_question (community_id, person_id, id)",
  ], appendOnly: ["policy_rule_revision", "policy_rule_version"])
