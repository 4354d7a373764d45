import Database

/// What a helper asks for somebody, and on what ground each order stands.
let assistedOrderMigration = Migration(
  "shop", 4, "orders on behalf of somebody",
  [
    "ALTER TABLE shop_order ADD COLUMN authority TEXT NOT NULL DEFAULT 'household'",
    "ALTER TABLE shop_order ADD COLUMN authority_id BIGINT",
    // One ground, one order, whoever asks.
    "CREATE UNIQUE INDEX shop_order_authority ON shop_order (authority_id) WHERE authority_id IS NOT NULL",
    // Few orders are somebody else's doing; the report of how far people order alone begins with them.
    """
    CREATE INDEX shop_order_helped ON shop_order (community_id, placed_at, person_id)
      WHERE authority <> 'household'
    """,
    """
    CREATE TABLE shop_assisted_order (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, campaign_id BIGINT,
      person_id BIGINT NOT NULL, household_id BIGINT NOT NULL, helper_id BIGINT NOT NULL, role TEXT NOT NULL,
      mandate_id BIGINT NOT NULL, purpose TEXT NOT NULL, order_id BIGINT, revision BIGINT,
      note TEXT NOT NULL, digest BYTEA NOT NULL, total BIGINT NOT NULL CHECK (total >= 0),
      state TEXT NOT NULL, drafted_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
      confirmation TEXT, confirmed_by_id BIGINT, ended_at BIGINT,
      CHECK (state <> 'placed' OR (confirmation IS NOT NULL AND order_id IS NOT NULL)))
    """,
    """
    CREATE TABLE shop_assisted_order_line (
      assisted_order_id BIGINT NOT NULL, position BIGINT NOT NULL, community_id BIGINT NOT NULL,
      item_id BIGINT NOT NULL, quantity BIGINT NOT NULL CHECK (quantity > 0), tolerance BIGINT NOT NULL,
      PRIMARY KEY (assisted_order_id, position))
    """,
    "CREATE INDEX shop_assisted_order_helper ON shop_assisted_order (community_id, helper_id, id)",
    "CREATE INDEX shop_assisted_order_person ON shop_assisted_order (community_id, person_id, id)",
    """
    CREATE INDEX shop_assisted_order_waiting ON shop_assisted_order (community_id, expires_at)
      WHERE state = 'waiting'
    """,
    // What was spent under each mandate: the caps of a day and of a month are sums over it.
    """
    CREATE TABLE shop_mandate_order (
      order_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, mandate_id BIGINT NOT NULL,
      helper_id BIGINT NOT NULL, person_id BIGINT NOT NULL, placed_at BIGINT NOT NULL)
    """,
    "CREATE INDEX shop_mandate_order_placed ON shop_mandate_order (community_id, mandate_id, placed_at)",
    "CREATE INDEX shop_mandate_order_person ON shop_mandate_order (community_id, placed_at, person_id)",
    // So that whoever agrees to it can be named beside their reviews; nobody is named who wrote before this was kept.
    "ALTER TABLE shop_review ADD COLUMN written_by_id BIGINT",
    """
    CREATE TABLE shop_drift_alarm (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, order_id BIGINT NOT NULL UNIQUE,
      person_id BIGINT NOT NULL, helper_id BIGINT NOT NULL, told_id BIGINT NOT NULL, kinds TEXT NOT NULL,
      raised_at BIGINT NOT NULL, seen_at BIGINT)
    """,
    "CREATE INDEX shop_drift_alarm_told ON shop_drift_alarm (community_id, told_id, id)",
  ])
