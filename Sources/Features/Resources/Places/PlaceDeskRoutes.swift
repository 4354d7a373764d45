import Database
import Hummingbird
import Kernel
import People
import Web

extension Places {
  /// Where the station keeps places.
  func addDesk(_ routes: inout Routes) {
    let (staff, limits) = (ResourceStaff.access, ResourceStaff.writes)
    routes.get("/place-desk", for: staff, objects: .community) { signedIn in
      .page(try await listPage(signedIn, .empty, []), signedIn)
    }
    routes.get("/place-desk/new", for: staff, objects: .community) { signedIn in
      .page(try await newPage(signedIn, nil, []), signedIn)
    }
    routes.get("/place-desk/sheet", for: staff, objects: .community) { signedIn in
      let (places, outlines) = try await shown([.everybody, .residents], signedIn.visit)
      let paper = signedIn.query("size").flatMap { PlacePages.Paper(rawValue: $0) } ?? .a4
      return .page(pages(signedIn).sheet(PlaceRules.numbered(places), outlines, on: paper), signedIn)
    }
    routes.post("/place-desk", for: staff, objects: .community, limits: limits) { try await make($0) }
    routes.post("/place-desk/plan", for: staff, objects: .community, limits: limits, bodyLimit: .upload) {
      try await keepPlan($0)
    }
    routes.post("/place-desk/plan/:outline/accept", for: staff, objects: .community, limits: limits) {
      try await accept($0)
    }
    routes.get("/place-desk/:place", for: staff, objects: .community) { signedIn in
      .page(try await deskPage(signedIn, []), signedIn)
    }
    routes.get("/place-desk/:place/change", for: staff, objects: .community) { signedIn in
      .page(try await changePage(signedIn, nil, []), signedIn)
    }
    routes.post("/place-desk/:place/change", for: staff, objects: .community, limits: limits) {
      try await write($0)
    }
    routes.post("/place-desk/:place/confirm", for: staff, objects: .community, limits: limits) {
      try await step($0, "POST /place-desk/confirm") { [desk] in
        try desk.confirm($0, seen: $1, by: $2, in: $3)
      }
    }
    routes.post("/place-desk/:place/close", for: staff, objects: .community, limits: limits) {
      try await step($0, "POST /place-desk/close") { [desk] in
        try desk.close($0, seen: $1, by: $2, in: $3)
      }
    }
  }

