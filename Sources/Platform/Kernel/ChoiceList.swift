/// Sets of choices as one column holds them: `groceries,services`, in the order of their names.
package enum ChoiceList {
  package static func text<Choice: RawRepresentable>(_ choices: Set<Choice>) -> String
  where Choice.RawValue == String {
    choices.map(\.rawValue).sorted().joined(separator: ",")
  }

  /// The choices of a text; nil where one of its names is none of them.
  package static func read<Choice: RawRepresentable & Hashable>(
    _ text: String, of kind: Choice.Type = Choice.self
  ) -> Set<Choice>? where Choice.RawValue == String {
    let names = text.split(separator: ",")
    let choices = Set(names.compactMap { Choice(rawValue: String($0)) })
    return choices.count == Set(names).count ? choices : nil
  }
}
