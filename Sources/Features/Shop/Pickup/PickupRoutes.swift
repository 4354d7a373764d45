package import Database
import Hummingbird
import Kernel
package import People
import Security
package import Web

/// Handing goods over: the pickup table, scanned codes, the custody record, the finish, and the API for all of it.
package struct PickupTable: Sendable {
  let database: Database
  let directory: Directory
  let codes: PickupCodes
  let books: Bookkeeping
  private static let tries = RateLimit("shop.pickup", 120, per: .minutes(1))

  package init(_ database: Database, directory: Directory, codes: PickupCodes, books: Bookkeeping) {
    self.database = database
    self.directory = directory
    self.codes = codes
    self.books = books
  }

  package func register(on routes: inout Routes) {
    let runners = Access.Personal.roles(CampaignActor.roles)
    let own = Objects.own("campaigns that the person runs")
    routes.get("/desk/campaigns/:campaign/pickup", for: runners, objects: own) { try await search($0) }
    routes.get("/desk/orders/:order/pickup", for: runners, objects: own) { signedIn in
      try await desk(signedIn, order: try signedIn.id("order"), scanned: nil)
    }
    routes.post("/desk/orders/:order/pickup", for: runners, objects: own, limits: [Self.tries]) { signedIn in
      try await handOver(signedIn)
    }
    routes.post("/desk/orders/:order/cash", for: runners, objects: own) { try await takeCash($0) }
    routes.get(
      "/pickup/:token", for: .signedIn, objects: .own("campaigns that the person runs, and own orders"),
      limits: [Self.tries]
    ) { signedIn in try await scan(signedIn) }
    routes.get("/desk/campaigns/:campaign/custody", for: runners, objects: own) { try await custody($0) }
    routes.post("/desk/campaigns/:campaign/finish", for: runners, objects: own) { try await finish($0) }
    registerAPI(on: &routes)
  }

  // MARK: - The table

  private func search(_ signedIn: SignedIn) async throws -> Response {
    let campaign = try await database.campaign(runBy: signedIn).campaign
    let doors = try await directory.doors(of: campaign.community)
    let typed = signedIn.query("find")?.filter { !$0.isWhitespace } ?? ""
    let (waiting, found) = try await database.read { snapshot in
      let waiting = try OrderStore.list(ofCampaign: campaign.id, in: campaign.community, snapshot)
        .filter { $0.isReadyForPickup || $0.awaitsWeighing }
      let found =
        typed.isEmpty
        ? nil : try PickupDeskStore.find(typed, of: campaign, directory: directory, snapshot)
      return (
        try PickupDeskStore.entries(
          waiting, of: campaign, books, directory: directory, doors: doors, snapshot),
        try found.map {
          try PickupDeskStore.entries($0, of: campaign, books, directory: directory, doors: doors, snapshot)
        }
      )
    }
    if let found, found.count == 1, let only = found.first {
      return .redirect(to: "/desk/orders/\(only.order.id)/pickup")
    }
    let say = signedIn.say
    let main = PickupPages(say: say, token: signedIn.formToken)
      .search(campaign, waiting: waiting, found: found, typed: typed)
    return .page(Page(title: say("取货台", "Pickup table"), main: main), signedIn)
  }

  /// A QR code opened with the phone's camera. Its own household is led to the order; anyone else finds nothing.
  private func scan(_ signedIn: SignedIn) async throws -> Response {
    guard let scanned = ScannedCode(try signedIn.parameter("token")) else { throw Problem.notFound }
    let order = try await database.read {
      try OrderStore.find(scanned.order, in: signedIn.community.id, $0)
    }
    guard let order else { throw Problem.notFound }
    if try await actor(for: order, signedIn) == nil {
      let isOwn = try await database.read { try JointPurchaseStore.isOwn(order, signedIn, $0) }
      if isOwn { return .redirect(to: "/orders/\(order.id)") }
      let mine = try await agreed(for: order, in: signedIn.community.id).first {
        $0.neighbour == signedIn.personID
      }
      guard let mine else { throw Problem.notFound }
      return .redirect(to: "/pickup-proxies/\(mine.id)")
    }
    let proxies = try await agreed(for: order, in: signedIn.community.id)
    let isRight =
      codes.isToken(scanned.token, of: order)
      || proxies.contains { codes.isToken(scanned.token, of: order, under: $0.id) }
    return try await desk(
      signedIn, order: order.id, scanned: isRight ? scanned.token : nil,
      problem: isRight || !order.isReadyForPickup ? nil : .pickupTokenOutdated)
  }

  /// The leaves that are in force for an order now.
  private func agreed(for order: Order, in community: CommunityID) async throws -> [PickupProxy] {
    try await database.read { snapshot in
      try PickupProxyStore.agreed(for: order, in: community, snapshot)
        .filter { $0.allows(order, at: snapshot.now) }
    }
  }

  private func actor(
    for order: Order, _ signedIn: SignedIn
  ) async throws -> (campaign: Campaign, actor: CampaignActor)? {
    let campaign = try await database.read {
      try CampaignStore.find(order.campaign, in: signedIn.community.id, $0)
    }
    guard let campaign else { return nil }
    return CampaignActor(person: signedIn.personID, roles: signedIn.roles, leader: campaign.leader)
      .map { (campaign, $0) }
  }

  func entry(_ id: OrderID, _ signedIn: SignedIn) async throws -> PickupPages.DeskOrder {
    let found = try await database.read { try OrderStore.find(id, in: signedIn.community.id, $0) }
    guard let found, let campaign = try await actor(for: found, signedIn)?.campaign else {
      throw Problem.notFound
    }
    let doors = try await directory.doors(of: signedIn.community.id)
    return try await database.read { snapshot in
      guard let order = try OrderStore.find(id, in: campaign.community, snapshot) else {
        throw Problem.notFound
      }
      return try PickupDeskStore.entry(
        order, of: campaign, books, directory: directory, doors: doors, snapshot)
    }
  }

  private func desk(
    _ signedIn: SignedIn, order id: OrderID, scanned: String?, form: Form? = nil, problem: Problem? = nil
  ) async throws -> Response {
    let entry = try await entry(id, signedIn)
    let say = signedIn.say
    var pieces: [Int: Int64] = [:]
    for line in entry.order.lines where line.due > 0 {
      let sent = try form?["line.\(line.position)"] ?? signedIn.query("q\(line.position)")
      pieces[line.position] = min(line.ready, max(0, sent.flatMap(Int64.init) ?? line.ready))
    }
    let state =
      if let form, let problem { FormState(form, problem) } else { FormState(["cash": entry.owed.decimal]) }
    let base = scanned.map { "/pickup/\(id)\($0)" } ?? "/desk/orders/\(id)/pickup"
    let main = PickupPages(say: say, token: signedIn.formToken).desk(
      entry, pieces: pieces, scanned: scanned, base: base, key: Form.newKey, state: state)
    var alerts: [HTML] = []
    if let problem {
      let advice = problem.advice.map { " \(say($0))" } ?? ""
      alerts.append(PageParts.notice("\(say(problem.title))\(advice)", .bad))
    } else if signedIn.query("done") != nil {
      alerts.append(PageParts.notice(say("已交货，记下了。", "Handed over and recorded."), .good))
    } else if signedIn.query("paid") != nil {
      alerts.append(PageParts.notice(say("收款记下了。", "The payment is recorded."), .good))
    }
    return .page(
      Page(title: say("取货", "Pickup"), main: main, alerts: alerts), signedIn,
      status: problem.map { .init(code: $0.status) } ?? .ok)
  }

  private func handOver(_ signedIn: SignedIn) async throws -> Response {
    let id: OrderID = try signedIn.id("order")
    let form = try await signedIn.form()
    let scanned = try form["scanned"]
    do {
      _ = try await handOver(try PickupForm.request(form, order: id), signedIn)
      return .redirect(to: "/desk/orders/\(id)/pickup?done=1")
    } catch let problem as Problem
      where problem.status == 409 || problem.status == 422 || problem.status == 429
    {
      return try await desk(signedIn, order: id, scanned: scanned, form: form, problem: problem)
    }
  }

  /// Cash for what was carried home already.
  private func takeCash(_ signedIn: SignedIn) async throws -> Response {
    let id: OrderID = try signedIn.id("order")
    let campaign = try await entry(id, signedIn).campaign
    let form = try await signedIn.form()
    do {
      guard
        let actor = CampaignActor(person: signedIn.personID, roles: signedIn.roles, leader: campaign.leader)
      else { throw Problem.notFound }
      var reader = FormReader(form)
      let cash = reader.money("cash")
      try reader.finish()
      let key = try form["idempotency_key"] ?? ""
      try await database.write(in: signedIn.community.id) { [books] transaction in
        try OutstandingCash.take(cash ?? .zero, for: id, key: key, books, by: actor, in: transaction)
      }
      return .redirect(to: "/desk/orders/\(id)/pickup?paid=1")
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      return try await desk(signedIn, order: id, scanned: nil, form: form, problem: problem)
    }
  }

  /// - Throws: the problem that says how the attempt ended, unless the goods were handed over.
  func handOver(_ request: HandoverRequest, _ signedIn: SignedIn) async throws -> (PickupID, Bool) {
    let entry = try await entry(request.order, signedIn)
    guard
      let actor = CampaignActor(
        person: signedIn.personID, roles: signedIn.roles, leader: entry.campaign.leader)
    else { throw Problem.notFound }
    let answer = try await database.write(in: signedIn.community.id) { transaction in
      try HandoverDesk(codes: codes, books: books).handOver(request, by: actor, in: transaction)
    }
    switch answer {
    case .handedOver(let id, let isRepeated): return (id, isRepeated)
    case .lost(let pickup):
      let names = try await database.read {
        try directory.displayNames(of: [pickup.handedBy], in: signedIn.community.id, $0)
      }
      let offset = signedIn.community.offsetSeconds
      let time = Phrase(
        Wording(.chinese, offsetSeconds: offset).dateTime(pickup.handedAt),
        Wording(.english, offsetSeconds: offset).dateTime(pickup.handedAt))
      throw Problem.handedOverAlready(by: names[pickup.handedBy] ?? "—", at: time)
    case .wrongCode(let left): throw Problem.wrongPickupCode(triesLeft: left)
    case .codeRenewed: throw Problem.pickupCodeRenewed
    case .outdatedToken: throw Problem.pickupTokenOutdated
    case .tooManyTries(let wait): throw Problem.tooManyPickupTries(wait)
    }
  }

  // MARK: - After the table

  private func custody(_ signedIn: SignedIn) async throws -> Response {
    let campaign = try await database.campaign(runBy: signedIn).campaign
    let (records, onHand, names) = try await database.read { snapshot in
      let records = try CustodyStore.records(of: campaign.id, in: campaign.community, snapshot)
      let merchants = try snapshot.merchants(in: campaign.community, includesClosed: true)
      let people = try directory.displayNames(
        of: records.map(\.recordedBy) + records.flatMap(\.people) + [campaign.leader], in: campaign.community,
        snapshot)
      let numbers = try OrderStore.list(ofCampaign: campaign.id, in: campaign.community, snapshot)
      return (
        records, try CustodyStore.onHand(of: campaign.id, in: campaign.community, snapshot),
        CustodyPages.Names(
          merchants: Dictionary(uniqueKeysWithValues: merchants.map { ($0.id, $0.name) }), people: people,
          numbers: Dictionary(uniqueKeysWithValues: numbers.map { ($0.id, $0.number) }))
      )
    }
    let say = signedIn.say
    let main = CustodyPages.record(
      campaign, records, CustodyBalance(records, onHand: onHand), names, say)
    return .page(Page(title: say("交接记录", "Custody record"), kind: .staff, main: main), signedIn)
  }

  private func finish(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, actor) = try await database.campaign(runBy: signedIn)
    try await database.write(in: campaign.community) { transaction in
      try FinishCampaign.finish(campaign.id, books, by: actor, in: transaction)
    }
    return .redirect(to: "/desk")
  }
}

