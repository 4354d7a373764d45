package import Kernel

/// One item of a campaign as a visitor sees it on the shelf.
package struct ShelfItem: Sendable, Equatable {
  package let item: CampaignItem
  /// Product and variant in one.
  package let name: Phrase
  package let pack: Phrase
  package let unit: Unit
  package let merchantName: Phrase
  package let picture: ShelfPicture?
  package let level: StockLevel
  /// Prices for everyone once so many pieces are ordered together; none for most items.
  package let tiers: PriceTiers
  /// What is asked of it, where it is bought by the case; nil otherwise.
  package let caseDemand: CasePack.Demand?

  /// Whether the station holds it back while it looks into something.
  package let isHeld: Bool

  package var isSoldOut: Bool { level.left == 0 }

  /// Whether anybody can put it into a basket, as far as the shelf knows.
  package var canBeOrdered: Bool { !isSoldOut && !isHeld }

  /// How much is left of it, or that it is held back.
  var standing: Phrase { isHeld ? CampaignWords.held : CampaignWords.left(level, unit) }

  /// What the price is for: one unit, or a weight.
  var measure: Phrase { WeighedWords.measure(unit, item.weighed?.terms) }

  /// The price as it is said beside the goods, with what a piece is expected to cost where they are weighed.
  var priceWords: Phrase { WeighedWords.whole(item.price, unit, item.weighed?.terms) }
}

/// A picture with the size that its place on the page keeps free.
package struct ShelfPicture: Sendable, Equatable {
  package let id: PictureID
  package let width: Int
  package let height: Int

  package func path(_ size: PictureSize) -> String { "/pictures/\(id)/\(size.rawValue)" }
}

/// One page of a campaign's shelf.
struct ShelfPage: Sendable, Equatable {
  /// Items to a page.
  static let size = 24

  let items: [ShelfItem]
  /// The position after which the next page begins; nil on the last one.
  let next: Int?
}

/// A campaign with what the notice board tells of it.
struct CampaignFront: Sendable, Equatable {
  let campaign: Campaign
  let pickupPoint: PickupPoint
}

/// Which stretch of time a rendered page is good for: until midnight in the community, or until the campaign opens or
/// closes. Part of every cache key, so that no page outlives its words.
struct PagePeriod: Sendable, Hashable {
  let day: Int64
  /// How many of the campaign's moments have passed.
  let passed: Int

  init(_ campaign: Campaign, now: Timestamp, offsetSeconds: Int) {
    day = (now.seconds + Int64(offsetSeconds)) / 86_400
    passed = (now >= campaign.opensAt ? 1 : 0) + (now >= campaign.cutOffAt ? 1 : 0)
  }
}
