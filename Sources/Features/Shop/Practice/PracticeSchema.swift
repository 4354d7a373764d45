import Database

/// Practice shops, their learners under a code alone, and what each managed.
let practiceMigration = Migration(
  "shop", 11, "practice shops, learners, steps",
  [
    """
    CREATE TABLE shop_practice (
      community_id BIGINT PRIMARY KEY, live_community_id BIGINT NOT NULL, leader_id BIGINT NOT NULL,
      made_at BIGINT NOT NULL)
    """,
    "CREATE UNIQUE INDEX shop_practice_live ON shop_practice (live_community_id)",
    """
    CREATE TABLE shop_practice_learner (
      community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, code TEXT NOT NULL,
      handed_out_by_id BIGINT NOT NULL, handed_out_at BIGINT NOT NULL, forget_at BIGINT NOT NULL,
      PRIMARY KEY (community_id, person_id), UNIQUE (community_id, code))
    """,
    """
    CREATE TABLE shop_practice_step (
      community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, step TEXT NOT NULL, level TEXT NOT NULL,
      noted_by_id BIGINT, noted_at BIGINT NOT NULL, seen_at BIGINT, PRIMARY KEY (community_id, person_id, step))
    """,
  ])
