package import Database
package import Interop
package import Kernel
package import People
package import Security
package import Web

/// The front door of the Shop: from a merchant's product to the last bag handed over.
package struct Shop: Sendable {
  let database: Database
  let directory: Directory
  let pictures: PictureReencoder
  /// Who keeps the books.
  package let books: Bookkeeping
  /// Where orders are placed, changed and cancelled.
  package let desk: OrderDesk
  /// Where after-sales are reported and answered.
  package let claimDesk: ClaimDesk
  /// Where bags that are not there are reported and looked for.
  package let lossDesk: LossDesk
  /// What a household shows at the pickup table.
  package let pickupCodes: PickupCodes

  /// - Parameters:
  ///   - directory: what the Shop may ask about people.
  ///   - keys: what pickup codes are derived from.
  ///   - books: where money is accounted for.
  package init(
    database: Database, directory: Directory, keys: DerivedKeys, pictures: PictureReencoder,
    books: Bookkeeping
  ) {
    self.database = database
    self.directory = directory
    self.pictures = pictures
    self.books = books
    desk = OrderDesk(database, books: books, people: .people(directory))
    claimDesk = ClaimDesk(directory: directory, books: books)
    lossDesk = LossDesk(directory: directory, books: books)
    pickupCodes = PickupCodes(keys: keys)
  }

  /// Where the Shop is entered from the pages of the site.
  package static let navigation: [NavigationItem] = [
    NavigationItem("/", Phrase("团购", "Group-buys"), roles: nil),
    NavigationItem("/basket", Phrase("菜篮", "Basket"), roles: [.resident]),
    NavigationItem("/orders", Phrase("我的订单", "My orders"), roles: [.resident]),
    NavigationItem("/pickup-proxies", Phrase("邻居代取", "Fetching"), roles: [.resident]),
    NavigationItem("/desk", Phrase("团长台", "Leader's desk"), roles: CampaignActor.roles),
    NavigationItem("/desk/claims", Phrase("售后", "After-sales"), roles: ClaimActor.roles),
    NavigationItem("/desk/losses", Phrase("找袋子", "Missing bags"), roles: CampaignActor.roles),
    NavigationItem(
      "/desk/pickup-proxies", Phrase("代取登记", "Fetching for others"), roles: PickupProxies.enterers),
    NavigationItem("/supplier-lists", Phrase("供货单", "Supplier lists"), roles: [.merchant]),
    NavigationItem("/desk/reviews", Phrase("评价", "Reviews"), roles: ReviewAnswerer.roles),
    NavigationItem(
      "/protected-households", Phrase("照顾名单", "Households in need"),
      roles: [.committee, .socialWorker, .supervisor]),
    NavigationItem("/desk/products", Phrase("商品", "Products"), roles: [.merchant, .committee, .operator]),
  ]

  /// All doors of the Shop.
  package func register(on routes: inout Routes) {
    Storefront(database).register(on: &routes)
    Baskets(database).register(on: &routes)
    Orders(database, desk: desk, directory: directory, pickupCodes: pickupCodes, books: books)
      .register(on: &routes)
    Reviews(database, directory: directory).register(on: &routes)
    CampaignDesk(database, directory: directory, books: books).register(on: &routes)
    CampaignAPI(database).register(on: &routes)
    PromotionAPI(database).register(on: &routes)
    LeaderDesk(database).register(on: &routes)
    Arrivals(database, directory: directory, books: books).register(on: &routes)
    Lists(database, directory: directory, books: books).register(on: &routes)
    WeighIn(database, books: books).register(on: &routes)
    Claims(database, desk: claimDesk, pictures: pictures).register(on: &routes)
    PickupTable(database, directory: directory, codes: pickupCodes, books: books).register(on: &routes)
    PickupProxies(database, directory: directory, codes: pickupCodes, books: books).register(on: &routes)
    Shelves(database, directory: directory, pictures: pictures).register(on: &routes)
    Losses(database, desk: lossDesk).register(on: &routes)
    PickupPatterns(database).register(on: &routes)
    ProtectedHouseholds(database, directory: directory).register(on: &routes)
    Catalogue(database).register(on: &routes)
    Merchants(database).register(on: &routes)
    MerchantDesk(database, directory: directory).register(on: &routes)
    ProductDesk(database, pictures: pictures).register(on: &routes)
    ProductAPI(database).register(on: &routes)
    Pictures(database).register(on: &routes)
    PickupPointDesk(database).register(on: &routes)
  }

  /// What the Shop does later.
  package var jobs: [JobHandler] {
    [
      CloseCampaign.handler(books), FinishCampaign.handler(books), PassOnClaim.handler(books),
      ForgetClaimPicture.handler, ProductImportExpiry.handler, ForgetShelfPhoto.handler,
      PassOnLoss.handler(lossDesk),
    ]
  }

  /// What the Shop does when something happens elsewhere.
  package var eventHandlers: [EventHandler] { [] }

  /// Every way in which orders, stock, arrivals and custody contradict their rules.
  package func breaches(_ snapshot: Snapshot) throws -> [Breach] {
    try snapshot.breaches(of: ShopInvariants.invariants)
  }
}
