import Kernel
import Web

/// What people send of a code.
enum ThemeCodeForm {
  /// - Throws: `form.invalid`.
  static func content(_ form: Form) throws -> ThemeCode.Content {
    var reader = FormReader(form)
    let name = reader.text("name", length: 1...40)
    let definition = reader.lines("definition", length: 5...500)
    let included = reader.lines("include_example", length: 1...500)
    let excluded = reader.lines("exclude_example", length: 1...500, isRequired: false)
    let parent = reader.identifier("parent", of: ThemeCodeKind.self, isRequired: false)
    try reader.finish()
    guard let name, let definition, let included else { throw Problem.staleForm }
    return ThemeCode.Content(
      name: name, definition: definition, includeExample: included, excludeExample: excluded ?? "",
      parent: parent)
  }

  /// Why a code is not used any more.
  /// - Throws: `form.invalid`.
  static func reason(_ form: Form) throws -> String {
    var reader = FormReader(form)
    let reason = reader.text("reason", length: 2...200)
    try reader.finish()
    guard let reason else { throw Problem.staleForm }
    return reason
  }

  static func state(of content: ThemeCode.Content) -> FormState {
    FormState([
      "name": content.name, "definition": content.definition, "include_example": content.includeExample,
      "exclude_example": content.excludeExample, "parent": content.parent?.description ?? "",
    ])
  }
}
