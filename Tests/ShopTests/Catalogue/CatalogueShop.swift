import Database
import HTTPTypes
import Interop
import Kernel
import People
import Security
import Synchronization
import TestKit
import Testing
import Web

@testable import Shop

/// Two communities that sell, a farm in each, and browsers in which anybody can be signed in.
struct CatalogueShop: Sendable {
  static let start = Timestamp(seconds: 1_900_000_000)
  static let here = CommunityID(rawValue: 1)
  static let elsewhere = CommunityID(rawValue: 2)
  static let farm = MerchantID(rawValue: 10)
  static let otherFarm = MerchantID(rawValue: 11)
  static let farElsewhere = MerchantID(rawValue: 20)
  static let farmer = PersonID(rawValue: 100)
  static let otherFarmer = PersonID(rawValue: 101)
  static let clerk = PersonID(rawValue: 102)
  /// A member of the farm elsewhere who also has an account here under the same roles.
  static let stranger = PersonID(rawValue: 103)

  let database: Database
  let clock: MovableClock
  private let people: People
  private let sessions = CatalogueSessions()

  static func with<T>(_ engine: TestEngine, _ body: (CatalogueShop) async throws -> T) async throws -> T {
    let clock = MovableClock(start)
    return try await engine.withDatabase(peopleMigrations + shopMigrations, clock: clock.clock) { database in
      let vault = Vault(
        key: try KeyEncryptionKey(bytes: [UInt8](repeating: 7, count: 32)), storage: .stored(in: database),
        clock: clock.clock)
      let people = try await People(
        database: database, vault: vault,
        hasher: PasswordHasher(parameters: .quick, threads: 1, waiting: 10), clock: clock.clock)
      let shop = CatalogueShop(database: database, clock: clock, people: people)
      try await shop.seed()
      return try await body(shop)
    }
  }

  private init(database: Database, clock: MovableClock, people: People) {
    self.database = database
    self.clock = clock
    self.people = people
  }

  private func seed() async throws {
    for (community, merchants) in [
      (Self.here, [(Self.farm, Self.farmer), (Self.otherFarm, Self.otherFarmer)]),
      (Self.elsewhere, [(Self.farElsewhere, Self.stranger)]),
    ] {
      try await database.write(in: community) { transaction in
        for (merchant, person) in merchants {
          try transaction.insertMerchants([
            Merchant(
              id: merchant, community: community,
              details: .init(
                name: Phrase("枫林菜园\(merchant.rawValue)", "Maple Garden \(merchant.rawValue)"),
                story: Phrase("种了三十年菜。", "Thirty years of vegetables."), licence: "JY1",
                phone: "021-5555 0100"),
              createdAt: transaction.now)
          ])
          try transaction.insertMembers([(person, merchant)])
        }
      }
    }
  }

  func actor(_ merchant: MerchantID = CatalogueShop.farm) -> MerchantActor {
    .program(for: merchant, person: Self.farmer)
  }

  @discardableResult
  func create(
    _ draft: ProductDraft, of merchant: MerchantID = CatalogueShop.farm, in community: CommunityID = here
  ) async throws -> CatalogueProduct {
    try await database.write(in: community) {
      try $0.createProduct(draft, by: .program(for: merchant, person: Self.farmer))
    }
  }

  func product(_ id: ProductID, in community: CommunityID = here) async throws -> CatalogueProduct? {
    try await database.read { try $0.product(id, in: community, includesArchived: true) }
  }

  /// A plain product with one size.
  static func plain(
    _ sku: String = "QC-1", _ name: String = "青菜", price: Int64 = 350, category: ProductCategory = .vegetables
  ) -> ProductDraft {
    ProductDraft(
      details: .init(
        name: Phrase(name, "Greens \(sku)"), category: category, origin: Phrase("崇明", "Chongming")),
      variants: [
        VariantDraft(details: .init(sku: sku, pack: Phrase("500 克", "500 g"), unit: .bag, price: .fen(price)))
      ])
  }

  // MARK: - The web

