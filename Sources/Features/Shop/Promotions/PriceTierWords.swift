import Kernel
import Web

/// How prices by what is ordered together are said: what is reached, what is missing, and no more; nobody is hurried.
enum PriceTierWords {
  /// `满 50 袋 ¥7.50`, `满 50 条 ¥18.00/公斤`.
  static func tier(_ tier: PriceTier, _ unit: Unit, _ terms: WeighedTerms?) -> Phrase {
    let price = terms == nil ? Phrase(same: tier.price.display) : WeighedWords.price(tier.price, unit, terms)
    return Phrase(
      "满 \(tier.quantity) \(unit.name.chinese) \(price.chinese)", "\(tier.quantity) or more: \(price.english)"
    )
  }

  /// All tiers in one line; nil where there are none.
  static func tiers(_ tiers: PriceTiers, _ unit: Unit, _ terms: WeighedTerms?) -> Phrase? {
    if tiers.isEmpty { return nil }
    let words = tiers.all.map { tier($0, unit, terms) }
    return Phrase(
      words.map(\.chinese).joined(separator: " · "), words.map(\.english).joined(separator: " · "))
  }

  /// Said once where goods with tiers are ordered.
  static let rule = Phrase(
    "先按原价下单。截单时大家一共订到哪一档，就都按哪一档收；先付了的，差价退回。",
    "You order at the item's own price. What all of us have ordered by the cut-off decides the price for everyone; whoever has paid more gets the difference back."
  )

  /// How far the tiers are reached; nil where there is nothing to say.
  static func standing(_ entry: ShelfItem, _ phase: Campaign.Phase) -> Phrase? {
    if entry.tiers.isEmpty { return nil }
    let ordered = entry.level.promised
    let unit = entry.unit.name
    switch phase {
    case .open: return progress(entry)
    case .closing:
      return Phrase("一共订了 \(ordered) \(unit.chinese)，正在汇总", "\(ordered) ordered in all, being added up")
    case .closed, .pickup, .finished: return entry.item.tierResult.map { result($0, entry) }
    case .draft, .upcoming, .failed, .cancelled: return nil
    }
  }

  private static func progress(_ entry: ShelfItem) -> Phrase {
    let ordered = entry.level.promised
    let unit = entry.unit.name.chinese
    let reached = entry.tiers.reached(by: ordered).map { tier -> Phrase in
      let price = self.price(tier.price, entry)
      return Phrase(
        "，够 \(tier.quantity) \(unit)了，现在大家都按 \(price.chinese)",
        ", that is \(price.english) for everyone as it stands")
    }
    let start = Phrase(
      "已订 \(ordered) \(unit)\(reached?.chinese ?? "")", "\(ordered) ordered\(reached?.english ?? "")")
    guard let next = entry.tiers.next(after: ordered) else { return start }
    guard isWithinReach(next, entry) else {
      return Phrase(
        "\(start.chinese)；备货 \(entry.level.onHand) \(unit)，到不了下一档",
        "\(start.english); \(entry.level.onHand) are set aside, too few for the next price")
    }
    let price = self.price(next.price, entry)
    let missing = next.quantity - ordered
    return Phrase(
      "\(start.chinese)。再有 \(missing) \(unit)，大家都按 \(price.chinese)",
      "\(start.english). \(missing) more, and everyone pays \(price.english)")
  }

  private static func isWithinReach(_ tier: PriceTier, _ entry: ShelfItem) -> Bool {
    entry.level.kind == .onDemand || tier.quantity <= entry.level.onHand
  }

  private static func result(_ result: PriceTierResult, _ entry: ShelfItem) -> Phrase {
    let unit = entry.unit.name.chinese
    guard let reached = result.price else {
      let price = self.price(entry.item.price, entry)
      return Phrase(
        "截单时一共订了 \(result.pieces) \(unit)，没到第一档，按原价 \(price.chinese)",
        "\(result.pieces) were ordered by the cut-off, too few for a lower price than \(price.english)")
    }
    let price = self.price(reached, entry)
    return Phrase(
      "截单时一共订了 \(result.pieces) \(unit)，大家都按 \(price.chinese)",
      "\(result.pieces) were ordered by the cut-off: everyone pays \(price.english)")
  }

  private static func price(_ price: Money, _ entry: ShelfItem) -> Phrase {
    entry.item.weighed == nil
      ? Phrase(same: price.display) : WeighedWords.price(price, entry.unit, entry.item.weighed?.terms)
  }

  /// What a line's price was before the close; nil where it has not changed.
  static func placedPrice(_ line: OrderLine) -> Phrase? {
    guard let placed = line.placedPrice else { return nil }
    let price =
      line.weighed == nil
      ? Phrase(same: placed.display) : WeighedWords.price(placed, line.unit, line.weighed?.terms)
    return Phrase(
      "大家订得多，从 \(price.chinese) 降下来了", "down from \(price.english), because so many ordered")
  }

  /// Why a draft cannot be published with a tier.
  static func outOfReach(_ name: Phrase, _ tier: PriceTier, onHand: Int64) -> Phrase {
    Phrase(
      "「\(name.chinese)」备货 \(onHand)，到不了满 \(tier.quantity) 的那一档。",
      "\(onHand) of “\(name.english)” are set aside, too few for its price from \(tier.quantity) on.")
  }
}
