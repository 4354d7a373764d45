import Kernel
import Web

/// Reads a note.
enum CaseNoteForm {
  static func read(_ form: Form, _ desk: CaseDesk, _ offsetSeconds: Int) throws -> CaseFormDoor.Write {
    var reader = FormReader(form)
    let kind = reader.choice("kind", of: CaseNote.Kind.self)
    let sensitivity = reader.integer("sensitivity", in: 1...3).flatMap(Sensitivity.init)
    let supervisor: PersonID? = reader.identifier("reader", isRequired: false)
    let addsTo: CaseNoteID? = reader.identifier("adds_to", isRequired: false)
    let mends: CaseNoteID? = reader.identifier("mends", isRequired: false)
    let words = reader.words([.note], required: [.note], limit: 8000)
    try reader.finish()
    guard let kind, let sensitivity else { throw Problem.internalFault }
    let draft = CaseDesk.NoteDraft(
      kind: kind, sensitivity: sensitivity, reader: sensitivity == .confidential ? supervisor : nil,
      addsTo: addsTo, words: words)
    return { open, seal, transaction in
      if let mends {
        try desk.mend(mends, words: words, open, sealing: seal, in: transaction)
      } else {
        try desk.write(draft, open, sealing: seal, in: transaction)
      }
    }
  }
}
