import Database
import HTTPTypes
import Hummingbird
import Kernel
import Web

extension Services {
  func registerBookings(on routes: inout Routes, _ own: Objects) {
    routes.get("/bookings", for: .signedIn, objects: own) { try await listBookings($0) }
    routes.get("/bookings/:booking", for: .signedIn, objects: own) { signedIn in
      let isNew = signedIn.query("asked") != nil
      return .page(
        bookingPages(signedIn).booking(try await shownBooking(signedIn), isNew: isNew), signedIn)
    }
    routes.get("/bookings/:booking/cancel", for: .signedIn, objects: own) { try await confirmCancelling($0) }
    routes.get("/bookings/:booking/move", for: .signedIn, objects: own) {
      try await chooseTime($0, problem: nil)
    }
    routes.post("/bookings/:booking/move", for: .signedIn, objects: own, limits: Self.limits) {
      try await move($0)
    }
    let commands: [(path: String, command: @Sendable (Form) throws -> BookingRules.Command)] = [
      ("cancel", { _ in .cancel(reason: "") }), ("absence", { _ in .reportAbsence }),
      ("move/agree", { _ in .agreeToMove }), ("move/refuse", { _ in .refuseMove }),
      ("object", { .object(reason: try BookingForm.reason($0, isRequired: true)) }),
    ]
    for (path, command) in commands {
      routes.post("/bookings/:booking/\(path)", for: .signedIn, objects: own, limits: Self.limits) {
        signedIn in
        try await perform(signedIn, command)
      }
    }
    routes.post(
      "/bookings/:booking/materials/:position", for: .signedIn, objects: own, limits: Self.limits
    ) { try await answerMaterial($0) }
  }

  private func listBookings(_ signedIn: SignedIn) async throws -> Response {
    guard let household = signedIn.householdID else {
      return .page(bookingPages(signedIn).list([], next: nil), signedIn)
    }
    let community = signedIn.community.id
    let before = signedIn.query("before").flatMap(BookingID.init)
    let entries = try await database.read { snapshot in
      let found = try BookingStore.list(
        of: household, before: before, limit: Self.pageSize + 1, in: community, snapshot)
      let workers = Dictionary(
        try WorkerStore.find(Set(found.map(\.worker)), in: community, snapshot).map { ($0.id, $0) }
      ) { first, _ in first }
      return found.map { (booking: $0, worker: workers[$0.worker]) }
    }
    let page = Array(entries.prefix(Self.pageSize))
    return .page(
      bookingPages(signedIn).list(page, next: entries.count > Self.pageSize ? page.last?.booking.id : nil),
      signedIn)
  }

  // MARK: - Changing

  private func perform(
    _ signedIn: SignedIn, _ command: @Sendable (Form) throws -> BookingRules.Command
  ) async throws -> Response {
    let form = try await signedIn.form()
    let booking = try await ownBooking(signedIn)
    do {
      let (command, seen) = (try command(form), try BookingForm.revision(form))
      try await change(booking, signedIn) { actor, transaction in
        _ = try desk.perform(
          command, by: actor, seen: seen, offsetSeconds: signedIn.community.offsetSeconds, in: transaction)
      }
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      return .page(
        bookingPages(signedIn).booking(try await shownBooking(signedIn), problem: problem), signedIn,
        status: HTTPResponse.Status(code: problem.status))
    }
    return .redirect(to: "/bookings/\(booking.id)")
  }

  private func answerMaterial(_ signedIn: SignedIn) async throws -> Response {
    guard let position = Int64(try signedIn.parameter("position")) else { throw Problem.notFound }
    let booking = try await ownBooking(signedIn)
    let form = try await signedIn.form()
    let answer = try form["answer"].flatMap(VisitMaterial.Answer.init(rawValue:))
    guard let answer, answer != .waiting else { return .redirect(to: "/bookings/\(booking.id)#materials") }
    do {
      try await change(booking, signedIn) { actor, transaction in
        try desk.answerMaterial(position, isAgreed: answer == .agreed, by: actor, in: transaction)
      }
    } catch let problem as Problem where problem.status == 409 {
      return .page(
        bookingPages(signedIn).booking(try await shownBooking(signedIn), problem: problem), signedIn,
        status: .conflict)
    }
    return .redirect(to: "/bookings/\(booking.id)#materials")
  }

  private func confirmCancelling(_ signedIn: SignedIn) async throws -> Response {
    let shown = try await shownBooking(signedIn)
    guard
      BookingRules.isAllowed(.cancel(reason: ""), of: shown.booking, by: .household, now: signedIn.now)
    else { return .redirect(to: "/bookings/\(shown.booking.id)") }
    return .page(bookingPages(signedIn).cancelling(shown), signedIn)
  }

