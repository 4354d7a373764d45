import Database

/// Campaigns of door visits: what they are about, whose doors are on the list, and what came of each attempt. Answers and
/// notes lie in the sealed texts; here stand identifiers, codes, times, and the words that are said at every door alike.
let visitMigration = Migration(
  "care", 3, "door visits",
  [
    """
    CREATE TABLE care_visit_campaign (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, created_at BIGINT NOT NULL,
      created_by_id BIGINT NOT NULL, created_by_role TEXT NOT NULL)
    """,
    """
    CREATE TABLE care_visit_terms (
      campaign_id BIGINT NOT NULL, version BIGINT NOT NULL CHECK (version > 0), community_id BIGINT NOT NULL,
      purpose TEXT NOT NULL, title TEXT NOT NULL, task TEXT NOT NULL, phrase TEXT NOT NULL,
      questions TEXT NOT NULL, starts_at BIGINT NOT NULL, ends_at BIGINT NOT NULL, runner_id BIGINT NOT NULL,
      supervisor_id BIGINT NOT NULL, written_at BIGINT NOT NULL, CHECK (starts_at < ends_at),
      PRIMARY KEY (campaign_id, version))
    """,
    """
    CREATE TABLE care_visit_event (
      campaign_id BIGINT NOT NULL, sequence BIGINT NOT NULL CHECK (sequence > 0), community_id BIGINT NOT NULL,
      kind TEXT NOT NULL, version BIGINT, happened_at BIGINT NOT NULL, actor_id BIGINT NOT NULL,
      actor_role TEXT NOT NULL, CHECK ((kind = 'written') = (version IS NOT NULL)),
      PRIMARY KEY (campaign_id, sequence))
    """,
    """
    CREATE TABLE care_visit_standing (
      campaign_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, state TEXT NOT NULL, version BIGINT NOT NULL,
      runner_id BIGINT NOT NULL, supervisor_id BIGINT NOT NULL, starts_at BIGINT NOT NULL,
      ends_at BIGINT NOT NULL, events BIGINT NOT NULL)
    """,
    "CREATE INDEX care_visit_standing_runner ON care_visit_standing (community_id, runner_id, campaign_id)",
    """
    CREATE INDEX care_visit_standing_supervisor
      ON care_visit_standing (community_id, supervisor_id, campaign_id)
    """,
    """
    CREATE TABLE care_visit_visitor (
      campaign_id BIGINT NOT NULL, person_id BIGINT NOT NULL, community_id BIGINT NOT NULL,
      asked_at BIGINT NOT NULL, asked_by_id BIGINT NOT NULL, PRIMARY KEY (campaign_id, person_id))
    """,
    // A household stands on a list once, however often it was taken off and put back.
    """
    CREATE TABLE care_visit_door (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, campaign_id BIGINT NOT NULL,
      household_id BIGINT NOT NULL, source TEXT NOT NULL, visitor_id BIGINT, is_listed BIGINT NOT NULL,
      events BIGINT NOT NULL, CHECK (is_listed = 1 OR visitor_id IS NULL), UNIQUE (campaign_id, household_id))
    """,
    "CREATE INDEX care_visit_door_visitor ON care_visit_door (community_id, visitor_id, campaign_id)",
    """
    CREATE TABLE care_visit_door_event (
      door_id BIGINT NOT NULL, sequence BIGINT NOT NULL CHECK (sequence > 0), community_id BIGINT NOT NULL,
      kind TEXT NOT NULL, source TEXT, removal TEXT, visitor_id BIGINT, happened_at BIGINT NOT NULL,
      actor_id BIGINT NOT NULL, actor_role TEXT NOT NULL, PRIMARY KEY (door_id, sequence))
    """,
    """
    CREATE TABLE care_visit_outcome (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, campaign_id BIGINT NOT NULL, door_id BIGINT NOT NULL,
      client_key TEXT NOT NULL, kind TEXT NOT NULL, come_again_at BIGINT, version BIGINT NOT NULL,
      text_id BIGINT, visitor_id BIGINT NOT NULL, visitor_role TEXT NOT NULL, happened_at BIGINT NOT NULL,
      recorded_at BIGINT NOT NULL, is_late BIGINT NOT NULL, CHECK (happened_at <= recorded_at),
      CHECK ((kind = 'come_again') = (come_again_at IS NOT NULL)))
    """,
    "CREATE UNIQUE INDEX care_visit_outcome_key ON care_visit_outcome (community_id, visitor_id, client_key)",
    "CREATE INDEX care_visit_outcome_campaign ON care_visit_outcome (campaign_id, id)",
    "CREATE INDEX care_visit_outcome_door ON care_visit_outcome (door_id, id)",
  ],
  appendOnly: [
    "care_visit_campaign", "care_visit_terms", "care_visit_event", "care_visit_visitor",
    "care_visit_door_event", "care_visit_outcome",
  ])
