import Database
import Kernel

/// How the cases of one item were filled, for everyone who bought there: enough to replay it.
struct CaseReport: Sendable {
  /// What one order asked for at one time, and what it got.
  struct Turn: Sendable, Equatable {
    /// The order's number within the campaign.
    let number: Int64
    let claim: CasePack.Claim
    let share: CasePack.Share
    /// Whether it is of the visitor's household.
    let isOwn: Bool
  }

  let item: CampaignItem
  let name: Phrase
  let purchase: CasePack.Decision
  /// In the order of time.
  let turns: [Turn]

  /// The reports of a campaign's items; nothing is read where none was bought by the case.
  static func read(
    _ orders: [Order], of campaign: Campaign, household: HouseholdID?, _ snapshot: Snapshot
  ) throws -> [CaseReport] {
    var names: [CampaignItemID: Phrase] = [:]
    for order in orders { for line in order.lines where line.wanted != nil { names[line.item] = line.name } }
    if names.isEmpty { return [] }
    let items = try CampaignStore.items(names.keys, in: campaign.community, snapshot)
    let claims = try CaseClaimStore.standing(on: names.keys, in: snapshot)
    let byID = Dictionary(orders.map { ($0.id, $0) }) { first, _ in first }
    return items.sorted { $0.position < $1.position }.map { item in
      CaseReport(
        item: item, name: names[item.id] ?? Phrase(same: ""), claims: claims[item.id] ?? [], orders: byID,
        household: household)
    }
  }

  private init(
    item: CampaignItem, name: Phrase, claims: [CasePack.Claim], orders: [OrderID: Order],
    household: HouseholdID?
  ) {
    let purchase = CasePack.purchase(for: claims, terms: item.caseTerms)
    self.item = item
    self.name = name
    self.purchase = CasePack.Decision(cases: purchase.cases, units: purchase.units, missing: purchase.missing)
    turns = CasePack.turns(arrived: purchase.units, among: claims).compactMap { turn in
      orders[turn.claim.order].map { order in
        Turn(
          number: order.number, claim: turn.claim, share: turn.share, isOwn: order.household == household)
      }
    }
  }
}
