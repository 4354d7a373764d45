import Database

/// Lists that were pasted from a group chat, what the leader made of doubtful lines, and what was carried out for each.
let chatOrderMigration = Migration(
  "shop", 6, "orders from a group chat",
  [
    // What was pasted names people and doors: sealed, and deleted after the campaign.
    """
    CREATE TABLE shop_chat_text (
      campaign_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, content BYTEA NOT NULL,
      revision BIGINT NOT NULL, pasted_by_id BIGINT NOT NULL, pasted_at BIGINT NOT NULL)
    """,
    """
    CREATE TABLE shop_chat_correction (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, campaign_id BIGINT NOT NULL, line BYTEA NOT NULL,
      content BYTEA NOT NULL, corrected_by_id BIGINT NOT NULL, corrected_at BIGINT NOT NULL,
      UNIQUE (campaign_id, line))
    """,
    // One row for each time that a line was carried out; the newest of a mark states what it last asked for.
    """
    CREATE TABLE shop_chat_line (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, campaign_id BIGINT NOT NULL, mark BYTEA,
      sequence BIGINT NOT NULL, purpose TEXT NOT NULL, person_id BIGINT NOT NULL, household_id BIGINT NOT NULL,
      placed_by_id BIGINT NOT NULL, digest BYTEA NOT NULL, asked BYTEA NOT NULL, order_id BIGINT,
      placed_at BIGINT NOT NULL, UNIQUE (campaign_id, mark, sequence))
    """,
  ])