/// What was typed or scanned at the table.
enum PickupForm {
  /// - Throws: `form.invalid` naming the field; `idempotency.key`.
  static func request(_ form: Form, order: OrderID) throws -> HandoverRequest {
    var reader = FormReader(form)
    let revision = reader.integer("revision", in: 1...Int64.max)
    let cash = reader.money("cash")
    var pieces: [Int: Int64] = [:]
    for position in 0..<Order.lineLimit where !form.all("line.\(position)").isEmpty {
      pieces[position] = reader.integer("line.\(position)", in: 0...Order.quantityLimit)
    }
    let reason = reader.text("reason", length: 2...200, isRequired: false)
    let proxy = reader.identifier("proxy", of: PickupProxyKind.self, isRequired: false)
    let code = reader.text("code", length: 1...20, isRequired: false)
    let scanned = try form["scanned"]
    if code == nil, reason == nil, scanned == nil {
      reader.add("code", Phrase("请填六位取货码。", "Please enter the six-digit code."))
    }
    try reader.finish()
    let proof: HandoverRequest.Proof =
      if let scanned { .token(scanned) } else if let code { .code(code) } else {
        .knownNeighbour(reason: reason ?? "")
      }
    let key = try form["idempotency_key"] ?? ""
    guard IdempotencyKey.isUsable(key) else { throw Problem.idempotencyKeyUnusable }
    return HandoverRequest(
      order: order, revision: revision ?? 0, pieces: pieces, cash: cash ?? .zero, proof: proof,
      // A code says by itself whose it is.
      proxy: code == nil && scanned == nil ? proxy : nil, key: key)
  }
}
