import Database
import Hummingbird
import Interop
import Kernel
import People
import Security
import Web

/// Visits in calendars: one booking for its household, and all visits of a worker by an address that is a secret.
struct VisitCalendars: Sendable {
  private static let limits = [RateLimit("shop.visit_calendar", 60, per: .minutes(1), by: .address)]
  private static let visitsName = Phrase("上门服务", "Visits")

  private let database: Database
  private let directory: Directory

  init(_ database: Database, directory: Directory) {
    self.database = database
    self.directory = directory
  }

  func register(on routes: inout Routes) {
    routes.get("/bookings/:booking/visit.ics", for: .signedIn, objects: .own("household's bookings")) {
      try await booking($0)
    }
    let own = Objects.own("calendar of visits")
    routes.get("/visits/calendar", for: .signedIn, objects: own) { try await page($0) }
    routes.post("/visits/calendar/renew", for: .signedIn, objects: own) { try await renew($0) }
    routes.post("/visits/calendar/stop", for: .signedIn, objects: own) { try await stop($0) }
    routes.get(
      "/visit-calendars/:token", .everyone, objects: .own("visits of whoever was given the address"),
      limits: Self.limits
    ) { try await feed($0) }
  }

  // MARK: - One booking

  private func booking(_ signedIn: SignedIn) async throws -> Response {
    let id = try signedIn.id("booking", of: BookingKind.self)
    let community = signedIn.community.id
    let visit = signedIn.visit
    let event = try await database.read { snapshot in
      guard let household = signedIn.householdID,
        let booking = try BookingStore.find(id, in: community, snapshot), booking.household == household
      else { throw Problem.notFound }
      let changes = try VisitCalendarStore.lastChanges(of: [id], in: community, snapshot)
      return VisitCalendar.event(
        booking, changedAt: changes[id] ?? booking.requestedAt, host: visit.host,
        address: visit.origin + "/bookings/\(id)", signedIn.say)
    }
    return .file(
      VisitCalendar.text(Self.visitsName, [event], signedIn.say), name: "visit-\(id).ics",
      type: CalendarFeed.mediaType)
  }

  // MARK: - The address

  private func page(_ signedIn: SignedIn, address: String? = nil) async throws -> Response {
    let (person, community) = (signedIn.personID, signedIn.community.id)
    let createdAt = try await database.read {
      try VisitCalendarStore.createdAt(of: person, in: community, $0)
    }
    let pages = VisitCalendarPages(say: signedIn.say, formToken: signedIn.formToken)
    return .page(pages.page(createdAt: createdAt, address: address), signedIn)
  }

  /// The address is shown in the answer itself: it is stored nowhere, so that there is no later page to show it on.
  private func renew(_ signedIn: SignedIn) async throws -> Response {
    let token = SecretToken.make(.bits128)
    let actor = Actor(helping: signedIn)
    try await database.write(in: signedIn.community.id) { transaction in
      try VisitCalendarStore.renew(token, of: actor.person, in: transaction)
      try tell("shop.visit_calendar_renew", actor, in: transaction)
    }
    return try await page(signedIn, address: signedIn.visit.origin + "/visit-calendars/\(token.text)")
  }

  private func stop(_ signedIn: SignedIn) async throws -> Response {
    let actor = Actor(helping: signedIn)
    try await database.write(in: signedIn.community.id) { transaction in
      try VisitCalendarStore.remove(of: actor.person, in: transaction)
      try tell("shop.visit_calendar_end", actor, in: transaction)
    }
    return .redirect(to: "/visits/calendar")
  }

  private func tell(_ action: StaticString, _ actor: Actor, in transaction: Transaction) throws {
    try transaction.audit(
      AuditEntry(actor: actor.person, role: actor.role, action: action, object: actor.person.rawValue))
  }

  // MARK: - The calendar

  private func feed(_ visit: Visit) async throws -> Response {
    let community = visit.community.id
    let (host, say) = (visit.host, visit.say)
    guard let token = SecretToken(try visit.parameter("token"), .bits128) else { throw Problem.notFound }
    let events = try await database.read { snapshot in
      guard let person = try VisitCalendarStore.person(with: token, in: community, snapshot),
        try directory.reach(of: [person], in: community, snapshot)[person]?.isDisabled == false
      else { throw Problem.notFound }
      let workers = try workers(of: person, in: community, snapshot)
      let visits = try BookingStore.visits(
        of: workers, from: snapshot.now - VisitCalendar.past, until: snapshot.now + VisitCalendar.ahead,
        in: community, snapshot)
      let changes = try VisitCalendarStore.lastChanges(of: visits.map(\.id), in: community, snapshot)
      return visits.map {
        VisitCalendar.event($0, changedAt: changes[$0.id] ?? $0.requestedAt, host: host, say)
      }
    }
    return .file(
      VisitCalendar.text(Self.visitsName, events, say), name: "visits.ics", type: CalendarFeed.mediaType)
  }

  /// Those whose visits the person makes, or looks after as one of a merchant's people: as it stands now, and not as it
  /// stood when the address was given out.
  private func workers(
    of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [WorkerID] {
    var workers = Set(
      try WorkerStore.list(ofPerson: person, in: community, snapshot).filter { $0.closedAt == nil }.map(\.id))
    if try directory.persons(holding: .merchant, in: community, snapshot).contains(person) {
      for merchant in try snapshot.merchantIdentifiers(of: person, in: community) {
        workers.formUnion(try WorkerStore.list(of: merchant, in: community, snapshot).map(\.id))
      }
    }
    return workers.sorted()
  }
}
