import Database
import Hummingbird
import Kernel
import People
import Web

/// The station's doors of questionnaires as wholes.
struct QuestionnaireDoors: Sendable {
  let staff: SurveyStaff
  let desk = QuestionnaireDesk()
  private static let pageSize = 50

  func register(on routes: inout Routes) {
    let (readers, objects, base) = (SurveyStaff.readers, SurveyStaff.objects, QuestionnairePages.base)
    let one = "\(base)/:questionnaire"
    routes.get(base, for: readers, objects: objects) { try await list($0) }
    routes.get("\(base)/new", for: readers, objects: .none) { signedIn in
      .page(newPage(signedIn, .empty, []), signedIn)
    }
    routes.post(base, for: readers, objects: .none, limits: SurveyStaff.writes) { try await make($0) }
    routes.get(one, for: readers, objects: objects) { signedIn in
      .page(try await page(signedIn, signedIn.savedNotice), signedIn)
    }
    routes.get("\(one)/terms", for: readers, objects: objects) { signedIn in
      .page(try await termsPage(signedIn, nil, []), signedIn)
    }
    routes.post("\(one)/terms", for: readers, objects: objects, limits: SurveyStaff.writes) {
      try await write($0)
    }
    routes.post("\(one)/open", for: readers, objects: objects) { try await open($0) }
    routes.post("\(one)/close", for: readers, objects: objects) { try await step(.closed, $0) }
    routes.post("\(one)/reopen", for: readers, objects: objects) { try await step(.reopened, $0) }
  }

  private func pages(_ signedIn: SignedIn) -> QuestionnairePages {
    QuestionnairePages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  // MARK: - Looking

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let before = signedIn.query("before").flatMap { QuestionnaireID($0) }
    let lines = try await staff.database.read { snapshot in
      try QuestionnaireStore.list(before: before, limit: Self.pageSize + 1, in: community, snapshot).map {
        (
          line: $0,
          answers: try ResponseStore.count(of: $0.questionnaire.id, in: community, snapshot)
        )
      }
    }
    let part = Portion(lines, of: Self.pageSize)
    let next = part.last.map { "\(QuestionnairePages.base)?before=\($0.line.questionnaire.id)" }
    return .page(pages(signedIn).list(part.shown, next: next), signedIn)
  }

  private func page(_ signedIn: SignedIn, _ alerts: [HTML]) async throws -> Page {
    let (id, community): (QuestionnaireID, CommunityID) = (
      try signedIn.id("questionnaire"), signedIn.community.id
    )
    let view = try await staff.database.read { [directory = staff.directory] snapshot in
      guard let questionnaire = try QuestionnaireStore.find(id, in: community, snapshot),
        let draft = try QuestionnaireVersionStore.draft(of: id, in: community, snapshot)
      else { throw Problem.notFound }
      let counts = try ResponseStore.counts(of: id, in: community, snapshot)
      let events = try QuestionnaireStore.events(of: id, in: community, snapshot)
      return QuestionnairePages.View(
        questionnaire: questionnaire, draft: draft,
        version: try QuestionnaireVersionStore.version(
          questionnaire.version, of: id, in: community, snapshot),
        collectors: try CollectorStore.all(of: id, in: community, snapshot).map {
          (collector: $0, answers: counts[$0.id] ?? 0)
        }, events: events,
        names: try directory.displayNames(of: Set(events.map(\.actor.person)), in: community, snapshot))
    }
    return pages(signedIn).one(view, key: Form.newKey, alerts: alerts)
  }

  private func newPage(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) -> Page {
    pages(signedIn).terms(nil, seen: 0, isPromised: false, key: Form.newKey, state, alerts: alerts)
  }

  private func termsPage(_ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]) async throws -> Page {
    let (id, community): (QuestionnaireID, CommunityID) = (
      try signedIn.id("questionnaire"), signedIn.community.id
    )
    let (questionnaire, draft) = try await staff.database.read { snapshot in
      guard let questionnaire = try QuestionnaireStore.find(id, in: community, snapshot),
        let draft = try QuestionnaireVersionStore.draft(of: id, in: community, snapshot)
      else { throw Problem.notFound }
      return (questionnaire, draft)
    }
    return pages(signedIn).terms(
      id, seen: draft.revision, isPromised: questionnaire.version > 0, key: Form.newKey,
      state ?? QuestionnaireForm.state(of: draft), alerts: alerts)
  }

  // MARK: - Changing

  private func make(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { newPage(signedIn, $0, $1) },
      work: {
        let draft = try QuestionnaireForm.draft(form, keeping: [])
        let id = try await staff.database.make(
          in: signedIn.community.id, once: try form.onceKey("POST /surveys", signedIn)
        ) { [desk] transaction in
          let made = try desk.make(draft.terms, by: actor, in: transaction)
          try desk.write(made.id, seen: 1, by: actor, in: transaction) {
            $0.definition.languages = draft.languages
            $0.definition.defaultLanguage = draft.languages.first
            $0.definition.title = FormText([draft.languages[0]: draft.terms.title])
          }
          return made.id
        }
        return .redirect(to: "\(QuestionnairePages.base)/\(id)/questions")
      })
  }

  private func write(_ signedIn: SignedIn) async throws -> Response {
    let id: QuestionnaireID = try signedIn.id("questionnaire")
    return try await staff.change(
      signedIn, "POST /surveys/terms", leadingTo: "\(QuestionnairePages.path(id))?saved=terms",
      page: { try await termsPage(signedIn, $0, $1) }
    ) { form, actor in
      let seen = try SurveyStaff.seen(form)
      return { [desk] transaction in
        try desk.write(id, seen: seen, by: actor, in: transaction) { draft in
          let sent = try QuestionnaireForm.draft(form, keeping: draft.definition.languages)
          draft.terms = sent.terms
          draft.definition.change(languages: sent.languages)
          draft.definition.title.byLanguage[sent.languages[0]] = sent.terms.title
        }
      }
    }
  }

  private func open(_ signedIn: SignedIn) async throws -> Response {
    try await change(signedIn) { [desk] id, seen, actor, transaction in
      try desk.open(id, seen: seen, by: actor, in: transaction)
    }
  }

  private func step(_ kind: QuestionnaireEvent.Kind, _ signedIn: SignedIn) async throws -> Response {
    try await change(signedIn) { [desk] id, seen, actor, transaction in
      try desk.step(kind, id, seen: seen, by: actor, in: transaction)
    }
  }

  private func change(
    _ signedIn: SignedIn,
    _ work: @escaping @Sendable (QuestionnaireID, Int64, Actor, Transaction) throws -> Void
  ) async throws -> Response {
    let id: QuestionnaireID = try signedIn.id("questionnaire")
    return try await staff.change(
      signedIn, "POST /surveys/step", leadingTo: "\(QuestionnairePages.path(id))?saved=step",
      page: { try await page(signedIn, $1) }
    ) { form, actor in
      let seen = try SurveyStaff.seen(form)
      return { try work(id, seen, actor, $0) }
    }
  }
}
