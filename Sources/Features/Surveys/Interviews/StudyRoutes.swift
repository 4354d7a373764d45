import Database
import Hummingbird
import Kernel
import People
import Web

/// The station's doors of studies as wholes.
struct StudyDoors: Sendable {
  let staff: SurveyStaff
  let desk = StudyDesk()
  private static let pageSize = 50

  func register(on routes: inout Routes) {
    let (readers, objects, base) = (SurveyStaff.readers, SurveyStaff.objects, StudyPages.base)
    let one = "\(base)/:study"
    routes.get(base, for: readers, objects: objects) { try await list($0) }
    routes.get("\(base)/new", for: readers, objects: .none) { signedIn in
      .page(newPage(signedIn, .empty, []), signedIn)
    }
    routes.post(base, for: readers, objects: .none, limits: SurveyStaff.writes) { try await make($0) }
    routes.get(one, for: readers, objects: objects) { signedIn in
      .page(try await page(signedIn, signedIn.savedNotice), signedIn)
    }
    routes.get("\(one)/edit", for: readers, objects: objects) { signedIn in
      .page(try await termsPage(signedIn, nil, []), signedIn)
    }
    routes.post("\(one)/terms", for: readers, objects: objects, limits: SurveyStaff.writes) {
      try await write($0)
    }
    routes.post("\(one)/close", for: readers, objects: objects) { signedIn in
      try await step(signedIn) { [desk] in try desk.close($0, seen: $1, by: $2, in: $3) }
    }
    routes.post("\(one)/reopen", for: readers, objects: objects) { signedIn in
      try await step(signedIn) { [desk] in try desk.reopen($0, seen: $1, by: $2, in: $3) }
    }
  }

  private func pages(_ signedIn: SignedIn) -> StudyPages {
    StudyPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  // MARK: - Looking

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let before = signedIn.query("before").flatMap { StudyID($0) }
    let lines = try await staff.database.read { snapshot in
      try StudyStore.list(before: before, limit: Self.pageSize + 1, in: community, snapshot)
    }
    let part = Portion(lines, of: Self.pageSize)
    let next = part.last.map { "\(StudyPages.base)?before=\($0.study.id)" }
    return .page(pages(signedIn).list(part.shown, next: next), signedIn)
  }

  private func page(_ signedIn: SignedIn, _ alerts: [HTML]) async throws -> Page {
    let (id, community): (StudyID, CommunityID) = (try signedIn.id("study"), signedIn.community.id)
    let before = signedIn.query("before").flatMap { Int64($0) }
    let view = try await staff.database.read { [directory = staff.directory] snapshot in
      guard let study = try StudyStore.find(id, in: community, snapshot),
        let version = try StudyStore.version(study.version, of: id, in: community, snapshot)
      else { throw Problem.notFound }
      let records = Portion(
        try FieldRecordStore.list(
          of: id, before: before, limit: Self.pageSize + 1, in: community, snapshot), of: Self.pageSize)
      let next = records.last.map { "\(StudyPages.path(id))?before=\($0.number)" }
      let events = try StudyStore.events(of: id, in: community, snapshot)
      let people = Set(events.map(\.actor.person)).union(records.shown.map(\.recordedBy.person))
      return StudyPages.View(
        study: study, terms: version.terms, records: records.shown, next: next, events: events,
        names: try directory.displayNames(of: people, in: community, snapshot))
    }
    return pages(signedIn).one(view, key: Form.newKey, alerts: alerts)
  }

  private func newPage(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) -> Page {
    pages(signedIn).terms(nil, seen: 0, key: Form.newKey, state, alerts: alerts)
  }

  private func termsPage(_ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]) async throws -> Page {
    let (id, community): (StudyID, CommunityID) = (try signedIn.id("study"), signedIn.community.id)
    let (study, terms) = try await staff.database.read { snapshot in
      guard let study = try StudyStore.find(id, in: community, snapshot),
        let version = try StudyStore.version(study.version, of: id, in: community, snapshot)
      else { throw Problem.notFound }
      return (study, version.terms)
    }
    return pages(signedIn).terms(
      id, seen: study.events, key: Form.newKey, state ?? StudyForm.state(of: terms), alerts: alerts)
  }

  // MARK: - Changing

  private func make(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { newPage(signedIn, $0, $1) },
      work: {
        let terms = try StudyForm.terms(form)
        let id = try await staff.database.make(
          in: signedIn.community.id, once: try form.onceKey("POST /studies", signedIn)
        ) { [desk] in try desk.make(terms, by: actor, in: $0).id }
        return .redirect(to: "\(StudyPages.base)/\(id)?saved=study")
      })
  }

  private func write(_ signedIn: SignedIn) async throws -> Response {
    let id: StudyID = try signedIn.id("study")
    return try await staff.change(
      signedIn, "POST /studies/terms", leadingTo: "\(StudyPages.path(id))?saved=terms",
      page: { try await termsPage(signedIn, $0, $1) }
    ) { form, actor in
      let (terms, seen) = (try StudyForm.terms(form), try SurveyStaff.seen(form))
      return { [desk] in try desk.write(terms, id, seen: seen, by: actor, in: $0) }
    }
  }

  private func step(
    _ signedIn: SignedIn,
    _ work: @escaping @Sendable (StudyID, Int64, Actor, Transaction) throws -> Void
  ) async throws -> Response {
    let id: StudyID = try signedIn.id("study")
    return try await staff.change(
      signedIn, "POST /studies/step", leadingTo: "\(StudyPages.path(id))?saved=step",
      page: { try await page(signedIn, $1) }
    ) { form, actor in
      let seen = try SurveyStaff.seen(form)
      return { try work(id, seen, actor, $0) }
    }
  }
}
