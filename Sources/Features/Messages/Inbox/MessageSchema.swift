import Database

/// The tables of messages. A message's text is for its recipient; what is encrypted is how an outside service knows them.
let messagesMigration = Migration(
  "messages", 1, "messages, preferences, deliveries, WeChat accounts",
  [
    """
    CREATE TABLE messages_message (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, recipient_id BIGINT NOT NULL, kind TEXT NOT NULL,
      subject_id BIGINT NOT NULL, occasion TEXT NOT NULL, text_zh TEXT NOT NULL, text_en TEXT NOT NULL, path TEXT,
      sent_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, read_at BIGINT,
      UNIQUE (community_id, recipient_id, kind, subject_id, occasion))
    """,
    "CREATE INDEX messages_message_inbox ON messages_message (community_id, recipient_id, sent_at, id)",
    // What is a year old is forgotten, the oldest first.
    "CREATE INDEX messages_message_sent ON messages_message (community_id, sent_at, id)",
    """
    CREATE INDEX messages_message_unread ON messages_message (community_id, recipient_id) WHERE read_at IS NULL
    """,
    """
    CREATE TABLE messages_preference (
      community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, ways TEXT NOT NULL, language TEXT,
      quiet_from BIGINT NOT NULL CHECK (quiet_from BETWEEN 0 AND 1439),
      quiet_until BIGINT NOT NULL CHECK (quiet_until BETWEEN 0 AND 1439),
      urgent_at_night BIGINT NOT NULL, changed_at BIGINT NOT NULL, changed_by_id BIGINT NOT NULL,
      PRIMARY KEY (community_id, person_id))
    """,
    """
    CREATE TABLE messages_wechat (
      community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, open_id BYTEA NOT NULL, bound_at BIGINT NOT NULL,
      PRIMARY KEY (community_id, person_id))
    """,
    """
    CREATE TABLE messages_delivery (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, message_id BIGINT NOT NULL REFERENCES messages_message (id),
      recipient_id BIGINT NOT NULL, way TEXT NOT NULL, position BIGINT NOT NULL CHECK (position >= 1),
      state TEXT NOT NULL, due_at BIGINT, turn BIGINT NOT NULL DEFAULT 0, attempts BIGINT NOT NULL DEFAULT 0,
      receipt TEXT, reason TEXT, taken_by_id BIGINT, created_at BIGINT NOT NULL, first_tried_at BIGINT, sent_at BIGINT,
      ended_at BIGINT, UNIQUE (message_id, position), UNIQUE (message_id, way),
      CHECK ((state IN ('delivered', 'failed', 'given_up')) = (ended_at IS NOT NULL)),
      CHECK (state <> 'queued' OR due_at IS NOT NULL), CHECK (state <> 'sending' OR due_at IS NOT NULL),
      CHECK (ended_at IS NULL OR due_at IS NULL))
    """,
    """
    CREATE INDEX messages_delivery_due ON messages_delivery (due_at)
    WHERE due_at IS NOT NULL AND way IN ('sms', 'wechat')
    """,
    """
    CREATE INDEX messages_delivery_waiting ON messages_delivery (community_id, way, due_at)
    WHERE state = 'queued' AND way IN ('call', 'slip')
    """,
    "CREATE INDEX messages_delivery_created ON messages_delivery (community_id, created_at)",
    "CREATE INDEX messages_delivery_receipt ON messages_delivery (way, receipt) WHERE receipt IS NOT NULL",
  ])
