package import Database

/// The Shop's tables, newest step last.
package let shopMigrations: [Migration] = [
  Migration(
    "shop", 1, "merchants, products, campaigns, orders, stock, pickup",
    [
      """
      CREATE TABLE shop_merchant (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, name_zh TEXT NOT NULL, name_en TEXT NOT NULL,
        story_zh TEXT NOT NULL, story_en TEXT NOT NULL, licence TEXT NOT NULL, phone TEXT NOT NULL,
        created_at BIGINT NOT NULL, closed_at BIGINT)
      """,
      "CREATE INDEX shop_merchant_community ON shop_merchant (community_id, id)",
      """
      CREATE TABLE shop_merchant_member (
        community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, merchant_id BIGINT NOT NULL,
        since BIGINT NOT NULL, PRIMARY KEY (community_id, person_id, merchant_id))
      """,
      """
      CREATE TABLE shop_product (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, merchant_id BIGINT NOT NULL,
        name_zh TEXT NOT NULL, name_en TEXT NOT NULL, description_zh TEXT NOT NULL, description_en TEXT NOT NULL,
        category TEXT NOT NULL, origin_zh TEXT NOT NULL, origin_en TEXT NOT NULL, allergens TEXT NOT NULL,
        certificate TEXT NOT NULL, storage TEXT NOT NULL, shelf_life_days BIGINT, picture_id BIGINT,
        created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL, archived_at BIGINT)
      """,
      "CREATE INDEX shop_product_listed ON shop_product (community_id, id) WHERE archived_at IS NULL",
      """
      CREATE INDEX shop_product_category ON shop_product (community_id, category, id)
      WHERE archived_at IS NULL
      """,
      """
      CREATE INDEX shop_product_merchant ON shop_product (community_id, merchant_id, id)
      WHERE archived_at IS NULL
      """,
      """
      CREATE INDEX shop_product_archived ON shop_product (community_id, merchant_id, id)
      WHERE archived_at IS NOT NULL
      """,
      """
      CREATE TABLE shop_variant (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, product_id BIGINT NOT NULL, sku TEXT NOT NULL,
        name_zh TEXT NOT NULL, name_en TEXT NOT NULL, pack_zh TEXT NOT NULL, pack_en TEXT NOT NULL,
        unit_code TEXT NOT NULL, case_size BIGINT NOT NULL CHECK (case_size >= 1), gtin TEXT NOT NULL,
        price BIGINT NOT NULL CHECK (price >= 0), archived_at BIGINT, UNIQUE (community_id, sku))
      """,
      "CREATE INDEX shop_variant_product ON shop_variant (product_id, id)",
      """
      CREATE TABLE shop_product_import (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, merchant_id BIGINT NOT NULL,
        person_id BIGINT NOT NULL, file_name TEXT NOT NULL, content BYTEA NOT NULL, digest BYTEA NOT NULL,
        created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)
      """,
      "CREATE INDEX shop_product_import_expiry ON shop_product_import (community_id, expires_at)",
      """
      CREATE TABLE shop_picture (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, media_type TEXT NOT NULL, width BIGINT NOT NULL,
        height BIGINT NOT NULL, small BYTEA NOT NULL, large BYTEA NOT NULL, created_at BIGINT NOT NULL)
      """,
      """
      CREATE TABLE shop_pickup_point (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, name_zh TEXT NOT NULL, name_en TEXT NOT NULL,
        note_zh TEXT NOT NULL, note_en TEXT NOT NULL, created_at BIGINT NOT NULL, closed_at BIGINT,
        code_budget_whole_at BIGINT NOT NULL DEFAULT 0)
      """,
      "CREATE INDEX shop_pickup_point_community ON shop_pickup_point (community_id, id)",
      """
      CREATE TABLE shop_campaign (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, leader_id BIGINT NOT NULL,
        title_zh TEXT NOT NULL, title_en TEXT NOT NULL, note_zh TEXT NOT NULL, note_en TEXT NOT NULL,
        opens_at BIGINT NOT NULL, cut_off_at BIGINT NOT NULL, pickup_point_id BIGINT NOT NULL,
        pickup_from BIGINT NOT NULL, pickup_until BIGINT NOT NULL,
        minimum_kind TEXT NOT NULL, minimum_amount BIGINT NOT NULL,
        shortage_rule TEXT NOT NULL, lottery_seed TEXT NOT NULL,
        created_at BIGINT NOT NULL, published_at BIGINT, closed_at BIGINT, failed_at BIGINT,
        cancelled_at BIGINT, arrived_at BIGINT, finished_at BIGINT, cloned_from_id BIGINT,
        CHECK (cut_off_at > opens_at), CHECK (pickup_until > pickup_from), CHECK (pickup_from >= cut_off_at))
      """,
      "CREATE INDEX shop_campaign_by_cut_off ON shop_campaign (community_id, cut_off_at)",
      "CREATE INDEX shop_campaign_leader ON shop_campaign (community_id, leader_id, cut_off_at)",
      """
      CREATE TABLE shop_campaign_item (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, campaign_id BIGINT NOT NULL,
        position BIGINT NOT NULL, product_id BIGINT NOT NULL, variant_id BIGINT NOT NULL,
        merchant_id BIGINT NOT NULL, price BIGINT NOT NULL CHECK (price >= 0),
        stock_kind TEXT NOT NULL, household_limit BIGINT, minimum_quantity BIGINT NOT NULL,
        UNIQUE (campaign_id, position), UNIQUE (campaign_id, variant_id))
      """,
      "CREATE INDEX shop_campaign_item_product ON shop_campaign_item (product_id, campaign_id)",
      """
      CREATE TABLE shop_stock_movement (
        item_id BIGINT NOT NULL, sequence BIGINT NOT NULL, community_id BIGINT NOT NULL,
        reason TEXT NOT NULL, order_id BIGINT, on_hand_change BIGINT NOT NULL, promised_change BIGINT NOT NULL,
        on_hand BIGINT NOT NULL CHECK (on_hand >= 0), promised BIGINT NOT NULL CHECK (promised >= 0),
        is_limited BIGINT NOT NULL, actor_id BIGINT NOT NULL, moved_at BIGINT NOT NULL,
        CHECK (is_limited = 0 OR promised <= on_hand),
        PRIMARY KEY (item_id, sequence))
      """,
      """
      CREATE TABLE shop_household_quantity (
        item_id BIGINT NOT NULL, household_id BIGINT NOT NULL, community_id BIGINT NOT NULL,
        quantity BIGINT NOT NULL CHECK (quantity >= 0), PRIMARY KEY (item_id, household_id))
      """,
      """
      CREATE TABLE shop_basket_line (
        community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, item_id BIGINT NOT NULL,
        campaign_id BIGINT NOT NULL, quantity BIGINT NOT NULL CHECK (quantity > 0), changed_at BIGINT NOT NULL,
        PRIMARY KEY (community_id, person_id, item_id))
      """,
      """
      CREATE TABLE shop_order (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, campaign_id BIGINT NOT NULL,
        number BIGINT NOT NULL, household_id BIGINT NOT NULL, person_id BIGINT NOT NULL,
        placed_by_id BIGINT NOT NULL, client_key TEXT NOT NULL, request_digest BYTEA NOT NULL,
        placed_at BIGINT NOT NULL, placed_total BIGINT NOT NULL, total BIGINT NOT NULL CHECK (total >= 0),
        note TEXT NOT NULL, fulfilment TEXT NOT NULL, payment_method TEXT NOT NULL, payment TEXT NOT NULL,
        revision BIGINT NOT NULL, pickup_generation BIGINT NOT NULL, pickup_failures BIGINT NOT NULL,
        changed_at BIGINT NOT NULL,
        UNIQUE (campaign_id, number), UNIQUE (person_id, client_key))
      """,
      """
      CREATE TABLE shop_order_line (
        order_id BIGINT NOT NULL, position BIGINT NOT NULL, community_id BIGINT NOT NULL,
        item_id BIGINT NOT NULL, name_zh TEXT NOT NULL, name_en TEXT NOT NULL,
        pack_zh TEXT NOT NULL, pack_en TEXT NOT NULL, unit_code TEXT NOT NULL,
        price BIGINT NOT NULL CHECK (price >= 0), placed_quantity BIGINT NOT NULL,
        quantity BIGINT NOT NULL CHECK (quantity >= 0),
        allocated BIGINT CHECK (allocated >= 0 AND allocated <= quantity),
        collected BIGINT NOT NULL CHECK (collected >= 0 AND collected <= quantity),
        PRIMARY KEY (order_id, position))
      """,
      """
      CREATE TABLE shop_arrival (
        item_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, campaign_id BIGINT NOT NULL,
        ordered BIGINT NOT NULL, arrived BIGINT NOT NULL CHECK (arrived >= 0), reserved BIGINT NOT NULL,
        surplus_use TEXT NOT NULL,
        note TEXT NOT NULL, recorded_by_id BIGINT NOT NULL, recorded_at BIGINT NOT NULL)
      """,
      "CREATE INDEX shop_arrival_campaign ON shop_arrival (campaign_id)",
      """
      CREATE TABLE shop_pickup (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, order_id BIGINT NOT NULL,
        campaign_id BIGINT NOT NULL, handed_by_id BIGINT NOT NULL, method TEXT NOT NULL,
        cash_received BIGINT NOT NULL CHECK (cash_received >= 0), handed_at BIGINT NOT NULL)
      """,
      "CREATE INDEX shop_pickup_order ON shop_pickup (order_id)",
      "CREATE INDEX shop_pickup_campaign ON shop_pickup (campaign_id, handed_at)",
      """
      CREATE TABLE shop_pickup_line (
        pickup_id BIGINT NOT NULL, position BIGINT NOT NULL, community_id BIGINT NOT NULL,
        quantity BIGINT NOT NULL CHECK (quantity > 0), PRIMARY KEY (pickup_id, position))
      """,
      """
      CREATE TABLE shop_custody (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, campaign_id BIGINT NOT NULL, order_id BIGINT,
        step TEXT NOT NULL, from_party TEXT NOT NULL, to_party TEXT NOT NULL, pieces BIGINT NOT NULL,
        note TEXT NOT NULL, recorded_by_id BIGINT NOT NULL, recorded_at BIGINT NOT NULL)
      """,
      "CREATE INDEX shop_custody_campaign ON shop_custody (campaign_id, recorded_at)",
      """
      CREATE TABLE shop_protected_household (
        community_id BIGINT NOT NULL, household_id BIGINT NOT NULL, granted_by_id BIGINT NOT NULL,
        granted_at BIGINT NOT NULL, PRIMARY KEY (community_id, household_id))
      """,
    ],
    searchIndexes: [.products]),
  Migration(
    "shop", 2, "parts in a campaign, goods by weight and by the case, promotions, after-sales, reviews",
    [
      "ALTER TABLE shop_campaign ADD COLUMN commission_rate BIGINT NOT NULL DEFAULT 0",
      "ALTER TABLE shop_campaign ADD COLUMN platform_rate BIGINT NOT NULL DEFAULT 0",
      "ALTER TABLE shop_campaign ADD COLUMN carrier_id BIGINT",
      "ALTER TABLE shop_campaign ADD COLUMN carrier_rate BIGINT NOT NULL DEFAULT 0",
      "ALTER TABLE shop_campaign ADD COLUMN return_hours BIGINT NOT NULL DEFAULT 48",
      "ALTER TABLE shop_merchant ADD COLUMN label_pattern TEXT NOT NULL DEFAULT ''",
      "ALTER TABLE shop_variant ADD COLUMN weighed_basis TEXT",
      "ALTER TABLE shop_variant ADD COLUMN typical_grams BIGINT",
      "ALTER TABLE shop_variant ADD COLUMN tolerance_percent BIGINT",
      "ALTER TABLE shop_variant ADD COLUMN label_code TEXT NOT NULL DEFAULT ''",
      "ALTER TABLE shop_campaign_item ADD COLUMN weighed_basis TEXT",
      "ALTER TABLE shop_campaign_item ADD COLUMN typical_grams BIGINT",
      "ALTER TABLE shop_campaign_item ADD COLUMN tolerance_percent BIGINT",
      "ALTER TABLE shop_campaign_item ADD COLUMN label_code TEXT NOT NULL DEFAULT ''",
      "ALTER TABLE shop_campaign_item ADD COLUMN case_size BIGINT NOT NULL DEFAULT 1 CHECK (case_size >= 1)",
      "ALTER TABLE shop_basket_line ADD COLUMN tolerance BIGINT NOT NULL DEFAULT 0 CHECK (tolerance >= 0)",
      "ALTER TABLE shop_order_line ADD COLUMN weighed_basis TEXT",
      "ALTER TABLE shop_order_line ADD COLUMN typical_grams BIGINT",
      "ALTER TABLE shop_order_line ADD COLUMN tolerance_percent BIGINT",
      "ALTER TABLE shop_order_line ADD COLUMN grams BIGINT",
      "ALTER TABLE shop_order_line ADD COLUMN charged BIGINT",
      "ALTER TABLE shop_order_line ADD COLUMN agreed BIGINT",
      "ALTER TABLE shop_order_line ADD COLUMN tolerance BIGINT NOT NULL DEFAULT 0 CHECK (tolerance >= 0)",
      "ALTER TABLE shop_order_line ADD COLUMN wanted BIGINT",
      "ALTER TABLE shop_order_line ADD COLUMN discount BIGINT NOT NULL DEFAULT 0 CHECK (discount >= 0)",
      "ALTER TABLE shop_order_line ADD COLUMN discount_base BIGINT NOT NULL DEFAULT 0",
      "ALTER TABLE shop_order_line ADD COLUMN returned BIGINT NOT NULL DEFAULT 0 CHECK (returned >= 0)",
      "ALTER TABLE shop_order_line ADD COLUMN compensated BIGINT NOT NULL DEFAULT 0 CHECK (compensated >= 0)",
      "ALTER TABLE shop_order_line ADD COLUMN forfeited BIGINT NOT NULL DEFAULT 0 CHECK (forfeited >= 0)",
      "ALTER TABLE shop_order_line ADD COLUMN placed_price BIGINT",
      "ALTER TABLE shop_campaign ADD COLUMN discount_threshold_1 BIGINT NOT NULL DEFAULT 0",
      "ALTER TABLE shop_campaign ADD COLUMN discount_amount_1 BIGINT NOT NULL DEFAULT 0",
      "ALTER TABLE shop_campaign ADD COLUMN discount_threshold_2 BIGINT NOT NULL DEFAULT 0",
      "ALTER TABLE shop_campaign ADD COLUMN discount_amount_2 BIGINT NOT NULL DEFAULT 0",
      "ALTER TABLE shop_campaign ADD COLUMN discount_threshold_3 BIGINT NOT NULL DEFAULT 0",
      "ALTER TABLE shop_campaign ADD COLUMN discount_amount_3 BIGINT NOT NULL DEFAULT 0",
      "ALTER TABLE shop_campaign_item ADD COLUMN tier_count BIGINT NOT NULL DEFAULT 0",
      "ALTER TABLE shop_campaign_item ADD COLUMN tier_pieces BIGINT",
      "ALTER TABLE shop_campaign_item ADD COLUMN final_price BIGINT",
      """
      CREATE TABLE shop_price_tier (
        community_id BIGINT NOT NULL, item_id BIGINT NOT NULL, quantity BIGINT NOT NULL CHECK (quantity >= 2),
        price BIGINT NOT NULL CHECK (price > 0), PRIMARY KEY (item_id, quantity))
      """,
      """
      CREATE TABLE shop_weighing (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, campaign_id BIGINT NOT NULL,
        order_id BIGINT NOT NULL, position BIGINT NOT NULL, step TEXT NOT NULL,
        grams BIGINT NOT NULL CHECK (grams > 0), charged BIGINT NOT NULL CHECK (charged >= 0),
        recorded_by_id BIGINT NOT NULL, recorded_at BIGINT NOT NULL)
      """,
      "CREATE INDEX shop_weighing_line ON shop_weighing (order_id, position, id)",
      "ALTER TABLE shop_campaign ADD COLUMN uncollected_rate BIGINT NOT NULL DEFAULT 0",
      """
      CREATE TABLE shop_claim (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, order_id BIGINT NOT NULL,
        campaign_id BIGINT NOT NULL, household_id BIGINT NOT NULL, reported_by_id BIGINT NOT NULL,
        position BIGINT NOT NULL, merchant_id BIGINT NOT NULL, leader_id BIGINT NOT NULL, fault TEXT NOT NULL,
        pieces BIGINT NOT NULL CHECK (pieces > 0), wish TEXT NOT NULL, note TEXT NOT NULL,
        has_picture BIGINT NOT NULL, reported_at BIGINT NOT NULL, state TEXT NOT NULL, level TEXT NOT NULL,
        due_at BIGINT, refunded BIGINT NOT NULL CHECK (refunded >= 0), promised_amount BIGINT,
        promised_bearer TEXT, sequence BIGINT NOT NULL,
        CHECK ((state = 'returning') = (promised_amount IS NOT NULL)),
        CHECK ((promised_amount IS NULL) = (promised_bearer IS NULL)))
      """,
      "CREATE INDEX shop_claim_order ON shop_claim (order_id, id)",
      "CREATE INDEX shop_claim_leader ON shop_claim (community_id, leader_id, id)",
      "CREATE INDEX shop_claim_merchant ON shop_claim (community_id, merchant_id, id)",
      "CREATE INDEX shop_claim_community ON shop_claim (community_id, id)",
      """
      CREATE INDEX shop_claim_pending ON shop_claim (community_id, due_at)
      WHERE state IN ('open', 'replacing', 'returning')
      """,
      """
      CREATE TABLE shop_claim_step (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, claim_id BIGINT NOT NULL, sequence BIGINT NOT NULL,
        what TEXT NOT NULL, level TEXT NOT NULL, actor_id BIGINT, happened_at BIGINT NOT NULL,
        amount BIGINT NOT NULL CHECK (amount >= 0), bearer TEXT, note TEXT NOT NULL,
        UNIQUE (claim_id, sequence))
      """,
      """
      CREATE TABLE shop_claim_turn (
        claim_id BIGINT NOT NULL, number BIGINT NOT NULL, community_id BIGINT NOT NULL, level TEXT NOT NULL,
        party_id BIGINT NOT NULL, began_at BIGINT NOT NULL, due_at BIGINT NOT NULL, answered_at BIGINT,
        PRIMARY KEY (claim_id, number))
      """,
      "CREATE INDEX shop_claim_turn_party ON shop_claim_turn (community_id, level, party_id, began_at)",
      """
      CREATE TABLE shop_claim_picture (
        claim_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, media_type TEXT NOT NULL,
        width BIGINT NOT NULL, height BIGINT NOT NULL, small BYTEA NOT NULL, large BYTEA NOT NULL,
        created_at BIGINT NOT NULL)
      """,
      """
      CREATE TABLE shop_review (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, order_id BIGINT NOT NULL, position BIGINT NOT NULL,
        product_id BIGINT NOT NULL, merchant_id BIGINT NOT NULL, leader_id BIGINT NOT NULL,
        stars BIGINT NOT NULL CHECK (stars BETWEEN 1 AND 5), body TEXT NOT NULL, written_at BIGINT NOT NULL)
      """,
      "CREATE UNIQUE INDEX shop_review_line ON shop_review (order_id, position)",
      "CREATE INDEX shop_review_product ON shop_review (community_id, product_id, id, stars)",
      "CREATE INDEX shop_review_merchant ON shop_review (community_id, merchant_id, id, stars)",
      "CREATE INDEX shop_review_leader ON shop_review (community_id, leader_id, id)",
      """
      CREATE TABLE shop_review_remark (
        review_id BIGINT NOT NULL, voice TEXT NOT NULL, community_id BIGINT NOT NULL, body TEXT NOT NULL,
        written_at BIGINT NOT NULL, PRIMARY KEY (review_id, voice))
      """,
      """
      CREATE TABLE shop_case_claim (
        item_id BIGINT NOT NULL, sequence BIGINT NOT NULL, community_id BIGINT NOT NULL,
        order_id BIGINT NOT NULL, position BIGINT NOT NULL,
        quantity_change BIGINT NOT NULL, tolerance_change BIGINT NOT NULL,
        wanted BIGINT NOT NULL CHECK (wanted >= 0), tolerated BIGINT NOT NULL CHECK (tolerated >= 0),
        asked_at BIGINT NOT NULL, PRIMARY KEY (item_id, sequence))
      """,
    ],
    appendOnly: ["shop_weighing", "shop_case_claim", "shop_claim_step", "shop_review", "shop_review_remark"]),
  Migration(
    "shop", 3, "a fund's part in a campaign",
    [
      "ALTER TABLE shop_campaign ADD COLUMN fund_id BIGINT",
      "ALTER TABLE shop_campaign ADD COLUMN fund_rate BIGINT NOT NULL DEFAULT 0",
    ]),
  assistedOrderMigration, paperOrderMigration, chatOrderMigration, standingOrderMigration, roundMigration,
  serviceMigration,
  pickupMigration, practiceMigration, unmetNeedMigration, marketInformationMigration, listingHoldMigration,
  jointPurchaseMigration,
]

extension SearchIndex {
  /// Product names, categories, origins and merchants.
  static let products = SearchIndex("shop_product_search")
}
