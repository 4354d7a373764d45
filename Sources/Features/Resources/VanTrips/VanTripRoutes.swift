import Database
import Hummingbird
import Kernel
import People
import Web

extension VanTrips {
  private static let pageLength = 30
  static let limits = [RateLimit("resources.van", 60, per: .minutes(10))]

  func addResidentDoors(_ routes: inout Routes) {
    let own = Objects.own("the van trips of the person and of whom they represent")
    routes.get("/van-trips", for: .signedIn, objects: .community) { try await list($0) }
    routes.get("/van-trips/new", for: .signedIn, objects: own) { signedIn in
      .page(try await formPage(signedIn, isStaff: false, VanTripForm.suggestion, []), signedIn)
    }
    routes.post("/van-trips", for: .signedIn, objects: own, limits: Self.limits) {
      try await plan($0, isStaff: false)
    }
    routes.get("/van-trips/:trip", for: .signedIn, objects: .community) { signedIn in
      .page(try await tripPage(signedIn, isStaff: false), signedIn)
    }
    addSteps(&routes, "/van-trips", .signedIn, own, isStaff: false)
  }

  /// What is done with one trip and with its parts, by residents with their own and by the station with all.
  func addSteps(
    _ routes: inout Routes, _ base: String, _ access: Access.Personal, _ objects: Objects, isStaff: Bool
  ) {
    let limits = isStaff ? ResourceStaff.writes : Self.limits
    routes.get("\(base)/:trip/sheet", for: access, objects: objects) {
      try await sheet($0, isStaff: isStaff)
    }
    routes.post("\(base)/:trip/parts", for: access, objects: objects, limits: limits) {
      try await ask($0, isStaff: isStaff)
    }
    routes.post("\(base)/:trip/done", for: access, objects: objects, limits: limits) {
      try await finish($0, isStaff: isStaff)
    }
    routes.post("\(base)/:trip/call-off", for: access, objects: objects, limits: limits) {
      try await callOff($0, isStaff: isStaff)
    }
    let steps: [(String, VanPart.State)] = [
      ("confirm", .confirmed), ("decline", .declined), ("cancel", .cancelled), ("carried", .carried),
      ("not-carried", .notCarried),
    ]
    for (name, state) in steps {
      routes.post("\(base)/parts/:part/\(name)", for: access, objects: objects, limits: limits) {
        try await move($0, to: state, isStaff: isStaff)
      }
    }
  }

