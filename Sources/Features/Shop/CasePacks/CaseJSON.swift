import Kernel
import Web

/// How goods that are bought by the case stand in the API's JSON.
enum CaseJSON {
  /// Writes what a campaign's item says of its cases into the object that is open; nothing for goods by the piece.
  static func write(_ entry: ShelfItem, to json: inout JSONWriter) {
    guard let demand = entry.caseDemand else { return }
    let decision = CasePack.decision(on: demand, terms: entry.item.caseTerms)
    json.field("case_size", entry.item.caseSize)
    json.field("wanted", demand.wanted)
    json.field("tolerated", demand.tolerated)
    json.field("cases", decision.cases)
    switch decision.missing {
    case .toCase(let pieces)?: json.field("missing_to_case", pieces)
    case .toMinimum(let pieces)?: json.field("missing_to_minimum", pieces)
    case nil: break
    }
  }

  /// There for goods that are bought by the case: what is asked so far, the cases that it fills, and the pieces after which
  /// more would be bought, where somebody waits.
  static let itemSchema: [Schema.Property] = [
    .init("case_size", .integer(2...ProductRules.caseSize.upperBound), isRequired: false),
    .init("wanted", .integer(0...Int64.max), isRequired: false),
    .init("tolerated", .integer(0...Int64.max), isRequired: false),
    .init("cases", .integer(0...Int64.max), isRequired: false),
    .init("missing_to_case", .integer(1...Int64.max), isRequired: false),
    .init("missing_to_minimum", .integer(1...Int64.max), isRequired: false),
  ]

  /// Writes what a line says of its cases into the object that is open; nothing for goods by the piece.
  static func write(_ line: OrderLine, to json: inout JSONWriter) {
    if line.tolerance > 0 { json.field("tolerance", line.tolerance) }
    if let wanted = line.wanted { json.field("wanted", wanted) }
    if line.openTolerance > 0, let most = try? line.most() { json.field("most", most) }
  }

  /// What a wish may say beside its quantity.
  static let toleranceSchema = Schema.Property(
    "tolerance", .integer(0...Order.quantityLimit), isRequired: false)

  /// What a line may say: pieces tolerated, pieces that were wanted once cases are bought.
  static let lineSchema: [Schema.Property] = [
    toleranceSchema, .init("wanted", .integer(0...Order.quantityLimit), isRequired: false),
  ]
}
