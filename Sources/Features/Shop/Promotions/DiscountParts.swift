import Kernel
import Web

/// Discount steps on the pages of others.
enum DiscountParts {
  /// What a campaign takes off, for everyone to see; nothing where it takes nothing.
  static func announcement(_ steps: DiscountSteps, _ say: Wording) -> HTML {
    guard let words = DiscountWords.steps(steps) else { return .empty }
    return "<p><strong>\(say(words))</strong> <span class=\"muted\">\(say(DiscountWords.rule))</span></p>"
  }

  /// The same for the leader, with who bears it.
  static func desk(_ steps: DiscountSteps, _ say: Wording) -> HTML? {
    guard let words = DiscountWords.steps(steps) else { return nil }
    return "\(say(words))<br><span class=\"muted\">\(say(DiscountWords.bearers))</span>"
  }

  /// What an order comes to: goods, discount and total, and once what is missing to the next step.
  static func sum(_ sum: DiscountedSum, isEstimate: Bool, _ say: Wording) -> HTML {
    let missing: HTML =
      DiscountWords.missing(sum).map { "<p class=\"hint\">\(say($0))</p>" } ?? .empty
    return total(sum.gross, sum.discount, sum.total, isEstimate: isEstimate, say) + missing
  }

  /// What an order that stands comes to, with what after-sales gave back of it.
  static func sum(_ order: Order, _ say: Wording) throws -> HTML {
    let goods = try order.lines.reduce(Money.zero) { try $0.adding($1.fullAmount(of: $1.due)) }
    let back = try order.lines.reduce(Money.zero) { try $0.adding($1.givenBack.total()) }
    let given: HTML =
      back == .zero ? .empty : "<p>\(say("售后退", "Given back")) \(DiscountWords.minus(back))</p>"
    return try given + total(goods, order.discountNow(), order.total, isEstimate: order.isEstimate, say)
  }

  private static func total(
    _ gross: Money, _ discount: Money, _ total: Money, isEstimate: Bool, _ say: Wording
  ) -> HTML {
    let parts: HTML =
      discount == .zero
      ? .empty
      : """
      <p>\(say("商品", "Goods")) \(say(WeighedWords.amount(gross, isEstimate: isEstimate)))<br>\
      \(say("满减", "Discount")) \(DiscountWords.minus(discount))</p>
      """
    return """
      \(parts)<p class="price">\(say("合计", "Total")) \(say(WeighedWords.amount(total, isEstimate: isEstimate)))</p>
      """
  }

  /// The fields of a campaign's steps, folded away until there is something in them.
  static func fields(_ parts: FormParts, _ state: FormState, _ say: Wording) -> HTML {
    let fields = (0..<DiscountSteps.countLimit).map { step -> HTML in
      let number = step + 1
      return """
        \(parts.money(DiscountStepForm.field(.threshold, step), Phrase("第 \(number) 档：一单满", "Step \(number): an order of"), isRequired: false))\
        \(parts.money(DiscountStepForm.field(.discount, step), Phrase("第 \(number) 档：减", "Step \(number): taken off"), isRequired: false))
        """
    }
    let names = (0..<DiscountSteps.countLimit).flatMap { step in
      [DiscountStepForm.field(.threshold, step), DiscountStepForm.field(.discount, step)]
    }
    let isOpen = names.contains { !state.value($0).isEmpty || state.problem($0) != nil }
    return """
      <details\(attribute: "open", if: isOpen)><summary>\(say("满减", "A discount on larger orders"))</summary>\
      <p class="hint">\(say("最多 \(DiscountSteps.countLimit) 档，减的要少于满额的一半；每单自动减，人人一样，发布后不能再改。\(DiscountWords.bearers.chinese)",
        "At most \(DiscountSteps.countLimit) steps, each less than half of its amount; the same for everyone, fixed once published. \(DiscountWords.bearers.english)"))</p>\
      \(fields)</details>
      """
  }

  /// The part of a merchant's goods in what was taken off; nothing where that is nothing.
  static func supplier(_ discount: Money, _ say: Wording) -> HTML {
    if discount == .zero { return .empty }
    return """
      <p>\(say("邻居下单时的满减", "Taken off of neighbours' orders")) \(DiscountWords.minus(discount))\
      <br><span class="muted">\(say(DiscountWords.bearers))</span></p>
      """
  }
}
