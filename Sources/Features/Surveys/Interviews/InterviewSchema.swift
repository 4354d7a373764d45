import Database

/// Interviews, observation and what is made of them. Everything that somebody said is sealed; codes, counts and who did what
/// when stay when the words go.
let interviewMigration = Migration(
  "surveys", 3, "interviews and coding", studyTables + codingTables + themeTables + quoteTables,
  appendOnly: [
    "surveys_study", "surveys_study_event", "surveys_study_version", "surveys_code", "surveys_code_version",
    "surveys_coding_unit", "surveys_theme_table", "surveys_theme_count", "surveys_quote_agreement",
  ])

private let studyTables: [StaticString] = [
  """
  CREATE TABLE surveys_study (
    id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, made_at BIGINT NOT NULL, made_by_id BIGINT NOT NULL,
    made_by_role TEXT NOT NULL)
  """,
  """
  CREATE TABLE surveys_study_event (
    study_id BIGINT NOT NULL REFERENCES surveys_study (id), sequence BIGINT NOT NULL CHECK (sequence > 0),
    community_id BIGINT NOT NULL, kind TEXT NOT NULL, happened_at BIGINT NOT NULL, actor_id BIGINT NOT NULL,
    actor_role TEXT NOT NULL, PRIMARY KEY (study_id, sequence))
  """,
  """
  CREATE TABLE surveys_study_standing (
    study_id BIGINT PRIMARY KEY REFERENCES surveys_study (id), community_id BIGINT NOT NULL, state TEXT NOT NULL,
    version BIGINT NOT NULL CHECK (version > 0), events BIGINT NOT NULL, records BIGINT NOT NULL CHECK (records >= 0),
    closed_at BIGINT, CHECK ((state = 'closed') = (closed_at IS NOT NULL)))
  """,
  "CREATE INDEX surveys_study_standing_community ON surveys_study_standing (community_id, study_id)",
  "CREATE INDEX surveys_study_standing_closed ON surveys_study_standing (community_id, closed_at)",
  """
  CREATE TABLE surveys_study_version (
    study_id BIGINT NOT NULL REFERENCES surveys_study (id), number BIGINT NOT NULL CHECK (number > 0),
    community_id BIGINT NOT NULL, title TEXT NOT NULL, question TEXT NOT NULL, purpose TEXT NOT NULL,
    guide TEXT NOT NULL, written_at BIGINT NOT NULL, written_by_id BIGINT NOT NULL, written_by_role TEXT NOT NULL,
    PRIMARY KEY (study_id, number))
  """,
  """
  CREATE TABLE surveys_record (
    id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, study_id BIGINT NOT NULL REFERENCES surveys_study (id),
    number BIGINT NOT NULL CHECK (number > 0), version BIGINT NOT NULL, kind TEXT NOT NULL, way TEXT NOT NULL,
    minutes BIGINT NOT NULL CHECK (minutes > 0), people BIGINT NOT NULL CHECK (people >= 0),
    agreement TEXT NOT NULL, speaker_id BIGINT, happened_at BIGINT NOT NULL, recorded_at BIGINT NOT NULL,
    recorded_by_id BIGINT NOT NULL, recorded_by_role TEXT NOT NULL, locked_at BIGINT, withdrawn_at BIGINT,
    UNIQUE (study_id, number), CHECK (speaker_id IS NULL OR kind = 'interview'),
    CHECK (agreement <> 'not_needed' OR kind = 'observation'))
  """,
  "CREATE INDEX surveys_record_speaker ON surveys_record (community_id, speaker_id)",
  """
  CREATE TABLE surveys_record_text (
    id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, record_id BIGINT NOT NULL REFERENCES surveys_record (id),
    sequence BIGINT NOT NULL CHECK (sequence >= 0), revision BIGINT NOT NULL CHECK (revision > 0),
    words BYTEA NOT NULL, written_at BIGINT NOT NULL, written_by_id BIGINT NOT NULL, written_by_role TEXT NOT NULL,
    UNIQUE (record_id, sequence))
  """,
]

