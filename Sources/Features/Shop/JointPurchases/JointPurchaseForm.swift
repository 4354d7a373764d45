import Kernel
import Web

/// What makes a campaign a joint purchase when it is opened.
enum JointPurchaseForm {
  static let tick = "for_merchants"
  static let label = Phrase("只给商户一起进货", "For merchants buying together")
  static let hint = Phrase(
    "邻居看不到，家里也订不了；起团条件里的“户”就数商户。",
    "Neighbours do not see it and cannot order; a minimum of households counts merchants.")

  static func audience(_ reader: FormReader) -> Campaign.Audience {
    reader.isTicked(tick) ? .merchants : .households
  }

  /// The field that says for which merchant is ordered.
  static let buyer = "merchant"

  /// - Throws: `form.invalid` naming the field where no merchant is chosen.
  static func buyer(_ form: Form) throws -> MerchantID {
    var reader = FormReader(form)
    let buyer = reader.identifier(Self.buyer, of: MerchantKind.self)
    try reader.finish()
    guard let buyer else { throw Problem.internalFault }
    return buyer
  }
}
