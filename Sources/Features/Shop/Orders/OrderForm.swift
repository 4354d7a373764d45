import Kernel
import Web

/// Reads what people type when they order: quantities by item, a note, and what makes the request unmistakable.
struct OrderForm: Sendable {
  let quantities: [CampaignItemID: Int64]
  let note: String
  /// What the desk sums and checks; lines of 0 are left out.
  var wishes: [OrderRequest.Wish] {
    quantities.filter { $0.value > 0 }.map { OrderRequest.Wish(item: $0.key, quantity: $0.value) }
      .sorted { $0.item < $1.item }
  }

  /// - Throws: `form.invalid` naming each quantity and the note.
  init(_ form: Form) throws {
    quantities = try Self.quantities(form)
    var reader = FormReader(form)
    note = reader.lines("note", length: 1...200, isRequired: false) ?? ""
    try reader.finish()
  }

  /// Every field `quantity-ITEM` of a form. Empty counts as 0, which is how a line is taken out.
  /// - Throws: `form.invalid` naming each that is no number of 0…999, or that was sent twice.
  static func quantities(_ form: Form) throws -> [CampaignItemID: Int64] {
    var quantities: [CampaignItemID: Int64] = [:]
    var problems = Problems()
    for field in form.fields where field.name.hasPrefix("quantity-") {
      guard let item = CampaignItemID(String(field.name.dropFirst("quantity-".count))) else { continue }
      let text = field.value.filter { !$0.isWhitespace }
      let number = text.isEmpty ? 0 : DecimalText.parse(text, decimals: 0)
      guard let number, (0...Order.quantityLimit).contains(number), quantities[item] == nil else {
        problems.add(
          field.name,
          Phrase("数量请填 0 到 \(Order.quantityLimit)。", "The quantity must be 0 to \(Order.quantityLimit)."))
        continue
      }
      quantities[item] = number
    }
    try problems.throwIfAny()
    return quantities
  }

  /// A problem of the desk, with its lines under the names of the form's fields.
  static func atFields(_ problem: Problem) -> [FieldProblem] {
    if problem.fields.isEmpty { return [FieldProblem("lines", problem.title)] }
    return problem.fields.map { field in
      guard field.field.hasPrefix("item.") else { return field }
      return FieldProblem("quantity-\(field.field.dropFirst("item.".count))", field.message)
    }
  }
}
