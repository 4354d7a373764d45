import Database
import Kernel
import Messages
import People
import Security
import Web

/// Who does something here: a resident for those for whom they act, or the station for somebody.
struct VanActor: Sendable {
  let actor: Actor
  let isByWorker: Bool
}

/// Where trips are planned and closed: each step is one transaction, audited. A driver does it with their own trips,
/// the station with all.
struct VanTripDesk: Sendable {
  let ground: ResourceGround

  var parties: ResourceParties { ResourceParties(ground: ground) }
  var notices: VanTripNotices { VanTripNotices(ground: ground) }

  /// Plans a trip.
  /// - Throws: `form.invalid`; `forbidden` for a party for which the actor does not act; `not_found` where the station
  ///   plans for somebody who is not there.
  func plan(
    _ terms: VanTripTerms, of party: Party, sealing cipher: FieldCipher, by acting: VanActor,
    in transaction: Transaction
  ) throws -> VanTripID {
    try VanTripRules.check(terms, at: transaction.now)
    try parties.check(party, by: acting.actor, isByWorker: acting.isByWorker, in: transaction)
    try checkPlaces(terms, by: acting, in: transaction)
    let trip = VanTrip(
      id: transaction.newIdentifier(), party: party, terms: terms, state: .planned, reason: "", revision: 0,
      createdAt: transaction.now, createdBy: acting.actor, closedAt: nil)
    try VanTripStore.insert(trip, party, sealing: cipher, in: transaction)
    try VanTripJobs.schedule(trip, directory: ground.directory, in: transaction)
    try note("resources.van_plan", trip.id.rawValue, of: party, by: acting, in: transaction)
    return trip.id
  }

  /// It does not take place: whoever counted on it is told, and why.
  /// - Throws: `not_found`, `forbidden`, `form.invalid`, `resources.van_stale`, `resources.van_not_possible`.
  func callOff(
    _ id: VanTripID, because reason: String, seen: Int64, sealing cipher: FieldCipher, by acting: VanActor,
    in transaction: Transaction
  ) throws {
    guard VanTripRules.reasonLength.contains(reason.unicodeScalars.count) else { throw Problem.vanReason }
    let (trip, parts) = try open(id, seen: seen, to: .calledOff, by: acting, in: transaction)
    try end(parts, as: .cancelled, by: acting.actor.person, in: transaction)
    try VanTripStore.close(
      id, as: .calledOff, because: reason, sealing: cipher, by: acting.actor.person, in: transaction)
    try VanTripJobs.cancel(id, in: transaction)
    try notices.calledOff(trip, parts, exceptFor: acting.actor.person, in: transaction)
    try note("resources.van_call_off", id.rawValue, of: trip.party, by: acting, in: transaction)
  }

  /// It took place: what was agreed on and is named here was carried, the rest was not.
  /// - Throws: `not_found`, `forbidden`, `resources.van_stale`, `resources.van_not_possible`.
  func finish(
    _ id: VanTripID, carried: Set<VanPartID>, seen: Int64, by acting: VanActor, in transaction: Transaction
  ) throws {
    let (trip, parts) = try open(id, seen: seen, to: .done, by: acting, in: transaction)
    let agreed = parts.filter { $0.state == .confirmed }
    guard carried.isSubset(of: Set(parts.map(\.id))) else { throw Problem.notFound }
    for part in parts where part.state == .asked {
      try VanPartStore.move(part.id, to: .declined, by: acting.actor.person, in: transaction)
      try notices.moved(
        part, to: .declined, on: trip, exceptFor: acting.actor.person, in: transaction)
    }
    for part in agreed {
      let state: VanPart.State = carried.contains(part.id) ? .carried : .notCarried
      try VanPartStore.move(part.id, to: state, by: acting.actor.person, in: transaction)
      if state == .carried { try join(trip, part, in: transaction) }
    }
    try VanTripStore.close(
      id, as: .done, because: "", sealing: nil, by: acting.actor.person, in: transaction)
    try note("resources.van_done", id.rawValue, of: trip.party, by: acting, in: transaction)
  }

  // MARK: - Parts

