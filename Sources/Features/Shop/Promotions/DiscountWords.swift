import Kernel

/// How what is taken off of an order is said.
enum DiscountWords {
  /// `满 ¥100 减 ¥10`.
  static func step(_ step: DiscountStep) -> Phrase {
    let (threshold, discount) = (short(step.threshold), short(step.discount))
    return Phrase("满 \(threshold) 减 \(discount)", "\(discount) off orders of \(threshold) or more")
  }

  /// All steps in one line; nil where there are none.
  static func steps(_ steps: DiscountSteps) -> Phrase? {
    if steps.isEmpty { return nil }
    let words = steps.all.map(step)
    return Phrase(
      words.map(\.chinese).joined(separator: " · "), words.map(\.english).joined(separator: " · "))
  }

  /// Said beside the steps: nothing has to be claimed, and nobody gets another.
  static let rule = Phrase("每单自动减，人人一样", "by itself, the same for everyone")

  /// Who pays for it.
  static let bearers = Phrase(
    "减掉的由商户、团长和社区一起承担：各人所得都按减过以后的金额算。",
    "Merchants, leader and community bear it together: each part is reckoned of what is left to pay.")

  /// What is missing to the nearest step; nil where there is none.
  static func missing(_ sum: DiscountedSum) -> Phrase? {
    guard let next = sum.next, let missing = try? next.threshold.subtracting(sum.gross) else { return nil }
    let (more, discount) = (short(missing), short(next.discount))
    return sum.discount == .zero
      ? Phrase("再买 \(more) 减 \(discount)", "\(more) more, and \(discount) is taken off")
      : Phrase("再买 \(more)，一共减 \(discount)", "\(more) more, and \(discount) in all is taken off")
  }

  /// `−¥10.00`.
  static func minus(_ amount: Money) -> String { "−\(amount.display)" }

  /// Without the fen where there are none.
  private static func short(_ money: Money) -> String {
    money.display.hasSuffix(".00") ? String(money.display.dropLast(3)) : money.display
  }
}
