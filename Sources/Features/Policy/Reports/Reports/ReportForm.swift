import Kernel
import People
import Web

/// A new report, as it was sent.
struct ReportDraft: Sendable, Equatable {
  let plan: ReportPlan
  /// Beside the one who sends it.
  let authors: Set<PersonID>
  let supervisor: PersonID
}

/// A round with residents, as it was sent.
package struct ReportCheckDraft: Sendable, Equatable {
  let way: ReportCheck.Way
  let day: PolicyDay
  let heard: Int64
  let comments: String
  let outcome: ReportCheck.Outcome

  package init(
    way: ReportCheck.Way, day: PolicyDay, heard: Int64, comments: String, outcome: ReportCheck.Outcome
  ) {
    self.way = way
    self.day = day
    self.heard = heard
    self.comments = comments
    self.outcome = outcome
  }
}

/// Reads what is sent of reports while they are written.
enum ReportForm {
  static let reasonLength = 1...500
  static let summaryLength = 1...1000

  /// - Throws: `form.invalid` naming every wrong field.
  static func report(_ form: Form) throws -> ReportDraft {
    var reader = FormReader(form)
    let plan = plan(&reader)
    let supervisor: PersonID? = reader.identifier("supervisor")
    let authors = form.all("authors").compactMap { PersonID($0) }
    if authors.count != form.all("authors").count {
      reader.add("authors", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    try reader.finish()
    guard let plan, let supervisor else { throw Problem.internalFault }
    return ReportDraft(plan: plan, authors: Set(authors), supervisor: supervisor)
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func plan(_ form: Form) throws -> ReportPlan {
    var reader = FormReader(form)
    let plan = plan(&reader)
    try reader.finish()
    guard let plan else { throw Problem.internalFault }
    return plan
  }

  private static func plan(_ reader: inout FormReader) -> ReportPlan? {
    let title = reader.text("title", length: ReportPlan.titleLength)
    let question = reader.lines("question", length: ReportPlan.questionLength)
    let chosen = reader.form.all("methods")
    let methods = Set(chosen.compactMap(ReportMethod.init))
    if methods.isEmpty || chosen.contains(where: { ReportMethod(rawValue: $0) == nil }) {
      reader.add("methods", Phrase("请选至少一种办法。", "Please choose one way at least."))
    }
    let reach = reader.lines("reach", length: ReportPlan.reachLength)
    let from = day("from", &reader)
    let to = day("to", &reader)
    if let from, let to, to < from {
      reader.add("to", Phrase("最后一天不能早于第一天。", "The last day cannot be before the first."))
    }
    guard let title, let question, let reach, let from, let to, from <= to else { return nil }
    return ReportPlan(
      title: title, question: question, methods: methods, reach: reach, from: from, to: to)
  }

  /// A day of the calendar.
  static func day(_ name: String, _ reader: inout FormReader) -> PolicyDay? {
    guard let text = reader.raw(name, isRequired: true) else { return nil }
    guard let day = PolicyDay(iso: text) else {
      reader.add(name, Phrase("请填日期，如 2026-11-23。", "Please enter a date such as 2026-11-23."))
      return nil
    }
    return day
  }

  /// A day that is over or today.
  static func pastDay(_ name: String, upTo today: PolicyDay, _ reader: inout FormReader) -> PolicyDay? {
    let day = day(name, &reader)
    if let day, day > today {
      reader.add(name, Phrase("不能写以后的日子。", "The day cannot lie ahead."))
    }
    return day
  }

  /// - Throws: `form.invalid`.
  static func summary(_ form: Form) throws -> String {
    try lines("summary", length: summaryLength, form)
  }

  /// A reason that everybody concerned may read.
  /// - Throws: `form.invalid`.
  static func reason(_ form: Form) throws -> String { try lines("reason", length: reasonLength, form) }

  /// One field of several lines.
  /// - Throws: `form.invalid`.
  static func lines(_ name: String, length: ClosedRange<Int>, _ form: Form) throws -> String {
    var reader = FormReader(form)
    let text = reader.lines(name, length: length)
    try reader.finish()
    guard let text else { throw Problem.internalFault }
    return text
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func check(_ form: Form, on today: PolicyDay) throws -> ReportCheckDraft {
    var reader = FormReader(form)
    let way = reader.choice("way", of: ReportCheck.Way.self)
    let day = pastDay("day", upTo: today, &reader)
    let heard = reader.integer("heard", in: ReportCheck.heardRange)
    let comments = reader.lines("comments", length: ReportCheck.commentsLength)
    let outcome = reader.choice("outcome", of: ReportCheck.Outcome.self)
    try reader.finish()
    guard let way, let day, let heard, let comments, let outcome else { throw Problem.internalFault }
    return ReportCheckDraft(way: way, day: day, heard: heard, comments: comments, outcome: outcome)
  }

  /// How many events of the report the form had seen; 0 for a form that does not say, which is stale.
  static func seen(_ form: Form) -> Int64 {
    var reader = FormReader(form)
    return reader.integer("seen", in: 0...1_000_000, isRequired: false) ?? 0
  }
}
