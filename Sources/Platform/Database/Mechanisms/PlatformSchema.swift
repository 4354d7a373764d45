/// The tables of the mechanisms that every feature shares.
let platformMigrations: [Migration] = [
  Migration(
    "platform", 1, "events, jobs, idempotency, audit, settings",
    [
      """
      CREATE TABLE platform_event (
        community_id BIGINT NOT NULL, sequence BIGINT NOT NULL, kind TEXT NOT NULL,
        subject_id BIGINT NOT NULL, body TEXT NOT NULL, published_at BIGINT NOT NULL,
        PRIMARY KEY (community_id, sequence))
      """,
      """
      CREATE TABLE platform_event_cursor (
        community_id BIGINT NOT NULL, handler TEXT NOT NULL, sequence BIGINT NOT NULL,
        attempts BIGINT NOT NULL, not_before BIGINT NOT NULL, last_error TEXT,
        PRIMARY KEY (community_id, handler))
      """,
      """
      CREATE TABLE platform_job (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, kind TEXT NOT NULL, unique_key TEXT NOT NULL,
        body TEXT NOT NULL, due_at BIGINT NOT NULL, attempts BIGINT NOT NULL, last_error TEXT,
        created_at BIGINT NOT NULL, finished_at BIGINT,
        UNIQUE (community_id, kind, unique_key))
      """,
      "CREATE INDEX platform_job_due ON platform_job (due_at) WHERE finished_at IS NULL",
      """
      CREATE TABLE platform_idempotency (
        community_id BIGINT NOT NULL, principal BIGINT NOT NULL, operation TEXT NOT NULL, key TEXT NOT NULL,
        request_digest BYTEA NOT NULL, status BIGINT NOT NULL, answer BYTEA NOT NULL, stored_at BIGINT NOT NULL,
        PRIMARY KEY (community_id, principal, operation, key))
      """,
      "CREATE INDEX platform_idempotency_age ON platform_idempotency (stored_at)",
      """
      CREATE TABLE platform_audit (
        community_id BIGINT NOT NULL, sequence BIGINT NOT NULL, recorded_at BIGINT NOT NULL,
        actor_id BIGINT NOT NULL, actor_role TEXT NOT NULL, on_behalf_of_id BIGINT, action TEXT NOT NULL,
        object_id BIGINT NOT NULL, purpose TEXT NOT NULL, detail_digest BYTEA NOT NULL, hash BYTEA NOT NULL,
        PRIMARY KEY (community_id, sequence))
      """,
    ], appendOnly: ["platform_audit"])
]
