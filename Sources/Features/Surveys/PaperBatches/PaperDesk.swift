import Database
import Kernel
import People
import Security
import Web

/// Where sheets of paper are made, keyed in twice and settled. Each step is one transaction; within a community they follow one
/// another, so of two that want the same the second finds what the first did and is told so.
///
/// The audit names batches and not sheets, and what is done twice is known by the state of the sheet: nothing that stays tells
/// which answer was whose sheet.
struct PaperDesk: Sendable {
  let responses = ResponseDesk()

  /// What became of a sheet that was keyed in.
  enum Outcome: String, Sendable, CaseIterable {
    case keyedOnce = "once"
    case stored
    case differing
  }

  /// One sheet with everything that it belongs to.
  struct Place: Sendable {
    let batch: PaperBatch
    var sheet: PaperSheet
    let questionnaire: Questionnaire
    let version: QuestionnaireVersion
    let collector: Collector

    var serial: PaperSerial { batch.serial(sheet.number) }
  }

  /// - Throws: `not_found`.
  func place(_ serial: PaperSerial, in community: CommunityID, _ snapshot: Snapshot) throws -> Place {
    guard let batch = try PaperBatchStore.find(number: serial.batch, in: community, snapshot),
      let sheet = try PaperBatchStore.sheet(serial.sheet, of: batch.id, in: community, snapshot),
      let questionnaire = try QuestionnaireStore.find(batch.questionnaire, in: community, snapshot),
      let version = try QuestionnaireVersionStore.version(
        batch.version, of: batch.questionnaire, in: community, snapshot),
      let collector = try CollectorStore.find(batch.collector, in: community, snapshot)
    else { throw Problem.notFound }
    return Place(
      batch: batch, sheet: sheet, questionnaire: questionnaire, version: version, collector: collector)
  }

  // MARK: - Making

  /// Makes sheets with the questions as they stand now.
  /// - Throws: `not_found`, `paper.not_possible`, `form.stale` for a language that it does not have.
  func make(
    _ draft: PaperBatchForm.Draft, of questionnaireID: QuestionnaireID, through id: CollectorID,
    by actor: Actor, in transaction: Transaction
  ) throws -> PaperBatch {
    let community = transaction.community
    guard let collector = try CollectorStore.find(id, in: community, transaction), collector.kind == .paper,
      collector.questionnaire == questionnaireID,
      let questionnaire = try QuestionnaireStore.find(questionnaireID, in: community, transaction)
    else { throw Problem.notFound }
    guard questionnaire.state == .open, collector.isOpen(at: transaction.now),
      let version = try QuestionnaireVersionStore.version(
        questionnaire.version, of: questionnaireID, in: community, transaction)
    else { throw Problem.paperNotPossible }
    let languages = version.definition.languages
    guard let language = draft.language ?? (languages.count > 1 ? nil : languages.first ?? .unnamed),
      languages.contains(language) || languages.isEmpty
    else { throw Problem.staleForm }
    let batch = PaperBatch(
      id: transaction.newIdentifier(), number: try PaperBatchStore.lastNumber(in: community, transaction) + 1,
      questionnaire: questionnaireID, version: version.number, collector: id, language: language,
      sheets: draft.sheets, madeAt: transaction.now, madeBy: actor)
    try PaperBatchStore.insert(batch, in: transaction)
    try transaction.audit("surveys.paper_batch_make", by: actor, of: batch.id.rawValue)
    return batch
  }

  // MARK: - Keying

  /// Keeps what one member of staff read on a sheet; the second time it is compared, and stored where both read the same and
  /// nothing contradicts itself.
  ///
  /// - Parameter respondent: nobody where the questionnaire is anonymous.
  /// - Throws: `not_found`, `paper.locked`, `paper.settled`, `paper.keyed_by_you`, `paper.keyed_twice`, `survey.whom`,
  ///   `survey.household`.
  func key(
    _ keyed: KeyedSheet, _ serial: PaperSerial, respondent: Respondent, by actor: Actor,
    sealing cipher: FieldCipher, offsetSeconds: Int, in transaction: Transaction
  ) throws -> Outcome {
    let community = transaction.community
    var place = try place(serial, in: community, transaction)
    let batch = place.batch
    let keyers = try PaperEntryStore.keyers(of: serial.sheet, in: batch.id, community, transaction)
    if let refusal = PaperRules.refusal(
      toKey: place.sheet, of: place.questionnaire, keyedBy: keyers.map(\.person), by: actor.person)
    {
      throw refusal
    }
    _ = try ResponseRules.participation(of: respondent, through: .paper, under: place.version.terms)
    if place.sheet.state == .missing {
      place.sheet.state = .open
      place.sheet.settledBy = nil
      try PaperBatchStore.keep(place.sheet, of: batch.id, in: transaction)
    }
    let entry = PaperEntry(
      id: transaction.newIdentifier(), place: keyers.first?.place == 1 ? 2 : 1, keyer: actor,
      keyedAt: transaction.now,
      respondent: place.version.terms.privacy == .anonymous ? .nobody : respondent, sheet: keyed)
    try PaperEntryStore.insert(entry, of: serial.sheet, in: batch.id, sealing: cipher, in: transaction)
    try transaction.audit("surveys.paper_key", by: actor, of: batch.id.rawValue)
    guard !keyers.isEmpty else { return .keyedOnce }
    let paper = try PaperForm(place.version, in: batch.language)
    let clock = ExpressionClock(now: transaction.now, offsetSeconds: offsetSeconds)
    let list = try list(place, paper, opening: cipher, clock: clock, transaction)
    guard list.isEmpty, try !hasAnswered(respondent, place, community, transaction) else { return .differing }
    let review = try PaperReview(list.first.sheet, of: place.version, in: batch.language, clock: clock)
    try store(
      review.sheet.kept, of: list.second.respondent, place, list, by: actor, hasDecided: false,
      sealing: cipher, in: transaction)
    return .stored
  }

