package import Kernel

/// Reads the members of one JSON object, collecting what is wrong by field path, and refuses what it was not asked for.
///
/// ```swift
/// var body = try await visit.json().object()
/// let name = body.string("name", length: 1...80)
/// try body.finish()
/// ```
/// A reader returns nil where the member is missing or wrong; `finish()` then throws, so that values may be unwrapped
/// after it.
package struct JSONObject: Sendable {
  private let members: [JSON.Member]
  private let path: String
  /// For each member whether it was asked for.
  private var isRead: [Bool]
  package private(set) var problems = Problems()

  init(members: [JSON.Member], path: String) {
    self.members = members
    self.path = path
    isRead = Array(repeating: false, count: members.count)
  }

  /// Text of so many characters, without control characters but for line ends and tabs.
  package mutating func string(
    _ name: String, length: ClosedRange<Int> = 1...1000, isRequired: Bool = true
  ) -> String? {
    guard let value = member(name, isRequired: isRequired) else { return nil }
    guard case .string(let text) = value else {
      return refuse(name, Phrase("应是文字。", "This should be text."))
    }
    guard !TextRules.hasControlCharacters(text) else {
      return refuse(name, Phrase("文字里有看不见的控制字符。", "There are control characters in the text."))
    }
    guard length.contains(text.unicodeScalars.count) else {
      return refuse(name, TextRules.wrongLength(length))
    }
    return text
  }

  package mutating func integer(
    _ name: String, in range: ClosedRange<Int64> = Int64.min...Int64.max, isRequired: Bool = true
  ) -> Int64? {
    guard let value = member(name, isRequired: isRequired) else { return nil }
    guard case .integer(let number) = value else {
      return refuse(name, Phrase("应是整数。", "This should be a whole number."))
    }
    guard range.contains(number) else {
      return refuse(
        name,
        Phrase(
          "应在 \(range.lowerBound) 到 \(range.upperBound) 之间。",
          "This should be between \(range.lowerBound) and \(range.upperBound)."))
    }
    return number
  }

  package mutating func bool(_ name: String, isRequired: Bool = true) -> Bool? {
    guard let value = member(name, isRequired: isRequired) else { return nil }
    guard case .bool(let flag) = value else {
      return refuse(name, Phrase("应是 true 或 false。", "This should be true or false."))
    }
    return flag
  }

  package mutating func identifier<Kind>(
    _ name: String, of kind: Kind.Type = Kind.self, isRequired: Bool = true
  ) -> Identifier<Kind>? {
    guard let value = member(name, isRequired: isRequired) else { return nil }
    guard case .string(let text) = value, let identifier = Identifier<Kind>(text) else {
      return refuse(name, Phrase("不是有效的编号。", "This is not a valid identifier."))
    }
    return identifier
  }

  /// An RFC 3339 moment.
  package mutating func timestamp(_ name: String, isRequired: Bool = true) -> Timestamp? {
    guard let value = member(name, isRequired: isRequired) else { return nil }
    guard case .string(let text) = value, let moment = Timestamp(rfc3339: text) else {
      return refuse(
        name, Phrase("应是时间，如 2026-11-23T08:05:00Z。", "This should be a time like 2026-11-23T08:05:00Z."))
    }
    return moment
  }

  /// `{"amount":1250,"currency":"CNY"}`
  package mutating func money(_ name: String, isRequired: Bool = true) -> Money? {
    guard let value = member(name, isRequired: isRequired) else { return nil }
    guard case .object(let members) = value, members.count == 2,
      case .integer(let amount)? = value["amount"], case .string("CNY")? = value["currency"],
      (0...1_000_000_000).contains(amount)
    else {
      return refuse(
        name,
        Phrase(
          "应是 {\"amount\": 分, \"currency\": \"CNY\"}。",
          "This should be {\"amount\": minor units, \"currency\": \"CNY\"}."))
    }
    return .fen(amount)
  }

  /// One of the raw values of an enumeration.
  package mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, of choices: Choice.Type, isRequired: Bool = true
  ) -> Choice? where Choice.RawValue == String {
    guard let value = member(name, isRequired: isRequired) else { return nil }
    guard case .string(let text) = value, let choice = Choice(rawValue: text) else {
      let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      return refuse(name, Phrase("应是其中之一：\(names)。", "This should be one of: \(names)."))
    }
    return choice
  }

  /// A wording in both languages, `{"zh":"…","en":"…"}`, each of so many characters on any number of lines.
  package mutating func phrase(
    _ name: String, length: ClosedRange<Int> = 1...1000, isRequired: Bool = true
  ) -> Phrase? {
    guard let value = member(name, isRequired: isRequired) else { return nil }
    guard case .object(let members) = value else {
      return refuse(
        name, Phrase("应是 {\"zh\": …, \"en\": …}。", "This should be {\"zh\": …, \"en\": …}."))
    }
    var reader = JSONObject(members: members, path: "\(path)\(name).")
    let chinese = reader.string("zh", length: length)
    let english = reader.string("en", length: length)
    reader.refuseUnread()
    for problem in reader.problems.fields { problems.add(problem.field, problem.message) }
    guard let chinese, let english else { return nil }
    return Phrase(chinese, english)
  }

  /// An array of raw values of an enumeration, each at most once.
  package mutating func choices<Choice: RawRepresentable & CaseIterable & Hashable>(
    _ name: String, of choices: Choice.Type, isRequired: Bool = true
  ) -> Set<Choice>? where Choice.RawValue == String {
    guard let value = member(name, isRequired: isRequired) else { return nil }
    let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    let refusal = Phrase("应是列表，每项是其中之一：\(names)。", "This should be a list of some of: \(names).")
    guard case .array(let values) = value else { return refuse(name, refusal) }
    var chosen: Set<Choice> = []
    for value in values {
      guard case .string(let text) = value, let choice = Choice(rawValue: text),
        chosen.insert(choice).inserted
      else { return refuse(name, refusal) }
    }
    return chosen
  }

  /// Each element of an array of objects; nil when there are too many or one is wrong.
  package mutating func objects<Element>(
    _ name: String, count: ClosedRange<Int>, isRequired: Bool = true,
    _ element: (inout JSONObject) -> Element?
  ) -> [Element]? {
    guard let value = member(name, isRequired: isRequired) else { return nil }
    guard case .array(let values) = value, count.contains(values.count) else {
      return refuse(
        name,
        Phrase(
          "应是 \(count.lowerBound) 到 \(count.upperBound) 项的列表。",
          "This should be a list of \(count.lowerBound) to \(count.upperBound) entries."))
    }
    var elements: [Element] = []
    for (index, value) in values.enumerated() {
      let elementPath = "\(path)\(name)[\(index)]"
      guard case .object(let members) = value else {
        problems.add(elementPath, Phrase("应是对象。", "This should be an object."))
        continue
      }
      var reader = JSONObject(members: members, path: "\(elementPath).")
      let result = element(&reader)
      reader.refuseUnread()
      for problem in reader.problems.fields { problems.add(problem.field, problem.message) }
      if let result { elements.append(result) }
    }
    return elements.count == values.count ? elements : nil
  }

  /// Adds a problem of the caller's own rules.
  package mutating func add(_ name: String, _ message: Phrase) {
    problems.add(path + name, message)
  }

  /// - Throws: `form.invalid` (422) with every wrong, missing or unknown field.
  package mutating func finish() throws {
    refuseUnread()
    try problems.throwIfAny()
  }

  private mutating func refuseUnread() {
    for index in members.indices where !isRead[index] {
      problems.add(path + members[index].name, Phrase("没有这个字段。", "There is no such field."))
      isRead[index] = true
    }
  }

  private mutating func member(_ name: String, isRequired: Bool) -> JSON? {
    if let index = members.firstIndex(where: { $0.name == name }) {
      isRead[index] = true
      if members[index].value != .null { return members[index].value }
    }
    if isRequired { problems.add(path + name, Phrase("必须填写。", "This is required.")) }
    return nil
  }

  private mutating func refuse<Value>(_ name: String, _ message: Phrase) -> Value? {
    problems.add(path + name, message)
    return nil
  }
}

enum TextRules {
  /// Control characters other than tab and line ends, and characters that reverse the direction of text.
  static func hasControlCharacters(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      switch scalar.value {
      case 9, 10, 13: false
      case 0..<32, 127..<160, 0x202A...0x202E, 0x2066...0x2069: true
      default: false
      }
    }
  }

  static func wrongLength(_ length: ClosedRange<Int>) -> Phrase {
    length.lowerBound <= 1
      ? Phrase(
        "请填 1 到 \(length.upperBound) 个字。", "Please enter between 1 and \(length.upperBound) characters.")
      : Phrase(
        "请填 \(length.lowerBound) 到 \(length.upperBound) 个字。",
        "Please enter between \(length.lowerBound) and \(length.upperBound) characters.")
  }
}