private let codingTables: [StaticString] = [
  """
  CREATE TABLE surveys_code (
    id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, study_id BIGINT NOT NULL REFERENCES surveys_study (id),
    made_at BIGINT NOT NULL, made_by_id BIGINT NOT NULL, made_by_role TEXT NOT NULL)
  """,
  "CREATE INDEX surveys_code_study ON surveys_code (community_id, study_id, id)",
  """
  CREATE TABLE surveys_code_version (
    code_id BIGINT NOT NULL REFERENCES surveys_code (id), number BIGINT NOT NULL CHECK (number > 0),
    community_id BIGINT NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL, include_example TEXT NOT NULL,
    exclude_example TEXT NOT NULL, parent_id BIGINT REFERENCES surveys_code (id), retired_for TEXT,
    written_at BIGINT NOT NULL, written_by_id BIGINT NOT NULL, written_by_role TEXT NOT NULL,
    PRIMARY KEY (code_id, number), CHECK (parent_id IS NULL OR parent_id <> code_id))
  """,
  """
  CREATE TABLE surveys_coding (
    id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, study_id BIGINT NOT NULL REFERENCES surveys_study (id),
    source TEXT NOT NULL, questionnaire_id BIGINT, item TEXT, scheme TEXT NOT NULL,
    units BIGINT NOT NULL CHECK (units > 0), first_coder_id BIGINT NOT NULL, second_coder_id BIGINT NOT NULL,
    first_done_at BIGINT, second_done_at BIGINT, settled_at BIGINT, made_at BIGINT NOT NULL,
    made_by_id BIGINT NOT NULL, made_by_role TEXT NOT NULL, CHECK (first_coder_id <> second_coder_id),
    CHECK ((source = 'answers') = (questionnaire_id IS NOT NULL)),
    CHECK ((questionnaire_id IS NULL) = (item IS NULL)),
    CHECK (settled_at IS NULL OR (first_done_at IS NOT NULL AND second_done_at IS NOT NULL)))
  """,
  "CREATE INDEX surveys_coding_study ON surveys_coding (community_id, study_id, id)",
  // The answers to one question are coded once in a study, and each passage of a record once at all.
  "CREATE UNIQUE INDEX surveys_coding_item ON surveys_coding (study_id, questionnaire_id, item)",
  """
  CREATE TABLE surveys_coding_unit (
    coding_id BIGINT NOT NULL REFERENCES surveys_coding (id), number BIGINT NOT NULL CHECK (number > 0),
    community_id BIGINT NOT NULL, record_id BIGINT, passage BIGINT NOT NULL, kind TEXT NOT NULL,
    voice BIGINT NOT NULL, PRIMARY KEY (coding_id, number),
    CHECK ((record_id IS NULL) = (kind = 'survey_answer')))
  """,
  "CREATE UNIQUE INDEX surveys_coding_unit_passage ON surveys_coding_unit (record_id, passage)",
  """
  CREATE TABLE surveys_coding_judgement (
    coding_id BIGINT NOT NULL, coder_id BIGINT NOT NULL, unit BIGINT NOT NULL, community_id BIGINT NOT NULL,
    judged_at BIGINT NOT NULL, PRIMARY KEY (coding_id, coder_id, unit),
    FOREIGN KEY (coding_id, unit) REFERENCES surveys_coding_unit (coding_id, number))
  """,
  """
  CREATE TABLE surveys_coding_mark (
    coding_id BIGINT NOT NULL, coder_id BIGINT NOT NULL, unit BIGINT NOT NULL,
    code_id BIGINT NOT NULL REFERENCES surveys_code (id), community_id BIGINT NOT NULL,
    PRIMARY KEY (coding_id, coder_id, unit, code_id),
    FOREIGN KEY (coding_id, coder_id, unit) REFERENCES surveys_coding_judgement (coding_id, coder_id, unit))
  """,
  """
  CREATE TABLE surveys_coding_consensus (
    coding_id BIGINT NOT NULL, unit BIGINT NOT NULL, community_id BIGINT NOT NULL, way TEXT NOT NULL,
    decided_at BIGINT NOT NULL, decided_by_id BIGINT NOT NULL, decided_by_role TEXT NOT NULL,
    PRIMARY KEY (coding_id, unit),
    FOREIGN KEY (coding_id, unit) REFERENCES surveys_coding_unit (coding_id, number))
  """,
  """
  CREATE TABLE surveys_coding_finding (
    coding_id BIGINT NOT NULL, unit BIGINT NOT NULL, code_id BIGINT NOT NULL REFERENCES surveys_code (id),
    community_id BIGINT NOT NULL, PRIMARY KEY (coding_id, unit, code_id),
    FOREIGN KEY (coding_id, unit) REFERENCES surveys_coding_consensus (coding_id, unit))
  """,
]

private let themeTables: [StaticString] = [
  """
  CREATE TABLE surveys_theme_table (
    id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, study_id BIGINT NOT NULL REFERENCES surveys_study (id),
    title TEXT NOT NULL, digest BYTEA NOT NULL, published_at BIGINT NOT NULL, published_by_id BIGINT NOT NULL,
    published_by_role TEXT NOT NULL)
  """,
  "CREATE INDEX surveys_theme_table_study ON surveys_theme_table (community_id, study_id, id)",
  """
  CREATE TABLE surveys_theme_count (
    table_id BIGINT NOT NULL REFERENCES surveys_theme_table (id), code_id BIGINT NOT NULL, kind TEXT NOT NULL,
    community_id BIGINT NOT NULL, name TEXT NOT NULL, voices BIGINT NOT NULL CHECK (voices >= 0),
    asked BIGINT NOT NULL CHECK (asked >= voices), PRIMARY KEY (table_id, code_id, kind))
  """,
]

private let quoteTables: [StaticString] = [
  """
  CREATE TABLE surveys_quote (
    id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, study_id BIGINT NOT NULL REFERENCES surveys_study (id),
    record_id BIGINT NOT NULL REFERENCES surveys_record (id), passage BIGINT NOT NULL, kind TEXT NOT NULL,
    speaker_id BIGINT, words BYTEA NOT NULL, digest BYTEA NOT NULL, revision BIGINT NOT NULL CHECK (revision > 0),
    written_at BIGINT NOT NULL, written_by_id BIGINT NOT NULL, written_by_role TEXT NOT NULL)
  """,
  "CREATE INDEX surveys_quote_study ON surveys_quote (community_id, study_id, id)",
  "CREATE INDEX surveys_quote_speaker ON surveys_quote (community_id, speaker_id)",
  "CREATE INDEX surveys_quote_record ON surveys_quote (record_id)",
  // What was agreed stays when the quote goes; it holds no word of it.
  """
  CREATE TABLE surveys_quote_agreement (
    quote_id BIGINT NOT NULL, sequence BIGINT NOT NULL CHECK (sequence > 0), community_id BIGINT NOT NULL,
    kind TEXT NOT NULL, digest BYTEA NOT NULL, witness_id BIGINT, happened_at BIGINT NOT NULL,
    actor_id BIGINT NOT NULL, actor_role TEXT NOT NULL, PRIMARY KEY (quote_id, sequence),
    CHECK ((kind = 'given') = (witness_id IS NOT NULL)), CHECK (witness_id IS NULL OR witness_id <> actor_id))
  """,
]
