import Database
import Kernel
import Web

/// The rendered parts that are the same for everyone, kept until a commit or the clock makes them untrue.
///
/// A page whose parts are kept costs no read of the database: only the form token and the frame are the visitor's own.
final class StorefrontCache: Sendable {
  struct CampaignKey: Hashable, Sendable {
    let community: CommunityID
    let campaign: CampaignID
  }

  struct ShelfKey: Hashable, Sendable {
    let community: CommunityID
    let campaign: CampaignID
    let after: Int
    let language: Language
    let period: PagePeriod
  }

  struct CardKey: Hashable, Sendable {
    let community: CommunityID
    let campaign: CampaignID
    let language: Language
    let period: PagePeriod
  }

  struct ItemKey: Hashable, Sendable {
    let community: CommunityID
    let campaign: CampaignID
    let item: CampaignItemID
  }

  /// What the page of one item shows.
  struct ItemFront: Sendable {
    let item: ShelfItem
    let product: Product
  }

  struct FigureKey: Hashable, Sendable {
    let community: CommunityID
    let campaign: CampaignID
    let after: Int
  }

  let database: Database
  private let fronts: Cache<CampaignKey, CampaignFront?>
  private let boards: Cache<CommunityID, [CampaignFront]>
  private let cards: Cache<CardKey, HTML>
  private let shelves: Cache<ShelfKey, RenderedShelf>
  private let items: Cache<ItemKey, ItemFront?>
  private let liveFigures: Cache<FigureKey, [LiveFigure]>

  init(_ database: Database) {
    self.database = database
    fronts = Cache(database, capacity: 2000) { [.campaign($0.campaign), .pickupPoints($0.community)] }
    boards = Cache(database, capacity: 200) { [.campaigns($0), .pickupPoints($0)] }
    cards = Cache(database, capacity: 2000) {
      [
        .campaign($0.campaign), .campaignStock($0.campaign), .pickupPoints($0.community),
        .catalogue($0.community),
      ]
    }
    shelves = Cache(database, capacity: 400) {
      [
        .campaign($0.campaign), .campaignStock($0.campaign), .pickupPoints($0.community),
        .catalogue($0.community),
      ]
    }
    items = Cache(database, capacity: 2000) {
      [.campaign($0.campaign), .campaignStock($0.campaign), .catalogue($0.community)]
    }
    liveFigures = Cache(database, capacity: 400) { [.campaign($0.campaign), .campaignStock($0.campaign)] }
  }

  /// - Throws: `not_found` for drafts, unknown campaigns and those of other communities.
  func front(_ campaign: CampaignID, in community: CommunityID) async throws -> CampaignFront {
    let key = CampaignKey(community: community, campaign: campaign)
    let front = try await fronts.value(for: key) {
      try await self.database.read { try StorefrontStore.front(campaign, in: community, $0) }
    }
    guard let front else { throw Problem.notFound }
    return front
  }

  func board(of community: CommunityID) async throws -> [CampaignFront] {
    try await boards.value(for: community) {
      try await self.database.read { try StorefrontStore.board(of: community, $0) }
    }
  }

  /// A campaign's card on the notice board.
  func card(_ front: CampaignFront, now: Timestamp, _ say: Wording) async throws -> HTML {
    let campaign = front.campaign
    let key = CardKey(
      community: campaign.community, campaign: campaign.id, language: say.language,
      period: PagePeriod(campaign, now: now, offsetSeconds: say.offsetSeconds))
    return try await cards.value(for: key) {
      let progress = try await self.progress(of: campaign, at: now)
      let isPast = campaign.cutOffAt <= now
      let pictures =
        isPast
        ? []
        : try await self.database.read {
          try StorefrontStore.pictures(of: campaign.id, in: campaign.community, limit: 4, $0)
        }
      return StorefrontPages.card(front, progress, pictures, now: now, say)
    }
  }

  /// One page of a campaign's shelf.
  func shelf(
    _ front: CampaignFront, after position: Int, now: Timestamp, _ say: Wording
  ) async throws -> RenderedShelf {
    let campaign = front.campaign
    let key = ShelfKey(
      community: campaign.community, campaign: campaign.id, after: position, language: say.language,
      period: PagePeriod(campaign, now: now, offsetSeconds: say.offsetSeconds))
    return try await shelves.value(for: key) {
      let page = try await self.database.read {
        try StorefrontStore.shelf(of: campaign.id, in: campaign.community, after: position, $0)
      }
      let progress = try await self.progress(of: campaign, at: now)
      return ShelfPages(front: front, page: page, after: position, now: now, say: say).rendered(progress)
    }
  }

  /// One item with its product; nil for items of other campaigns.
  func item(_ item: CampaignItemID, of campaign: Campaign) async throws -> ItemFront? {
    let key = ItemKey(community: campaign.community, campaign: campaign.id, item: item)
    return try await items.value(for: key) {
      try await self.database.read { snapshot in
        guard let shown = try StorefrontStore.items([item], in: campaign.community, snapshot).first,
          shown.item.campaign == campaign.id,
          let product = try snapshot.product(
            shown.item.product, in: campaign.community, includesArchived: true)
        else { return nil }
        return ItemFront(item: shown, product: product.product)
      }
    }
  }

  /// What changes while people look at a page of the shelf.
  func figures(_ front: CampaignFront, after position: Int) async throws -> [LiveFigure] {
    let campaign = front.campaign
    let key = FigureKey(community: campaign.community, campaign: campaign.id, after: position)
    return try await liveFigures.value(for: key) {
      try await self.database.read { snapshot in
        let page = try StorefrontStore.shelf(
          of: campaign.id, in: campaign.community, after: position, snapshot)
        let progress = try CampaignStore.progress(of: campaign.id, in: campaign.community, snapshot)
        return LiveFigure.all(page, progress, campaign)
      }
    }
  }

  private func progress(of campaign: Campaign, at now: Timestamp) async throws -> CampaignProgress? {
    guard campaign.minimum != .none, campaign.phase(at: now) == .open else { return nil }
    return try await database.read {
      try CampaignStore.progress(of: campaign.id, in: campaign.community, $0)
    }
  }
}

/// A page of the shelf as bytes, with the place for the visitor's form token left open.
struct RenderedShelf: Sendable {
  let title: String
  let beforeToken: [UInt8]
  /// Empty where nothing can be put into a basket; there is no form then.
  let afterToken: [UInt8]

  func main(formToken: @autoclosure () -> String) -> HTML {
    if afterToken.isEmpty { return HTML(trusted: beforeToken) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(beforeToken.count + afterToken.count + 80)
    bytes.append(contentsOf: beforeToken)
    bytes.append(contentsOf: formToken().utf8)
    bytes.append(contentsOf: afterToken)
    return HTML(trusted: bytes)
  }
}
