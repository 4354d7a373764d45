import Database

/// Goods that the station holds back: nobody can order them meanwhile.
let listingHoldMigration = Migration(
  "shop", 15, "listing holds",
  [
    // No moment at which it lapses stands for a hold that was confirmed.
    """
    CREATE TABLE shop_listing_hold (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, product_id BIGINT NOT NULL,
      merchant_id BIGINT NOT NULL, source_id BIGINT NOT NULL, held_at BIGINT NOT NULL,
      held_by_id BIGINT NOT NULL, lapses_at BIGINT, released_at BIGINT,
      UNIQUE (community_id, source_id, product_id))
    """,
    """
    CREATE INDEX shop_listing_hold_product ON shop_listing_hold (community_id, product_id)
    WHERE released_at IS NULL
    """,
  ])
