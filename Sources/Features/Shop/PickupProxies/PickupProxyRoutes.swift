package import Database
import HTTPTypes
import Hummingbird
import Kernel
package import People
import Security
package import Web

/// Pickup for someone else: a household asks a neighbour, the neighbour agrees and gets a code of their own.
package struct PickupProxies: Sendable {
  static let own = Objects.own("pickups that the household asked for or was asked for")
  static let limits = [RateLimit("shop.pickup_proxy", 20, per: .hours(1))]

  let database: Database
  let directory: Directory
  let codes: PickupCodes
  let books: Bookkeeping

  package init(_ database: Database, directory: Directory, codes: PickupCodes, books: Bookkeeping) {
    self.database = database
    self.directory = directory
    self.codes = codes
    self.books = books
  }

  package func register(on routes: inout Routes) {
    let residents = Access.Personal.roles([.resident])
    routes.get("/pickup-proxies", for: residents, objects: Self.own) { try await list($0) }
    routes.get("/pickup-proxies/new", for: residents, objects: Self.own) { signedIn in
      var values = ["neighbour": signedIn.query("neighbour") ?? ""]
      values["order"] = signedIn.query("order") ?? ""
      return try await askPage(signedIn, state: FormState(values), problem: nil)
    }
    routes.post("/pickup-proxies", for: residents, objects: Self.own, limits: Self.limits) {
      try await ask($0)
    }
    routes.post("/pickup-proxies/code", for: residents, objects: Self.own, limits: Self.limits) {
      try await makeCode($0)
    }
    routes.get("/pickup-proxies/:proxy", for: residents, objects: Self.own) { try await fetching($0) }
    routes.post("/pickup-proxies/:proxy/answer", for: residents, objects: Self.own) { try await answer($0) }
    routes.post("/pickup-proxies/:proxy/end", for: residents, objects: Self.own) { signedIn in
      let id: PickupProxyID = try signedIn.id("proxy")
      try await database.write(in: signedIn.community.id) { transaction in
        _ = try PickupProxyStore.end(
          id, by: signedIn.personID, of: signedIn.householdID, in: transaction)
      }
      return .redirect(to: "/pickup-proxies")
    }
    registerDesk(on: &routes)
    registerAPI(on: &routes)
  }

  func pages(_ signedIn: SignedIn) -> PickupProxyPages {
    PickupProxyPages(
      say: signedIn.say, token: signedIn.formToken, now: signedIn.now,
      isCardSession: signedIn.session.isCardSession)
  }

  // MARK: - All of them

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let household = try signedIn.household()
    let community = signedIn.community.id
    let doors = try await directory.doors(of: community)
    let (mine, theirs) = try await database.read { snapshot in
      (
        try Self.entries(
          PickupProxyStore.named(by: household, in: community, snapshot), seenBy: .household, directory,
          doors, signedIn.say, in: community, snapshot),
        try Self.entries(
          PickupProxyStore.asked(of: signedIn.personID, household: household, in: community, snapshot),
          seenBy: .neighbour, directory, doors, signedIn.say, in: community, snapshot)
      )
    }
    let asked =
      signedIn.query("asked") == nil
      ? []
      : [
        PageParts.notice(
          signedIn.say("已经去问了。对方答应以后，这里会显示「可以代取」。", "Asked. Once they agree it says so here."), .good)
      ]
    return .page(pages(signedIn).list(mine: mine, theirs: theirs, alerts: asked), signedIn)
  }

  enum Reader: Sendable {
    /// Knows the door that was typed, and the name once the neighbour agreed.
    case household
    /// Knows who asks.
    case neighbour
    /// Staff know both.
    case staff
  }

  static func entries(
    _ proxies: [PickupProxy], seenBy reader: Reader, _ directory: Directory, _ doors: Doors, _ say: Wording,
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PickupProxyPages.Entry] {
    let names = try directory.displayNames(
      of: proxies.map(\.namedBy) + proxies.compactMap(\.neighbour), in: community, snapshot)
    let labels = try doors.labels(of: proxies.map(\.addressedHousehold), snapshot)
    let orders = try OrderStore.labels(of: proxies.compactMap(\.order), in: community, snapshot)
    let numbers = Dictionary(orders.map { ($0.id, $0.number) }) { first, _ in first }
    return proxies.map { proxy in
      let asker = names[proxy.namedBy] ?? "—"
      let neighbour =
        proxy.neighbour.flatMap { names[$0] }
        ?? (proxy.addressedPerson == nil ? labels[proxy.addressedHousehold].map { say($0) } : nil)
        ?? say("给您看过码的邻居", "The neighbour whose code you had")
      let other =
        switch reader {
        case .household: neighbour
        case .neighbour: asker
        case .staff: say("\(neighbour) 替 \(asker)", "\(neighbour) for \(asker)")
        }
      return PickupProxyPages.Entry(
        proxy: proxy, other: other, number: proxy.order.flatMap { numbers[$0] }.map(OrderNumber.text))
    }
  }

  // MARK: - Asking

  func askPage(
    _ signedIn: SignedIn, state: FormState, problem: Problem?
  ) async throws -> Response {
    let household = try signedIn.household()
    let community = signedIn.community.id
    let orders = try await database.read { snapshot in
      let persons = try directory.persons(of: household, in: community, snapshot)
      let open = try OrderStore.list(of: persons, before: nil, limit: 20, in: community, snapshot)
        .filter { $0.household == household && $0.booking == nil && $0.fulfilment.isOpen }
      let campaigns = try CampaignStore.find(Set(open.map(\.campaign)), in: community, snapshot)
      let titles = Dictionary(campaigns.map { ($0.id, $0.title) }) { first, _ in first }
      return open.map {
        (id: $0.id, number: OrderNumber.text($0.number), title: titles[$0.campaign] ?? Phrase(same: ""))
      }
    }
    return .page(
      pages(signedIn).ask(orders: orders, state: state, problem: problem), signedIn,
      status: problem.map { .init(code: $0.status) } ?? .ok)
  }

  private func ask(_ signedIn: SignedIn) async throws -> Response {
    let household = try signedIn.household()
    let form = try await signedIn.form()
    let community = signedIn.community.id
    do {
      let asked = try PickupProxyForm.asked(form, offsetSeconds: signedIn.community.offsetSeconds)
      try await database.write(in: community) { [directory, codes] transaction in
        let neighbour: AskedNeighbour
        switch asked.finding {
        case .code(let digits):
          let finding = codes.finding(digits, in: community)
          guard let found = try PickupProxyStore.found(finding, in: community, transaction) else {
            throw Problem.pickupProxyNoCode
          }
          neighbour = found
        case .door(let door):
          guard let found = try directory.household(at: door, in: community, transaction) else {
            throw Problem.pickupProxyNoDoor
          }
          neighbour = .household(found)
        }
        _ = try PickupProxyStore.ask(
          neighbour, asked.draft, for: household, by: signedIn.personID, in: transaction)
      }
      return .redirect(to: "/pickup-proxies?asked=1")
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      return try await askPage(signedIn, state: FormState(form, problem), problem: problem)
    }
  }

  private func makeCode(_ signedIn: SignedIn) async throws -> Response {
    let household = try signedIn.household()
    let community = signedIn.community.id
    let digits = String((0..<8).map { _ in Character(UnicodeScalar(UInt8.random(in: 48...57))) })
    let finding = codes.finding(digits, in: community)
    try await database.write(in: community) { transaction in
      try PickupProxyStore.keep(finding, for: signedIn.personID, of: household, in: transaction)
    }
    let visit = signedIn.visit
    let address =
      "\(visit.site.isSecure ? "https" : "http")://\(visit.host)/pickup-proxies/new?neighbour=\(digits)"
    return .page(pages(signedIn).code(digits, address: address), signedIn)
  }

  // MARK: - Answering and fetching

  private func answer(_ signedIn: SignedIn) async throws -> Response {
    let id: PickupProxyID = try signedIn.id("proxy")
    let answer = try await signedIn.form()["answer"]
    guard answer == "accept" || answer == "decline" else { throw Problem.notFound }
    try await database.write(in: signedIn.community.id) { transaction in
      _ = try PickupProxyStore.answer(
        id, agrees: answer == "accept", by: signedIn.personID, of: signedIn.householdID, in: transaction)
    }
    return .redirect(to: answer == "accept" ? "/pickup-proxies/\(id)" : "/pickup-proxies")
  }

  /// The neighbour's page with the codes of what can be fetched now. The household itself is led to its list.
  private func fetching(_ signedIn: SignedIn) async throws -> Response {
    let id: PickupProxyID = try signedIn.id("proxy")
    let community = signedIn.community.id
    let found = try await database.read { try PickupProxyStore.find(id, in: community, $0) }
    guard let found else { throw Problem.notFound }
    if found.household == signedIn.householdID { return .redirect(to: "/pickup-proxies") }
    guard
      found.state == .asked
        ? found.asks(signedIn.personID, of: signedIn.householdID) : found.neighbour == signedIn.personID
    else { throw Problem.notFound }
    let doors = try await directory.doors(of: community)
    let (entries, orders) = try await database.read { snapshot in
      (
        try Self.entries(
          [found], seenBy: .neighbour, directory, doors, signedIn.say, in: community, snapshot),
        found.isInForce(at: snapshot.now) ? try fetchable(found, signedIn, snapshot) : []
      )
    }
    guard let entry = entries.first else { throw Problem.notFound }
    return .page(pages(signedIn).fetching(entry, orders), signedIn)
  }

  private func fetchable(
    _ proxy: PickupProxy, _ signedIn: SignedIn, _ snapshot: Snapshot
  ) throws -> [PickupProxyPages.Fetching] {
    let community = signedIn.community.id
    let persons = try directory.persons(of: proxy.household, in: community, snapshot)
    let orders = try OrderStore.list(of: persons, before: nil, limit: 50, in: community, snapshot)
      .filter { $0.fulfilment.isOpen && proxy.allows($0, at: snapshot.now) }
    let paid = try books.paid(orders.map(\.id), community, snapshot)
    let scheme = signedIn.site.isSecure ? "https" : "http"
    return try orders.compactMap { order in
      guard let front = try StorefrontStore.front(order.campaign, in: community, snapshot) else { return nil }
      let digits = codes.code(for: order, fetchedUnder: proxy.id)
      let path = codes.qrPath(for: order, fetchedUnder: proxy.id)
      return PickupProxyPages.Fetching(
        order: order, campaign: front.campaign, point: front.pickupPoint.name,
        place: try ShelfStore.place(of: order.id, in: community, snapshot)?.place,
        owed: max(.zero, try order.total.subtracting(paid[order.id] ?? .zero)),
        code: digits.flatMap { digits in
          path.map { (digits, "\(scheme)://\(signedIn.visit.host)\($0)") }
        })
    }
  }
}
