package import Database
package import Kernel
package import People
package import Security

/// The desks of Surveys, for whoever acts in it by program instead of through its pages.
extension Surveys {
  /// Where studies of interviews and observation are made.
  package var studies: StudyDesk { StudyDesk() }

  /// Where notes of interviews and observation are taken.
  package var fieldRecords: FieldRecordDesk { FieldRecordDesk(directory: staff.directory) }

  /// Where code books are written.
  package var codeBooks: CodeBookDesk { CodeBookDesk() }

  /// Where passages are coded twice, compared and settled.
  package var codings: CodingDesk { CodingDesk(directory: staff.directory) }

  /// Where tables of themes are published.
  package var themes: ThemeDesk { ThemeDesk() }

  /// Where quotes are made and agreed to.
  package var quoteDesk: QuoteDesk { QuoteDesk(directory: staff.directory) }

  /// What seals and opens answers, notes and quotes of a community.
  /// - Throws: what the storage of keys throws.
  package func cipher(of community: CommunityID) async throws -> FieldCipher {
    try await staff.cipher(of: community)
  }

  /// What people wrote to an open question of a locked questionnaire, in the order in which a coding counts them.
  package func texts(
    of questionnaire: QuestionnaireID, item: String, in community: CommunityID
  ) async throws -> [SurveyTexts.Text] {
    try await SurveyTexts.answers(staff).texts(questionnaire, item, community)
  }

  // MARK: - Questionnaires

  /// Makes a questionnaire that asks what a form says; it takes no answers yet.
  package func make(
    _ terms: QuestionnaireTerms, asking definition: FormDefinition, by actor: Actor,
    in transaction: Transaction
  ) throws -> QuestionnaireID {
    let desk = QuestionnaireDesk()
    let id = try desk.make(terms, by: actor, in: transaction).id
    try desk.write(id, seen: 1, by: actor, in: transaction) { $0.definition = definition }
    return id
  }

  /// Freezes the draft as it stands and takes answers to it.
  /// - Throws: `not_found`, `questionnaire.*`.
  package func open(_ id: QuestionnaireID, by actor: Actor, in transaction: Transaction) throws {
    guard let draft = try QuestionnaireVersionStore.draft(of: id, in: transaction.community, transaction)
    else { throw Problem.notFound }
    try QuestionnaireDesk().open(id, seen: draft.revision, by: actor, in: transaction)
  }

  /// Takes no answers any more.
  /// - Throws: `not_found`, `questionnaire.not_possible`.
  package func close(_ id: QuestionnaireID, by actor: Actor, in transaction: Transaction) throws {
    let found = try questionnaire(id, transaction)
    try QuestionnaireDesk().step(.closed, id, seen: found.events, by: actor, in: transaction)
  }

  /// Opens one way of collecting answers.
  ///
  /// - Parameter letters: how many, where it collects by letters; nil for everything else.
  /// - Throws: `not_found`, `questionnaire.not_possible`, `collector.*`.
  package func collect(
    _ id: QuestionnaireID, by kind: Collector.Kind, named name: String, letters: Int64? = nil,
    by actor: Actor, in transaction: Transaction
  ) throws -> Collector {
    try CollectorDesk().open(
      CollectorForm.Draft(kind: kind, name: name, sheets: letters, closesAt: nil), of: id, by: actor,
      in: transaction)
  }

  /// One filled-in questionnaire as it comes in.
  package struct GivenAnswers: Sendable {
    let respondent: Respondent
    let language: FormLanguage
    let values: [String: String]
    let refused: Set<String>
    /// Who writes it down; nil where the respondent does.
    let recordedBy: Actor?

    /// - Parameters:
    ///   - values: answers as text, by the names of the questions.
    ///   - refused: what somebody would rather not say.
    package init(
      _ values: [String: String], refused: Set<String> = [], by respondent: Respondent,
      language: FormLanguage, recordedBy: Actor? = nil
    ) {
      self.respondent = respondent
      self.language = language
      self.values = values
      self.refused = refused
      self.recordedBy = recordedBy
    }
  }

