import Database
import Kernel
import People

extension Coding.Scheme: Storable {}
extension CodingConsensus.Way: Storable {}

/// The queries of codings and their passages.
enum CodingStore {
  private static let columns: Query = """
    id, study_id, questionnaire_id, item, scheme, units, first_coder_id, second_coder_id, first_done_at,
    second_done_at, settled_at, made_at
    """

  private static func read(_ row: borrowing Row) throws -> Coding {
    let questionnaire: QuestionnaireID? = try row[2]
    let item: String? = try row[3]
    let source: Coding.Source =
      if let questionnaire, let item { .answers(questionnaire, item: item) } else { .records }
    return Coding(
      id: try row[0], study: try row[1], source: source, scheme: try row[4], units: try row[5],
      first: try row[6], second: try row[7], firstDoneAt: try row[8], secondDoneAt: try row[9],
      settledAt: try row[10], madeAt: try row[11])
  }

  static func find(_ id: CodingID, in community: CommunityID, _ snapshot: Snapshot) throws -> Coding? {
    try snapshot.first(
      "SELECT \(columns) FROM surveys_coding WHERE id = \(id) AND community_id = \(community)", read)
  }

  /// The codings of a study, the newest first.
  static func all(of study: StudyID, in community: CommunityID, _ snapshot: Snapshot) throws -> [Coding] {
    try snapshot.all(
      """
      SELECT \(columns) FROM surveys_coding WHERE study_id = \(study) AND community_id = \(community)
      ORDER BY id DESC
      """, read)
  }

  static func insert(
    _ coding: Coding, _ units: [CodingUnit], by actor: Actor, in transaction: Transaction
  ) throws {
    var (source, questionnaire, item): (String, QuestionnaireID?, String?) = ("records", nil, nil)
    if case .answers(let id, let name) = coding.source {
      (source, questionnaire, item) = ("answers", id, name)
    }
    try transaction.execute(
      """
      INSERT INTO surveys_coding (id, community_id, study_id, source, questionnaire_id, item, scheme, units,
        first_coder_id, second_coder_id, made_at, made_by_id, made_by_role)
      VALUES (\(coding.id), \(transaction.community), \(coding.study), \(source), \(questionnaire), \(item),
        \(coding.scheme), \(coding.units), \(coding.first), \(coding.second), \(coding.madeAt),
        \(actor.person), \(actor.role))
      """)
    var rows = Rows(
      into: "surveys_coding_unit", "coding_id", "number", "community_id", "record_id", "passage", "kind",
      "voice")
    rows.reserve(units.count)
    for unit in units {
      var record: FieldRecordID?
      let place: Int64
      switch unit.text {
      case .passage(let id, let number): (record, place) = (id, number)
      case .answer(let number): place = number
      }
      rows.append(values: [
        coding.id.storedValue, unit.number.storedValue, transaction.community.storedValue,
        record.storedValue, place.storedValue, unit.kind.storedValue, unit.voice.storedValue,
      ])
    }
    try transaction.insert(rows)
  }

