import Database
import Hummingbird
import Kernel
import People
import Web

extension Organisations {
  private static let deskPageLength = 50
  private static let keepingLimit = 200

  /// Where the station keeps the support network.
  func addDesk(_ routes: inout Routes) {
    let (staff, limits) = (ResourceStaff.access, ResourceStaff.writes)
    routes.get("/organisation-desk", for: staff, objects: .community) { try await deskList($0) }
    routes.get("/organisation-desk/new", for: staff, objects: .community) { signedIn in
      .page(newPage(signedIn, .empty, []), signedIn)
    }
    routes.post("/organisation-desk", for: staff, objects: .community, limits: limits) { try await make($0) }
    routes.get("/organisation-desk/:organisation", for: staff, objects: .community) { signedIn in
      .page(try await deskPage(signedIn, .empty, []), signedIn)
    }
    routes.get("/organisation-desk/:organisation/change", for: staff, objects: .community) { signedIn in
      .page(try await changePage(signedIn, nil, []), signedIn)
    }
    routes.post(
      "/organisation-desk/:organisation/change", for: staff, objects: .community, limits: limits
    ) { try await write($0) }
    routes.post(
      "/organisation-desk/:organisation/confirm", for: staff, objects: .community, limits: limits
    ) { signedIn in
      try await step(signedIn, "POST /organisation-desk/confirm") { [desk] id, actor, form in
        let seen = try ResourceForm.seen(form)
        return { try desk.confirm(id, seen: seen, by: actor, in: $0) }
      }
    }
    routes.post(
      "/organisation-desk/:organisation/close", for: staff, objects: .community, limits: limits
    ) { signedIn in
      try await step(signedIn, "POST /organisation-desk/close") { [desk] id, actor, form in
        let seen = try ResourceForm.seen(form)
        return { try desk.close(id, seen: seen, by: actor, in: $0) }
      }
    }
  }

  private func pages(_ signedIn: SignedIn) -> OrganisationDeskPages {
    OrganisationDeskPages(
      say: signedIn.say, token: signedIn.formToken, now: signedIn.now, sentTo: signedIn.visit.path)
  }

  func formPages(_ signedIn: SignedIn) -> OrganisationFormPages {
    OrganisationFormPages(say: signedIn.say, token: signedIn.formToken)
  }

  private func deskList(_ signedIn: SignedIn) async throws -> Response {
    let closed = signedIn.query("closed") != nil
    let after = signedIn.query("after").flatMap { OrganisationID($0) }
    let community = signedIn.community.id
    let found = try await ground.database.read { snapshot in
      try OrganisationStore.list(
        closed: closed, after: after, limit: Self.deskPageLength + 1, in: community, snapshot)
    }
    let part = Portion(found, of: Self.deskPageLength)
    let next = part.last.map { "/organisation-desk?\(closed ? "closed=1&" : "")after=\($0.id)" }
    return .page(pages(signedIn).list(part.shown, closed: closed, next: next), signedIn)
  }

  /// The organisation in the path, for the station.
  /// - Throws: `not_found`.
  func organisation(_ signedIn: SignedIn, _ snapshot: Snapshot) throws -> Organisation {
    let found = try OrganisationStore.find(
      try signedIn.id("organisation"), in: signedIn.community.id, snapshot)
    guard let found else { throw Problem.notFound }
    return found
  }

  func deskPage(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let view = try await ground.database.read { try self.view(signedIn, $0) }
    return pages(signedIn).organisation(
      view, key: Form.newKey, state, notices: signedIn.savedNotice, alerts: alerts)
  }

  private func view(_ signedIn: SignedIn, _ snapshot: Snapshot) throws -> OrganisationDeskPages.View {
    let community = signedIn.community.id
    let organisation = try self.organisation(signedIn, snapshot)
    let id = organisation.id
    let persons = try RepresentativeStore.persons(of: id, in: community, snapshot)
    let names = try ground.directory.displayNames(of: persons, in: community, snapshot)
    let merchant = try organisation.terms.merchant.flatMap { merchant in
      try ground.ports.merchants.cards([merchant], community, snapshot)[merchant]?.name
    }
    return OrganisationDeskPages.View(
      organisation: organisation, merchant: merchant,
      representatives: persons.map { (id: $0, name: names[$0] ?? "—") },
      promises: try PromiseStore.all(of: id, in: community, snapshot),
      standings: try PromiseStore.standings(of: id, in: community, snapshot),
      keepings: try PromiseStore.keepings(of: id, limit: Self.keepingLimit, in: community, snapshot),
      services: try DirectoryServiceStore.all(of: id, in: community, snapshot))
  }

  /// One of the forms and buttons on an organisation's page.
  func step(
    _ signedIn: SignedIn, _ operation: StaticString,
    _ read: (OrganisationID, Actor, Form) throws -> @Sendable (Transaction) throws -> Void
  ) async throws -> Response {
    let id: OrganisationID = try signedIn.id("organisation")
    return try await ground.answer(
      signedIn, backTo: "\(OrganisationDeskPages.base(id))?saved=step",
      page: { try await deskPage(signedIn, $0, $1) }
    ) { form in
      let actor = try signedIn.actor(of: ResourceStaff.roles)
      try await ground.change(signedIn, form, operation, try read(id, actor, form))
    }
  }

  // MARK: - What it is

  private func newPage(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) -> Page {
    formPages(signedIn).terms(nil, key: Form.newKey, state, alerts: alerts)
  }

  private func make(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { newPage(signedIn, $0, $1) },
      work: {
        let actor = try signedIn.actor(of: ResourceStaff.roles)
        let terms = try OrganisationForm.terms(form)
        let id = try await ground.database.make(
          in: signedIn.community.id, once: try form.onceKey("POST /organisation-desk", signedIn)
        ) { [desk] transaction in
          try desk.make(terms, by: actor, in: transaction)
        }
        return .redirect(to: "/organisation-desk/\(id)?saved=organisation")
      })
  }

  private func changePage(
    _ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Page {
    let organisation = try await ground.database.read { try self.organisation(signedIn, $0) }
    return formPages(signedIn).terms(
      organisation, key: Form.newKey, state ?? OrganisationForm.state(organisation.terms), alerts: alerts)
  }

  private func write(_ signedIn: SignedIn) async throws -> Response {
    let id: OrganisationID = try signedIn.id("organisation")
    return try await ground.answer(
      signedIn, backTo: "\(OrganisationDeskPages.base(id))?saved=organisation",
      page: { try await changePage(signedIn, $0, $1) }
    ) { form in
      let actor = try signedIn.actor(of: ResourceStaff.roles)
      let (terms, seen) = (try OrganisationForm.terms(form), try ResourceForm.seen(form))
      try await ground.change(signedIn, form, "POST /organisation-desk/change") { [desk] transaction in
        try desk.write(terms, to: id, seen: seen, by: actor, in: transaction)
      }
    }
  }
}
