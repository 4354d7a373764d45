import Kernel
import Web

/// Reads minutes.
enum MinutesForm {
  /// - Throws: `form.invalid` naming every wrong field.
  static func content(_ form: Form) throws -> Minutes.Content {
    var reader = FormReader(form)
    let audience = reader.choice("audience", of: Minutes.Audience.self)
    let discussed = reader.lines("discussed", length: 1...4000)
    let decisions = FormLines.read(
      "decisions", length: 1...200, limit: MinutesRules.decisionLimit, &reader)
    let next = reader.lines("next_steps", length: 1...2000, isRequired: false)
    try reader.finish()
    guard let audience, let discussed else { throw Problem.internalFault }
    return Minutes.Content(
      audience: audience, discussed: discussed, decisions: decisions, nextSteps: next ?? "")
  }

  /// A version to begin the next one with.
  static func state(_ minutes: Minutes?) -> FormState {
    guard let content = minutes?.content else { return .empty }
    return FormState([
      "audience": content.audience.rawValue, "discussed": content.discussed,
      "decisions": content.decisions.joined(separator: "\n"), "next_steps": content.nextSteps,
    ])
  }
}
