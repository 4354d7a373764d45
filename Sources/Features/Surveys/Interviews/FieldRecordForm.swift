import Database
package import Kernel
import Security
import Web

/// What people send of a record: its facts and its words.
package enum FieldRecordForm {
  package struct Draft: Sendable, Equatable {
    /// The version of the guide that the page showed.
    let version: Int64
    let kind: MaterialKind
    let way: FieldRecord.Way
    let minutes: Int64
    let people: Int64
    let agreement: FieldRecord.Agreement
    /// The telephone number of the resident as it was typed; nil where nobody was named.
    let phone: String?
    let happenedAt: Timestamp
    let notes: FieldNotes

    package init(
      version: Int64, kind: MaterialKind, way: FieldRecord.Way, minutes: Int64, people: Int64,
      agreement: FieldRecord.Agreement, phone: String?, happenedAt: Timestamp, notes: FieldNotes
    ) {
      self.version = version
      self.kind = kind
      self.way = way
      self.minutes = minutes
      self.people = people
      self.agreement = agreement
      self.phone = phone
      self.happenedAt = happenedAt
      self.notes = notes
    }
  }

  /// Most characters of one answer or of the free notes.
  static let length = 1...8000

  /// A page may have been written on without network: the moment of the press stands in `pressed_at`, and a time that was
  /// chosen goes before it.
  /// - Throws: `form.invalid`.
  static func draft(_ form: Form, now: Timestamp, offsetSeconds: Int) throws -> Draft {
    var reader = FormReader(form)
    let version = reader.integer("version", in: 1...Int64(Int32.max))
    let kind = reader.choice("kind", of: MaterialKind.self)
    let way = reader.choice("way", of: FieldRecord.Way.self)
    let minutes = reader.integer("minutes", in: 1...1440)
    let people = reader.integer("people", in: 0...1000, isRequired: false)
    let agreement = reader.choice("agreement", of: FieldRecord.Agreement.self)
    let phone = reader.text("phone", length: 1...30, isRequired: false)
    let chosen = reader.moment("happened_at", offsetSeconds: offsetSeconds, isRequired: false)
    let pressed = reader.raw("pressed_at").map { Timestamp(rfc3339: $0) } ?? now
    if pressed == nil { reader.add("happened_at", Phrase("看不懂这个时间。", "This time cannot be read.")) }
    let notes = notes(&reader)
    try reader.finish()
    guard let version, let kind, let way, let minutes, let agreement, let pressed else {
      throw Problem.staleForm
    }
    return Draft(
      version: version, kind: kind, way: way, minutes: minutes,
      people: people ?? (kind == .interview ? 1 : 0), agreement: agreement, phone: phone,
      happenedAt: chosen ?? pressed, notes: notes)
  }

  /// The words alone, for a correction.
  /// - Throws: `form.invalid`.
  static func notes(_ form: Form) throws -> FieldNotes {
    var reader = FormReader(form)
    let notes = notes(&reader)
    try reader.finish()
    return notes
  }

  private static func notes(_ reader: inout FormReader) -> FieldNotes {
    var notes = FieldNotes()
    notes.setting = reader.text("setting", length: 1...200, isRequired: false) ?? ""
    for question in 0..<StudyRules.mostQuestions {
      if let text = reader.lines("answer-\(question)", length: length, isRequired: false) {
        notes.answers[question] = text
      }
    }
    notes.free = reader.lines("free", length: length, isRequired: false) ?? ""
    if notes.isEmpty, reader.problems.isEmpty {
      reader.add("free", Phrase("还什么都没有记。", "Nothing is noted yet."))
    }
    return notes
  }

  /// - Throws: `form.invalid`.
  static func addendum(_ form: Form) throws -> FieldNotes {
    var reader = FormReader(form)
    let free = reader.lines("free", length: length)
    try reader.finish()
    return FieldNotes(free: free ?? "")
  }

  /// The key under which a record is taken once, however often it is sent.
  ///
  /// A telephone without network shows the same kept page, with the same key, for one record after another, so what was
  /// noted is part of the key: the same words from one page are one record, other words another. The moment of the press is
  /// left out, which differs where a button was pressed twice.
  /// - Throws: `idempotency.key`.
  static func onceKey(_ form: Form, to path: String, by person: PersonID) throws -> IdempotencyKey {
    let key = try form["idempotency_key"] ?? ""
    guard IdempotencyKey.isUsable(key) else { throw Problem.idempotencyKeyUnusable }
    let sent = form.fields.filter { $0.name != "form_token" && $0.name != "pressed_at" }
    let fields = [path] + sent.flatMap { [$0.name, $0.value] }
    let digest = Digest(domain: 51, fields: fields.map { Array($0.utf8) })
    return IdempotencyKey(
      principal: person, operation: "POST /studies/records", key: digest.description, digest: digest.bytes)
  }

  static func state(of notes: FieldNotes) -> FormState {
    var fields = ["setting": notes.setting, "free": notes.free]
    for (question, text) in notes.answers { fields["answer-\(question)"] = text }
    return FormState(fields)
  }
}
