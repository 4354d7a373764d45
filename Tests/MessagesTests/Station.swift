import Database
import Kernel
import Logging
import People
import Security
import Synchronization
import TestKit
import Web

@testable import Messages

/// A community with some people, and services that do what a test says. The clock stands at Monday 16:00 local time.
struct Station: Sendable {
  static let host = "maple.test"
  static let start = Timestamp(rfc3339: "2026-11-23T08:00:00Z") ?? Timestamp(seconds: 0)

  static let arrived = MessageKind(
    "test.arrived", name: ("到货了", "Here"), headline: ("您订的东西到了", "your goods are here"), isUrgent: true,
    isWorthACall: true, patience: .days(1))
  static let placed = MessageKind(
    "test.placed", name: ("下单了", "Ordered"), headline: ("您的订单收到了", "your order is in"))

  let database: Database
  let clock: MovableClock
  let people: People
  let messages: Messages
  let sms: FakeGateway
  let weChat: FakeGateway
  let community: CommunityID
  /// With a telephone, without one, a social worker, and one who was disabled.
  let wang: PersonID
  let li: PersonID
  let worker: PersonID
  let gone: PersonID

  static func with(
    _ engine: TestEngine, ways: [MessageWay] = [.sms, .wechat], isPractice: Bool = false,
    _ body: (Station) async throws -> Void
  ) async throws {
    let clock = MovableClock(start)
    return try await engine.withDatabase(peopleMigrations + messagesMigrations, clock: clock.clock) {
      try await body(try await open($0, clock, ways, isPractice))
    }
  }

  private static func open(
    _ database: Database, _ clock: MovableClock, _ ways: [MessageWay], _ isPractice: Bool
  ) async throws -> Station {
    let vault = Vault(
      key: try KeyEncryptionKey(bytes: [UInt8](repeating: 7, count: 32)), storage: .stored(in: database),
      clock: clock.clock)
    let people = try await People(
      database: database, vault: vault,
      hasher: PasswordHasher(parameters: .quick, threads: 1, waiting: 20), clock: clock.clock)
    let community = try await people.createCommunity(
      CommunityDraft(
        name: Phrase("枫林社区", "Maple Grove"), phoneNumber: "021-5555 0123", hosts: [host],
        isPractice: isPractice))
    let households = try await people.createHouseholds(
      try ["501", "502"].map { try HouseholdDraft(door: Door(building: "3", unit: "2", room: $0)) },
      in: community)
    var worker = try PersonDraft(
      displayName: "许社工", household: nil, phone: PhoneNumber(typed: "13900139000"))
    worker.roles = [.socialWorker]
    let persons = try await people.createPersons(
      [
        PersonDraft(displayName: "王阿姨", household: households[0], phone: PhoneNumber(typed: "13800138000")),
        PersonDraft(displayName: "李叔", household: households[1], phone: nil), worker,
        PersonDraft(displayName: "搬走的", household: nil, phone: PhoneNumber(typed: "13700137000")),
      ], in: community)
    let sms = FakeGateway(.sms)
    let weChat = FakeGateway(.wechat)
    let messages = Messages(
      database: database, directory: people.directory, vault: vault, keys: try await vault.derivedKeys(),
      kinds: [arrived, placed], gateways: [sms, weChat].filter { ways.contains($0.way) },
      publicURL: "https://maple.example", logger: .quiet)
    return Station(
      database: database, clock: clock, people: people, messages: messages, sms: sms, weChat: weChat,
      community: community, wang: persons[0], li: persons[1], worker: persons[2], gone: persons[3])
  }

  /// What another program on the same database would have.
  func twin() -> Deliveries { messages.deliveries }

  func message(
    _ kind: MessageKind = arrived, to person: PersonID? = nil, about subject: Int64 = 1,
    occasion: String = "a"
  ) -> Message {
    Message(
      to: person ?? wang, kind, about: subject, occasion: occasion,
      Phrase("「周三鲜菜」12 号单的东西到了。", "Your greens are here."), path: "/orders/1")
  }

  @discardableResult
  func send(_ messages: [Message]) async throws -> Int {
    try await database.write(in: community) { [self] in try self.messages.messenger.send(messages, in: $0) }
  }

  func prefer(_ preference: MessagePreference, _ person: PersonID? = nil) async throws {
    let person = person ?? wang
    try await database.write(in: community) { [messages] in
      try messages.prefer(preference, for: person, by: Actor(person: person, role: .resident), in: $0)
    }
  }

