import Database
import Interop
import Kernel
import Messages
import People
import Security
import TestKit
import Testing
import Web

@testable import Shop

/// A neighbourhood with a leader, two households, a farm and its goods; its clock stands at Monday 16:00 local time.
struct Market: Sendable {
  static let host = "maple.test"
  static let start = Timestamp(rfc3339: "2026-11-23T08:00:00Z") ?? Timestamp(seconds: 0)

  let database: Database
  let clock: MovableClock
  let people: People
  let shop: Shop
  let community: CommunityID
  let leader: PersonID
  let otherLeader: PersonID
  /// Two of one household, one of another, one whose household is not confirmed.
  let wang: PersonID
  let wangSon: PersonID
  let li: PersonID
  let newcomer: PersonID
  let point: PickupPointID
  let offers: [VariantOffer]
  let site: Site
  let routes: Routes

  /// - Parameter also: tables that the program does not have yet.
  static func with<T>(
    _ engine: TestEngine, also migrations: [Migration] = [], products: Int = 6,
    consent: RoundConsent = .none, messages: RoundMessages = .none, _ body: (Market) async throws -> T
  ) async throws -> T {
    let clock = MovableClock(start)
    return try await engine.withDatabase(
      peopleMigrations + messagesMigrations + shopMigrations + migrations, clock: clock.clock
    ) { database in
      try await body(try await open(database, clock, products, consent, messages))
    }
  }

  private static func open(
    _ database: Database, _ clock: MovableClock, _ products: Int, _ consent: RoundConsent,
    _ messages: RoundMessages
  ) async throws -> Market {
    let vault = Vault(
      key: try KeyEncryptionKey(bytes: [UInt8](repeating: 7, count: 32)), storage: .stored(in: database),
      clock: clock.clock)
    let people = try await People(
      database: database, vault: vault,
      hasher: PasswordHasher(parameters: .quick, threads: 1, waiting: 20), clock: clock.clock)
    let community = try await people.createCommunity(
      CommunityDraft(name: Phrase("枫林社区", "Maple Grove"), phoneNumber: "021-5555 0123", hosts: [host]))
    let households = try await people.createHouseholds(
      try ["501", "502"].map { try HouseholdDraft(door: Door(building: "3", unit: "2", room: $0)) },
      in: community)
    func draft(_ name: String, _ household: HouseholdID? = nil, _ roles: Set<Role> = []) throws -> PersonDraft
    {
      var draft = try PersonDraft(displayName: name, household: household, phone: nil)
      draft.roles = roles
      return draft
    }
    let persons = try await people.createPersons(
      [
        draft("赵团长", nil, [.leader]), draft("钱团长", nil, [.leader]), draft("王阿姨", households[0]),
        draft("小王", households[0]), draft("李叔", households[1]), draft("新来的"),
      ], in: community)
    let shop = Shop(
      database: database, directory: people.directory, keys: try await vault.derivedKeys(), vault: vault,
      pictures: PictureReencoder(), books: .cashOnly,
      proofs: .people(people.directory) { [people] in
        try await people.checkPIN(of: $0, pin: $1, in: $2, by: $3)
      }, messenger: Messenger(directory: people.directory, services: []), consent: consent, messages: messages
    )
    let (point, offers) = try await goods(database, community, products)
    var routes = Routes()
    people.routes(&routes)
    shop.register(on: &routes)
    let site = Site(
      isSecure: false, secret: [UInt8](repeating: 42, count: 32), clock: clock.clock,
      sessions: people.sessions, staticFiles: try StaticFiles.load(), navigation: Shop.navigation,
      community: { people.community(forHost: $0) })
    return Market(
      database: database, clock: clock, people: people, shop: shop, community: community, leader: persons[0],
      otherLeader: persons[1], wang: persons[2], wangSon: persons[3], li: persons[4], newcomer: persons[5],
      point: point, offers: offers, site: site, routes: routes)
  }

  private static func goods(
    _ database: Database, _ community: CommunityID, _ count: Int
  ) async throws -> (PickupPointID, [VariantOffer]) {
    let identifiers = database.identifiers
    return try await database.write(in: community) { transaction in
      let merchant = Merchant(
        id: identifiers.next(), community: community,
        details: Merchant.Details(
          name: Phrase("江河农场", "River Farm"), story: Phrase(same: ""), licence: "", phone: ""),
        createdAt: transaction.now)
      try transaction.insertMerchants([merchant])
      let point = PickupPoint(
        id: identifiers.next(), community: community,
        details: PickupPoint.Details(name: Phrase("3号楼大堂", "Lobby of Building 3")), createdAt: transaction.now
      )
      try transaction.insertPickupPoints([point])
      let products = (0..<count).map { number in
        product(number, merchant, community, identifiers, transaction.now)
      }
      try transaction.insertProducts(products)
      let variants = products.flatMap { $0.variants.map(\.id) }
      return (point.id, try transaction.variantOffers(variants, in: community))
    }
  }

  private static func product(
    _ number: Int, _ merchant: Merchant, _ community: CommunityID, _ identifiers: IdentifierSource,
    _ now: Timestamp
  ) -> CatalogueProduct {
    let id: ProductID = identifiers.next()
    let product = Product(
      id: id, community: community, merchant: merchant.id,
      details: Product.Details(
        name: Phrase("青菜\(number)号", "Greens \(number)"), description: Phrase("当天现摘", "Picked today"),
        category: .vegetables, origin: Phrase("崇明", "Chongming"), allergens: [.soy]),
      createdAt: now, changedAt: now)
    let variant = Variant(
      id: identifiers.next(), product: id,
      details: Variant.Details(
        sku: "G\(number)", pack: Phrase("500 克", "500 g"), unit: .bag, price: .fen(350 + Int64(number))))
    return CatalogueProduct(product: product, merchantName: merchant.name, variants: [variant])
  }

