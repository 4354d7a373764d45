import Database

/// How answers come in. Answers are sealed; who answered stands in a table of its own, with no time and in no order: both
/// tables are kept by keys that tell nothing, and on SQLite their rows lie in the order of these keys. On PostgreSQL the
/// order in which rows lie in their files is still that of their coming, for whoever reads the files themselves.
let collectionMigration = Migration(
  "surveys", 2, "collection",
  [
    """
    CREATE TABLE surveys_collector (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, questionnaire_id BIGINT NOT NULL, kind TEXT NOT NULL,
      name TEXT NOT NULL, generation BIGINT NOT NULL CHECK (generation > 0), first_sheet BIGINT,
      last_sheet BIGINT, closes_at BIGINT, ended_at BIGINT, created_at BIGINT NOT NULL,
      created_by_id BIGINT NOT NULL, created_by_role TEXT NOT NULL,
      CHECK ((first_sheet IS NULL) = (last_sheet IS NULL)), CHECK (first_sheet <= last_sheet))
    """,
    """
    CREATE INDEX surveys_collector_questionnaire
      ON surveys_collector (community_id, questionnaire_id, id)
    """,
    // In the order of the list; those that are over by their time are passed over within the index.
    """
    CREATE INDEX surveys_collector_listed
      ON surveys_collector (community_id, kind, ended_at, id, closes_at)
    """,
    """
    CREATE TABLE surveys_response (
      questionnaire_id BIGINT NOT NULL, id BIGINT NOT NULL, community_id BIGINT NOT NULL, version BIGINT NOT NULL,
      collector_id BIGINT NOT NULL, mode TEXT NOT NULL, language TEXT NOT NULL, answers BYTEA NOT NULL,
      client_key BYTEA NOT NULL, person_id BIGINT, household_id BIGINT, answered_at BIGINT, recorded_by_id BIGINT,
      PRIMARY KEY (questionnaire_id, id))
    """,
    "CREATE UNIQUE INDEX surveys_response_key ON surveys_response (questionnaire_id, client_key)",
    "CREATE INDEX surveys_response_person ON surveys_response (community_id, person_id)",
    "CREATE INDEX surveys_response_household ON surveys_response (community_id, household_id)",
    """
    CREATE TABLE surveys_participation (
      questionnaire_id BIGINT NOT NULL, kind TEXT NOT NULL, subject_id BIGINT NOT NULL,
      community_id BIGINT NOT NULL, PRIMARY KEY (questionnaire_id, kind, subject_id))
    """,
    "CREATE INDEX surveys_participation_subject ON surveys_participation (community_id, kind, subject_id)",
    // Doors and calls that came to nothing, without saying whose: for the note on who was not reached.
    """
    CREATE TABLE surveys_contact (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, questionnaire_id BIGINT NOT NULL,
      collector_id BIGINT NOT NULL, outcome TEXT NOT NULL, noted_at BIGINT NOT NULL, noted_by_id BIGINT NOT NULL,
      noted_by_role TEXT NOT NULL)
    """,
    "CREATE INDEX surveys_contact_questionnaire ON surveys_contact (questionnaire_id, outcome)",
  ],
  appendOnly: ["surveys_contact"])
