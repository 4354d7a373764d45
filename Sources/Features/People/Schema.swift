package import Database

/// The tables of People, newest step last.
package let peopleMigrations: [Migration] = [
  Migration(
    "people", 1, "communities, households, persons, accounts, sessions, cards, roles, invitations",
    [
      """
      CREATE TABLE people_data_key (
        scope TEXT NOT NULL, id BIGINT NOT NULL, community_id BIGINT NOT NULL, wrapped BYTEA NOT NULL,
        active_from BIGINT NOT NULL, PRIMARY KEY (scope, id))
      """,
      """
      CREATE TABLE people_community (
        id BIGINT PRIMARY KEY, name_zh TEXT NOT NULL, name_en TEXT NOT NULL, phone TEXT NOT NULL,
        offset_seconds BIGINT NOT NULL, is_practice BIGINT NOT NULL, created_at BIGINT NOT NULL)
      """,
      """
      CREATE TABLE people_community_host (
        host TEXT NOT NULL, community_id BIGINT NOT NULL, PRIMARY KEY (host))
      """,
      """
      CREATE TABLE people_household (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, building TEXT NOT NULL, door BYTEA NOT NULL,
        door_index BYTEA NOT NULL, floor BIGINT, has_lift BIGINT, created_at BIGINT NOT NULL,
        UNIQUE (community_id, door_index))
      """,
      "CREATE INDEX people_household_building ON people_household (community_id, building, id)",
      """
      CREATE TABLE people_person (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, household_id BIGINT, display_name TEXT NOT NULL,
        phone BYTEA, phone_index BYTEA, phone_last_four_index BYTEA, language TEXT, elder_view BIGINT,
        created_at BIGINT NOT NULL, disabled_at BIGINT, UNIQUE (community_id, phone_index))
      """,
      "CREATE INDEX people_person_household ON people_person (community_id, household_id)",
      """
      CREATE TABLE people_account (
        person_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, password_hash TEXT NOT NULL,
        second_factor BYTEA, second_factor_step BIGINT, second_factor_candidate BYTEA,
        created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL)
      """,
      "CREATE INDEX people_account_community ON people_account (community_id, person_id)",
      """
      CREATE TABLE people_throttle (
        community_id BIGINT NOT NULL, bucket BYTEA NOT NULL, failures BIGINT NOT NULL,
        not_before BIGINT NOT NULL, changed_at BIGINT NOT NULL, PRIMARY KEY (community_id, bucket))
      """,
      """
      CREATE TABLE people_session (
        hash BYTEA NOT NULL, community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, level TEXT NOT NULL,
        user_agent_hash BYTEA NOT NULL, created_at BIGINT NOT NULL, last_seen_at BIGINT NOT NULL,
        PRIMARY KEY (hash))
      """,
      "CREATE INDEX people_session_person ON people_session (community_id, person_id, created_at)",
      """
      CREATE TABLE people_membership_request (
        person_id BIGINT NOT NULL, community_id BIGINT NOT NULL, building TEXT NOT NULL, door BYTEA NOT NULL,
        door_index BYTEA NOT NULL, requested_at BIGINT NOT NULL, PRIMARY KEY (community_id, person_id))
      """,
      """
      CREATE TABLE people_household_card (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, household_id BIGINT NOT NULL,
        person_id BIGINT NOT NULL, number TEXT NOT NULL, token_code BYTEA NOT NULL, pin_hash TEXT NOT NULL,
        issued_by_id BIGINT NOT NULL, issued_at BIGINT NOT NULL, revoked_by_id BIGINT, revoked_at BIGINT,
        UNIQUE (community_id, number), UNIQUE (community_id, token_code))
      """,
      """
      CREATE UNIQUE INDEX people_household_card_active ON people_household_card (community_id, person_id)
        WHERE revoked_at IS NULL
      """,
      """
      CREATE TABLE people_role (
        community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, role TEXT NOT NULL,
        granted_by_id BIGINT NOT NULL, granted_at BIGINT NOT NULL,
        PRIMARY KEY (community_id, person_id, role))
      """,
      "CREATE INDEX people_role_name ON people_role (community_id, role, person_id)",
      """
      CREATE TABLE people_invitation (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, code BYTEA NOT NULL, household_id BIGINT,
        roles TEXT NOT NULL, created_by_id BIGINT NOT NULL, created_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL, used_by_id BIGINT, used_at BIGINT, revoked_at BIGINT,
        UNIQUE (community_id, code))
      """,
      "CREATE INDEX people_invitation_created ON people_invitation (community_id, created_at)",
    ],
    searchIndexes: [.people]),
  mandateMigration,
  confidentialConsentMigration,
  dataRightsMigration,
]

extension SearchIndex {
  /// The names of persons, for the people desk.
  static let people = SearchIndex("people_person_search")
}
