import Kernel
import Web

/// What was typed at the scale.
enum WeighInForm {
  /// Orders whose weight was left empty are not on the scale yet and are left out.
  /// - Throws: `form.invalid` naming each field.
  static func entries(
    _ form: Form, of orders: [Order], _ item: CampaignItem, _ layouts: [VariableWeightLabel.Layout]
  ) throws -> [WeighInEntry] {
    guard let offer = item.weighed else { throw Problem.notFound }
    var problems = Problems()
    var entries: [WeighInEntry] = []
    for order in orders {
      let field = WeighInEntry.field(order.id)
      guard let text = try form[field], text.contains(where: { !$0.isWhitespace }) else { continue }
      do {
        entries.append(
          WeighInEntry(
            order: order.id, grams: try WeightText.grams(text, of: offer, at: item.settledPrice, layouts),
            seen: try form[WeighInEntry.seenField(order.id)].flatMap { Int64($0) }))
      } catch let problem as Problem {
        let advice = problem.advice ?? Phrase(same: "")
        problems.add(
          field,
          Phrase("\(problem.title.chinese)\(advice.chinese)", "\(problem.title.english) \(advice.english)"))
      }
    }
    try problems.throwIfAny()
    return entries
  }

  /// What stands in the form at first: what was weighed.
  static func initial(_ lines: [WeighInLine]) -> FormState {
    FormState(
      Dictionary(
        lines.map { (WeighInEntry.field($0.order), $0.grams.map(String.init) ?? "") }
      ) { first, _ in first })
  }
}
