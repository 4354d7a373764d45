import Database
package import Kernel

/// Someone who may weigh goods of one campaign: whoever runs it all of them, a merchant's people that merchant's.
package struct WeighInActor: Sendable, Equatable {
  package let person: PersonID
  /// In which role the person acts here, for the audit chain.
  package let role: Role
  private let campaign: CampaignID
  /// Whose goods; nil for all.
  private let merchants: Set<MerchantID>?

  /// - Returns: nil when the campaign is not the person's to run.
  package init?(_ actor: CampaignActor, _ campaign: Campaign) {
    guard actor.mayRun(campaign) else { return nil }
    self.init(actor.person, actor.role, campaign.id, merchants: nil)
  }

  /// - Parameter merchants: those that the person belongs to.
  /// - Returns: nil when there is nothing that the person may weigh.
  init?(person: PersonID, roles: Set<Role>, merchants: [MerchantID], of campaign: Campaign) {
    if let actor = CampaignActor(person: person, roles: roles, leader: campaign.leader) {
      self.init(actor.person, actor.role, campaign.id, merchants: nil)
    } else if roles.contains(.merchant), !merchants.isEmpty {
      self.init(person, .merchant, campaign.id, merchants: Set(merchants))
    } else {
      return nil
    }
  }

  private init(_ person: PersonID, _ role: Role, _ campaign: CampaignID, merchants: Set<MerchantID>?) {
    self.person = person
    self.role = role
    self.campaign = campaign
    self.merchants = merchants
  }

  /// The same roles as `CampaignActor`, and merchants.
  static let roles: Set<Role> = CampaignActor.roles.union([.merchant])

  /// Whether the person also runs the campaign, and so may see all of it.
  var runsCampaign: Bool { merchants == nil }

  func mayWeigh(_ item: CampaignItem) -> Bool {
    item.campaign == campaign && item.weighed != nil && merchants?.contains(item.merchant) ?? true
  }
}

/// What one order's goods of an item weighed.
package struct WeighInEntry: Sendable, Equatable {
  package let order: OrderID
  /// Of all its pieces together.
  package let grams: Int64
  /// The weight that stood there when this was typed: another one means that somebody else was faster.
  package let seen: Int64?

  package init(order: OrderID, grams: Int64, seen: Int64? = nil) {
    self.order = order
    self.grams = grams
    self.seen = seen
  }

  var field: String { Self.field(order) }
  static func field(_ order: OrderID) -> String { "weight.\(order)" }
  static func seenField(_ order: OrderID) -> String { "seen.\(order)" }
}

/// What happened to the weight of one line, once: such records are only added.
struct WeighingRecord: Sendable, Equatable {
  enum Step: String, Sendable, CaseIterable, Storable {
    case weighed, agreed
  }

  let id: WeighingID
  let order: OrderID
  let position: Int
  let step: Step
  let weight: WeighedLine.Weight
}

/// The rules of the scale: a pure function of what was read and typed.
struct WeighInDecider {
  let campaign: Campaign
  let item: CampaignItem
  /// The orders that were typed in, with their lines.
  let orders: [OrderID: Order]
  let now: Timestamp

  /// A piece that weighs a tenth or ten times of what is usual is a slip of the finger.
  private static let plausible: Int64 = 10

  /// - Returns: the orders with another weight than before, their totals not yet summed anew.
  /// - Throws: `form.invalid` naming each field; `weigh_in.too_early`, `weigh_in.over`, `not_found`.
  func decide(_ entries: [WeighInEntry]) throws -> [(before: Order, after: Order, position: Int)] {
    switch campaign.phase(at: now) {
    case .pickup: break
    case .finished, .failed, .cancelled: throw Problem.weighInOver
    default: throw Problem.weighInTooEarly
    }
    var problems = Problems()
    var changed: [(before: Order, after: Order, position: Int)] = []
    for entry in entries {
      guard let order = orders[entry.order], order.campaign == campaign.id,
        let index = order.lines.firstIndex(where: { $0.item == item.id && $0.due > 0 }),
        let weighed = order.lines[index].weighed
      else { throw Problem.notFound }
      let line = order.lines[index]
      guard line.allocated != nil else { throw Problem.weighInTooEarly }
      if weighed.weight?.grams == entry.grams { continue }
      if let refusal = refusal(of: entry, line, order, weighed) {
        problems.add(entry.field, refusal)
        continue
      }
      var after = order
      after.lines[index].weighed = try weighed.weighing(entry.grams, pieces: line.due, at: line.price)
      changed.append((order, after, line.position))
    }
    try problems.throwIfAny()
    return changed
  }

  private func refusal(
    of entry: WeighInEntry, _ line: OrderLine, _ order: Order, _ weighed: WeighedLine
  ) -> Phrase? {
    guard order.fulfilment.isOpen, line.collected == 0 else {
      return Phrase("已经取走，重量不能再改。", "This was handed over; its weight can no longer be changed.")
    }
    if weighed.weight?.grams != entry.seen {
      let now = WeighedWords.weight(weighed.weight?.grams ?? 0)
      return Phrase(
        "刚刚有人称过：\(now.chinese)。要改的话请再填一次。",
        "Someone weighed it a moment ago: \(now.english). Type it again to change it.")
    }
    let usual = weighed.terms.typicalGrams * line.due
    guard entry.grams <= usual * Self.plausible, usual <= entry.grams * Self.plausible else {
      return Phrase(
        "\(line.due) 份一般约 \(usual) 克，\(entry.grams) 克不像，请核对。",
        "\(line.due) weigh about \(usual) g as a rule; \(entry.grams) g looks wrong, please check.")
    }
    return nil
  }
}

extension Problem {
  static let weighInTooEarly = Problem(
    "weigh_in.too_early", status: 409,
    Phrase("货还没登记到，先不能称。", "The goods have not been counted in, so they cannot be weighed yet."),
    advice: Phrase("请先登记到货。", "Please record the arrival first."))

  static let weighInOver = Problem(
    "weigh_in.over", status: 409,
    Phrase("这个团购已经结束，重量不能再改。", "This group-buy is over; weights can no longer be changed."),
    advice: Phrase("有问题请联系居委会。", "If something is wrong, please tell the neighbourhood committee."))
}
