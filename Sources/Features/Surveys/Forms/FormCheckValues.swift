import Foundation
import Kernel

/// Parameters and the answers that stand there at first.
extension FormChecker {
  mutating func checkParameters(_ position: Int) {
    let item = items[position]
    let place = place(position)
    let known =
      item.kind == .range ? ["start", "end", "step"] : item.list == nil ? [] : ["randomize", "seed"]
    for (index, parameter) in item.parameters.enumerated() {
      if item.kind.takes(.parameters), !known.contains(parameter.name) {
        fault(
          place, .parameters,
          Phrase(
            "不认识参数“\(parameter.name)”。", "The parameter “\(parameter.name)” is not known."))
      }
      if item.parameters[..<index].contains(where: { $0.name == parameter.name }) {
        fault(
          place, .parameters,
          Phrase("参数“\(parameter.name)”写了两次。", "The parameter “\(parameter.name)” stands there twice."))
      }
    }
    if item.kind == .range { checkRange(item, place) }
    if item.list != nil { checkOrder(item, place) }
  }

  private mutating func checkRange(_ item: FormItem, _ place: FormCheckProblem.Place) {
    let numbers = ["start", "end", "step"].map { item.parameter($0).flatMap(FormNumber.decimal) }
    guard let start = numbers[0], let end = numbers[1], let step = numbers[2] else {
      fault(
        place, .parameters,
        Phrase(
          "打分要写明从几到几、每次加几，都是数：start=0 end=10 step=1。",
          "A range says from where to where and by how much, in numbers: start=0 end=10 step=1."))
      return
    }
    if start >= end {
      fault(place, .parameters, Phrase("start 要比 end 小。", "The start has to be below the end."))
    } else if step <= 0 || step > end - start {
      fault(
        place, .parameters,
        Phrase(
          "step 要大于 0，也不能比 start 到 end 还大。",
          "The step has to be above 0 and no larger than from start to end."))
    }
  }

  private mutating func checkOrder(_ item: FormItem, _ place: FormCheckProblem.Place) {
    let randomize = item.parameter("randomize")
    if let randomize, !["true", "false"].contains(randomize) {
      fault(
        place, .parameters,
        Phrase("randomize 只能是 true 或 false。", "randomize is either true or false."))
    }
    guard let seed = item.parameter("seed") else { return }
    if randomize == nil {
      fault(
        place, .parameters, Phrase("写了 seed 就要写 randomize=true。", "A seed is only for randomize=true."))
    }
    if FormNumber.decimal(seed) != nil { return }
    guard seed.hasPrefix("${"), seed.hasSuffix("}"), let names = FormReferences.names(in: seed),
      names.count == 1
    else {
      fault(
        place, .parameters,
        Phrase("seed 要是一个数，或者一道题：${名称}。", "The seed is a number or one question, ${name}."))
      return
    }
    checkReference(names[0], place, .parameters)
  }

  mutating func checkDefault(_ position: Int) {
    let item = items[position]
    guard let value = item.defaultValue, item.kind.takes(.defaultValue) else { return }
    let place = place(position)
    checkWord(value, place, .defaultValue, limit: FormLimits.word, collapsing: definition.cleansText)
    if value.isEmpty {
      fault(place, .defaultValue, Phrase("预先的答案是空的。", "The first answer is empty."))
    } else if FormDefault.isComputed(value) {
      fault(
        place, .defaultValue,
        Phrase(
          "预先的答案不能是算出来的；请写在 calculation 里。",
          "The answer that stands there at first cannot be computed; write that as a calculation."))
    } else if !FormDefault.isAnswer(value, to: item, in: definition) {
      fault(
        place, .defaultValue,
        Phrase("“\(value)”不能是这道题的答案。", "“\(value)” cannot be an answer to this question."))
    }
  }
}

/// Numbers as they are written in parameters and answers.
enum FormNumber {
  /// Digits with at most one point between them and at most one minus sign in front, 15 digits in all; nil otherwise.
  static func decimal(_ text: String) -> Decimal? {
    guard text.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?/) != nil, text.utf8.count(where: { $0 >= 48 }) <= 15 else {
      return nil
    }
    return Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
  }

  static func isWhole(_ text: String) -> Bool { decimal(text) != nil && !text.contains(".") }
}

/// What may stand there before anybody answers.
enum FormDefault {
  /// Whether a default holds a question or a function, which XLSForm would evaluate.
  /// Source: pyxform, `default_is_dynamic`, without its signs of arithmetic, which also stand in plain words.
  static func isComputed(_ text: String) -> Bool {
    text.contains("${") || text.contains(/[A-Za-z_][A-Za-z0-9_:.-]*\(/)
  }

  static func isAnswer(_ text: String, to item: FormItem, in definition: FormDefinition) -> Bool {
    let names = item.list.flatMap(definition.list)?.choices.map(\.name)
    let words = text.split(separator: " ").map(String.init)
    switch item.kind {
    case .selectOne: return names?.contains(text) ?? true
    case .selectMultiple, .rank:
      return Set(words).count == words.count && words.allSatisfy { names?.contains($0) ?? true }
    case .integer: return FormNumber.isWhole(text)
    case .decimal, .range: return FormNumber.decimal(text) != nil
    case .date: return CivilDateTime(iso: text) != nil && !text.contains("T")
    case .time: return CivilDateTime(iso: "2000-01-01T" + text) != nil
    case .dateTime: return CivilDateTime(iso: text) != nil && text.contains("T")
    case .acknowledge: return text == "OK"
    default: return true
    }
  }
}
