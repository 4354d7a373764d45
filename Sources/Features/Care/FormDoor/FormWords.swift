import Kernel
import Web

extension FormReader {
  /// The words of a form, each under the raw name of its field.
  ///
  /// - Parameters:
  ///   - required: fields that may not be empty.
  ///   - limit: the most code points of one text.
  mutating func words(
    _ fields: [CareDocument.Field], required: Set<CareDocument.Field> = [], limit: Int = 4000
  ) -> CareDocument {
    var document = CareDocument()
    for field in fields {
      let text = lines(field.rawValue, length: 1...limit, isRequired: required.contains(field))
      document[field] = text ?? ""
    }
    return document
  }

  /// How many events of the matter the form had seen; 0 for a form that does not say, which is stale.
  mutating func seen() -> Int64 { integer("seen", in: 0...1_000_000, isRequired: false) ?? 0 }
}

extension FormState {
  /// A form filled with words that were written before.
  init(_ document: CareDocument, _ more: [String: String] = [:]) {
    var stored = more
    for (field, text) in document.written { stored[field.rawValue] = text }
    self.init(stored)
  }
}

extension FormParts {
  /// How far the form has seen the matter.
  func seen(_ open: some OpenMatter) -> HTML { hidden("seen", String(open.events)) }
}
