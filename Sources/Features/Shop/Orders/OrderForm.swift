import Kernel
import Web

/// Reads what people type when they order: quantities by item, a note, and what makes the request unmistakable.
struct OrderForm: Sendable {
  let quantities: [CampaignItemID: Int64]
  /// What people would take beyond that to fill a case.
  let tolerances: [CampaignItemID: Int64]
  let note: String
  /// What the desk sums and checks; lines of 0 are left out.
  var wishes: [OrderRequest.Wish] {
    quantities.filter { $0.value > 0 }
      .map { OrderRequest.Wish(item: $0.key, quantity: $0.value, tolerance: tolerances[$0.key] ?? 0) }
      .sorted { $0.item < $1.item }
  }

  /// - Throws: `form.invalid` naming each quantity, each tolerance and the note.
  init(_ form: Form) throws {
    quantities = try Self.quantities(form)
    tolerances = try Self.tolerances(form, beside: quantities)
    var reader = FormReader(form)
    note = reader.lines("note", length: 1...200, isRequired: false) ?? ""
    try reader.finish()
  }

  /// Every field `quantity-ITEM` of a form. Empty counts as 0, which is how a line is taken out.
  /// - Throws: `form.invalid` naming each that is no number of 0…999, or that was sent twice.
  static func quantities(_ form: Form) throws -> [CampaignItemID: Int64] {
    try numbers("quantity-", form) { _, number in
      (0...Order.quantityLimit).contains(number)
        ? nil
        : Phrase("数量请填 0 到 \(Order.quantityLimit)。", "The quantity must be 0 to \(Order.quantityLimit).")
    }
  }

  /// Every field `tolerance-ITEM` of a form. Empty counts as 0.
  /// - Parameter quantities: what stands beside; both together are at most 999.
  /// - Throws: `form.invalid` naming each that is no number, too large, or was sent twice.
  static func tolerances(
    _ form: Form, beside quantities: [CampaignItemID: Int64]
  ) throws -> [CampaignItemID: Int64] {
    try numbers("tolerance-", form) { item, number in
      (0...Order.quantityLimit - (quantities[item] ?? 0)).contains(number)
        ? nil : OrderRequest.Wish.toleranceRule
    }
  }

  private static func numbers(
    _ prefix: String, _ form: Form, _ problem: (CampaignItemID, Int64) -> Phrase?
  ) throws -> [CampaignItemID: Int64] {
    var numbers: [CampaignItemID: Int64] = [:]
    var problems = Problems()
    for field in form.fields where field.name.hasPrefix(prefix) {
      guard let item = CampaignItemID(String(field.name.dropFirst(prefix.count))) else { continue }
      let text = field.value.filter { !$0.isWhitespace }
      let number = text.isEmpty ? 0 : DecimalText.parse(text, decimals: 0) ?? -1
      let refusal = problem(item, numbers[item] == nil ? number : -1)
      if let refusal { problems.add(field.name, refusal) } else { numbers[item] = number }
    }
    try problems.throwIfAny()
    return numbers
  }

  /// A problem of the desk, with its lines under the names of the form's fields.
  static func atFields(_ problem: Problem) -> [FieldProblem] {
    if problem.fields.isEmpty { return [FieldProblem("lines", problem.title)] }
    return problem.fields.map { field in
      for (prefix, name) in [("item.", "quantity-"), ("tolerance.", "tolerance-")]
      where field.field.hasPrefix(prefix) {
        return FieldProblem("\(name)\(field.field.dropFirst(prefix.count))", field.message)
      }
      return field
    }
  }
}