  /// Somebody was helped by somebody; whether that may be kept of persons is the recorder's to say.
  func join(_ trip: VanTrip, _ part: VanPart, in transaction: Transaction) throws {
    guard let driver = trip.party, let party = part.party, driver != party else { return }
    let tie = Tie(
      .helped, from: driver, to: party, at: trip.terms.leavesAt, source: "van_part",
      sourceID: part.id.rawValue)
    try TieRecorder(directory: ground.directory).record([tie], in: transaction)
  }

  func note(
    _ action: StaticString, _ object: Int64, of party: Party?, by acting: VanActor, purpose: String = "",
    in transaction: Transaction
  ) throws {
    try transaction.note(
      action, by: acting.actor, of: object, onBehalfOf: acting.isByWorker ? party?.person : nil,
      purpose: purpose)
  }

  /// A trip that somebody may bring to its end, with what is on it.
  private func open(
    _ id: VanTripID, seen: Int64, to state: VanTrip.State, by acting: VanActor, in transaction: Transaction
  ) throws -> (trip: VanTrip, parts: [VanPart]) {
    let community = transaction.community
    guard let trip = try VanTripStore.find(id, opening: nil, in: community, transaction) else {
      throw Problem.notFound
    }
    if !acting.isByWorker {
      let own = try parties.own(of: acting.actor.person, in: community, transaction)
      guard own.contains(where: { $0.party == trip.party }) else { throw Problem.forbidden }
    }
    guard trip.revision == seen else { throw Problem.vanStale }
    let parts = try VanPartStore.on(id, opening: nil, in: community, transaction)
    let hasCarried = parts.contains { $0.state == .carried }
    if let refusal = VanTripRules.refusal(trip, to: state, hasCarried: hasCarried, at: transaction.now) {
      throw refusal
    }
    return (trip, parts)
  }

  /// - Parameter actor: nil where nobody did it.
  private func end(
    _ parts: [VanPart], as state: VanPart.State, by actor: PersonID?, in transaction: Transaction
  ) throws {
    for part in parts where part.state.isOpen {
      try VanPartStore.move(part.id, to: state, by: actor, in: transaction)
    }
  }

  /// Places have to be there, and for residents open to all.
  private func checkPlaces(_ terms: VanTripTerms, by acting: VanActor, in transaction: Transaction) throws {
    let ids = [("from_place", terms.fromPlace), ("to_place", terms.toPlace)]
    let cards = try PlaceDirectory().cards(
      of: Set(ids.compactMap(\.1)), in: transaction.community, transaction)
    var problems = Problems()
    for (field, id) in ids {
      guard let id else { continue }
      let isThere = cards[id].map { acting.isByWorker || $0.isPublic } ?? false
      if !isThere { problems.add(field, Phrase("请从列表里选择。", "Please choose from the list.")) }
    }
    try problems.throwIfAny()
  }

  // MARK: - Deletion

  /// What the deletion of a person means beyond their rows: those who count on them are told.
  func forget(_ person: PersonID, in transaction: Transaction) throws {
    let (party, community) = (Party.person(person), transaction.community)
    for part in try VanPartStore.open(of: party, in: community, transaction) {
      try VanPartStore.move(part.id, to: .cancelled, by: nil, in: transaction)
      guard let trip = try VanTripStore.find(part.trip, opening: nil, in: community, transaction) else {
        continue
      }
      try notices.moved(part, to: .cancelled, on: trip, exceptFor: person, in: transaction)
    }
    for trip in try VanTripStore.planned(of: party, limit: 5000, in: community, transaction) {
      let parts = try VanPartStore.on(trip.id, opening: nil, in: community, transaction)
      let hasCarried = parts.contains { $0.state == .carried }
      // What was carried took place, whoever is gone.
      try end(parts, as: hasCarried ? .notCarried : .cancelled, by: nil, in: transaction)
      try VanTripStore.close(
        trip.id, as: hasCarried ? .done : .calledOff, because: "", sealing: nil, by: nil, in: transaction)
      try VanTripJobs.cancel(trip.id, in: transaction)
      if !hasCarried { try notices.calledOff(trip, parts, exceptFor: person, in: transaction) }
    }
  }
}

extension Problem {
  static let vanReason = Problem.invalid([
    FieldProblem(
      "reason",
      Phrase("请写一写为什么不去了，200 个字以内。", "Please say why it does not take place, in 200 characters at most."))
  ])
}
