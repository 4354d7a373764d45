import Database
import Kernel
import Security
import Synchronization
import TestKit
import Testing

@testable import People
@testable import Shop

/// An elder who lets a social worker order for her, as the order desk sees them: with everything that a mandate says in
/// the hands of the test.
final class HelpedElder: Sendable {
  static let elder = PersonID(rawValue: 1)
  static let home = HouseholdID(rawValue: 1)
  static let husband = PersonID(rawValue: 45)
  static let worker = PersonID(rawValue: 50)
  static let daughter = PersonID(rawValue: 60)
  static let pin = "483920"

  let desk = DeskFixture()
  let clock = MovableClock(DeskFixture.start)
  private let state: Mutex<(terms: MandateTerms, helper: PersonID, revokedAt: Timestamp?)>
  private let usedCodes = Mutex<Set<Int64>>([])
  private let door = Mutex(HelpedElder.home)

  init() {
    state = Mutex(
      (
        MandateTerms(
          matters: [.groceries], perOrder: .fen(6_000), perDay: .fen(8_000), perMonth: .fen(30_000),
          payWays: [.cash], expires: DeskFixture.start + .days(200),
          confirmations: [.pin, .callBack, .familyKey], familyKey: Self.daughter, alertPerson: Self.daughter),
        Self.worker, nil
      ))
  }

  let id = MandateID(rawValue: 900)

  var mandate: Mandate {
    state.withLock { state in
      Mandate(
        id: id, principal: Self.elder, helper: state.helper, validFrom: DeskFixture.start - .days(1),
        revisions: [
          MandateRevision(
            sequence: 1, askedAt: DeskFixture.start - .days(1), effectiveAt: DeskFixture.start - .days(1),
            changes: MandateChanges(state.terms),
            asking: MandateAsking(by: Actor(person: Self.elder, role: .resident), .electronic))
        ], revokedAt: state.revokedAt)
    }
  }

  func change(_ change: (inout MandateTerms) -> Void) { state.withLock { change(&$0.terms) } }
  func revoke() { state.withLock { $0.revokedAt = clock.clock.now() } }
  func moveHouse(to household: HouseholdID) { door.withLock { $0 = household } }
  func giveTo(_ helper: PersonID) { state.withLock { $0.helper = helper } }

  var people: Representation {
    Representation(
      household: { person, _, _ in
        switch person {
        case Self.elder: self.door.withLock { $0 }
        case Self.husband: Self.home
        case let other where other.rawValue < 40: HouseholdID(rawValue: other.rawValue)
        default: nil
        }
      },
      mandate: { id, _, _ in id == self.id ? self.mandate : nil },
      mandates: { person, _, _ in person == Self.elder ? [self.mandate] : [] },
      offsetSeconds: { _, _ in 8 * 3600 })
  }

  var assistedOrderDesk: AssistedOrderDesk {
    AssistedOrderDesk(
      books: .cashOnly, people: people,
      proofs: PrincipalProofs(
        checkPIN: { _, pin, _, _ in
          if pin != Self.pin { throw Problem("card.failed", status: 401, Phrase(same: "")) }
        },
        nextCode: { _, _, _, _ in self.usedCodes.withLock { Int64($0.count) + 1 } },
        countCodeTry: { _, _ in },
        useCode: { _, number, code, _, _ in
          guard code == "code \(number)", self.usedCodes.withLock({ $0.insert(number).inserted }) else {
            throw Problem("spoken_code.wrong", status: 422, Phrase(same: ""))
          }
        }),
      visits: BookingDesk(
        books: .cashOnly, people: people,
        codes: PickupCodes(keys: DerivedKeys(root: Array(repeating: 7, count: 32)))))
  }

  /// A campaign of greens at ¥3.50, from merchant 1, leader 7.
  static func with(
    _ engine: TestEngine, stock: Int64? = 1_000, _ body: (HelpedElder, Database) async throws -> Void
  ) async throws {
    let elder = HelpedElder()
    try await engine.withDatabase(shopMigrations, clock: elder.clock.clock) { database in
      try await elder.desk.seed(database, items: [(stock, nil), (nil, nil)])
      try await body(elder, database)
    }
  }

  func actor(_ person: PersonID = worker, _ role: Role = .socialWorker) -> Actor {
    Actor(person: person, role: role)
  }

  func ask(
    _ database: Database, _ pieces: Int64, of item: Int64 = 0, key: String = "form-of-the-worker",
    by helper: PersonID = worker
  ) async throws -> AssistedOrder {
    try await ask(
      database, .place([OrderRequest.Wish(item: desk.item(item), quantity: pieces)], note: ""), key: key,
      by: helper)
  }

  func ask(
    _ database: Database, _ command: OrderRequest.Command, key: String, by helper: PersonID = worker
  ) async throws -> AssistedOrder {
    let draft = AssistedOrderDesk.Draft(
      mandate: id, matter: .goods(desk.campaign, command), key: key)
    return try await database.write(in: desk.community) {
      try self.assistedOrderDesk.draft(draft, by: self.actor(helper), in: $0)
    }
  }

  /// Her yes, with the PIN typed on the worker's device.
  @discardableResult
  func agree(_ database: Database, to asked: AssistedOrder, pin: String = pin) async throws -> Order {
    let word = try await assistedOrderDesk.proofs.pin(
      pin, of: asked.person, in: desk.community, by: actor())
    return try await confirm(database, asked, word)
  }

  @discardableResult
  func confirm(_ database: Database, _ asked: AssistedOrder, _ word: PrincipalWord) async throws -> Order {
    try await database.write(in: desk.community) {
      try self.assistedOrderDesk.confirm(asked.id, word, in: $0)
    }
  }

  func state(of asked: AssistedOrder, _ database: Database) async throws -> AssistedOrder.State? {
    try await database.read { try AssistedOrderStore.find(asked.id, in: self.desk.community, $0)?.state }
  }
}