  /// Stores how far the coders and the settling are.
  static func keep(_ coding: Coding, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE surveys_coding SET first_done_at = \(coding.firstDoneAt),
        second_done_at = \(coding.secondDoneAt), settled_at = \(coding.settledAt)
      WHERE id = \(coding.id) AND community_id = \(transaction.community)
      """)
  }

  // MARK: - Passages

  static func unit(
    _ number: Int64, of coding: CodingID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> CodingUnit? {
    try snapshot.first(
      """
      SELECT number, record_id, passage, kind, voice FROM surveys_coding_unit
      WHERE coding_id = \(coding) AND number = \(number) AND community_id = \(community)
      """
    ) { row in
      let record: FieldRecordID? = try row[1]
      let place: Int64 = try row[2]
      return CodingUnit(
        number: try row[0], text: record.map { .passage($0, place) } ?? .answer(place), kind: try row[3],
        voice: try row[4])
    }
  }

  /// The passages of records of a study that stand in a coding already.
  static func coded(
    of study: StudyID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Set<CodableText> {
    var coded: Set<CodableText> = []
    try snapshot.forEach(
      """
      SELECT unit.record_id, unit.passage FROM surveys_coding AS coding
      JOIN surveys_coding_unit AS unit ON unit.coding_id = coding.id
      WHERE coding.study_id = \(study) AND coding.community_id = \(community)
        AND unit.record_id IS NOT NULL
      """
    ) { row in coded.insert(.passage(try row[0], try row[1])) }
    return coded
  }
}

/// The queries of what coders gave. One coder's work is told to that coder alone until both are done: the queries themselves
/// say so, whoever asks.
enum CodingMarkStore {
  /// What one coder gave, for that coder.
  /// - Returns: by passage; those that were not looked at have no entry.
  static func own(
    of coder: PersonID, in coding: CodingID, _ community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Int64: Set<ThemeCodeID>] {
    var marks: [Int64: Set<ThemeCodeID>] = [:]
    try snapshot.forEach(
      """
      SELECT judgement.unit, mark.code_id FROM surveys_coding_judgement AS judgement
      LEFT JOIN surveys_coding_mark AS mark ON mark.coding_id = judgement.coding_id
        AND mark.coder_id = judgement.coder_id AND mark.unit = judgement.unit
      WHERE judgement.coding_id = \(coding) AND judgement.coder_id = \(coder)
        AND judgement.community_id = \(community)
      """
    ) { row in
      let code: ThemeCodeID? = try row[1]
      marks[try row[0], default: []].formUnion([code].compactMap(\.self))
    }
    return marks
  }

  /// What both gave, passage by passage.
  /// - Throws: `not_found`; `coding.blind` before both are done.
  static func pairs(
    of id: CodingID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CodedPair] {
    guard let coding = try CodingStore.find(id, in: community, snapshot) else { throw Problem.notFound }
    guard coding.areBothDone else { throw Problem.codingBlind }
    var first: [Int64: Set<ThemeCodeID>] = [:]
    var second: [Int64: Set<ThemeCodeID>] = [:]
    try snapshot.forEach(
      """
      SELECT mark.unit, mark.coder_id, mark.code_id FROM surveys_coding_mark AS mark
      JOIN surveys_coding AS coding ON coding.id = mark.coding_id
      WHERE mark.coding_id = \(id) AND mark.community_id = \(community)
        AND coding.first_done_at IS NOT NULL AND coding.second_done_at IS NOT NULL
      """
    ) { row in
      let coder: PersonID = try row[1]
      if coder == coding.first {
        first[try row[0], default: []].insert(try row[2])
      } else {
        second[try row[0], default: []].insert(try row[2])
      }
    }
    return (1...max(1, coding.units)).map {
      CodedPair(unit: $0, first: first[$0] ?? [], second: second[$0] ?? [])
    }
  }

  static func give(
    _ codes: Set<ThemeCodeID>, to unit: Int64, of coding: CodingID, by coder: PersonID,
    in transaction: Transaction
  ) throws {
    let community = transaction.community
    try transaction.execute(
      """
      INSERT INTO surveys_coding_judgement (coding_id, coder_id, unit, community_id, judged_at)
      VALUES (\(coding), \(coder), \(unit), \(community), \(transaction.now))
      ON CONFLICT (coding_id, coder_id, unit) DO UPDATE SET judged_at = excluded.judged_at
      """)
    try transaction.execute(
      """
      DELETE FROM surveys_coding_mark WHERE coding_id = \(coding) AND coder_id = \(coder)
        AND unit = \(unit) AND community_id = \(community)
      """)
    for code in codes.sorted() {
      try transaction.execute(
        """
        INSERT INTO surveys_coding_mark (coding_id, coder_id, unit, code_id, community_id)
        VALUES (\(coding), \(coder), \(unit), \(code), \(community))
        """)
    }
  }

  // MARK: - Consensus

  /// What was decided so far, by passage.
  static func consensus(
    of coding: CodingID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Int64: CodingConsensus] {
    var codes: [Int64: Set<ThemeCodeID>] = [:]
    try snapshot.forEach(
      """
      SELECT unit, code_id FROM surveys_coding_finding
      WHERE coding_id = \(coding) AND community_id = \(community)
      """
    ) { row in codes[try row[0], default: []].insert(try row[1]) }
    let all: [CodingConsensus] = try snapshot.all(
      """
      SELECT unit, way, decided_at, decided_by_id, decided_by_role FROM surveys_coding_consensus
      WHERE coding_id = \(coding) AND community_id = \(community)
      """
    ) { row in
      let unit: Int64 = try row[0]
      return CodingConsensus(
        unit: unit, codes: codes[unit] ?? [], way: try row[1], decidedAt: try row[2],
        decidedBy: Actor(person: try row[3], role: try row[4]))
    }
    return Dictionary(all.map { ($0.unit, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Stores what a passage counts as, in place of what was decided before.
  static func keep(
    _ consensus: CodingConsensus, of coding: CodingID, in transaction: Transaction
  ) throws {
    let community = transaction.community
    try transaction.execute(
      """
      INSERT INTO surveys_coding_consensus (coding_id, unit, community_id, way, decided_at, decided_by_id,
        decided_by_role)
      VALUES (\(coding), \(consensus.unit), \(community), \(consensus.way), \(consensus.decidedAt),
        \(consensus.decidedBy.person), \(consensus.decidedBy.role))
      ON CONFLICT (coding_id, unit) DO UPDATE SET way = excluded.way, decided_at = excluded.decided_at,
        decided_by_id = excluded.decided_by_id, decided_by_role = excluded.decided_by_role
      """)
    try transaction.execute(
      """
      DELETE FROM surveys_coding_finding WHERE coding_id = \(coding) AND unit = \(consensus.unit)
        AND community_id = \(community)
      """)
    for code in consensus.codes.sorted() {
      try transaction.execute(
        """
        INSERT INTO surveys_coding_finding (coding_id, unit, code_id, community_id)
        VALUES (\(coding), \(consensus.unit), \(code), \(community))
        """)
    }
  }
}
