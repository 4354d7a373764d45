package import Kernel
package import People

/// How far a campaign has come: who has ordered, and for how much.
package struct CampaignProgress: Sendable, Equatable {
  /// Distinct households with an order that stands.
  package let households: Int64
  /// The sum of the orders that stand.
  package let amount: Money

  package init(households: Int64, amount: Money) {
    self.households = households
    self.amount = amount
  }

  package func reaches(_ minimum: Campaign.Minimum) -> Bool {
    switch minimum {
    case .none: true
    case .households(let count): households >= count
    case .amount(let wanted): amount >= wanted
    }
  }
}

/// Someone who may run one campaign: its leader, or staff who look after all campaigns of the community.
///
/// There is no way to one but this check, so a change that takes it need not ask again who is there.
package struct CampaignActor: Sendable, Equatable {
  package let person: PersonID
  /// In which role the person acts here, for the audit chain.
  package let role: Role
  /// The booking for whose visit the person acts; nil for group-buys.
  private let booking: BookingID?

  /// Whoever may open a campaign at all.
  package static let roles: Set<Role> = [.leader, .committee, .operator]

  /// - Returns: nil when the person may not run a campaign of this leader.
  package init?(person: PersonID, roles: Set<Role>, leader: PersonID) {
    if person == leader, roles.contains(.leader) {
      role = .leader
    } else if let staff = [Role.committee, .operator].first(where: roles.contains) {
      role = staff
    } else {
      return nil
    }
    self.person = person
    booking = nil
  }

  /// Whoever may act for a visit, over the visit's own campaign and no other.
  init(_ actor: BookingActor) {
    person = actor.person
    role = actor.role
    booking = actor.booking
  }

  /// The same person in the same role, without the campaign.
  package var actor: Actor { Actor(person: person, role: role) }

  func mayRun(_ campaign: Campaign) -> Bool {
    campaign.booking == booking && (role != .leader || campaign.leader == person)
  }
}

extension Campaign {
  /// Its leader, for what happens by itself when a time has come.
  var leading: Actor { Actor(person: leader, role: .leader) }

  /// Whether its times, words and items may still be changed freely.
  package var isDraft: Bool { marks.publishedAt == nil && marks.cancelledAt == nil }

  /// Whether the campaign may be called off now: goods that are there are not taken back.
  package var canBeCancelled: Bool {
    marks.cancelledAt == nil && marks.failedAt == nil && marks.arrivedAt == nil && marks.finishedAt == nil
  }

  /// What closing the campaign at this moment comes to.
  enum Closing: Equatable {
    /// It is marked already, or was never published.
    case nothing
    /// Not due yet: the cut-off lies ahead.
    case later(Timestamp)
    case succeeds
    case fails
  }

  func closing(at now: Timestamp, progress: () throws -> CampaignProgress) rethrows -> Closing {
    let isMarked = marks.closedAt != nil || marks.failedAt != nil || marks.cancelledAt != nil
    guard marks.publishedAt != nil, !isMarked else { return .nothing }
    guard now >= cutOffAt else { return .later(cutOffAt) }
    return try progress().reaches(minimum) ? .succeeds : .fails
  }

  /// The fewest whole weeks, at least one, by which the times move so that the campaign opens after `now`.
  static func weeksToNextSlot(opensAt: Timestamp, now: Timestamp) -> Int64 {
    let week = Duration.days(7).wholeMicroseconds
    let behind = now.microseconds - opensAt.microseconds
    return behind < 0 ? 1 : max(1, behind / week + 1)
  }

  /// The draft that repeats this campaign at the next time of the same weekdays and hours.
  package func repeated(after now: Timestamp) -> CampaignDraft {
    let shift = Duration.days(7 * Self.weeksToNextSlot(opensAt: opensAt, now: now))
    return CampaignDraft(
      title: title, note: note, opensAt: opensAt + shift, cutOffAt: cutOffAt + shift,
      pickupPoint: pickupPoint, pickupFrom: pickupFrom + shift, pickupUntil: pickupUntil + shift,
      minimum: minimum, shortageRule: shortageRule, terms: terms, discountSteps: discountSteps,
      audience: audience)
  }

