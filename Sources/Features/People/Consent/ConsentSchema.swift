import Database

/// What consent needed beyond its first tables, which came with the mandates.
let confidentialConsentMigration = Migration(
  "people", 3, "consents for one matter alone",
  ["ALTER TABLE people_consent ADD COLUMN matter_id BIGINT"])
