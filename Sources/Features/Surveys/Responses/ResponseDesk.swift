import Database
import Kernel
import People
import Security

/// Where answers are taken, whatever way they come: once each, under what was promised.
struct ResponseDesk: Sendable {
  /// What came in, with everything that was checked before the transaction.
  struct Arrival: Sendable {
    let questionnaire: QuestionnaireID
    /// The version that was asked.
    let version: QuestionnaireVersion
    let collector: Collector
    let language: FormLanguage
    let respondent: Respondent
    /// Checked and cleaned: only what was asked.
    let answers: ResponseAnswers
    /// Made by the page or the sheet; the same with each try.
    let clientKey: String
    /// Who writes it down for the respondent; nil where they do it themselves.
    let recordedBy: Actor?
  }

  enum Outcome: Sendable, Equatable {
    case kept
    /// It was kept before, under the same key.
    case keptBefore
  }

  /// Keeps a sheet that somebody filled in, if nothing is wrong with it.
  ///
  /// - Parameters:
  ///   - clientKey: made by the page; the same with each try.
  ///   - recordedBy: who writes it down for the respondent; nil where they do it themselves.
  /// - Throws: `form.invalid` naming the questions, and as the function below.
  func take(
    _ sheet: AnswerSheet, through collector: Collector, from respondent: Respondent, clientKey: String,
    recordedBy: Actor?, sealing cipher: FieldCipher, in transaction: Transaction
  ) throws -> Outcome {
    try sheet.check()
    return try take(
      Arrival(
        questionnaire: collector.questionnaire, version: sheet.version, collector: collector,
        language: sheet.language, respondent: respondent, answers: sheet.kept, clientKey: clientKey,
        recordedBy: recordedBy), sealing: cipher, in: transaction)
  }

  /// Keeps one answer.
  ///
  /// - Parameter cipher: of the community's answers, fetched before the transaction.
  /// - Throws: `not_found`, `collector.ended`, `survey.answered`, `survey.sign_in`, `survey.whom`, `survey.household`,
  ///   `survey.letter_unknown`.
  func take(_ arrival: Arrival, sealing cipher: FieldCipher, in transaction: Transaction) throws -> Outcome {
    let community = transaction.community
    let clientKey = Digest(of: arrival.clientKey)
    if try ResponseStore.isKept(clientKey, of: arrival.questionnaire, in: community, transaction) {
      return .keptBefore
    }
    guard
      let questionnaire = try QuestionnaireStore.find(arrival.questionnaire, in: community, transaction),
      let collector = try CollectorStore.find(arrival.collector.id, in: community, transaction),
      collector.questionnaire == questionnaire.id
    else { throw Problem.notFound }
    guard CollectorRules.takes(collector, of: questionnaire, at: transaction.now) else {
      throw Problem.collectorEnded
    }
    let terms = arrival.version.terms
    let participation = try ResponseRules.participation(
      of: arrival.respondent, through: collector.kind, under: terms)
    if let participation {
      guard
        try !ResponseStore.hasParticipated(participation, in: questionnaire.id, community, transaction)
      else { throw Problem.surveyAnswered }
      try ResponseStore.insert(participation, in: questionnaire.id, transaction)
    }
    let response = SurveyResponse(
      id: ResponseRules.randomIdentifier(), version: arrival.version.number, collector: collector.id,
      mode: collector.kind, language: arrival.language, answers: arrival.answers,
      identity: terms.privacy.keepsTimes ? identity(of: arrival, at: transaction.now) : nil)
    try ResponseStore.insert(
      response, of: questionnaire.id,
      sealed: try cipher.seal(
        bytes: arrival.answers.bytes, at: ResponseStore.address(response.id, in: community)),
      clientKey: clientKey, in: transaction)
    if let actor = arrival.recordedBy {
      try transaction.audit("surveys.response_record", by: actor, of: questionnaire.id.rawValue)
    }
    return .kept
  }

  private func identity(of arrival: Arrival, at moment: Timestamp) -> SurveyResponse.Identity {
    var person: PersonID?
    var home: HouseholdID?
    if case .person(let id, let household) = arrival.respondent { (person, home) = (id, household) }
    return SurveyResponse.Identity(
      person: person, household: home, answeredAt: moment, recordedBy: arrival.recordedBy?.person)
  }
}
