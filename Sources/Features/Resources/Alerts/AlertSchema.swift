import Database

/// Reports of scams with their recordings, warnings with their buildings, and what merchants say to it.
let alertMigration = Migration(
  "resources", 8, "clean market",
  [
    """
    CREATE TABLE resources_scam_report (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
      revision BIGINT NOT NULL CHECK (revision >= 0), reporter_id BIGINT, recorded_by_id BIGINT,
      recorded_by_role TEXT, reported_at BIGINT NOT NULL, words BYTEA, phone BYTEA, link BYTEA, account BYTEA,
      listing BYTEA, note BYTEA, phone_digest BYTEA, link_digest BYTEA, account_digest BYTEA,
      merchant_id BIGINT, merged_into_id BIGINT REFERENCES resources_scam_report (id), closed_at BIGINT,
      decided_by_id BIGINT, decided_by_role TEXT, forget_at BIGINT NOT NULL, forgotten_at BIGINT,
      CHECK ((state IN ('verified', 'unfounded', 'unclear')) = (closed_at IS NOT NULL)),
      CHECK (merged_into_id <> id))
    """,
    "CREATE INDEX resources_scam_report_state ON resources_scam_report (community_id, state, reported_at, id)",
    "CREATE INDEX resources_scam_report_mine ON resources_scam_report (community_id, reporter_id, reported_at)",
    "CREATE INDEX resources_scam_report_phone ON resources_scam_report (community_id, phone_digest)",
    "CREATE INDEX resources_scam_report_link ON resources_scam_report (community_id, link_digest)",
    "CREATE INDEX resources_scam_report_account ON resources_scam_report (community_id, account_digest)",
    "CREATE INDEX resources_scam_report_merged ON resources_scam_report (merged_into_id)",
    """
    CREATE INDEX resources_scam_report_forget ON resources_scam_report (community_id, forget_at)
    WHERE forgotten_at IS NULL
    """,
    """
    CREATE TABLE resources_scam_voice (
      report_id BIGINT PRIMARY KEY REFERENCES resources_scam_report (id), community_id BIGINT NOT NULL,
      seconds BIGINT NOT NULL CHECK (seconds >= 0), recording BYTEA NOT NULL, added_at BIGINT NOT NULL)
    """,
    """
    CREATE TABLE resources_alert_card (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL,
      report_id BIGINT NOT NULL REFERENCES resources_scam_report (id), title_zh TEXT NOT NULL,
      title_en TEXT NOT NULL, looks_zh TEXT NOT NULL, looks_en TEXT NOT NULL, advice_zh TEXT NOT NULL,
      advice_en TEXT NOT NULL, number TEXT NOT NULL, until_at BIGINT NOT NULL, state TEXT NOT NULL,
      revision BIGINT NOT NULL CHECK (revision >= 0), created_at BIGINT NOT NULL,
      created_by_id BIGINT NOT NULL, created_by_role TEXT NOT NULL, published_at BIGINT,
      published_by_id BIGINT, withdrawn_at BIGINT, withdrawn_by_id BIGINT,
      CHECK ((state = 'draft') = (published_at IS NULL)),
      CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL)))
    """,
    "CREATE INDEX resources_alert_card_until ON resources_alert_card (community_id, state, until_at, id)",
    "CREATE INDEX resources_alert_card_report ON resources_alert_card (report_id)",
    // No row stands for all buildings.
    """
    CREATE TABLE resources_alert_building (
      card_id BIGINT NOT NULL REFERENCES resources_alert_card (id), community_id BIGINT NOT NULL,
      building TEXT NOT NULL, PRIMARY KEY (card_id, building))
    """,
    """
    CREATE TABLE resources_hearing (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL,
      report_id BIGINT NOT NULL REFERENCES resources_scam_report (id), merchant_id BIGINT NOT NULL,
      words TEXT NOT NULL, product_id BIGINT, asked_at BIGINT NOT NULL, asked_by_id BIGINT NOT NULL,
      asked_by_role TEXT NOT NULL, reply BYTEA, replied_at BIGINT, replied_by_id BIGINT, decision TEXT,
      reason TEXT NOT NULL, decided_at BIGINT, decided_by_id BIGINT, decided_by_role TEXT,
      revision BIGINT NOT NULL CHECK (revision >= 0),
      CHECK ((decision IS NULL) = (decided_at IS NULL)), UNIQUE (report_id, merchant_id))
    """,
    "CREATE INDEX resources_hearing_merchant ON resources_hearing (community_id, merchant_id, asked_at)",
    "CREATE INDEX resources_hearing_open ON resources_hearing (community_id, decided_at, asked_at)",
  ])
