import Database
import Kernel
import People

/// One of the goods as the form of a standing order shows it.
struct StandingChoice: Sendable, Equatable {
  let offer: VariantOffer
  /// What the household agrees to by choosing it.
  var price: StandingPrice
  var quantity: Int64?
  var rhythm: StandingRhythm
}

/// What the form begins with, besides what is on the list already.
enum StandingSource: Sendable, Equatable {
  case nothing
  /// Everything of an order.
  case order(OrderID)
  /// One item of a campaign.
  case item(CampaignItemID)
}

/// Everything that somebody reads of a standing order.
struct StandingReading: Sendable {
  var standing: StandingOrder?
  /// The goods of the list and of its turns.
  var offers: [VariantID: VariantOffer] = [:]
  /// The newest first, each with its campaign.
  var turns: [(turn: StandingTurn, campaign: Campaign)] = []

  /// Turns that are shown.
  private static let shown = 6

  /// What a household has.
  static func read(
    of household: HouseholdID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> StandingReading {
    guard let standing = try StandingOrderStore.find(of: household, in: community, snapshot) else {
      return StandingReading()
    }
    let turns = try StandingTurnStore.latest(of: standing.id, limit: shown, in: community, snapshot)
    let campaigns = try CampaignStore.find(Set(turns.map(\.campaign)), in: community, snapshot)
    let byID = Dictionary(campaigns.map { ($0.id, $0) }) { first, _ in first }
    let variants = Set(standing.needs.map(\.variant) + turns.flatMap { $0.lines.map(\.variant) })
    let offers = try snapshot.variantOffers(variants.sorted(), in: community)
    return StandingReading(
      standing: standing, offers: Dictionary(offers.map { ($0.variant, $0) }) { first, _ in first },
      turns: turns.compactMap { turn in byID[turn.campaign].map { (turn, $0) } })
  }

  /// What waits for an answer, oldest first.
  func questions(at now: Timestamp) -> [(turn: StandingTurn, campaign: Campaign, line: StandingTurn.Line)] {
    turns.reversed().filter { $0.campaign.marks.cancelledAt == nil && now < $0.campaign.cutOffAt }
      .flatMap { entry in
        entry.turn.lines.filter { $0.state == .asked }.map { (entry.turn, entry.campaign, $0) }
      }
  }

  // MARK: - What can be chosen

  /// Goods that the form offers beside those on the list, and items of group-buys among which they are looked for.
  private static let choiceLimit = 40
  private static let offeredLimit = 160

  /// The rows of the form: the list first, then what the source names, then what group-buys offer now.
  /// - Parameters:
  ///   - takesAsked: whether a new price that waits for an answer is filled in; whoever sends the form then agrees to it.
  ///   - isAllowed: whether these goods are shown and may be chosen.
  func choices(
    _ source: StandingSource, of household: HouseholdID, takesAsked: Bool = false,
    where isAllowed: (VariantOffer) -> Bool = { _ in true },
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [StandingChoice] {
    let present = standing?.needs ?? []
    var prices: [VariantID: StandingPrice] = [:]
    var wanted: [(variant: VariantID, quantity: Int64?)] = []
    for (item, quantity) in try Self.items(source, of: household, in: community, snapshot) {
      prices[item.variant] = StandingPrice(item.price, per: item.weighed?.terms.basis)
      wanted.append((item.variant, quantity))
    }
    for item in try Self.offered(in: community, snapshot) {
      if prices[item.variant] == nil {
        prices[item.variant] = StandingPrice(item.price, per: item.weighed?.terms.basis)
      }
      wanted.append((item.variant, nil))
    }
    var seen = Set(present.map(\.variant))
    let fresh = wanted.filter { seen.insert($0.variant).inserted }
    let offers = try snapshot.variantOffers(
      present.map(\.variant) + fresh.map(\.variant), in: community)
    let byID = Dictionary(offers.map { ($0.variant, $0) }) { first, _ in first }
    let questions = takesAsked ? questions(at: snapshot.now) : []
    let asked = Dictionary(questions.map { ($0.line.variant, $0.line.price) }) { first, _ in first }
    return present.compactMap { need -> StandingChoice? in
      guard let offer = byID[need.variant], isAllowed(offer) else { return nil }
      return StandingChoice(
        offer: offer, price: asked[need.variant] ?? need.price, quantity: need.quantity, rhythm: need.rhythm)
    }
      + fresh.compactMap { entry -> StandingChoice? in
        guard let offer = byID[entry.variant], offer.isListed, isAllowed(offer) else { return nil }
        return StandingChoice(
          offer: offer,
          price: prices[entry.variant] ?? StandingPrice(offer.price, per: offer.weighed?.terms.basis),
          quantity: entry.quantity, rhythm: .everyWeek)
      }.prefix(Self.choiceLimit)
  }

  private static func items(
    _ source: StandingSource, of household: HouseholdID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(item: CampaignItem, quantity: Int64)] {
    switch source {
    case .nothing: return []
    case .item(let id):
      return try CampaignStore.items([id], in: community, snapshot).map { ($0, 1) }
    case .order(let id):
      guard let order = try OrderStore.find(id, in: community, snapshot), order.household == household,
        order.booking == nil
      else { throw Problem.notFound }
      let lines = order.lines.filter { $0.quantity > 0 }
      let items = try CampaignStore.items(lines.map(\.item), in: community, snapshot)
      return lines.compactMap { line in
        items.first { $0.id == line.item }.map {
          ($0, min(line.quantity, StandingNeed.quantityRange.upperBound))
        }
      }
    }
  }

  /// What the group-buys offer that are open or to come.
  private static func offered(in community: CommunityID, _ snapshot: Snapshot) throws -> [CampaignItem] {
    var items: [CampaignItem] = []
    for front in try StorefrontStore.board(of: community, snapshot)
    where [.open, .upcoming].contains(front.campaign.phase(at: snapshot.now)) {
      items += try CampaignStore.items(of: front.campaign.id, in: community, snapshot)
      if items.count >= offeredLimit { break }
    }
    return items
  }
}
