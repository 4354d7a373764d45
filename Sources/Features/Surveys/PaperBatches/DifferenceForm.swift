import Kernel
import Web

/// What is decided at the third look: for each question that is listed the one answer that counts.
struct DifferenceForm: Sendable {
  let answers: KeyedSheet
  let who: Who?

  /// Whose answer it is, of those that were keyed in; or somebody else, whom the form names.
  enum Who: String, Sendable, CaseIterable {
    case first
    case second
    case other
  }

  enum Choice: String, Sendable, CaseIterable {
    case first
    case second
    case blank
    case unreadable
    case other
  }

  static let who = "d.?"
  static func choice(_ item: String) -> String { "d.\(item)" }

  /// - Parameter list: what has to be decided; what else is decided is taken as well.
  /// - Throws: `form.stale`, `form.invalid` where something is not decided.
  init(_ form: Form, _ paper: PaperForm, _ list: DifferenceList, offsetSeconds: Int) throws {
    let sent = try AnswerForm(form, paper.version.definition, offsetSeconds: offsetSeconds).answers
    var problems = Problems()
    var decided = list.first.sheet
    for entry in paper.entries where entry.number != nil {
      let name = entry.item.name
      let keyed = try KeyingForm.answer(sent, entry)
      let choice = try form[Self.choice(name)].flatMap(Choice.init(rawValue:))
      switch choice {
      case .first?: decided[name] = list.first.sheet[name]
      case .second?: decided[name] = list.second.sheet[name]
      case .blank?: decided[name] = .blank
      case .unreadable?: decided[name] = .unreadable
      case .other? where keyed != .blank: decided[name] = keyed
      case .other?:
        problems.add(
          QuestionParts.field(name), Phrase("请照纸上再录一遍。", "Please key in what stands there."))
      case nil:
        if keyed != .blank {
          decided[name] = keyed
        } else if list.items.contains(name) {
          problems.add(Self.choice(name), Phrase("请定下来算哪一个。", "Please decide which one counts."))
        }
      }
    }
    who = try form[Self.who].flatMap(Who.init(rawValue:))
    if list.differsInWho, who == nil {
      problems.add(Self.who, Phrase("请定下来是谁。", "Please decide who it is."))
    }
    try problems.throwIfAny()
    answers = decided
  }
}

/// What the two entries of a sheet have differently, and what contradicts itself in them.
struct DifferenceList: Sendable {
  let first: PaperEntry
  let second: PaperEntry
  /// The names of the questions that have to be decided, in the order of the paper.
  let items: [String]
  /// Those of them that the two have differently.
  let differing: Set<String>
  let differsInWho: Bool
  /// How many answers were compared.
  let fields: Int
  let warnings: [String: [PaperReview.Warning]]

  /// Everything that differs or contradicts itself; with an answer that should have been left out also the questions that
  /// say so, since it may be they that are wrong.
  /// - Throws: `internal` for a version that cannot be computed.
  init(_ first: PaperEntry, _ second: PaperEntry, _ paper: PaperForm, clock: ExpressionClock) throws {
    (self.first, self.second) = (first, second)
    let reviews = try [first, second].map {
      try PaperReview($0.sheet, of: paper.version, in: paper.language, clock: clock)
    }
    let differences = KeyedSheet.differences(first.sheet, second.sheet, among: paper.questions)
    var listed = Set(differences)
    for review in reviews {
      for item in review.contradictions {
        listed.insert(item)
        listed.formUnion(paper.conditioning(item))
      }
    }
    differing = Set(differences)
    items = paper.questions.filter(listed.contains)
    let terms = paper.version.terms
    differsInWho = first.respondent.subject(terms) != second.respondent.subject(terms)
    fields = paper.questions.count + (terms.privacy == .anonymous ? 0 : 1)
    var warnings: [String: [PaperReview.Warning]] = [:]
    for warning in reviews.flatMap(\.warnings) where warnings[warning.item]?.contains(warning) != true {
      warnings[warning.item, default: []].append(warning)
    }
    self.warnings = warnings
  }

  /// Whether nobody has to look a third time.
  var isEmpty: Bool { items.isEmpty && !differsInWho }

  /// What the two had differently, for the tally.
  var differences: Int { differing.count + (differsInWho ? 1 : 0) }
}

extension Respondent {
  /// What one answer each goes by: the person or the household; nil for nobody.
  func subject(_ terms: QuestionnaireTerms) -> Int64? {
    guard case .person(let person, let household) = self else { return nil }
    return terms.unit == .household ? household?.rawValue : person.rawValue
  }
}
