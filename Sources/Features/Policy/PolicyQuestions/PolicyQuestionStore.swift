import Database
import Kernel
import People
import Security

extension PolicyQuestion.Outcome: Storable {}

extension FieldAddress {
  static func facts(of question: PolicyQuestionID, in community: CommunityID) -> FieldAddress {
    FieldAddress("policy_question", "facts", row: question, community: community)
  }
}

/// The queries of questions about policies.
enum PolicyQuestionStore {
  static func insert(_ question: PolicyQuestion, facts: [UInt8]?, in transaction: Transaction) throws {
    var rows = Rows(
      into: "policy_question", "id", "community_id", "policy_id", "person_id", "asked_at", "due_at", "facts",
      "facts_until")
    rows.append(values: [
      question.id.storedValue, transaction.community.storedValue, question.policy.storedValue,
      question.person.storedValue, question.askedAt.storedValue, question.dueAt.storedValue,
      facts.storedValue, question.factsUntil.storedValue,
    ])
    try transaction.insert(rows)
  }

  /// Puts newly passed-on facts in the place of earlier ones.
  static func keep(
    _ facts: [UInt8], until: Timestamp, of id: PolicyQuestionID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE policy_question SET facts = \(facts), facts_until = \(until)
      WHERE community_id = \(transaction.community) AND id = \(id) AND ended_at IS NULL
      """)
  }

  static func forgetFacts(of id: PolicyQuestionID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE policy_question SET facts = NULL, facts_until = NULL
      WHERE community_id = \(transaction.community) AND id = \(id)
      """)
  }

  /// Ends a question; what was passed on for it goes with it.
  static func end(
    _ id: PolicyQuestionID, _ end: PolicyQuestion.End, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE policy_question SET facts = NULL, facts_until = NULL, outcome = \(end.outcome),
        ended_at = \(end.at), ended_by_id = \(end.by.person), ended_by_role = \(end.by.role)
      WHERE community_id = \(transaction.community) AND id = \(id) AND ended_at IS NULL
      """)
  }

  static func find(
    _ id: PolicyQuestionID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PolicyQuestion? {
    try questions("community_id = \(community) AND id = \(id)", snapshot).first
  }

  /// The one that waits for an answer to this person about this policy.
  static func open(
    about policy: PolicyID, of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PolicyQuestion? {
    try questions(
      """
      community_id = \(community) AND policy_id = \(policy) AND person_id = \(person) AND ended_at IS NULL
      """, snapshot
    ).first
  }

  /// Those that wait, the most urgent first.
  static func open(
    in community: CommunityID, limit: Int, _ snapshot: Snapshot
  ) throws -> [PolicyQuestion] {
    try questions(
      "community_id = \(community) AND ended_at IS NULL ORDER BY due_at, id LIMIT \(limit)", snapshot)
  }

  /// Those that were dealt with, the latest first.
  static func ended(
    in community: CommunityID, limit: Int, _ snapshot: Snapshot
  ) throws -> [PolicyQuestion] {
    try questions(
      """
      community_id = \(community) AND ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC LIMIT \(limit)
      """, snapshot)
  }

  /// A person's own, the newest first.
  static func questions(
    of person: PersonID, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PolicyQuestion] {
    try questions(
      "community_id = \(community) AND person_id = \(person) ORDER BY id DESC LIMIT \(limit)", snapshot)
  }

  /// What was passed on, sealed; nil where nothing was, or it is gone.
  static func facts(
    of id: PolicyQuestionID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [UInt8]? {
    try snapshot.value("SELECT facts FROM policy_question WHERE community_id = \(community) AND id = \(id)")
  }

  private static func questions(_ condition: Query, _ snapshot: Snapshot) throws -> [PolicyQuestion] {
    try snapshot.all(
      """
      SELECT id, policy_id, person_id, asked_at, due_at, facts_until, outcome, ended_at, ended_by_id,
        ended_by_role
      FROM policy_question WHERE \(condition)
      """
    ) { row in
      var end: PolicyQuestion.End?
      if !row.isNull(6) {
        end = PolicyQuestion.End(
          outcome: try row[6], at: try row[7], by: Actor(person: try row[8], role: try row[9]))
      }
      return PolicyQuestion(
        id: try row[0], policy: try row[1], person: try row[2], askedAt: try row[3], dueAt: try row[4],
        factsUntil: try row[5], end: end)
    }
  }
}
