import Database
import Kernel
import People
import Security

extension Questionnaire.State: Storable {}
extension QuestionnaireEvent.Kind: Storable {}
extension ResponsePrivacy: Storable {}
extension ResponseUnit: Storable {}

/// The queries of questionnaires, their drafts and their versions.
enum QuestionnaireStore {
  /// What lists show of a questionnaire: the title is that of the draft.
  struct Line: Sendable {
    let questionnaire: Questionnaire
    let title: String
    let privacy: ResponsePrivacy
  }

  private static let columns: Query = """
    standing.questionnaire_id, made.created_at, made.created_by_id, made.created_by_role, standing.state,
    standing.version, standing.events
    """

  private static func read(_ row: borrowing Row) throws -> Questionnaire {
    Questionnaire(
      id: try row[0], createdAt: try row[1], createdBy: Actor(person: try row[2], role: try row[3]),
      state: try row[4], version: try row[5], events: try row[6])
  }

  static func find(
    _ id: QuestionnaireID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Questionnaire? {
    try snapshot.first(
      """
      SELECT \(columns) FROM surveys_questionnaire_standing AS standing
      JOIN surveys_questionnaire AS made ON made.id = standing.questionnaire_id
      WHERE standing.questionnaire_id = \(id) AND standing.community_id = \(community)
      """, read)
  }

  /// The questionnaires of a community, the newest first.
  /// - Parameter before: only those made before this one.
  static func list(
    before: QuestionnaireID?, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Line] {
    try snapshot.all(
      """
      SELECT \(columns), draft.title, draft.privacy FROM surveys_questionnaire_standing AS standing
      JOIN surveys_questionnaire AS made ON made.id = standing.questionnaire_id
      JOIN surveys_questionnaire_draft AS draft ON draft.questionnaire_id = standing.questionnaire_id
      WHERE standing.community_id = \(community)
        AND standing.questionnaire_id < \(before ?? QuestionnaireID(rawValue: Int64.max))
      ORDER BY standing.questionnaire_id DESC LIMIT \(limit)
      """
    ) { row in Line(questionnaire: try read(row), title: try row[7], privacy: try row[8]) }
  }

  static func insert(
    _ questionnaire: Questionnaire, _ draft: QuestionnaireDraft, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO surveys_questionnaire (id, community_id, created_at, created_by_id, created_by_role)
      VALUES (\(questionnaire.id), \(transaction.community), \(questionnaire.createdAt),
        \(questionnaire.createdBy.person), \(questionnaire.createdBy.role))
      """)
    try transaction.execute(
      """
      INSERT INTO surveys_questionnaire_standing (questionnaire_id, community_id, state, version, events)
      VALUES (\(questionnaire.id), \(transaction.community), \(questionnaire.state), \(questionnaire.version),
        \(questionnaire.events))
      """)
    try insert(
      QuestionnaireEvent(kind: .made, at: questionnaire.createdAt, actor: questionnaire.createdBy),
      sequence: questionnaire.events, of: questionnaire.id, in: transaction)
    let terms = draft.terms
    try transaction.execute(
      """
      INSERT INTO surveys_questionnaire_draft (questionnaire_id, community_id, title, purpose, privacy, unit,
        allows_refusal, definition, revision, updated_at, updated_by_id, updated_by_role)
      VALUES (\(questionnaire.id), \(transaction.community), \(terms.title), \(terms.purpose), \(terms.privacy),
        \(terms.unit), \(terms.allowsRefusal), \(FormJSON.bytes(of: draft.definition)), \(draft.revision),
        \(draft.updatedAt), \(draft.updatedBy.person), \(draft.updatedBy.role))
      """)
  }

  /// Adds an event and moves the standing on.
  static func add(
    _ event: QuestionnaireEvent, to questionnaire: Questionnaire, in transaction: Transaction
  ) throws {
    try insert(event, sequence: questionnaire.events, of: questionnaire.id, in: transaction)
    try transaction.execute(
      """
      UPDATE surveys_questionnaire_standing SET state = \(questionnaire.state),
        version = \(questionnaire.version), events = \(questionnaire.events)
      WHERE questionnaire_id = \(questionnaire.id) AND community_id = \(transaction.community)
      """)
  }

  private static func insert(
    _ event: QuestionnaireEvent, sequence: Int64, of id: QuestionnaireID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO surveys_questionnaire_event (questionnaire_id, sequence, community_id, kind, happened_at,
        actor_id, actor_role)
      VALUES (\(id), \(sequence), \(transaction.community), \(event.kind), \(event.at), \(event.actor.person),
        \(event.actor.role))
      """)
  }

