import Kernel
import Web

/// What stands in the two fields of a line, read as far as it can be read.
enum CaseForm {
  static func pieces(_ quantity: String, _ tolerance: String) -> (tolerated: Int64, all: Int64) {
    func number(_ text: String) -> Int64 {
      min(max(0, DecimalText.parse(text, decimals: 0) ?? 0), Order.quantityLimit)
    }
    let wanted = number(quantity)
    let tolerated = wanted > 0 ? number(tolerance) : 0
    return (tolerated, wanted + tolerated)
  }

  /// What stands in the field at first: nothing for 0, so that nobody has to clear it.
  static func text(_ tolerance: Int64) -> String { tolerance > 0 ? String(tolerance) : "" }

  /// What all lines of a form could come to at most, cases filled; nil where it cannot be said.
  static func most(_ items: [ShelfItem], _ state: FormState) -> Money? {
    try? items.reduce(Money.zero) { sum, entry in
      let id = entry.item.id
      let pieces = pieces(
        state.value(QuantityLine.field(id)),
        entry.caseDemand == nil ? "" : state.value(ToleranceField.field(id)))
      return try sum.adding(entry.item.expectedAmount(of: pieces.all))
    }
  }
}
