import Kernel
import Web

/// What people send of a questionnaire as a whole.
enum QuestionnaireForm {
  struct Draft: Sendable, Equatable {
    let terms: QuestionnaireTerms
    let languages: [FormLanguage]
  }

  /// The languages that the builder offers, by the names that XLSForm gives them.
  static let languages: [(language: FormLanguage, name: Phrase)] = [
    (FormLanguage("中文 (zh)"), Phrase("中文", "Chinese")),
    (FormLanguage("English (en)"), Phrase("英文", "English")),
    (FormLanguage("Монгол (mn)"), Phrase("蒙古文", "Mongolian")),
    (FormLanguage("བོད་སྐད (bo)"), Phrase("藏文", "Tibetan")),
    (FormLanguage("ئۇيغۇرچە (ug)"), Phrase("维吾尔文", "Uyghur")),
  ]

  /// - Parameter earlier: the languages that it has now; those that the page does not offer stay.
  /// - Throws: `form.invalid`.
  static func draft(_ form: Form, keeping earlier: [FormLanguage]) throws -> Draft {
    var reader = FormReader(form)
    let title = reader.text("title", length: 1...100)
    let purpose = reader.lines("purpose", length: 10...1000)
    let privacy = reader.choice("privacy", of: ResponsePrivacy.self)
    let unit = reader.choice("unit", of: ResponseUnit.self)
    let chosen = Set(form.all("language"))
    let offered = languages.map(\.language)
    let kept = earlier.filter { !offered.contains($0) && $0 != .unnamed }
    let all = offered.filter { chosen.contains($0.name) } + kept
    if all.isEmpty { reader.add("language", Phrase("至少选一种语言。", "Please choose at least one language.")) }
    try reader.finish()
    guard let title, let purpose, let privacy, let unit else { throw Problem.staleForm }
    return Draft(
      terms: QuestionnaireTerms(
        title: title, purpose: purpose, privacy: privacy, unit: unit,
        allowsRefusal: reader.isTicked("allows_refusal")), languages: all)
  }

  static func state(of draft: QuestionnaireDraft) -> FormState {
    let terms = draft.terms
    var fields = [
      Form.Field(name: "title", value: terms.title), Form.Field(name: "purpose", value: terms.purpose),
      Form.Field(name: "privacy", value: terms.privacy.rawValue),
      Form.Field(name: "unit", value: terms.unit.rawValue),
    ]
    if terms.allowsRefusal { fields.append(Form.Field(name: "allows_refusal", value: "on")) }
    fields += draft.definition.languages.map { Form.Field(name: "language", value: $0.name) }
    return FormState(Form(fields: fields))
  }
}
