import Database
import Kernel
import Synchronization
import TestKit
import Testing

@testable import People
@testable import Shop

/// Aunt Wang, who lets a social worker book for her, with everything that her mandate says in the hands of the test.
final class HelpedBooker: Sendable {
  static let id = MandateID(rawValue: 900)

  let fixture: BookingFixture
  let helper: PersonID
  private let state: Mutex<(terms: MandateTerms, helper: PersonID, revokedAt: Timestamp?)>

  var market: Market { fixture.market }
  var elder: PersonID { market.wang }

  init(_ fixture: BookingFixture, helper: PersonID) {
    self.fixture = fixture
    self.helper = helper
    state = Mutex(
      (
        MandateTerms(
          matters: [.services], perOrder: .fen(6_000), perDay: .fen(12_000), perMonth: .fen(30_000),
          payWays: [.cash], expires: Market.start + .days(200), confirmations: [.pin, .familyKey],
          familyKey: fixture.market.li),
        helper, nil
      ))
  }

  static func with(_ engine: TestEngine, _ body: (HelpedBooker) async throws -> Void) async throws {
    try await BookingFixture.with(engine) { fixture in
      let helper = try await fixture.market.person("许社工", [.socialWorker])
      try await body(HelpedBooker(fixture, helper: helper))
    }
  }

  func change(_ change: (inout MandateTerms) -> Void) { state.withLock { change(&$0.terms) } }
  func giveTo(_ other: PersonID) { state.withLock { $0.helper = other } }
  func bar() { change { $0.merchants = .except([fixture.service.merchant]) } }
  func expire() { change { $0.expires = market.clock.clock.now() } }

  /// A second ago, when it returns.
  func revoke() {
    state.withLock { $0.revokedAt = market.clock.clock.now() }
    market.clock.advance(by: .seconds(1))
  }

  /// The helper becomes one of the merchant's people.
  func joinMerchant() async throws {
    let member = (helper, fixture.service.merchant)
    try await market.database.write(in: market.community) { try $0.insertMembers([member]) }
  }

  /// Somebody else is quicker.
  func loseTime() async throws {
    _ = try await fixture.book(market.li, key: "booking-of-somebody-quick")
  }

  func write(_ query: Query) async throws {
    try await market.database.write(in: market.community) { _ = try $0.execute(query) }
  }

  private var mandate: Mandate {
    state.withLock { state in
      Mandate(
        id: Self.id, principal: elder, helper: state.helper, validFrom: Market.start - .days(1),
        revisions: [
          MandateRevision(
            sequence: 1, askedAt: Market.start - .days(1), effectiveAt: Market.start - .days(1),
            changes: MandateChanges(state.terms),
            asking: MandateAsking(by: Actor(person: elder, role: .resident), .electronic))
        ], revokedAt: state.revokedAt)
    }
  }

  var desk: AssistedOrderDesk {
    let directory = market.people.directory
    let people = Representation(
      household: { try directory.household(of: $0, in: $1, $2) },
      mandate: { id, _, _ in id == Self.id ? self.mandate : nil },
      mandates: { person, _, _ in person == self.elder ? [self.mandate] : [] },
      offsetSeconds: { _, _ in BookingFixture.offset })
    return AssistedOrderDesk(
      books: fixture.told.books, people: people, proofs: market.shop.assistedOrderDesk.proofs,
      visits: BookingDesk(books: fixture.told.books, people: people, codes: market.shop.pickupCodes))
  }

  // MARK: - What people do

  func ask(_ visit: AssistedVisit, key: String, by other: PersonID? = nil) async throws -> AssistedOrder {
    let draft = AssistedOrderDesk.Draft(mandate: Self.id, matter: .visit(visit), key: key)
    let actor = Actor(person: other ?? helper, role: .socialWorker)
    return try await market.database.write(in: market.community) {
      try self.desk.draft(draft, by: actor, in: $0)
    }
  }

  func ask(
    at start: Timestamp = BookingFixture.visit, key: String = "form-of-the-social-worker"
  ) async throws -> AssistedOrder {
    let choice = BookingForm.Choice(worker: fixture.worker.id, startsAt: start)
    let service = try #require(
      try await market.database.read {
        try ServiceStore.find(self.fixture.service.id, in: self.market.community, $0)
      })
    return try await ask(.booking(service, choice, note: "敲门重一点"), key: key)
  }

  func askTo(_ what: AssistedVisit.What, _ booking: Booking, key: String) async throws -> AssistedOrder {
    try await ask(try .changing(try await fixture.find(booking), what), key: key)
  }

  /// Her yes, in a session of her own.
  @discardableResult
  func agree(_ asked: AssistedOrder, as person: PersonID? = nil) async throws -> Order {
    try await market.database.write(in: market.community) {
      try self.desk.confirm(asked.id, .session(of: person ?? self.elder), in: $0)
    }
  }

  func booking(of order: Order) async throws -> Booking {
    try #require(
      try await market.database.read {
        try BookingStore.find(orderedAs: order.id, in: self.market.community, $0)
      })
  }

  func state(of asked: AssistedOrder) async throws -> AssistedOrder.State? {
    try await market.database.read {
      try AssistedOrderStore.find(asked.id, in: self.market.community, $0)?.state
    }
  }

  func bookings() async throws -> Int { try await fixture.count("SELECT count(*) FROM shop_booking") }
}
