import Database
import Hummingbird
import Kernel
import People
package import Web

/// The doors of what households need again and again: their own, and those of whoever writes it down for them.
package struct StandingOrders: Sendable {
  static let own = Objects.own("household's standing order, and those under one's mandates")
  static let limits = [RateLimit("shop.standing_order", 30, per: .minutes(10))]

  let database: Database
  let desk: StandingOrderDesk
  let directory: Directory

  init(_ database: Database, desk: StandingOrderDesk, directory: Directory) {
    self.database = database
    self.desk = desk
    self.directory = directory
  }

  package func register(on routes: inout Routes) {
    routes.get("/standing-orders", for: .signedIn, objects: Self.own) { try await show($0) }
    routes.get("/standing-orders/edit", for: .signedIn, objects: Self.own) { try await edit($0) }
    routes.post("/standing-orders/edit", for: .signedIn, objects: Self.own, limits: Self.limits) {
      try await save($0)
    }
    routes.post("/standing-orders/pause", for: .signedIn, objects: Self.own, limits: Self.limits) {
      try await pause($0)
    }
    routes.post("/standing-orders/answer", for: .signedIn, objects: Self.own, limits: Self.limits) {
      try await answer($0)
    }
    routes.get("/standing-orders/end", for: .signedIn, objects: Self.own) { signedIn in
      .page(pages(signedIn).ending(), signedIn)
    }
    routes.post("/standing-orders/end", for: .signedIn, objects: Self.own, limits: Self.limits) { signedIn in
      let household = try signedIn.household()
      try await database.write(in: signedIn.community.id) {
        try desk.end(household, by: Actor(person: signedIn.personID, role: .resident), in: $0)
      }
      return .redirect(to: "/standing-orders")
    }
    registerHelp(on: &routes)
  }

  private func pages(_ signedIn: SignedIn) -> StandingOrderPages {
    StandingOrderPages(
      say: signedIn.say, formToken: signedIn.formToken, now: signedIn.now,
      isCardSession: signedIn.session.isCardSession)
  }

  private func show(_ signedIn: SignedIn) async throws -> Response {
    try await overview(signedIn, isSaved: signedIn.query("saved") != nil)
  }

  private func overview(
    _ signedIn: SignedIn, state: FormState = .empty, isSaved: Bool = false, status: Int = 200
  ) async throws -> Response {
    guard let household = signedIn.householdID else {
      return .page(
        MembershipPage.page(
          formToken: signedIn.formToken, isCardSession: signedIn.session.isCardSession, signedIn.say),
        signedIn)
    }
    let community = signedIn.community.id
    let (reading, waiting) = try await database.read { snapshot in
      let persons = try directory.persons(of: household, in: community, snapshot)
      return (
        try StandingReading.read(of: household, in: community, snapshot),
        try StandingProposalStore.waiting(for: persons, in: community, snapshot).map(\.id)
      )
    }
    return .page(
      pages(signedIn).page(reading, waiting: waiting, state: state, isSaved: isSaved), signedIn,
      status: .init(code: status))
  }

  // MARK: - Writing it

  private func edit(_ signedIn: SignedIn) async throws -> Response {
    try await editPage(signedIn, source(signedIn))
  }

  private func source(_ signedIn: SignedIn) -> StandingSource {
    if let order = signedIn.query("order").flatMap(OrderID.init) { return .order(order) }
    return signedIn.query("item").flatMap(CampaignItemID.init).map { .item($0) } ?? .nothing
  }

  private func editPage(
    _ signedIn: SignedIn, _ source: StandingSource, form: Form? = nil, problem: Problem? = nil
  ) async throws -> Response {
    guard let household = signedIn.householdID else { return try await overview(signedIn) }
    let community = signedIn.community.id
    let (choices, revision) = try await database.read { snapshot in
      let reading = try StandingReading.read(of: household, in: community, snapshot)
      return (
        try reading.choices(source, of: household, in: community, snapshot), reading.standing?.revision
      )
    }
    let isTyped = problem.map { !$0.fields.isEmpty } ?? false
    return .page(
      pages(signedIn).edit(
        choices, isTyped ? form.map { FormState($0, problems: problem?.fields ?? []) } : nil,
        revision: revision, problem: isTyped ? nil : problem), signedIn,
      status: .init(code: problem?.status ?? 200))
  }

  private func save(_ signedIn: SignedIn) async throws -> Response {
    let household = try signedIn.household()
    let form = try await signedIn.form()
    do {
      let needs = try StandingOrderForm.needs(form)
      let seen = try form["revision"].flatMap(Int64.init)
      try await database.write(in: signedIn.community.id) {
        _ = try desk.set(needs, of: household, by: signedIn.personID, seen: seen, in: $0)
      }
      return .redirect(to: "/standing-orders?saved=1")
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      return try await editPage(signedIn, .nothing, form: form, problem: problem)
    }
  }

  // MARK: - What comes later

  private func pause(_ signedIn: SignedIn) async throws -> Response {
    let household = try signedIn.household()
    let form = try await signedIn.form()
    do {
      try await pause(household, form, signedIn, by: Actor(person: signedIn.personID, role: .resident))
      return .redirect(to: "/standing-orders?saved=1")
    } catch let problem as Problem where problem.status == 422 {
      return try await overview(signedIn, state: FormState(form, problem), status: 422)
    }
  }

  /// Pauses, or goes on where the form says so.
  func pause(_ household: HouseholdID, _ form: Form, _ signedIn: SignedIn, by actor: Actor) async throws {
    let until =
      try form["do"] == "resume"
      ? nil : StandingOrderForm.until(form, offsetSeconds: signedIn.community.offsetSeconds)
    try await database.write(in: signedIn.community.id) {
      try desk.pause(household, until: until, by: actor, in: $0)
    }
  }

  private func answer(_ signedIn: SignedIn) async throws -> Response {
    let household = try signedIn.household()
    var reader = FormReader(try await signedIn.form())
    let turn = reader.identifier("turn", of: StandingTurnKind.self)
    let variant = reader.identifier("variant", of: VariantKind.self)
    let answer = reader.choice("answer", of: StandingOrderDesk.Answer.self)
    try reader.finish()
    guard let turn, let variant, let answer else { throw Problem.internalFault }
    try await database.write(in: signedIn.community.id) {
      try desk.answer(turn, variant, answer, of: household, by: signedIn.personID, in: $0)
    }
    return .redirect(to: "/standing-orders?saved=1")
  }
}