  private func chooseTime(_ signedIn: SignedIn, problem: Problem?) async throws -> Response {
    let shown = try await shownBooking(signedIn)
    let booking = shown.booking
    let (community, offset) = (signedIn.community.id, signedIn.community.offsetSeconds)
    let service = try await database.read { snapshot in
      guard let service = try ServiceStore.find(booking.service, in: community, snapshot) else {
        throw Problem.notFound
      }
      return try ServiceShelf.shown(
        service, booking.times(service), except: booking.id, offsetSeconds: offset, snapshot)
    }
    let chosen = BookingForm.choice(worker: signedIn.query("worker"), at: signedIn.query("at")).flatMap {
      choice in
      service.workers.first { $0.worker.id == choice.worker }.map { (choice, $0.worker) }
    }
    let times = pages(signedIn.visit).times(
      service, signedIn.query("day").flatMap { Int64($0) }, at: "/bookings/\(booking.id)/move", leaf: "")
    let page = bookingPages(signedIn).moving(shown, choice: chosen, times: times, problem: problem)
    return .page(page, signedIn, status: problem.map { HTTPResponse.Status(code: $0.status) } ?? .ok)
  }

  private func move(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let booking = try await ownBooking(signedIn)
    do {
      let (choice, seen) = (try BookingForm.choice(form), try BookingForm.revision(form))
      try await change(booking, signedIn) { actor, transaction in
        _ = try desk.perform(
          .propose(.init(by: .household, worker: choice.worker, startsAt: choice.startsAt)), by: actor,
          seen: seen,
          offsetSeconds: signedIn.community.offsetSeconds, in: transaction)
      }
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      return try await chooseTime(signedIn, problem: problem)
    }
    return .redirect(to: "/bookings/\(booking.id)")
  }

  // MARK: - Parts

  /// One transaction in the name of the household.
  func change(
    _ booking: Booking, _ signedIn: SignedIn,
    _ body: @escaping @Sendable (BookingActor, Transaction) throws -> Void
  ) async throws {
    guard
      let actor = BookingActor(
        householdOf: booking, person: signedIn.personID, household: signedIn.householdID)
    else { throw Problem.notFound }
    try await database.write(in: signedIn.community.id) { try body(actor, $0) }
  }

  /// The booking in the path, if it is of the visitor's household.
  /// - Throws: `not_found` for every other booking, so that nobody can probe.
  func ownBooking(_ signedIn: SignedIn) async throws -> Booking {
    let id = try signedIn.id("booking", of: BookingKind.self)
    let community = signedIn.community.id
    guard let household = signedIn.householdID,
      let booking = try await database.read({ try BookingStore.find(id, in: community, $0) }),
      booking.household == household
    else { throw Problem.notFound }
    return booking
  }

  private func shownBooking(_ signedIn: SignedIn) async throws -> ShownBooking {
    let booking = try await ownBooking(signedIn)
    let community = signedIn.community.id
    return try await database.read { [desk] snapshot in
      try ShownBooking(booking, desk, in: community, snapshot)
    }
  }

  func bookingPages(_ signedIn: SignedIn) -> BookingPages {
    BookingPages(
      say: signedIn.say, formToken: signedIn.formToken, isCardSession: signedIn.session.isCardSession,
      now: signedIn.now)
  }
}

extension ShownBooking {
  init(_ booking: Booking, _ desk: BookingDesk, in community: CommunityID, _ snapshot: Snapshot) throws {
    guard let id = booking.order, let order = try OrderStore.find(id, in: community, snapshot),
      let campaign = try CampaignStore.find(booking.campaign, in: community, snapshot),
      let merchant = try snapshot.merchant(booking.merchant, in: community)
    else { throw Problem.notFound }
    let worker = try WorkerStore.find(booking.worker, in: community, snapshot)
    self.init(
      booking: booking, worker: worker,
      proposedWorker: try booking.proposal.flatMap {
        try WorkerStore.find($0.worker, in: community, snapshot)
      },
      merchant: merchant, materials: try BookingStore.materials(of: booking.id, in: community, snapshot),
      steps: try BookingStore.steps(of: booking.id, in: community, snapshot), order: order,
      campaign: campaign,
      money: try desk.books.money(id, community, snapshot),
      claims: try ClaimStore.claims(of: id, in: community, snapshot),
      code: desk.arrivalCode(of: booking, order))
  }
}
