package import Database
import Hummingbird
import Kernel
package import People
package import Security
package import Web

/// Where a leader offers to bring goods home, makes rounds, arranges them and gives them out.
package struct RoundTable: Sendable {
  let database: Database
  let directory: Directory
  let vault: Vault
  let books: Bookkeeping
  private var desk: RoundDesk { RoundDesk(directory: directory) }

  package init(_ database: Database, directory: Directory, vault: Vault, books: Bookkeeping) {
    self.database = database
    self.directory = directory
    self.vault = vault
    self.books = books
  }

  package func register(on routes: inout Routes) {
    let runners = Access.Personal.roles(CampaignActor.roles)
    let own = Objects.own("campaigns that the person runs")
    routes.get("/desk/campaigns/:campaign/rounds", for: runners, objects: own) { try await overview($0) }
    routes.post("/desk/campaigns/:campaign/delivery-offer", for: runners, objects: own) {
      try await offer($0)
    }
    routes.post("/desk/campaigns/:campaign/rounds", for: runners, objects: own) { try await make($0) }
    routes.get("/desk/rounds/:round", for: runners, objects: own) { try await show($0) }
    registerSheet(on: &routes, own)
    routes.post("/desk/rounds/:round/stops", for: runners, objects: own) { try await changeStop($0) }
    routes.post("/desk/rounds/:round/courier", for: runners, objects: own) { try await give($0) }
    for (name, change) in Self.changes {
      routes.post("/desk/rounds/:round/\(name)", for: runners, objects: own) { signedIn in
        try await perform(change, signedIn)
      }
    }
  }

  /// What is done to a whole round with one button.
  private enum Change: Sendable {
    case arrange
    case split
    case start
    case end
  }

  private static let changes: [(String, Change)] = [
    ("arrange", .arrange), ("split", .split), ("start", .start), ("end", .end),
  ]

  // MARK: - The campaign

  private func overview(_ signedIn: SignedIn, _ state: FormState? = nil) async throws -> Response {
    let campaign = try await database.campaign(runBy: signedIn).campaign
    let doors = try await directory.doors(of: campaign.community)
    let content = try await database.read { snapshot in
      let wishing = try RoundDesk.wishing(campaign, snapshot)
      let orders = wishing.ready + wishing.notReady + wishing.beyond + wishing.others
      let names = try directory.displayNames(of: orders.map(\.person), in: campaign.community, snapshot)
      let labels = try doors.labels(of: Set(orders.map(\.household)), snapshot)
      func entries(_ orders: [Order]) -> [RoundDeskPages.Entry] {
        orders.map {
          RoundDeskPages.Entry(
            order: $0.id, number: $0.number, name: names[$0.person] ?? "",
            door: labels[$0.household] ?? Phrase(same: ""))
        }
      }
      return RoundDeskPages.Overview(
        campaign: campaign,
        offered: try DeliveryWishStore.offer(of: campaign.id, in: campaign.community, snapshot) ?? 0,
        isPickup: campaign.phase(at: snapshot.now) == .pickup, ready: entries(wishing.ready),
        notReady: entries(wishing.notReady), beyond: entries(wishing.beyond),
        others: entries(wishing.others), rounds: try rounds(of: campaign, snapshot))
    }
    let say = signedIn.say
    let main = RoundDeskPages(say: say, token: signedIn.formToken).overview(
      content, state ?? FormState(["bags": String(content.offered)]))
    return .page(
      Page(title: say("送货上门", "Deliveries"), kind: .staff, main: main), signedIn,
      status: state == nil ? .ok : .unprocessableContent)
  }

  private func rounds(
    of campaign: Campaign, _ snapshot: Snapshot
  ) throws -> [(round: Round, courier: String?, late: Int)] {
    let rounds = try RoundStore.list(ofCampaign: campaign.id, in: campaign.community, snapshot)
    let names = try directory.displayNames(
      of: rounds.compactMap(\.courier), in: campaign.community, snapshot)
    return try rounds.map { round in
      let outcomes = try StopOutcomeStore.list(of: round.id, in: campaign.community, snapshot)
      return (round, round.courier.flatMap { names[$0] }, outcomes.count { $0.effect == .late })
    }
  }

  private func offer(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, actor) = try await database.campaign(runBy: signedIn)
    let form = try await signedIn.form()
    do {
      let bags = try DeliveryWishForm.offer(form)
      try await database.write(in: campaign.community) {
        try DeliveryWishStore.setOffer(bags, of: campaign.id, by: actor, in: $0)
      }
      return .redirect(to: "/desk/campaigns/\(campaign.id)/rounds")
    } catch let problem as Problem where problem.status == 422 {
      return try await overview(signedIn, FormState(form, problem))
    }
  }

  private func make(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, actor) = try await database.campaign(runBy: signedIn)
    let doors = try await directory.doors(of: campaign.community)
    let made = try await database.write(in: campaign.community) { [desk] in
      try desk.make(for: campaign.id, doors, by: actor, in: $0)
    }
    guard made.count == 1, let only = made.first else {
      return .redirect(to: "/desk/campaigns/\(campaign.id)/rounds")
    }
    return .redirect(to: "/desk/rounds/\(only)")
  }

  // MARK: - One round

  /// The round in the path with its campaign, if the visitor runs that.
  /// - Throws: `not_found` for every other one.
  func own(
    _ signedIn: SignedIn, _ snapshot: Snapshot
  ) throws -> (round: Round, campaign: Campaign, actor: CampaignActor) {
    let id = try signedIn.id("round", of: RoundKind.self)
    guard let round = try RoundStore.find(id, in: signedIn.community.id, snapshot),
      let campaign = try CampaignStore.find(round.campaign, in: signedIn.community.id, snapshot),
      let actor = CampaignActor(person: signedIn.personID, roles: signedIn.roles, leader: campaign.leader)
    else { throw Problem.notFound }
    return (round, campaign, actor)
  }

  private func show(
    _ signedIn: SignedIn, problem: Problem? = nil, state: FormState? = nil
  ) async throws -> Response {
    let community = signedIn.community.id
    let doors = try await directory.doors(of: community)
    let cipher = try await vault.cipher(for: KeyScope(community: community, dataClass: .contact))
    let content = try await database.read { snapshot in
      let (round, campaign, _) = try own(signedIn, snapshot)
      let reading = RoundReading(
        directory: directory, doors: doors, cipher: cipher, books: books, community: community)
      let couriers = try directory.persons(holding: .courier, in: community, snapshot)
      let names = try directory.displayNames(
        of: couriers + [round.courier].compactMap { $0 }, in: community, snapshot)
      return RoundDeskPages.Content(
        campaign: campaign, round: round, courier: round.courier.flatMap { names[$0] },
        stops: try reading.stops(of: round, snapshot),
        couriers: couriers.map { (person: $0, name: names[$0] ?? "") }, problem: problem)
    }
    let say = signedIn.say
    let alerts = problem.map { problem -> [HTML] in
      let advice = problem.advice.map { " \(say($0))" } ?? ""
      return [PageParts.notice("\(say(problem.title))\(advice)", .bad)]
    }
    // A volunteer is not on the list, so nobody of it may look chosen.
    let listed = content.couriers.first { $0.person == content.round.courier }?.person
    let chosen = FormState(["courier": listed?.description ?? ""])
    return .page(
      Page(
        title: say("第 \(content.round.number) 趟", "Round \(content.round.number)"), kind: .staff,
        main: RoundDeskPages(say: say, token: signedIn.formToken).round(content, state ?? chosen),
        alerts: alerts ?? []), signedIn, status: .init(code: problem?.status ?? 200))
  }

  private func changeStop(_ signedIn: SignedIn) async throws -> Response {
    let id = try signedIn.id("round", of: RoundKind.self)
    let form = try await signedIn.form()
    var reader = FormReader(form)
    let stop = reader.identifier("stop", of: RoundStopKind.self)
    let what = try form["do"] ?? ""
    let bags = what == "bags" ? reader.integer("bags", in: 1...99) : nil
    try reader.finish()
    guard let stop else { throw Problem.notFound }
    return try await answering(signedIn) { [desk] actor, transaction in
      if let move = StopMove(rawValue: what) {
        try desk.move(stop, move, in: id, by: actor, transaction)
      } else if let bags {
        try desk.setBags(bags, of: stop, in: id, by: actor, transaction)
      } else if what == "remove" {
        try desk.remove(stop, from: id, by: actor, in: transaction)
      }
      return "/desk/rounds/\(id)"
    }
  }

  private func give(_ signedIn: SignedIn) async throws -> Response {
    let id = try signedIn.id("round", of: RoundKind.self)
    let form = try await signedIn.form()
    let typed = (try form["phone"] ?? "").filter { !$0.isWhitespace }
    let chosen = try form["courier"].flatMap { PersonID($0) }
    return try await answering(signedIn, form) { [desk, directory] actor, transaction in
      let courier =
        typed.isEmpty
        ? chosen : try directory.person(withPhone: typed, in: transaction.community, transaction)
      guard let courier else {
        throw Problem.invalid([
          FieldProblem(
            typed.isEmpty ? "courier" : "phone",
            typed.isEmpty
              ? Phrase("请选一位送货员，或填志愿者的手机号。", "Please choose a courier, or give a volunteer's number.")
              : Phrase("本社区没有登记这个手机号。", "Nobody in this community is entered with this number."))
        ])
      }
      try desk.give(id, to: courier, by: actor, in: transaction)
      return "/desk/rounds/\(id)"
    }
  }

  private func perform(_ change: Change, _ signedIn: SignedIn) async throws -> Response {
    let id = try signedIn.id("round", of: RoundKind.self)
    let doors = try await directory.doors(of: signedIn.community.id)
    return try await answering(signedIn) { [desk] actor, transaction in
      switch change {
      case .arrange: try desk.arrange(id, doors, by: actor, in: transaction)
      case .split:
        let campaign = try own(signedIn, transaction).campaign.id
        _ = try desk.split(id, doors, by: actor, in: transaction)
        return "/desk/campaigns/\(campaign)/rounds"
      case .start: try desk.start(id, by: actor, in: transaction)
      case .end: try desk.end(id, by: actor, in: transaction)
      }
      return "/desk/rounds/\(id)"
    }
  }

  /// Runs a change and leads on; what cannot be done shows the round with the reason.
  private func answering(
    _ signedIn: SignedIn, _ form: Form? = nil,
    _ change: @escaping @Sendable (CampaignActor, Transaction) throws -> String
  ) async throws -> Response {
    do {
      let path = try await database.write(in: signedIn.community.id) { transaction in
        try change(try own(signedIn, transaction).actor, transaction)
      }
      return .redirect(to: path)
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      return try await show(signedIn, problem: problem, state: form.map { FormState($0, problem) })
    }
  }
}

