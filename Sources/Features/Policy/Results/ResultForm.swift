package import Kernel
import Web

/// A step that is to be taken, as it was sent.
package struct ResultActionDraft: Sendable, Equatable {
  let title: String
  var weight: Int?
  var startsAt: Timestamp?
  var endsAt: Timestamp?

  /// - Parameter weight: 1–100 beside those of the other steps; nil for none.
  package init(title: String, weight: Int? = nil, startsAt: Timestamp? = nil, endsAt: Timestamp? = nil) {
    self.title = title
    self.weight = weight
    self.startsAt = startsAt
    self.endsAt = endsAt
  }
}

/// An entry for the line, as it was sent.
package struct ResultEntryDraft: Sendable, Equatable {
  let text: String
  let day: Timestamp
  /// The policy that was changed by it, where one was.
  var policy: PolicyID?

  package init(text: String, day: Timestamp, policy: PolicyID? = nil) {
    self.text = text
    self.day = day
    self.policy = policy
  }
}

/// How far a step is, as it was sent.
package struct ResultReport: Sendable, Equatable {
  let status: ResultAction.Status
  let progress: Int
  let entry: ResultEntryDraft

  /// - Parameter progress: per cent: 0 for what is planned, 100 for what is done.
  package init(status: ResultAction.Status, progress: Int, entry: ResultEntryDraft) {
    self.status = status
    self.progress = progress
    self.entry = entry
  }
}

/// Reads what is sent of answers and results.
enum ResultForm {
  // MARK: - Answers

  /// - Throws: `form.invalid` naming every wrong field.
  static func sending(_ form: Form, at now: Timestamp, offsetSeconds: Int) throws -> ProposalSending {
    var reader = FormReader(form)
    let kind = reader.choice("addressee", of: ProposalAddressee.Kind.self)
    let department = reader.text(
      "department", length: ProposalAddressee.departmentLength, isRequired: kind == .department)
    let reference = reader.text("reference", length: ProposalAnswer.referenceLength, isRequired: false)
    let day = reader.moment("due", offsetSeconds: offsetSeconds)
    // Until the end of that day.
    let dueAt = day.map { $0 + .days(1) }
    if let dueAt, dueAt <= now || dueAt > now + ProposalRules.longestAnswer {
      reader.add("due", Phrase("请选一年以内的日子。", "Please choose a day within a year."))
    }
    try reader.finish()
    guard let kind, let dueAt else { throw Problem.internalFault }
    return ProposalSending(
      addressee: ProposalAddressee(kind, department: kind == .department ? department : nil),
      reference: reference, dueAt: dueAt)
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func answer(
    _ form: Form, of addressee: ProposalAddressee, at now: Timestamp
  ) throws -> ProposalAnswer {
    var reader = FormReader(form)
    let outcome = reader.choice("outcome", of: ProposalOutcome.self)
    let text = reader.lines("answer", length: ProposalAnswer.textLength)
    let reference = reader.text("reference", length: ProposalAnswer.referenceLength, isRequired: false)
    try reader.finish()
    guard let outcome, let text else { throw Problem.internalFault }
    return ProposalAnswer(
      outcome: outcome, text: text, addressee: addressee, reference: reference, answeredAt: now)
  }

  // MARK: - Results

  /// - Throws: `form.invalid`.
  static func summary(_ form: Form) throws -> String {
    var reader = FormReader(form)
    let summary = reader.lines("summary", length: ProposalResult.summaryLength)
    try reader.finish()
    guard let summary else { throw Problem.internalFault }
    return summary
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func action(_ form: Form, offsetSeconds: Int) throws -> ResultActionDraft {
    var reader = FormReader(form)
    let title = reader.text("title", length: ProposalResult.titleLength)
    let weight = reader.integer("weight", in: ResultAction.weights, isRequired: false)
    let from = reader.moment("from", offsetSeconds: offsetSeconds, isRequired: false)
    let to = reader.moment("to", offsetSeconds: offsetSeconds, isRequired: false)
    if let from, let to, to < from {
      reader.add("to", Phrase("最后一天不能早于第一天。", "The last day cannot be before the first."))
    }
    try reader.finish()
    guard let title else { throw Problem.internalFault }
    return ResultActionDraft(title: title, weight: weight.map { Int($0) }, startsAt: from, endsAt: to)
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func report(_ form: Form, at now: Timestamp, offsetSeconds: Int) throws -> ResultReport {
    var reader = FormReader(form)
    let status = reader.choice("status", of: ResultAction.Status.self)
    let isFixed = status?.progress != nil
    let typed = isFixed ? nil : reader.integer("progress", in: 0...99)
    let entry = entry(&reader, at: now, offsetSeconds: offsetSeconds)
    try reader.finish()
    guard let status, let entry, let progress = status.progress ?? typed.map({ Int($0) }) else {
      throw Problem.internalFault
    }
    return ResultReport(status: status, progress: progress, entry: entry)
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func entry(_ form: Form, at now: Timestamp, offsetSeconds: Int) throws -> ResultEntryDraft {
    var reader = FormReader(form)
    var entry = entry(&reader, at: now, offsetSeconds: offsetSeconds)
    entry?.policy = reader.identifier("policy", isRequired: false)
    try reader.finish()
    guard let entry else { throw Problem.internalFault }
    return entry
  }

  private static func entry(
    _ reader: inout FormReader, at now: Timestamp, offsetSeconds: Int
  ) -> ResultEntryDraft? {
    let text = reader.lines("text", length: ProposalResult.entryLength)
    let day = reader.moment("day", offsetSeconds: offsetSeconds)
    if let day, day > now {
      reader.add("day", Phrase("不能写以后的日子。", "The day cannot lie ahead."))
    }
    guard let text, let day else { return nil }
    return ResultEntryDraft(text: text, day: day)
  }
}
