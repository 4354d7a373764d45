import Database

/// Who has goods brought home, the rounds that bring them, and how the carriers found those who asked to be looked after.
let roundMigration = Migration(
  "shop", 8, "delivery rounds",
  [
    // The door is the household's own and stands with People alone: no column here could hold another one.
    """
    CREATE TABLE shop_delivery_wish (
      community_id BIGINT NOT NULL, household_id BIGINT NOT NULL, mode TEXT NOT NULL, time_window TEXT NOT NULL,
      note BYTEA, may_leave_at_door BIGINT NOT NULL, set_by_id BIGINT NOT NULL, set_at BIGINT NOT NULL,
      PRIMARY KEY (community_id, household_id))
    """,
    """
    CREATE TABLE shop_delivery_neighbour (
      community_id BIGINT NOT NULL, household_id BIGINT NOT NULL, neighbour_household_id BIGINT NOT NULL,
      asked_by_id BIGINT NOT NULL, asked_at BIGINT NOT NULL, neighbour_id BIGINT, agreed_at BIGINT,
      CHECK ((neighbour_id IS NULL) = (agreed_at IS NULL)), CHECK (neighbour_household_id <> household_id),
      PRIMARY KEY (community_id, household_id))
    """,
    """
    CREATE INDEX shop_delivery_neighbour_asked
      ON shop_delivery_neighbour (community_id, neighbour_household_id, household_id)
    """,
    """
    CREATE TABLE shop_delivery_order (
      order_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, household_id BIGINT NOT NULL,
      is_wished BIGINT NOT NULL, set_by_id BIGINT NOT NULL, set_at BIGINT NOT NULL)
    """,
    """
    CREATE TABLE shop_delivery_offer (
      campaign_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, bags BIGINT NOT NULL CHECK (bags >= 0),
      set_by_id BIGINT NOT NULL, set_at BIGINT NOT NULL)
    """,
    """
    CREATE TABLE shop_round (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, campaign_id BIGINT NOT NULL, number BIGINT NOT NULL,
      courier_id BIGINT, state TEXT NOT NULL, made_by_id BIGINT NOT NULL, made_at BIGINT NOT NULL,
      started_at BIGINT, ended_at BIGINT, ended_by_id BIGINT, UNIQUE (campaign_id, number),
      CHECK (state = 'prepared' OR started_at IS NOT NULL OR ended_at IS NOT NULL),
      CHECK (state <> 'under_way' OR courier_id IS NOT NULL), CHECK ((state = 'ended') = (ended_at IS NOT NULL)))
    """,
    "CREATE INDEX shop_round_courier ON shop_round (community_id, courier_id, id)",
    """
    CREATE TABLE shop_round_stop (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, round_id BIGINT NOT NULL, household_id BIGINT NOT NULL,
      person_id BIGINT NOT NULL, position BIGINT NOT NULL, bags BIGINT NOT NULL CHECK (bags BETWEEN 1 AND 99),
      time_window TEXT NOT NULL, may_leave_at_door BIGINT NOT NULL, neighbour_id BIGINT,
      neighbour_household_id BIGINT, UNIQUE (round_id, household_id))
    """,
    // An order is in the bag of one carrier at a time.
    """
    CREATE TABLE shop_round_order (
      round_id BIGINT NOT NULL, order_id BIGINT NOT NULL, community_id BIGINT NOT NULL, stop_id BIGINT NOT NULL,
      is_open BIGINT NOT NULL, pieces BIGINT NOT NULL CHECK (pieces >= 0), PRIMARY KEY (round_id, order_id))
    """,
    "CREATE UNIQUE INDEX shop_round_order_open ON shop_round_order (order_id) WHERE is_open = 1",
    """
    CREATE TABLE shop_stop_outcome (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, round_id BIGINT NOT NULL, stop_id BIGINT NOT NULL,
      client_key TEXT NOT NULL, kind TEXT NOT NULL, effect TEXT NOT NULL, reported_by_id BIGINT NOT NULL,
      happened_at BIGINT NOT NULL, recorded_at BIGINT NOT NULL, cash BIGINT NOT NULL CHECK (cash >= 0),
      cash_booked BIGINT NOT NULL CHECK (cash_booked >= 0 AND cash_booked <= cash))
    """,
    "CREATE UNIQUE INDEX shop_stop_outcome_key ON shop_stop_outcome (community_id, reported_by_id, client_key)",
    "CREATE INDEX shop_stop_outcome_round ON shop_stop_outcome (round_id, id)",
    """
    CREATE TABLE shop_wellbeing_contact (
      community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, kind TEXT NOT NULL, contact_id BIGINT NOT NULL,
      set_by_id BIGINT NOT NULL, set_at BIGINT NOT NULL, PRIMARY KEY (community_id, person_id, kind))
    """,
    """
    CREATE TABLE shop_wellbeing_tap (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, round_id BIGINT NOT NULL, stop_id BIGINT NOT NULL,
      person_id BIGINT NOT NULL, client_key TEXT NOT NULL, finding TEXT NOT NULL, note BYTEA,
      tapped_by_id BIGINT NOT NULL, tapped_at BIGINT NOT NULL, recorded_at BIGINT NOT NULL)
    """,
    "CREATE UNIQUE INDEX shop_wellbeing_tap_key ON shop_wellbeing_tap (community_id, tapped_by_id, client_key)",
    "CREATE INDEX shop_wellbeing_tap_person ON shop_wellbeing_tap (community_id, person_id, id)",
    """
    CREATE TABLE shop_wellbeing_concern (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, cause TEXT NOT NULL,
      step TEXT NOT NULL, state TEXT NOT NULL, opened_at BIGINT NOT NULL, due_at BIGINT,
      reminders BIGINT NOT NULL, carer_id BIGINT, closed_by_id BIGINT, closed_at BIGINT,
      CHECK ((state = 'closed') = (closed_at IS NOT NULL)), CHECK (state <> 'looked_after' OR carer_id IS NOT NULL))
    """,
    """
    CREATE UNIQUE INDEX shop_wellbeing_concern_open ON shop_wellbeing_concern (community_id, person_id)
      WHERE state <> 'closed'
    """,
    """
    CREATE TABLE shop_wellbeing_told (
      concern_id BIGINT NOT NULL, person_id BIGINT NOT NULL, community_id BIGINT NOT NULL, step TEXT NOT NULL,
      told_at BIGINT NOT NULL, PRIMARY KEY (concern_id, person_id))
    """,
    "CREATE INDEX shop_wellbeing_told_person ON shop_wellbeing_told (community_id, person_id, concern_id)",
  ],
  appendOnly: ["shop_stop_outcome"])
