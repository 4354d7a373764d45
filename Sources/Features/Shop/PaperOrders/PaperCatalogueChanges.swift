package import Database
package import Kernel

/// How catalogues come to paper, and slips to households.
package enum PaperCatalogueChanges {
  /// Prints a new version: its prices stand, and what it holds back is taken from what everyone can order.
  /// - Throws: `not_found`, `paper.catalogue_not_now`, `form.invalid` naming each wrong field.
  package static func print(
    _ draft: PaperCatalogueDraft, of id: CampaignID, by actor: CampaignActor, in transaction: Transaction
  ) throws -> PaperCatalogue {
    let campaign = try CampaignStore.find(id, runBy: actor, in: transaction)
    guard campaign.audience == .households else { throw Problem.notFor(campaign.audience) }
    guard [.upcoming, .open].contains(campaign.phase(at: transaction.now)) else {
      throw Problem.catalogueNotNow
    }
    let items = try CampaignStore.deskItems(of: id, in: transaction.community, transaction)
    let problems = draft.problems(with: campaign, items, now: transaction.now)
    guard problems.isEmpty else { throw Problem.invalid(problems) }
    let earlier = try PaperCatalogueStore.list(of: id, in: transaction.community, transaction)
    let catalogue = PaperCatalogue(
      id: transaction.newIdentifier(), campaign: id, number: (earlier.first?.number ?? 0) + 1,
      slipsUntil: draft.slipsUntil, printedBy: actor.person, printedAt: transaction.now, returnedAt: nil)
    try giveCodes(to: items, of: id, in: transaction)
    try PaperCatalogueStore.insert(
      catalogue, items.map { ($0.item, draft.holds[$0.item.id] ?? 0) }, in: transaction)
    try hold(draft.holds, items, by: actor.person, in: transaction)
    try ReturnPaperHold.schedule(catalogue, in: transaction)
    try tell("shop.catalogue_print", catalogue, by: actor, in: transaction)
    transaction.touch(.campaignStock(id))
    return catalogue
  }

  /// Once an item has a code it keeps it; a campaign's items stand from its publication on, so all get theirs at once.
  private static func giveCodes(
    to items: [DeskItem], of campaign: CampaignID, in transaction: Transaction
  ) throws {
    let known = try PaperCatalogueStore.codes(of: campaign, transaction)
    let fresh = items.map(\.item.id).filter { known[$0] == nil }
    let used = Set(known.values)
    let free = ItemCode.codes(count: items.count).filter { !used.contains($0) }
    try PaperCatalogueStore.insertCodes(Array(zip(fresh, free)), of: campaign, in: transaction)
  }

  private static func hold(
    _ holds: [CampaignItemID: Int64], _ items: [DeskItem], by actor: PersonID, in transaction: Transaction
  ) throws {
    let movements = items.compactMap { entry -> StockMovement? in
      guard let units = holds[entry.item.id], units > 0 else { return nil }
      return StockMovement(
        item: entry.item.id, reason: .held, order: nil, onHandChange: 0, promisedChange: 0,
        level: entry.level.holding(units), actor: actor, heldChange: units)
    }
    try StockStore.append(movements, in: transaction)
  }

  /// Prints a slip for each of these households that has none in this version yet.
  ///
  /// - Parameter households: with the person who orders for each; households without one get no slip.
  /// - Returns: how many slips are new.
  /// - Throws: `not_found`, `paper.catalogue_not_now`.
  package static func printSlips(
    _ households: [HouseholdID: PersonID], of id: PaperCatalogueID, _ codes: SlipCodes,
    by actor: CampaignActor, in transaction: Transaction
  ) throws -> Int {
    guard let catalogue = try PaperCatalogueStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    let campaign = try CampaignStore.find(catalogue.campaign, runBy: actor, in: transaction)
    guard [.upcoming, .open].contains(campaign.phase(at: transaction.now)) else {
      throw Problem.catalogueNotNow
    }
    let known = Set(try PaperSlipStore.list(of: catalogue, transaction).map(\.household))
    var slips: [PaperSlip] = []
    for (household, person) in households.sorted(by: { $0.key < $1.key }) where !known.contains(household) {
      let slip: PaperSlipID = transaction.newIdentifier()
      slips.append(
        PaperSlip(
          id: slip, campaign: campaign.id, catalogue: id, household: household, person: person,
          code: try freeCode(for: slip, codes, besides: slips, in: transaction), keyed: nil))
    }
    if slips.isEmpty { return 0 }
    try PaperSlipStore.insert(slips, by: actor.person, in: transaction)
    try tell("shop.slips_print", catalogue, by: actor, in: transaction)
    return slips.count
  }

  private static func freeCode(
    for slip: PaperSlipID, _ codes: SlipCodes, besides others: [PaperSlip], in transaction: Transaction
  ) throws -> SlipCode {
    for turn in 0..<100 {
      let code = codes.code(of: slip, turn: turn)
      if others.contains(where: { $0.code == code }) { continue }
      if try PaperSlipStore.find(code, in: transaction.community, transaction) == nil { return code }
    }
    throw Problem.internalFault
  }

  private static func tell(
    _ action: StaticString, _ catalogue: PaperCatalogue, by actor: CampaignActor, in transaction: Transaction
  ) throws {
    try transaction.publish(
      action, subject: catalogue.id.rawValue,
      body: #"{"campaign":"\#(catalogue.campaign)","version":\#(catalogue.number)}"#)
    try transaction.audit(
      AuditEntry(actor: actor.person, role: actor.role, action: action, object: catalogue.id.rawValue))
  }
}
