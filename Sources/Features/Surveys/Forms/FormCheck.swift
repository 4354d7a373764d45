import Kernel

/// Whether a form can be asked: what is wrong with it, and what its author should look at once more.
///
/// The importer of XLSForms and the builder in the browser hold every form against the same rules, so that what one takes,
/// the other takes. Source: field/socialwork.md §5; xlsform.org; pyxform for what other tools refuse.
enum FormCheck {
  /// In the order of the form: the form itself, its lists, its items.
  static func problems(of definition: FormDefinition) -> [FormCheckProblem] {
    problems(of: definition, missing: [:])
  }

  /// - Parameter missing: names that the author wrote but the form does not hold, each with what to say to whoever
  ///   refers to it.
  static func problems(of definition: FormDefinition, missing: [String: Phrase]) -> [FormCheckProblem] {
    var checker = FormChecker(definition, missing: missing)
    checker.checkForm()
    checker.checkLists()
    for position in checker.items.indices { checker.checkItem(position) }
    checker.checkCycles()
    return checker.problems
  }
}

/// One thing that is wrong with a form, or that its author should know.
struct FormCheckProblem: Sendable, Hashable {
  let place: Place
  let part: FormPart
  let message: Phrase
  /// A form with a fault cannot be asked; what is no fault is only advice.
  let isFault: Bool

  enum Place: Sendable, Hashable {
    case form
    /// - Parameter position: among `FormDefinition.allItems`; names need not be unique in a form with faults.
    case item(name: String, position: Int)
    case list(String)
    /// - Parameter position: among the choices of the list.
    case choice(list: String, position: Int)
  }

  /// The name of the item that it is about; nil where it is about the whole form or its choices.
  var item: String? {
    if case .item(let name, _) = place { name } else { nil }
  }
}

/// The parts of a form by their names in XLSForm.
enum FormPart: String, Sendable, CaseIterable {
  case formID = "form_id"
  case title = "form_title"
  case version
  case defaultLanguage = "default_language"
  case listName = "list_name"
  case kind = "type"
  case name
  case label
  case hint
  case guidanceHint = "guidance_hint"
  case required
  case requiredMessage = "required_message"
  case relevant
  case constraint
  case constraintMessage = "constraint_message"
  case calculation
  case defaultValue = "default"
  case readOnly = "read_only"
  case choiceFilter = "choice_filter"
  case appearance
  case parameters
}

/// How large a form may be.
enum FormLimits {
  static let items = 500
  /// Groups in groups.
  static let depth = 8
  static let lists = 100
  static let choices = 200
  static let languages = 10
  /// Further columns of choices, in the whole form.
  static let columns = 20
  /// Characters of names of items and choices.
  static let name = 64
  static let listName = 80
  /// Characters of texts that people read.
  static let text = 5000
  static let title = 200
  static let language = 60
  static let expression = 2000
  /// Characters of `form_id`, `version`, defaults and values of choice columns.
  static let word = 500
}

/// Names as XLSForm has them.
enum FormName {
  /// A letter or underscore, then letters, digits, hyphens, underscores and periods.
  static func isValid(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, first == "_" || isLetter(first) else { return false }
    return name.unicodeScalars.count <= FormLimits.name
      && name.unicodeScalars.allSatisfy { isLetter($0) || isDigitOrMark($0) }
  }

  /// Names of lists may begin with anything that names may hold.
  static func isValidList(_ name: String) -> Bool {
    !name.isEmpty && name.unicodeScalars.count <= FormLimits.listName
      && name.unicodeScalars.allSatisfy { isLetter($0) || isDigitOrMark($0) }
  }

  /// Endings by which other tools tell a file from a list.
  static let fileEndings = [".csv", ".xml", ".geojson"]

  static let rule = Phrase(
    "名称要以字母或下划线开头，后面只能有字母、数字、横线、下划线和点，最多 \(FormLimits.name) 个字。",
    "A name begins with a letter or underscore; then come letters, digits, hyphens, underscores and periods, at most \(FormLimits.name) in all."
  )

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }

  private static func isDigitOrMark(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar) || scalar == "-" || scalar == "_" || scalar == "."
  }
}

/// Holds a form against the rules, one group of them in each of its extensions.
struct FormChecker {
  let definition: FormDefinition
  let missing: [String: Phrase]
  let items: [FormItem]
  /// The first item of each name.
  let positions: [String: Int]
  /// For each item the position of the group that it stands in.
  let parents: [Int?]
  private(set) var problems: [FormCheckProblem] = []

  init(_ definition: FormDefinition, missing: [String: Phrase]) {
    self.definition = definition
    self.missing = missing
    var items: [FormItem] = []
    var parents: [Int?] = []
    func add(_ item: FormItem, in parent: Int?) {
      items.append(item)
      parents.append(parent)
      let position = items.count - 1
      for inner in item.items { add(inner, in: position) }
    }
    for item in definition.items { add(item, in: nil) }
    self.items = items
    self.parents = parents
    positions = Dictionary(
      items.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  func place(_ position: Int) -> FormCheckProblem.Place {
    .item(name: items[position].name, position: position)
  }

  mutating func fault(_ place: FormCheckProblem.Place, _ part: FormPart, _ message: Phrase) {
    problems.append(FormCheckProblem(place: place, part: part, message: message, isFault: true))
  }

  mutating func advise(_ place: FormCheckProblem.Place, _ part: FormPart, _ message: Phrase) {
    problems.append(FormCheckProblem(place: place, part: part, message: message, isFault: false))
  }
}
