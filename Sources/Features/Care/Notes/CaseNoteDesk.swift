package import Database
package import Kernel
import People

extension CaseDesk {
  /// What somebody writes down.
  package struct NoteDraft: Sendable {
    package let kind: CaseNote.Kind
    package let sensitivity: Sensitivity
    /// The supervisor who may read a confidential note.
    package let reader: PersonID?
    package let addsTo: CaseNoteID?
    package let words: CareDocument

    package init(
      kind: CaseNote.Kind, sensitivity: Sensitivity, reader: PersonID? = nil, addsTo: CaseNoteID? = nil,
      words: CareDocument
    ) {
      self.kind = kind
      self.sensitivity = sensitivity
      self.reader = reader
      self.addsTo = addsTo
      self.words = words
    }
  }

  /// Writes a note, or an addendum to one. Supervisors write notes of supervision and nothing else.
  /// - Throws: `case.no_basis`, `case.forbidden`, `not_found` for an addendum to what the author may not see,
  ///   `assignment.not_a_supervisor`.
  @discardableResult
  package func write(
    _ draft: NoteDraft, _ open: OpenCase, sealing seal: CareSeal, in transaction: Transaction
  ) throws -> CaseNote {
    let isSupervision = open.access.relation == .supervisor && draft.kind == .supervision
    if !isSupervision { try open.requireWriting() }
    let (community, person) = (transaction.community, open.actor.person)
    if let reader = draft.reader {
      guard draft.sensitivity == .confidential,
        try directory.persons(holding: .supervisor, in: community, transaction).contains(reader),
        reader != open.file.person
      else { throw Problem.assignmentNotSupervisor }
    }
    if let earlier = draft.addsTo {
      let seen = try CaseNoteStore.notes(
        of: open.id, open.access, reader: person, in: community, transaction)
      guard seen.contains(where: { $0.id == earlier }) else { throw Problem.notFound }
    }
    let text = try seal.write(
      draft.words, case: open.id, draft.sensitivity, reader: draft.reader, by: person, in: transaction)
    let note = CaseNote(
      id: transaction.newIdentifier(), caseID: open.id, kind: draft.kind, sensitivity: draft.sensitivity,
      reader: draft.reader, author: person, writtenAt: transaction.now,
      locksAt: transaction.now + CaseNote.mendingTime, addsTo: draft.addsTo,
      versions: [CaseNote.Version(text: text, writtenAt: transaction.now)])
    try CaseNoteStore.insert(note, in: transaction)
    try transaction.audit("care.note_write", open, of: note.id.rawValue, purpose: draft.kind.rawValue)
    return note
  }

  /// Mends a note while it is not locked; what stood there before stays.
  /// - Throws: `note.locked`, `note.of_another`, `not_found`.
  package func mend(
    _ id: CaseNoteID, words: CareDocument, _ open: OpenCase, sealing seal: CareSeal,
    in transaction: Transaction
  ) throws {
    let (community, person) = (transaction.community, open.actor.person)
    let seen = try CaseNoteStore.notes(
      of: open.id, open.access, reader: person, in: community, transaction)
    guard let note = seen.first(where: { $0.id == id }) else { throw Problem.notFound }
    if let refusal = note.refusalToMend(by: person, at: transaction.now) { throw refusal }
    if note.kind != .supervision { try open.requireWriting() }
    let text = try seal.write(
      words, case: open.id, note.sensitivity, reader: note.reader, by: person, in: transaction)
    try CaseNoteStore.insert(
      CaseNote.Version(text: text, writtenAt: transaction.now), number: note.versions.count + 1,
      of: note.id, in: transaction)
    try transaction.audit("care.note_mend", open, of: note.id.rawValue)
  }
}
