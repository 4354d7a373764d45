import Web

/// What stands beside sums.
enum PaymentParts {
  /// Said where sums are added up before an order is placed; nothing in a live community, where they are what they are.
  static func note(_ say: Wording) -> HTML {
    guard say.isPractice else { return .empty }
    return
      "<p class=\"hint\">\(say("金额都是练习币，不用真的付。", "All amounts are practice money; nothing is really paid."))</p>"
  }
}
