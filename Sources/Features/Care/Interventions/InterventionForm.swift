import Kernel
import Web

/// Reads what was done.
enum InterventionForm {
  static func read(_ form: Form, _ desk: CaseDesk, _ offsetSeconds: Int) throws -> CaseFormDoor.Write {
    var reader = FormReader(form)
    let kind = reader.choice("kind", of: Intervention.Kind.self)
    let minutes = reader.integer("minutes", in: Intervention.minutesRange)
    let doneAt = reader.moment("done_at", offsetSeconds: offsetSeconds)
    let words = reader.words(Intervention.fields, required: [.happened])
    try reader.finish()
    guard let kind, let minutes, let doneAt else { throw Problem.internalFault }
    return { open, seal, transaction in
      try desk.intervene(
        kind, minutes: minutes, doneAt: doneAt, words: words, open, sealing: seal, in: transaction)
    }
  }
}
