import Database

/// Standing orders, what became of them in each campaign, and what waits for somebody's word.
let standingOrderMigration = Migration(
  "shop", 7, "standing orders",
  [
    """
    CREATE TABLE shop_standing_order (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, household_id BIGINT NOT NULL, person_id BIGINT NOT NULL,
      mandate_id BIGINT, helper_id BIGINT, role TEXT, confirmation TEXT, paused_until BIGINT,
      revision BIGINT NOT NULL, since BIGINT NOT NULL, ended_at BIGINT,
      CHECK (mandate_id IS NULL OR (helper_id IS NOT NULL AND role IS NOT NULL AND confirmation IS NOT NULL)))
    """,
    // A household has one list, whoever of it writes on it.
    """
    CREATE UNIQUE INDEX shop_standing_order_household ON shop_standing_order (community_id, household_id)
      WHERE ended_at IS NULL
    """,
    """
    CREATE TABLE shop_standing_need (
      standing_order_id BIGINT NOT NULL, variant_id BIGINT NOT NULL, community_id BIGINT NOT NULL,
      position BIGINT NOT NULL, quantity BIGINT NOT NULL CHECK (quantity > 0), rhythm TEXT NOT NULL,
      price BIGINT NOT NULL CHECK (price >= 0), basis TEXT, PRIMARY KEY (standing_order_id, variant_id))
    """,
    "CREATE INDEX shop_standing_need_variant ON shop_standing_need (community_id, variant_id, standing_order_id)",
    """
    CREATE TABLE shop_standing_turn (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, standing_order_id BIGINT NOT NULL,
      campaign_id BIGINT NOT NULL, order_id BIGINT, pending_digest BYTEA,
      refusal_zh TEXT NOT NULL, refusal_en TEXT NOT NULL, revision BIGINT NOT NULL)
    """,
    "CREATE UNIQUE INDEX shop_standing_turn_campaign ON shop_standing_turn (standing_order_id, campaign_id)",
    """
    CREATE TABLE shop_standing_turn_line (
      turn_id BIGINT NOT NULL, variant_id BIGINT NOT NULL, community_id BIGINT NOT NULL, position BIGINT NOT NULL,
      item_id BIGINT NOT NULL, wanted BIGINT NOT NULL, quantity BIGINT NOT NULL CHECK (quantity >= 0),
      price BIGINT NOT NULL, basis TEXT, state TEXT NOT NULL, PRIMARY KEY (turn_id, variant_id))
    """,
    """
    CREATE TABLE shop_standing_proposal (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, household_id BIGINT NOT NULL,
      helper_id BIGINT NOT NULL, role TEXT NOT NULL, mandate_id BIGINT NOT NULL, digest BYTEA NOT NULL,
      state TEXT NOT NULL, confirmation TEXT, confirmed_by_id BIGINT, drafted_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL, ended_at BIGINT)
    """,
    "CREATE INDEX shop_standing_proposal_person ON shop_standing_proposal (community_id, person_id, id)",
    """
    CREATE TABLE shop_standing_proposal_need (
      proposal_id BIGINT NOT NULL, variant_id BIGINT NOT NULL, community_id BIGINT NOT NULL,
      position BIGINT NOT NULL, quantity BIGINT NOT NULL CHECK (quantity > 0), rhythm TEXT NOT NULL,
      price BIGINT NOT NULL, basis TEXT, PRIMARY KEY (proposal_id, variant_id))
    """,
  ])
