import Database
import Kernel
import People
import Synchronization
import TestKit
import Testing

@testable import Shop

/// A hairdresser, her shop and a service, on top of `Market`; its clock stands at Monday 16:00 local time.
struct BookingFixture: Sendable {
  static let offset = 28_800
  /// Tuesday 10:00 local time.
  static let visit = Market.start + .hours(18)

  let market: Market
  let service: Service
  let worker: Worker
  /// The merchant's own person, and the worker as a person of the community.
  let owner: PersonID
  let barber: PersonID
  let told: Told

  /// Remembers what the books were told, and holds what was paid before.
  final class Told: Sendable {
    let prepaid = Mutex<[OrderID: Money]>([:])
    let settled = Mutex<[Settlement]>([])
    let delivered = Mutex<[Delivery]>([])
    let finished = Mutex<[CampaignID]>([])
    /// In whose hands banknotes are.
    let holders = Mutex<[PersonID]>([])

    var books: Bookkeeping {
      let cash = Bookkeeping.cashOnly
      return Bookkeeping(
        paid: { orders, community, snapshot in
          var paid = try cash.paid(orders, community, snapshot)
          let before = self.prepaid.withLock { $0 }
          for order in orders { paid[order] = try (paid[order] ?? .zero).adding(before[order] ?? .zero) }
          return paid
        }, takeCash: { _, actor, _ in self.holders.withLock { $0.append(actor.person) } },
        deliver: { delivery, _, _ in self.delivered.withLock { $0.append(delivery) } },
        settle: { settlement, _, _ in self.settled.withLock { $0.append(settlement) } },
        finish: { campaign, _, _ in self.finished.withLock { $0.append(campaign) } },
        platformRate: { _, _ in .none },
        funds: { _, _ in [] }, money: { _, _, _ in OrderMoney() })
    }
  }

  var desk: BookingDesk {
    BookingDesk(books: told.books, people: .people(market.people.directory), codes: market.shop.pickupCodes)
  }

  static func with(
    _ engine: TestEngine, place: Service.Place = .home, lateRate: Int64 = 2_000,
    _ body: (BookingFixture) async throws -> Void
  ) async throws {
    try await Market.with(engine, products: 1) { market in
      let merchant = try #require(market.offers.first?.merchant)
      let owner = try await market.person("店主", [.merchant], merchant: merchant)
      let barber = try await market.person("王师傅", [.resident])
      let details = Service.Details(
        kind: .hairdressing, title: Phrase("上门理发", "Haircut at home"), place: place,
        price: ServicePrice(basis: .visit, amount: .fen(3_000), cap: .fen(5_000)),
        times: ServiceTimes(minutes: 60, bufferMinutes: 30, leadHours: 2, horizonDays: 14),
        rules: VisitRules(answerHours: 12, freeHours: 4, lateRate: Rate(basisPoints: lateRate) ?? .none))
      let (service, worker) = try await market.database.write(in: market.community) { transaction in
        let actor = MerchantActor.program(for: merchant, person: owner)
        let service = try ServiceChanges.create(details, by: actor, in: transaction)
        let hours = (1...7).compactMap { WeeklyHours(weekday: $0, opens: 540, closes: 1_020) }
        let worker = try ServiceChanges.save(
          Worker.Details(
            person: barber, name: Phrase("王师傅", "Mr Wang"), services: [service.id], hours: hours),
          as: nil, by: actor, in: transaction)
        return (service, worker)
      }
      try await body(
        BookingFixture(
          market: market, service: service, worker: worker, owner: owner, barber: barber, told: Told()))
    }
  }

  // MARK: - What people do

  @discardableResult
  func book(
    _ person: PersonID, at start: Timestamp = Self.visit, key: String = "booking-key-of-wang"
  ) async throws -> Booking {
    let household = try await market.household(of: person)
    let request = BookingDesk.Request(
      service: service.id, worker: worker.id, startsAt: start, note: "敲门重一点", key: key)
    return try await market.database.write(in: market.community) {
      try desk.book(request, for: person, of: household, offsetSeconds: Self.offset, in: $0).booking
    }
  }

  enum Side: Sendable { case household, merchant, worker }

  func actor(_ side: Side, _ booking: Booking) throws -> BookingActor {
    switch side {
    case .household:
      try #require(BookingActor(householdOf: booking, person: booking.person, household: booking.household))
    case .merchant:
      try #require(
        BookingActor(MerchantActor(merchant: booking.merchant, person: owner, role: .merchant), for: booking))
    case .worker: try #require(BookingActor(barber, as: worker, for: booking))
    }
  }

  @discardableResult
  func perform(_ command: BookingRules.Command, _ side: Side, _ booking: Booking) async throws -> Booking {
    let actor = try actor(side, booking)
    return try await market.database.write(in: market.community) {
      try desk.perform(command, by: actor, offsetSeconds: Self.offset, in: $0)
    }
  }

  func arrive(_ booking: Booking, code: String? = nil) async throws -> ArrivalAnswer {
    let right = try await self.code(booking)
    let typed = code ?? right
    let actor = try actor(.worker, booking)
    return try await market.database.write(in: market.community) {
      try desk.arrive(code: typed, by: actor, offsetSeconds: Self.offset, in: $0)
    }
  }

  func finish(_ booking: Booking, _ report: VisitReport) async throws -> Booking {
    let actor = try actor(.worker, booking)
    return try await market.database.write(in: market.community) {
      try desk.finish(report, by: actor, offsetSeconds: Self.offset, in: $0)
    }
  }

  /// The household pays the limit before.
  func pay(_ booking: Booking) async throws {
    let order = try await order(booking)
    told.prepaid.withLock { $0[order.id] = order.total }
    try await market.database.write(in: market.community) { transaction in
      try OrderPayments.paymentCame(
        order.id, told.books, by: Actor(person: booking.person, role: .resident), in: transaction)
    }
  }

  /// One more merchant, which nobody belongs to yet.
  func otherMerchant() async throws -> MerchantID {
    let merchant = Merchant(
      id: market.database.identifiers.next(), community: market.community,
      details: Merchant.Details(
        name: Phrase("别家理发", "Another hairdresser"), story: Phrase(same: ""), licence: "", phone: ""),
      createdAt: Market.start)
    try await market.database.write(in: market.community) { try $0.insertMerchants([merchant]) }
    return merchant.id
  }

  // MARK: - What stands

  func code(_ booking: Booking) async throws -> String {
    let order = try await order(booking)
    return market.shop.pickupCodes.visitCode(for: order)
  }

  func find(_ booking: Booking) async throws -> Booking {
    try #require(
      try await market.database.read { try BookingStore.find(booking.id, in: market.community, $0) })
  }

  func order(_ booking: Booking) async throws -> Order {
    let id = try #require(booking.order)
    return try #require(try await market.database.read { try OrderStore.find(id, in: market.community, $0) })
  }

  func free() async throws -> [Timestamp] {
    try await market.database.read { snapshot in
      try ServiceShelf.shown(service, service.details.times, offsetSeconds: Self.offset, snapshot)
        .workers.flatMap { $0.free.map(\.at) }
    }
  }

  func count(_ query: Query) async throws -> Int {
    try await market.database.read { try $0.value(query) ?? 0 }
  }
}

/// The problem that a change ends with.
func bookingProblem(_ body: () async throws -> Void) async -> String? {
  do {
    try await body()
    return nil
  } catch { return (error as? Problem)?.code ?? "\(error)" }
}
