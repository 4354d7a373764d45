package import Kernel

/// How many pieces more or fewer of an item a request asks for.
struct OrderDifference: Sendable, Equatable {
  let item: CampaignItemID
  /// Of the order's line.
  let position: Int
  /// Pieces wanted more than before, or fewer.
  let quantity: Int64
  /// Pieces tolerated more than before, or fewer.
  let tolerance: Int64

  /// What counts against a household's limit.
  var asked: Int64 { quantity + tolerance }

  /// What leads from an order's lines to others, by their positions; lines that stay the same are left out.
  static func between(_ before: [OrderLine], _ after: [OrderLine]) -> [OrderDifference] {
    (0..<max(before.count, after.count)).compactMap { index in
      let old = index < before.count ? before[index] : nil
      let new = index < after.count ? after[index] : nil
      guard let line = new ?? old else { return nil }
      let difference = OrderDifference(
        item: line.item, position: line.position, quantity: (new?.quantity ?? 0) - (old?.quantity ?? 0),
        tolerance: (new?.tolerance ?? 0) - (old?.tolerance ?? 0))
      return difference.quantity == 0 && difference.tolerance == 0 ? nil : difference
    }
  }
}

extension OrderDecider {
  /// Pieces beyond what is wanted can be tolerated only of items that are bought by the case.
  /// - Throws: `form.invalid` naming `tolerance.ITEM`.
  func refuseToleranceByThePiece(_ wishes: [OrderRequest.Wish]) throws {
    var problems = Problems()
    for wish in wishes where wish.tolerance > 0 {
      guard let item = state.items[wish.item]?.item, !item.isByTheCase else { continue }
      problems.add(
        "tolerance.\(wish.item)",
        Phrase(
          "这一样不是整箱进货的，凑箱可多要的份数请空着。",
          "This is not bought by the case; please leave what you would take to fill a case empty."))
    }
    try problems.throwIfAny()
  }

  /// Why a household may not ask so many more of an item; nil where it may.
  ///
  /// Tolerated pieces count, since they may come. The field that names them is at fault where what is wanted would fit.
  static func limitProblem(
    _ difference: OrderDifference, of name: Phrase, limit: Int64, already: Int64, for who: Campaign.Audience
  ) -> FieldProblem? {
    guard difference.asked > 0, already + difference.asked > limit else { return nil }
    let (each, own) = who.limited
    if difference.tolerance > 0, already + difference.quantity <= limit {
      return FieldProblem(
        "tolerance.\(difference.item)",
        Phrase(
          "「\(name.chinese)」\(each.chinese)限购 \(limit) 份，连同凑箱可多要的一起算，\(own)已占 \(already) 份。",
          "“\(name.english)” is limited to \(limit) \(each.english), with what you would take to fill a case; yours has \(already)."
        ))
    }
    return FieldProblem(
      "item.\(difference.item)",
      Phrase(
        "「\(name.chinese)」\(each.chinese)限购 \(limit) 份，\(own)已订 \(already) 份。",
        "“\(name.english)” is limited to \(limit) \(each.english); yours has \(already)."))
  }
}

extension OrderRequest.Wish {
  /// Two lines of one item are one: both parts are summed.
  /// - Parameter index: of the line as it was sent.
  /// - Throws: `form.invalid` naming `lines[INDEX].tolerance`.
  func merged(with other: OrderRequest.Wish, at index: Int) throws -> OrderRequest.Wish {
    try checkTolerance(at: index)
    return OrderRequest.Wish(
      item: item, quantity: quantity + other.quantity, tolerance: tolerance + other.tolerance)
  }

  /// What comes in the end is no more than an order may hold of one item.
  /// - Throws: `form.invalid` naming `lines[INDEX].tolerance`.
  func checkTolerance(at index: Int) throws {
    guard (0...Order.quantityLimit).contains(tolerance), quantity + tolerance <= Order.quantityLimit else {
      throw Problem.invalid([FieldProblem("lines[\(index)].tolerance", Self.toleranceRule)])
    }
  }

  static let toleranceRule = Phrase(
    "凑箱可多要的份数请填 0 或更多，和数量加起来最多 \(Order.quantityLimit)。",
    "What you would take to fill a case must be 0 or more, with the quantity at most \(Order.quantityLimit).")
}

extension OrderLine {
  /// What the household could at most have to pay for it: until its campaign closes, that includes what it would take to
  /// fill a case.
  /// - Throws: `money.overflow`.
  package func most() throws -> Money { try amount(of: due + openTolerance) }

  /// Pieces that the campaign's close may still add.
  package var openTolerance: Int64 { wanted == nil && allocated == nil ? tolerance : 0 }
}

extension [OrderLine] {
  /// The most that all of them could come to.
  /// - Throws: `money.overflow`.
  package func most() throws -> Money { try reduce(.zero) { try $0.adding($1.most()) } }
}
