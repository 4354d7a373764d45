import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Web

extension ServiceDesk {
  func registerBookings(on routes: inout Routes) {
    let members = MerchantDesk.members
    let own = Objects.own("bookings of the merchants that the person acts for")
    routes.get("/desk/services", for: members, objects: own) { try await listBookings($0) }
    routes.get("/desk/bookings/:booking", for: members, objects: own) { try await bookingPage($0) }
    let commands: [(path: String, command: @Sendable (Form) throws -> BookingRules.Command)] = [
      ("accept", { _ in .accept }),
      ("decline", { .decline(reason: try BookingForm.reason($0, isRequired: true)) }),
      ("cancel", { .cancel(reason: try BookingForm.reason($0, isRequired: true)) }),
      (
        "move",
        {
          let choice = try BookingForm.choice($0)
          return .propose(.init(by: .merchant, worker: choice.worker, startsAt: choice.startsAt))
        }
      ),
      ("move/agree", { _ in .agreeToMove }), ("move/refuse", { _ in .refuseMove }),
    ]
    for (path, command) in commands {
      routes.post("/desk/bookings/:booking/\(path)", for: members, objects: own, limits: Services.limits) {
        signedIn in try await perform(signedIn, command)
      }
    }
    routes.post(
      "/desk/bookings/:booking/fee", for: .roles([.committee, .operator]), objects: .community,
      limits: Services.limits
    ) { try await decideFee($0) }
  }

  private func listBookings(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let isStaff = MerchantActor.isStaff(signedIn.roles)
    let (entries, objected) = try await database.read { snapshot in
      let merchants =
        isStaff
        ? try snapshot.merchants(in: community)
        : try snapshot.merchants(of: signedIn.personID, in: community)
      let entries = try merchants.map { merchant in
        BookingDeskPages.Shop(
          merchant: merchant, waiting: try lines(.waiting, of: merchant, snapshot),
          agreed: try lines(.agreed, of: merchant, snapshot), over: try lines(.over, of: merchant, snapshot))
      }
      return (entries, isStaff ? try BookingStore.objected(in: community, snapshot) : [])
    }
    return .page(bookingPages(signedIn).list(entries, objected: objected), signedIn)
  }

  private func lines(
    _ list: BookingStore.DeskList, of merchant: Merchant, _ snapshot: Snapshot
  ) throws -> [BookingDeskPages.Line] {
    let bookings = try BookingStore.list(list, of: merchant.id, in: merchant.community, snapshot)
    let workers = Dictionary(
      try WorkerStore.find(Set(bookings.map(\.worker)), in: merchant.community, snapshot).map { ($0.id, $0) }
    ) { first, _ in first }
    return bookings.map { BookingDeskPages.Line(booking: $0, worker: workers[$0.worker]) }
  }

  private func bookingPage(
    _ signedIn: SignedIn, problem: Problem? = nil, state: FormState = .empty
  ) async throws -> Response {
    let (booking, _) = try await booking(signedIn)
    let (community, offset) = (signedIn.community.id, signedIn.community.offsetSeconds)
    let (shown, service, building, mayDecide) = try await database.read { [desk, directory] snapshot in
      let shown = try ShownBooking(booking, desk, in: community, snapshot)
      guard let service = try ServiceStore.find(booking.service, in: community, snapshot) else {
        throw Problem.notFound
      }
      let shelf = try ServiceShelf.shown(
        service, booking.times(service), except: booking.id, offsetSeconds: offset, snapshot)
      let building = try directory.buildings(of: [booking.household], in: community, snapshot)[
        booking.household]
      let decider = BookingActor(
        decidingOn: booking, person: signedIn.personID, roles: signedIn.roles, household: signedIn.householdID
      )
      let mayDecide = booking.isObjected && shown.order.fulfilment.isOpen && decider != nil
      return (shown, shelf, booking.place == .home ? building : nil, mayDecide)
    }
    let chosen = BookingForm.choice(worker: signedIn.query("worker"), at: signedIn.query("at")).flatMap {
      choice in
      service.workers.first { $0.worker.id == choice.worker }.map { (choice, $0.worker) }
    }
    let times = Services(database, desk: desk, directory: directory).pages(signedIn.visit).times(
      service, signedIn.query("day").flatMap { Int64($0) }, at: "/desk/bookings/\(booking.id)", leaf: "")
    let page = bookingPages(signedIn).booking(
      shown, building: building.map { signedIn.say(Door.buildingName($0)) },
      mayDecide: mayDecide, choice: chosen, times: times, problem: problem, state: state)
    return .page(page, signedIn, status: problem.map { HTTPResponse.Status(code: $0.status) } ?? .ok)
  }

  private func perform(
    _ signedIn: SignedIn, _ command: @Sendable (Form) throws -> BookingRules.Command
  ) async throws -> Response {
    let (booking, actor) = try await booking(signedIn)
    let form = try await signedIn.form()
    let offset = signedIn.community.offsetSeconds
    do {
      let (command, seen) = (try command(form), try BookingForm.revision(form))
      _ = try await database.write(in: signedIn.community.id) { [desk] transaction in
        try desk.perform(command, by: actor, seen: seen, offsetSeconds: offset, in: transaction)
      }
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      return try await bookingPage(signedIn, problem: problem, state: FormState(form, problem))
    }
    return .redirect(to: "/desk/bookings/\(booking.id)")
  }

  private func decideFee(_ signedIn: SignedIn) async throws -> Response {
    let (booking, _) = try await booking(signedIn)
    let form = try await signedIn.form()
    guard
      let actor = BookingActor(
        decidingOn: booking, person: signedIn.personID, roles: signedIn.roles, household: signedIn.householdID
      )
    else { throw Problem.forbidden }
    let isKept = try form["decision"] == "kept"
    do {
      try await database.write(in: signedIn.community.id) { [desk] transaction in
        try desk.decideFee(isKept: isKept, by: actor, in: transaction)
      }
    } catch let problem as Problem where problem.status == 409 {
      return try await bookingPage(signedIn, problem: problem)
    }
    return .redirect(to: "/desk/bookings/\(booking.id)")
  }

  /// The booking in the path, if the person acts for its merchant.
  /// - Throws: `not_found` for every other booking.
  private func booking(_ signedIn: SignedIn) async throws -> (Booking, BookingActor) {
    let id = try signedIn.id("booking", of: BookingKind.self)
    let community = signedIn.community.id
    return try await database.read { snapshot in
      guard let booking = try BookingStore.find(id, in: community, snapshot) else { throw Problem.notFound }
      let (_, merchant) = try snapshot.ownMerchant(booking.merchant, signedIn)
      guard let actor = BookingActor(merchant, for: booking) else { throw Problem.notFound }
      return (booking, actor)
    }
  }

  private func bookingPages(_ signedIn: SignedIn) -> BookingDeskPages {
    BookingDeskPages(say: signedIn.say, formToken: signedIn.formToken, now: signedIn.now)
  }
}
