import Kernel
import Web

/// Facts as a form sends them: one field each, every one of which may be left open.
enum FactForm {
  /// What a field holds where somebody would rather not say, or does not know.
  static let unsaid = "unsaid"

  /// The name of a fact's field.
  static func field(_ fact: EligibilityFact) -> String { "fact_\(fact.rawValue)" }

  /// What was said of these facts. Fields of other facts are passed over: nobody asked for them.
  ///
  /// - Returns: what could be read; what could not is told to the reader.
  static func sheet(_ facts: some Sequence<EligibilityFact>, _ reader: inout FormReader) -> FactSheet {
    var sheet = FactSheet.empty
    for fact in facts {
      guard let text = reader.raw(field(fact)), text != unsaid else { continue }
      if let value = value(text, of: fact) {
        sheet = sheet.with(fact, value)
      } else {
        reader.add(field(fact), refusal(fact))
      }
    }
    return sheet
  }

  /// Reads `67`, `60-79`, the name of a choice, `yes` or `no`; nil for what the fact cannot be.
  static func value(_ text: String, of fact: EligibilityFact) -> FactValue? {
    let value: FactValue?
    switch fact.kind {
    case .number: value = range(text).map { .number($0) }
    case .choice: value = FactChoice(rawValue: text).map { .choice($0) }
    case .yesNo: value = answer(text).map { .answer($0) }
    }
    return value.flatMap { $0.fits(fact) ? $0 : nil }
  }

  /// `yes` and `no`; nil for anything else.
  static func answer(_ text: String?) -> Bool? { text == "yes" ? true : text == "no" ? false : nil }

  /// What a field holds for a value: what `value` reads.
  static func text(_ value: FactValue) -> String {
    switch value {
    case .number(let range) where range.lowerBound == range.upperBound: "\(range.lowerBound)"
    case .number(let range): "\(range.lowerBound)-\(range.upperBound)"
    case .choice(let choice): choice.rawValue
    case .answer(let answer): answer ? "yes" : "no"
    }
  }

  /// A form that holds a sheet, with every other of these facts left open.
  ///
  /// - Parameter isTyped: whether numbers are typed, so that an open one is an empty field.
  static func fields(
    _ sheet: FactSheet, of facts: some Sequence<EligibilityFact>, isTyped: Bool = false
  ) -> [String: String] {
    var fields: [String: String] = [:]
    for fact in facts {
      if let value = sheet[fact] {
        fields[field(fact)] = text(value)
      } else if case .number = fact.kind, isTyped {
        fields[field(fact)] = ""
      } else {
        fields[field(fact)] = unsaid
      }
    }
    return fields
  }

  private static func range(_ text: String) -> ClosedRange<Int64>? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (48...57).contains($0) } && part.utf8.count <= 9 ? Int64(part) : nil
    }
    guard numbers.count == parts.count, let first = numbers.first, let last = numbers.last,
      numbers.count <= 2, first <= last
    else { return nil }
    return first...last
  }

  private static func refusal(_ fact: EligibilityFact) -> Phrase {
    guard case .number(let range, let unit) = fact.kind else {
      return Phrase("请从列表里选择。", "Please choose from the list.")
    }
    return Phrase(
      "请填 \(range.lowerBound) 到 \(range.upperBound) 的整数（\(unit.chinese)）。",
      "Please enter a whole number from \(range.lowerBound) to \(range.upperBound) (\(unit.english)).")
  }
}