  /// What keeps a draft from being published, by field; empty when nothing does.
  func publishingProblems(
    _ items: [DeskItem], isPickupPointOpen: Bool, now: Timestamp
  ) -> [FieldProblem] {
    var problems = Problems()
    if items.isEmpty {
      problems.add("items", Phrase("请先加商品，至少一样。", "Please add at least one item first."))
    }
    if cutOffAt <= now {
      problems.add(
        "cut_off_at", Phrase("截单时间已经过了，请改一个将来的时间。", "The cut-off has passed; please choose a later one."))
    }
    if !isPickupPointOpen {
      problems.add(
        "pickup_point", Phrase("这个自提点已停用，请另选一个。", "This pickup point is closed; please choose another."))
    }
    for entry in items { entry.addPublishingProblems(to: &problems) }
    return problems.fields
  }
}

extension DeskItem {
  fileprivate func addPublishingProblems(to problems: inout Problems) {
    let field = "item.\(item.id)"
    if !offer.isListed {
      problems.add(
        field,
        Phrase(
          "「\(offer.name.chinese)」已下架，请移出。", "“\(offer.name.english)” is no longer offered; please remove it."
        ))
    }
    if item.price.minorUnits <= 0 {
      problems.add(
        field, Phrase("「\(offer.name.chinese)」还没有价格。", "“\(offer.name.english)” has no price yet."))
    }
    if item.stockKind == .limited, level.onHand < max(1, item.minimumQuantity) {
      problems.add(
        field,
        Phrase(
          "「\(offer.name.chinese)」的备货数不够，请填至少 \(max(1, item.minimumQuantity)) 份。",
          "Set aside at least \(max(1, item.minimumQuantity)) of “\(offer.name.english)”."))
    }
    if item.stockKind == .limited, let last = tiers.all.last, last.quantity > level.onHand {
      problems.add(field, PriceTierWords.outOfReach(offer.name, last, onHand: level.onHand))
    }
    addCaseProblem(to: &problems)
  }
}

/// One item as the leader sees it: with its goods and its stock.
package struct DeskItem: Sendable, Equatable {
  package let item: CampaignItem
  package let offer: VariantOffer
  package let level: StockLevel
  package let tiers: PriceTiers

  /// The tiers that can be reached when so many units are set aside.
  func tiersWithinReach(of units: Int64) -> PriceTiers {
    item.stockKind == .limited ? tiers.upTo(units) : tiers
  }
  /// What is asked of it, where it is bought by the case; nil otherwise.
  package let caseDemand: CasePack.Demand?
  /// Whether the station holds it back: nobody can order it, and no list that is handed out offers it.
  package let isHeld: Bool
}

extension Problem {
  static let campaignIsPublished = Problem(
    "campaign.published", status: 409,
    Phrase("团购已经发布，商品和价格不能再改。", "The group-buy is published; its items and prices are fixed."),
    advice: Phrase(
      "还可以改说明、把截单时间往后移、增加备货；或者取消后重新开一个。",
      "You can still change the note, move the cut-off and add stock; or cancel it and open another."))

  static let campaignCannotChange = Problem(
    "campaign.ended", status: 409,
    Phrase("这个团购已经结束，不能再改。", "This group-buy has ended and can no longer be changed."),
    advice: Phrase("可以再开一个同样的团购。", "You can open the same one again."))

  static let campaignCannotCancel = Problem(
    "campaign.too_late_to_cancel", status: 409,
    Phrase("货已经到了或团购已经结束，不能再取消。", "The goods have arrived or it has ended; it cannot be called off."),
    advice: Phrase("有问题的商品请走售后。", "Please settle faulty goods one by one."))

  static let itemIsThere = Problem(
    "campaign.item_exists", status: 409,
    Phrase("这样商品已经在团里了。", "This item is already part of the group-buy."),
    advice: Phrase("直接改它的价格或备货就好。", "Just change its price or stock."))

  static let itemCountReached = Problem(
    "campaign.too_many_items", status: 409,
    Phrase(
      "一个团最多 \(CampaignItemDraft.countLimit) 样商品。",
      "A group-buy has at most \(CampaignItemDraft.countLimit) items."),
    advice: Phrase("请另开一个团。", "Please open another one."))
}
