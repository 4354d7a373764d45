package import Database
package import Interop
package import Kernel
package import Messages
package import People
package import Security
package import Web

/// The front door of the Shop: from a merchant's product to the last bag handed over.
package struct Shop: Sendable {
  let database: Database
  let directory: Directory
  let pictures: PictureReencoder
  /// Opens what carriers are told at a door, and what they found there.
  let vault: Vault
  let wellbeing: WellbeingDesk
  /// Who keeps the books.
  package let books: Bookkeeping
  /// Where orders are placed, changed and cancelled.
  package let desk: OrderDesk
  /// Where after-sales are reported and answered.
  package let claimDesk: ClaimDesk
  /// Where orders for somebody else wait for that person's word.
  package let assistedOrderDesk: AssistedOrderDesk
  /// Where what is needed again and again is written down.
  package let standingOrderDesk: StandingOrderDesk
  /// Where visits are booked and changed.
  package let bookingDesk: BookingDesk
  /// Where bags that are not there are reported and looked for.
  package let lossDesk: LossDesk
  /// What a household shows at the pickup table.
  package let pickupCodes: PickupCodes
  /// Through which people are told of their orders.
  let messenger: Messenger
  /// What may be of use beside its pages.
  let hints: ShopHints
  /// Where a new merchant may be put on the map of what the neighbourhood has.
  let gifts: GiftProposals
  /// Where the month's list of what the community lacks is counted and released.
  package let needDesk: NeedDesk
  /// Where slips on paper become orders.
  package let slipDesk: SlipDesk
  /// What stands on slips, so that nobody can guess it.
  package let slipCodes: SlipCodes
  private let chatKeys: ChatKeys

  /// - Parameters:
  ///   - directory: what the Shop may ask about people.
  ///   - keys: what codes are derived from, and marks that know a line of a chat again.
  ///   - vault: what seals personal texts.
  ///   - books: where money is accounted for.
  ///   - proofs: how somebody's yes to an order is told from another's.
  ///   - messenger: through which people are told of what concerns them.
  ///   - consent: whether somebody agreed to be looked after at the door.
  ///   - messages: how people are told that somebody should be looked after.
  ///   - hints: what may be of use beside its pages.
  ///   - gifts: where a new merchant may be put on the map of what the neighbourhood has.
  package init(
    database: Database, directory: Directory, keys: DerivedKeys, vault: Vault, pictures: PictureReencoder,
    books: Bookkeeping, proofs: PrincipalProofs, messenger: Messenger, consent: RoundConsent,
    messages: RoundMessages, hints: ShopHints = .none, gifts: GiftProposals = .none
  ) {
    self.database = database
    self.directory = directory
    self.vault = vault
    wellbeing = WellbeingDesk(directory: directory, consent: consent, messages: messages)
    self.pictures = pictures
    self.books = books
    desk = OrderDesk(database, books: books, people: .people(directory))
    claimDesk = ClaimDesk(directory: directory, books: books)
    standingOrderDesk = StandingOrderDesk(books: books, people: .people(directory), proofs: proofs)
    lossDesk = LossDesk(directory: directory, books: books)
    pickupCodes = PickupCodes(keys: keys)
    self.messenger = messenger
    self.hints = hints
    self.gifts = gifts
    needDesk = NeedDesk(directory: directory, keys: keys)
    bookingDesk = BookingDesk(books: books, people: .people(directory), codes: pickupCodes)
    assistedOrderDesk = AssistedOrderDesk(
      books: books, people: .people(directory), proofs: proofs, visits: bookingDesk)
    slipDesk = SlipDesk(books: books, directory: directory)
    slipCodes = SlipCodes(keys: keys)
    chatKeys = ChatKeys(keys)
  }

  /// What seals and opens the words of households to those who bring their bags.
  /// - Throws: `vault.wrong_key`, and what the storage of keys throws.
  package func deliveryCipher(of community: CommunityID) async throws -> FieldCipher {
    try await vault.cipher(for: KeyScope(community: community, dataClass: .contact))
  }

  /// Those who often order for others; every other helper comes from their own page.
  private static let assisting: Set<Role> = [.socialWorker, .supervisor, .committee]

  /// Where the Shop is entered from the pages of the site.
  package static let navigation: [NavigationItem] =
    [
      NavigationItem("/", Phrase("团购", "Group-buys"), roles: nil),
      NavigationItem("/services", Phrase("服务", "Services"), roles: nil),
      NavigationItem("/basket", Phrase("菜篮", "Basket"), roles: [.resident]),
      NavigationItem("/orders", Phrase("我的订单", "My orders"), roles: [.resident]),
      NavigationItem("/standing-orders", StandingOrderPages.title, roles: [.resident]),
      NavigationItem("/pickup-proxies", Phrase("邻居代取", "Fetching"), roles: [.resident]),
      NavigationItem("/desk", Phrase("团长台", "Leader's desk"), roles: CampaignActor.roles),
      NavigationItem("/assisted-orders", Phrase("代下单", "Ordering for others"), roles: Self.assisting),
      NavigationItem(
        "/desk/independence", Phrase("自己下单", "Ordering alone"), roles: IndependenceReports.readers),
      NavigationItem("/desk/slips", Phrase("纸单", "Paper slips"), roles: SlipKeyer.roles),
      NavigationItem("/desk/claims", Phrase("售后", "After-sales"), roles: ClaimActor.roles),
      NavigationItem("/delivery", Phrase("送货上门", "Deliveries"), roles: [.resident]),
      NavigationItem("/rounds", Phrase("我要送的", "My rounds"), roles: [.courier]),
      NavigationItem("/wellbeing", Phrase("上门看望", "Looking after"), roles: WellbeingDesk.workers),
      NavigationItem("/desk/losses", Phrase("找袋子", "Missing bags"), roles: CampaignActor.roles),
      NavigationItem(
        "/desk/pickup-proxies", Phrase("代取登记", "Fetching for others"), roles: PickupProxies.enterers),
      NavigationItem("/supplier-lists", Phrase("供货单", "Supplier lists"), roles: [.merchant]),
      NavigationItem("/desk/reviews", Phrase("评价", "Reviews"), roles: ReviewAnswerer.roles),
      NavigationItem(
        "/protected-households", Phrase("照顾名单", "Households in need"),
        roles: [.committee, .socialWorker, .supervisor]),
      NavigationItem("/desk/services", Phrase("预约", "Bookings"), roles: [.merchant, .committee, .operator]),
      NavigationItem("/desk/products", Phrase("商品", "Products"), roles: [.merchant, .committee, .operator]),
    ] + UnmetNeeds.navigation + MarketInformation.navigation + MerchantDistricts.navigation
    + JointPurchases.navigation

  /// The released tables of what the community lacks.
  package var evidence: ShopEvidence { ShopEvidence() }

  /// What the Shop keeps of a household, for the household's page at the desk: each is entered at its path, followed by
  /// the household's id.
  package static let householdItems: [NavigationItem] = [
    NavigationItem("/desk/paper-households", Phrase("纸上订货", "Orders on paper"), roles: SlipKeyer.roles)
  ]

  /// What small merchants are told of each month.
  private var marketInformation: MarketInformation { MarketInformation(database, directory: directory) }

  /// Where lists from group chats are read and carried out.
  package var chatOrders: ChatOrders {
    ChatOrders(
      database, desk: ChatOrderDesk(directory: directory, books: books, keys: chatKeys), directory: directory,
      vault: vault)
  }

  /// All doors of the Shop.
  package func register(on routes: inout Routes) {
    registerShelves(on: &routes)
    registerCampaigns(on: &routes)
    registerHelp(on: &routes)
    registerPickup(on: &routes)
    registerDelivery(on: &routes)
    registerServices(on: &routes)
  }

  /// What is offered, by whom, and where it can be fetched.
  private func registerShelves(on routes: inout Routes) {
    Storefront(database, directory: directory, needs: needDesk.notes(database)).register(on: &routes)
    Catalogue(database, directory: directory).register(on: &routes)
    Merchants(database).register(on: &routes)
    MerchantDesk(database, directory: directory, hints: hints, gifts: gifts).register(on: &routes)
    ProductDesk(database, pictures: pictures).register(on: &routes)
    ProductAPI(database).register(on: &routes)
    Pictures(database).register(on: &routes)
    UnmetNeeds(database, desk: needDesk).register(on: &routes)
    MerchantDistricts(database).register(on: &routes)
    marketInformation.register(on: &routes)
    PickupPointDesk(database).register(on: &routes)
  }

  /// From the opening of a campaign to what its goods weigh, and the orders in between.
  private func registerCampaigns(on routes: inout Routes) {
    Baskets(database).register(on: &routes)
    Orders(database, desk: desk, directory: directory, pickupCodes: pickupCodes, books: books, hints: hints)
      .register(on: &routes)
    Reviews(database, directory: directory).register(on: &routes)
    CampaignDesk(database, directory: directory, books: books).register(on: &routes)
    CampaignAPI(database).register(on: &routes)
    JointPurchases(database, desk: desk, hints: hints).register(on: &routes)
    PromotionAPI(database).register(on: &routes)
    LeaderDesk(database).register(on: &routes)
    Arrivals(database, directory: directory, books: books).register(on: &routes)
    Lists(database, directory: directory, books: books).register(on: &routes)
    WeighIn(database, books: books).register(on: &routes)
  }

  /// For those who do not order at a screen of their own: by a helper, on paper, in the group chat.
  private func registerHelp(on routes: inout Routes) {
    AssistedOrders(database, desk: assistedOrderDesk, directory: directory).register(on: &routes)
    StandingOrders(database, desk: standingOrderDesk, directory: directory).register(on: &routes)
    DriftAlarms(database: database, directory: directory).register(on: &routes)
    MandateStatements(database: database, directory: directory).register(on: &routes)
    IndependenceReports(database: database, directory: directory).register(on: &routes)
    PaperCatalogues(database, directory: directory, codes: slipCodes).register(on: &routes)
    HouseholdLists(database, directory: directory).register(on: &routes)
    PaperHomes(database: database, directory: directory).register(on: &routes)
    PaperBack(database, directory: directory, books: books, vault: vault).register(on: &routes)
    Slips(database, directory: directory, desk: slipDesk).register(on: &routes)
    chatOrders.register(on: &routes)
  }

  /// The pickup table, the shelf, and what goes wrong there.
  private func registerPickup(on routes: inout Routes) {
    PickupTable(database, directory: directory, codes: pickupCodes, books: books).register(on: &routes)
    PickupProxies(database, directory: directory, codes: pickupCodes, books: books).register(on: &routes)
    Shelves(database, directory: directory, pictures: pictures).register(on: &routes)
    Losses(database, desk: lossDesk).register(on: &routes)
    PickupPatterns(database).register(on: &routes)
    Claims(database, desk: claimDesk, pictures: pictures).register(on: &routes)
  }

  /// To the door, and who looks after whom there.
  private func registerDelivery(on routes: inout Routes) {
    Deliveries(database, directory: directory, vault: vault, wellbeing: wellbeing).register(on: &routes)
    RoundTable(database, directory: directory, vault: vault, books: books).register(on: &routes)
    CourierRounds(
      database, directory: directory, vault: vault, books: books, codes: pickupCodes, wellbeing: wellbeing
    ).register(on: &routes)
    Wellbeings(database, directory: directory, vault: vault, desk: wellbeing).register(on: &routes)
  }

  /// What is done at an agreed time.
  private func registerServices(on routes: inout Routes) {
    Services(database, desk: bookingDesk, directory: directory).register(on: &routes)
    ServiceDesk(database, desk: bookingDesk, directory: directory, pictures: pictures).register(on: &routes)
    Visits(database, desk: bookingDesk, directory: directory).register(on: &routes)
    VisitCalendars(database, directory: directory).register(on: &routes)
  }

  /// What the Shop does later.
  package var jobs: [JobHandler] {
    [
      CloseCampaign.handler(books), FinishCampaign.handler(books), PassOnClaim.handler(books),
      ForgetClaimPicture.handler, ForgetChatText.handler, ProductImportExpiry.handler,
      VoidAssistedOrder.handler, ServeStandingOrders.handler(standingOrderDesk),
      ReturnPaperHold.handler, ForgetShelfPhoto.handler, PassOnLoss.handler(lossDesk),
      WatchForDrift.handler(.people(directory)), TellOfStatement.handler(directory, messenger),
      PassOnWellbeing.handler(wellbeing), ForgetWellbeing.handler, LapseListingHold.handler,
    ] + BookingJobs.handlers(bookingDesk) + needDesk.jobs + marketInformation.jobs
  }

  /// What the Shop does when something has happened, elsewhere or in itself.
  package var eventHandlers: [EventHandler] {
    [
      OrderNotices(messenger: messenger, directory: directory).handler,
      AssistedOrderNotices(messenger: messenger, people: .people(directory)).handler,
      StandingOrderNotices(messenger: messenger, people: .people(directory)).handler,
      BookingNotices(messenger: messenger, directory: directory).handler, marketInformation.handler,
    ]
  }

  /// Everything that the Shop tells people of.
  package static let messageKinds: [MessageKind] =
    OrderNotice.kinds + AssistedOrderNotice.kinds + StandingOrderNotice.kinds
    + BookingNotice.kinds + [RoundMessages.concern]

  /// Every way in which orders, stock, arrivals and custody contradict their rules.
  package func breaches(_ snapshot: Snapshot) throws -> [Breach] {
    try snapshot.breaches(of: ShopInvariants.invariants + MarketInformationInvariants.invariants)
  }
}
