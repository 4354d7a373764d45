package import Database

/// The library: policies, what is written at them, versions that never change, who read them, and who is told of them.
package let policyLibraryMigration = Migration(
  "policy", 1, "policy library",
  [
    // What is known of all versions together; `newest` and what follows it repeat the newest one, for lists.
    """
    CREATE TABLE policy_policy (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, state TEXT NOT NULL, created_at BIGINT NOT NULL,
      created_by_id BIGINT NOT NULL, created_by_role TEXT NOT NULL, newest BIGINT CHECK (newest > 0),
      level TEXT, field TEXT, replaces_id BIGINT, changed_at BIGINT, retired_at BIGINT, retired_by_id BIGINT,
      retired_by_role TEXT, retire_reason TEXT, CHECK (state IN ('draft', 'published', 'retired')),
      CHECK ((state = 'draft') = (newest IS NULL)), CHECK ((newest IS NULL) = (level IS NULL)),
      CHECK ((newest IS NULL) = (field IS NULL)), CHECK ((newest IS NULL) = (changed_at IS NULL)),
      CHECK ((state = 'retired') = (retired_at IS NOT NULL)),
      CHECK ((retired_at IS NULL) = (retired_by_id IS NULL)),
      CHECK ((retired_at IS NULL) = (retire_reason IS NULL)),
      CHECK (replaces_id IS NULL OR replaces_id <> id))
    """,
    "CREATE INDEX policy_policy_all ON policy_policy (community_id, id)",
    "CREATE INDEX policy_policy_listed ON policy_policy (community_id, id) WHERE state = 'published'",
    "CREATE INDEX policy_policy_field ON policy_policy (community_id, field, id) WHERE state = 'published'",
    "CREATE INDEX policy_policy_level ON policy_policy (community_id, level, id) WHERE state = 'published'",
    """
    CREATE INDEX policy_policy_changed ON policy_policy (community_id, changed_at, id)
      WHERE state = 'published'
    """,
    "CREATE INDEX policy_policy_replaces ON policy_policy (community_id, replaces_id)",
    """
    CREATE TABLE policy_draft (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL,
      policy_id BIGINT NOT NULL REFERENCES policy_policy (id), revision BIGINT NOT NULL CHECK (revision > 0),
      state TEXT NOT NULL, origin_kind TEXT, origin_id BIGINT, origin_zh TEXT, origin_en TEXT, origin_path TEXT,
      begun_at BIGINT NOT NULL, begun_by_id BIGINT NOT NULL, begun_by_role TEXT NOT NULL, ended_at BIGINT,
      CHECK (state IN ('open', 'published', 'dropped')), CHECK ((state = 'open') = (ended_at IS NULL)),
      CHECK ((origin_kind IS NULL) = (origin_id IS NULL)), CHECK ((origin_kind IS NULL) = (origin_zh IS NULL)),
      CHECK ((origin_kind IS NULL) = (origin_en IS NULL)))
    """,
    // One draft of a policy is written at a time.
    "CREATE UNIQUE INDEX policy_draft_open ON policy_draft (policy_id) WHERE ended_at IS NULL",
    "CREATE INDEX policy_draft_community ON policy_draft (community_id, policy_id)",
    // What was kept each time, so that what is published is exactly what was read before.
    """
    CREATE TABLE policy_text (
      draft_id BIGINT NOT NULL REFERENCES policy_draft (id), revision BIGINT NOT NULL CHECK (revision > 0),
      community_id BIGINT NOT NULL, policy_id BIGINT NOT NULL, title TEXT NOT NULL, title_en TEXT NOT NULL,
      issuer TEXT NOT NULL, document_number TEXT NOT NULL, level TEXT NOT NULL, field TEXT NOT NULL,
      area TEXT NOT NULL, issued_day BIGINT NOT NULL, effective_day BIGINT NOT NULL, expires_day BIGINT,
      source TEXT NOT NULL, file_digest BYTEA CHECK (length(file_digest) = 32), replaces_id BIGINT,
      summary TEXT NOT NULL, summary_en TEXT NOT NULL, audience TEXT NOT NULL, steps TEXT NOT NULL,
      steps_en TEXT NOT NULL, documents TEXT NOT NULL, place TEXT NOT NULL, hours TEXT NOT NULL,
      phone TEXT NOT NULL, what_changed TEXT NOT NULL, written_at BIGINT NOT NULL,
      written_by_id BIGINT NOT NULL, written_by_role TEXT NOT NULL, PRIMARY KEY (draft_id, revision),
      CHECK (effective_day <= expires_day), CHECK (replaces_id IS NULL OR replaces_id <> policy_id),
      CHECK (level IN ('nation', 'province', 'city', 'district', 'street', 'neighbourhood')),
      CHECK (written_by_role IN ('social_worker', 'supervisor', 'committee')))
    """,
    "CREATE INDEX policy_text_writer ON policy_text (community_id, written_by_id)",
    """
    CREATE TABLE policy_benefit (
      draft_id BIGINT NOT NULL, revision BIGINT NOT NULL, position BIGINT NOT NULL CHECK (position > 0),
      community_id BIGINT NOT NULL, what TEXT NOT NULL, hundredths BIGINT CHECK (hundredths > 0), unit TEXT,
      period TEXT NOT NULL, PRIMARY KEY (draft_id, revision, position),
      FOREIGN KEY (draft_id, revision) REFERENCES policy_text (draft_id, revision),
      CHECK ((hundredths IS NULL) = (unit IS NULL)))
    """,
    """
    CREATE TABLE policy_version (
      policy_id BIGINT NOT NULL REFERENCES policy_policy (id), number BIGINT NOT NULL CHECK (number > 0),
      community_id BIGINT NOT NULL, draft_id BIGINT NOT NULL UNIQUE, revision BIGINT NOT NULL,
      effective_day BIGINT NOT NULL, expires_day BIGINT, published_at BIGINT NOT NULL,
      published_by_id BIGINT NOT NULL, published_by_role TEXT NOT NULL, PRIMARY KEY (policy_id, number),
      FOREIGN KEY (draft_id, revision) REFERENCES policy_text (draft_id, revision),
      CHECK (published_by_role IN ('supervisor', 'committee')))
    """,
    "CREATE INDEX policy_version_expires ON policy_version (community_id, expires_day)",
    // One for each person and version.
    """
    CREATE TABLE policy_receipt (
      policy_id BIGINT NOT NULL, version BIGINT NOT NULL, person_id BIGINT NOT NULL,
      community_id BIGINT NOT NULL, source TEXT NOT NULL, is_clear BIGINT NOT NULL,
      had_questions BIGINT NOT NULL, recorded_at BIGINT NOT NULL, recorded_by_id BIGINT,
      recorded_by_role TEXT, PRIMARY KEY (policy_id, version, person_id),
      FOREIGN KEY (policy_id, version) REFERENCES policy_version (policy_id, number),
      CHECK (source IN ('read', 'explained', 'read_aloud')),
      CHECK ((source = 'read') = (recorded_by_id IS NULL)), CHECK (recorded_by_id <> person_id),
      CHECK ((recorded_by_id IS NULL) = (recorded_by_role IS NULL)),
      CHECK (is_clear = 1 OR had_questions = 1))
    """,
    "CREATE INDEX policy_receipt_person ON policy_receipt (community_id, person_id)",
    "CREATE INDEX policy_receipt_policy ON policy_receipt (community_id, policy_id, person_id)",
    // Either one policy or all of a field.
    """
    CREATE TABLE policy_follow (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, policy_id BIGINT,
      field TEXT, followed_at BIGINT NOT NULL, CHECK ((policy_id IS NULL) <> (field IS NULL)))
    """,
    """
    CREATE UNIQUE INDEX policy_follow_policy ON policy_follow (community_id, policy_id, person_id)
      WHERE policy_id IS NOT NULL
    """,
    """
    CREATE UNIQUE INDEX policy_follow_field ON policy_follow (community_id, field, person_id)
      WHERE field IS NOT NULL
    """,
    "CREATE INDEX policy_follow_person ON policy_follow (community_id, person_id)",
    // Whom a version is told to, and how far the telling is.
    """
    CREATE TABLE policy_news (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, policy_id BIGINT NOT NULL, version BIGINT NOT NULL,
      audience TEXT NOT NULL, buildings TEXT NOT NULL, reason TEXT NOT NULL, asked_at BIGINT NOT NULL,
      asked_by_id BIGINT NOT NULL, asked_by_role TEXT NOT NULL, reached BIGINT NOT NULL, told BIGINT NOT NULL,
      finished_at BIGINT, FOREIGN KEY (policy_id, version) REFERENCES policy_version (policy_id, number),
      CHECK (audience IN ('followers', 'buildings', 'everyone')), CHECK (told >= 0),
      CHECK ((audience = 'buildings') = (buildings <> '')), CHECK ((audience = 'followers') = (reason = '')))
    """,
    """
    CREATE UNIQUE INDEX policy_news_once ON policy_news (policy_id, version, audience)
      WHERE audience <> 'buildings'
    """,
    "CREATE INDEX policy_news_policy ON policy_news (community_id, policy_id, id)",
  ],
  searchIndexes: [.policies], appendOnly: ["policy_text", "policy_benefit", "policy_version"])

extension SearchIndex {
  /// What published policies say, by the identifier of the policy.
  static let policies = SearchIndex("policy_policy_search")
}