  /// Keeps answers that came together by one way; each is held against the form.
  ///
  /// - Throws: `not_found`, `form.invalid` naming the questions, `collector.ended`, `survey.*`.
  package func take(
    _ all: [GivenAnswers], through collector: Collector, offsetSeconds: Int, sealing cipher: FieldCipher,
    in transaction: Transaction
  ) throws {
    let found = try questionnaire(collector.questionnaire, transaction)
    guard
      let version = try QuestionnaireVersionStore.version(
        found.version, of: found.id, in: transaction.community, transaction)
    else { throw Problem.notFound }
    let clock = ExpressionClock(now: transaction.now, offsetSeconds: offsetSeconds)
    for given in all {
      let sheet = try AnswerSheet(
        version, language: given.language,
        answers: ResponseAnswers(values: given.values, refused: given.refused), clock: clock)
      _ = try ResponseDesk().take(
        sheet, through: collector, from: given.respondent, clientKey: SecretToken.make(.bits128).text,
        recordedBy: given.recordedBy, sealing: cipher, in: transaction)
    }
  }

  /// Notes doors and calls that came to nothing, for the note on who was not reached.
  package func note(
    absent: Int, refusing: Int, through collector: Collector, by actor: Actor, in transaction: Transaction
  ) throws {
    let outcomes =
      Array(repeating: Contact.Outcome.absent, count: absent)
      + Array(repeating: Contact.Outcome.refused, count: refusing)
    for outcome in outcomes {
      try ContactDesk().note(outcome, through: collector, by: actor, in: transaction)
    }
  }

  // MARK: - Paper

  /// Sheets of paper that were made together.
  package struct PaperSheets: Sendable {
    let batch: PaperBatch
  }

  /// Makes sheets with the questions as they stand now.
  /// - Throws: `not_found`, `paper.not_possible`, `form.stale` for a language that the form does not have.
  package func makeSheets(
    _ count: Int64, in language: FormLanguage, through collector: Collector, by actor: Actor,
    in transaction: Transaction
  ) throws -> PaperSheets {
    PaperSheets(
      batch: try PaperDesk().make(
        PaperBatchForm.Draft(sheets: count, language: language), of: collector.questionnaire,
        through: collector.id, by: actor, in: transaction))
  }

  /// Keeps what one member of staff read on a sheet; the second time it is compared, and stored where both read the same.
  ///
  /// - Parameters:
  ///   - written: answers as text, by the names of the questions; what is missing was left empty.
  ///   - number: of the sheet, from 1.
  /// - Throws: as the desk of paper.
  package func key(
    _ written: [String: String], on number: Int64, of sheets: PaperSheets, respondent: Respondent,
    by actor: Actor, offsetSeconds: Int, sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    _ = try PaperDesk().key(
      KeyedSheet(written.mapValues { .written($0) }), sheets.batch.serial(number), respondent: respondent,
      by: actor, sealing: cipher, offsetSeconds: offsetSeconds, in: transaction)
  }

  // MARK: - What they add up to

  /// Asks for the answers of a closed questionnaire to be locked; `lockWork` does it.
  /// - Throws: `not_found`, `lock.*`, `form.invalid`.
  package func lock(
    _ id: QuestionnaireID, _ spec: LockSpec, by actor: Actor, in transaction: Transaction
  ) throws {
    let found = try questionnaire(id, transaction)
    try LockDesk().request(id, spec, seen: found.events, by: actor, in: transaction)
  }

  /// Publishes a table of locked answers for everybody, as far as the gate lets it.
  ///
  /// - Parameters:
  ///   - question: its name.
  ///   - breakdowns: names of background that was settled with the lock; two at most.
  /// - Throws: `not_found`, `publication.*`.
  package func publish(
    _ question: String, across breakdowns: [String] = [], of id: QuestionnaireID, by actor: Actor,
    in community: CommunityID
  ) async throws -> EvidenceID {
    let reader = PublicationReader(staff: staff)
    let source = try await reader.source(id, in: community)
    let judged = try await reader.judged(
      PublicationQuery(question: question, breakdowns: breakdowns, filter: nil, audience: .everyone),
      of: source, in: community)
    return try await staff.database.write(in: community) {
      try PublicationDesk().publish(judged, by: actor, in: $0)
    }
  }

  private func questionnaire(
    _ id: QuestionnaireID, _ transaction: Transaction
  ) throws -> Questionnaire {
    guard let found = try QuestionnaireStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    return found
  }
}
