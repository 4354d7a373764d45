import Hummingbird
import Kernel
import Synchronization
import TestKit
import Web

/// A site for tests: one community, a clock that moves, sessions in memory.
final class TestSite: Sendable {
  static let host = "neighbours.test"
  static let community = CommunityCard(
    id: CommunityID(rawValue: 7), name: Phrase("枫林社区", "Maple Grove"), phoneNumber: "021-5555 0123",
    hosts: [host])

  let clock = MovableClock(Timestamp(seconds: 1_900_000_000))
  let site: Site
  let shelf = SessionShelf()

  init(
    isSecure: Bool = false, isPractice: Bool = false, limits: WebLimits = WebLimits(),
    proxies: [String] = [], navigation: [NavigationItem] = TestSite.navigation
  ) throws {
    let card = CommunityCard(
      id: Self.community.id, name: Self.community.name, phoneNumber: Self.community.phoneNumber,
      hosts: Self.community.hosts, isPractice: isPractice)
    site = Site(
      isSecure: isSecure, trustedProxies: proxies.compactMap { AddressBlock($0) }, limits: limits,
      secret: [UInt8](repeating: 42, count: 32), clock: clock.clock, sessions: shelf.directory,
      staticFiles: try StaticFiles.load(), navigation: navigation
    ) { host in Self.community.hosts.contains(host) ? card : nil }
  }

  static let navigation = [
    NavigationItem("/", Phrase("首页", "Home")), NavigationItem("/orders", Phrase("订单", "Orders")),
    NavigationItem("/desk", Phrase("团长台", "Leader's desk"), roles: [.leader]),
  ]

  func browser(_ routes: Routes, language: String = "zh", address: String = "203.0.113.9") -> Browser {
    Browser(
      routes.responder(site: site), host: Self.host, isSecure: site.isSecure, acceptLanguage: language,
      address: address)
  }

  /// Signs the browser in as someone with these roles.
  @discardableResult
  func signIn(_ browser: Browser, roles: Set<Role>, level: SignInLevel = .password) -> SessionToken {
    let token = shelf.add(roles: roles, level: level, at: clock.now)
    browser.setCookie(site.isSecure ? "__Host-sid" : "sid", token.text)
    return token
  }
}

final class SessionShelf: Sendable {
  private let sessions = Mutex<[[UInt8]: Session]>([:])

  func add(
    roles: Set<Role>, level: SignInLevel = .password, at now: Timestamp, elderView: Bool? = nil,
    community: CommunityID = TestSite.community.id
  ) -> SessionToken {
    let token = SessionToken()
    let session = Session(
      hash: token.hash, personID: PersonID(rawValue: 11), householdID: HouseholdID(rawValue: 12),
      communityID: community, roles: roles, displayName: "王<阿姨>", elderView: elderView, level: level,
      createdAt: now, lastSeenAt: now)
    sessions.withLock { $0[token.hash] = session }
    return token
  }

  func session(_ token: SessionToken) -> Session? { sessions.withLock { $0[token.hash] } }

  var directory: SessionDirectory {
    SessionDirectory(
      find: { hash, _ in self.sessions.withLock { $0[hash] } },
      touch: { session, now in
        self.sessions.withLock {
          $0[session.hash] = Session(
            hash: session.hash, personID: session.personID, householdID: session.householdID,
            communityID: session.communityID, roles: session.roles, displayName: session.displayName,
            level: session.level, createdAt: session.createdAt, lastSeenAt: now)
        }
      },
      end: { hash, _ in self.sessions.withLock { $0[hash] = nil } })
  }
}

extension SeededGenerator {
  /// Text in which characters that mean something to HTML, JSON and forms are frequent.
  mutating func text(upTo length: Int) -> String {
    let pool: [Unicode.Scalar] = [
      "a", "Z", "0", " ", "&", "<", ">", "\"", "'", "\u{301}", "\u{200D}", "鸡", "蛋", "😀", "=", "+", "%", ";",
      "\\", "/", "\n", "\t", "é", "-", "_",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...length, using: &self) {
      text.unicodeScalars.append(pool.randomElement(using: &self) ?? "a")
    }
    return text
  }
}
