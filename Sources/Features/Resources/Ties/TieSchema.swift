import Database

/// Who had to do with whom, what the network looked like in each quarter, and how far ties were gathered.
let tieMigration = Migration(
  "resources", 6, "ties",
  [
    // Never changed; a row goes only with the person whom it names.
    """
    CREATE TABLE resources_tie (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, kind TEXT NOT NULL, from_kind TEXT NOT NULL,
      from_id BIGINT NOT NULL, to_kind TEXT NOT NULL, to_id BIGINT NOT NULL, happened_at BIGINT NOT NULL,
      source TEXT NOT NULL, source_id BIGINT NOT NULL, CHECK (from_kind <> to_kind OR from_id <> to_id),
      CHECK (kind IN ('helped', 'co_attended', 'traded', 'referred', 'taught')),
      CHECK (from_kind IN ('person', 'merchant', 'organisation')),
      CHECK (to_kind IN ('person', 'merchant', 'organisation')),
      UNIQUE (community_id, source, source_id, kind, from_kind, from_id, to_kind, to_id))
    """,
    "CREATE INDEX resources_tie_time ON resources_tie (community_id, happened_at, id)",
    "CREATE INDEX resources_tie_from ON resources_tie (community_id, from_kind, from_id)",
    "CREATE INDEX resources_tie_to ON resources_tie (community_id, to_kind, to_id)",
    // Counts alone, and the numbers of merchants and organisations; no person.
    """
    CREATE TABLE resources_network_report (
      community_id BIGINT NOT NULL, quarter TEXT NOT NULL, state TEXT NOT NULL, done BIGINT NOT NULL,
      planned BIGINT NOT NULL, asked_at BIGINT NOT NULL, asked_by_id BIGINT, asked_by_role TEXT,
      computed_at BIGINT, content TEXT, PRIMARY KEY (community_id, quarter),
      CHECK (state IN ('asked', 'ready')), CHECK (done >= 0 AND done <= planned),
      CHECK ((computed_at IS NULL) = (content IS NULL)), CHECK (state <> 'ready' OR content IS NOT NULL),
      CHECK ((asked_by_id IS NULL) = (asked_by_role IS NULL)))
    """,
    """
    CREATE TABLE resources_tie_cursor (
      community_id BIGINT PRIMARY KEY, gathered_until BIGINT NOT NULL)
    """,
  ])
