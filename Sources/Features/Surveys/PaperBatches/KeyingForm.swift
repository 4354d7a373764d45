import Kernel
import Web

/// What somebody keys in of one sheet.
struct KeyingForm: Sendable {
  let keyed: KeyedSheet
  let review: PaperReview
  /// Whether who keys it in was shown everything that contradicts itself, and says that it is written so.
  let isConfirmed: Bool

  /// What beside a question says that nothing, or nothing readable, stands there.
  static func mark(_ item: String) -> String { "m.\(item)" }

  /// - Throws: `form.stale`; `form.invalid` for a question that is asked and has neither an answer nor a mark, and for one
  ///   that has both.
  init(_ form: Form, _ paper: PaperForm, clock: ExpressionClock) throws {
    let (keyed, problems) = try Self.read(form, paper, offsetSeconds: clock.offsetSeconds)
    self.keyed = keyed
    review = try PaperReview(keyed, of: paper.version, in: paper.language, clock: clock)
    isConfirmed = try form["confirmed"] == review.contradictions.joined(separator: " ")
    var all = problems
    for entry in paper.entries where entry.number != nil {
      let item = entry.item
      let isAsked = review.sheet.evaluation[item.name]?.isRelevant == true
      let isMarked = try !(form[Self.mark(item.name)] ?? "").isEmpty
      if isAsked, keyed[item.name] == .blank, !isMarked {
        all.add(
          QuestionParts.field(item.name),
          Phrase(
            "请照纸上录入，或者选“没填”“看不清”。",
            "Please key in what stands there, or choose “not answered” or “unreadable”."))
      }
    }
    try all.throwIfAny()
  }

  /// The questions as they were keyed in, whatever is missing.
  /// - Throws: `form.stale`, `form.invalid` for what no sheet can hold.
  static func read(
    _ form: Form, _ paper: PaperForm, offsetSeconds: Int
  ) throws -> (keyed: KeyedSheet, problems: Problems) {
    let sent = try AnswerForm(form, paper.version.definition, offsetSeconds: offsetSeconds).answers
    var keyed = KeyedSheet()
    var problems = Problems()
    for entry in paper.entries where entry.number != nil {
      let name = entry.item.name
      let mark = try form[mark(name)] ?? ""
      var answer = try answer(sent, entry)
      if !mark.isEmpty {
        guard let marked = KeyedAnswer(mark: mark), marked != .refused else { throw Problem.staleForm }
        if answer != .blank {
          problems.add(
            QuestionParts.field(name),
            Phrase(
              "已经录了答案，就不要再选“没填”“看不清”。",
              "There is an answer already, so please choose neither “not answered” nor “unreadable”."))
        }
        answer = marked
      }
      keyed[name] = answer
    }
    return (keyed, problems)
  }

  /// - Throws: `form.stale` for a choice that does not stand on the paper.
  static func answer(_ sent: ResponseAnswers, _ entry: PaperForm.Entry) throws -> KeyedAnswer {
    if sent.refused.contains(entry.item.name) { return .refused }
    let text = AnswerText.normalised(sent.values[entry.item.name] ?? "", for: entry.item.kind)
    if entry.item.list != nil {
      let names = entry.choices.map(\.name)
      let chosen: [String]
      if case .selectOne = entry.item.kind {
        chosen = text.isEmpty ? [] : [text]
      } else {
        chosen = text.split(separator: " ").map(String.init)
      }
      guard chosen.allSatisfy(names.contains) else { throw Problem.staleForm }
    }
    return text.isEmpty ? .blank : .written(text)
  }
}