/// Reads a round with everything that its pages tell of each stop.
struct RoundReading: Sendable {
  let directory: Directory
  let doors: Doors
  let cipher: FieldCipher
  let books: Bookkeeping
  let community: CommunityID

  func stops(of round: Round, _ snapshot: Snapshot) throws -> [RoundDeskPages.Stop] {
    let named = round.stops.flatMap { [$0.person] + [$0.terms.neighbour?.person].compactMap { $0 } }
    let names = try directory.displayNames(of: named, in: community, snapshot)
    let homes = round.stops.map(\.household)
    let neighbourHomes = round.stops.compactMap(\.terms.neighbour?.household)
    let households = try doors.households(Set(homes + neighbourHomes), snapshot)
    let wishes = try DeliveryWishStore.wishes(
      of: Set(homes), in: community, opening: cipher, snapshot)
    let outcomes = Dictionary(
      grouping: try StopOutcomeStore.list(of: round.id, in: community, snapshot), by: \.stop)
    let owed = try owed(round, snapshot)
    return round.stops.map { stop in
      let household = households[stop.household]
      let neighbour = stop.terms.neighbour.map { neighbour in
        let (name, door) = (names[neighbour.person] ?? "", households[neighbour.household]?.door.label)
        return Phrase("\(name)（\(door?.chinese ?? "")）", "\(name) (\(door?.english ?? ""))")
      }
      return RoundDeskPages.Stop(
        stop: stop, name: names[stop.person] ?? "", door: household?.door.label ?? Phrase(same: ""),
        floor: household?.floor, hasLift: household?.hasLift, note: wishes[stop.household]?.note ?? "",
        owed: owed[stop.id] ?? .zero, neighbour: neighbour, outcomes: outcomes[stop.id] ?? [])
    }
  }

  /// What is still to be paid of the orders that a stop's bags hold.
  private func owed(_ round: Round, _ snapshot: Snapshot) throws -> [RoundStopID: Money] {
    let ids = round.stops.flatMap(\.orders).filter(\.isOpen).map(\.order)
    let paid = try books.paid(ids, community, snapshot)
    var owed: [RoundStopID: Money] = [:]
    for stop in round.stops {
      for entry in stop.orders where entry.isOpen {
        guard let order = try OrderStore.find(entry.order, in: community, snapshot) else { continue }
        let rest = max(.zero, try order.total.subtracting(paid[order.id] ?? .zero))
        owed[stop.id] = try (owed[stop.id] ?? .zero).adding(rest)
      }
    }
    return owed
  }
}
