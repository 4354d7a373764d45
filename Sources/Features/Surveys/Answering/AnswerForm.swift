import Database
import Kernel
import Web

/// What somebody sends of a questionnaire: their answers as text, question by question.
///
/// What is wrong with an answer is for the evaluation of the form to say; here the fields are only read.
struct AnswerForm: Sendable {
  let answers: ResponseAnswers
  /// The questions that stood on the page; what comes to be asked only by these answers is asked before they are taken.
  let shown: Set<String>
  /// Made by the page; the same with each try.
  let key: String
  /// The version whose questions stood on the page.
  let version: Int64
  let language: FormLanguage

  /// - Throws: `form.stale`, `form.invalid` for signs that no text can hold.
  init(_ form: Form, _ definition: FormDefinition, offsetSeconds: Int) throws {
    guard let key = try form["key"], let version = try form["version"].flatMap({ Int64($0) }) else {
      throw Problem.staleForm
    }
    guard IdempotencyKey.isUsable(key) else { throw Problem.staleForm }
    self.key = key
    self.version = version
    language = FormLanguage(try form["language"] ?? "")
    shown = Set((try form["shown"] ?? "").split(separator: " ").map(String.init))
    var reader = AnswerReader(form: form, definition: definition, offsetSeconds: offsetSeconds)
    for item in definition.allItems where item.isQuestion { reader.read(item) }
    try reader.problems.throwIfAny()
    answers = ResponseAnswers(values: reader.values, refused: reader.refused)
  }
}

private struct AnswerReader {
  let form: Form
  let definition: FormDefinition
  let offsetSeconds: Int
  var values: [String: String] = [:]
  var refused: Set<String> = []
  var problems = Problems()

  mutating func read(_ item: FormItem) {
    if form.all(QuestionParts.refusal(item.name)).contains("on") {
      refused.insert(item.name)
      return
    }
    guard let value = value(item), !value.isEmpty else { return }
    let field = QuestionParts.field(item.name)
    guard value.unicodeScalars.count <= AnswerText.longest else {
      return problems.add(field, Phrase("太长了。", "This is too long."))
    }
    guard !value.unicodeScalars.contains(where: { $0.value < 32 && $0 != "\n" && $0 != "\r" && $0 != "\t" })
    else {
      return problems.add(
        field, Phrase("文字里有看不见的控制字符。", "There are control characters in the text."))
    }
    values[item.name] = value
  }

  private mutating func value(_ item: FormItem) -> String? {
    let field = QuestionParts.field(item.name)
    let sent = form.all(field)
    switch item.kind {
    case .selectMultiple(let list):
      let chosen = Set(sent)
      let known = (definition.list(list)?.choices ?? []).map(\.name)
      // In the order of the list, so that the same choice is always the same text; strange names are kept to be refused.
      let ordered = known.filter(chosen.contains) + chosen.subtracting(known).sorted()
      return ordered.joined(separator: " ")
    case .rank(let list): return ranked(item, definition.list(list)?.choices ?? [])
    case .dateTime: return sent.first.map { moment($0) }
    default: return sent.first.map { trimmed($0) }
    }
  }

  /// The names in the order of their places; a place that was given twice is told at once.
  private mutating func ranked(_ item: FormItem, _ choices: [FormChoice]) -> String? {
    var byPlace: [Int: String] = [:]
    for choice in choices {
      guard let text = form.all(QuestionParts.place(item.name, choice.name)).first, let place = Int(text)
      else { continue }
      if byPlace.updateValue(choice.name, forKey: place) != nil {
        problems.add(
          QuestionParts.field(item.name),
          Phrase("第 \(place) 给了两项。", "Place \(place) was given twice."))
        return nil
      }
    }
    return byPlace.sorted { $0.key < $1.key }.map(\.value).joined(separator: " ")
  }

  /// What the browser's field gives, with the community's distance from UTC.
  private func moment(_ text: String) -> String {
    let text = trimmed(text)
    guard text.utf8.count == 16 else { return text }
    let minutes = abs(offsetSeconds) / 60
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    return "\(text):00\(offsetSeconds < 0 ? "-" : "+")\(padded(minutes / 60)):\(padded(minutes % 60))"
  }

  private func trimmed(_ text: String) -> String {
    var text = text[...].drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
