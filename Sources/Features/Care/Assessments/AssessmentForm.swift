import Kernel
import Web

/// Reads an assessment.
enum AssessmentForm {
  static func read(_ form: Form, _ desk: CaseDesk, _ offsetSeconds: Int) throws -> CaseFormDoor.Write {
    var reader = FormReader(form)
    let words = reader.words(Assessment.fields, required: Assessment.required)
    let risk = reader.choice("risk", of: CaseRisk.self)
    try reader.finish()
    guard let risk else { throw Problem.internalFault }
    return { open, seal, transaction in
      try desk.assess(words, risk: risk, &open, sealing: seal, in: transaction)
    }
  }
}
