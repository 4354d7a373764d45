package import Kernel

extension ChoiceList {
  /// - Throws: `DatabaseError.unexpectedValue` for a name that is none of these choices.
  package static func choices<Choice: RawRepresentable & Hashable>(
    _ text: String, of kind: Choice.Type = Choice.self
  ) throws -> Set<Choice> where Choice.RawValue == String {
    guard let choices = read(text, of: kind) else {
      throw DatabaseError.unexpectedValue("“\(text)” holds what is no \(Choice.self)")
    }
    return choices
  }
}