  // MARK: - Campaigns

  func draft(
    opensAt: Timestamp = Market.start - .hours(1), cutOffAt: Timestamp = Market.start + .hours(6),
    minimum: Campaign.Minimum = .none, rule: ShortageRule = .firstCome
  ) -> CampaignDraft {
    CampaignDraft(
      title: Phrase("周一鲜菜", "Monday greens"), note: Phrase("新鲜", "Fresh"), opensAt: opensAt,
      cutOffAt: cutOffAt, pickupPoint: point, pickupFrom: cutOffAt + .hours(18),
      pickupUntil: cutOffAt + .hours(21), minimum: minimum, shortageRule: rule)
  }

  func actor(_ person: PersonID? = nil) throws -> CampaignActor {
    try #require(CampaignActor(person: person ?? leader, roles: [.leader], leader: person ?? leader))
  }

  /// A campaign with these items, published unless told otherwise.
  func campaign(
    _ items: [CampaignItemDraft], _ draft: CampaignDraft? = nil, publish: Bool = true
  ) async throws -> CampaignID {
    let actor = try actor()
    let draft = draft ?? self.draft()
    let entries = zip(offers, items).map { (offer: $0, draft: $1) }
    return try await database.write(in: community) { transaction in
      let campaign = try CampaignChanges.create(
        draft, leader: actor.person, lotterySeed: LotterySeed.make(), by: actor, in: transaction)
      _ = try CampaignItemChanges.addAll(entries, to: campaign, actor: actor.person, in: transaction)
      if publish { try CampaignChanges.publish(campaign.id, .cashOnly, by: actor, in: transaction) }
      return campaign.id
    }
  }

  func find(_ id: CampaignID) async throws -> Campaign {
    try #require(try await database.read { try CampaignStore.find(id, in: community, $0) })
  }

  func items(_ id: CampaignID) async throws -> [DeskItem] {
    try await database.read { try CampaignStore.deskItems(of: id, in: community, $0) }
  }

  func runJobs() async throws {
    try await JobRunner(database, handlers: shop.jobs).runDue()
  }

  func nextJob(_ kind: String = "shop.close_campaign") async throws -> Timestamp? {
    try await database.read {
      try $0.value(
        "SELECT due_at FROM platform_job WHERE kind = \(kind) AND finished_at IS NULL ORDER BY due_at LIMIT 1"
      )
    }
  }

  func breaches() async throws -> [Breach] {
    try await database.read { try shop.breaches($0) }
  }

  func events(_ kind: String) async throws -> Int {
    try await database.read {
      try $0.value("SELECT count(*) FROM platform_event WHERE kind = \(kind)") ?? 0
    }
  }

  // MARK: - Orders

  func household(of person: PersonID) async throws -> HouseholdID {
    try #require(
      try await database.read { try people.directory.household(of: person, in: community, $0) })
  }

  func place(
    _ person: PersonID, _ campaign: CampaignID, _ wishes: [(CampaignItemID, Int64)], key: String
  ) async throws -> Order {
    let request = try OrderRequest(
      community: community, campaign: campaign, person: person, household: try await household(of: person),
      actor: person, role: .resident, key: key,
      command: .place(wishes.map { OrderRequest.Wish(item: $0.0, quantity: $0.1) }, note: ""))
    return try await shop.desk.submit(request).order
  }

  func orders(_ campaign: CampaignID) async throws -> [Order] {
    try await database.read { try OrderStore.list(ofCampaign: campaign, in: community, $0) }
  }

  /// So many pieces of each item come, after the cut-off.
  func arrive(_ pieces: [(CampaignItemID, Int64)], for campaign: CampaignID) async throws {
    clock.move(to: Self.start + .hours(6))
    try await runJobs()
    clock.move(to: Self.start + .hours(20))
    let actor = try actor()
    try await database.write(in: community) { transaction in
      try ArrivalStore.record(
        pieces.map { ArrivalEntry(item: $0.0, arrived: $0.1) }, of: campaign, .cashOnly, by: actor,
        in: transaction)
    }
  }

  // MARK: - People and their browsers

  /// One more person, who works for the merchant if one is given.
  func person(
    _ name: String, _ roles: Set<Role>, household: HouseholdID? = nil, merchant: MerchantID? = nil
  ) async throws -> PersonID {
    var draft = try PersonDraft(displayName: name, household: household, phone: nil)
    draft.roles = roles
    let person = try await people.createPersons([draft], in: community)[0]
    if let merchant {
      try await database.write(in: community) {
        try $0.insertMembers([(person: person, merchant: merchant)])
      }
    }
    return person
  }

  /// What a program shows the API to act for this person.
  func bearer(of person: PersonID, level: SignInLevel = .password) async throws -> String {
    try await people.openSession(of: person, level: level, in: community).token.text
  }

  func browser(language: String = "zh") -> Browser {
    Browser(routes.responder(site: site), host: Self.host, acceptLanguage: language, address: "203.0.113.9")
  }

  func browser(
    of person: PersonID, level: SignInLevel = .password, language: String = "zh"
  ) async throws -> Browser {
    let browser = browser(language: language)
    browser.setCookie("sid", try await bearer(of: person, level: level))
    return browser
  }
}

extension RoundConsent {
  /// Nobody agreed to be looked after.
  static let none = RoundConsent { _, _, _ in false }
}

extension RoundMessages {
  /// Nobody is told.
  static let none = RoundMessages { _, _ in }
}