  func pages(_ signedIn: SignedIn, _ isStaff: Bool) -> VanTripPages {
    VanTripPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now, isStaff: isStaff)
  }

  func acting(_ signedIn: SignedIn, _ isStaff: Bool) throws -> VanActor {
    VanActor(
      actor: isStaff
        ? try signedIn.actor(of: ResourceStaff.roles) : Actor(person: signedIn.personID, role: .resident),
      isByWorker: isStaff)
  }

  // MARK: - All

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let (community, person) = (signedIn.community.id, signedIn.personID)
    let behind = signedIn.query("after").flatMap { VanTripID($0) }
    let (list, last) = try await ground.database.read { snapshot in
      let found = try page(.coming, after: behind, length: Self.pageLength, in: community, snapshot)
      let own = behind == nil ? try parties.own(of: person, in: community, snapshot) : []
      let driven = try own.flatMap {
        try VanTripStore.planned(of: $0.party, limit: 20, in: community, snapshot)
      }
      let shown = Set((found.shown + driven).map(\.id))
      var names = try parties.publicNames(
        of: Set((found.shown + driven).compactMap(\.party)), in: community, snapshot)
      for party in own { names[party.party] = party.name }
      return (
        VanTripPages.List(
          trips: found.shown,
          taken: try VanPartStore.taken(on: shown, in: community, snapshot), names: names, driven: driven,
          joined: try joined(own.map(\.party), in: community, snapshot)), found.last?.id
      )
    }
    let next = last.map { "/van-trips?after=\($0)" }
    return .page(
      pages(signedIn, false).list(list, next: next, notices: signedIn.savedNotice), signedIn)
  }

  func page(
    _ list: VanTripList, after id: VanTripID?, length: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Portion<VanTrip> {
    let last = try id.flatMap { try VanTripStore.find($0, opening: nil, in: community, snapshot) }
    return Portion(
      try VanTripStore.list(list, after: last, limit: length + 1, in: community, snapshot), of: length)
  }

  /// What these have on trips, the latest first.
  private func joined(
    _ own: [Party], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [VanTripPages.List.Joined] {
    let parts = try own.flatMap { try VanPartStore.of($0, limit: 10, in: community, snapshot) }
    let trips = try VanTripStore.find(Set(parts.map(\.trip)), in: community, snapshot)
    return parts.sorted { $0.id > $1.id }.compactMap { part in
      trips[part.trip].map { VanTripPages.List.Joined(part: part, trip: $0) }
    }
  }

  // MARK: - A new one

  func formPage(
    _ signedIn: SignedIn, isStaff: Bool, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let (community, person) = (signedIn.community.id, signedIn.personID)
    let (choices, places) = try await ground.database.read { snapshot in
      (
        try self.choices(for: person, isStaff: isStaff, in: community, snapshot),
        isStaff
          ? try PlaceDirectory().choices(in: community, snapshot)
          : try PlaceDirectory().publicCards(in: community, snapshot)
      )
    }
    return pages(signedIn, isStaff).form(choices, places, key: Form.newKey, state, alerts: alerts)
  }

  func choices(
    for person: PersonID, isStaff: Bool, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> VanTripParts.Choices {
    VanTripParts.Choices(
      own: isStaff ? [] : try parties.own(of: person, in: community, snapshot),
      organisations: isStaff ? try OrganisationDirectory().choices(in: community, snapshot) : [])
  }

  func plan(_ signedIn: SignedIn, isStaff: Bool) async throws -> Response {
    let form = try await signedIn.form()
    let acting = try acting(signedIn, isStaff)
    let cipher = try await ground.cipher(signedIn.community.id)
    return try await FormAgain.answer(
      signedIn, form, page: { try await formPage(signedIn, isStaff: isStaff, $0, $1) },
      work: {
        let terms = try VanTripForm.terms(
          form, offsetSeconds: signedIn.community.offsetSeconds, at: signedIn.now)
        let whom = try whom(form, acting)
        let id = try await ground.database.make(
          in: signedIn.community.id, once: try form.onceKey("POST /van-trips", signedIn)
        ) { transaction in
          try trips.plan(
            terms, of: try whom(transaction), sealing: cipher, by: acting, in: transaction)
        }
        return .redirect(to: "\(isStaff ? "/van-desk" : "/van-trips")/\(id)?saved=trip")
      })
  }

  // MARK: - For whom

  /// Reads for whom something is done; who that is, is found in the transaction that does it.
  func whom(_ form: Form, _ acting: VanActor) throws -> @Sendable (Transaction) throws -> Party {
    guard acting.isByWorker else {
      let party = try VanTripForm.party(form) ?? .person(acting.actor.person)
      return { _ in party }
    }
    let somebody = try VanTripForm.somebody(form)
    return { transaction in try party(of: somebody, in: transaction.community, transaction) }
  }

  private func party(
    of somebody: VanTripForm.Somebody, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Party {
    switch somebody {
    case .organisation(let id): return .organisation(id)
    case .phone(let phone, let shop):
      let person = try ResourceParties.person(withPhone: phone, ground.directory, in: community, snapshot)
      if shop.isEmpty { return .person(person) }
      let shops = try ground.ports.merchants.represented(person, community, snapshot)
        .filter { $0.name.contains(shop) }
      guard let found = shops.first, shops.count == 1 else { throw Problem.vanShopUnknown }
      return .merchant(found.id)
    }
  }
}

extension Problem {
  static let vanShopUnknown = Problem.invalid([
    FieldProblem(
      "shop", Phrase("这位没有这家店，请看看店名。", "This person has no shop of this name. Please check it."))
  ])
}
