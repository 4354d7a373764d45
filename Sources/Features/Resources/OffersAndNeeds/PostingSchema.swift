import Database

/// Offers and needs, who was brought together with whom, what they said, and the hours that moved.
let postingMigration = Migration(
  "resources", 4, "offers and needs",
  [
    """
    CREATE TABLE resources_posting (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, kind TEXT NOT NULL, party_kind TEXT NOT NULL,
      party_id BIGINT NOT NULL, category TEXT NOT NULL, words BYTEA, units BIGINT, unit TEXT NOT NULL,
      from_at BIGINT NOT NULL, to_at BIGINT NOT NULL, place_id BIGINT, radius BIGINT, tongues TEXT NOT NULL,
      urgency TEXT NOT NULL, visibility TEXT NOT NULL, mode TEXT NOT NULL, asset_id BIGINT,
      state TEXT NOT NULL, revision BIGINT NOT NULL, created_at BIGINT NOT NULL, created_by_id BIGINT,
      created_by_role TEXT NOT NULL, expires_at BIGINT NOT NULL,
      CHECK (kind IN ('offer', 'need')), CHECK (state IN ('open', 'withdrawn', 'ended')),
      CHECK (visibility IN ('residents', 'station')), CHECK (mode IN ('gift', 'credit')),
      CHECK (units > 0), CHECK (from_at < to_at), CHECK (expires_at <= to_at))
    """,
    """
    CREATE INDEX resources_posting_open
      ON resources_posting (community_id, state, kind, category, expires_at, id)
    """,
    "CREATE INDEX resources_posting_party ON resources_posting (community_id, party_kind, party_id, id)",
    """
    CREATE TABLE resources_match (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL,
      need_id BIGINT NOT NULL REFERENCES resources_posting (id),
      offer_id BIGINT REFERENCES resources_posting (id), asset_id BIGINT,
      need_party_kind TEXT NOT NULL, need_party_id BIGINT NOT NULL, give_party_kind TEXT NOT NULL,
      give_party_id BIGINT NOT NULL, category TEXT NOT NULL, score BIGINT NOT NULL, mode TEXT NOT NULL,
      state TEXT NOT NULL, agreed_side TEXT, units BIGINT NOT NULL, minutes BIGINT, price BIGINT,
      need_phone_id BIGINT, give_phone_id BIGINT, reason TEXT, reason_words BYTEA,
      revision BIGINT NOT NULL, created_at BIGINT NOT NULL, answer_by BIGINT NOT NULL, changed_at BIGINT NOT NULL,
      CHECK ((offer_id IS NULL) <> (asset_id IS NULL)), CHECK (score BETWEEN 0 AND 100),
      CHECK (state IN
        ('proposed', 'agreed_once', 'agreed', 'under_way', 'done', 'failed', 'declined', 'lapsed')),
      CHECK (units >= 0), CHECK (minutes > 0), CHECK (price > 0))
    """,
    "CREATE INDEX resources_match_need ON resources_match (community_id, need_id, id)",
    "CREATE INDEX resources_match_offer ON resources_match (community_id, offer_id, id)",
    "CREATE INDEX resources_match_asset ON resources_match (community_id, asset_id, id)",
    """
    CREATE INDEX resources_match_need_party
      ON resources_match (community_id, need_party_kind, need_party_id, id)
    """,
    """
    CREATE INDEX resources_match_give_party
      ON resources_match (community_id, give_party_kind, give_party_id, id)
    """,
    "CREATE INDEX resources_match_state ON resources_match (community_id, state, id)",
    // Who did it for which side, and as what; nobody's name once they are gone.
    """
    CREATE TABLE resources_match_step (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL,
      match_id BIGINT NOT NULL REFERENCES resources_match (id), state TEXT NOT NULL, side TEXT,
      done_at BIGINT NOT NULL, done_by_id BIGINT, done_by_role TEXT NOT NULL, way TEXT NOT NULL,
      CHECK (way IN ('self', 'represented', 'worker', 'clock')))
    """,
    "CREATE INDEX resources_match_step_match ON resources_match_step (match_id, id)",
    "CREATE INDEX resources_match_step_by ON resources_match_step (community_id, done_by_id)",
    """
    CREATE TABLE resources_match_message (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL,
      match_id BIGINT NOT NULL REFERENCES resources_match (id), side TEXT NOT NULL, words BYTEA NOT NULL,
      sent_at BIGINT NOT NULL, sent_by_id BIGINT, is_by_worker BIGINT NOT NULL)
    """,
    "CREATE INDEX resources_match_message_match ON resources_match_message (match_id, id)",
    """
    CREATE TABLE resources_match_feedback (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL,
      match_id BIGINT NOT NULL REFERENCES resources_match (id), side TEXT NOT NULL, rating TEXT NOT NULL,
      words BYTEA, given_at BIGINT NOT NULL, given_by_id BIGINT, UNIQUE (match_id, side))
    """,
    // The journal names accounts alone, so that it stays whole when somebody goes.
    """
    CREATE TABLE resources_credit_account (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, party_kind TEXT NOT NULL, party_id BIGINT,
      opened_at BIGINT NOT NULL, UNIQUE (community_id, party_kind, party_id))
    """,
    """
    CREATE TABLE resources_credit_entry (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, match_id BIGINT NOT NULL,
      account_id BIGINT NOT NULL REFERENCES resources_credit_account (id), minutes BIGINT NOT NULL,
      moved_at BIGINT NOT NULL, CHECK (minutes <> 0), UNIQUE (match_id, account_id))
    """,
    "CREATE INDEX resources_credit_entry_account ON resources_credit_entry (account_id, id)",
    "CREATE INDEX resources_credit_entry_community ON resources_credit_entry (community_id, id)",
    """
    CREATE TABLE resources_credit_limit (
      community_id BIGINT PRIMARY KEY, least BIGINT NOT NULL, most BIGINT NOT NULL,
      revision BIGINT NOT NULL, changed_at BIGINT NOT NULL, changed_by_id BIGINT NOT NULL,
      changed_by_role TEXT NOT NULL, CHECK (least <= 0), CHECK (most >= 0))
    """,
  ], appendOnly: ["resources_credit_entry"])
