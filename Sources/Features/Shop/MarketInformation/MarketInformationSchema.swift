import Database

/// What merchants are told of each month, and in which districts they and the community are at home.
let marketInformationMigration = Migration(
  "shop", 13, "market information and districts",
  [
    // A month is released once: a second one finds its place taken.
    """
    CREATE TABLE shop_market_month (
      community_id BIGINT NOT NULL, month TEXT NOT NULL CHECK (length(month) = 7), content TEXT NOT NULL,
      released_at BIGINT NOT NULL, PRIMARY KEY (community_id, month))
    """,
    """
    CREATE TABLE shop_home_district (
      community_id BIGINT PRIMARY KEY, name TEXT NOT NULL CHECK (length(name) BETWEEN 2 AND 20),
      set_by_id BIGINT NOT NULL, set_at BIGINT NOT NULL)
    """,
    """
    CREATE TABLE shop_merchant_district (
      community_id BIGINT NOT NULL, merchant_id BIGINT NOT NULL,
      name TEXT NOT NULL CHECK (length(name) BETWEEN 2 AND 20), set_by_id BIGINT NOT NULL,
      set_at BIGINT NOT NULL, PRIMARY KEY (community_id, merchant_id))
    """,
    // By which the happenings of a month are found.
    "CREATE INDEX shop_pickup_handed ON shop_pickup (community_id, handed_at)",
    "CREATE INDEX shop_claim_turn_due ON shop_claim_turn (community_id, due_at)",
    """
    CREATE INDEX shop_campaign_finished ON shop_campaign (community_id, finished_at)
      WHERE finished_at IS NOT NULL
    """,
  ], appendOnly: ["shop_market_month"])
