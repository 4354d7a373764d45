import Kernel
import Web

/// What somebody read on one sheet beside one question.
enum KeyedAnswer: Sendable, Equatable {
  /// As it is kept, see `AnswerText.normalised`; never empty.
  case written(String)
  case blank
  /// Something stands there, and nobody can say what: also where two boxes were ticked and one was asked for.
  case unreadable
  /// The box “I would rather not say” is ticked.
  case refused

  /// Its name in forms and in what is stored; nil for what is written.
  var mark: String? {
    switch self {
    case .written: nil
    case .blank: "blank"
    case .unreadable: "unreadable"
    case .refused: "refused"
    }
  }

  init?(mark: String) {
    switch mark {
    case "blank": self = .blank
    case "unreadable": self = .unreadable
    case "refused": self = .refused
    default: return nil
    }
  }

  var name: Phrase {
    switch self {
    case .written(let text): Phrase(same: text)
    case .blank: Phrase("没填", "Not answered")
    case .unreadable: Phrase("看不清", "Unreadable")
    case .refused: Phrase("不想说", "I would rather not say")
    }
  }
}

/// All that somebody read on one sheet: as it is written there, also where it contradicts itself.
struct KeyedSheet: Sendable, Equatable {
  /// By the names of the questions; what is missing is blank.
  private(set) var answers: [String: KeyedAnswer] = [:]

  /// The name under which it is counted whether both found the same person.
  static let who = "?"

  init(_ answers: [String: KeyedAnswer] = [:]) {
    for (name, answer) in answers { self[name] = answer }
  }

  subscript(item: String) -> KeyedAnswer {
    get { answers[item] ?? .blank }
    set { answers[item] = newValue == .blank || newValue == .written("") ? nil : newValue }
  }

  /// The same sheet always gives the same bytes.
  var bytes: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.array("answers", answers.sorted { $0.key < $1.key }) { json, entry in
        if case .written(let text) = entry.value {
          json.array([entry.key, text]) { $0.value($1) }
        } else {
          json.array([entry.key, "", entry.value.mark ?? ""]) { $0.value($1) }
        }
      }
    }
    return json.bytes
  }

  /// Reads what `bytes` writes; nil for anything else.
  init?(_ bytes: [UInt8]) {
    guard let json = try? JSON(bytes), case .array(let entries)? = json["answers"] else { return nil }
    for case .array(let parts) in entries {
      let texts = parts.compactMap { part -> String? in if case .string(let text) = part { text } else { nil }
      }
      switch texts.count {
      case 2: self[texts[0]] = .written(texts[1])
      case 3:
        guard let answer = KeyedAnswer(mark: texts[2]) else { return nil }
        self[texts[0]] = answer
      default: return nil
      }
    }
  }

  /// What was stored, line by line, for the person whose sheet it is.
  static func shown(stored: String) -> String {
    guard let sheet = KeyedSheet(Array(stored.utf8)) else { return stored }
    return sheet.answers.sorted { $0.key < $1.key }.map { name, answer in
      if case .written(let text) = answer { "\(name): \(text)" } else { "\(name): —" }
    }.joined(separator: "\n")
  }

  /// The questions, in the order of the paper, to which two sheets hold different answers.
  static func differences(_ one: KeyedSheet, _ other: KeyedSheet, among questions: [String]) -> [String] {
    questions.filter { one[$0] != other[$0] }
  }

  /// What the rules of the form take it for: what cannot be read counts as not answered.
  var response: ResponseAnswers {
    var response = ResponseAnswers()
    for (name, answer) in answers {
      switch answer {
      case .written(let text): response.values[name] = text
      case .refused: response.refused.insert(name)
      case .blank, .unreadable: break
      }
    }
    return response
  }
}

/// What the rules of a form say of a sheet.
struct PaperReview: Sendable {
  let sheet: AnswerSheet
  let warnings: [Warning]

  struct Warning: Sendable, Equatable {
    let item: String
    let kind: Kind

    enum Kind: Sendable, Equatable {
      /// After what was answered before, it should have been left out.
      case notAsked
      /// It should have been answered. Nobody can ask whoever wrote it, so it is kept as it is.
      case missing
      case wrong(AnswerProblem)
    }

    /// Whether the answer cannot be kept as it is, so that somebody has to decide.
    var isContradiction: Bool { kind != .missing }
  }

  /// - Throws: `internal` for a version that cannot be computed.
  init(
    _ keyed: KeyedSheet, of version: QuestionnaireVersion, in language: FormLanguage, clock: ExpressionClock
  ) throws {
    let response = keyed.response
    let sheet = try AnswerSheet(version, language: language, answers: response, clock: clock)
    self.sheet = sheet
    warnings = version.definition.allItems.compactMap { item -> Warning? in
      guard item.isQuestion, let state = sheet.evaluation[item.name], !state.isReadOnly else { return nil }
      let isFilled = response.values[item.name] != nil || response.refused.contains(item.name)
      if !state.isRelevant { return isFilled ? Warning(item: item.name, kind: .notAsked) : nil }
      switch state.problem {
      case nil: return nil
      case .missing?:
        return response.refused.contains(item.name) ? nil : Warning(item: item.name, kind: .missing)
      case let problem?: return Warning(item: item.name, kind: .wrong(problem))
      }
    }
  }

  var contradictions: [String] { warnings.filter(\.isContradiction).map(\.item) }

  /// Whether it can be stored as it is.
  var isConsistent: Bool { contradictions.isEmpty }
}

extension PaperReview.Warning {
  /// What is said of it.
  func message(_ version: QuestionnaireVersion, _ language: FormLanguage) -> Phrase {
    switch kind {
    case .notAsked:
      Phrase(
        "照前面的回答，这一题不用答，纸上却答了。", "After the answers before, this should have been left out, and was answered.")
    case .missing: Phrase("这一题该答，纸上没有答。", "This should have been answered, and was not.")
    case .wrong(let problem):
      (problem == .constraint
        ? version.definition.allItems.first { $0.name == item }?.constraintMessage
          .text(in: language, or: version.definition.languages) : nil)
        .map { Phrase(same: $0) } ?? problem.message
    }
  }
}
