import Database

/// Whom a campaign is for. Its orders stand among all others: the merchant that buys stands where a household stands.
let jointPurchaseMigration = Migration(
  "shop", 16, "joint purchases",
  [
    "ALTER TABLE shop_campaign ADD COLUMN audience TEXT NOT NULL DEFAULT 'households'",
    """
    CREATE INDEX shop_campaign_joint ON shop_campaign (community_id, cut_off_at) WHERE audience = 'merchants'
    """,
    """
    CREATE INDEX shop_order_joint ON shop_order (community_id, household_id, id) WHERE authority = 'merchant'
    """,
  ])
