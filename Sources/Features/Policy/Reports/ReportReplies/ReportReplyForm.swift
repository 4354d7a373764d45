package import Kernel
import Web

/// To whom a report is sent, as it was sent.
package struct ReportSendingDraft: Sendable, Equatable {
  let department: String
  let contact: String
  let channel: ReportSending.Channel
  let ourNumber: String
  let theirReference: String?
  let dueAt: Timestamp

  package init(
    department: String, contact: String, channel: ReportSending.Channel, ourNumber: String,
    theirReference: String?, dueAt: Timestamp
  ) {
    self.department = department
    self.contact = contact
    self.channel = channel
    self.ourNumber = ourNumber
    self.theirReference = theirReference
    self.dueAt = dueAt
  }
}

/// What a department replied, as it was sent.
package struct ReportReplyDraft: Sendable, Equatable {
  let outcome: ReportOutcome
  let text: String
  let by: String
  let reference: String?
  let day: PolicyDay
  let answers: [ReportReply.Answer]

  package init(
    outcome: ReportOutcome, text: String, by: String, reference: String?, day: PolicyDay,
    answers: [ReportReply.Answer]
  ) {
    self.outcome = outcome
    self.text = text
    self.by = by
    self.reference = reference
    self.day = day
    self.answers = answers
  }
}

/// What came of a report, as it was sent.
package struct ReportResultDraft: Sendable, Equatable {
  let policy: PolicyID?
  let text: String

  package init(policy: PolicyID?, text: String) {
    self.policy = policy
    self.text = text
  }
}

/// Reads what is sent of reports that are out.
enum ReportReplyForm {
  /// - Throws: `form.invalid` naming every wrong field.
  static func sending(_ form: Form, at now: Timestamp, offsetSeconds: Int) throws -> ReportSendingDraft {
    var reader = FormReader(form)
    let department = reader.text("department", length: ReportSending.departmentLength)
    let contact = reader.text("contact", length: ReportSending.contactLength)
    let channel = reader.choice("channel", of: ReportSending.Channel.self)
    let ourNumber = reader.text("our_number", length: ReportSending.numberLength)
    let theirs = reader.text("their_reference", length: ReportSending.numberLength, isRequired: false)
    let dueAt = endOfDay("due", &reader, at: now, offsetSeconds: offsetSeconds)
    try reader.finish()
    guard let department, let contact, let channel, let ourNumber, let dueAt else {
      throw Problem.internalFault
    }
    return ReportSendingDraft(
      department: department, contact: contact, channel: channel, ourNumber: ourNumber,
      theirReference: theirs, dueAt: dueAt)
  }

  /// Another day for the reply, until its end, with the reason where one is asked for.
  /// - Throws: `form.invalid` naming every wrong field.
  static func time(
    _ form: Form, asksReason: Bool, at now: Timestamp, offsetSeconds: Int
  ) throws -> (until: Timestamp, reason: String) {
    var reader = FormReader(form)
    let until = endOfDay("due", &reader, at: now, offsetSeconds: offsetSeconds)
    let reason = asksReason ? reader.lines("reason", length: ReportForm.reasonLength) : ""
    try reader.finish()
    guard let until, let reason else { throw Problem.internalFault }
    return (until, reason)
  }

  private static func endOfDay(
    _ name: String, _ reader: inout FormReader, at now: Timestamp, offsetSeconds: Int
  ) -> Timestamp? {
    guard let day = reader.moment(name, offsetSeconds: offsetSeconds) else { return nil }
    let end = day + .days(1)
    guard end > now, end <= now + ReportRules.longestTerm else {
      reader.add(name, Phrase("请选一年以内的日子。", "Please choose a day within a year."))
      return nil
    }
    return end
  }

  /// - Parameters:
  ///   - asked: the numbers of the recommendations, each with a field of its own.
  ///   - isOwn: whether the department writes it here itself: it cannot say that it said nothing.
  /// - Throws: `form.invalid` naming every wrong field.
  static func reply(
    _ form: Form, to asked: [Int], isOwn: Bool, on today: PolicyDay
  ) throws -> ReportReplyDraft {
    var reader = FormReader(form)
    let outcome = reader.choice("outcome", of: ReportOutcome.self)
    let text = reader.lines("reply", length: ReportReply.textLength)
    let by = reader.text("by", length: ReportReply.byLength)
    let reference = reader.text("reference", length: ReportSending.numberLength, isRequired: false)
    let day = isOwn ? today : ReportForm.pastDay("day", upTo: today, &reader)
    if isOwn, outcome == ReportOutcome.none {
      reader.add("outcome", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    let answers =
      outcome == ReportOutcome.none ? [] : asked.compactMap { answer(to: $0, &reader) }
    try reader.finish()
    guard let outcome, let text, let by, let day else { throw Problem.internalFault }
    return ReportReplyDraft(
      outcome: outcome, text: text, by: by, reference: reference, day: day, answers: answers)
  }

  private static func answer(to number: Int, _ reader: inout FormReader) -> ReportReply.Answer? {
    let outcome = reader.choice("outcome_\(number)", of: ReportOutcome.self)
    let text = reader.lines("answer_\(number)", length: ReportReply.answerLength)
    if outcome == ReportOutcome.none {
      reader.add("outcome_\(number)", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    guard let outcome, let text else { return nil }
    return ReportReply.Answer(recommendation: number, outcome: outcome, text: text)
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func result(_ form: Form) throws -> ReportResultDraft {
    var reader = FormReader(form)
    let policy: PolicyID? = reader.identifier("policy", isRequired: false)
    let text = reader.lines("text", length: ReportResult.textLength)
    try reader.finish()
    guard let text else { throw Problem.internalFault }
    return ReportResultDraft(policy: policy, text: text)
  }
}
