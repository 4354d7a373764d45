import Kernel

extension CampaignItem {
  /// Whether the merchant supplies whole cases only.
  package var isByTheCase: Bool { caseSize > 1 }

  /// How its cases are bought.
  package var caseTerms: CasePack.Terms { CasePack.Terms(caseSize: caseSize, minimum: minimumQuantity) }
}

/// Which goods a campaign may buy by the case, and with what stock.
enum CaseOffer {
  /// The name of the field that says so.
  static let field = "by_the_case"

  /// The size of the cases that a draft buys; 1 where it buys by the piece.
  static func size(of draft: CampaignItemDraft, _ offer: VariantOffer) -> Int64 {
    draft.isByTheCase && offer.weighed == nil ? offer.caseSize : 1
  }

  /// Goods by weight have no cases of a known price, and goods without a case size no cases at all.
  /// - Throws: `form.invalid` naming `by_the_case`, or `units` where the stock is not in whole cases.
  static func check(_ draft: CampaignItemDraft, of offer: VariantOffer) throws {
    guard draft.isByTheCase else { return }
    var problems = Problems()
    if offer.weighed != nil {
      problems.add(
        field, Phrase("按重量卖的不能整箱进货。", "Goods sold by weight cannot be bought by the case."))
    } else if offer.caseSize < 2 {
      problems.add(
        field,
        Phrase(
          "这样商品没有写一箱几个，请先在商品里填「箱规」。",
          "The catalogue does not say how many make a case; please fill in its case size first."))
    } else if draft.stockKind == .limited, !isWhole(draft.units, cases: offer.caseSize) {
      problems.add("units", wholeCases(offer.caseSize))
    }
    try problems.throwIfAny()
  }

  /// - Throws: `form.invalid` naming `units`.
  static func checkStock(_ units: Int64, of item: CampaignItem) throws {
    if !isWhole(units, cases: item.caseSize) {
      throw Problem.invalid([FieldProblem("units", wholeCases(item.caseSize))])
    }
  }

  static func isWhole(_ units: Int64, cases size: Int64) -> Bool { units % max(1, size) == 0 }

  private static func wholeCases(_ size: Int64) -> Phrase {
    Phrase("整箱进货，备货数要是 \(size) 的倍数。", "Bought by the case: set aside a multiple of \(size).")
  }
}

extension DeskItem {
  /// What is set aside of goods by the case has to be whole cases, so that no case is promised that cannot be opened.
  func addCaseProblem(to problems: inout Problems) {
    guard item.stockKind == .limited, !CaseOffer.isWhole(level.onHand, cases: item.caseSize) else { return }
    problems.add(
      "item.\(item.id)",
      Phrase(
        "「\(offer.name.chinese)」整箱进货，备货数要是 \(item.caseSize) 的倍数。",
        "“\(offer.name.english)” is bought by the case: set aside a multiple of \(item.caseSize)."))
  }
}
