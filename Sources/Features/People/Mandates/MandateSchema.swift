import Database

/// The tables of mandates, spoken codes and consent.
let mandateMigration = Migration(
  "people", 2, "mandates, spoken codes, notices, consents",
  [
    """
    CREATE TABLE people_mandate (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, principal_id BIGINT NOT NULL,
      helper_id BIGINT NOT NULL, valid_from BIGINT NOT NULL, CHECK (principal_id <> helper_id))
    """,
    "CREATE INDEX people_mandate_principal ON people_mandate (community_id, principal_id, id)",
    "CREATE INDEX people_mandate_helper ON people_mandate (community_id, helper_id, id)",
    """
    CREATE TABLE people_mandate_revision (
      mandate_id BIGINT NOT NULL, sequence BIGINT NOT NULL CHECK (sequence > 0), community_id BIGINT NOT NULL,
      asked_at BIGINT NOT NULL, effective_at BIGINT NOT NULL CHECK (effective_at >= asked_at),
      asked_by_id BIGINT NOT NULL, asked_by_role TEXT NOT NULL, evidence_kind TEXT NOT NULL,
      witness_id BIGINT, place TEXT, matters TEXT, merchants TEXT, per_order BIGINT, per_day BIGINT,
      per_month BIGINT, pay_ways TEXT, expires_at BIGINT, confirmations TEXT, family_key_id BIGINT,
      alert_person_id BIGINT, statement_copy_id BIGINT, PRIMARY KEY (mandate_id, sequence))
    """,
    """
    CREATE INDEX people_mandate_revision_family_key ON people_mandate_revision (community_id, family_key_id)
      WHERE family_key_id IS NOT NULL
    """,
    """
    CREATE TABLE people_mandate_picture (
      mandate_id BIGINT NOT NULL, sequence BIGINT NOT NULL, id BIGINT NOT NULL, community_id BIGINT NOT NULL,
      picture BYTEA NOT NULL, PRIMARY KEY (mandate_id, sequence))
    """,
    """
    CREATE TABLE people_mandate_end (
      mandate_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, ended_at BIGINT NOT NULL,
      ended_by_id BIGINT NOT NULL, ended_by_role TEXT NOT NULL)
    """,
    """
    CREATE TABLE people_spoken_sheet (
      community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, generation BIGINT NOT NULL CHECK (generation > 0),
      printed_by_id BIGINT NOT NULL, printed_at BIGINT NOT NULL,
      PRIMARY KEY (community_id, person_id, generation))
    """,
    """
    CREATE TABLE people_spoken_code_use (
      community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, generation BIGINT NOT NULL,
      number BIGINT NOT NULL CHECK (number BETWEEN 1 AND 20), used_by_id BIGINT NOT NULL,
      used_at BIGINT NOT NULL, PRIMARY KEY (community_id, person_id, generation, number))
    """,
    """
    CREATE TABLE people_notice (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, code TEXT NOT NULL, version BIGINT NOT NULL,
      separate_for TEXT NOT NULL, title_zh TEXT NOT NULL, title_en TEXT NOT NULL, body_zh TEXT NOT NULL,
      body_en TEXT NOT NULL, spoken_zh TEXT NOT NULL, spoken_en TEXT NOT NULL, purposes TEXT NOT NULL,
      categories TEXT NOT NULL, recipients TEXT NOT NULL, retention_zh TEXT NOT NULL,
      retention_en TEXT NOT NULL, contact_zh TEXT NOT NULL, contact_en TEXT NOT NULL,
      withdrawal_zh TEXT NOT NULL, withdrawal_en TEXT NOT NULL, digest BYTEA NOT NULL,
      created_at BIGINT NOT NULL, UNIQUE (community_id, code, version))
    """,
    """
    CREATE TABLE people_consent (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, subject_id BIGINT NOT NULL, notice_id BIGINT NOT NULL,
      notice_digest BYTEA NOT NULL, purposes TEXT NOT NULL, categories TEXT NOT NULL, recipients TEXT NOT NULL,
      recipient_id BIGINT, given_by TEXT NOT NULL, giver_id BIGINT NOT NULL, method TEXT NOT NULL,
      witness_id BIGINT, place TEXT, expires_at BIGINT NOT NULL, asked_at BIGINT NOT NULL,
      asked_by_id BIGINT NOT NULL, asked_by_role TEXT NOT NULL, CHECK (expires_at > asked_at))
    """,
    "CREATE INDEX people_consent_subject ON people_consent (community_id, subject_id, id)",
    """
    CREATE TABLE people_consent_event (
      consent_id BIGINT NOT NULL, sequence BIGINT NOT NULL CHECK (sequence > 0), community_id BIGINT NOT NULL,
      kind TEXT NOT NULL, happened_at BIGINT NOT NULL, actor_id BIGINT NOT NULL, actor_role TEXT NOT NULL,
      PRIMARY KEY (consent_id, sequence))
    """,
    """
    CREATE TABLE people_consent_picture (
      consent_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, picture BYTEA NOT NULL)
    """,
  ],
  appendOnly: [
    "people_mandate", "people_mandate_revision", "people_mandate_picture", "people_mandate_end",
    "people_spoken_sheet", "people_spoken_code_use", "people_notice", "people_consent",
    "people_consent_event", "people_consent_picture",
  ])
