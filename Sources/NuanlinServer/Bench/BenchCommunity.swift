import Database
import Kernel
import People
import Shop
import Web

/// The community that is measured: as many products and stored orders as wished, 256 residents with open sessions, and
/// one campaign that takes orders.
struct BenchCommunity: Sendable {
  static let residentCount = 256
  /// Items of each campaign; four pages of the shelf.
  static let itemCount = 96
  /// Orders in one campaign of the past.
  private static let campaignOrders = 5000
  private static let productBatch = 2000

  let id: CommunityID
  private(set) var residents: [PersonID] = []
  private(set) var households: [HouseholdID] = []
  /// Bearer tokens of all residents.
  private(set) var tokens: [String] = []
  private(set) var campaign: CampaignID
  private(set) var items: [CampaignItemID] = []
  private(set) var orderCount = 0
  private var offers: [VariantOffer] = []
  private var point: PickupPointID
  private var leader: PersonID
  private var pastCampaigns = 0

  /// Builds the community with this many products and no order.
  /// - Throws: `bench.failed` when the database holds a community already.
  static func build(products: Int, in switchboard: Switchboard) async throws -> BenchCommunity {
    guard try await switchboard.communities().isEmpty else {
      throw Problem.bench(Phrase("请给一个空的数据库。", "Please give an empty database."))
    }
    let id = try await switchboard.people.createCommunity(
      CommunityDraft(name: Phrase("测速小区", "Measuring Gardens"), phoneNumber: "021-55550100"))
    var community = BenchCommunity(
      id: id, campaign: switchboard.database.identifiers.next(),
      point: switchboard.database.identifiers.next(),
      leader: switchboard.database.identifiers.next())
    try await community.settle(switchboard)
    try await community.stock(products, switchboard)
    let now = switchboard.database.clock.now()
    (community.campaign, community.items) = try await community.open(
      title: Phrase("周三鲜菜", "Wednesday greens"), opens: now, cutOff: now + .days(2), stock: 1_000_000,
      switchboard)
    return community
  }

  private init(id: CommunityID, campaign: CampaignID, point: PickupPointID, leader: PersonID) {
    self.id = id
    self.campaign = campaign
    self.point = point
    self.leader = leader
  }

  private mutating func settle(_ switchboard: Switchboard) async throws {
    let people = switchboard.people
    households = try await people.createHouseholds(
      try (0..<Self.residentCount).map {
        try HouseholdDraft(
          door: Door(
            building: "\($0 / 64 + 1)", unit: "\($0 / 16 % 4 + 1)", room: "\($0 % 16 / 4 + 1)0\($0 % 4 + 1)"))
      }, in: id)
    var drafts = try households.enumerated().map { number, household in
      try PersonDraft(displayName: "居民\(number + 1)", household: household)
    }
    for index in drafts.indices { drafts[index].roles = index == 0 ? [.resident, .leader] : [.resident] }
    residents = try await people.createPersons(drafts, in: id)
    leader = residents[0]
    for resident in residents {
      tokens.append(try await people.openSession(of: resident, level: .password, in: id).token.text)
    }
  }

  private mutating func stock(_ products: Int, _ switchboard: Switchboard) async throws {
    let database = switchboard.database
    let community = id
    let point: PickupPointID = database.identifiers.next()
    let merchants = (0..<8).map { number in
      Merchant(
        id: database.identifiers.next(), community: community,
        details: .init(
          name: Phrase("测速农场\(number + 1)", "Measuring Farm \(number + 1)"),
          story: Phrase("在江边种菜三十年。", "Thirty years of vegetables by the river."), licence: "", phone: ""),
        createdAt: database.clock.now())
    }
    let pictures = (0..<24).map { number in
      Picture.drawing(
        database.identifiers.next(),
        svg: Array(
          "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"><rect width=\"\(number)\"/></svg>"
            .utf8),
        width: 400, height: 300)
    }
    try await database.write(in: community) { transaction in
      try transaction.insertPickupPoints([
        PickupPoint(
          id: point, community: community, details: .init(name: Phrase("3号楼门厅", "Lobby of Building 3")),
          createdAt: transaction.now)
      ])
      try transaction.insertMerchants(merchants)
      try transaction.insertPictures(pictures)
    }
    self.point = point
    var firstVariants: [VariantID] = []
    for start in stride(from: 0, to: products, by: Self.productBatch) {
      let batch = (start..<min(start + Self.productBatch, products)).map { number in
        Self.product(
          number, of: merchants[number % merchants.count], picture: pictures[number % pictures.count].id,
          database)
      }
      try await database.write(in: community) { try $0.insertProducts(batch) }
      if start == 0 { firstVariants = batch.prefix(Self.itemCount).flatMap(\.variants).map(\.id) }
    }
    offers = try await database.read { [firstVariants] in try $0.variantOffers(firstVariants, in: community) }
  }

