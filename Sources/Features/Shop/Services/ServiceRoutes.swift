package import Database
import HTTPTypes
import Hummingbird
import Kernel
package import People
package import Web

/// The pages on which neighbours find a service and book a time, and on which a household looks after its bookings.
package struct Services: Sendable {
  /// Bookings on one page of the list.
  static let pageSize = 20
  static let limits = [
    RateLimit("shop.booking", 20, per: .minutes(1)),
    RateLimit("shop.booking_address", 300, per: .minutes(1), by: .address),
  ]

  let database: Database
  let desk: BookingDesk
  let directory: Directory

  package init(_ database: Database, desk: BookingDesk, directory: Directory) {
    self.database = database
    self.desk = desk
    self.directory = directory
  }

  package func register(on routes: inout Routes) {
    routes.get("/services", .everyone, objects: .community) { try await list($0) }
    routes.get("/services/:service", .everyone, objects: .community) { try await show($0) }
    let own = Objects.own("household's bookings")
    routes.get("/services/:service/book", for: .signedIn, objects: own) { try await confirm($0) }
    routes.post("/services/:service/book", for: .signedIn, objects: own, limits: Self.limits) {
      try await book($0)
    }
    registerBookings(on: &routes, own)
    registerAPI(on: &routes)
  }

  // MARK: - Finding

  private func list(_ visit: Visit) async throws -> Response {
    let community = visit.community.id
    let person = visit.session?.personID
    let (services, isWorker) = try await database.read { snapshot in
      let services = try ServiceStore.open(in: community, snapshot)
      let merchants = Dictionary(
        try snapshot.merchants(in: community).map { ($0.id, $0) }
      ) { first, _ in first }
      let isWorker =
        try person.map { try !WorkerStore.list(ofPerson: $0, in: community, snapshot).isEmpty } ?? false
      return (
        services.compactMap { service in merchants[service.merchant].map { (service: service, merchant: $0) }
        },
        isWorker
      )
    }
    return .page(
      pages(visit).list(services, isSignedIn: person != nil, isWorker: isWorker), visit)
  }

  private func show(_ visit: Visit) async throws -> Response {
    let shown = try await shown(visit)
    return .page(pages(visit).service(shown, day: visit.query("day").flatMap { Int64($0) }), visit)
  }

  private func shown(_ visit: Visit) async throws -> ShownService {
    let id = try visit.id("service", of: OfferedServiceKind.self)
    let (community, offset) = (visit.community.id, visit.community.offsetSeconds)
    return try await database.read { snapshot in
      guard let service = try ServiceStore.find(id, in: community, snapshot), service.isOpen else {
        throw Problem.notFound
      }
      return try ServiceShelf.shown(service, service.details.times, offsetSeconds: offset, snapshot)
    }
  }

  // MARK: - Booking

  private func confirm(_ signedIn: SignedIn) async throws -> Response {
    let shown = try await shown(signedIn.visit)
    guard
      let choice = BookingForm.choice(worker: signedIn.query("worker"), at: signedIn.query("at")),
      let worker = shown.workers.first(where: { $0.worker.id == choice.worker })
    else { return .redirect(to: "/services/\(shown.service.id)") }
    guard signedIn.householdID != nil else { return membershipPage(signedIn) }
    guard worker.free.contains(where: { $0.at == choice.startsAt }) else {
      return taken(choice, shown, signedIn)
    }
    return .page(confirmation(shown, choice, worker.worker, .empty, signedIn), signedIn)
  }

  private func book(_ signedIn: SignedIn) async throws -> Response {
    guard let household = signedIn.householdID else { return membershipPage(signedIn) }
    let form = try await signedIn.form()
    let choice = try BookingForm.choice(form)
    let offset = signedIn.community.offsetSeconds
    do {
      let request = BookingDesk.Request(
        service: try signedIn.id("service"), worker: choice.worker, startsAt: choice.startsAt,
        note: try BookingForm.note(form), key: try form["idempotency_key"] ?? "")
      let person = signedIn.personID
      let (booking, _) = try await database.write(in: signedIn.community.id) { [desk] transaction in
        try desk.book(request, for: person, of: household, offsetSeconds: offset, in: transaction)
      }
      return .redirect(to: "/bookings/\(booking.id)?asked=1")
    } catch let problem as Problem where problem == .bookingTimeTaken {
      return taken(choice, try await shown(signedIn.visit), signedIn)
    } catch let problem as Problem where problem.status == 422 {
      let shown = try await shown(signedIn.visit)
      guard let worker = shown.workers.first(where: { $0.worker.id == choice.worker }) else { throw problem }
      return .page(
        confirmation(shown, choice, worker.worker, FormState(form, problem), signedIn), signedIn,
        status: .unprocessableContent)
    }
  }

  private func confirmation(
    _ shown: ShownService, _ choice: BookingForm.Choice, _ worker: Worker, _ state: FormState,
    _ signedIn: SignedIn
  ) -> Page {
    pages(signedIn.visit).confirm(
      shown, choice, worker, idempotencyKey: Form.newKey, state: state)
  }

  /// Whoever was a moment too late sees what is free near the time that was wanted.
  private func taken(_ choice: BookingForm.Choice, _ shown: ShownService, _ signedIn: SignedIn) -> Response {
    let all = shown.workers.flatMap { worker in
      worker.free.map { BookingForm.Choice(worker: worker.worker.id, startsAt: $0.at) }
    }
    let nearest = FreeTimes.nearest(all, to: choice.startsAt, limit: 4)
    let day = CivilDateTime(choice.startsAt, offsetSeconds: signedIn.community.offsetSeconds).dayNumber
    return .page(
      pages(signedIn.visit).service(shown, day: day, taken: (choice.startsAt, nearest)), signedIn,
      status: .conflict)
  }

  // MARK: - Parts

  func membershipPage(_ signedIn: SignedIn) -> Response {
    .page(
      MembershipPage.page(
        formToken: signedIn.formToken, isCardSession: signedIn.session.isCardSession, signedIn.say),
      signedIn, status: .forbidden)
  }

  func pages(_ visit: Visit) -> ServicePages {
    ServicePages(
      say: visit.say, formToken: visit.formToken, isCardSession: visit.session?.isCardSession ?? false)
  }
}

/// Puts together what a service's page shows.
enum ServiceShelf {
  /// - Parameters:
  ///   - times: how long a visit takes and which times are offered.
  ///   - booking: to be moved, so that its own time counts as free.
  static func shown(
    _ service: Service, _ times: ServiceTimes, except booking: BookingID? = nil, offsetSeconds: Int,
    _ snapshot: Snapshot
  ) throws -> ShownService {
    let community = service.community
    guard let merchant = try snapshot.merchant(service.merchant, in: community) else {
      throw Problem.notFound
    }
    let workers = try WorkerStore.list(doing: service.id, in: community, snapshot).map { worker in
      let free = FreeTimes(
        times, of: try WorkerStore.times(of: worker, except: booking, snapshot), now: snapshot.now,
        offsetSeconds: offsetSeconds)
      let days = free.days.flatMap { day in free.beginnings(on: day).map { (day: day, at: $0) } }
      return ShownWorker(worker: worker, free: days)
    }
    let record = try ServiceStore.record(of: service.id, in: community, snapshot)
    return ShownService(
      service: service, merchant: merchant, workers: workers, done: record.done, missed: record.missed,
      reviews: try ReviewStore.summary(of: .product(service.product), in: community, snapshot))
  }
}
