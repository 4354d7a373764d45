import Database
import Hummingbird
import Kernel
import People
import Web

/// The station's doors where tables of locked answers are composed and published.
struct PublicationDoors: Sendable {
  let staff: SurveyStaff
  let desk = PublicationDesk()
  private var reader: PublicationReader { PublicationReader(staff: staff) }

  func register(on routes: inout Routes) {
    let base = "\(QuestionnairePages.base)/:questionnaire/analysis/tables"
    let (readers, objects, limits) = (SurveyStaff.readers, SurveyStaff.objects, SurveyStaff.writes)
    routes.get(base, for: readers, objects: objects) { try await list($0) }
    routes.get("\(base)/new", for: readers, objects: objects) { signedIn in
      let source = try await source(signedIn)
      return .page(pages(signedIn, source).compose(source.plan, .empty, alerts: []), signedIn)
    }
    routes.post("\(base)/preview", for: readers, objects: objects, limits: limits) { try await preview($0) }
    routes.post(base, for: readers, objects: objects, limits: limits) { try await publish($0) }
    routes.get("\(base)/:table", for: readers, objects: objects) { try await one($0) }
  }

  /// - Throws: `not_found`, `publication.not_locked`, `publication.refused`.
  private func source(_ signedIn: SignedIn) async throws -> PublicationReader.Source {
    try await reader.source(try signedIn.id("questionnaire"), in: signedIn.community.id)
  }

  private func pages(_ signedIn: SignedIn, _ source: PublicationReader.Source) -> PublicationPages {
    pages(signedIn, source.lock.questionnaire, source.title)
  }

  private func pages(_ signedIn: SignedIn, _ id: QuestionnaireID, _ title: String) -> PublicationPages {
    PublicationPages(say: signedIn.say, token: signedIn.formToken, questionnaire: id, title: title)
  }

  // MARK: - Looking

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let (id, community): (QuestionnaireID, CommunityID) = (
      try signedIn.id("questionnaire"), signedIn.community.id
    )
    let (title, tables) = try await staff.database.read { snapshot in
      guard try LockStore.find(id, in: community, snapshot) != nil,
        let draft = try QuestionnaireVersionStore.draft(of: id, in: community, snapshot)
      else { throw Problem.publicationNotLocked }
      return (draft.terms.title, try PublicationStore.all(of: id, in: community, snapshot))
    }
    return .page(pages(signedIn, id, title).list(tables, alerts: []), signedIn)
  }

  private func one(_ signedIn: SignedIn) async throws -> Response {
    let (id, community): (QuestionnaireID, CommunityID) = (
      try signedIn.id("questionnaire"), signedIn.community.id
    )
    let evidence: EvidenceID = try signedIn.id("table")
    let (table, name) = try await staff.database.read { [directory = staff.directory] snapshot in
      guard let table = try PublicationStore.find(evidence, in: community, snapshot),
        table.questionnaire == id
      else { throw Problem.notFound }
      let names = try directory.displayNames(of: [table.releasedBy], in: community, snapshot)
      return (table, names[table.releasedBy] ?? "—")
    }
    let alerts =
      signedIn.query("saved") == nil
      ? [] : [PageParts.notice(signedIn.say("已公布。", "It is published."), .good)]
    return .page(
      pages(signedIn, id, table.questionnaireTitle).one(table, by: name, alerts: alerts), signedIn)
  }

  // MARK: - Publishing

  /// What the gate says of what was sent.
  private func judged(
    _ form: Form, _ source: PublicationReader.Source, _ signedIn: SignedIn
  ) async throws -> PublicationReader.Judged {
    try await reader.judged(
      try PublicationForm.query(form, source.plan), of: source, in: signedIn.community.id)
  }

  private func preview(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let source = try await source(signedIn)
    return try await FormAgain.answer(
      signedIn, form, page: { pages(signedIn, source).compose(source.plan, $0, alerts: $1) },
      work: {
        let judged = try await judged(form, source, signedIn)
        return .page(
          pages(signedIn, source).preview(
            judged.result, judged.query.audience, fields: PublicationForm.fields(judged.query, source.plan),
            key: Form.newKey), signedIn)
      })
  }

  private func publish(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let form = try await signedIn.form()
    let source = try await source(signedIn)
    let id = source.lock.questionnaire
    return try await FormAgain.answer(
      signedIn, form, page: { pages(signedIn, source).compose(source.plan, $0, alerts: $1) },
      work: {
        let key = try form.onceKey("POST /surveys/analysis/tables", signedIn)
        let judged = try await judged(form, source, signedIn)
        let evidence = try await staff.database.make(in: signedIn.community.id, once: key) {
          [desk] in try desk.publish(judged, by: actor, in: $0)
        }
        return .redirect(to: "\(PublicationPages.path(id))/\(evidence)?saved=table")
      })
  }
}
