package import Database
import HTTPTypes
import Hummingbird
import Kernel
package import People
package import Web

/// The day of somebody who does services, on a telephone: today's visits in order, each begun with the household's code.
package struct Visits: Sendable {
  private static let limits = [RateLimit("shop.visit", 40, per: .minutes(1))]
  /// A renewed code may be tried anew, so that the tries of an hour are counted beside those at one code. Source:
  /// field/reliability.md §3.13.
  private static let tries = RateLimit("shop.visit_arrival", 30, per: .hours(1))

  private let database: Database
  private let desk: BookingDesk
  private let directory: Directory

  package init(_ database: Database, desk: BookingDesk, directory: Directory) {
    self.database = database
    self.desk = desk
    self.directory = directory
  }

  package func register(on routes: inout Routes) {
    let own = Objects.own("visits of today that the person or its merchant makes")
    routes.get("/visits", for: .signedIn, objects: own) { try await list($0) }
    routes.get("/visits/:booking", for: .signedIn, objects: own) { try await page($0) }
    let commands: [(path: String, command: BookingRules.Command)] = [
      ("set-out", .setOut), ("absence", .reportAbsence),
    ]
    for (path, command) in commands {
      routes.post("/visits/:booking/\(path)", for: .signedIn, objects: own, limits: Self.limits) { signedIn in
        try await acting(signedIn) { [desk] _, actor, offset, transaction in
          try desk.perform(command, by: actor, offsetSeconds: offset, in: transaction)
        }
      }
    }
    routes.post(
      "/visits/:booking/arrive", for: .signedIn, objects: own, limits: Self.limits + [Self.tries]
    ) { try await arrive($0) }
    routes.post("/visits/:booking/finish", for: .signedIn, objects: own, limits: Self.limits) { signedIn in
      try await acting(signedIn) { [desk] form, actor, offset, transaction in
        _ = try desk.finish(
          try BookingForm.report(form), by: actor, offsetSeconds: offset, in: transaction)
      }
    }
    routes.post("/visits/:booking/materials", for: .signedIn, objects: own, limits: Self.limits) { signedIn in
      try await acting(signedIn) { [desk] form, actor, _, transaction in
        let material = try BookingForm.material(form)
        try desk.askForMaterial(material.name, material.amount, by: actor, in: transaction)
      }
    }
    routes.post("/visits/:booking/cash", for: .signedIn, objects: own, limits: Self.limits) { signedIn in
      try await acting(signedIn) { [desk] form, actor, _, transaction in
        var reader = FormReader(form)
        let cash = reader.money("cash")
        try reader.finish()
        try desk.takeCash(
          cash ?? .zero, key: try form["idempotency_key"] ?? "", by: actor, in: transaction)
      }
    }
  }

  // MARK: - Looking

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let doors = try await directory.doors(of: signedIn.community.id)
    let visits = try await database.read { snapshot in
      let workers = try self.workers(of: signedIn, snapshot)
      let (start, end) = Self.today(signedIn)
      let (ids, community) = (workers.map(\.id), signedIn.community.id)
      let visits =
        try BookingStore.unfinished(of: ids, before: start, in: community, snapshot)
        + BookingStore.visits(of: ids, from: start, until: end, in: community, snapshot)
      return try visits.filter { BookingRules.isOfDay($0, from: start, until: end, now: signedIn.now) }
        .map { try shown($0, doors, signedIn, snapshot) }
    }
    return .page(pages(signedIn).list(visits), signedIn)
  }

  private func page(
    _ signedIn: SignedIn, state: FormState? = nil, problem: Problem? = nil
  ) async throws -> Response {
    let doors = try await directory.doors(of: signedIn.community.id)
    let visit = try await database.read { snapshot in
      try shown(self.visit(signedIn, snapshot).booking, doors, signedIn, snapshot)
    }
    let planned = FormState(["minutes": String(visit.booking.minutes)])
    let page = pages(signedIn).visit(
      visit, state: state ?? planned, problem: problem, idempotencyKey: Form.newKey)
    return .page(page, signedIn, status: problem.map { HTTPResponse.Status(code: $0.status) } ?? .ok)
  }

  private func shown(
    _ booking: Booking, _ doors: Doors, _ signedIn: SignedIn, _ snapshot: Snapshot
  ) throws -> ShownVisit {
    let community = signedIn.community.id
    guard let id = booking.order, let order = try OrderStore.find(id, in: community, snapshot) else {
      throw Problem.notFound
    }
    let household = try doors.households([booking.household], snapshot)[booking.household]
    let names = try directory.displayNames(of: [booking.person], in: community, snapshot)
    let materials = try BookingStore.materials(of: booking.id, in: community, snapshot)
    let isAtHome = booking.place == .home
    return ShownVisit(
      booking: booking, worker: try WorkerStore.find(booking.worker, in: community, snapshot),
      household: names[booking.person] ?? "", door: isAtHome ? household?.door.label : nil,
      floor: isAtHome ? household?.floor : nil, hasLift: household?.hasLift ?? false, materials: materials,
      order: order, paid: try desk.books.paid([id], community, snapshot)[id] ?? .zero,
      materialLeft: try BookingRules.materialLeft(of: booking, materials))
  }

  // MARK: - Acting

  private func arrive(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let typed = try form["code"] ?? ""
    let (booking, actor) = try await database.read { try self.visit(signedIn, $0) }
    let offset = signedIn.community.offsetSeconds
    do {
      let answer = try await database.write(in: signedIn.community.id) { [desk] transaction in
        try desk.arrive(code: typed, by: actor, offsetSeconds: offset, in: transaction)
      }
      switch answer {
      case .arrived: return .redirect(to: "/visits/\(booking.id)")
      case .wrongCode(let left): throw Problem.wrongArrivalCode(triesLeft: left)
      case .codeRenewed: throw Problem.arrivalCodeRenewed
      }
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      return try await page(signedIn, state: FormState(form, problem), problem: problem)
    }
  }

  private func acting(
    _ signedIn: SignedIn,
    _ body: @escaping @Sendable (Form, BookingActor, _ offsetSeconds: Int, Transaction) throws -> Void
  ) async throws -> Response {
    let form = try await signedIn.form()
    let (booking, actor) = try await database.read { try self.visit(signedIn, $0) }
    let offset = signedIn.community.offsetSeconds
    do {
      try await database.write(in: signedIn.community.id) { try body(form, actor, offset, $0) }
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      return try await page(signedIn, state: FormState(form, problem), problem: problem)
    }
    // What was missed is not a visit of today any more.
    return .redirect(to: signedIn.path.hasSuffix("/absence") ? "/visits" : "/visits/\(booking.id)")
  }

  // MARK: - Who sees what

  /// Those whose visits the person makes or looks after.
  private func workers(of signedIn: SignedIn, _ snapshot: Snapshot) throws -> [Worker] {
    let community = signedIn.community.id
    var workers = try WorkerStore.list(ofPerson: signedIn.personID, in: community, snapshot)
    let merchants =
      MerchantActor.isStaff(signedIn.roles)
      ? try snapshot.merchants(in: community)
      : signedIn.roles.contains(.merchant)
        ? try snapshot.merchants(of: signedIn.personID, in: community) : []
    let known = Set(workers.map(\.id))
    for merchant in merchants {
      workers += try WorkerStore.list(of: merchant.id, in: community, snapshot).filter {
        !known.contains($0.id)
      }
    }
    return workers
  }

  /// The visit in the path with the right to act for it, if it was agreed and is one of today, or of an earlier day and
  /// not over.
  /// - Throws: `not_found` for every other one: of another day, of somebody else, or called off.
  private func visit(_ signedIn: SignedIn, _ snapshot: Snapshot) throws -> (
    booking: Booking, actor: BookingActor
  ) {
    let id = try signedIn.id("booking", of: BookingKind.self)
    let community = signedIn.community.id
    let (start, end) = Self.today(signedIn)
    guard let booking = try BookingStore.find(id, in: community, snapshot),
      BookingRules.isOfDay(booking, from: start, until: end, now: signedIn.now),
      let worker = try WorkerStore.find(booking.worker, in: community, snapshot)
    else { throw Problem.notFound }
    if let actor = BookingActor(signedIn.personID, as: worker, for: booking) { return (booking, actor) }
    let merchant = try snapshot.merchantActor(
      signedIn.personID, roles: signedIn.roles, for: booking.merchant, in: community)
    guard let actor = BookingActor(merchant, for: booking) else { throw Problem.notFound }
    return (booking, actor)
  }

  /// The community's day, and what begins within two hours of now.
  private static func today(_ signedIn: SignedIn) -> (start: Timestamp, end: Timestamp) {
    let offset = signedIn.community.offsetSeconds
    let day = CivilDateTime(signedIn.now, offsetSeconds: offset).dayNumber
    let start = Timestamp(seconds: day * 86_400 - Int64(offset))
    return (start, max(start + .days(1), signedIn.now + .hours(2)))
  }

  private func pages(_ signedIn: SignedIn) -> VisitPages {
    VisitPages(say: signedIn.say, formToken: signedIn.formToken, now: signedIn.now)
  }
}
