import Kernel

extension OrderDecider {
  /// Names every line that asks for more of goods that are held back; less of them may be asked for at any time.
  /// - Throws: `shop.listing_held`.
  func refuseWhatIsHeld(_ differences: [OrderDifference]) throws {
    if state.held.isEmpty { return }
    let refused = differences.compactMap { difference -> FieldProblem? in
      guard difference.quantity > 0 || difference.tolerance > 0, let item = state.items[difference.item],
        state.held.contains(item.item.product)
      else { return nil }
      let isMore = difference.quantity > 0
      return FieldProblem(
        "\(isMore ? "item" : "tolerance").\(difference.item)",
        Phrase(
          "「\(item.name.chinese)」先停卖，请先不要多订。",
          "“\(item.name.english)” is held back; please do not order more of it for now."))
    }
    if !refused.isEmpty { throw Problem.listingHeld(refused) }
  }
}

extension Problem {
  /// - Parameter fields: the lines that name such goods.
  static func listingHeld(_ fields: [FieldProblem] = []) -> Problem {
    Problem(
      "shop.listing_held", status: 409,
      Phrase("有东西先停卖，服务站正在核实。", "Something is held back while the station looks into a report."),
      advice: Phrase("请去掉这一样再下单，过几天再来看看。", "Please order without it, and look again in a few days."),
      fields: fields)
  }
}
