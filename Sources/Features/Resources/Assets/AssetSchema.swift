import Database

/// What the neighbourhood has, and what neighbours asked about it.
let assetMigration = Migration(
  "resources", 3, "assets",
  [
    // Gifts and stories, and all of persons, never leave the neighbourhood: the table itself says so.
    """
    CREATE TABLE resources_asset (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, kind TEXT NOT NULL, gift TEXT,
      is_taught BIGINT NOT NULL, name_zh TEXT NOT NULL, name_en TEXT NOT NULL, words TEXT NOT NULL,
      category TEXT, holder_kind TEXT, holder_id BIGINT, tags TEXT NOT NULL, place_id BIGINT,
      place_words TEXT NOT NULL, availability TEXT NOT NULL, weekdays BIGINT NOT NULL, from_minute BIGINT,
      until_minute BIGINT, capacity BIGINT, conditions TEXT NOT NULL, contact TEXT NOT NULL,
      visibility TEXT NOT NULL, links TEXT NOT NULL, description BYTEA NOT NULL, source TEXT NOT NULL,
      source_id BIGINT, revision BIGINT NOT NULL CHECK (revision >= 0), created_at BIGINT NOT NULL,
      created_by_id BIGINT NOT NULL, created_by_role TEXT NOT NULL, verified_at BIGINT,
      verified_by_id BIGINT, verified_by_role TEXT, expires_at BIGINT NOT NULL, withdrawn_at BIGINT,
      CHECK ((holder_kind IS NULL) = (holder_id IS NULL)), CHECK (capacity > 0),
      CHECK ((from_minute IS NULL) = (until_minute IS NULL)), CHECK (from_minute < until_minute),
      CHECK ((kind = 'person_gift') = (gift IS NOT NULL)), CHECK (weekdays >= 0 AND weekdays < 128),
      CHECK (visibility <> 'public' OR kind NOT IN ('person_gift', 'story')),
      CHECK (visibility <> 'public' OR holder_kind IS NULL OR holder_kind <> 'person'),
      CHECK ((verified_at IS NULL) = (verified_by_role IS NULL)))
    """,
    "CREATE INDEX resources_asset_list ON resources_asset (community_id, id)",
    "CREATE INDEX resources_asset_kind ON resources_asset (community_id, kind, id)",
    "CREATE INDEX resources_asset_category ON resources_asset (community_id, category, id)",
    "CREATE INDEX resources_asset_place ON resources_asset (community_id, place_id, id)",
    "CREATE INDEX resources_asset_holder ON resources_asset (community_id, holder_kind, holder_id, id)",
    "CREATE INDEX resources_asset_expiry ON resources_asset (community_id, expires_at, id)",
    "CREATE UNIQUE INDEX resources_asset_source ON resources_asset (community_id, source, source_id)",
    """
    CREATE TABLE resources_asset_question (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL,
      asset_id BIGINT NOT NULL REFERENCES resources_asset (id), asker_id BIGINT NOT NULL,
      receiver_kind TEXT, receiver_id BIGINT, text BYTEA NOT NULL, asked_at BIGINT NOT NULL, answer BYTEA,
      answered_at BIGINT, answered_by_id BIGINT, answered_by_role TEXT,
      CHECK ((receiver_kind IS NULL) = (receiver_id IS NULL)),
      CHECK ((answer IS NULL) = (answered_at IS NULL)))
    """,
    "CREATE INDEX resources_asset_question_asset ON resources_asset_question (asset_id, id)",
    "CREATE INDEX resources_asset_question_asker ON resources_asset_question (community_id, asker_id, id)",
    """
    CREATE INDEX resources_asset_question_receiver
      ON resources_asset_question (community_id, receiver_kind, receiver_id, id)
    """,
  ])
