import Database
import Kernel

/// How a campaign's discount steps are stored: in three pairs of columns, the steps first and zeros after them.
enum DiscountStepRows {
  static let columns: Query = """
    discount_threshold_1, discount_amount_1, discount_threshold_2, discount_amount_2, discount_threshold_3,
    discount_amount_3
    """

  /// The same columns, each with its value.
  static func assignments(_ steps: DiscountSteps) -> Query {
    let values = steps.stored
    return """
      discount_threshold_1 = \(values[0]), discount_amount_1 = \(values[1]),
      discount_threshold_2 = \(values[2]), discount_amount_2 = \(values[3]),
      discount_threshold_3 = \(values[4]), discount_amount_3 = \(values[5])
      """
  }
}

extension DiscountSteps {
  /// Six amounts, in the order of the columns.
  fileprivate var stored: [Money] {
    let amounts = all.prefix(Self.countLimit).flatMap { [$0.threshold, $0.discount] }
    return amounts + Array(repeating: .zero, count: 2 * Self.countLimit - amounts.count)
  }

  var storedValues: [Value] { stored.map(\.storedValue) }

  init(from row: borrowing Row, at column: Int) throws {
    var steps: [DiscountStep] = []
    for place in 0..<Self.countLimit {
      let step = DiscountStep(
        threshold: try row[column + 2 * place], discount: try row[column + 2 * place + 1])
      if step.threshold > .zero { steps.append(step) }
    }
    self.init(steps)
  }
}
