import Kernel
import Web

/// What people send about bookings and visits.
enum BookingForm {
  static let noteLength = 200
  static let afterNoteLength = 500

  /// A time with a worker, as `at` (seconds since 1970) and `worker`.
  struct Choice: Sendable, Equatable {
    let worker: WorkerID
    let startsAt: Timestamp
  }

  /// - Throws: `form.invalid` where no time was chosen.
  static func choice(_ form: Form) throws -> Choice {
    guard let choice = choice(worker: try form["worker"], at: try form["at"]) else {
      throw Problem.invalid([FieldProblem("at", Phrase("请选一个时间。", "Please choose a time."))])
    }
    return choice
  }

  static func choice(worker: String?, at: String?) -> Choice? {
    guard let worker = worker.flatMap({ WorkerID($0) }), let seconds = at.flatMap({ Int64($0) }),
      (0...253_402_300_799).contains(seconds)
    else { return nil }
    return Choice(worker: worker, startsAt: Timestamp(seconds: seconds))
  }

  /// - Throws: `form.invalid` naming the field.
  static func note(_ form: Form) throws -> String {
    var reader = FormReader(form)
    let note = reader.lines("note", length: 1...noteLength, isRequired: false) ?? ""
    try reader.finish()
    return note
  }

  /// Why somebody declines, cancels or objects.
  /// - Throws: `form.invalid` naming `reason`.
  static func reason(_ form: Form, isRequired: Bool) throws -> String {
    var reader = FormReader(form)
    let reason = reader.lines("reason", length: 2...noteLength, isRequired: isRequired) ?? ""
    try reader.finish()
    return reason
  }

  static func revision(_ form: Form) throws -> Int64 {
    guard let revision = try form["revision"].flatMap({ Int64($0) }) else { throw Problem.bookingStale }
    return revision
  }

  /// - Throws: `form.invalid` naming each field.
  static func report(_ form: Form) throws -> VisitReport {
    var reader = FormReader(form)
    let minutes = reader.integer("minutes", in: BookingRules.workRange)
    let charge = reader.money("charged", isRequired: false)
    let cash = reader.money("cash", isRequired: false)
    let note = reader.lines("after_note", length: 1...afterNoteLength, isRequired: false) ?? ""
    try reader.finish()
    guard let minutes else { throw Problem.internalFault }
    return VisitReport(minutes: minutes, charge: charge, cash: cash ?? .zero, afterNote: note)
  }

  /// - Throws: `form.invalid` naming each field.
  static func material(_ form: Form) throws -> (name: String, amount: Money) {
    var reader = FormReader(form)
    let name = reader.text("material", length: 1...40)
    let amount = reader.money("amount")
    try reader.finish()
    guard let name, let amount else { throw Problem.internalFault }
    return (name, amount)
  }

  /// - Throws: `form.invalid` naming each field.
  static func exception(_ form: Form, offsetSeconds: Int) throws -> HoursException {
    var reader = FormReader(form)
    let kind = reader.choice("kind", of: HoursException.Kind.self)
    let from = reader.moment("from", offsetSeconds: offsetSeconds)
    let until = reader.moment("until", offsetSeconds: offsetSeconds)
    if let from, let until, until <= from || until - from > HoursException.longest {
      reader.add(
        "until", Phrase("结束要晚于开始，最多三个月。", "The end must come after the beginning, by three months at most."))
    }
    try reader.finish()
    guard let kind, let from, let until else { throw Problem.internalFault }
    return HoursException(kind: kind, from: from, until: until)
  }
}
