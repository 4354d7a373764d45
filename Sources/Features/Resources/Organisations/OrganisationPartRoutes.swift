import Database
import Hummingbird
import Kernel
import People
import Web

extension Organisations {
  /// What belongs to one organisation: promises and those who act for it.
  func addDeskParts(_ routes: inout Routes) {
    let (staff, limits) = (ResourceStaff.access, ResourceStaff.writes)
    let base = "/organisation-desk/:organisation"
    routes.post("\(base)/promises", for: staff, objects: .community, limits: limits) { signedIn in
      try await step(signedIn, "POST /organisation-desk/promises") { [desk] id, actor, form in
        let terms = try OrganisationForm.promise(
          form, offsetSeconds: signedIn.community.offsetSeconds, at: signedIn.now)
        return { _ = try desk.promise(terms, of: id, by: actor, in: $0) }
      }
    }
    routes.post(
      "\(base)/promises/:promise/keepings", for: staff, objects: .community, limits: limits
    ) { signedIn in
      let promise: PromiseID = try signedIn.id("promise")
      return try await step(signedIn, "POST /organisation-desk/keepings") { [desk] id, actor, form in
        let keeping = try OrganisationForm.keeping(
          form, of: promise, offsetSeconds: signedIn.community.offsetSeconds, at: signedIn.now)
        return { try desk.note(keeping, of: id, by: actor, in: $0) }
      }
    }
    routes.post("\(base)/representatives", for: staff, objects: .community, limits: limits) { signedIn in
      try await step(signedIn, "POST /organisation-desk/representatives") { [desk] id, actor, form in
        let phone = try OrganisationForm.representative(form)
        return { try desk.addRepresentative(phone: phone, to: id, by: actor, in: $0) }
      }
    }
    routes.post(
      "\(base)/representatives/:person/remove", for: staff, objects: .community, limits: limits
    ) { signedIn in
      let person: PersonID = try signedIn.id("person")
      return try await step(signedIn, "POST /organisation-desk/representatives/remove") {
        [desk] id, actor, _ in
        return { try desk.removeRepresentative(person, from: id, by: actor, in: $0) }
      }
    }
  }

  /// What it does for people.
  func addServiceDesk(_ routes: inout Routes) {
    let (staff, limits) = (ResourceStaff.access, ResourceStaff.writes)
    let base = "/organisation-desk/:organisation/services"
    routes.get("\(base)/new", for: staff, objects: .community) { signedIn in
      .page(try await newServicePage(signedIn, nil, []), signedIn)
    }
    routes.post(base, for: staff, objects: .community, limits: limits) { try await makeService($0) }
    routes.get("\(base)/:service/change", for: staff, objects: .community) { signedIn in
      .page(try await servicePage(signedIn, nil, []), signedIn)
    }
    routes.post("\(base)/:service/change", for: staff, objects: .community, limits: limits) {
      try await writeService($0)
    }
  }

  private func newServicePage(
    _ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Page {
    let (organisation, places) = try await ground.database.read { snapshot in
      (
        try self.organisation(signedIn, snapshot),
        try PlaceDirectory().publicCards(in: signedIn.community.id, snapshot)
      )
    }
    return formPages(signedIn).service(
      nil, of: organisation.id, places: places, key: Form.newKey, state ?? FormState(["status": "active"]),
      alerts: alerts)
  }

  private func servicePage(
    _ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Page {
    let id: DirectoryServiceID = try signedIn.id("service")
    let community = signedIn.community.id
    let (service, places) = try await ground.database.read { snapshot in
      let organisation = try self.organisation(signedIn, snapshot)
      let service = try DirectoryServiceStore.find(id, in: community, snapshot)
      guard let service, service.organisation == organisation.id else { throw Problem.notFound }
      let open = try PlaceDirectory().publicCards(in: community, snapshot)
      // What was chosen before stays among the choices, or saving would drop it without a word.
      let others = service.terms.places.subtracting(open.map(\.id))
      let kept = try PlaceDirectory().cards(of: others, in: community, snapshot)
      return (service, open + others.sorted().compactMap { kept[$0] })
    }
    return formPages(signedIn).service(
      service, of: service.organisation, places: places, key: Form.newKey,
      state ?? OrganisationForm.state(service.terms), alerts: alerts)
  }

  private func makeService(_ signedIn: SignedIn) async throws -> Response {
    let id: OrganisationID = try signedIn.id("organisation")
    return try await ground.answer(
      signedIn, backTo: "\(OrganisationDeskPages.base(id))?saved=service",
      page: { try await newServicePage(signedIn, $0, $1) }
    ) { form in
      let actor = try signedIn.actor(of: ResourceStaff.roles)
      let terms = try OrganisationForm.service(form)
      try await ground.change(signedIn, form, "POST /organisation-desk/services") { [desk] transaction in
        _ = try desk.makeService(terms, of: id, by: actor, in: transaction)
      }
    }
  }

  private func writeService(_ signedIn: SignedIn) async throws -> Response {
    let id: OrganisationID = try signedIn.id("organisation")
    let service: DirectoryServiceID = try signedIn.id("service")
    return try await ground.answer(
      signedIn, backTo: "\(OrganisationDeskPages.base(id))?saved=service",
      page: { try await servicePage(signedIn, $0, $1) }
    ) { form in
      let actor = try signedIn.actor(of: ResourceStaff.roles)
      let (terms, seen) = (try OrganisationForm.service(form), try ResourceForm.seen(form))
      try await ground.change(signedIn, form, "POST /organisation-desk/services/change") {
        [desk] transaction in
        try desk.writeService(terms, to: service, of: id, seen: seen, by: actor, in: transaction)
      }
    }
  }
}