  private static func product(
    _ number: Int, of merchant: Merchant, picture: PictureID, _ database: Database
  ) -> CatalogueProduct {
    let goods = [
      ("鸡毛菜", "Baby bok choy"), ("散养鸡蛋", "Free-range eggs"), ("崇明大米", "Chongming rice"),
      ("豆腐干", "Dried tofu"),
      ("小番茄", "Cherry tomatoes"), ("鲫鱼", "Crucian carp"),
    ]
    let (chinese, english) = goods[number % goods.count]
    let now = database.clock.now()
    let product = Product(
      id: database.identifiers.next(), community: merchant.community, merchant: merchant.id,
      details: .init(
        name: Phrase("\(chinese) \(number + 1) 号", "\(english) no. \(number + 1)"),
        description: Phrase(
          "当天清早采收，洗净沥干，装袋送到小区门厅。", "Picked at dawn, washed and drained, bagged and brought to your lobby."),
        category: ProductCategory.allCases[number % ProductCategory.allCases.count],
        origin: Phrase("上海 崇明", "Chongming, Shanghai"), storage: .chilled, shelfLifeDays: 3),
      picture: picture, createdAt: now, changedAt: now)
    let variant = Variant(
      id: database.identifiers.next(), product: product.id,
      details: .init(
        sku: "M-\(number + 1)", pack: Phrase("500 克/袋", "500 g a bag"), unit: .bag, caseSize: 20,
        price: .fen(Int64(300 + number % 4000))))
    return CatalogueProduct(product: product, merchantName: merchant.name, variants: [variant])
  }

  private func open(
    title: Phrase, opens: Timestamp, cutOff: Timestamp, stock: Int64, _ switchboard: Switchboard
  ) async throws -> (CampaignID, [CampaignItemID]) {
    guard let actor = CampaignActor(person: leader, roles: [.leader], leader: leader) else {
      throw Problem.internalFault
    }
    let draft = CampaignDraft(
      title: title, note: Phrase("自带袋子，取货请报六位码。", "Bring a bag; say your six digits at pickup."),
      opensAt: opens, cutOffAt: cutOff, pickupPoint: point, pickupFrom: cutOff + .hours(16),
      pickupUntil: cutOff + .hours(19), minimum: .none)
    let seed = "\(opens.microseconds)"
    return try await switchboard.database.write(in: id) { [offers, leader] transaction in
      let campaign = try CampaignChanges.create(
        draft, leader: leader, lotterySeed: seed, by: actor, in: transaction)
      let items = try CampaignItemChanges.addAll(
        try offers.map { offer in
          (
            offer: offer,
            draft: try CampaignItemDraft(
              price: offer.price, stockKind: .limited, units: stock, householdLimit: nil, minimumQuantity: 0)
          )
        }, to: campaign, actor: leader, in: transaction)
      try CampaignChanges.publish(campaign.id, .ledger, by: actor, in: transaction)
      return (campaign.id, items.map(\.id))
    }
  }

  /// Stores orders in campaigns of the past weeks until there are `count`, decided by the desk's own rules, so that
  /// stock, events and audit hold as if people had placed them.
  /// - Parameter clock: the clock of the switchboard, which is moved and put back.
  mutating func store(
    until count: Int, _ switchboard: Switchboard, clock: MovableClock
  ) async throws {
    let now = clock.now
    while orderCount < count {
      let opens = now - .days(60) + .minutes(Int64(pastCampaigns) * 30)
      clock.move(to: opens)
      let (campaign, items) = try await open(
        title: Phrase("往期鲜菜", "Past greens"), opens: opens, cutOff: opens + .hours(12), stock: 1_000_000,
        switchboard)
      clock.move(to: opens + .hours(1))
      let requests = try (0..<min(Self.campaignOrders, count - orderCount)).map {
        try request($0, campaign, items)
      }
      try await switchboard.database.write(in: id) { transaction in
        for answer in try OrderMeasuring.place(requests, .ledger, in: transaction) { _ = try answer.get() }
      }
      clock.move(to: opens + .hours(12))
      try await switchboard.database.write(in: id) { try CloseCampaign.close(campaign, .ledger, in: $0) }
      orderCount += requests.count
      pastCampaigns += 1
    }
    clock.move(to: now)
  }

  /// Makes another item the hot one, so that one database can be measured several times and is never sold out.
  mutating func turnToNextItem() {
    guard !items.isEmpty else { return }
    items.append(items.removeFirst())
  }

  /// One order of one line in the campaign that is measured, by one resident after another.
  func request(_ number: Int, isHot: Bool, key: String) throws -> OrderRequest {
    let resident = number % residents.count
    return try OrderRequest(
      community: id, campaign: campaign, person: residents[resident], household: households[resident],
      actor: residents[resident], role: .resident, key: key,
      command: .place([.init(item: items[isHot ? 0 : number % items.count], quantity: 1)], note: ""))
  }

  private func request(
    _ number: Int, _ campaign: CampaignID, _ items: [CampaignItemID]
  ) throws -> OrderRequest {
    let resident = (number * 101 + pastCampaigns) % Self.residentCount
    return try OrderRequest(
      community: id, campaign: campaign, person: residents[resident], household: households[resident],
      actor: residents[resident], role: .resident, key: "stored-\(campaign)-\(number)",
      command: .place(
        [
          .init(item: items[number * 7 % items.count], quantity: 1),
          .init(item: items[(number * 7 + 13) % items.count], quantity: 2),
        ], note: ""))
  }
}
