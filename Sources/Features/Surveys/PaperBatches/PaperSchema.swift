import Database

/// Sheets of paper: their batches, how each stands, and what was keyed in of it until its answer is stored. The two who key in
/// one sheet are two by the constraints of the entries and of the tally. A sheet that is done with holds no moment, and nothing
/// here names an answer, so that nothing joins the number on the paper with what was stored.
let paperMigration = Migration(
  "surveys", 5, "questionnaires on paper",
  [
    """
    CREATE TABLE surveys_paper_batch (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, number BIGINT NOT NULL CHECK (number > 0),
      questionnaire_id BIGINT NOT NULL, version BIGINT NOT NULL,
      collector_id BIGINT NOT NULL REFERENCES surveys_collector (id), language TEXT NOT NULL,
      sheets BIGINT NOT NULL CHECK (sheets BETWEEN 1 AND 500), made_at BIGINT NOT NULL,
      made_by_id BIGINT NOT NULL, made_by_role TEXT NOT NULL, UNIQUE (community_id, number),
      FOREIGN KEY (questionnaire_id, version) REFERENCES surveys_questionnaire_version (questionnaire_id, number))
    """,
    "CREATE INDEX surveys_paper_batch_collector ON surveys_paper_batch (collector_id, number)",
    "CREATE INDEX surveys_paper_batch_questionnaire ON surveys_paper_batch (questionnaire_id, version)",
    """
    CREATE TABLE surveys_paper_sheet (
      batch_id BIGINT NOT NULL REFERENCES surveys_paper_batch (id),
      number BIGINT NOT NULL CHECK (number BETWEEN 1 AND 500), community_id BIGINT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('open', 'stored', 'spoilt', 'missing')), reason TEXT,
      fields BIGINT NOT NULL, differences BIGINT NOT NULL, settled_by_id BIGINT, settled_by_role TEXT,
      PRIMARY KEY (batch_id, number), CHECK ((state = 'spoilt') = (reason IS NOT NULL)),
      CHECK ((state = 'stored' AND fields > 0) OR (state <> 'stored' AND fields = 0)),
      CHECK (differences BETWEEN 0 AND fields),
      CHECK ((settled_by_id IS NULL) = (settled_by_role IS NULL)),
      CHECK (state = 'stored' OR (state = 'open') = (settled_by_id IS NULL)),
      CHECK (differences = 0 OR settled_by_id IS NOT NULL))
    """,
    """
    CREATE TABLE surveys_paper_entry (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, batch_id BIGINT NOT NULL, sheet BIGINT NOT NULL,
      place BIGINT NOT NULL CHECK (place IN (1, 2)), keyer_id BIGINT NOT NULL, keyer_role TEXT NOT NULL,
      keyed_at BIGINT NOT NULL, person_id BIGINT, household_id BIGINT, content BYTEA NOT NULL,
      UNIQUE (batch_id, sheet, place), UNIQUE (batch_id, sheet, keyer_id),
      CHECK (household_id IS NULL OR person_id IS NOT NULL),
      FOREIGN KEY (batch_id, sheet) REFERENCES surveys_paper_sheet (batch_id, number))
    """,
    "CREATE INDEX surveys_paper_entry_person ON surveys_paper_entry (community_id, person_id)",
    """
    CREATE TABLE surveys_paper_tally (
      batch_id BIGINT NOT NULL REFERENCES surveys_paper_batch (id), first_keyer_id BIGINT NOT NULL,
      second_keyer_id BIGINT NOT NULL, item TEXT NOT NULL, community_id BIGINT NOT NULL,
      fields BIGINT NOT NULL CHECK (fields > 0), differences BIGINT NOT NULL,
      PRIMARY KEY (batch_id, first_keyer_id, second_keyer_id, item), CHECK (first_keyer_id < second_keyer_id),
      CHECK (differences BETWEEN 0 AND fields))
    """,
  ],
  appendOnly: ["surveys_paper_batch"])
