import Kernel
import Web

/// What people send of an impact assessment.
enum ImpactAssessmentForm {
  private static let length = 1...4000

  /// - Throws: `form.invalid`.
  static func content(
    _ form: Form, at moment: Timestamp, offsetSeconds: Int
  ) throws -> ImpactAssessment.Content {
    var reader = FormReader(form)
    let title = reader.text("title", length: 1...100)
    let handling = reader.lines("handling", length: length)
    let necessity = reader.lines("necessity", length: length)
    let risks = reader.lines("risks", length: length)
    let measures = reader.lines("measures", length: length)
    let conclusion = reader.choice("conclusion", of: ImpactAssessment.Conclusion.self)
    let review = reader.moment("review_at", offsetSeconds: offsetSeconds)
    if let review, review <= moment || review > moment + .days(3 * 366) {
      reader.add(
        "review_at", Phrase("请选三年以内、今天以后的日子。", "Please choose a day after today, within three years."))
    }
    try reader.finish()
    guard let title, let handling, let necessity, let risks, let measures, let conclusion, let review else {
      throw Problem.staleForm
    }
    return ImpactAssessment.Content(
      title: title, handling: handling, necessity: necessity, risks: risks, measures: measures,
      conclusion: conclusion, reviewAt: review)
  }

  /// A version to begin the next one with.
  static func state(of content: ImpactAssessment.Content) -> FormState {
    FormState([
      "title": content.title, "handling": content.handling, "necessity": content.necessity,
      "risks": content.risks, "measures": content.measures, "conclusion": content.conclusion.rawValue,
    ])
  }
}
