import Database

/// Who else may fetch, where bags stand, what went astray, and what was changed so that less does.
let pickupMigration = Migration(
  "shop", 10, "pickup for someone else, shelf photos, loss reports, changes at pickup points",
  [
    "ALTER TABLE shop_pickup ADD COLUMN proxy_id BIGINT",
    "ALTER TABLE shop_pickup ADD COLUMN fetched_by_id BIGINT",
    "CREATE INDEX shop_pickup_proxy_used ON shop_pickup (proxy_id) WHERE proxy_id IS NOT NULL",
    """
    CREATE TABLE shop_pickup_proxy (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, order_id BIGINT, household_id BIGINT NOT NULL,
      named_by_id BIGINT NOT NULL, addressed_household_id BIGINT NOT NULL, addressed_person_id BIGINT,
      neighbour_id BIGINT, entered_by_id BIGINT, state TEXT NOT NULL, asked_at BIGINT NOT NULL,
      until BIGINT NOT NULL, answered_at BIGINT, ended_at BIGINT,
      CHECK (until > asked_at), CHECK (addressed_household_id <> household_id),
      CHECK (state NOT IN ('accepted', 'ended') OR (neighbour_id IS NOT NULL AND answered_at IS NOT NULL)
        OR (state = 'ended' AND neighbour_id IS NULL)),
      CHECK ((state = 'ended') = (ended_at IS NOT NULL)))
    """,
    "CREATE INDEX shop_pickup_proxy_household ON shop_pickup_proxy (community_id, household_id, until)",
    "CREATE INDEX shop_pickup_proxy_addressed ON shop_pickup_proxy (community_id, addressed_household_id, until)",
    """
    CREATE TABLE shop_pickup_finding (
      community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, household_id BIGINT NOT NULL,
      finding BYTEA NOT NULL, expires_at BIGINT NOT NULL, PRIMARY KEY (community_id, person_id))
    """,
    "CREATE INDEX shop_pickup_finding_code ON shop_pickup_finding (community_id, finding)",
    """
    CREATE TABLE shop_shelf_photo (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, campaign_id BIGINT NOT NULL,
      pickup_point_id BIGINT NOT NULL, occasion TEXT NOT NULL, media_type TEXT NOT NULL, width BIGINT NOT NULL,
      height BIGINT NOT NULL, small BYTEA NOT NULL, large BYTEA NOT NULL, taken_by_id BIGINT NOT NULL,
      taken_at BIGINT NOT NULL)
    """,
    "CREATE INDEX shop_shelf_photo_campaign ON shop_shelf_photo (campaign_id, taken_at)",
    """
    CREATE TABLE shop_shelf_place (
      order_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, campaign_id BIGINT NOT NULL,
      place TEXT NOT NULL, placed_by_id BIGINT NOT NULL, placed_at BIGINT NOT NULL)
    """,
    "CREATE INDEX shop_shelf_place_campaign ON shop_shelf_place (campaign_id, order_id)",
    """
    CREATE TABLE shop_loss_report (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, order_id BIGINT NOT NULL,
      campaign_id BIGINT NOT NULL, pickup_point_id BIGINT NOT NULL, household_id BIGINT NOT NULL,
      reported_by_id BIGINT NOT NULL, reported_at BIGINT NOT NULL, state TEXT NOT NULL,
      due_at BIGINT NOT NULL, found_at TEXT NOT NULL, mistaken_order_id BIGINT, sequence BIGINT NOT NULL,
      CHECK (state <> 'mistaken' OR mistaken_order_id IS NOT NULL))
    """,
    """
    CREATE UNIQUE INDEX shop_loss_report_open ON shop_loss_report (order_id)
      WHERE state IN ('reported', 'looking', 'mistaken')
    """,
    "CREATE INDEX shop_loss_report_order ON shop_loss_report (order_id, id)",
    "CREATE INDEX shop_loss_report_campaign ON shop_loss_report (campaign_id, id)",
    "CREATE INDEX shop_loss_report_community ON shop_loss_report (community_id, reported_at)",
    """
    CREATE TABLE shop_loss_step (
      report_id BIGINT NOT NULL, sequence BIGINT NOT NULL, community_id BIGINT NOT NULL, state TEXT NOT NULL,
      actor_id BIGINT, happened_at BIGINT NOT NULL, note TEXT NOT NULL, mistaken_order_id BIGINT,
      PRIMARY KEY (report_id, sequence))
    """,
    """
    CREATE TABLE shop_pickup_fix (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, pickup_point_id BIGINT NOT NULL, kind TEXT NOT NULL,
      note TEXT NOT NULL, began_at BIGINT NOT NULL, entered_by_id BIGINT NOT NULL, entered_at BIGINT NOT NULL)
    """,
    "CREATE INDEX shop_pickup_fix_point ON shop_pickup_fix (community_id, pickup_point_id, began_at)",
  ], appendOnly: ["shop_loss_step", "shop_pickup_fix"])
