import Database
import Hummingbird
import Kernel
import People
import Security
import Web

/// The doors where a social worker asks somebody the questions, at the door or on the telephone.
struct InterviewDoors: Sendable {
  let staff: SurveyStaff
  let desk = ResponseDesk()

  func register(on routes: inout Routes) {
    let (readers, objects) = (SurveyStaff.readers, SurveyStaff.objects)
    let one = "\(QuestionnairePages.base)/:questionnaire/collectors/:collector/ask"
    routes.get(one, for: readers, objects: objects) { try await ask($0) }
    routes.post(one, for: readers, objects: objects, limits: SurveyStaff.writes) { try await answer($0) }
    routes.post("\(one)/contacts", for: readers, objects: objects, limits: SurveyStaff.writes) {
      try await note($0)
    }
    routes.get("\(QuestionnairePages.base)/:questionnaire/preview", for: readers, objects: objects) {
      try await preview($0)
    }
  }

  private struct Target: Sendable {
    let questionnaire: Questionnaire
    let collector: Collector
    let version: QuestionnaireVersion

    var path: String { "\(CollectorPages.path(collector))/ask" }
  }

  private func target(_ signedIn: SignedIn, version number: Int64? = nil) async throws -> Target {
    let community = signedIn.community.id
    let questionnaireID: QuestionnaireID = try signedIn.id("questionnaire")
    let id: CollectorID = try signedIn.id("collector")
    return try await staff.database.read { snapshot in
      guard let collector = try CollectorStore.find(id, in: community, snapshot),
        collector.questionnaire == questionnaireID,
        collector.kind == .interviewer || collector.kind == .phone,
        let questionnaire = try QuestionnaireStore.find(questionnaireID, in: community, snapshot),
        let version = try QuestionnaireVersionStore.version(
          number ?? questionnaire.version, of: questionnaireID, in: community, snapshot)
      else { throw Problem.notFound }
      return Target(questionnaire: questionnaire, collector: collector, version: version)
    }
  }

  private func clock(_ signedIn: SignedIn) -> ExpressionClock {
    ExpressionClock(now: signedIn.now, offsetSeconds: signedIn.community.offsetSeconds)
  }

  private func page(
    _ signedIn: SignedIn, _ target: Target, _ sheet: AnswerSheet, _ state: FormState, _ alerts: [HTML],
    key: String
  ) -> Page {
    let parts = InterviewParts(say: signedIn.say, token: signedIn.formToken)
    let page = AnswerPages(say: signedIn.say, token: signedIn.formToken).page(
      AnswerPages.Request(
        sheet: sheet, path: target.path, key: key, state: state, alerts: alerts,
        respondent: { parts.respondent(target.version.terms, $0) }, isInterview: true, keepsDraft: false))
    return Page(
      title: page.title, main: page.main + parts.contacts(target.path, key: Form.newKey),
      alerts: page.alerts, scripts: page.scripts, offline: page.offline)
  }

  // MARK: - Asking

  private func ask(_ signedIn: SignedIn) async throws -> Response {
    let target = try await target(signedIn)
    guard target.questionnaire.state == .open, target.collector.isOpen(at: signedIn.now) else {
      throw Problem.collectorEnded
    }
    let definition = target.version.definition
    let language = AnswerSheet.language(
      of: definition, asked: signedIn.query("language"), reader: signedIn.language)
    let first = DefaultAnswers.of(definition, clock: clock(signedIn))
    let sheet = try AnswerSheet(target.version, language: language, answers: first, clock: clock(signedIn))
    let notices =
      signedIn.query("saved") == nil
      ? [] : [PageParts.notice(signedIn.say("记下了，可以问下一位。", "Noted. On to the next person."), .good)]
    return .page(
      page(
        signedIn, target, sheet, FormState(QuestionParts.fields(of: first, definition)), notices,
        key: Form.newKey), signedIn)
  }

