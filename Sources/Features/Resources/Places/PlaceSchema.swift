import Database

/// Places of the neighbourhood, and the plan on which they are drawn.
let placeMigration = Migration(
  "resources", 2, "places",
  [
    // Positions are in millionths of a degree; shapes hold whole millimetres. What expires when it was confirmed was never
    // confirmed: it came from the plan.
    """
    CREATE TABLE resources_place (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, kind TEXT NOT NULL, name_chinese TEXT NOT NULL,
      name_english TEXT NOT NULL, address TEXT NOT NULL, description TEXT NOT NULL, hours TEXT NOT NULL,
      keeper_organisation_id BIGINT, keeper_id BIGINT, phone TEXT NOT NULL, is_step_free BIGINT,
      visibility TEXT NOT NULL, latitude BIGINT, longitude BIGINT, shape TEXT,
      revision BIGINT NOT NULL CHECK (revision >= 0), confirmed_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
      closed_at BIGINT, created_at BIGINT NOT NULL, created_by_id BIGINT NOT NULL,
      created_by_role TEXT NOT NULL, changed_at BIGINT NOT NULL,
      CHECK (kind IN ('building', 'pickup_point', 'storeroom', 'shop', 'venue', 'open_space', 'office')),
      CHECK (visibility IN ('public', 'residents', 'station')), CHECK (is_step_free IN (0, 1)),
      CHECK ((latitude IS NULL) = (longitude IS NULL)), CHECK (latitude BETWEEN -90000000 AND 90000000),
      CHECK (longitude BETWEEN -180000000 AND 180000000), CHECK (confirmed_at <= expires_at))
    """,
    "CREATE INDEX resources_place_kind ON resources_place (community_id, closed_at, kind, id)",
    "CREATE INDEX resources_place_keeper ON resources_place (community_id, keeper_id)",
    // One plan for each community; a new one takes the place of the old one.
    """
    CREATE TABLE resources_place_plan (
      community_id BIGINT PRIMARY KEY, latitude BIGINT, longitude BIGINT, uploaded_at BIGINT NOT NULL,
      uploaded_by_id BIGINT NOT NULL, uploaded_by_role TEXT NOT NULL,
      CHECK ((latitude IS NULL) = (longitude IS NULL)))
    """,
    // What the plan draws beneath the places, and what waits to be taken as a place: its name tells the two apart.
    """
    CREATE TABLE resources_place_outline (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, ground TEXT NOT NULL, name_chinese TEXT,
      name_english TEXT, proposed_kind TEXT, shape TEXT NOT NULL, place_id BIGINT,
      CHECK (ground IN ('building', 'road', 'green', 'water', 'other')),
      CHECK ((name_chinese IS NULL) = (name_english IS NULL)),
      CHECK ((name_chinese IS NULL) = (proposed_kind IS NULL)),
      CHECK (place_id IS NULL OR name_chinese IS NOT NULL))
    """,
    "CREATE INDEX resources_place_outline_of ON resources_place_outline (community_id, id)",
    // What all addresses of a community have in common, which directories elsewhere ask for.
    """
    CREATE TABLE resources_directory_address (
      community_id BIGINT PRIMARY KEY, province_chinese TEXT NOT NULL, province_english TEXT NOT NULL,
      city_chinese TEXT NOT NULL, city_english TEXT NOT NULL, postal_code TEXT NOT NULL,
      revision BIGINT NOT NULL CHECK (revision > 0), changed_at BIGINT NOT NULL,
      changed_by_id BIGINT NOT NULL, changed_by_role TEXT NOT NULL)
    """,
  ])
