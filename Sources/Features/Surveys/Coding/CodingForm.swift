import Kernel
import Web

/// What people send of a coding.
enum CodingForm {
  /// The value of the field `source` for passages of records.
  static let records = "records"

  /// - Parameter items: the open questions that can be coded.
  /// - Throws: `form.invalid`.
  static func draft(_ form: Form, among items: [SurveyTexts.Item]) throws -> CodingDesk.Draft {
    var reader = FormReader(form)
    let chosen = reader.raw("source", isRequired: true)
    let scheme = reader.choice("scheme", of: Coding.Scheme.self)
    let first = reader.identifier("first", of: PersonKind.self)
    let second = reader.identifier("second", of: PersonKind.self)
    let source = chosen.flatMap { Self.source($0, among: items) }
    if chosen != nil, source == nil {
      reader.add("source", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    try reader.finish()
    guard let source, let scheme, let first, let second else { throw Problem.staleForm }
    return CodingDesk.Draft(source: source, scheme: scheme, first: first, second: second)
  }

  private static func source(_ text: String, among items: [SurveyTexts.Item]) -> Coding.Source? {
    if text == records { return .records }
    return items.first { value(of: $0) == text }.map { .answers($0.questionnaire, item: $0.name) }
  }

  static func value(of item: SurveyTexts.Item) -> String { "\(item.questionnaire)/\(item.name)" }

  /// The codes that were ticked, or the one that was chosen; none is a choice.
  /// - Throws: `form.invalid`.
  static func codes(_ form: Form) throws -> Set<ThemeCodeID> {
    let texts = form.all("code").filter { !$0.isEmpty }
    let codes = Set(texts.compactMap { ThemeCodeID($0) })
    guard codes.count == Set(texts).count else {
      throw Problem.invalid([FieldProblem("code", Phrase("请从列表里选择。", "Please choose from the list."))])
    }
    return codes
  }
}
