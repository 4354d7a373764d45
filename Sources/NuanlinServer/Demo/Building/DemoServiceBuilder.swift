import Database
import Kernel
import People
import Shop

/// Lets a merchant of the demo offer services and neighbours book them, through the rules that people are under.
struct DemoServiceBuilder: Sendable {
  let builder: DemoBuilder
  let community: DemoCommunityIDs

  private var database: Database { builder.switchboard.database }
  private var desk: BookingDesk { builder.switchboard.shop.bookingDesk }
  private var offset: Int { DemoNeighbourhood.offsetSeconds }

  /// Three services; a haircut that was done yesterday, a repair that is agreed, and one that waits for its answer.
  func build() async throws {
    builder.clock.move(to: builder.now - .days(5))
    guard let owner = community.cast[DemoServices.owner] else { return }
    let offered = try await offer(owner)
    guard offered.count == DemoServices.offers.count else { return }
    let yesterday = civilDay(of: builder.now) - 1
    try await haircut(offered[0], owner, on: yesterday)
    try await repair(offered[1], owner)
    try await bathing(offered[2])
  }

  private struct Offered: Sendable {
    let service: Service
    let worker: Worker
  }

  private func offer(_ owner: PersonID) async throws -> [Offered] {
    let cast = community.cast
    return try await database.write(in: community.id) { transaction in
      guard let merchant = try transaction.merchants(of: owner, in: community.id).first else { return [] }
      let actor = MerchantActor.program(for: merchant.id, person: owner)
      return try DemoServices.offers.compactMap { offer in
        let service = try ServiceChanges.create(offer.details, by: actor, in: transaction)
        return try offer.workers.map { person in
          Offered(
            service: service,
            worker: try ServiceChanges.save(
              Worker.Details(
                person: person.key.flatMap { cast[$0] }, name: person.name, introduction: person.introduction,
                certificate: person.certificate, services: [service.id], hours: person.hours),
              as: nil, by: actor, in: transaction))
        }.first
      }
    }
  }

  private func haircut(_ offered: Offered, _ owner: PersonID, on day: Int64) async throws {
    let start = moment(day, minute: 570)
    builder.clock.move(to: start - .hours(40))
    guard let booking = try await book(offered, "sun-yulan", from: start - .minutes(1)) else { return }
    let actor = try await merchant(owner, booking)
    builder.clock.advance(by: .hours(2))
    try await perform(.accept, booking, actor)
    builder.clock.move(to: booking.startsAt - .minutes(10))
    try await perform(.setOut, booking, actor)
    builder.clock.advance(by: .minutes(12))
    try await database.write(in: community.id) { [desk, offset] transaction in
      guard let id = booking.order, let order = try OrderStore.find(id, in: community.id, transaction),
        let code = desk.arrivalCode(of: try current(booking, transaction), order)
      else { throw Problem.internalFault }
      _ = try desk.arrive(code: code, by: actor, offsetSeconds: offset, in: transaction)
    }
    builder.clock.advance(by: .minutes(40))
    try await database.write(in: community.id) { [desk, offset] transaction in
      _ = try desk.finish(
        VisitReport(minutes: 40, cash: .fen(2_500), afterNote: "剪短了两寸。六个星期以后再剪刚好。"), by: actor,
        offsetSeconds: offset, in: transaction)
    }
  }

  private func repair(_ offered: Offered, _ owner: PersonID) async throws {
    builder.clock.move(to: builder.now - .hours(3))
    guard let booking = try await book(offered, "anna-keller", from: builder.now + .hours(14)) else { return }
    builder.clock.move(to: builder.now - .hours(2))
    try await perform(.accept, booking, try await merchant(owner, booking))
  }

  private func bathing(_ offered: Offered) async throws {
    builder.clock.move(to: builder.now - .hours(1))
    _ = try await book(offered, "sun-yulan", from: builder.now + .hours(48))
  }

  // MARK: - Parts

  /// Books the first free time from a moment on.
  private func book(_ offered: Offered, _ key: String, from: Timestamp) async throws -> Booking? {
    guard let person = community.cast[key] else { return nil }
    let directory = builder.switchboard.people.directory
    return try await database.write(in: community.id) { [desk, offset] transaction in
      let free = FreeTimes(
        offered.service.details.times, of: try WorkerStore.times(of: offered.worker, transaction),
        now: transaction.now, offsetSeconds: offset)
      guard let start = free.all().first(where: { $0 >= from }),
        let household = try directory.household(of: person, in: community.id, transaction)
      else { return nil }
      let request = BookingDesk.Request(
        service: offered.service.id, worker: offered.worker.id, startsAt: start, note: "",
        key: "demo-booking-\(key)-\(offered.service.id)")
      return try desk.book(request, for: person, of: household, offsetSeconds: offset, in: transaction)
        .booking
    }
  }

  private func merchant(_ owner: PersonID, _ booking: Booking) async throws -> BookingActor {
    try await database.read { snapshot in
      let actor = try snapshot.merchantActor(
        owner, roles: [.merchant], for: booking.merchant, in: community.id)
      guard let actor = BookingActor(actor, for: booking) else { throw Problem.internalFault }
      return actor
    }
  }

  private func perform(
    _ command: BookingRules.Command, _ booking: Booking, _ actor: BookingActor
  ) async throws {
    try await database.write(in: community.id) { [desk, offset] transaction in
      _ = try desk.perform(command, by: actor, offsetSeconds: offset, in: transaction)
    }
  }

  private func current(_ booking: Booking, _ snapshot: Snapshot) throws -> Booking {
    guard let booking = try BookingStore.find(booking.id, in: community.id, snapshot) else {
      throw Problem.internalFault
    }
    return booking
  }

  private func civilDay(of moment: Timestamp) -> Int64 {
    CivilDateTime(moment, offsetSeconds: offset).dayNumber
  }

  private func moment(_ day: Int64, minute: Int64) -> Timestamp {
    Timestamp(seconds: day * 86_400 + minute * 60 - Int64(offset))
  }
}
