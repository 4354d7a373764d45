import Database

/// Questionnaires: how they stand, what is being written, and what was asked. No word of any answer stands here.
let questionnaireMigration = Migration(
  "surveys", 1, "questionnaires",
  [
    """
    CREATE TABLE surveys_questionnaire (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, created_at BIGINT NOT NULL,
      created_by_id BIGINT NOT NULL, created_by_role TEXT NOT NULL)
    """,
    """
    CREATE TABLE surveys_questionnaire_event (
      questionnaire_id BIGINT NOT NULL, sequence BIGINT NOT NULL CHECK (sequence > 0),
      community_id BIGINT NOT NULL, kind TEXT NOT NULL, happened_at BIGINT NOT NULL, actor_id BIGINT NOT NULL,
      actor_role TEXT NOT NULL, PRIMARY KEY (questionnaire_id, sequence))
    """,
    """
    CREATE INDEX surveys_questionnaire_event_kind
      ON surveys_questionnaire_event (community_id, kind, happened_at)
    """,
    """
    CREATE TABLE surveys_questionnaire_standing (
      questionnaire_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, state TEXT NOT NULL,
      version BIGINT NOT NULL CHECK (version >= 0), events BIGINT NOT NULL,
      CHECK ((state = 'draft') = (version = 0)))
    """,
    """
    CREATE INDEX surveys_questionnaire_standing_community
      ON surveys_questionnaire_standing (community_id, questionnaire_id)
    """,
    """
    CREATE TABLE surveys_questionnaire_draft (
      questionnaire_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, title TEXT NOT NULL,
      purpose TEXT NOT NULL, privacy TEXT NOT NULL, unit TEXT NOT NULL, allows_refusal BIGINT NOT NULL,
      definition BYTEA NOT NULL, revision BIGINT NOT NULL, updated_at BIGINT NOT NULL,
      updated_by_id BIGINT NOT NULL, updated_by_role TEXT NOT NULL)
    """,
    """
    CREATE TABLE surveys_questionnaire_version (
      questionnaire_id BIGINT NOT NULL, number BIGINT NOT NULL CHECK (number > 0), community_id BIGINT NOT NULL,
      title TEXT NOT NULL, purpose TEXT NOT NULL, privacy TEXT NOT NULL, unit TEXT NOT NULL,
      allows_refusal BIGINT NOT NULL, definition BYTEA NOT NULL, digest BYTEA NOT NULL, opened_at BIGINT NOT NULL,
      opened_by_id BIGINT NOT NULL, opened_by_role TEXT NOT NULL, PRIMARY KEY (questionnaire_id, number))
    """,
  ],
  appendOnly: [
    "surveys_questionnaire", "surveys_questionnaire_event", "surveys_questionnaire_version",
  ])
