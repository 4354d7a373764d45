package import Kernel

/// One printed version of a campaign's catalogue: what it promises whoever orders from it on paper.
package struct PaperCatalogue: Sendable, Equatable {
  package let id: PaperCatalogueID
  package let campaign: CampaignID
  /// 1, 2, 3 … within the campaign.
  package let number: Int64
  /// Until when goods are held back for its slips; slips are taken until the campaign's cut-off.
  package let slipsUntil: Timestamp
  package let printedBy: PersonID
  package let printedAt: Timestamp
  /// When what was held back and not needed was returned to everyone; nil while it is held.
  package let returnedAt: Timestamp?
}

/// One item as a version of the catalogue shows it.
package struct PaperItem: Sendable, Equatable {
  /// What is keyed for it; the same in every version of the campaign's catalogue.
  package let code: String
  package let desk: DeskItem
  /// The most that is paid for one unit, or for the weight that it is sold by: what the paper says.
  package let price: Money
  /// Units held back for this version's slips.
  package let setAside: Int64
  /// Of these, units that its slips have taken.
  package let taken: Int64

  package var id: CampaignItemID { desk.item.id }
  package var name: Phrase { desk.offer.name }
  /// What one unit costs now.
  package var livePrice: Money { desk.item.settledPrice }
}

/// A version with everything that stands on it.
package struct PaperSheet: Sendable {
  package let catalogue: PaperCatalogue
  package let campaign: Campaign
  package let items: [PaperItem]

  /// The item with a code; nil for a code that is not on the paper.
  package func item(_ code: String) -> PaperItem? { items.first { $0.code == code } }

  /// What may still be ordered by a slip of this version; nil where there is no limit.
  func available(_ item: PaperItem) -> Int64? {
    item.desk.level.left.map { $0 + (catalogue.returnedAt == nil ? item.setAside - item.taken : 0) }
  }
}

/// A version that is to be printed.
package struct PaperCatalogueDraft: Sendable, Equatable {
  package let slipsUntil: Timestamp
  /// Units of each item to hold back; items without any may be left out.
  package let holds: [CampaignItemID: Int64]

  package init(slipsUntil: Timestamp, holds: [CampaignItemID: Int64] = [:]) {
    self.slipsUntil = slipsUntil
    self.holds = holds
  }

  /// Why it cannot be printed, by field; a pure function of what was read.
  func problems(with campaign: Campaign, _ items: [DeskItem], now: Timestamp) -> [FieldProblem] {
    var problems = Problems()
    if slipsUntil <= now || slipsUntil > campaign.cutOffAt {
      problems.add(
        "slips_until",
        Phrase(
          "请填现在以后、截单以前的时间。", "Please choose a time from now until the campaign's cut-off."))
    }
    if items.isEmpty || items.count > ItemCode.countLimit {
      problems.add(
        "items",
        Phrase(
          "纸上的目录要有 1 到 \(ItemCode.countLimit) 样商品。",
          "A catalogue on paper has 1 to \(ItemCode.countLimit) items."))
    }
    let known = Set(items.map(\.item.id))
    for id in holds.keys where !known.contains(id) {
      problems.add("held-\(id)", Phrase("这样商品不在这个团里。", "This item is not part of the group-buy."))
    }
    for entry in items {
      guard let wanted = holds[entry.item.id], wanted != 0 else { continue }
      if let problem = Self.problem(wanted, entry) { problems.add("held-\(entry.item.id)", problem) }
    }
    return problems.fields
  }

  private static func problem(_ wanted: Int64, _ entry: DeskItem) -> Phrase? {
    guard let left = entry.level.left else {
      return Phrase("按订单备货的不用留。", "Goods made to order need not be held back.")
    }
    guard (0...left).contains(wanted) else {
      return Phrase("最多能留 \(left) 份。", "At most \(left) can be held back.")
    }
    return nil
  }
}

/// Who may key slips: a leader those of their own campaigns, social workers and the committee those of all.
package struct SlipKeyer: Sendable, Equatable {
  package let person: PersonID
  /// In which role the person keys, for the audit chain.
  package let role: Role

  package static let roles: Set<Role> = [.leader, .socialWorker, .committee]

  /// - Returns: nil for whoever may not key slips of a campaign of this leader.
  package init?(person: PersonID, roles: Set<Role>, leader: PersonID) {
    if person == leader, roles.contains(.leader) {
      role = .leader
    } else if let staff = [Role.socialWorker, .committee].first(where: roles.contains) {
      role = staff
    } else {
      return nil
    }
    self.person = person
  }

  /// Whether somebody with these roles sees the campaigns of every leader.
  static func seesAll(_ roles: Set<Role>) -> Bool {
    roles.contains(.socialWorker) || roles.contains(.committee)
  }
}

extension Problem {
  static let catalogueNotNow = Problem(
    "paper.catalogue_not_now", status: 409,
    Phrase(
      "只有已发布、还没截单的团购能印目录。",
      "A catalogue can be printed of a group-buy that is published and not past its cut-off."),
    advice: Phrase("请先发布团购。", "Please publish the group-buy first."))
}