  private func deskPages(_ signedIn: SignedIn) -> PlaceDeskPages {
    PlaceDeskPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  // MARK: - All

  private func listPage(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let isClosed = signedIn.query("closed") != nil
    let community = signedIn.community.id
    let (places, outlines) = try await ground.database.read { snapshot in
      (
        try PlaceStore.all(isClosed: isClosed, in: community, snapshot),
        try PlanStore.all(in: community, snapshot)
      )
    }
    return deskPages(signedIn).list(
      PlaceRules.numbered(places), outlines, isClosed: isClosed, key: Form.newKey, state,
      notices: signedIn.savedNotice, alerts: alerts)
  }

  private func keepPlan(_ signedIn: SignedIn) async throws -> Response {
    try await ground.answer(
      signedIn, backTo: "/place-desk?saved=plan", page: { try await listPage(signedIn, $0, $1) }
    ) { form in
      let actor = try signedIn.actor(of: ResourceStaff.roles)
      let bytes = try PlaceForm.plan(form)
      try await ground.change(signedIn, form, "POST /place-desk/plan") { [desk] in
        try desk.keep(bytes, by: actor, in: $0)
      }
    }
  }

  private func accept(_ signedIn: SignedIn) async throws -> Response {
    let id = try signedIn.id("outline", of: PlanOutlineKind.self)
    return try await ground.answer(
      signedIn, backTo: "/place-desk?saved=place", page: { try await listPage(signedIn, $0, $1) }
    ) { form in
      let actor = try signedIn.actor(of: ResourceStaff.roles)
      try await ground.change(signedIn, form, "POST /place-desk/plan/accept") { [desk] in
        _ = try desk.accept(id, by: actor, in: $0)
      }
    }
  }

  // MARK: - One

  private func place(_ signedIn: SignedIn, _ snapshot: Snapshot) throws -> Place {
    guard
      let place = try PlaceStore.find(try signedIn.id("place"), in: signedIn.community.id, snapshot)
    else { throw Problem.notFound }
    return place
  }

  private func deskPage(_ signedIn: SignedIn, _ alerts: [HTML]) async throws -> Page {
    let community = signedIn.community.id
    let (place, organisation, keeper, outlines) = try await ground.database.read { snapshot in
      let place = try self.place(signedIn, snapshot)
      let keeper = place.terms.keeper
      let names = try ground.directory.displayNames(
        of: keeper.map { [$0] } ?? [], in: community, snapshot)
      return (
        place, try Self.organisation(of: place, in: community, snapshot), keeper.flatMap { names[$0] },
        try PlanStore.all(in: community, snapshot)
      )
    }
    return deskPages(signedIn).place(
      place, organisation: organisation, keeper: keeper, outlines, key: Form.newKey,
      notices: signedIn.savedNotice, alerts: alerts)
  }

  /// One of the buttons on a place's page.
  private func step(
    _ signedIn: SignedIn, _ operation: StaticString,
    _ work: @escaping @Sendable (PlaceID, Int64, Actor, Transaction) throws -> Void
  ) async throws -> Response {
    let id: PlaceID = try signedIn.id("place")
    return try await ground.answer(
      signedIn, backTo: "\(PlaceDeskPages.base(id))?saved=step",
      page: { _, alerts in try await deskPage(signedIn, alerts) }
    ) { form in
      let (seen, actor) = (try ResourceForm.seen(form), try signedIn.actor(of: ResourceStaff.roles))
      try await ground.change(signedIn, form, operation) { try work(id, seen, actor, $0) }
    }
  }

  // MARK: - Its form

  private func choices(_ signedIn: SignedIn, _ snapshot: Snapshot) throws -> PlaceDeskPages.Choices {
    let community = signedIn.community.id
    let keepers = try desk.keepers(in: community, snapshot)
    let names = try ground.directory.displayNames(of: keepers, in: community, snapshot)
    let organisations = try OrganisationDirectory().choices(in: community, snapshot)
    return PlaceDeskPages.Choices(
      organisations: organisations.map { ($0.id.description, $0.name) },
      keepers: keepers.sorted().map { ($0.description, Phrase(same: names[$0] ?? "—")) })
  }

  private func newPage(_ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]) async throws -> Page {
    let choices = try await ground.database.read { try self.choices(signedIn, $0) }
    let fresh = FormState([
      "keeper": PlaceForm.none, "keeper_organisation": PlaceForm.none, "step_free": "unknown",
      "visibility": Place.Visibility.residents.rawValue,
    ])
    return deskPages(signedIn).terms(nil, choices, key: Form.newKey, state ?? fresh, alerts: alerts)
  }

  private func make(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await newPage(signedIn, $0, $1) },
      work: {
        let actor = try signedIn.actor(of: ResourceStaff.roles)
        let terms = try PlaceForm.terms(form)
        let id = try await ground.database.make(
          in: signedIn.community.id, once: try form.onceKey("POST /place-desk", signedIn)
        ) { [desk] transaction in
          try desk.make(terms, by: actor, in: transaction)
        }
        return .redirect(to: "/place-desk/\(id)?saved=place")
      })
  }

  private func changePage(
    _ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Page {
    let (place, choices) = try await ground.database.read { snapshot in
      (try self.place(signedIn, snapshot), try self.choices(signedIn, snapshot))
    }
    return deskPages(signedIn).terms(
      place, choices, key: Form.newKey, state ?? PlaceForm.state(place.terms), alerts: alerts)
  }

  private func write(_ signedIn: SignedIn) async throws -> Response {
    let id: PlaceID = try signedIn.id("place")
    return try await ground.answer(
      signedIn, backTo: "\(PlaceDeskPages.base(id))?saved=place",
      page: { try await changePage(signedIn, $0, $1) }
    ) { form in
      let actor = try signedIn.actor(of: ResourceStaff.roles)
      let (terms, seen) = (try PlaceForm.terms(form), try ResourceForm.seen(form))
      try await ground.change(signedIn, form, "POST /place-desk/change") { [desk] in
        try desk.write(terms, to: id, seen: seen, by: actor, in: $0)
      }
    }
  }
}
