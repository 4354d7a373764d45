import Database

/// The tables of what clients ask about their own records, and of the keys that are to end.
let careRightsMigration = Migration(
  "care", 4, "casework rights, ends of keys",
  [
    """
    CREATE TABLE care_rights_request (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, case_id BIGINT NOT NULL, person_id BIGINT NOT NULL,
      kind TEXT NOT NULL, text_id BIGINT, task_id BIGINT NOT NULL, asked_at BIGINT NOT NULL,
      due_at BIGINT NOT NULL CHECK (due_at > asked_at),
      CHECK ((kind = 'correction') = (text_id IS NOT NULL)))
    """,
    "CREATE INDEX care_rights_request_case ON care_rights_request (community_id, case_id, id)",
    // One answer to each, so that nothing is answered twice.
    """
    CREATE TABLE care_rights_answer (
      request_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, kind TEXT NOT NULL, handing TEXT,
      handed_at BIGINT, text_id BIGINT, answered_at BIGINT NOT NULL, answered_by_id BIGINT NOT NULL,
      answered_by_role TEXT NOT NULL,
      CHECK ((kind = 'copy_handed') = (handing IS NOT NULL)),
      CHECK ((handing IS NULL) = (handed_at IS NULL)),
      CHECK (kind NOT IN ('corrected', 'refused') OR text_id IS NOT NULL))
    """,
    """
    CREATE TABLE care_key_end (
      community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, asked_at BIGINT NOT NULL, ended_at BIGINT,
      PRIMARY KEY (community_id, person_id))
    """,
    """
    CREATE INDEX care_key_end_waiting ON care_key_end (community_id, person_id) WHERE ended_at IS NULL
    """,
  ],
  appendOnly: ["care_rights_request", "care_rights_answer"])
