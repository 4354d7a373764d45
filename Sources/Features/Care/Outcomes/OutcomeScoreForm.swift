import Kernel
import Web

/// Reads a score.
enum OutcomeScoreForm {
  static func read(_ form: Form, _ desk: CaseDesk, _ offsetSeconds: Int) throws -> CaseFormDoor.Write {
    var reader = FormReader(form)
    let measure = reader.choice("measure", of: OutcomeScore.Measure.self)
    let phase = reader.choice("phase", of: OutcomeScore.Phase.self)
    let rater = reader.choice("rated_by", of: OutcomeScore.Rater.self)
    let value = reader.raw("value", isRequired: true).flatMap { Int64($0.replacing("−", with: "-")) }
    if let measure, form.all("value") != [""], value.map({ !measure.range.contains($0) }) ?? true {
      let (low, high) = (measure.range.lowerBound, measure.range.upperBound)
      reader.add(
        "value", Phrase("请填 \(low) 到 \(high) 的整数。", "Please enter a whole number from \(low) to \(high)."))
    }
    try reader.finish()
    guard let measure, let phase, let rater, let value else { throw Problem.internalFault }
    return { open, _, transaction in
      try desk.score(measure, phase: phase, value: value, by: rater, open, in: transaction)
    }
  }
}
