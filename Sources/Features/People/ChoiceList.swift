import Database

/// Sets of choices as one column holds them: `groceries,services`, in the order of their names.
enum ChoiceList {
  static func text<Choice: RawRepresentable>(_ choices: Set<Choice>) -> String
  where Choice.RawValue == String {
    choices.map(\.rawValue).sorted().joined(separator: ",")
  }

  /// - Throws: `DatabaseError.unexpectedValue` for a name that is none of these choices.
  static func choices<Choice: RawRepresentable & Hashable>(
    _ text: String, of kind: Choice.Type = Choice.self
  ) throws -> Set<Choice> where Choice.RawValue == String {
    try Set(
      text.split(separator: ",").map { name in
        guard let choice = Choice(rawValue: String(name)) else {
          throw DatabaseError.unexpectedValue("“\(name)” is no \(Choice.self)")
        }
        return choice
      })
  }
}
