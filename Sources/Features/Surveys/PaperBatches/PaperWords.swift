import Kernel

/// Puts the conditions of a form into words for those who hold it on paper.
struct PaperWords {
  let form: CompiledForm
  let numbers: [String: Int]
  let language: FormLanguage

  /// - Parameters:
  ///   - conditions: all of them have to be met; where there is none, nothing is said.
  ///   - isGroup: whether it is said of a part with several questions.
  func condition(_ conditions: [Expression], isGroup: Bool) -> Phrase? {
    if conditions.isEmpty { return nil }
    let said = conditions.map { simple($0.root, isNegated: false) }
    guard !said.contains(nil) else { return unsaid(conditions) }
    let words = joined(said.compactMap(\.self), .and)
    return isGroup
      ? Phrase("这一部分，\(words.chinese)才答。", "This part only if \(words.english).")
      : Phrase("\(words.chinese)才答这一题。", "Answer this only if \(words.english).")
  }

  /// The questions on which it depends, where how it does cannot be said in a few words.
  private func unsaid(_ conditions: [Expression]) -> Phrase {
    var seen: Set<String> = []
    var open = conditions.flatMap(\.references)
    while let name = open.popLast() {
      guard seen.insert(name).inserted, numbers[name] == nil, let place = form.positions[name] else {
        continue
      }
      open += form.items[place][.calculation]?.references ?? []
    }
    let told = seen.compactMap { numbers[$0] }.sorted().map(String.init)
    guard !told.isEmpty else {
      return Phrase(
        "拿不准要不要答的，先空着，问问社工。",
        "If you are not sure whether this is for you, leave it and ask the social worker.")
    }
    return Phrase(
      "要不要答这一题，看第 \(told.joined(separator: "、")) 题的回答；拿不准的先空着，问问社工。",
      "Whether this is for you depends on what you answered to question \(told.joined(separator: ", ")); if you are not sure, leave it and ask the social worker."
    )
  }

  /// A condition in a few words; nil for all but the simple ones.
  private func simple(_ node: ExpressionNode, isNegated: Bool) -> Phrase? {
    switch node {
    case .call(.not, let arguments):
      return arguments.first.flatMap { simple($0, isNegated: !isNegated) }
    case .call(.selected, let arguments):
      guard arguments.count == 2, case .answer(let question) = arguments[0],
        case .text(let choice) = arguments[1]
      else { return nil }
      return chosen(question, choice, isNegated: isNegated)
    case .chain(let first, let steps):
      guard let sign = steps.first?.sign else { return nil }
      if sign == .and || sign == .or {
        let parts = ([first] + steps.map(\.operand)).map { part($0, isNegated: isNegated) }
        guard !parts.contains(nil) else { return nil }
        // Not both is one or the other not.
        return joined(parts.compactMap(\.self), (sign == .and) == isNegated ? .or : .and)
      }
      guard steps.count == 1 else { return nil }
      return compared(first, sign, steps[0].operand, isNegated: isNegated)
    default: return nil
    }
  }

  /// One of several; what is itself made of several would not be understood.
  private func part(_ node: ExpressionNode, isNegated: Bool) -> Phrase? {
    if case .chain(_, let steps) = node, let sign = steps.first?.sign, sign == .and || sign == .or {
      return nil
    }
    return simple(node, isNegated: isNegated)
  }

  private func compared(
    _ left: ExpressionNode, _ sign: ExpressionOperator, _ right: ExpressionNode, isNegated: Bool
  ) -> Phrase? {
    guard case .answer(let question) = left, let number = numbers[question] else { return nil }
    switch right {
    case .text(let text) where sign == .equal || sign == .notEqual:
      let isNegated = (sign == .notEqual) != isNegated
      if !text.isEmpty { return chosen(question, text, isNegated: isNegated) }
      return isNegated
        ? Phrase("第 \(number) 题填了", "you answered question \(number)")
        : Phrase("第 \(number) 题没填", "you did not answer question \(number)")
    case .number(let bound):
      if form.positions[question].map({ form.items[$0].item.list != nil }) == true {
        guard sign == .equal || sign == .notEqual else { return nil }
        return chosen(question, ExpressionNumber.text(bound), isNegated: (sign == .notEqual) != isNegated)
      }
      return measured(number, isNegated ? sign.opposite : sign, ExpressionNumber.text(bound))
    default: return nil
    }
  }

  private func measured(_ number: Int, _ sign: ExpressionOperator?, _ bound: String) -> Phrase? {
    let (chinese, english): (String, String)
    switch sign {
    case .equal?: (chinese, english) = ("是 \(bound)", "is \(bound)")
    case .notEqual?: (chinese, english) = ("不是 \(bound)", "is not \(bound)")
    case .less?: (chinese, english) = ("小于 \(bound)", "is less than \(bound)")
    case .lessOrEqual?: (chinese, english) = ("不超过 \(bound)", "is \(bound) or less")
    case .greater?: (chinese, english) = ("大于 \(bound)", "is more than \(bound)")
    case .greaterOrEqual?: (chinese, english) = ("是 \(bound) 或更大", "is \(bound) or more")
    default: return nil
    }
    return Phrase("第 \(number) 题\(chinese)", "your answer to question \(number) \(english)")
  }

  private func chosen(_ question: String, _ choice: String, isNegated: Bool) -> Phrase? {
    guard let number = numbers[question], let place = form.positions[question] else { return nil }
    let item = form.items[place]
    let label =
      item.choices.first { $0.name == choice }.map { form.definition.label(of: $0, in: language) } ?? choice
    guard item.item.list != nil else {
      return isNegated
        ? Phrase("第 \(number) 题写的不是“\(label)”", "you did not write “\(label)” at question \(number)")
        : Phrase("第 \(number) 题写的是“\(label)”", "you wrote “\(label)” at question \(number)")
    }
    return isNegated
      ? Phrase("第 \(number) 题没选“\(label)”", "you did not choose “\(label)” in question \(number)")
      : Phrase("第 \(number) 题选了“\(label)”", "you chose “\(label)” in question \(number)")
  }

  private func joined(_ parts: [Phrase], _ sign: ExpressionOperator) -> Phrase {
    let (chinese, english) = sign == .or ? ("，或者", " or ") : ("，并且", " and ")
    return Phrase(
      parts.map(\.chinese).joined(separator: chinese), parts.map(\.english).joined(separator: english))
  }
}

extension ExpressionOperator {
  /// The comparison that holds where this one does not; nil for what compares nothing.
  fileprivate var opposite: ExpressionOperator? {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    default: nil
    }
  }
}
