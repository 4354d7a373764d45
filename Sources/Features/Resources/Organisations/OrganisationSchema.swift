import Database

/// The support network: who belongs to it, who acts for whom, what was promised and kept, and what is done for people.
let organisationMigration = Migration(
  "resources", 1, "organisations",
  [
    """
    CREATE TABLE resources_organisation (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, kind TEXT NOT NULL, name_zh TEXT NOT NULL,
      name_en TEXT NOT NULL, description_zh TEXT NOT NULL, description_en TEXT NOT NULL, phone TEXT NOT NULL,
      website TEXT NOT NULL, merchant_id BIGINT, visibility TEXT NOT NULL, verified_at BIGINT,
      verified_by_id BIGINT, verified_by_role TEXT, expires_at BIGINT, closed_at BIGINT, closed_by_id BIGINT,
      closed_by_role TEXT, revision BIGINT NOT NULL CHECK (revision >= 0), created_at BIGINT NOT NULL,
      created_by_id BIGINT NOT NULL, created_by_role TEXT NOT NULL, changed_at BIGINT NOT NULL,
      CHECK (kind IN ('community', 'residents_group', 'government', 'chamber', 'association', 'volunteers',
        'enterprise')),
      CHECK (visibility IN ('station', 'residents', 'public')), CHECK (expires_at > verified_at),
      CHECK ((verified_at IS NULL) = (expires_at IS NULL)),
      CHECK ((verified_at IS NULL) = (verified_by_id IS NULL)),
      CHECK ((verified_at IS NULL) = (verified_by_role IS NULL)),
      CHECK ((closed_at IS NULL) = (closed_by_id IS NULL)),
      CHECK ((closed_at IS NULL) = (closed_by_role IS NULL)))
    """,
    "CREATE INDEX resources_organisation_list ON resources_organisation (community_id, id)",
    "CREATE INDEX resources_organisation_kind ON resources_organisation (community_id, kind, id)",
    """
    CREATE TABLE resources_representative (
      organisation_id BIGINT NOT NULL REFERENCES resources_organisation (id), person_id BIGINT NOT NULL,
      community_id BIGINT NOT NULL, added_at BIGINT NOT NULL, added_by_id BIGINT NOT NULL,
      added_by_role TEXT NOT NULL, PRIMARY KEY (organisation_id, person_id))
    """,
    """
    CREATE INDEX resources_representative_person
      ON resources_representative (community_id, person_id, organisation_id)
    """,
    """
    CREATE TABLE resources_promise (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL,
      organisation_id BIGINT NOT NULL REFERENCES resources_organisation (id), category TEXT NOT NULL,
      text TEXT NOT NULL, quantity TEXT NOT NULL, until_at BIGINT, made_at BIGINT NOT NULL,
      made_by_id BIGINT NOT NULL, made_by_role TEXT NOT NULL,
      CHECK (category IN ('place', 'storage', 'transport', 'market_information', 'raw_materials', 'money',
        'hands')))
    """,
    "CREATE INDEX resources_promise_of ON resources_promise (organisation_id, id)",
    """
    CREATE TABLE resources_promise_keeping (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL,
      promise_id BIGINT NOT NULL REFERENCES resources_promise (id), outcome TEXT NOT NULL,
      happened_at BIGINT NOT NULL, note TEXT NOT NULL, recorded_at BIGINT NOT NULL,
      recorded_by_id BIGINT NOT NULL, recorded_by_role TEXT NOT NULL,
      CHECK (outcome IN ('kept', 'partly', 'not_kept')))
    """,
    "CREATE INDEX resources_promise_keeping_of ON resources_promise_keeping (promise_id, happened_at, id)",
    """
    CREATE TABLE resources_service (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL,
      organisation_id BIGINT NOT NULL REFERENCES resources_organisation (id), name_zh TEXT NOT NULL,
      name_en TEXT NOT NULL, description_zh TEXT NOT NULL, description_en TEXT NOT NULL, status TEXT NOT NULL,
      fees TEXT NOT NULL, eligibility TEXT NOT NULL, minimum_age BIGINT, maximum_age BIGINT,
      languages TEXT NOT NULL, opening TEXT NOT NULL, revision BIGINT NOT NULL CHECK (revision >= 0),
      created_at BIGINT NOT NULL, created_by_id BIGINT NOT NULL, created_by_role TEXT NOT NULL,
      changed_at BIGINT NOT NULL,
      CHECK (status IN ('active', 'inactive', 'defunct', 'temporarily closed')),
      CHECK (minimum_age >= 0), CHECK (maximum_age >= 0), CHECK (minimum_age <= maximum_age))
    """,
    "CREATE INDEX resources_service_of ON resources_service (organisation_id, id)",
    "CREATE INDEX resources_service_list ON resources_service (community_id, id)",
    // Places may be kept apart from services, so that there is no reference: a place that is gone is left out.
    """
    CREATE TABLE resources_service_place (
      service_id BIGINT NOT NULL REFERENCES resources_service (id), place_id BIGINT NOT NULL,
      community_id BIGINT NOT NULL, PRIMARY KEY (service_id, place_id))
    """,
    "CREATE INDEX resources_service_place_list ON resources_service_place (community_id, service_id)",
  ], appendOnly: ["resources_promise_keeping"])
