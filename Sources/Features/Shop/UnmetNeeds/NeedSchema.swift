import Database

/// What households looked for in vain, month by month, and the tables of needs that were released.
let unmetNeedMigration = Migration(
  "shop", 12, "unmet needs and the tables released of them",
  [
    // No person, no household, no time: a month, a word and a mark.
    """
    CREATE TABLE shop_need_mark (
      community_id BIGINT NOT NULL, month TEXT NOT NULL CHECK (length(month) = 7),
      term TEXT NOT NULL CHECK (length(term) BETWEEN 1 AND 20), mark BYTEA NOT NULL,
      PRIMARY KEY (community_id, month, term, mark))
    """,
    """
    CREATE TABLE shop_need_allowance (
      community_id BIGINT NOT NULL, month TEXT NOT NULL CHECK (length(month) = 7), mark BYTEA NOT NULL,
      terms BIGINT NOT NULL CHECK (terms BETWEEN 1 AND 50), PRIMARY KEY (community_id, month, mark))
    """,
    // A month is released once: a second table of the same kind finds its place taken.
    """
    CREATE TABLE shop_need_table (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, month TEXT NOT NULL CHECK (length(month) = 7),
      kind TEXT NOT NULL, content TEXT, refusal TEXT, data_digest BYTEA NOT NULL, query_digest BYTEA NOT NULL,
      released_at BIGINT NOT NULL, released_by_id BIGINT,
      UNIQUE (community_id, month, kind), CHECK ((content IS NULL) <> (refusal IS NULL)))
    """,
    // By which the happenings of a month are found.
    "CREATE INDEX shop_claim_reported ON shop_claim (community_id, reported_at)",
    """
    CREATE INDEX shop_stop_outcome_brought ON shop_stop_outcome (community_id, happened_at)
      WHERE effect = 'handed_over'
    """,
    """
    CREATE INDEX shop_delivery_order_said ON shop_delivery_order (community_id, set_at) WHERE is_wished = 1
    """,
  ], appendOnly: ["shop_need_table"])
