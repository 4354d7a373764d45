import Database

/// Prize quizzes: the question bank, what a quiz asks and gives, what was answered, the draw, and who got what.
///
/// Almost everything is only added: another wording of a question or of a draft is a new version, an answer is final, the
/// seed is revealed once, and a prize that nobody fetched is an ending followed by another award. What changes is where a
/// question and a quiz stand. Who took part and whom a winner sent stand apart, because they are forgotten.
let quizMigration = Migration(
  "activities", 2, "prize quizzes",
  [
    """
    CREATE TABLE activities_quiz_question (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, version BIGINT NOT NULL CHECK (version > 0),
      topic TEXT NOT NULL, retired_at BIGINT, retired_by_id BIGINT, retired_by_role TEXT,
      CHECK ((retired_at IS NULL) = (retired_by_id IS NULL)))
    """,
    "CREATE INDEX activities_quiz_question_bank ON activities_quiz_question (community_id, retired_at, topic, id)",
    """
    CREATE TABLE activities_quiz_question_text (
      question_id BIGINT NOT NULL REFERENCES activities_quiz_question (id),
      version BIGINT NOT NULL CHECK (version > 0), community_id BIGINT NOT NULL, wording TEXT NOT NULL,
      options TEXT NOT NULL, right_option BIGINT NOT NULL CHECK (right_option BETWEEN 0 AND 5),
      explanation TEXT NOT NULL, source TEXT NOT NULL, topic TEXT NOT NULL, written_at BIGINT NOT NULL,
      written_by_id BIGINT NOT NULL, written_by_role TEXT NOT NULL, PRIMARY KEY (question_id, version))
    """,
    // `numbers` counts those who take part in the draw: their numbers are 1 to that, without a gap.
    """
    CREATE TABLE activities_quiz (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, unit TEXT NOT NULL, state TEXT NOT NULL,
      version BIGINT NOT NULL CHECK (version > 0), closes_at BIGINT NOT NULL,
      entries BIGINT NOT NULL CHECK (entries >= 0), numbers BIGINT NOT NULL CHECK (numbers >= 0),
      created_at BIGINT NOT NULL, created_by_id BIGINT NOT NULL, created_by_role TEXT NOT NULL,
      CHECK (unit IN ('person', 'household')), CHECK (state IN ('draft', 'open', 'drawn')),
      CHECK (numbers <= entries), CHECK (state <> 'draft' OR entries = 0), UNIQUE (id, unit))
    """,
    "CREATE INDEX activities_quiz_time ON activities_quiz (community_id, closes_at, id)",
    """
    CREATE TABLE activities_quiz_terms (
      quiz_id BIGINT NOT NULL REFERENCES activities_quiz (id), version BIGINT NOT NULL CHECK (version > 0),
      community_id BIGINT NOT NULL, title TEXT NOT NULL, opens_at BIGINT NOT NULL, closes_at BIGINT NOT NULL,
      threshold BIGINT NOT NULL CHECK (threshold > 0), collect_place TEXT NOT NULL,
      collect_days BIGINT NOT NULL CHECK (collect_days > 0),
      activity_id BIGINT REFERENCES activities_activity (id), written_at BIGINT NOT NULL,
      written_by_id BIGINT NOT NULL, written_by_role TEXT NOT NULL, CHECK (opens_at < closes_at),
      PRIMARY KEY (quiz_id, version))
    """,
    """
    CREATE TABLE activities_quiz_item (
      quiz_id BIGINT NOT NULL, version BIGINT NOT NULL, position BIGINT NOT NULL CHECK (position > 0),
      community_id BIGINT NOT NULL, question_id BIGINT NOT NULL, question_version BIGINT NOT NULL,
      PRIMARY KEY (quiz_id, version, position), UNIQUE (quiz_id, version, question_id),
      FOREIGN KEY (quiz_id, version) REFERENCES activities_quiz_terms (quiz_id, version),
      FOREIGN KEY (question_id, question_version)
        REFERENCES activities_quiz_question_text (question_id, version))
    """,
    """
    CREATE TABLE activities_quiz_prize (
      quiz_id BIGINT NOT NULL, version BIGINT NOT NULL, position BIGINT NOT NULL CHECK (position > 0),
      community_id BIGINT NOT NULL, name TEXT NOT NULL, pieces BIGINT NOT NULL CHECK (pieces > 0),
      PRIMARY KEY (quiz_id, version, position),
      FOREIGN KEY (quiz_id, version) REFERENCES activities_quiz_terms (quiz_id, version))
    """,
    """
    CREATE TABLE activities_quiz_opening (
      quiz_id BIGINT PRIMARY KEY, version BIGINT NOT NULL, community_id BIGINT NOT NULL,
      commitment BYTEA NOT NULL, opened_at BIGINT NOT NULL, opened_by_id BIGINT NOT NULL,
      opened_by_role TEXT NOT NULL, UNIQUE (quiz_id, version),
      FOREIGN KEY (quiz_id, version) REFERENCES activities_quiz_terms (quiz_id, version))
    """,
    """
    CREATE TABLE activities_quiz_entry (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, quiz_id BIGINT NOT NULL, version BIGINT NOT NULL,
      right_count BIGINT NOT NULL CHECK (right_count >= 0), number BIGINT CHECK (number > 0), bar TEXT,
      way TEXT NOT NULL, entered_at BIGINT NOT NULL, entered_by_id BIGINT, entered_by_role TEXT,
      CHECK ((number IS NULL) = (bar IS NOT NULL)), CHECK ((way = 'self') = (entered_by_id IS NULL)),
      UNIQUE (quiz_id, number),
      FOREIGN KEY (quiz_id, version) REFERENCES activities_quiz_opening (quiz_id, version))
    """,
    "CREATE INDEX activities_quiz_entry_quiz ON activities_quiz_entry (quiz_id, id)",
    // Whose an entry is, the person's or the household's, and what was answered. Without a person it is that of somebody who
    // was deleted; a year after the draw the rows go.
    """
    CREATE TABLE activities_quiz_entrant (
      entry_id BIGINT PRIMARY KEY REFERENCES activities_quiz_entry (id), community_id BIGINT NOT NULL,
      quiz_id BIGINT NOT NULL, unit TEXT NOT NULL, unit_id BIGINT NOT NULL, person_id BIGINT,
      answers TEXT NOT NULL, UNIQUE (quiz_id, unit_id),
      CHECK (unit = 'household' OR (person_id IS NOT NULL AND unit_id = person_id)
        OR (person_id IS NULL AND unit_id = -entry_id)),
      FOREIGN KEY (quiz_id, unit) REFERENCES activities_quiz (id, unit))
    """,
    "CREATE INDEX activities_quiz_entrant_person ON activities_quiz_entrant (community_id, person_id, quiz_id)",
    """
    CREATE TABLE activities_quiz_draw (
      quiz_id BIGINT PRIMARY KEY REFERENCES activities_quiz_opening (quiz_id), community_id BIGINT NOT NULL,
      seed TEXT NOT NULL, numbers BIGINT NOT NULL CHECK (numbers >= 0), drawn_at BIGINT NOT NULL)
    """,
    // One piece of a prize is one slot; who follows somebody who did not fetch theirs has the same slot and a later place.
    """
    CREATE TABLE activities_quiz_award (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL,
      quiz_id BIGINT NOT NULL REFERENCES activities_quiz_draw (quiz_id),
      place BIGINT NOT NULL CHECK (place > 0), slot BIGINT NOT NULL CHECK (slot > 0), number BIGINT NOT NULL,
      awarded_at BIGINT NOT NULL, collect_until BIGINT NOT NULL, awarded_by_id BIGINT, awarded_by_role TEXT,
      CHECK (slot <= place), CHECK ((slot = place) = (awarded_by_id IS NULL)),
      CHECK (awarded_at < collect_until), UNIQUE (quiz_id, place), UNIQUE (quiz_id, number),
      FOREIGN KEY (quiz_id, number) REFERENCES activities_quiz_entry (quiz_id, number))
    """,
    """
    CREATE TABLE activities_quiz_award_end (
      award_id BIGINT PRIMARY KEY REFERENCES activities_quiz_award (id), community_id BIGINT NOT NULL,
      kind TEXT NOT NULL, receiver TEXT, ended_at BIGINT NOT NULL, ended_by_id BIGINT NOT NULL,
      ended_by_role TEXT NOT NULL, CHECK (kind IN ('handed', 'lapsed', 'declined')),
      CHECK ((kind = 'handed') = (receiver IS NOT NULL)))
    """,
    """
    CREATE TABLE activities_quiz_receiver (
      award_id BIGINT PRIMARY KEY REFERENCES activities_quiz_award_end (award_id),
      community_id BIGINT NOT NULL, name BYTEA NOT NULL)
    """,
  ],
  appendOnly: [
    "activities_quiz_question_text", "activities_quiz_terms", "activities_quiz_item", "activities_quiz_prize",
    "activities_quiz_opening", "activities_quiz_entry", "activities_quiz_draw", "activities_quiz_award",
    "activities_quiz_award_end",
  ])
