import Database

/// Places that can be had for a time, and who has them.
let bookingMigration = Migration(
  "resources", 5, "bookings",
  [
    """
    CREATE TABLE resources_bookable (
      place_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, slot_minutes BIGINT NOT NULL,
      capacity BIGINT NOT NULL, unit TEXT NOT NULL, longest_minutes BIGINT NOT NULL,
      days_ahead BIGINT NOT NULL, keeper_kind TEXT NOT NULL, keeper_id BIGINT, rules_zh TEXT NOT NULL,
      rules_en TEXT NOT NULL, audience TEXT NOT NULL, needs_yes BIGINT NOT NULL, price TEXT NOT NULL,
      changed_at BIGINT NOT NULL, revision BIGINT NOT NULL, opened_at BIGINT NOT NULL,
      opened_by_id BIGINT NOT NULL, opened_by_role TEXT NOT NULL, closed_at BIGINT,
      CHECK (slot_minutes > 0), CHECK (capacity > 0), CHECK (longest_minutes >= slot_minutes),
      CHECK (days_ahead > 0), CHECK (keeper_kind IN ('person', 'merchant', 'organisation')),
      CHECK (audience IN ('residents', 'organisations', 'everyone')))
    """,
    "CREATE INDEX resources_bookable_list ON resources_bookable (community_id, place_id)",
    "CREATE INDEX resources_bookable_keeper ON resources_bookable (community_id, keeper_kind, keeper_id)",
    """
    CREATE TABLE resources_booking (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL,
      place_id BIGINT NOT NULL REFERENCES resources_bookable (place_id), party_kind TEXT NOT NULL,
      party_id BIGINT, from_at BIGINT NOT NULL, to_at BIGINT NOT NULL, amount BIGINT NOT NULL,
      purpose BYTEA, state TEXT NOT NULL, revision BIGINT NOT NULL, booked_at BIGINT NOT NULL,
      booked_by_id BIGINT, booked_by_role TEXT NOT NULL, decided_at BIGINT, decided_by_id BIGINT,
      CHECK (from_at < to_at), CHECK (amount > 0),
      CHECK (state IN ('asked', 'confirmed', 'declined', 'cancelled', 'kept', 'not_kept')),
      CHECK (party_kind IN ('person', 'merchant', 'organisation')))
    """,
    "CREATE INDEX resources_booking_place ON resources_booking (community_id, place_id, to_at)",
    "CREATE INDEX resources_booking_open ON resources_booking (community_id, place_id, state, from_at)",
    "CREATE INDEX resources_booking_time ON resources_booking (community_id, from_at, id)",
    "CREATE INDEX resources_booking_state ON resources_booking (community_id, state, from_at, id)",
    "CREATE INDEX resources_booking_party ON resources_booking (community_id, party_kind, party_id, from_at)",
  ])
