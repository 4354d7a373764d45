package import Kernel

/// What stands in the fields of a form, and what is wrong with them; so that a page shown again loses nothing.
package struct FormState: Sendable {
  private let values: [String: [String]]
  private let problems: [FieldProblem]

  private init(values: [String: [String]], problems: [FieldProblem]) {
    self.values = values
    self.problems = problems
  }

  package static let empty = FormState(values: [:], problems: [])

  /// A form that is shown with what is stored.
  package init(_ stored: [String: String]) {
    self.init(values: stored.mapValues { [$0] }, problems: [])
  }

  /// A form that is shown again with everything that was typed.
  package init(_ form: Form, problems: [FieldProblem] = []) {
    var values: [String: [String]] = [:]
    for field in form.fields { values[field.name, default: []].append(field.value) }
    self.init(values: values, problems: problems)
  }

  /// As above; the problem's fields are shown at their places.
  package init(_ form: Form, _ problem: Problem) {
    self.init(form, problems: problem.fields)
  }

  package func value(_ name: String) -> String { values[name]?.first ?? "" }
  package func has(_ name: String, _ value: String) -> Bool { values[name]?.contains(value) ?? false }
  /// Whether there is a field of this name, be it empty.
  package func contains(_ name: String) -> Bool { values[name] != nil }
  /// Whether something stands in a field of this name, or has to be mended there.
  func concerns(_ name: String) -> Bool {
    problem(name) != nil || values[name]?.contains { !$0.isEmpty } ?? false
  }
  package func problem(_ name: String) -> Phrase? { problems.first { $0.field == name }?.message }
  package var allProblems: [FieldProblem] { problems }
}
