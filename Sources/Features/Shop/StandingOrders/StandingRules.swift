import Kernel

/// When a need is due, and what of it a campaign gives: pure functions of what was read.
enum StandingRules {
  /// The number of the week, from Monday to Sunday on the community's clock, in which a moment lies.
  static func week(of moment: Timestamp, offsetSeconds: Int) -> Int64 {
    // 1970-01-01 was a Thursday: three days after a Monday.
    let days = CivilDateTime(moment, offsetSeconds: offsetSeconds).dayNumber + 3
    return days >= 0 ? days / 7 : (days - 6) / 7
  }

  /// Whether a need is due in a week. Two campaigns of one week are not ordered from twice, whichever opens first.
  /// - Parameter served: the weeks in which it was ordered, asked for or declined.
  static func isDue(_ need: StandingNeed, in week: Int64, served: Set<Int64>) -> Bool {
    served.allSatisfy { abs($0 - week) >= need.rhythm.weeks }
  }

  /// One of the goods as a campaign offers it to one household at this moment.
  struct Offer: Sendable, Equatable {
    let item: CampaignItemID
    let price: StandingPrice
    /// What the household can still have; nil where there is no limit.
    let left: Int64?
    /// Whether the station holds it back: the other goods are ordered without it.
    var isHeld = false
  }

  /// What a campaign is to give.
  struct Plan: Sendable, Equatable {
    var lines: [StandingTurn.Line] = []
    /// What is to be ordered now, beyond what was ordered before.
    var fresh: [OrderRequest.Wish] = []
  }

  /// What becomes of a standing order in a campaign, now.
  ///
  /// What was ordered or declined before stays; everything else is looked at anew, so that it may be asked as often as
  /// there is reason to.
  /// - Parameters:
  ///   - standing: as it stands now; an order that is paused or ended gives nothing more.
  ///   - before: what became of it until now.
  ///   - offers: the campaign's goods.
  ///   - served: the weeks of other campaigns in which each of the goods was served.
  ///   - week: that of the campaign's pickup.
  ///   - isOpen: whether the campaign takes orders now; before that, goods are planned and questions are asked.
  static func plan(
    _ standing: StandingOrder, isRunning: Bool, before: [StandingTurn.Line],
    offers: [VariantID: Offer], served: [VariantID: Set<Int64>], week: Int64, isOpen: Bool
  ) -> Plan {
    var plan = Plan()
    var known: Set<VariantID> = []
    for line in before where line.state == .ordered || line.state == .declined {
      known.insert(line.variant)
      plan.lines.append(line)
    }
    guard isRunning else { return plan }
    for need in standing.needs where known.insert(need.variant).inserted {
      guard let offer = offers[need.variant], isDue(need, in: week, served: served[need.variant] ?? []) else {
        continue
      }
      let line = line(need, offer, isOpen: isOpen)
      plan.lines.append(line)
      if line.state == .ordered { plan.fresh.append(.init(item: offer.item, quantity: line.quantity)) }
    }
    return plan
  }

  private static func line(_ need: StandingNeed, _ offer: Offer, isOpen: Bool) -> StandingTurn.Line {
    var line = StandingTurn.Line(
      variant: need.variant, item: offer.item, wanted: need.quantity, quantity: 0, price: offer.price,
      state: .asked)
    guard need.price.covers(offer.price) else { return line }
    line.quantity = min(need.quantity, max(0, offer.left ?? need.quantity))
    if isOpen, offer.isHeld {
      line.quantity = 0
      line.state = .refused
      return line
    }
    line.state = !isOpen ? .planned : line.quantity == 0 ? .soldOut : .ordered
    return line
  }

  /// Whether the household has something to hear that it has not heard: a question, a lack, a refusal.
  static func isNews(_ after: [StandingTurn.Line], since before: [StandingTurn.Line]) -> Bool {
    let old = Set(before)
    return after.contains { line in
      guard !old.contains(line) else { return false }
      switch line.state {
      case .asked, .soldOut, .refused: return true
      case .ordered: return line.quantity < line.wanted
      case .planned, .declined: return false
      }
    }
  }
}
