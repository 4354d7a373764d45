import Kernel
import Web

/// Reads the discount steps that a leader types for a campaign: so many rows, of which any may stay empty.
enum DiscountStepForm {
  /// The name of one step's field, counted from 0.
  static func field(_ part: DiscountSteps.Part, _ step: Int) -> String {
    part == .threshold ? "discount_threshold_\(step + 1)" : "discount_amount_\(step + 1)"
  }

  /// - Returns: the steps; what is wrong with them stands in the reader.
  static func read(_ reader: inout FormReader) -> DiscountSteps {
    var rows: [Int] = []
    var steps: [DiscountStep] = []
    for row in 0..<DiscountSteps.countLimit {
      let (thresholdField, discountField) = (field(.threshold, row), field(.discount, row))
      let isGiven = reader.raw(thresholdField) != nil || reader.raw(discountField) != nil
      let threshold = reader.money(thresholdField, isRequired: isGiven)
      let discount = reader.money(discountField, isRequired: isGiven)
      guard let threshold, let discount else { continue }
      rows.append(row)
      steps.append(DiscountStep(threshold: threshold, discount: discount))
    }
    for refusal in DiscountSteps.refusals(of: steps) {
      reader.add(field(refusal.part, rows[refusal.step]), refusal.message)
    }
    return DiscountSteps(steps)
  }

  /// What stands in the fields of steps that are there already.
  static func state(_ steps: DiscountSteps) -> [String: String] {
    var values: [String: String] = [:]
    for (row, step) in steps.all.enumerated() {
      values[field(.threshold, row)] = step.threshold.decimal
      values[field(.discount, row)] = step.discount.decimal
    }
    return values
  }
}
