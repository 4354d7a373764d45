import Database
import Hummingbird
import Kernel
import People
import Web

/// The station's doors of ways of collecting.
struct CollectorDoors: Sendable {
  let staff: SurveyStaff
  let desk = CollectorDesk()
  /// Most letters on one printed page of the browser.
  private static let lettersAtOnce: Int64 = 100

  func register(on routes: inout Routes) {
    let (readers, objects) = (SurveyStaff.readers, SurveyStaff.objects)
    let base = "\(QuestionnairePages.base)/:questionnaire/collectors"
    let one = "\(base)/:collector"
    routes.get("\(base)/new", for: readers, objects: objects) { signedIn in
      .page(try await newPage(signedIn, .empty, []), signedIn)
    }
    routes.post(base, for: readers, objects: objects, limits: SurveyStaff.writes) { try await open($0) }
    routes.get(one, for: readers, objects: objects) { signedIn in
      let view = try await view(signedIn)
      return .page(
        pages(signedIn).one(view, key: Form.newKey, alerts: signedIn.savedNotice), signedIn)
    }
    routes.get("\(one)/poster", for: readers, objects: objects) { signedIn in
      let view = try await view(signedIn)
      guard let address = view.address else { throw Problem.notFound }
      return .page(pages(signedIn).poster(view, address: address), signedIn)
    }
    routes.get("\(one)/letters", for: readers, objects: objects) { try await letters($0) }
    routes.post("\(one)/end", for: readers, objects: objects, limits: SurveyStaff.writes) { signedIn in
      try await change(signedIn) { [desk] in try desk.end($0, of: $1, by: $2, in: $3) }
    }
    routes.post("\(one)/renew", for: readers, objects: objects, limits: SurveyStaff.writes) { signedIn in
      try await change(signedIn) { [desk] in try desk.renew($0, of: $1, by: $2, in: $3) }
    }
  }

  private func pages(_ signedIn: SignedIn) -> CollectorPages {
    CollectorPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  private func newPage(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let (id, community): (QuestionnaireID, CommunityID) = (
      try signedIn.id("questionnaire"), signedIn.community.id
    )
    let found = try await staff.database.read { try QuestionnaireStore.find(id, in: community, $0) }
    guard found != nil else { throw Problem.notFound }
    return pages(signedIn).form(of: id, key: Form.newKey, state, alerts: alerts)
  }

  private func view(_ signedIn: SignedIn) async throws -> CollectorPages.View {
    let community = signedIn.community.id
    let questionnaireID: QuestionnaireID = try signedIn.id("questionnaire")
    let id: CollectorID = try signedIn.id("collector")
    let (now, origin) = (signedIn.now, signedIn.visit.origin)
    return try await staff.database.read { [keys = staff.keys] snapshot in
      guard let collector = try CollectorStore.find(id, in: community, snapshot),
        collector.questionnaire == questionnaireID,
        let questionnaire = try QuestionnaireStore.find(questionnaireID, in: community, snapshot),
        let version = try QuestionnaireVersionStore.version(
          questionnaire.version, of: questionnaireID, in: community, snapshot)
      else { throw Problem.notFound }
      let counts = try ResponseStore.counts(of: questionnaireID, in: community, snapshot)
      let contacts = try ContactStore.counts(of: questionnaireID, in: community, snapshot)
      return CollectorPages.View(
        collector: collector, version: version, answers: counts[id] ?? 0,
        address: collector.kind.isPublic
          ? "\(origin)\(AnswerPages.base)/\(keys.token(of: collector, in: community))" : nil,
        isOpen: questionnaire.state == .open && collector.isOpen(at: now), contacts: contacts[id] ?? [:])
    }
  }

  private func letters(_ signedIn: SignedIn) async throws -> Response {
    let view = try await view(signedIn)
    guard let sheets = view.collector.sheets, let address = view.address, view.collector.kind == .letter
    else { throw Problem.notFound }
    let first =
      signedIn.query("from").flatMap { Int64($0) }.map { max($0, sheets.lowerBound) }
      ?? sheets.lowerBound
    let last = min(first + Self.lettersAtOnce - 1, sheets.upperBound)
    guard first <= last else { throw Problem.notFound }
    let letters = (first...last).map { number -> CollectorPages.Letter in
      let code = staff.keys.letterCode(number, of: view.collector.questionnaire, in: signedIn.community.id)
      return CollectorPages.Letter(code: code, address: "\(address)?letter=\(code)")
    }
    return .page(pages(signedIn).letters(view, letters), signedIn)
  }

  private func open(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let id: QuestionnaireID = try signedIn.id("questionnaire")
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await newPage(signedIn, $0, $1) },
      work: {
        let draft = try CollectorForm.draft(
          form, at: signedIn.now, offsetSeconds: signedIn.community.offsetSeconds)
        let made = try await staff.database.make(
          in: signedIn.community.id, once: try form.onceKey("POST /surveys/collectors", signedIn)
        ) { [desk] in try desk.open(draft, of: id, by: actor, in: $0).id }
        return .redirect(to: "\(QuestionnairePages.path(id))/collectors/\(made)")
      })
  }

  private func change(
    _ signedIn: SignedIn,
    _ work: @escaping @Sendable (CollectorID, QuestionnaireID, Actor, Transaction) throws -> Void
  ) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let questionnaire: QuestionnaireID = try signedIn.id("questionnaire")
    let id: CollectorID = try signedIn.id("collector")
    let form = try await signedIn.form()
    try await staff.database.change(
      in: signedIn.community.id, once: try form.onceKey("POST /surveys/collectors/step", signedIn)
    ) { try work(id, questionnaire, actor, $0) }
    return .redirect(to: "\(QuestionnairePages.path(questionnaire))/collectors/\(id)?saved=1")
  }
}
