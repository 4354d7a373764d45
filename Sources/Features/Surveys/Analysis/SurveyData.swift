import Kernel

/// All answers to a questionnaire, question by question: what every figure is computed from.
///
/// Answers of all versions stand together, matched by the names of the questions. Rows are people, or households; nothing
/// in them says who, and the order says nothing either. Source: field/socialwork.md §2.7.
struct SurveyData: Sendable, Equatable {
  /// How many answered: the length of every column.
  let count: Int
  /// Every question, in the order of the newest form, then those that only older versions asked.
  let items: [SurveyItem]
  /// By the place of the item. Of locked answers only those that were asked for are here.
  let columns: [Int: SurveyColumn]
  /// How each came in: places in `Collector.Kind.allCases`.
  let modes: [UInt8]
  /// The languages in which somebody answered.
  let languages: [String]
  /// In which each answered: places in `languages`.
  let languageCodes: [UInt8]

  /// The place of the question of this name; nil where there is none.
  func place(of name: String) -> Int? { items.firstIndex { $0.name == name } }

  /// How many are in each state with a question.
  func base(_ place: Int) -> AnswerBase {
    guard let column = columns[place] else { return AnswerBase() }
    var counts = [Int](repeating: 0, count: AnswerStatus.allCases.count)
    for status in column.statuses { counts[Int(status)] += 1 }
    return AnswerBase(
      answered: counts[0], missing: counts[1], refused: counts[2], notAsked: counts[3])
  }
}

/// One question as it is analysed.
struct SurveyItem: Sendable, Hashable {
  /// The name in the form; with `_v2` behind it where an older version asked something of another kind by this name.
  let name: String
  let kind: Kind
  let label: FormText
  /// What could be chosen, in the order of the newest list; a choice that only an older version had stands behind.
  let options: [Option]
  /// Whether the options are points on a scale, the lowest first: the author gave it the look of one, `likert`, or asked for
  /// a score of few points.
  let isRating: Bool
  /// Whether the form may leave it out: it stands under a condition, or a version does not have it.
  let canBeSkipped: Bool
  /// Whether it may be left with “I would rather not say”.
  let canBeRefused: Bool

  enum Kind: String, Sendable, CaseIterable {
    case single
    /// Several may be chosen: each option is a question of yes and no.
    case multiple
    case rank
    case number
    /// A day, a time, or both.
    case moment
    case text
  }

  struct Option: Sendable, Hashable {
    let name: String
    let label: FormText
  }
}

/// How one person stands with one question. The four are never put together.
enum AnswerStatus: UInt8, Sendable, CaseIterable {
  case answered
  /// Asked, and nothing given.
  case missing
  /// “I would rather not say”.
  case refused
  /// Left out because of what was answered before, or not in the version that was asked.
  case notAsked
}

/// The denominators of a question.
struct AnswerBase: Sendable, Equatable {
  var answered = 0
  var missing = 0
  var refused = 0
  var notAsked = 0

  /// Who was asked.
  var asked: Int { answered + missing + refused }
  /// Everybody.
  var total: Int { asked + notAsked }
}

/// The answers to one question.
struct SurveyColumn: Sendable, Equatable {
  /// By row, the raw values of `AnswerStatus`.
  var statuses: [UInt8]
  /// By row; what stands where nothing was answered means nothing.
  var values: Values

  enum Values: Sendable, Equatable {
    /// The place of the chosen option.
    case single([UInt16])
    /// For each option, whether it was chosen: 1 or 0.
    case multiple([[UInt8]])
    /// For each option, the place it was given, from 1; 0 where it was given none.
    case rank([[UInt8]])
    case number([Double])
    /// As forms write them: `2026-03-05`, `14:30:00.000+08:00`.
    case moment([String])
    /// Empty where texts are not part of what was read.
    case text([String])
  }

  init(statuses: [UInt8] = [], values: Values) {
    self.statuses = statuses
    self.values = values
  }

  /// Nothing answered yet.
  init(of kind: SurveyItem.Kind, options: Int) {
    let none = [[UInt8]](repeating: [], count: options)
    statuses = []
    values =
      switch kind {
      case .single: .single([])
      case .multiple: .multiple(none)
      case .rank: .rank(none)
      case .number: .number([])
      case .moment: .moment([])
      case .text: .text([])
      }
  }

  func isAnswered(_ row: Int) -> Bool { statuses[row] == AnswerStatus.answered.rawValue }

  /// The same rows in another order.
  func ordered(_ order: [Int]) -> SurveyColumn {
    func ordered<Value>(_ values: [Value]) -> [Value] { values.isEmpty ? [] : order.map { values[$0] } }
    let next: Values =
      switch values {
      case .single(let codes): .single(ordered(codes))
      case .multiple(let options): .multiple(options.map(ordered))
      case .rank(let options): .rank(options.map(ordered))
      case .number(let numbers): .number(ordered(numbers))
      case .moment(let moments): .moment(ordered(moments))
      case .text(let texts): .text(ordered(texts))
      }
    return SurveyColumn(statuses: ordered(statuses), values: next)
  }
}

extension FormText {
  /// The text in both languages of the program, or in any where one is missing; `fallback` where there is none at all.
  func phrase(or fallback: String) -> Phrase {
    func text(_ code: String) -> String? { byLanguage.first { $0.key.code == code }?.value }
    let any = text("zh") ?? byLanguage.min { $0.key < $1.key }?.value ?? fallback
    return Phrase(text("zh") ?? any, text("en") ?? any)
  }
}

extension SurveyItem {
  var title: Phrase { label.phrase(or: name) }

  /// Among how many it is told what part they are.
  var optionNames: [Phrase] { options.map { $0.label.phrase(or: $0.name) } }
}
