/// A language of a questionnaire as its author named it: `中文 (zh)`, `English (en)`.
package struct FormLanguage: Sendable, Hashable, Comparable {
  /// Empty for the one language of a form that names none.
  package let name: String

  package init(_ name: String) {
    self.name = name
  }

  /// The one language of a form that names none.
  package static let unnamed = FormLanguage("")

  /// What stands in the parentheses at the end of the name, in lower case: `zh`; nil where nothing does.
  /// Source: XLSForm reference, “Multiple language support”.
  package var code: String? {
    guard name.hasSuffix(")"), let open = name.lastIndex(of: "(") else { return nil }
    let code = name[name.index(after: open)...].dropLast()
    return code.isEmpty ? nil : code.lowercased()
  }

  /// What people read who choose it: the name without the code.
  package var title: String {
    guard code != nil, let open = name.lastIndex(of: "(") else { return name }
    return String(name[..<open].reversed().drop(while: \.isWhitespace).reversed())
  }

  package static func < (one: FormLanguage, other: FormLanguage) -> Bool { one.name < other.name }
}

/// What a questionnaire says at one place, in each of its languages. A language for which there is no text is missing.
package struct FormText: Sendable, Hashable {
  package var byLanguage: [FormLanguage: String]

  package init(_ byLanguage: [FormLanguage: String] = [:]) {
    self.byLanguage = byLanguage
  }

  /// A text of a form that names no languages.
  package init(_ text: String) {
    byLanguage = text.isEmpty ? [:] : [.unnamed: text]
  }

  package static let none = FormText()

  package var isEmpty: Bool { byLanguage.isEmpty }

  /// The text in a language, or in the first of `others` that has one, or in any; nil where there is none at all.
  package func text(in language: FormLanguage, or others: [FormLanguage] = []) -> String? {
    if let text = byLanguage[language] { return text }
    for other in others { if let text = byLanguage[other] { return text } }
    return byLanguage.min { $0.key < $1.key }?.value
  }
}
