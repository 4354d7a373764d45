import Database

/// The tables of data requests, erasures and impact assessments.
let dataRightsMigration = Migration(
  "people", 4, "data requests, erasures, impact assessments",
  [
    """
    CREATE TABLE people_data_request (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, kind TEXT NOT NULL,
      words BYTEA, asked_at BIGINT NOT NULL, due_at BIGINT NOT NULL CHECK (due_at > asked_at),
      taken_by_id BIGINT NOT NULL, taken_by_role TEXT NOT NULL, identified_by TEXT NOT NULL)
    """,
    "CREATE INDEX people_data_request_person ON people_data_request (community_id, person_id, id)",
    "CREATE INDEX people_data_request_due ON people_data_request (community_id, due_at, id)",
    """
    CREATE TABLE people_data_request_end (
      request_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, outcome TEXT NOT NULL, answer BYTEA,
      ended_at BIGINT NOT NULL, ended_by_id BIGINT NOT NULL, ended_by_role TEXT NOT NULL)
    """,
    "CREATE INDEX people_data_request_end_at ON people_data_request_end (community_id, ended_at, request_id)",
    """
    CREATE TABLE people_erasure (
      person_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, household_id BIGINT, erased_at BIGINT NOT NULL,
      erased_by_id BIGINT NOT NULL, erased_by_role TEXT NOT NULL, finished_at BIGINT, kept_until BIGINT NOT NULL,
      remainder_ended_at BIGINT)
    """,
    """
    CREATE INDEX people_erasure_unfinished ON people_erasure (community_id, person_id)
      WHERE finished_at IS NULL
    """,
    """
    CREATE INDEX people_erasure_remainder ON people_erasure (community_id, kept_until)
      WHERE remainder_ended_at IS NULL
    """,
    """
    CREATE TABLE people_impact_assessment (
      id BIGINT NOT NULL, version BIGINT NOT NULL CHECK (version > 0), community_id BIGINT NOT NULL,
      title TEXT NOT NULL, handling TEXT NOT NULL, necessity TEXT NOT NULL, risks TEXT NOT NULL,
      measures TEXT NOT NULL, conclusion TEXT NOT NULL, review_at BIGINT NOT NULL, assessed_at BIGINT NOT NULL,
      assessed_by_id BIGINT NOT NULL, assessed_by_role TEXT NOT NULL, PRIMARY KEY (id, version))
    """,
    """
    CREATE INDEX people_impact_assessment_time
      ON people_impact_assessment (community_id, assessed_at, id)
    """,
  ],
  appendOnly: ["people_data_request", "people_data_request_end", "people_impact_assessment"])