  /// The draft as people would see it; nothing is sent from here.
  private func preview(_ signedIn: SignedIn) async throws -> Response {
    let (id, community): (QuestionnaireID, CommunityID) = (
      try signedIn.id("questionnaire"), signedIn.community.id
    )
    let draft = try await staff.database.read {
      try QuestionnaireVersionStore.draft(of: id, in: community, $0)
    }
    guard let draft else { throw Problem.notFound }
    let path = QuestionnairePages.path(id)
    guard FormCheck.problems(of: draft.definition).allSatisfy({ !$0.isFault }) else {
      return .redirect(to: "\(path)/questions")
    }
    let version = QuestionnaireVersion(
      questionnaire: id, number: 0, terms: draft.terms, definition: draft.definition,
      digest: Digest(of: "preview"), openedAt: signedIn.now, openedBy: draft.updatedBy)
    let language = AnswerSheet.language(
      of: draft.definition, asked: signedIn.query("language"), reader: signedIn.language)
    let first = DefaultAnswers.of(draft.definition, clock: clock(signedIn))
    let sheet = try AnswerSheet(version, language: language, answers: first, clock: clock(signedIn))
    let say = signedIn.say
    return .page(
      AnswerPages(say: say, token: signedIn.formToken).page(
        AnswerPages.Request(
          sheet: sheet, path: "\(path)/preview", key: Form.newKey,
          state: FormState(QuestionParts.fields(of: first, draft.definition)),
          alerts: [
            PageParts.notice(
              say("这是样子，填了也不会收。", "This is only how it looks; nothing is taken here."))
          ], respondent: { _ in .empty }, isInterview: false, keepsDraft: false, isPreview: true)), signedIn)
  }

  // MARK: - Taking

  private func answer(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let sent = try await signedIn.form()
    let target = try await target(signedIn, version: try sent["version"].flatMap { Int64($0) })
    let definition = target.version.definition
    let language = AnswerSheet.language(
      of: definition, asked: try sent["language"], reader: signedIn.language)
    let key = try sent["idempotency_key"] ?? sent["key"] ?? ""
    let clock = clock(signedIn)
    let read: () throws -> (AnswerForm, AnswerSheet) = {
      let form = try AnswerForm(sent, definition, offsetSeconds: clock.offsetSeconds)
      return (form, try AnswerSheet(target.version, language: language, answers: form.answers, clock: clock))
    }
    let empty = try AnswerSheet(
      target.version, language: language, answers: ResponseAnswers(), clock: clock)
    return try await FormAgain.answer(
      signedIn, sent, page: { page(signedIn, target, (try? read().1) ?? empty, $0, $1, key: key) },
      work: {
        let (form, sheet) = try read()
        if !signedIn.wantsJSON, !sheet.unseen(among: form.shown).isEmpty {
          let more = signedIn.say("根据回答，还有几道题。", "There are some more questions after these answers.")
          return .page(
            page(signedIn, target, sheet, FormState(sent), [PageParts.notice(more)], key: key), signedIn)
        }
        try sheet.check()
        let respondent = try await RespondentSearch(staff: staff).respondent(
          sent, under: target.version.terms, in: signedIn.community.id)
        try await take(sheet, form, target, signedIn, by: actor, respondent)
        return .redirect(to: "\(target.path)?saved=1")
      })
  }

  private func take(
    _ sheet: AnswerSheet, _ form: AnswerForm, _ target: Target, _ signedIn: SignedIn, by actor: Actor,
    _ respondent: Respondent
  ) async throws {
    let community = signedIn.community.id
    let cipher = try await staff.cipher(of: community)
    _ = try await staff.database.write(in: community) { [desk] in
      try desk.take(
        sheet, through: target.collector, from: respondent, clientKey: form.key, recordedBy: actor,
        sealing: cipher, in: $0)
    }
  }

  private func note(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let target = try await target(signedIn)
    let form = try await signedIn.form()
    guard let outcome = try form["outcome"].flatMap(Contact.Outcome.init(rawValue:)) else {
      throw Problem.staleForm
    }
    try await staff.database.change(
      in: signedIn.community.id, once: try form.onceKey("POST /surveys/contacts", signedIn)
    ) { try ContactDesk().note(outcome, through: target.collector, by: actor, in: $0) }
    return .redirect(to: "\(target.path)?saved=1")
  }
}
