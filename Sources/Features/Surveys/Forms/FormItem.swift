/// One row of a questionnaire: a question, something calculated or noted, or a group of rows.
///
/// Expressions are kept as they were written; `Expression` parses them.
package struct FormItem: Sendable, Hashable {
  /// Unique in the form. A letter or underscore, then letters, digits, hyphens, underscores and periods.
  package var name: String
  package var kind: Kind
  package var label: FormText
  package var hint: FormText
  package var guidanceHint: FormText
  /// An expression: `true()` for `yes`; nil where it need not be answered.
  package var required: String?
  package var requiredMessage: FormText
  /// Under which condition it is asked at all.
  package var relevant: String?
  /// What the answer, written `.`, has to meet.
  package var constraint: String?
  package var constraintMessage: FormText
  /// What its value is computed from.
  package var calculation: String?
  /// The answer that stands there at first.
  package var defaultValue: String?
  /// An expression: `true()` where the answer only stands to be read.
  package var readOnly: String?
  /// Which rows of the list are offered; names of the list's columns stand for the row's values.
  package var choiceFilter: String?
  /// Single words, such as `likert` or `minimal`, in the order in which they were written.
  package var appearance: [String]
  package var parameters: [Parameter]
  /// Of a group; empty for everything else.
  package var items: [FormItem]

  package enum Kind: Sendable, Hashable {
    case selectOne(list: String)
    case selectMultiple(list: String)
    case rank(list: String)
    case text
    case integer
    case decimal
    /// A number between bounds; `parameters` holds `start`, `end` and `step`, all three.
    case range
    case date
    case time
    case dateTime
    case note
    case acknowledge
    case calculate
    case hidden
    case group
    /// When the answering began.
    case start
    /// When it ended.
    case end
    /// The day on which it began.
    case today
  }

  package struct Parameter: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(name: String, kind: Kind, label: FormText = .none, items: [FormItem] = []) {
    self.name = name
    self.kind = kind
    self.label = label
    self.items = items
    hint = .none
    guidanceHint = .none
    requiredMessage = .none
    constraintMessage = .none
    appearance = []
    parameters = []
  }

  /// This item and all inside it, a group before its items.
  package var withDescendants: [FormItem] { [self] + items.flatMap(\.withDescendants) }

  /// The value of a parameter; nil where it is not given.
  package func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

  /// The list that it offers choices of; nil where it offers none.
  package var list: String? {
    switch kind {
    case .selectOne(let list), .selectMultiple(let list), .rank(let list): list
    default: nil
    }
  }

  /// Whether a person answers it: everything but notes, groups and what the program fills in.
  package var isQuestion: Bool {
    switch kind {
    case .note, .calculate, .hidden, .group, .start, .end, .today: false
    default: true
    }
  }
}
