import Database

/// Proposals: their words, every step they took, what was said, who voted, what was counted, what was answered, and what is
/// done about them.
///
/// **A vote and who gave it.** `policy_proposal_roll` says which household voted, when, and how; it does not say what. A
/// unique key lets each household in once. `policy_proposal_ballot` holds what was chosen: one byte, sealed under a key of
/// the vault (so that all ballots are of one length), at a number drawn by lot, without a moment, a person or a sequence. Both
/// are written by one transaction, so that neither can be there without the other. When the vote is over all ballots are
/// opened at once, only the totals are kept, and the ballots are deleted.
///
/// What that protects, and against whom:
/// - Nobody who uses the program, in whatever role, can see a ballot or a total before the end: no page and no query of the
///   program joins the two tables, and a total exists only afterwards. Staff who key a vote for somebody hear it once.
/// - Whoever gets hold of the database or of one of its copies, without the key file, reads who voted and never what.
/// - In SQLite both tables are stored in the order of their keys, so that the order of ballots is that of the lots. In
///   PostgreSQL rows lie in the order in which they came, and each row names the transaction that wrote it: whoever may read
///   its system columns can lay the sealed ballots beside the roll. They then hold a sealed byte. After the count there is
///   none to hold, once the server has cleared its deleted rows.
/// - It does not protect against somebody who holds both the key file and the database while a vote is open, or a copy of
///   the database from that time: whoever runs the machine is trusted with that, as with everything else on it.
/// - A result that is unanimous tells how everybody voted, with paper as well.
let proposalMigration = Migration(
  "policy", 3, "proposals",
  [
    """
    CREATE TABLE policy_proposal (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,
      origin TEXT NOT NULL, author_id BIGINT, household_id BIGINT, wishes_name BIGINT NOT NULL,
      policy_id BIGINT, meeting_id BIGINT, made_at BIGINT NOT NULL, made_by_id BIGINT NOT NULL,
      made_by_role TEXT NOT NULL, CHECK (origin <> 'meeting' OR author_id IS NULL))
    """,
    "CREATE INDEX policy_proposal_author ON policy_proposal (community_id, author_id, id)",
    """
    CREATE TABLE policy_proposal_event (
      proposal_id BIGINT NOT NULL, sequence BIGINT NOT NULL CHECK (sequence > 0), community_id BIGINT NOT NULL,
      kind TEXT NOT NULL, reason TEXT, target_id BIGINT, hides_title BIGINT NOT NULL, opens_at BIGINT,
      closes_at BIGINT, is_passed BIGINT, due_at BIGINT, outcome TEXT, happened_at BIGINT NOT NULL,
      actor_id BIGINT NOT NULL, actor_role TEXT NOT NULL,
      CHECK ((sequence = 1) = (kind = 'submitted')),
      CHECK ((kind = 'merged') = (target_id IS NOT NULL)), CHECK (target_id <> proposal_id),
      CHECK ((kind = 'voting_set') = (opens_at IS NOT NULL AND closes_at IS NOT NULL)),
      CHECK (opens_at < closes_at), CHECK ((kind = 'counted') = (is_passed IS NOT NULL)),
      CHECK ((kind = 'sent') = (due_at IS NOT NULL)), CHECK ((kind = 'answered') = (outcome IS NOT NULL)),
      CHECK (kind NOT IN ('accepted', 'merged', 'not_taken_up', 'voting_withdrawn') OR reason IS NOT NULL),
      PRIMARY KEY (proposal_id, sequence))
    """,
    """
    CREATE TABLE policy_proposal_standing (
      proposal_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, state TEXT NOT NULL, phase TEXT NOT NULL,
      events BIGINT NOT NULL, opens_at BIGINT, closes_at BIGINT, is_passed BIGINT, due_at BIGINT,
      outcome TEXT, merged_into_id BIGINT, hides_title BIGINT NOT NULL)
    """,
    """
    CREATE INDEX policy_proposal_standing_phase
      ON policy_proposal_standing (community_id, phase, proposal_id)
    """,
    """
    CREATE INDEX policy_proposal_standing_state
      ON policy_proposal_standing (community_id, state, proposal_id)
    """,
    """
    CREATE TABLE policy_proposal_contribution (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, proposal_id BIGINT NOT NULL, stance TEXT NOT NULL,
      body TEXT NOT NULL, is_said_at_meeting BIGINT NOT NULL, author_id BIGINT, household_id BIGINT,
      written_at BIGINT NOT NULL, recorded_by_id BIGINT,
      CHECK (is_said_at_meeting = 0 OR (author_id IS NULL AND household_id IS NULL)))
    """,
    "CREATE INDEX policy_proposal_contribution_of ON policy_proposal_contribution (proposal_id, id)",
    """
    CREATE INDEX policy_proposal_contribution_author
      ON policy_proposal_contribution (community_id, author_id, id)
    """,
    // What staff decided of a contribution: it is hidden, once and for good, or it stays although it was reported.
    """
    CREATE TABLE policy_proposal_judgement (
      contribution_id BIGINT NOT NULL, sequence BIGINT NOT NULL CHECK (sequence > 0),
      community_id BIGINT NOT NULL, proposal_id BIGINT NOT NULL, is_hidden BIGINT NOT NULL, reason TEXT,
      judged_at BIGINT NOT NULL, judged_by_id BIGINT NOT NULL, judged_by_role TEXT NOT NULL,
      CHECK ((is_hidden = 1) = (reason IS NOT NULL)), PRIMARY KEY (contribution_id, sequence))
    """,
    """
    CREATE UNIQUE INDEX policy_proposal_judgement_hidden
      ON policy_proposal_judgement (contribution_id) WHERE is_hidden = 1
    """,
    """
    CREATE TABLE policy_proposal_report (
      contribution_id BIGINT NOT NULL, person_id BIGINT NOT NULL, community_id BIGINT NOT NULL,
      proposal_id BIGINT NOT NULL, reported_at BIGINT NOT NULL, PRIMARY KEY (contribution_id, person_id))
    """,
    "CREATE INDEX policy_proposal_report_of ON policy_proposal_report (community_id, proposal_id)",
    "CREATE INDEX policy_proposal_report_person ON policy_proposal_report (community_id, person_id)",
    // What is voted on: the sequence is that of the event which announced it.
    """
    CREATE TABLE policy_proposal_voting (
      proposal_id BIGINT NOT NULL, sequence BIGINT NOT NULL, community_id BIGINT NOT NULL,
      options TEXT NOT NULL, choices BIGINT NOT NULL CHECK (choices BETWEEN 3 AND 9), winners BIGINT NOT NULL,
      opens_at BIGINT NOT NULL, closes_at BIGINT NOT NULL, majority TEXT NOT NULL,
      quorum BIGINT NOT NULL CHECK (quorum BETWEEN 0 AND 10000), CHECK (opens_at < closes_at),
      CHECK (winners = 1 OR winners = choices - 1), PRIMARY KEY (proposal_id, sequence))
    """,
    // One vote for each household: the key refuses a second one.
    """
    CREATE TABLE policy_proposal_roll (
      proposal_id BIGINT NOT NULL, household_id BIGINT NOT NULL, community_id BIGINT NOT NULL,
      method TEXT NOT NULL, voted_by_id BIGINT, entered_by_id BIGINT, entered_by_role TEXT,
      voted_at BIGINT NOT NULL, CHECK ((method = 'own') = (entered_by_id IS NULL)),
      PRIMARY KEY (proposal_id, household_id))
    """,
    "CREATE INDEX policy_proposal_roll_person ON policy_proposal_roll (community_id, voted_by_id)",
    """
    CREATE TABLE policy_proposal_ballot (
      proposal_id BIGINT NOT NULL, id BIGINT NOT NULL, community_id BIGINT NOT NULL, choice BYTEA NOT NULL,
      PRIMARY KEY (proposal_id, id))
    """,
    """
    CREATE TABLE policy_proposal_count (
      proposal_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, sequence BIGINT NOT NULL,
      turnout BIGINT NOT NULL CHECK (turnout >= 0), households BIGINT NOT NULL CHECK (households >= 0),
      is_passed BIGINT NOT NULL, counted_at BIGINT NOT NULL, counted_by_id BIGINT NOT NULL)
    """,
    """
    CREATE TABLE policy_proposal_tally (
      proposal_id BIGINT NOT NULL, number BIGINT NOT NULL, community_id BIGINT NOT NULL,
      votes BIGINT NOT NULL CHECK (votes >= 0), PRIMARY KEY (proposal_id, number))
    """,
    """
    CREATE TABLE policy_proposal_sending (
      proposal_id BIGINT NOT NULL, sequence BIGINT NOT NULL, community_id BIGINT NOT NULL,
      addressee TEXT NOT NULL, department TEXT, reference TEXT, due_at BIGINT NOT NULL,
      CHECK ((addressee = 'department') = (department IS NOT NULL)), PRIMARY KEY (proposal_id, sequence))
    """,
    """
    CREATE TABLE policy_proposal_answer (
      proposal_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, outcome TEXT NOT NULL, body TEXT NOT NULL,
      addressee TEXT NOT NULL, department TEXT, reference TEXT, answered_at BIGINT NOT NULL,
      recorded_by_id BIGINT NOT NULL, recorded_by_role TEXT NOT NULL)
    """,
    """
    CREATE TABLE policy_proposal_result (
      proposal_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, summary TEXT NOT NULL,
      progress BIGINT NOT NULL CHECK (progress BETWEEN 0 AND 100), entries BIGINT NOT NULL,
      begun_at BIGINT NOT NULL, begun_by_id BIGINT NOT NULL)
    """,
    """
    CREATE TABLE policy_proposal_action (
      id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, proposal_id BIGINT NOT NULL, title TEXT NOT NULL,
      weight BIGINT CHECK (weight BETWEEN 1 AND 100), starts_at BIGINT, ends_at BIGINT, status TEXT NOT NULL,
      progress BIGINT NOT NULL CHECK (progress BETWEEN 0 AND 100), CHECK (starts_at <= ends_at),
      CHECK ((status = 'done') = (progress = 100)), CHECK (status <> 'planned' OR progress = 0))
    """,
    "CREATE INDEX policy_proposal_action_of ON policy_proposal_action (proposal_id, id)",
    """
    CREATE TABLE policy_proposal_entry (
      proposal_id BIGINT NOT NULL, sequence BIGINT NOT NULL CHECK (sequence > 0), community_id BIGINT NOT NULL,
      action_id BIGINT, status TEXT, progress BIGINT, policy_id BIGINT, policy_version BIGINT,
      body TEXT NOT NULL, day BIGINT NOT NULL, written_at BIGINT NOT NULL, written_by_id BIGINT NOT NULL,
      written_by_role TEXT NOT NULL, CHECK ((action_id IS NULL) = (status IS NULL)),
      CHECK ((action_id IS NULL) = (progress IS NULL)),
      CHECK ((policy_id IS NULL) = (policy_version IS NULL)), PRIMARY KEY (proposal_id, sequence))
    """,
  ],
  appendOnly: [
    "policy_proposal", "policy_proposal_event", "policy_proposal_contribution", "policy_proposal_judgement",
    "policy_proposal_report", "policy_proposal_voting", "policy_proposal_roll", "policy_proposal_count",
    "policy_proposal_tally", "policy_proposal_sending", "policy_proposal_answer", "policy_proposal_entry",
  ])
