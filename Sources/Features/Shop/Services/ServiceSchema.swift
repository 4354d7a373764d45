import Database

/// Services, the people who do them, and their bookings.
let serviceMigration = Migration(
  "shop", 9, "services at a booked time",
  [
    // The campaign of one visit: it takes the order of its booking alone, and is in no list of group-buys.
    "ALTER TABLE shop_campaign ADD COLUMN booking_id BIGINT",
    """
    CREATE TABLE shop_service (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, merchant_id BIGINT NOT NULL, kind TEXT NOT NULL,
      title_zh TEXT NOT NULL, title_en TEXT NOT NULL, description_zh TEXT NOT NULL, description_en TEXT NOT NULL,
      preparation_zh TEXT NOT NULL, preparation_en TEXT NOT NULL, place TEXT NOT NULL, price_basis TEXT NOT NULL,
      price BIGINT NOT NULL CHECK (price > 0), cap BIGINT NOT NULL, minutes BIGINT NOT NULL CHECK (minutes > 0),
      buffer_minutes BIGINT NOT NULL, lead_hours BIGINT NOT NULL, horizon_days BIGINT NOT NULL,
      answer_hours BIGINT NOT NULL, free_hours BIGINT NOT NULL, late_rate BIGINT NOT NULL,
      product_id BIGINT NOT NULL, variant_id BIGINT NOT NULL, host_id BIGINT NOT NULL, created_at BIGINT NOT NULL,
      changed_at BIGINT NOT NULL, closed_at BIGINT, CHECK (cap >= price))
    """,
    "CREATE INDEX shop_service_community ON shop_service (community_id, id)",
    "CREATE INDEX shop_service_merchant ON shop_service (community_id, merchant_id, id)",
    "CREATE UNIQUE INDEX shop_service_product ON shop_service (product_id)",
    """
    CREATE TABLE shop_worker (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, merchant_id BIGINT NOT NULL, person_id BIGINT,
      name_zh TEXT NOT NULL, name_en TEXT NOT NULL, introduction_zh TEXT NOT NULL, introduction_en TEXT NOT NULL,
      certificate TEXT NOT NULL, certificate_until BIGINT, created_at BIGINT NOT NULL, closed_at BIGINT,
      picture_id BIGINT)
    """,
    "CREATE INDEX shop_worker_merchant ON shop_worker (community_id, merchant_id, id)",
    "CREATE INDEX shop_worker_person ON shop_worker (community_id, person_id) WHERE person_id IS NOT NULL",
    """
    CREATE TABLE shop_worker_service (
      service_id BIGINT NOT NULL, worker_id BIGINT NOT NULL, community_id BIGINT NOT NULL,
      PRIMARY KEY (service_id, worker_id))
    """,
    "CREATE INDEX shop_worker_service_worker ON shop_worker_service (worker_id)",
    """
    CREATE TABLE shop_worker_hours (
      worker_id BIGINT NOT NULL, weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7), opens BIGINT NOT NULL,
      closes BIGINT NOT NULL, community_id BIGINT NOT NULL, PRIMARY KEY (worker_id, weekday, opens),
      CHECK (closes > opens))
    """,
    """
    CREATE TABLE shop_worker_exception (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, worker_id BIGINT NOT NULL, kind TEXT NOT NULL,
      from_at BIGINT NOT NULL, until_at BIGINT NOT NULL, CHECK (until_at > from_at))
    """,
    "CREATE INDEX shop_worker_exception_worker ON shop_worker_exception (worker_id, until_at)",
    // One quarter of an hour of one worker belongs to one booking: of two that want it, one alone gets it.
    """
    CREATE TABLE shop_worker_block (
      worker_id BIGINT NOT NULL, block BIGINT NOT NULL, community_id BIGINT NOT NULL, booking_id BIGINT NOT NULL,
      PRIMARY KEY (worker_id, block))
    """,
    "CREATE INDEX shop_worker_block_booking ON shop_worker_block (booking_id)",
    """
    CREATE TABLE shop_booking (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, service_id BIGINT NOT NULL, merchant_id BIGINT NOT NULL,
      worker_id BIGINT NOT NULL, household_id BIGINT NOT NULL, person_id BIGINT NOT NULL,
      campaign_id BIGINT NOT NULL UNIQUE, order_id BIGINT UNIQUE, title_zh TEXT NOT NULL, title_en TEXT NOT NULL,
      place TEXT NOT NULL, price_basis TEXT NOT NULL, price BIGINT NOT NULL, cap BIGINT NOT NULL,
      answer_hours BIGINT NOT NULL, free_hours BIGINT NOT NULL, late_rate BIGINT NOT NULL, minutes BIGINT NOT NULL,
      buffer_minutes BIGINT NOT NULL, starts_at BIGINT NOT NULL, note TEXT NOT NULL, requested_at BIGINT NOT NULL,
      answer_until BIGINT NOT NULL, state TEXT NOT NULL, ended_by TEXT, is_objected BIGINT NOT NULL,
      proposed_by TEXT, proposed_worker_id BIGINT, proposed_at BIGINT, arrived_at BIGINT, finished_at BIGINT,
      worked_minutes BIGINT, labour BIGINT, material BIGINT, charged BIGINT, after_note TEXT,
      revision BIGINT NOT NULL, assisted_order_id BIGINT UNIQUE,
      CHECK (charged IS NULL OR (charged >= 0 AND charged <= cap AND charged <= labour + material)),
      CHECK ((state = 'done') = (charged IS NOT NULL)),
      CHECK ((proposed_by IS NULL) = (proposed_at IS NULL)))
    """,
    "CREATE INDEX shop_booking_household ON shop_booking (community_id, household_id, id)",
    "CREATE INDEX shop_booking_merchant ON shop_booking (community_id, merchant_id, starts_at)",
    "CREATE INDEX shop_booking_worker ON shop_booking (community_id, worker_id, starts_at)",
    "CREATE INDEX shop_booking_service ON shop_booking (community_id, service_id, starts_at)",
    "CREATE INDEX shop_booking_objected ON shop_booking (community_id, id) WHERE is_objected = 1",
    """
    CREATE TABLE shop_booking_step (
      booking_id BIGINT NOT NULL, sequence BIGINT NOT NULL, community_id BIGINT NOT NULL, what TEXT NOT NULL,
      party TEXT NOT NULL, actor_id BIGINT, happened_at BIGINT NOT NULL, note TEXT NOT NULL,
      PRIMARY KEY (booking_id, sequence))
    """,
    """
    CREATE TABLE shop_booking_material (
      booking_id BIGINT NOT NULL, position BIGINT NOT NULL, community_id BIGINT NOT NULL, name TEXT NOT NULL,
      amount BIGINT NOT NULL CHECK (amount > 0), answer TEXT NOT NULL, answered_by_id BIGINT,
      answered_at BIGINT, PRIMARY KEY (booking_id, position),
      CHECK ((answer = 'waiting') = (answered_at IS NULL)))
    """,
    // What a helper asks for about a visit, beside what every such thing has in shop_assisted_order.
    """
    CREATE TABLE shop_assisted_visit (
      assisted_order_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, service_id BIGINT NOT NULL,
      worker_id BIGINT NOT NULL, starts_at BIGINT NOT NULL, terms BYTEA NOT NULL, booking_id BIGINT)
    """,
    // Whoever has the address may read: so the address itself is never stored.
    """
    CREATE TABLE shop_visit_calendar (
      community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, token_digest BYTEA NOT NULL UNIQUE,
      created_at BIGINT NOT NULL, PRIMARY KEY (community_id, person_id))
    """,
  ], appendOnly: ["shop_booking_step"])
