import Kernel
import Web

/// How prices by weight are said: what they are for, what a piece is expected to cost, and that the scale decides.
enum WeighedWords {
  /// `¥19.80/公斤`, or `¥3.50 / 袋` for goods that are not weighed.
  static func price(_ price: Money, _ unit: Unit, _ terms: WeighedTerms?) -> Phrase {
    guard let terms else {
      return Phrase("\(price.display) / \(unit.name.chinese)", "\(price.display) / \(unit.name.english)")
    }
    return Phrase(
      "\(price.display)/\(terms.basis.name.chinese)", "\(price.display) per \(terms.basis.name.english)")
  }

  /// What the price is for, beside the number: `公斤`, `袋`.
  static func measure(_ unit: Unit, _ terms: WeighedTerms?) -> Phrase { terms?.basis.name ?? unit.name }

  /// `一份约 500 克，约 ¥9.90，称重后按实际算`; nil for goods that are not weighed.
  static func expectation(_ price: Money, _ unit: Unit, _ terms: WeighedTerms?) -> Phrase? {
    guard let terms, let one = try? terms.estimate(of: 1, at: price) else { return nil }
    return Phrase(
      "一\(unit.name.chinese)约 \(terms.typicalGrams) 克，约 \(one.high.display)，称重后按实际算",
      "one \(unit.name.english) is about \(terms.typicalGrams) g, about \(one.high.display); charged by what it weighs"
    )
  }

  /// Price and expectation in one line, as a shelf or a list says them.
  static func whole(_ price: Money, _ unit: Unit, _ terms: WeighedTerms?) -> Phrase {
    let first = Self.price(price, unit, terms)
    guard let second = expectation(price, unit, terms) else { return first }
    return Phrase("\(first.chinese) · \(second.chinese)", "\(first.english) · \(second.english)")
  }

  /// An amount of which part is not weighed yet is an estimate, and says so.
  static func amount(_ money: Money, isEstimate: Bool) -> Phrase {
    isEstimate ? Phrase("约 \(money.display)", "about \(money.display)") : Phrase(same: money.display)
  }

  /// The price of an order's line.
  static func linePrice(_ line: OrderLine) -> Phrase {
    line.weighed == nil ? Phrase(same: line.price.display) : price(line.price, line.unit, line.weighed?.terms)
  }

  /// Where the weighing of a line stands; nil for goods that are not weighed, and for a line that gets nothing.
  static func standing(_ line: OrderLine) -> Phrase? {
    guard let weighed = line.weighed, line.due > 0 else { return nil }
    guard let weight = weighed.weight else {
      guard let estimate = try? weighed.terms.estimate(of: line.due, at: line.price),
        let most = try? estimate.most()
      else { return nil }
      return Phrase(
        "估价 \(estimate.high.display)，最多 \(most.display)，等称重",
        "estimated \(estimate.high.display), at most \(most.display), to be weighed")
    }
    let grams = Self.weight(weight.grams)
    if let asked = try? weighed.asked(at: line.price) {
      return Phrase(
        "实重 \(grams.chinese)，按重量是 \(asked.display)，超出了约定，等您同意；先按 \(weight.charged.display) 收",
        "\(grams.english), \(asked.display) by weight, more than was agreed; charged \(weight.charged.display) unless you agree"
      )
    }
    let agreed = weight.agreed == nil ? Phrase(same: "") : Phrase("，您已同意", ", as you agreed")
    return Phrase("实重 \(grams.chinese)\(agreed.chinese)", "weighed \(grams.english)\(agreed.english)")
  }

  /// `580 克`, `1.25 公斤`.
  static func weight(_ grams: Int64) -> Phrase {
    guard grams >= 1000 else { return Phrase("\(grams) 克", "\(grams) g") }
    let kilograms = Quantity(steps: grams, unit: .kilogram).decimal
    return Phrase("\(kilograms) 公斤", "\(kilograms) kg")
  }

  /// What ordering so many pieces agrees to; nil for goods that are not weighed.
  static func consent(_ pieces: Int64, _ price: Money, _ terms: WeighedTerms?) -> Phrase? {
    guard let terms, pieces > 0, let estimate = try? terms.estimate(of: pieces, at: price),
      let most = try? estimate.most()
    else { return nil }
    return Phrase(
      "这一样约 \(estimate.high.display)，最多收 \(most.display)；称出来更贵会先问您",
      "about \(estimate.high.display) for these, at most \(most.display); if they weigh more, you are asked first"
    )
  }

  /// Said once where goods by weight are ordered.
  static let checkoutNote = Phrase(
    "按重量卖的东西先按估价算，称重后按实际重量收。下单就是同意：每样最多收到估价再加上面写的上浮；再多要您点头才收。",
    "Goods sold by weight are estimated first and charged by what they weigh. By ordering you agree to at most the estimate and the tolerance named with each; anything beyond is charged only if you agree."
  )
}
