import Kernel
import People
import Web

/// Reads what an activity is, why it is cancelled, and what became of it.
enum ActivityForm {
  private static let leadsLength = 1...500
  private static let reasonLength = 1...100
  private static let counts: ClosedRange<Int64> = 0...5000
  /// What stands for no subject in the list of them.
  static let noSubject = "none"

  /// - Throws: `form.invalid` naming every wrong field.
  static func terms(_ form: Form, offsetSeconds: Int) throws -> ActivityTerms {
    var reader = FormReader(form)
    let kind = reader.choice("kind", of: Activity.Kind.self)
    let title = reader.text("title", length: 1...60)
    let description = reader.lines("description", length: 1...2000)
    let agenda = agenda(&reader)
    let organiser: PersonID? = reader.identifier("organiser")
    let partner = reader.text("partner", length: 1...60, isRequired: false)
    let place = reader.text("place", length: 1...80)
    let times = times(&reader, offsetSeconds: offsetSeconds)
    let capacity = reader.integer("capacity", in: ActivityRules.places, isRequired: false)
    let expense = reader.money("expense", isRequired: false)
    let subject = subject(&reader)
    try reader.finish()
    guard let kind, let title, let description, let organiser, let place, let times else {
      throw Problem.internalFault
    }
    return ActivityTerms(
      kind: kind, title: title, description: description, agenda: agenda, organiser: organiser,
      partner: partner ?? "", place: place, startsAt: times.startsAt, endsAt: times.endsAt,
      signUpClosesAt: times.closesAt, capacity: capacity, expense: expense ?? .zero, subject: subject)
  }

  private static func agenda(_ reader: inout FormReader) -> [String] {
    let lines = FormLines.read("agenda", length: 1...100, limit: ActivityRules.agendaLimit, &reader)
    return lines
  }

  private static func times(
    _ reader: inout FormReader, offsetSeconds: Int
  ) -> (startsAt: Timestamp, endsAt: Timestamp, closesAt: Timestamp)? {
    let startsAt = reader.moment("starts_at", offsetSeconds: offsetSeconds)
    let endsAt = reader.moment("ends_at", offsetSeconds: offsetSeconds)
    let closesAt = reader.moment("sign_up_closes_at", offsetSeconds: offsetSeconds, isRequired: false)
    guard let startsAt, let endsAt else { return nil }
    if endsAt <= startsAt {
      reader.add("ends_at", Phrase("结束要在开始以后。", "It has to end after it begins."))
    } else if endsAt - startsAt > ActivityRules.longest {
      reader.add("ends_at", Phrase("一个活动最长三天。", "One activity lasts three days at most."))
    }
    if let closesAt, closesAt > startsAt {
      reader.add(
        "sign_up_closes_at", Phrase("报名要在开始以前截止。", "Sign-up has to close before it begins."))
    }
    return (startsAt, endsAt, closesAt ?? startsAt)
  }

  private static func subject(_ reader: inout FormReader) -> ActivitySubject? {
    guard let text = reader.raw("subject"), text != noSubject else { return nil }
    guard let subject = ActivitySubject(text) else {
      reader.add("subject", Phrase("请从列表里选择。", "Please choose from the list."))
      return nil
    }
    return subject
  }

  /// An activity as it stands in its form.
  static func state(_ terms: ActivityTerms, offsetSeconds: Int) -> FormState {
    func local(_ moment: Timestamp) -> String {
      CivilDateTime(moment, offsetSeconds: offsetSeconds).isoLocal
    }
    return FormState([
      "kind": terms.kind.rawValue, "title": terms.title, "description": terms.description,
      "agenda": terms.agenda.joined(separator: "\n"), "organiser": terms.organiser.description,
      "partner": terms.partner, "place": terms.place, "starts_at": local(terms.startsAt),
      "ends_at": local(terms.endsAt), "sign_up_closes_at": local(terms.signUpClosesAt),
      "capacity": terms.capacity.map(String.init) ?? "",
      "expense": terms.expense == .zero ? "" : terms.expense.decimal,
      "subject": terms.subject?.description ?? noSubject,
    ])
  }

  // MARK: - Steps

  /// The revision that somebody saw when they pressed a button.
  /// - Throws: `form.invalid`.
  static func seen(_ form: Form) throws -> Int64 {
    var reader = FormReader(form)
    let seen = reader.integer("seen", in: 0...Int64.max)
    try reader.finish()
    guard let seen else { throw Problem.internalFault }
    return seen
  }

  /// - Throws: `form.invalid` naming `reason`.
  static func reason(_ form: Form) throws -> String {
    var reader = FormReader(form)
    let reason = reader.text("reason", length: reasonLength)
    try reader.finish()
    return reason ?? ""
  }

  /// What was counted when it was over.
  struct Closing: Sendable {
    let satisfaction: ActivitySatisfaction
    let leads: String
    let expense: Money
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func closing(_ form: Form) throws -> Closing {
    var reader = FormReader(form)
    let numbers = ActivitySatisfaction.answers.map {
      reader.integer($0.field, in: counts, isRequired: false) ?? 0
    }
    let leads = reader.lines("leads", length: leadsLength, isRequired: false)
    let expense = reader.money("expense", isRequired: false)
    try reader.finish()
    return Closing(
      satisfaction: ActivitySatisfaction(
        veryGood: numbers[0], good: numbers[1], fair: numbers[2], poor: numbers[3]), leads: leads ?? "",
      expense: expense ?? .zero)
  }

  static func state(_ closing: ActivityClosing?, _ activity: Activity) -> FormState {
    var stored = ["expense": activity.terms.expense == .zero ? "" : activity.terms.expense.decimal]
    if let closing {
      for answer in ActivitySatisfaction.answers {
        stored[answer.field] = String(answer.count(closing.satisfaction))
      }
      stored["leads"] = closing.leads
    }
    return FormState(stored)
  }
}

/// A field in which each line is a thing of its own.
enum FormLines {
  /// The lines that hold something, without the spaces round them; nothing where one is wrong.
  ///
  /// - Parameters:
  ///   - length: of each line, in characters.
  ///   - limit: the most lines.
  static func read(
    _ name: String, length: ClosedRange<Int>, limit: Int, _ reader: inout FormReader
  ) -> [String] {
    let most = limit * (length.upperBound + 2)
    guard let text = reader.lines(name, length: 1...most, isRequired: false) else { return [] }
    let lines = text.split(whereSeparator: \.isNewline)
      .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }.filter { !$0.isEmpty }
    if lines.count > limit {
      reader.add(name, Phrase("最多 \(limit) 行。", "At most \(limit) lines."))
    }
    if lines.contains(where: { !length.contains($0.unicodeScalars.count) }) {
      reader.add(
        name,
        Phrase("每行最多 \(length.upperBound) 个字。", "A line has at most \(length.upperBound) characters."))
    }
    return reader.problems.isEmpty ? lines : []
  }
}
