import Database

/// Trips of vans, and who has what on them.
let vanTripMigration = Migration(
  "resources", 9, "van trips",
  [
    """
    CREATE TABLE resources_van_trip (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, party_kind TEXT NOT NULL, party_id BIGINT,
      from_words TEXT NOT NULL, to_words TEXT NOT NULL, from_place_id BIGINT, to_place_id BIGINT,
      leaves_at BIGINT NOT NULL, is_return BIGINT NOT NULL, returns_at BIGINT, join_until BIGINT NOT NULL,
      vehicle TEXT NOT NULL, crates BIGINT NOT NULL, kilograms BIGINT NOT NULL, note BYTEA,
      price TEXT NOT NULL, answers TEXT NOT NULL, state TEXT NOT NULL, reason BYTEA, revision BIGINT NOT NULL,
      created_at BIGINT NOT NULL, created_by_id BIGINT NOT NULL, created_by_role TEXT NOT NULL,
      closed_at BIGINT, closed_by_id BIGINT,
      CHECK (crates > 0), CHECK (kilograms > 0), CHECK (join_until <= leaves_at),
      CHECK (returns_at IS NULL OR (returns_at > leaves_at AND is_return = 1)),
      CHECK (party_kind IN ('person', 'merchant', 'organisation')), CHECK (answers IN ('driver', 'at_once')),
      CHECK (state IN ('planned', 'done', 'called_off')), CHECK ((state = 'planned') = (closed_at IS NULL)))
    """,
    "CREATE INDEX resources_van_trip_time ON resources_van_trip (community_id, leaves_at, id)",
    "CREATE INDEX resources_van_trip_state ON resources_van_trip (community_id, state, leaves_at, id)",
    """
    CREATE INDEX resources_van_trip_party
      ON resources_van_trip (community_id, party_kind, party_id, leaves_at, id)
    """,
    """
    CREATE TABLE resources_van_part (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL,
      trip_id BIGINT NOT NULL REFERENCES resources_van_trip (id), party_kind TEXT NOT NULL, party_id BIGINT,
      crates BIGINT NOT NULL, kilograms BIGINT NOT NULL, what BYTEA, load_place BYTEA, state TEXT NOT NULL,
      revision BIGINT NOT NULL, asked_at BIGINT NOT NULL, asked_by_id BIGINT NOT NULL,
      asked_by_role TEXT NOT NULL, decided_at BIGINT, decided_by_id BIGINT,
      CHECK (crates > 0), CHECK (kilograms > 0),
      CHECK (party_kind IN ('person', 'merchant', 'organisation')),
      CHECK (state IN ('asked', 'confirmed', 'declined', 'cancelled', 'carried', 'not_carried')))
    """,
    "CREATE INDEX resources_van_part_trip ON resources_van_part (community_id, trip_id, id)",
    """
    CREATE INDEX resources_van_part_party ON resources_van_part (community_id, party_kind, party_id, id)
    """,
  ])
