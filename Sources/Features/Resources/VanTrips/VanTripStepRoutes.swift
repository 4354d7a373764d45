import Database
import Hummingbird
import Kernel
import People
import Web

/// The page of one trip and what is done there.
extension VanTrips {
  /// - Parameter id: nil for the trip in the path.
  func tripPage(
    _ signedIn: SignedIn, _ id: VanTripID? = nil, isStaff: Bool, _ state: FormState = .empty,
    _ alerts: [HTML] = []
  ) async throws -> Page {
    let id = try id ?? signedIn.id("trip")
    let view = try await view(id, signedIn, isStaff: isStaff)
    return VanTripPage(pages: pages(signedIn, isStaff), view: view, key: Form.newKey, state: state)
      .page(alerts: signedIn.savedNotice + alerts)
  }

  /// A trip as somebody may see it: what is over is seen by its driver, by those who had something on it, and by the
  /// station alone.
  private func view(
    _ id: VanTripID, _ signedIn: SignedIn, isStaff: Bool
  ) async throws -> VanTripPage.View {
    let (community, person) = (signedIn.community.id, signedIn.personID)
    let cipher = try await ground.cipher(community)
    return try await ground.database.read { snapshot in
      guard let trip = try VanTripStore.find(id, opening: cipher, in: community, snapshot) else {
        throw Problem.notFound
      }
      let choices = try choices(for: person, isStaff: isStaff, in: community, snapshot)
      let own = Set(choices.own.map(\.party))
      let isDriver = trip.party.map(own.contains) ?? false
      let all = try VanPartStore.on(id, opening: cipher, in: community, snapshot)
      let seen = all.filter { part in
        isStaff || isDriver || (part.party.map(own.contains) ?? false)
      }
      let isOpen = trip.state == .planned && snapshot.now < trip.terms.leavesAt
      guard isStaff || isDriver || isOpen || !seen.isEmpty else { throw Problem.notFound }
      let named = Set(([trip.party] + seen.map(\.party)).compactMap(\.self))
      var names =
        isStaff
        ? try parties.names(of: named, in: community, snapshot)
        : try parties.publicNames(of: named, in: community, snapshot)
      for party in choices.own { names[party.party] = party.name }
      return VanTripPage.View(
        trip: trip, taken: try VanPartStore.taken(on: [id], in: community, snapshot)[id] ?? .nothing,
        names: names, places: try places(trip.terms, isStaff: isStaff, in: community, snapshot),
        choices: choices, parts: seen, isDriver: isDriver)
    }
  }

  private func places(
    _ terms: VanTripTerms, isStaff: Bool, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PlaceID: Phrase] {
    let ids = Set([terms.fromPlace, terms.toPlace].compactMap(\.self))
    if ids.isEmpty { return [:] }
    return try PlaceDirectory().cards(of: ids, in: community, snapshot)
      .filter { isStaff || $0.value.isPublic }.mapValues(\.name)
  }

  /// What is agreed on, with whom to meet, for the driver and the station.
  func sheet(_ signedIn: SignedIn, isStaff: Bool) async throws -> Response {
    let (community, person) = (signedIn.community, signedIn.personID)
    let id: VanTripID = try signedIn.id("trip")
    let cipher = try await ground.cipher(community.id)
    let (trip, agreed, names) = try await ground.database.read { snapshot in
      guard let trip = try VanTripStore.find(id, opening: nil, in: community.id, snapshot) else {
        throw Problem.notFound
      }
      let own = try parties.own(of: person, in: community.id, snapshot).map(\.party)
      guard isStaff || (trip.party.map(own.contains) ?? false) else { throw Problem.notFound }
      let agreed = try VanPartStore.on(id, opening: cipher, in: community.id, snapshot)
        .filter { trip.state == .planned && $0.state == .confirmed }
      return (
        trip, agreed, try parties.names(of: Set(agreed.compactMap(\.party)), in: community.id, snapshot)
      )
    }
    let page = VanSheetPages(say: signedIn.say).sheet(
      trip, agreed, names, signedIn.say(community.name), phone: community.phoneNumber)
    return .page(page, signedIn)
  }

  // MARK: - Steps

  func ask(_ signedIn: SignedIn, isStaff: Bool) async throws -> Response {
    let id: VanTripID = try signedIn.id("trip")
    let acting = try acting(signedIn, isStaff)
    let cipher = try await ground.cipher(signedIn.community.id)
    return try await ground.answer(
      signedIn, backTo: saved(id, isStaff),
      page: { try await tripPage(signedIn, isStaff: isStaff, $0, $1) }
    ) { form in
      let (wish, whom) = (try VanTripForm.wish(form), try whom(form, acting))
      try await ground.change(signedIn, form, "POST /van-trips/parts") { transaction in
        _ = try parts.ask(
          wish, for: try whom(transaction), on: id, sealing: cipher, by: acting, in: transaction)
      }
    }
  }

  func move(_ signedIn: SignedIn, to state: VanPart.State, isStaff: Bool) async throws -> Response {
    let id: VanPartID = try signedIn.id("part")
    let acting = try acting(signedIn, isStaff)
    let community = signedIn.community.id
    let found = try await ground.database.read {
      try VanPartStore.find(id, opening: nil, in: community, $0)?.trip
    }
    guard let trip = found else { throw Problem.notFound }
    return try await ground.answer(
      signedIn, backTo: saved(trip, isStaff),
      page: { try await tripPage(signedIn, trip, isStaff: isStaff, $0, $1) }
    ) { form in
      let seen = try ResourceForm.seen(form)
      try await ground.change(signedIn, form, "POST /van-trips/parts/step") {
        try parts.move(id, to: state, seen: seen, by: acting, in: $0)
      }
    }
  }

  func finish(_ signedIn: SignedIn, isStaff: Bool) async throws -> Response {
    let id: VanTripID = try signedIn.id("trip")
    let acting = try acting(signedIn, isStaff)
    return try await ground.answer(
      signedIn, backTo: saved(id, isStaff),
      page: { try await tripPage(signedIn, isStaff: isStaff, $0, $1) }
    ) { form in
      let (seen, carried) = (try ResourceForm.seen(form), VanTripForm.carried(form))
      try await ground.change(signedIn, form, "POST /van-trips/done") {
        try trips.finish(id, carried: carried, seen: seen, by: acting, in: $0)
      }
    }
  }

  func callOff(_ signedIn: SignedIn, isStaff: Bool) async throws -> Response {
    let id: VanTripID = try signedIn.id("trip")
    let acting = try acting(signedIn, isStaff)
    let cipher = try await ground.cipher(signedIn.community.id)
    return try await ground.answer(
      signedIn, backTo: saved(id, isStaff),
      page: { try await tripPage(signedIn, isStaff: isStaff, $0, $1) }
    ) { form in
      let (reason, seen) = (try VanTripForm.reason(form), try ResourceForm.seen(form))
      try await ground.change(signedIn, form, "POST /van-trips/call-off") {
        try trips.callOff(id, because: reason, seen: seen, sealing: cipher, by: acting, in: $0)
      }
    }
  }

  private func saved(_ id: VanTripID, _ isStaff: Bool) -> String {
    "\(isStaff ? VanTrip.deskPath(id) : VanTrip.path(id))?saved=step"
  }
}
