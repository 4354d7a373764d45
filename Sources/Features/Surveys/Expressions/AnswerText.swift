import Kernel

/// Answers as texts: in the one way of writing that is kept, and what each kind of question takes.
enum AnswerText {
  /// Unicode scalars of one answer at most.
  static let longest = 10_000

  /// An answer as it is kept: no white space around it, line ends of one kind, numbers in plain digits, one space between
  /// the names of several choices. What is wrong stays as it was sent.
  static func normalised(_ text: String, for kind: FormItem.Kind) -> String {
    let text = trimmed(text)
    switch kind {
    case .integer, .decimal, .range: return AnswerNumber(text)?.text ?? text
    case .selectMultiple, .rank: return text.words.joined(separator: " ")
    case .note, .group: return ""
    case .selectOne, .text, .date, .time, .dateTime, .acknowledge, .calculate, .hidden, .start, .end, .today:
      return text
    }
  }

  private static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    guard scalars.contains("\r") else { return String(scalars[first...last]) }
    var view = String.UnicodeScalarView()
    var earlier: Unicode.Scalar?
    for scalar in scalars[first...last] {
      if scalar != "\n" || earlier != "\r" { view.append(scalar == "\r" ? "\n" : scalar) }
      earlier = scalar
    }
    return String(view)
  }

  /// What is wrong with an answer that is not empty.
  ///
  /// - Parameters:
  ///   - answer: as ``normalised(_:for:)`` has it.
  ///   - offered: the names of the choices that are offered.
  static func problem(of answer: String, to item: FormItem, offered: [String]) -> AnswerProblem? {
    if answer.unicodeScalars.count > longest { return .long }
    switch item.kind {
    case .integer, .decimal, .range: return numberProblem(answer, item)
    case .date: return DateText(answer).map { $0.time == nil } == true ? nil : .date
    case .time: return CivilDateTime(iso: "1970-01-01T" + answer) == nil ? .time : nil
    case .dateTime: return DateText(answer).map { $0.time != nil } == true ? nil : .dateTime
    case .selectOne: return offered.contains { $0.isExactly(answer) } ? nil : .choice
    case .selectMultiple, .rank: return choiceProblem(answer.words, item, offered)
    case .acknowledge: return answer.isExactly("OK") ? nil : .acknowledge
    case .text, .note, .calculate, .hidden, .group, .start, .end, .today: return nil
    }
  }

  private static func numberProblem(_ answer: String, _ item: FormItem) -> AnswerProblem? {
    guard let number = AnswerNumber(answer) else { return item.kind == .integer ? .integer : .number }
    if number.hasTooManyDigits { return .digits }
    if item.kind == .integer { return number.decimals == 0 ? nil : .integer }
    return AnswerRange(item)?.problem(of: number)
  }

  private static func choiceProblem(
    _ chosen: [String], _ item: FormItem, _ offered: [String]
  ) -> AnswerProblem? {
    let names = Set(offered.map { Array($0.utf8) })
    let words = chosen.map { Array($0.utf8) }
    if !names.isSuperset(of: words) { return .choice }
    if Set(words).count < words.count { return .twice }
    if case .rank = item.kind, words.count < names.count { return .rank }
    return nil
  }
}
