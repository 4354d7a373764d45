import Database
import Hummingbird
import Kernel
import People
package import Web

/// Ordering for somebody else, with their word.
package struct AssistedOrders: Sendable {
  static let own = Objects.own("mandates, and what is asked under them")
  private static let recent = 12
  static let limits = [RateLimit("shop.assisted_order", 30, per: .minutes(10))]

  let database: Database
  let desk: AssistedOrderDesk
  let directory: Directory

  init(_ database: Database, desk: AssistedOrderDesk, directory: Directory) {
    self.database = database
    self.desk = desk
    self.directory = directory
  }

  package func register(on routes: inout Routes) {
    routes.get("/assisted-orders", for: .signedIn, objects: Self.own) { try await overview($0) }
    routes.get("/assisted-orders/new/:mandate", for: .signedIn, objects: Self.own) {
      try await campaigns($0)
    }
    routes.get("/assisted-orders/new/:mandate/:campaign", for: .signedIn, objects: Self.own) {
      try await form($0)
    }
    routes.post(
      "/assisted-orders/new/:mandate/:campaign", for: .signedIn, objects: Self.own, limits: Self.limits
    ) { try await ask($0) }
    routes.get("/assisted-orders/:asked", for: .signedIn, objects: Self.own) { signedIn in
      .page(try await readBack(signedIn).page(), signedIn)
    }
    routes.get("/assisted-orders/:asked/receipt", for: .signedIn, objects: Self.own) {
      try await receipt($0)
    }
    routes.post("/assisted-orders/:asked/pin", for: .signedIn, objects: Self.own, limits: Self.limits) {
      try await confirm($0, through: .pin)
    }
    routes.post("/assisted-orders/:asked/code", for: .signedIn, objects: Self.own, limits: Self.limits) {
      try await confirm($0, through: .code)
    }
    routes.post("/assisted-orders/:asked/agree", for: .signedIn, objects: Self.own, limits: Self.limits) {
      try await confirm($0, through: .agree)
    }
    routes.post("/assisted-orders/:asked/decline", for: .signedIn, objects: Self.own) {
      try await decline($0)
    }
    registerVisits(on: &routes)
  }

  // MARK: - Asking

  /// What waits is told to the household and to the holder of its family key. The mandate that names the key is the ground:
  /// nobody can say yes to what they may not read. So it is for the helper, who sees how far the person orders alone.
  private func overview(_ signedIn: SignedIn) async throws -> Response {
    let (person, community) = (signedIn.personID, signedIn.community.id)
    let household = signedIn.householdID
    let (helped, waiting, asked, given) = try await database.read { snapshot in
      let mandates = try directory.mandates(for: person, in: community, snapshot)
        .filter { $0.isAlive(at: snapshot.now) }
      let helped = try mandates.map {
        try AssistedOrderPages.Helped.read($0, desk.people, directory, in: community, snapshot)
      }
      var persons = try household.map { try directory.persons(of: $0, in: community, snapshot) } ?? []
      persons += try directory.mandates(withKeyOf: person, in: community, snapshot).map(\.principal)
      let concerning = try AssistedOrderStore.list(
        ofPersons: persons, limit: Self.recent, in: community, snapshot)
      let waiting = concerning.filter { $0.isOpen(at: snapshot.now) && $0.helper != person }
      let asked = try AssistedOrderStore.list(
        ofHelper: person, limit: Self.recent, in: community, snapshot)
      return (
        helped, try entries(waiting, in: community, snapshot), try entries(asked, in: community, snapshot),
        try directory.mandates(of: person, in: community, snapshot).map(\.id)
      )
    }
    return .page(
      pages(signedIn).overview(helped: helped, waiting: waiting, asked: asked, statements: given),
      signedIn)
  }

  private func entries(
    _ asked: [AssistedOrder], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [AssistedOrderPages.Entry] {
    let names = try directory.displayNames(
      of: Set(asked.flatMap { [$0.person, $0.helper] }), in: community, snapshot)
    let campaigns = try CampaignStore.find(Set(asked.compactMap(\.campaign)), in: community, snapshot)
    let titles = Dictionary(campaigns.map { ($0.id, $0.title) }) { first, _ in first }
    let services = try ServiceStore.titles(
      of: Set(asked.compactMap { $0.visit?.service }), in: community, snapshot)
    return asked.map {
      AssistedOrderPages.Entry(
        asked: $0, person: names[$0.person] ?? "", helper: names[$0.helper] ?? "",
        subject: $0.campaign.flatMap { titles[$0] } ?? $0.visit.flatMap { services[$0.service] }
          ?? Phrase(same: ""))
    }
  }

  private func campaigns(_ signedIn: SignedIn) async throws -> Response {
    let helped = try await helped(signedIn)
    let community = signedIn.community.id
    let (fronts, months) = try await database.read { snapshot in
      let board = try StorefrontStore.board(of: community, snapshot)
        .filter { $0.campaign.takesOrders(at: snapshot.now) }
      let months = try IndependenceStore.months(
        of: helped.mandate.principal, offsetSeconds: signedIn.community.offsetSeconds, in: community,
        snapshot)
      return (board, months)
    }
    let page = pages(signedIn).campaigns(
      helped, fronts, independence: IndependenceParts.part(Independence(months), helped.name, signedIn.say))
    return .page(page, signedIn)
  }

  private func form(_ signedIn: SignedIn) async throws -> Response {
    let helped = try await helped(signedIn)
    return try await formPage(helped, try await front(signedIn), .empty, signedIn)
  }

  private func formPage(
    _ helped: AssistedOrderPages.Helped, _ front: CampaignFront, _ state: FormState, _ signedIn: SignedIn,
    status: Int = 200
  ) async throws -> Response {
    let items = try await database.read { snapshot in
      try StorefrontStore.shelf(
        of: front.campaign.id, in: front.campaign.community, after: -1, limit: Order.lineLimit, snapshot
      ).items.filter { $0.canBeOrdered || !state.value(QuantityLine.field($0.item.id)).isEmpty }
    }
    let page = pages(signedIn).form(
      helped, front, items, state, idempotencyKey: Form.newKey)
    return .page(page, signedIn, status: .init(code: status))
  }

  private func ask(_ signedIn: SignedIn) async throws -> Response {
    let helped = try await helped(signedIn)
    let front = try await front(signedIn)
    let form = try await signedIn.form()
    do {
      let typed = try OrderForm(form)
      let draft = AssistedOrderDesk.Draft(
        mandate: helped.mandate.id,
        matter: .goods(front.campaign.id, .place(typed.wishes, note: typed.note)),
        key: try form["idempotency_key"] ?? "")
      let asked = try await database.write(in: signedIn.community.id) {
        try desk.draft(draft, by: Actor(helping: signedIn), in: $0)
      }
      return .redirect(to: "/assisted-orders/\(asked.id)")
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      let state = FormState(form, problems: OrderForm.atFields(problem))
      return try await formPage(helped, front, state, signedIn, status: problem.status)
    }
  }

  // MARK: - The person's word

  /// Takes a yes; what stands against it is said above what was read back, and nothing was ordered.
  private func confirm(_ signedIn: SignedIn, through door: PrincipalWordDoor) async throws -> Response {
    let asked = try await ownAsked(signedIn)
    let form = try await signedIn.form()
    do {
      let word = try await desk.proofs.word(
        through: door, form, of: asked.person, askedBy: asked.helper, signedIn, database)
      _ = try await database.write(in: signedIn.community.id) { try desk.confirm(asked.id, word, in: $0) }
      return .redirect(to: "/assisted-orders/\(asked.id)")
    } catch let problem as Problem where [401, 403, 409, 422, 429].contains(problem.status) {
      let page = try await readBack(signedIn).page(problem: problem)
      return .page(page, signedIn, status: .init(code: problem.status == 401 ? 422 : problem.status))
    }
  }

  private func decline(_ signedIn: SignedIn) async throws -> Response {
    let id: AssistedOrderID = try signedIn.id("asked")
    try await database.write(in: signedIn.community.id) {
      try desk.decline(id, by: Actor(helping: signedIn), in: $0)
    }
    return .redirect(to: "/assisted-orders/\(id)")
  }

  // MARK: - Looking

  func readBack(_ signedIn: SignedIn) async throws -> ReadBackPages {
    let asked = try await ownAsked(signedIn)
    let community = signedIn.community.id
    return try await database.read { snapshot in
      guard let mandate = try directory.mandate(asked.mandate, in: community, snapshot) else {
        throw Problem.notFound
      }
      let isCurrent = signedIn.personID != asked.helper || mandate.isAlive(at: snapshot.now)
      guard let subject = try subject(of: asked, isCurrent: isCurrent, in: community, snapshot) else {
        throw Problem.notFound
      }
      let names = try directory.displayNames(of: [asked.person, asked.helper], in: community, snapshot)
      let terms = mandate.terms(at: snapshot.now)
      let mayAgree = PrincipalWord.mayAgree(reader: signedIn.personID, under: mandate, at: snapshot.now)
      return ReadBackPages(
        asked: asked, person: names[asked.person] ?? "", helper: names[asked.helper] ?? "", subject: subject,
        reader: signedIn.personID == asked.helper ? .helper : .household(mayAgree: mayAgree),
        ways: terms.confirmations,
        nextCode: try desk.proofs.nextCode(asked.person, asked.helper, community, snapshot),
        formToken: signedIn.formToken, now: snapshot.now, say: signedIn.say)
    }
  }

  /// What is read out; nil where it is gone.
  private func subject(
    of asked: AssistedOrder, isCurrent: Bool, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ReadBackPages.Subject? {
    switch asked.matter {
    case .goods(let campaign, let command):
      try StorefrontStore.front(campaign, in: community, snapshot).map {
        .basket($0, try lines(of: asked, command, in: community, snapshot))
      }
    case .visit(let visit):
      try ShownAssistedVisit(
        visit, of: asked, isCurrent: isCurrent, desk.visits, in: community, snapshot
      ).map { .visit($0) }
    }
  }

  /// The wishes as they were asked, or the order that is to be cancelled.
  private func lines(
    of asked: AssistedOrder, _ command: OrderRequest.Command, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ReadBackPages.Line] {
    if command.purpose == .cancel, let id = asked.order,
      let order = try OrderStore.find(id, in: community, snapshot)
    {
      return order.lines.filter { $0.quantity > 0 }.map {
        ReadBackPages.Line(
          name: $0.name, pack: $0.pack, quantity: $0.quantity, unit: $0.unit, amount: try? $0.amount())
      }
    }
    let items = try StorefrontStore.items(command.wishes.map(\.item), in: community, snapshot)
    let byID = Dictionary(items.map { ($0.item.id, $0) }) { first, _ in first }
    return command.wishes.compactMap { wish in
      byID[wish.item].map {
        ReadBackPages.Line(
          name: $0.name, pack: $0.pack, quantity: wish.quantity, unit: $0.unit,
          amount: try? $0.item.expectedAmount(of: wish.quantity))
      }
    }
  }

  private func receipt(_ signedIn: SignedIn) async throws -> Response {
    let pages = try await readBack(signedIn)
    let community = signedIn.community.id
    guard pages.asked.state == .placed, let id = pages.asked.order,
      let order = try await database.read({ try OrderStore.find(id, in: community, $0) })
    else { throw Problem.notFound }
    return .page(pages.receipt(order), signedIn)
  }

  // MARK: - Parts

  /// What is in the path, for the helper, the person's household, and the relative who holds the key.
  func ownAsked(_ signedIn: SignedIn) async throws -> AssistedOrder {
    let id: AssistedOrderID = try signedIn.id("asked")
    let (person, community) = (signedIn.personID, signedIn.community.id)
    return try await database.read { snapshot in
      guard let asked = try AssistedOrderStore.find(id, in: community, snapshot),
        try desk.mayEnd(asked, person, in: snapshot, community: community)
      else { throw Problem.notFound }
      return asked
    }
  }

  /// The mandate in the path, for its helper alone.
  func helped(_ signedIn: SignedIn) async throws -> AssistedOrderPages.Helped {
    let id: MandateID = try signedIn.id("mandate")
    let community = signedIn.community.id
    return try await database.read { snapshot in
      guard let mandate = try directory.mandate(id, in: community, snapshot),
        mandate.helper == signedIn.personID, mandate.isAlive(at: snapshot.now)
      else { throw Problem.notFound }
      return try AssistedOrderPages.Helped.read(
        mandate, desk.people, directory, in: community, snapshot)
    }
  }

  private func front(_ signedIn: SignedIn) async throws -> CampaignFront {
    let id: CampaignID = try signedIn.id("campaign")
    let community = signedIn.community.id
    guard let front = try await database.read({ try StorefrontStore.front(id, in: community, $0) }) else {
      throw Problem.notFound
    }
    return front
  }

  private func pages(_ signedIn: SignedIn) -> AssistedOrderPages {
    AssistedOrderPages(say: signedIn.say, formToken: signedIn.formToken, now: signedIn.now)
  }
}
