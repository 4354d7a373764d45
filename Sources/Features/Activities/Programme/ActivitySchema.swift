import Database

/// Activities, who signed up for them and came, what was said and photographed there, and the addresses of calendars.
let activityMigration = Migration(
  "activities", 1, "activities",
  [
    """
    CREATE TABLE activities_activity (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
      description TEXT NOT NULL, agenda TEXT NOT NULL, organiser_id BIGINT NOT NULL, partner TEXT NOT NULL,
      place TEXT NOT NULL, starts_at BIGINT NOT NULL, ends_at BIGINT NOT NULL,
      sign_up_closes_at BIGINT NOT NULL, capacity BIGINT, expense BIGINT NOT NULL CHECK (expense >= 0),
      subject_kind TEXT, subject_id BIGINT, state TEXT NOT NULL, revision BIGINT NOT NULL CHECK (revision >= 0),
      confirmed BIGINT NOT NULL CHECK (confirmed >= 0), turns BIGINT NOT NULL CHECK (turns >= 0),
      cancel_reason TEXT, created_at BIGINT NOT NULL, created_by_id BIGINT NOT NULL,
      created_by_role TEXT NOT NULL, published_at BIGINT, changed_at BIGINT NOT NULL,
      CHECK (starts_at < ends_at), CHECK (sign_up_closes_at <= starts_at), CHECK (capacity > 0),
      CHECK (confirmed <= capacity), CHECK ((subject_kind IS NULL) = (subject_id IS NULL)),
      CHECK ((state = 'cancelled') = (cancel_reason IS NOT NULL)),
      CHECK (state <> 'draft' OR published_at IS NULL), CHECK (state <> 'published' OR published_at IS NOT NULL))
    """,
    "CREATE INDEX activities_activity_time ON activities_activity (community_id, starts_at, id)",
    "CREATE INDEX activities_activity_kind ON activities_activity (community_id, kind, starts_at, id)",
    // Somebody has one place, however often they sign up and cancel. Those without an account have no number.
    """
    CREATE TABLE activities_sign_up (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL,
      activity_id BIGINT NOT NULL REFERENCES activities_activity (id), turn BIGINT NOT NULL CHECK (turn > 0),
      channel TEXT NOT NULL, state TEXT NOT NULL, person_id BIGINT, name BYTEA, signed_up_at BIGINT NOT NULL,
      signed_up_by_id BIGINT, signed_up_by_role TEXT, ended_at BIGINT,
      CHECK (name IS NULL OR (channel = 'walk_in' AND person_id IS NULL)),
      CHECK (state IN ('confirmed', 'waiting', 'cancelled', 'door')),
      CHECK ((state = 'cancelled') = (ended_at IS NOT NULL)),
      UNIQUE (activity_id, person_id), UNIQUE (activity_id, turn))
    """,
    "CREATE INDEX activities_sign_up_state ON activities_sign_up (activity_id, state, turn)",
    "CREATE INDEX activities_sign_up_person ON activities_sign_up (community_id, person_id, activity_id)",
    // Who came checks in once, by themselves or at the desk.
    """
    CREATE TABLE activities_check_in (
      sign_up_id BIGINT PRIMARY KEY REFERENCES activities_sign_up (id), community_id BIGINT NOT NULL,
      activity_id BIGINT NOT NULL REFERENCES activities_activity (id), way TEXT NOT NULL,
      came_at BIGINT NOT NULL, recorded_by_id BIGINT, recorded_by_role TEXT,
      CHECK ((way = 'desk') = (recorded_by_id IS NOT NULL)))
    """,
    "CREATE INDEX activities_check_in_activity ON activities_check_in (activity_id, sign_up_id)",
    """
    CREATE TABLE activities_closing (
      activity_id BIGINT PRIMARY KEY REFERENCES activities_activity (id), community_id BIGINT NOT NULL,
      very_good BIGINT NOT NULL CHECK (very_good >= 0), good BIGINT NOT NULL CHECK (good >= 0),
      fair BIGINT NOT NULL CHECK (fair >= 0), poor BIGINT NOT NULL CHECK (poor >= 0), leads BYTEA,
      closed_at BIGINT NOT NULL, closed_by_id BIGINT NOT NULL, closed_by_role TEXT NOT NULL)
    """,
    """
    CREATE TABLE activities_minutes (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL,
      activity_id BIGINT NOT NULL REFERENCES activities_activity (id),
      version BIGINT NOT NULL CHECK (version > 0), audience TEXT NOT NULL, agenda TEXT NOT NULL,
      discussed BYTEA NOT NULL, decisions BYTEA NOT NULL, next_steps BYTEA NOT NULL,
      written_at BIGINT NOT NULL, written_by_id BIGINT NOT NULL, written_by_role TEXT NOT NULL,
      UNIQUE (activity_id, version))
    """,
    // Who else might be recognised cannot be asked, so such a photo is never published.
    """
    CREATE TABLE activities_photo (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL,
      activity_id BIGINT NOT NULL REFERENCES activities_activity (id), people TEXT NOT NULL,
      caption TEXT NOT NULL, width BIGINT NOT NULL, height BIGINT NOT NULL, uploaded_at BIGINT NOT NULL,
      uploaded_by_id BIGINT NOT NULL, uploaded_by_role TEXT NOT NULL, published_at BIGINT,
      published_by_id BIGINT, small BYTEA NOT NULL, large BYTEA NOT NULL,
      CHECK (people IN ('nobody', 'listed', 'others')), CHECK (published_at IS NULL OR people <> 'others'),
      CHECK ((published_at IS NULL) = (published_by_id IS NULL)))
    """,
    "CREATE INDEX activities_photo_activity ON activities_photo (activity_id, id)",
    "CREATE INDEX activities_photo_time ON activities_photo (community_id, uploaded_at)",
    """
    CREATE TABLE activities_photo_person (
      photo_id BIGINT NOT NULL REFERENCES activities_photo (id), person_id BIGINT NOT NULL,
      community_id BIGINT NOT NULL, PRIMARY KEY (photo_id, person_id))
    """,
    "CREATE INDEX activities_photo_person_of ON activities_photo_person (community_id, person_id, photo_id)",
    """
    CREATE TABLE activities_calendar (
      community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, token_digest BYTEA NOT NULL UNIQUE,
      created_at BIGINT NOT NULL, PRIMARY KEY (community_id, person_id))
    """,
  ], appendOnly: ["activities_minutes"])
