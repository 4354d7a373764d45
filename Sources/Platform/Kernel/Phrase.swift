/// The languages Nuanlin speaks. Chinese comes first; English is complete.
package enum Language: String, Sendable, CaseIterable, Hashable {
  case chinese = "zh"
  case english = "en"

  /// The value of the HTML `lang` attribute and of `Content-Language`.
  package var tag: String { self == .chinese ? "zh-CN" : "en" }
}

/// A sentence or label in both languages, written beside its use. There is no way to write only one.
package struct Phrase: Sendable, Hashable, Codable {
  package let chinese: String
  package let english: String

  package init(_ chinese: String, _ english: String) {
    self.chinese = chinese
    self.english = english
  }

  /// Text that reads the same in every language: a name, a number.
  package init(same text: String) {
    self.init(text, text)
  }

  package subscript(language: Language) -> String {
    language == .chinese ? chinese : english
  }
}
