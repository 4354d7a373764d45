import Database
import Kernel
import People
import Security

extension Collector.Kind: Storable {}
extension Participation.Kind: Storable {}

/// The queries of answers and of who has answered.
enum ResponseStore {
  static func address(_ id: ResponseID, in community: CommunityID) -> FieldAddress {
    FieldAddress("surveys_response", "answers", row: id, community: community)
  }

  /// Whether an answer was sent with this key before.
  static func isKept(
    _ clientKey: Digest, of questionnaire: QuestionnaireID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bool {
    try snapshot.exists(
      """
      SELECT 1 FROM surveys_response WHERE questionnaire_id = \(questionnaire)
        AND client_key = \(clientKey.bytes) AND community_id = \(community)
      """)
  }

  /// - Parameter sealed: the answers as they are kept.
  static func insert(
    _ response: SurveyResponse, of questionnaire: QuestionnaireID, sealed: [UInt8], clientKey: Digest,
    in transaction: Transaction
  ) throws {
    let identity = response.identity
    try transaction.execute(
      """
      INSERT INTO surveys_response (questionnaire_id, id, community_id, version, collector_id, mode, language,
        answers, client_key, person_id, household_id, answered_at, recorded_by_id)
      VALUES (\(questionnaire), \(response.id), \(transaction.community), \(response.version),
        \(response.collector), \(response.mode), \(response.language.name), \(sealed), \(clientKey.bytes),
        \(identity?.person), \(identity?.household), \(identity?.answeredAt), \(identity?.recordedBy))
      """)
  }

  static func hasParticipated(
    _ participation: Participation, in questionnaire: QuestionnaireID, _ community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> Bool {
    try snapshot.exists(
      """
      SELECT 1 FROM surveys_participation WHERE questionnaire_id = \(questionnaire)
        AND kind = \(participation.kind) AND subject_id = \(participation.subject)
        AND community_id = \(community)
      """)
  }

  static func insert(
    _ participation: Participation, in questionnaire: QuestionnaireID, _ transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO surveys_participation (questionnaire_id, kind, subject_id, community_id)
      VALUES (\(questionnaire), \(participation.kind), \(participation.subject), \(transaction.community))
      """)
  }

  /// Persons who have answered, in the order of their numbers, those behind `last`.
  static func participants(
    of questionnaire: QuestionnaireID, after last: PersonID?, limit: Int, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [PersonID] {
    try snapshot.all(
      """
      SELECT subject_id FROM surveys_participation
      WHERE questionnaire_id = \(questionnaire) AND kind = \(Participation.Kind.person)
        AND subject_id > \(last?.rawValue ?? 0) AND community_id = \(community)
      ORDER BY subject_id LIMIT \(limit)
      """
    ) { row in try row[0] }
  }

  /// Households that have answered.
  static func participatingHouseholds(
    of questionnaire: QuestionnaireID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [HouseholdID] {
    try snapshot.all(
      """
      SELECT subject_id FROM surveys_participation
      WHERE questionnaire_id = \(questionnaire) AND kind = \(Participation.Kind.household)
        AND community_id = \(community)
      ORDER BY subject_id
      """
    ) { row in try row[0] }
  }

  /// How many answers came by each collector.
  static func counts(
    of questionnaire: QuestionnaireID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CollectorID: Int64] {
    var counts: [CollectorID: Int64] = [:]
    try snapshot.forEach(
      """
      SELECT collector_id, COUNT(*) FROM surveys_response
      WHERE questionnaire_id = \(questionnaire) AND community_id = \(community) GROUP BY collector_id
      """
    ) { row in counts[try row[0]] = try row[1] }
    return counts
  }

  static func count(
    of questionnaire: QuestionnaireID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int64 {
    try snapshot.value(
      """
      SELECT COUNT(*) FROM surveys_response
      WHERE questionnaire_id = \(questionnaire) AND community_id = \(community)
      """) ?? 0
  }

  /// Visits every answer in the order of their random names.
  static func forEach(
    of questionnaire: QuestionnaireID, in community: CommunityID, _ snapshot: Snapshot,
    opening cipher: FieldCipher, _ visit: (SurveyResponse) throws -> Void
  ) throws {
    try snapshot.forEach(
      """
      SELECT id, version, collector_id, mode, language, answers, person_id, household_id, answered_at,
        recorded_by_id
      FROM surveys_response WHERE questionnaire_id = \(questionnaire) AND community_id = \(community)
      ORDER BY id
      """
    ) { row in
      let id: ResponseID = try row[0]
      let opened = try cipher.openBytes(try row.bytes(5), at: address(id, in: community))
      guard let answers = ResponseAnswers(opened) else {
        throw DatabaseError.unexpectedValue("no answers of a questionnaire")
      }
      let answeredAt: Timestamp? = try row[8]
      try visit(
        SurveyResponse(
          id: id, version: try row[1], collector: try row[2], mode: try row[3],
          language: FormLanguage(try row[4]), answers: answers,
          identity: try answeredAt.map {
            SurveyResponse.Identity(
              person: try row[6], household: try row[7], answeredAt: $0, recordedBy: try row[9])
          }))
    }
  }
}
