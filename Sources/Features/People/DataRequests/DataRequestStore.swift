import Database
import Kernel
import Security

extension DataRequest.Kind: Storable {}
extension DataRequest.Identification: Storable {}
extension DataRequest.Outcome: Storable {}

extension FieldAddress {
  static func words(of request: DataRequestID, in community: CommunityID) -> FieldAddress {
    FieldAddress("people_data_request", "words", row: request, community: community)
  }

  static func answer(to request: DataRequestID, in community: CommunityID) -> FieldAddress {
    FieldAddress("people_data_request_end", "answer", row: request, community: community)
  }
}

/// The queries of data requests.
enum DataRequestStore {
  static func insert(_ request: DataRequest, words: [UInt8]?, in transaction: Transaction) throws {
    var rows = Rows(
      into: "people_data_request", "id", "community_id", "person_id", "kind", "words", "asked_at", "due_at",
      "taken_by_id", "taken_by_role", "identified_by")
    rows.append(values: [
      request.id.storedValue, transaction.community.storedValue, request.person.storedValue,
      request.kind.storedValue, words.storedValue, request.askedAt.storedValue, request.dueAt.storedValue,
      request.takenBy.person.storedValue, request.takenBy.role.storedValue, request.identifiedBy.storedValue,
    ])
    try transaction.insert(rows)
  }

  static func insert(
    _ end: DataRequest.End, answer: [UInt8]?, of request: DataRequestID, in transaction: Transaction
  ) throws {
    var rows = Rows(
      into: "people_data_request_end", "request_id", "community_id", "outcome", "answer", "ended_at",
      "ended_by_id", "ended_by_role")
    rows.append(values: [
      request.storedValue, transaction.community.storedValue, end.outcome.storedValue, answer.storedValue,
      end.at.storedValue, end.by.person.storedValue, end.by.role.storedValue,
    ])
    try transaction.insert(rows)
  }

  static func find(
    _ id: DataRequestID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> DataRequest? {
    try requests("request.community_id = \(community) AND request.id = \(id)", snapshot).first
  }

  /// All of a person, the newest first.
  static func requests(
    of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [DataRequest] {
    try requests(
      "request.community_id = \(community) AND request.person_id = \(person) ORDER BY request.id DESC",
      snapshot)
  }

  /// Those without an answer, the most urgent first.
  static func open(in community: CommunityID, _ snapshot: Snapshot) throws -> [DataRequest] {
    try requests(openOnes(in: community), snapshot)
  }

  static func openOnes(in community: CommunityID) -> Query {
    "request.community_id = \(community) AND ended.request_id IS NULL ORDER BY request.due_at, request.id"
  }

  /// The latest answered ones.
  static func answered(in community: CommunityID, limit: Int, _ snapshot: Snapshot) throws -> [DataRequest] {
    let ids: [DataRequestID] = try snapshot.values(
      """
      SELECT request_id FROM people_data_request_end WHERE community_id = \(community)
      ORDER BY ended_at DESC, request_id DESC LIMIT \(limit)
      """)
    return try requests(
      "request.community_id = \(community) AND request.id IN \(list: ids) ORDER BY ended.ended_at DESC, request.id DESC",
      snapshot)
  }

  static func list(where condition: Query) -> Query {
    """
    SELECT request.id, request.person_id, request.kind, request.asked_at, request.due_at, request.taken_by_id,
      request.taken_by_role, request.identified_by, CASE WHEN request.words IS NULL THEN 0 ELSE 1 END,
      ended.outcome, ended.ended_at, ended.ended_by_id, ended.ended_by_role,
      CASE WHEN ended.answer IS NULL THEN 0 ELSE 1 END
    FROM people_data_request request LEFT JOIN people_data_request_end ended
      ON ended.request_id = request.id AND ended.community_id = request.community_id
    WHERE \(condition)
    """
  }

  private static func requests(_ condition: Query, _ snapshot: Snapshot) throws -> [DataRequest] {
    try snapshot.all(list(where: condition)) { row in
      let end: DataRequest.End? =
        row.isNull(9)
        ? nil
        : DataRequest.End(
          outcome: try row[9], at: try row[10], by: Actor(person: try row[11], role: try row[12]),
          hasAnswer: try row[13])
      return DataRequest(
        id: try row[0], person: try row[1], kind: try row[2], hasWords: try row[8], askedAt: try row[3],
        dueAt: try row[4], takenBy: Actor(person: try row[5], role: try row[6]), identifiedBy: try row[7],
        end: end)
    }
  }

  /// The words of requests and their answers, opened.
  static func texts(
    of requests: [DataRequestID], in community: CommunityID, opening cipher: FieldCipher, _ snapshot: Snapshot
  ) throws -> [DataRequestID: DataRequestTexts] {
    var texts: [DataRequestID: DataRequestTexts] = [:]
    try snapshot.forEach(
      """
      SELECT request.id, request.words, ended.answer FROM people_data_request request
      LEFT JOIN people_data_request_end ended
        ON ended.request_id = request.id AND ended.community_id = request.community_id
      WHERE request.community_id = \(community) AND request.id IN \(list: requests)
      """
    ) { row in
      let id: DataRequestID = try row[0]
      let words: [UInt8]? = try row[1]
      let answer: [UInt8]? = try row[2]
      texts[id] = DataRequestTexts(
        words: try words.map { try cipher.open($0, at: .words(of: id, in: community)) },
        answer: try answer.map { try cipher.open($0, at: .answer(to: id, in: community)) })
    }
    return texts
  }

  /// Answers of requests that are of nobody, for `nuanlin check`.
  static func strayEnds(_ snapshot: Snapshot) throws -> [DataRequestID] {
    try snapshot.values(
      """
      SELECT ended.request_id FROM people_data_request_end ended
      LEFT JOIN people_data_request request
        ON request.id = ended.request_id AND request.community_id = ended.community_id
      WHERE request.id IS NULL OR ended.ended_at < request.asked_at ORDER BY ended.request_id
      """)
  }
}

/// What was said in words, once it is opened.
struct DataRequestTexts: Sendable, Equatable {
  let words: String?
  let answer: String?
}
