import Kernel
import Web

/// What the office says about a refund that a payment service refused.
enum RefundForm {
  struct Otherwise: Sendable, Equatable {
    let way: Payout.Way
    /// When and how the household agreed to it; 6 to 500 characters.
    let agreement: String
  }

  static let agreementLength = 6...500

  /// - Throws: `form.invalid` with every wrong field.
  static func otherwise(_ form: Form) throws -> Otherwise {
    var reader = FormReader(form)
    let way = reader.choice("way", of: Payout.Way.self)
    let agreement = reader.lines("agreement", length: agreementLength)
    try reader.finish()
    guard let way, let agreement else { throw Problem.internalFault }
    return Otherwise(way: way, agreement: agreement)
  }
}
