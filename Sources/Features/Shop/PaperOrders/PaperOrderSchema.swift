import Database

/// Catalogues on paper, the slips that households fill in, and the batches in which slips are keyed without a network.
let paperOrderMigration = Migration(
  "shop", 5, "orders on paper",
  [
    "ALTER TABLE shop_stock_movement ADD COLUMN held_change BIGINT NOT NULL DEFAULT 0",
    """
    ALTER TABLE shop_stock_movement ADD COLUMN held BIGINT NOT NULL DEFAULT 0
      CHECK (held >= 0 AND (is_limited = 0 OR promised + held <= on_hand))
    """,
    // Of the same shape as the list of protected households: one store keeps both.
    """
    CREATE TABLE shop_paper_household (
      community_id BIGINT NOT NULL, household_id BIGINT NOT NULL, granted_by_id BIGINT NOT NULL,
      granted_at BIGINT NOT NULL, PRIMARY KEY (community_id, household_id))
    """,
    """
    CREATE TABLE shop_paper_catalogue (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, campaign_id BIGINT NOT NULL, number BIGINT NOT NULL,
      slips_until BIGINT NOT NULL, printed_by_id BIGINT NOT NULL, printed_at BIGINT NOT NULL, returned_at BIGINT,
      UNIQUE (campaign_id, number))
    """,
    """
    CREATE TABLE shop_paper_code (
      item_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, campaign_id BIGINT NOT NULL, code TEXT NOT NULL,
      UNIQUE (campaign_id, code))
    """,
    """
    CREATE TABLE shop_paper_item (
      catalogue_id BIGINT NOT NULL, item_id BIGINT NOT NULL, community_id BIGINT NOT NULL,
      position BIGINT NOT NULL, price BIGINT NOT NULL CHECK (price >= 0),
      set_aside BIGINT NOT NULL CHECK (set_aside >= 0),
      taken BIGINT NOT NULL DEFAULT 0 CHECK (taken >= 0 AND taken <= set_aside),
      PRIMARY KEY (catalogue_id, item_id))
    """,
    """
    CREATE TABLE shop_paper_slip (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, campaign_id BIGINT NOT NULL,
      catalogue_id BIGINT NOT NULL, household_id BIGINT NOT NULL, person_id BIGINT NOT NULL, code TEXT NOT NULL,
      printed_by_id BIGINT NOT NULL, printed_at BIGINT NOT NULL,
      order_id BIGINT, keyed_by_id BIGINT, keyed_at BIGINT,
      UNIQUE (community_id, code), UNIQUE (catalogue_id, household_id),
      CHECK ((order_id IS NULL) = (keyed_by_id IS NULL) AND (order_id IS NULL) = (keyed_at IS NULL)))
    """,
    "CREATE INDEX shop_paper_slip_household ON shop_paper_slip (household_id, campaign_id, id)",
    """
    CREATE INDEX shop_paper_slip_keyed ON shop_paper_slip (community_id, keyed_by_id, keyed_at)
      WHERE keyed_by_id IS NOT NULL
    """,
    """
    CREATE TABLE shop_slip_batch (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, campaign_id BIGINT NOT NULL, sent_by_id BIGINT NOT NULL,
      client_key TEXT NOT NULL, request_digest BYTEA NOT NULL, sent_at BIGINT NOT NULL,
      UNIQUE (sent_by_id, client_key))
    """,
    "CREATE INDEX shop_slip_batch_campaign ON shop_slip_batch (community_id, campaign_id, id)",
    """
    CREATE TABLE shop_slip_entry (
      batch_id BIGINT NOT NULL, position BIGINT NOT NULL, community_id BIGINT NOT NULL, typed_code TEXT NOT NULL,
      slip_id BIGINT, lines TEXT NOT NULL, note TEXT NOT NULL, state TEXT NOT NULL, order_id BIGINT,
      settled_by_id BIGINT, settled_at BIGINT, PRIMARY KEY (batch_id, position))
    """,
    """
    CREATE TABLE shop_slip_conflict (
      batch_id BIGINT NOT NULL, position BIGINT NOT NULL, number BIGINT NOT NULL, community_id BIGINT NOT NULL,
      kind TEXT NOT NULL, subject TEXT NOT NULL, name_zh TEXT NOT NULL, name_en TEXT NOT NULL,
      wanted BIGINT NOT NULL, available BIGINT NOT NULL, PRIMARY KEY (batch_id, position, number))
    """,
  ],
  appendOnly: ["shop_slip_batch", "shop_slip_conflict"])
