package import Database
package import Kernel

/// How campaigns begin, change and end. Each change is audited and published in its own transaction.
package enum CampaignChanges {
  /// Stores a new draft.
  /// - Parameter lotterySeed: from `LotterySeed.make()`; drawn here so that nobody can wish for one.
  /// - Throws: `form.invalid` when the pickup point is not one of the community's.
  package static func create(
    _ draft: CampaignDraft, leader: PersonID, lotterySeed: String, clonedFrom: CampaignID? = nil,
    by actor: CampaignActor, in transaction: Transaction
  ) throws -> Campaign {
    try requirePoint(draft.pickupPoint, in: transaction)
    let campaign = Campaign(
      id: transaction.newIdentifier(), community: transaction.community, leader: leader, draft: draft,
      lotterySeed: lotterySeed, clonedFrom: clonedFrom)
    try CampaignRowStore.insert(campaign, in: transaction)
    try tell("shop.campaign_create", campaign, by: actor, in: transaction)
    return campaign
  }

  /// Makes a draft what it shall be.
  /// - Throws: `not_found`, `campaign.published`, `form.invalid`.
  package static func change(
    _ id: CampaignID, to draft: CampaignDraft, by actor: CampaignActor, in transaction: Transaction
  ) throws {
    var campaign = try draftCampaign(id, actor, in: transaction)
    if draft.pickupPoint != campaign.pickupPoint { try requirePoint(draft.pickupPoint, in: transaction) }
    campaign.apply(draft)
    try CampaignRowStore.update(campaign, in: transaction)
    try tell("shop.campaign_change", campaign, by: actor, in: transaction)
  }

  /// Changes what is safe to change once people rely on it.
  /// - Throws: `not_found`, `campaign.ended`, `form.invalid`.
  package static func amend(
    _ id: CampaignID, to amendment: CampaignAmendment, by actor: CampaignActor, in transaction: Transaction
  ) throws {
    var campaign = try CampaignStore.find(id, runBy: actor, in: transaction)
    guard !campaign.isDraft, campaign.marks.cancelledAt == nil, campaign.marks.failedAt == nil,
      campaign.marks.finishedAt == nil
    else { throw Problem.campaignCannotChange }
    let problems = amendment.problems(with: campaign, now: transaction.now)
    guard problems.isEmpty else { throw Problem.invalid(problems) }
    let isMoved = amendment.cutOffAt != campaign.cutOffAt
    campaign.note = amendment.note
    campaign.cutOffAt = amendment.cutOffAt
    try CampaignRowStore.update(campaign, in: transaction)
    if isMoved {
      try CloseCampaign.schedule(campaign, in: transaction)
      try transaction.publish(
        "shop.campaign_moved", subject: id.rawValue, body: #"{"cut_off_at":"\#(campaign.cutOffAt)"}"#)
    }
    try tell("shop.campaign_amend", campaign, by: actor, in: transaction)
  }

  /// Opens the campaign to the community: from now on its items and prices stand.
  /// - Throws: `not_found`, `campaign.published`, or `form.invalid` with all that is missing.
  package static func publish(
    _ id: CampaignID, _ books: Bookkeeping, by actor: CampaignActor, in transaction: Transaction
  ) throws {
    var campaign = try draftCampaign(id, actor, in: transaction)
    let items = try CampaignStore.deskItems(of: id, in: transaction.community, transaction)
    let point = try transaction.pickupPoint(campaign.pickupPoint, in: transaction.community)
    var problems = campaign.publishingProblems(
      items, isPickupPointOpen: point.map { $0.closedAt == nil } ?? false, now: transaction.now)
    problems += try books.problems(with: campaign.terms.fund, in: transaction)
    guard problems.isEmpty else { throw Problem.invalid(problems) }
    campaign.marks.publishedAt = transaction.now
    campaign.terms.platform = try books.platformRate(transaction.community, transaction)
    try CampaignRowStore.update(campaign, in: transaction)
    try CloseCampaign.schedule(campaign, in: transaction)
    try ServeStandingOrders.schedule(campaign, in: transaction)
    try transaction.publish("shop.campaign_published", subject: id.rawValue)
    try tell("shop.campaign_publish", campaign, by: actor, in: transaction)
  }

  /// Calls the campaign off: every order is released and nothing is owed.
  /// - Throws: `not_found`, `campaign.too_late_to_cancel`.
  package static func cancel(
    _ id: CampaignID, _ books: Bookkeeping, by actor: CampaignActor, in transaction: Transaction
  ) throws {
    var campaign = try CampaignStore.find(id, runBy: actor, in: transaction)
    guard campaign.canBeCancelled else { throw Problem.campaignCannotCancel }
    campaign.marks.cancelledAt = transaction.now
    try CampaignRowStore.update(campaign, in: transaction)
    try transaction.cancelJob(CloseCampaign.kind, key: id.description)
    try ReturnPaperHold.returnAll(of: campaign, in: transaction)
    try OrderRelease.releaseAll(of: campaign, books, by: actor.actor, in: transaction)
    try transaction.publish("shop.campaign_cancelled", subject: id.rawValue)
    try tell("shop.campaign_cancel", campaign, by: actor, in: transaction)
  }

  /// Opens a draft like an earlier campaign, for the next time of the same weekdays and hours.
  ///
  /// Items whose goods are no longer offered are left out. Units set aside are those of the earlier campaign, and so are
  /// prices, unless the goods are now sold by another weight: the earlier price would then be for something else.
  /// - Throws: `not_found`, also where the earlier campaign belongs to another leader.
  package static func clone(
    _ id: CampaignID, lotterySeed: String, by actor: CampaignActor, in transaction: Transaction
  ) throws -> Campaign {
    let earlier = try CampaignStore.find(id, runBy: actor, in: transaction)
    let campaign = try create(
      earlier.repeated(after: transaction.now), leader: actor.person, lotterySeed: lotterySeed,
      clonedFrom: id, by: actor, in: transaction)
    let entries = try CampaignStore.deskItems(of: id, in: transaction.community, transaction)
    let units = try CampaignRowStore.unitsSetAside(of: entries.map(\.item.id), in: transaction)
    let drafts = try entries.filter(\.offer.isListed).map { entry in
      let set = units[entry.item.id]
      let isSameMeasure = entry.item.weighed?.terms.basis == entry.offer.weighed?.terms.basis
      return (
        offer: entry.offer,
        draft: try CampaignItemDraft(
          price: isSameMeasure ? entry.item.price : entry.offer.price, stockKind: entry.item.stockKind,
          units: set ?? 0,
          householdLimit: entry.item.householdLimit,
          minimumQuantity: min(entry.item.minimumQuantity, set ?? entry.item.minimumQuantity),
          tiers: isSameMeasure ? entry.tiersWithinReach(of: set ?? 0) : .none,
          isByTheCase: entry.item.isByTheCase)
      )
    }
    _ = try CampaignItemChanges.addAll(drafts, to: campaign, actor: actor.person, in: transaction)
    return campaign
  }

  /// The campaign if it is a draft that this person may change.
  static func draftCampaign(
    _ id: CampaignID, _ actor: CampaignActor, in transaction: Transaction
  ) throws -> Campaign {
    let campaign = try CampaignStore.find(id, runBy: actor, in: transaction)
    guard campaign.isDraft else {
      throw campaign.marks.cancelledAt == nil ? Problem.campaignIsPublished : .campaignCannotChange
    }
    return campaign
  }

  static func tell(
    _ action: StaticString, _ campaign: Campaign, by actor: CampaignActor, in transaction: Transaction
  ) throws {
    try transaction.audit(
      AuditEntry(actor: actor.person, role: actor.role, action: action, object: campaign.id.rawValue))
    touch(campaign.id, in: transaction)
  }

  static func touch(_ campaign: CampaignID, in transaction: Transaction) {
    transaction.touch(.campaign(campaign))
    transaction.touch(.campaignStock(campaign))
    transaction.touch(.campaigns(transaction.community))
  }

  private static func requirePoint(_ id: PickupPointID, in transaction: Transaction) throws {
    guard let point = try transaction.pickupPoint(id, in: transaction.community), point.closedAt == nil else {
      throw Problem.invalid([
        FieldProblem("pickup_point", Phrase("请从列表里选一个自提点。", "Please choose a pickup point from the list."))
      ])
    }
  }
}

extension Campaign {
  init(
    id: CampaignID, community: CommunityID, leader: PersonID, draft: CampaignDraft, lotterySeed: String,
    clonedFrom: CampaignID?
  ) {
    self.init(
      id: id, community: community, leader: leader, title: draft.title, note: draft.note,
      opensAt: draft.opensAt, cutOffAt: draft.cutOffAt, pickupPoint: draft.pickupPoint,
      pickupFrom: draft.pickupFrom, pickupUntil: draft.pickupUntil, minimum: draft.minimum,
      shortageRule: draft.shortageRule, terms: draft.terms, discountSteps: draft.discountSteps,
      lotterySeed: lotterySeed, marks: Marks(), clonedFrom: clonedFrom, audience: draft.audience)
  }

  mutating func apply(_ draft: CampaignDraft) {
    title = draft.title
    note = draft.note
    opensAt = draft.opensAt
    cutOffAt = draft.cutOffAt
    pickupPoint = draft.pickupPoint
    pickupFrom = draft.pickupFrom
    pickupUntil = draft.pickupUntil
    minimum = draft.minimum
    shortageRule = draft.shortageRule
    terms = draft.terms
    discountSteps = draft.discountSteps
    audience = draft.audience
  }
}