  /// What the two entries of a sheet have differently.
  /// - Throws: `paper.settled`, `paper.not_compared`.
  func list(
    _ place: Place, _ paper: PaperForm, opening cipher: FieldCipher, clock: ExpressionClock,
    _ snapshot: Snapshot, in community: CommunityID
  ) throws -> DifferenceList {
    guard place.sheet.state == .open else { throw Problem.paperSettled }
    let entries = try PaperEntryStore.entries(
      of: place.sheet.number, in: place.batch.id, opening: cipher, community, snapshot)
    guard entries.count == 2 else { throw Problem.paperNotCompared }
    return try DifferenceList(entries[0], entries[1], paper, clock: clock)
  }

  private func list(
    _ place: Place, _ paper: PaperForm, opening cipher: FieldCipher, clock: ExpressionClock,
    _ transaction: Transaction
  ) throws -> DifferenceList {
    try list(place, paper, opening: cipher, clock: clock, transaction, in: transaction.community)
  }

  /// Whether the one answer of this person or household is there already.
  func hasAnswered(
    _ respondent: Respondent, _ place: Place, _ community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bool {
    guard
      let participation = try ResponseRules.participation(
        of: respondent, through: .paper, under: place.version.terms)
    else { return false }
    return try ResponseStore.hasParticipated(
      participation, in: place.questionnaire.id, community, snapshot)
  }

  // MARK: - Settling

  /// What was decided at the third look.
  struct Decision: Sendable {
    /// The identifiers of the entries that whoever decided saw.
    let seen: [PaperEntryID]
    let form: DifferenceForm
    /// Whom whoever decided named; nil where one of the entries is right.
    let named: Respondent?
  }

  /// Keeps the answer that was decided on.
  /// - Throws: `not_found`, `paper.locked`, `paper.settled`, `paper.not_compared`, `paper.answered`, `form.stale`, and
  ///   `form.invalid` for questions whose answers still contradict one another.
  func settle(
    _ decision: Decision, _ serial: PaperSerial, by actor: Actor, sealing cipher: FieldCipher,
    offsetSeconds: Int, in transaction: Transaction
  ) throws {
    let place = try place(serial, in: transaction.community, transaction)
    guard PaperRules.takesEntries(place.questionnaire) else { throw Problem.paperLocked }
    let paper = try PaperForm(place.version, in: place.batch.language)
    let clock = ExpressionClock(now: transaction.now, offsetSeconds: offsetSeconds)
    let list = try list(place, paper, opening: cipher, clock: clock, transaction)
    guard [list.first.id, list.second.id] == decision.seen else { throw Problem.staleForm }
    let review = try PaperReview(
      decision.form.answers, of: place.version, in: place.batch.language, clock: clock)
    let problems = review.warnings.filter(\.isContradiction).map { warning in
      FieldProblem(
        DifferenceForm.choice(warning.item), warning.message(place.version, place.batch.language))
    }
    if !problems.isEmpty { throw Problem.invalid(problems) }
    let respondent = respondent(decision, list)
    if try hasAnswered(respondent, place, transaction.community, transaction) { throw Problem.paperAnswered }
    try store(
      review.sheet.kept, of: respondent, place, list, by: actor, hasDecided: true, sealing: cipher,
      in: transaction)
    try transaction.audit("surveys.paper_settle", by: actor, of: place.batch.id.rawValue)
  }

  private func respondent(_ decision: Decision, _ list: DifferenceList) -> Respondent {
    switch decision.form.who {
    case .second?: list.second.respondent
    case .other?: decision.named ?? list.first.respondent
    case .first?, nil: list.first.respondent
    }
  }

  /// The answer is kept under a name of its own that nobody knows afterwards, and what was keyed in goes.
  private func store(
    _ answers: ResponseAnswers, of respondent: Respondent, _ place: Place, _ list: DifferenceList,
    by actor: Actor, hasDecided: Bool, sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let batch = place.batch
    let outcome = try responses.take(
      ResponseDesk.Arrival(
        questionnaire: batch.questionnaire, version: place.version, collector: place.collector,
        language: batch.language, respondent: respondent, answers: answers,
        clientKey: SecretToken.make(.bits128).text, recordedBy: actor),
      sealing: cipher, in: transaction)
    guard outcome == .kept else { throw Problem.internalFault }
    let paper = try PaperForm(place.version, in: batch.language)
    var fields = paper.questions.map { (item: $0, differs: list.differing.contains($0)) }
    if place.version.terms.privacy != .anonymous {
      fields.append((item: KeyedSheet.who, differs: list.differsInWho))
    }
    try PaperEntryStore.count(
      fields, in: batch.id, between: list.first.keyer.person, and: list.second.keyer.person, in: transaction)
    var sheet = place.sheet
    sheet.state = .stored
    sheet.fields = Int64(list.fields)
    sheet.differences = Int64(list.differences)
    sheet.settledBy = hasDecided ? actor : nil
    try PaperBatchStore.keep(sheet, of: batch.id, in: transaction)
    try PaperEntryStore.remove(of: sheet.number, in: batch.id, in: transaction)
  }
}