  static func closed(
    from start: Timestamp, until end: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> SurveyFigures.Closed {
    let closed: Query = """
      SELECT event.questionnaire_id FROM surveys_questionnaire_event AS event
      WHERE event.community_id = \(community) AND event.kind = \(QuestionnaireEvent.Kind.closed)
        AND event.happened_at >= \(start) AND event.happened_at < \(end)
        AND NOT EXISTS (SELECT 1 FROM surveys_questionnaire_event AS later
          WHERE later.questionnaire_id = event.questionnaire_id AND later.sequence > event.sequence
            AND later.kind <> \(QuestionnaireEvent.Kind.locked))
      """
    return SurveyFigures.Closed(
      questionnaires: try snapshot.value("SELECT COUNT(*) FROM (\(closed)) AS closed") ?? 0,
      answers: try snapshot.value(
        """
        SELECT COUNT(*) FROM surveys_response
        WHERE community_id = \(community) AND questionnaire_id IN (\(closed))
        """) ?? 0)
  }

  static func events(
    of id: QuestionnaireID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [QuestionnaireEvent] {
    try snapshot.all(
      """
      SELECT kind, happened_at, actor_id, actor_role FROM surveys_questionnaire_event
      WHERE questionnaire_id = \(id) AND community_id = \(community) ORDER BY sequence
      """
    ) { row in
      QuestionnaireEvent(
        kind: try row[0], at: try row[1], actor: Actor(person: try row[2], role: try row[3]))
    }
  }
}

/// The queries of what is being written and of what was asked.
enum QuestionnaireVersionStore {
  private static let terms: Query = "title, purpose, privacy, unit, allows_refusal"

  private static func terms(_ row: borrowing Row) throws -> QuestionnaireTerms {
    QuestionnaireTerms(
      title: try row[0], purpose: try row[1], privacy: try row[2], unit: try row[3],
      allowsRefusal: try row[4])
  }

  static func draft(
    of id: QuestionnaireID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> QuestionnaireDraft? {
    try snapshot.first(
      """
      SELECT \(terms), definition, revision, updated_at, updated_by_id, updated_by_role
      FROM surveys_questionnaire_draft WHERE questionnaire_id = \(id) AND community_id = \(community)
      """
    ) { row in
      QuestionnaireDraft(
        terms: try terms(row), definition: try FormJSON.definition(try row.bytes(5)), revision: try row[6],
        updatedAt: try row[7], updatedBy: Actor(person: try row[8], role: try row[9]))
    }
  }

  static func keep(
    _ draft: QuestionnaireDraft, of id: QuestionnaireID, in transaction: Transaction
  ) throws {
    let terms = draft.terms
    try transaction.execute(
      """
      UPDATE surveys_questionnaire_draft SET title = \(terms.title), purpose = \(terms.purpose),
        privacy = \(terms.privacy), unit = \(terms.unit), allows_refusal = \(terms.allowsRefusal),
        definition = \(FormJSON.bytes(of: draft.definition)), revision = \(draft.revision),
        updated_at = \(draft.updatedAt), updated_by_id = \(draft.updatedBy.person),
        updated_by_role = \(draft.updatedBy.role)
      WHERE questionnaire_id = \(id) AND community_id = \(transaction.community)
      """)
  }

  static func insert(_ version: QuestionnaireVersion, in transaction: Transaction) throws {
    let terms = version.terms
    try transaction.execute(
      """
      INSERT INTO surveys_questionnaire_version (questionnaire_id, number, community_id, title, purpose, privacy,
        unit, allows_refusal, definition, digest, opened_at, opened_by_id, opened_by_role)
      VALUES (\(version.questionnaire), \(version.number), \(transaction.community), \(terms.title),
        \(terms.purpose), \(terms.privacy), \(terms.unit), \(terms.allowsRefusal),
        \(FormJSON.bytes(of: version.definition)), \(version.digest.bytes), \(version.openedAt),
        \(version.openedBy.person), \(version.openedBy.role))
      """)
  }

  static func version(
    _ number: Int64, of id: QuestionnaireID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> QuestionnaireVersion? {
    try snapshot.first(
      """
      SELECT \(terms), number, definition, digest, opened_at, opened_by_id, opened_by_role
      FROM surveys_questionnaire_version
      WHERE questionnaire_id = \(id) AND number = \(number) AND community_id = \(community)
      """
    ) { row in
      guard let digest = Digest(stored: try row.bytes(7)) else {
        throw DatabaseError.unexpectedValue("no digest of a questionnaire")
      }
      return QuestionnaireVersion(
        questionnaire: id, number: try row[5], terms: try terms(row),
        definition: try FormJSON.definition(try row.bytes(6)), digest: digest, openedAt: try row[8],
        openedBy: Actor(person: try row[9], role: try row[10]))
    }
  }
}
