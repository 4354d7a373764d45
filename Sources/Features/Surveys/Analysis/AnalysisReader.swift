import Database
import Kernel
import People
import Security

/// Fetches answers for analysis: of locked ones the columns that are needed, of others all, counted anew.
struct AnalysisReader: Sendable {
  let staff: SurveyStaff

  /// What is analysed.
  struct Material: Sendable {
    let questionnaire: Questionnaire
    let title: String
    let terms: QuestionnaireTerms
    let data: SurveyData
    /// Nil while they are not locked: then all figures are provisional.
    let lock: AnswerLock?
    let note: SampleNote

    var mask: StationMask { StationMask(terms.privacy) }
    var spec: LockSpec { lock?.spec ?? .none }

    /// Whether the station may be told anything of the question at this place.
    func tells(of place: Int) -> Bool {
      mask.allows(data.base(place), ofEverybody: !data.items[place].canBeSkipped)
    }
  }

  /// What is known before any answer is opened.
  private struct Sources: Sendable {
    let questionnaire: Questionnaire
    let versions: [QuestionnaireVersion]
    let lock: AnswerLock?
    let contacts: [Contact.Outcome: Int]
    let households: Int
  }

  /// - Parameters:
  ///   - names: the questions that are needed; nil for all. Those that the lock breaks answers down by are always there.
  /// - Throws: `not_found`, `analysis.nothing_yet`.
  func material(
    _ id: QuestionnaireID, names: Set<String>? = nil, in community: CommunityID
  ) async throws -> Material {
    let sources = try await sources(of: id, in: community)
    guard let newest = sources.versions.last else { throw Problem.analysisNothingYet }
    let data =
      if let lock = sources.lock {
        try await locked(lock, names.map { $0.union(lock.spec.breakdowns.map(\.item)) }, in: community)
      } else {
        try await answers(of: id, sources.versions, in: community)
      }
    return Material(
      questionnaire: sources.questionnaire, title: newest.terms.title, terms: newest.terms, data: data,
      lock: sources.lock,
      note: SampleNote(
        data, contacts: sources.contacts, unit: newest.terms.unit, households: sources.households))
  }

  private func sources(of id: QuestionnaireID, in community: CommunityID) async throws -> Sources {
    try await staff.database.read { [directory = staff.directory] snapshot in
      guard let questionnaire = try QuestionnaireStore.find(id, in: community, snapshot) else {
        throw Problem.notFound
      }
      let byCollector = try ContactStore.counts(of: id, in: community, snapshot)
      let contacts = byCollector.values.reduce(into: [Contact.Outcome: Int]()) { sum, counts in
        for (outcome, count) in counts { sum[outcome, default: 0] += Int(count) }
      }
      return Sources(
        questionnaire: questionnaire,
        versions: try LockStore.versions(of: questionnaire, in: community, snapshot),
        lock: try LockStore.find(id, in: community, snapshot), contacts: contacts,
        households: Int(try directory.householdCount(of: community, snapshot)))
    }
  }

  /// All answers as they are kept, with their texts, in the order of their random names.
  func answers(
    of id: QuestionnaireID, _ versions: [QuestionnaireVersion], in community: CommunityID
  ) async throws -> SurveyData {
    let cipher = try await staff.cipher(of: community)
    return try await staff.database.read { snapshot in
      var builder = SurveyDataBuilder(versions)
      try ResponseStore.forEach(of: id, in: community, snapshot, opening: cipher) { response in
        builder.add(
          response.answers, version: response.version, mode: response.mode, language: response.language)
      }
      return builder.finish()
    }
  }

  /// All answers of a questionnaire with their texts, whether they are locked or not.
  /// - Throws: `not_found`.
  func answers(of id: QuestionnaireID, in community: CommunityID) async throws -> SurveyData {
    let sources = try await sources(of: id, in: community)
    return try await answers(of: id, sources.versions, in: community)
  }

  private func locked(
    _ lock: AnswerLock, _ names: Set<String>?, in community: CommunityID
  ) async throws -> SurveyData {
    let opened = try await opened(lock.questionnaire, names, in: community)
    guard let data = SurveyData(head: opened.head, columns: opened.columns) else {
      throw DatabaseError.unexpectedValue("no columns of locked answers")
    }
    return data
  }

  /// What is kept of locked answers: their head, and the columns of some questions by place; of all where `names` is nil.
  func opened(
    _ questionnaire: QuestionnaireID, _ names: Set<String>?, in community: CommunityID
  ) async throws -> (head: [UInt8], columns: [Int: [UInt8]]) {
    let cipher = try await staff.cipher(of: community)
    return try await staff.database.read { snapshot in
      func opened(_ positions: [Int]) throws -> [Int: [UInt8]] {
        try LockStore.columns(positions, of: questionnaire, in: community, snapshot)
          .reduce(into: [:]) { opened, column in
            opened[column.position] = try cipher.openBytes(
              column.sealed, at: LockStore.address(column.id, in: community))
          }
      }
      guard let head = try opened([0])[0], let empty = SurveyData(head: head, columns: [:]) else {
        throw DatabaseError.unexpectedValue("no head of locked answers")
      }
      let wanted = empty.items.indices.filter { names?.contains(empty.items[$0].name) ?? true }
      let columns = try opened(wanted.map { $0 + 1 })
      return (head, Dictionary(uniqueKeysWithValues: columns.map { ($0.key - 1, $0.value) }))
    }
  }

  /// Whether what is kept of locked answers still has their digest.
  func verify(_ lock: AnswerLock, in community: CommunityID) async throws -> Bool {
    let data = try await locked(lock, nil, in: community)
    return data.count == lock.answers && data.digest == lock.digest
  }
}

extension Problem {
  static let analysisNothingYet = Problem(
    "analysis.nothing_yet", status: 409,
    Phrase("这份问卷还没开始收。", "This questionnaire has not been opened yet."))
}
