import Database

/// Answers as they were counted once and for all, and tables made of them that were published. Columns are sealed; their rows
/// stand in an order that says nothing of whose they are. What was published is a ledger: nothing of it is changed or taken
/// back, since what follows was judged by it.
let analysisMigration = Migration(
  "surveys", 4, "locked data and published tables",
  [
    """
    CREATE TABLE surveys_lock_request (
      questionnaire_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, spec BYTEA NOT NULL,
      events BIGINT NOT NULL, answers BIGINT NOT NULL CHECK (answers > 0),
      answers_read BIGINT NOT NULL CHECK (answers_read >= 0), failure TEXT, requested_at BIGINT NOT NULL,
      requested_by_id BIGINT NOT NULL, requested_by_role TEXT NOT NULL)
    """,
    "CREATE INDEX surveys_lock_request_waiting ON surveys_lock_request (failure, requested_at)",
    """
    CREATE TABLE surveys_lock (
      questionnaire_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, spec BYTEA NOT NULL,
      answers BIGINT NOT NULL CHECK (answers > 0), columns BIGINT NOT NULL CHECK (columns > 0),
      digest BYTEA NOT NULL, locked_at BIGINT NOT NULL, locked_by_id BIGINT NOT NULL, locked_by_role TEXT NOT NULL)
    """,
    "CREATE INDEX surveys_lock_community ON surveys_lock (community_id, locked_at)",
    """
    CREATE TABLE surveys_lock_column (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL,
      questionnaire_id BIGINT NOT NULL REFERENCES surveys_lock (questionnaire_id),
      position BIGINT NOT NULL CHECK (position >= 0), content BYTEA NOT NULL,
      UNIQUE (questionnaire_id, position))
    """,
    """
    CREATE TABLE surveys_published_table (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL,
      questionnaire_id BIGINT NOT NULL REFERENCES surveys_lock (questionnaire_id),
      sequence BIGINT NOT NULL CHECK (sequence > 0), least BIGINT NOT NULL CHECK (least > 1),
      title_chinese TEXT NOT NULL, title_english TEXT NOT NULL, releases TEXT NOT NULL, content BYTEA NOT NULL,
      lock_digest BYTEA NOT NULL, query_digest BYTEA NOT NULL, released_at BIGINT NOT NULL,
      released_by_id BIGINT NOT NULL, released_by_role TEXT NOT NULL,
      UNIQUE (questionnaire_id, sequence), UNIQUE (questionnaire_id, query_digest))
    """,
    "CREATE INDEX surveys_published_table_community ON surveys_published_table (community_id, id)",
  ], appendOnly: ["surveys_lock", "surveys_lock_column", "surveys_published_table"])