  func bindWeChat(_ person: PersonID? = nil) async throws {
    let person = person ?? wang
    let cipher = try await WeChatBinding.cipher(messages.vault, community)
    try await database.write(in: community) {
      try WeChatBindingStore.bind("oTest_open-id_0001", to: person, sealing: cipher, in: $0)
    }
  }

  /// All deliveries, in the order in which they were made.
  func deliveries(of person: PersonID? = nil) async throws -> [Delivery] {
    try await database.read { [community, wang] snapshot in
      let inbox = try MessageStore.inbox(
        of: person ?? wang, after: nil, limit: 100, in: community, snapshot)
      return try inbox.reversed().flatMap { try DeliveryStore.list(of: $0.id, in: community, snapshot) }
    }
  }

  /// Another community with somebody who has a telephone, whose keys cannot be read.
  func unreadableCommunity() async throws -> (CommunityID, PersonID) {
    let other = try await people.createCommunity(
      CommunityDraft(
        name: Phrase("桂花苑", "Osmanthus Court"), phoneNumber: "021-5555 0456", hosts: ["other.test"]))
    let draft = try PersonDraft(
      displayName: "桂阿姨", household: nil, phone: PhoneNumber(typed: "13600136000"))
    let person = try await people.createPersons([draft], in: other)[0]
    try await database.write(in: other) {
      try $0.execute(
        "UPDATE people_data_key SET wrapped = \([UInt8](repeating: 1, count: 40)) WHERE community_id = \(other)"
      )
    }
    // What was read of them is remembered for a minute.
    clock.advance(by: .minutes(2))
    return (other, person)
  }

  /// A browser at which somebody is signed in, with the doors of Messages.
  func browser(of person: PersonID) async throws -> Browser {
    var routes = Routes()
    people.routes(&routes)
    messages.register(on: &routes)
    let site = Site(
      isSecure: false, secret: [UInt8](repeating: 42, count: 32), clock: clock.clock,
      sessions: people.sessions, staticFiles: try StaticFiles.load(), navigation: Messages.navigation,
      community: { [people] in people.community(forHost: $0) })
    let browser = Browser(
      routes.responder(site: site), host: Self.host, acceptLanguage: "zh", address: "203.0.113.9")
    let session = try await people.openSession(of: person, level: .secondFactor, in: community)
    browser.setCookie("sid", session.token.text)
    return browser
  }

  func breaches() async throws -> [Breach] {
    try await database.read { [messages] in try messages.breaches($0) }
  }
}

/// A service that does what a test says, and remembers every message that it carried.
final class FakeGateway: MessageGateway {
  enum Behaviour: Sendable {
    case carry
    /// It is carried, and the answer is lost.
    case carryAndLose
    /// Neither is it carried nor is there an answer.
    case lose
    case refuse(String)
    case later(String)
  }

  private struct State {
    var behaviours: [Behaviour] = []
    var carried: [OutgoingMessage] = []
    var asked = 0
    var receipt = ReceiptOutcome.pending
  }

  let way: MessageWay
  private let state = Mutex(State())

  init(_ way: MessageWay) {
    self.way = way
  }

  /// What it does next, one after the other; it carries when nothing is said.
  func next(_ behaviours: Behaviour...) { state.withLock { $0.behaviours += behaviours } }
  /// What it says of what it carried.
  func tell(_ outcome: ReceiptOutcome) { state.withLock { $0.receipt = outcome } }

  var carried: [OutgoingMessage] { state.withLock { $0.carried } }
  var asked: Int { state.withLock { $0.asked } }

  func send(_ message: OutgoingMessage) async -> SendingOutcome {
    // Gives a second sender the time to come in between.
    await Task.yield()
    return state.withLock { state in
      let behaviour = state.behaviours.isEmpty ? .carry : state.behaviours.removeFirst()
      switch behaviour {
      case .carry:
        state.carried.append(message)
        return .accepted(receipt: "receipt-\(message.id)")
      case .carryAndLose:
        state.carried.append(message)
        return .unknown(code: "test.no_answer")
      case .lose: return .unknown(code: "test.no_answer")
      case .refuse(let code): return .refused(code: code)
      case .later(let code): return .later(code: code)
      }
    }
  }

  func receipt(of message: OutgoingMessage, receipt: String?) async -> ReceiptOutcome {
    state.withLock { state in
      state.asked += 1
      return state.carried.contains { $0.id == message.id } ? state.receipt : .absent
    }
  }
}
