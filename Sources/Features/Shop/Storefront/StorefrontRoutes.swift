package import Database
import Hummingbird
import Kernel
package import People
package import Web

/// The pages that everybody may see: the notice board, campaigns, their items, and the search.
package struct Storefront: Sendable {
  private let database: Database
  private let cache: StorefrontCache
  private let reviews: ReviewShelf
  private let needs: NeedNotes

  /// - Parameter needs: where searches that found nothing are counted.
  package init(_ database: Database, directory: Directory, needs: NeedNotes) {
    self.database = database
    self.needs = needs
    cache = StorefrontCache(database)
    reviews = ReviewShelf(database, naming: ReviewNaming(directory: directory))
  }

  package func register(on routes: inout Routes) {
    routes.get("/", .everyone, objects: .community) { visit in
      try await visit.isElderView ? start(visit) : board(visit)
    }
    routes.get("/campaigns", .everyone, objects: .community) { try await board($0) }
    routes.get("/campaigns/:campaign", .everyone, objects: .community) { try await shelf($0) }
    routes.get("/campaigns/:campaign/live", .everyone, objects: .community) { try await live($0) }
    routes.get("/campaigns/:campaign/items/:item", .everyone, objects: .community) { try await product($0) }
    routes.get(
      "/search", .everyone, objects: .community, limits: [RateLimit("search", 60, per: .minutes(1))]
    ) { try await search($0) }
  }

  private func start(_ visit: Visit) async throws -> Response {
    let fronts = try await cache.board(of: visit.community.id)
    let open = fronts.count(where: { $0.campaign.phase(at: visit.now) == .open })
    return .page(
      StorefrontPages.start(open, phoneNumber: visit.community.phoneNumber, visit.say), visit)
  }

  private func board(_ visit: Visit) async throws -> Response {
    var cards: [(phase: Campaign.Phase, card: HTML)] = []
    for front in try await cache.board(of: visit.community.id) {
      cards.append(
        (front.campaign.phase(at: visit.now), try await cache.card(front, now: visit.now, visit.say)))
    }
    return .page(StorefrontPages.board(cards, visit.say), visit)
  }

  private func shelf(_ visit: Visit) async throws -> Response {
    let front = try await cache.front(visit.id("campaign"), in: visit.community.id)
    let rendered = try await cache.shelf(
      front, after: Self.position(visit), now: visit.now, visit.say)
    let page = Page(
      title: rendered.title, main: rendered.main(formToken: visit.formToken), alerts: Self.alerts(visit),
      scripts: Self.scripts)
    try await database.sees(.findShop, by: visit)
    return .page(page, visit)
  }

  private func live(_ visit: Visit) async throws -> Response {
    let front = try await cache.front(visit.id("campaign"), in: visit.community.id)
    let figures = LiveFigures(
      cache: cache, campaign: front.campaign.id, community: visit.community.id,
      after: Self.position(visit), language: visit.language)
    return .events(figures.events(), limits: visit.site.limits)
  }

  private func product(_ visit: Visit) async throws -> Response {
    let front = try await cache.front(visit.id("campaign"), in: visit.community.id)
    guard
      let found = try await cache.item(visit.id("item", of: CampaignItemKind.self), of: front.campaign)
    else { throw Problem.notFound }
    let page = StorefrontProductPage(
      front: front, item: found.item, product: found.product,
      reviews: try await reviews.section(of: found.product.id, visit), now: visit.now, say: visit.say)
    return .page(page.page(formToken: visit.formToken, alerts: Self.alerts(visit)), visit)
  }

  private func search(_ visit: Visit) async throws -> Response {
    let text = String((visit.query("q") ?? "").prefix(60))
    let key = visit.query("after").flatMap(ProductID.init)
    let community = visit.community.id
    let page = try await database.read { snapshot -> SearchPage in
      let found = try snapshot.searchProducts(text, in: community, after: key, limit: ShelfPage.size)
      let orderable = try StorefrontStore.orderable(found.elements.map(\.product.id), in: community, snapshot)
      let shown = Set(orderable.map(\.item.item.product))
      return SearchPage(
        text: text, orderable: orderable, others: found.elements.filter { !shown.contains($0.product.id) },
        next: found.next, now: visit.now, say: visit.say)
    }
    if !text.isEmpty { try await database.sees(.search, by: visit) }
    let isNothing = key == nil && page.orderable.isEmpty && page.others.isEmpty
    return .page(isNothing ? await missing(text, page.page(), visit) : page.page(), visit)
  }

  /// The page of a search that found nothing, which is counted for the list of what the community lacks.
  private func missing(_ text: String, _ page: Page, _ visit: Visit) async -> Page {
    guard let term = NeedTerm(text), await needs.noteSearch(term, by: visit) else { return page }
    let offer = NeedParts(say: visit.say)
      .offer(term, isTold: visit.query("told") != nil, token: visit.formToken)
    return Page(title: page.title, main: page.main + offer)
  }

  private static let scripts = ["live.js"]

  private static func position(_ visit: Visit) -> Int {
    visit.query("after").flatMap(Int.init).map { max(0, min($0, Int(Int32.max))) } ?? 0
  }

  /// What happened on the way here.
  private static func alerts(_ visit: Visit) -> [HTML] {
    guard visit.query("added") != nil else { return [] }
    return [BasketPages.added(visit.say)]
  }
}
