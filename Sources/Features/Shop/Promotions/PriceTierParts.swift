import Kernel
import Web

/// Price tiers on the pages of others.
enum PriceTierParts {
  /// The tiers of an item, what is reached and what is missing; nothing for items without tiers.
  static func shelf(_ entry: ShelfItem, _ phase: Campaign.Phase, _ say: Wording) -> HTML {
    if entry.tiers.isEmpty { return .empty }
    // Each on a line of its own: a card on a phone is narrow.
    let tiers = entry.tiers.all.map { tier -> HTML in
      "\(say(PriceTierWords.tier(tier, entry.unit, entry.item.weighed?.terms)))<br>"
    }
    let standing: HTML =
      PriceTierWords.standing(entry, phase).map {
        "<span data-live=\"\(LiveFigure.tierName(ofItem: entry.item.id))\">\(say($0))</span>"
      } ?? .empty
    return "<p class=\"hint\">\(tiers)\(standing)</p>"
  }

  /// How tiers work, said once where one of these items has some and can be ordered.
  static func rule(_ items: some Sequence<ShelfItem>, _ phase: Campaign.Phase, _ say: Wording) -> HTML {
    guard phase == .open || phase == .upcoming, items.contains(where: { !$0.tiers.isEmpty }) else {
      return .empty
    }
    return "<p class=\"hint\">\(say(PriceTierWords.rule))</p>"
  }

  /// What the leader sees of an item's tiers; nothing where there are none.
  static func desk(_ entry: DeskItem, _ say: Wording) -> HTML {
    guard let tiers = PriceTierWords.tiers(entry.tiers, entry.offer.unit, entry.item.weighed?.terms) else {
      return .empty
    }
    let result: HTML =
      entry.item.tierResult.map { result in
        " · \(say("截单时 \(result.pieces)，成交价 \(entry.item.settledPrice.display)", "\(result.pieces) at the cut-off: \(entry.item.settledPrice.display)"))"
      } ?? .empty
    return "<br><span class=\"muted\">\(say(tiers))\(result)</span>"
  }

  /// The price of an order's line, with what it was before everyone's was lowered.
  static func linePrice(_ line: OrderLine, _ say: Wording) -> HTML {
    let placed: HTML =
      PriceTierWords.placedPrice(line).map { "<br><span class=\"muted\">\(say($0))</span>" } ?? .empty
    return "\(say(WeighedWords.linePrice(line)))\(placed)"
  }

  /// The fields of an item's tiers, folded away until there is something in them.
  static func fields(_ parts: FormParts, _ state: FormState, _ unit: Unit, _ measure: Phrase, _ say: Wording)
    -> HTML
  {
    let fields = (0..<PriceTiers.countLimit).map { tier -> HTML in
      let number = tier + 1
      return """
        \(parts.number(PriceTierForm.field(.quantity, tier), Phrase("第 \(number) 档：满多少", "Tier \(number): from how many"),
          isRequired: false, suffix: unit.name))\
        \(parts.money(PriceTierForm.field(.price, tier), Phrase("第 \(number) 档：每\(measure.chinese)价格", "Tier \(number): price for one \(measure.english)"),
          isRequired: false))
        """
    }
    let names = (0..<PriceTiers.countLimit).flatMap { tier in
      [PriceTierForm.field(.quantity, tier), PriceTierForm.field(.price, tier)]
    }
    let isOpen = names.contains { !state.value($0).isEmpty || state.problem($0) != nil }
    return """
      <details\(attribute: "open", if: isOpen)><summary>\(say("大家订得多，价格就降", "A lower price when many order"))</summary>\
      <p class="hint">\(say("最多 \(PriceTiers.countLimit) 档，一档比一档多、一档比一档便宜。截单时按一共订到的数，所有人同一个价；发布后不能再改。",
        "At most \(PriceTiers.countLimit) tiers, each for more pieces and at a lower price. What is ordered in all by the cut-off decides one price for everyone; fixed once published."))</p>\
      \(fields)</details>
      """
  }
}
