import Database

/// Figures of the community's months, as they were when the month was over.
let dashboardMigration = Migration(
  "resources", 7, "dashboard",
  [
    // Counts alone. A month is frozen once for each version of its meaning.
    """
    CREATE TABLE resources_indicator_value (
      community_id BIGINT NOT NULL, code TEXT NOT NULL, month TEXT NOT NULL CHECK (length(month) = 7),
      version BIGINT NOT NULL CHECK (version >= 1), numerator BIGINT NOT NULL CHECK (numerator >= 0),
      denominator BIGINT, people BIGINT NOT NULL CHECK (people >= 0),
      other_people BIGINT CHECK (other_people >= 0), is_dominated BIGINT NOT NULL,
      frozen_at BIGINT NOT NULL, PRIMARY KEY (community_id, code, month, version),
      CHECK (denominator IS NULL OR denominator >= numerator),
      CHECK ((denominator IS NULL) = (other_people IS NULL)))
    """,
    "CREATE INDEX resources_indicator_month ON resources_indicator_value (community_id, month)",
  ], appendOnly: ["resources_indicator_value"])