  func browser(_ host: String = "here.test", language: String = "zh") throws -> Browser {
    var routes = Routes()
    Merchants(database).register(on: &routes)
    MerchantDesk(database, directory: people.directory, hints: .none).register(on: &routes)
    Catalogue(database, directory: people.directory).register(on: &routes)
    ProductDesk(database, pictures: PictureReencoder()).register(on: &routes)
    ProductAPI(database).register(on: &routes)
    Pictures(database).register(on: &routes)
    PickupPointDesk(database).register(on: &routes)
    let site = Site(
      isSecure: false, secret: [UInt8](repeating: 42, count: 32), clock: clock.clock,
      sessions: sessions.directory, staticFiles: try StaticFiles.load()
    ) { host in
      let community = host == "here.test" ? Self.here : Self.elsewhere
      return CommunityCard(
        id: community, name: Phrase("枫林社区", "Maple Grove"), phoneNumber: "021-5555 0123", hosts: [host])
    }
    return Browser(routes.responder(site: site), host: host, acceptLanguage: language, address: "203.0.113.9")
  }

  /// A browser in which this person is signed in.
  func browser(
    of person: PersonID, _ roles: Set<Role>, host: String = "here.test", language: String = "zh"
  ) throws -> Browser {
    let browser = try browser(host, language: language)
    let community = host == "here.test" ? Self.here : Self.elsewhere
    browser.setCookie("sid", sessions.add(person, roles, in: community, at: clock.now).text)
    return browser
  }

  func farmerBrowser() throws -> Browser { try browser(of: Self.farmer, [.merchant]) }
  func clerkBrowser() throws -> Browser { try browser(of: Self.clerk, [.committee]) }

  /// Events and audit entries about one thing, by kind and action.
  func traces(of subject: Int64) async throws -> (events: [String], audit: [String]) {
    try await database.read { snapshot in
      (
        try snapshot.values(
          """
          SELECT body FROM platform_event WHERE community_id = \(Self.here) AND subject_id = \(subject)
          ORDER BY sequence
          """),
        try snapshot.values(
          """
          SELECT action FROM platform_audit WHERE community_id = \(Self.here) AND object_id = \(subject)
          ORDER BY sequence
          """)
      )
    }
  }
}

/// Sessions kept in memory.
private final class CatalogueSessions: Sendable {
  private let sessions = Mutex<[[UInt8]: Session]>([:])

  func add(
    _ person: PersonID, _ roles: Set<Role>, in community: CommunityID, at now: Timestamp
  ) -> SessionToken {
    let token = SessionToken()
    let session = Session(
      hash: token.hash, personID: person, householdID: nil, communityID: community, roles: roles,
      displayName: "老王", level: .secondFactor, createdAt: now, lastSeenAt: now)
    sessions.withLock { $0[token.hash] = session }
    return token
  }

  var directory: SessionDirectory {
    SessionDirectory(
      find: { hash, _ in self.sessions.withLock { $0[hash] } }, touch: { _, _ in },
      end: { hash, _ in self.sessions.withLock { $0[hash] = nil } })
  }
}

extension Browser {
  /// Sends a form with one file, as a page with a file field does.
  func upload(
    _ path: String, field: String, name: String, _ bytes: [UInt8], token: String
  ) async throws -> Answer {
    let boundary = "----catalogue-test-boundary"
    var body = Array(
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n\(token)\r\n".utf8)
    body += Array(
      """
      --\(boundary)\r\nContent-Disposition: form-data; name="\(field)"; filename="\(name)"\r\n\
      Content-Type: application/octet-stream\r\n\r\n
      """.utf8)
    body += bytes
    body += Array("\r\n--\(boundary)--\r\n".utf8)
    var fields: HTTPFields = [.contentType: "multipart/form-data; boundary=\(boundary)"]
    fields[.origin] = "http://here.test"
    return try await send(.post, path, headers: fields, body: body)
  }
}

/// The code of the problem that the work ends with; nil when it ends well.
func catalogueProblem(_ work: () async throws -> Void) async -> Problem? {
  do {
    try await work()
    return nil
  } catch let problem as Problem {
    return problem
  } catch {
    Issue.record("\(error)")
    return nil
  }
}
