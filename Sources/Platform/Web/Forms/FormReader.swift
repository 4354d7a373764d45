package import Kernel

/// Reads the fields of a form into values that cannot be wrong, collecting what is wrong by field.
///
/// ```swift
/// var reader = FormReader(form)
/// let name = reader.text("name", length: 1...80)
/// let price = reader.money("price")
/// try reader.finish()
/// ```
/// A read returns nil where the field is empty or wrong; `finish()` then throws where it was required or wrong.
package struct FormReader: Sendable {
  package let form: Form
  package private(set) var problems = Problems()

  package init(_ form: Form) {
    self.form = form
  }

  /// One field with spaces round it removed; nil when it is empty. Two of one name are a problem.
  package mutating func raw(_ name: String, isRequired: Bool = false) -> String? {
    let values = form.all(name)
    guard values.count <= 1 else { return refuse(name, Phrase("填了两次。", "This was sent twice.")) }
    let text = values.first.map(Self.trimmed) ?? ""
    if text.isEmpty {
      if isRequired { problems.add(name, Phrase("必须填写。", "Please fill this in.")) }
      return nil
    }
    return text
  }

  /// One line of text.
  package mutating func text(
    _ name: String, length: ClosedRange<Int> = 1...200, isRequired: Bool = true
  ) -> String? {
    guard let text = lines(name, length: length, isRequired: isRequired) else { return nil }
    guard !text.unicodeScalars.contains(where: { $0 == "\n" || $0 == "\r" }) else {
      return refuse(name, Phrase("请写在一行里。", "Please write this on one line."))
    }
    return text
  }

  /// Text of several lines.
  package mutating func lines(
    _ name: String, length: ClosedRange<Int> = 1...2000, isRequired: Bool = true
  ) -> String? {
    guard let text = raw(name, isRequired: isRequired) else { return nil }
    guard !TextRules.hasControlCharacters(text) else {
      return refuse(name, Phrase("文字里有看不见的控制字符。", "There are control characters in the text."))
    }
    guard length.contains(text.unicodeScalars.count) else {
      return refuse(name, TextRules.wrongLength(length))
    }
    return text
  }

  package mutating func integer(
    _ name: String, in range: ClosedRange<Int64>, isRequired: Bool = true
  ) -> Int64? {
    guard let text = raw(name, isRequired: isRequired) else { return nil }
    guard let number = DecimalText.parse(text, decimals: 0), range.contains(number) else {
      return refuse(
        name,
        Phrase(
          "请填 \(range.lowerBound) 到 \(range.upperBound) 的整数。",
          "Please enter a whole number from \(range.lowerBound) to \(range.upperBound)."))
    }
    return number
  }

  package mutating func money(_ name: String, isRequired: Bool = true) -> Money? {
    guard let text = raw(name, isRequired: isRequired) else { return nil }
    guard let money = Money(typed: text) else {
      return refuse(name, Phrase("请填金额，如 12.50。", "Please enter an amount such as 12.50."))
    }
    return money
  }

  package mutating func rate(_ name: String, upTo limit: Rate, isRequired: Bool = true) -> Rate? {
    guard let text = raw(name, isRequired: isRequired) else { return nil }
    guard let rate = Rate(typed: text), rate <= limit else {
      return refuse(
        name,
        Phrase(
          "请填 0 到 \(limit.decimal) 的百分数，如 2.5。",
          "Please enter a percentage from 0 to \(limit.decimal), such as 2.5."))
    }
    return rate
  }

  package mutating func quantity(_ name: String, unit: Unit, isRequired: Bool = true) -> Quantity? {
    guard let text = raw(name, isRequired: isRequired) else { return nil }
    guard let quantity = Quantity(typed: text, unit: unit) else {
      return unit.decimals == 0
        ? refuse(name, Phrase("请填整数。", "Please enter a whole number."))
        : refuse(
          name,
          Phrase(
            "请填数量，最多 \(unit.decimals) 位小数。",
            "Please enter a number with at most \(unit.decimals) decimals."))
    }
    return quantity
  }

  /// A date and time that clocks in the community show.
  package mutating func moment(
    _ name: String, offsetSeconds: Int, isRequired: Bool = true
  ) -> Timestamp? {
    guard let text = raw(name, isRequired: isRequired) else { return nil }
    guard let civil = CivilDateTime(iso: text) else {
      return refuse(
        name, Phrase("请填日期和时间，如 2026-11-23T16:00。", "Please enter date and time like 2026-11-23T16:00."))
    }
    return civil.timestamp(offsetSeconds: offsetSeconds)
  }

  package mutating func identifier<Kind>(
    _ name: String, of kind: Kind.Type = Kind.self, isRequired: Bool = true
  ) -> Identifier<Kind>? {
    guard let text = raw(name, isRequired: isRequired) else { return nil }
    guard let identifier = Identifier<Kind>(text) else {
      return refuse(name, Phrase("请从列表里选择。", "Please choose from the list."))
    }
    return identifier
  }

  /// One of the raw values of an enumeration.
  package mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, of choices: Choice.Type, isRequired: Bool = true
  ) -> Choice? where Choice.RawValue == String {
    guard let text = raw(name, isRequired: isRequired) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      return refuse(name, Phrase("请从列表里选择。", "Please choose from the list."))
    }
    return choice
  }

  /// Whether a checkbox was ticked.
  package func isTicked(_ name: String) -> Bool { form.all(name).contains("on") }

  /// Adds a problem of the caller's own rules.
  package mutating func add(_ name: String, _ message: Phrase) { problems.add(name, message) }

  /// - Throws: `form.invalid` (422) with every wrong field.
  package func finish() throws { try problems.throwIfAny() }

  private mutating func refuse<Value>(_ name: String, _ message: Phrase) -> Value? {
    problems.add(name, message)
    return nil
  }

  private static func trimmed(_ text: String) -> String {
    let isSpace: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
    let start = text.unicodeScalars.drop(while: isSpace)
    var end = start
    while let last = end.last, isSpace(last) { end.removeLast() }
    return String(end)
  }
}

extension Problem {
  /// What a form lacks that its page would have sent: it was made by an earlier version of the program, or by hand.
  package static let staleForm = Problem(
    "form.stale", status: 422,
    Phrase("这个页面放得太久了。", "This page has been open for too long."),
    advice: Phrase("请刷新页面再提交。", "Please reload the page and send again."))
}
