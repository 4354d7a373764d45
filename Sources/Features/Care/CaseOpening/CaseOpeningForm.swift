import Kernel
import Web

/// Reads what a case begins with.
enum CaseOpeningForm {
  struct Filled: Sendable {
    let person: PersonID?
    let phone: String
    let field: CaseField
    let source: CaseSource
    let words: CareDocument
    let assignment: CaseDesk.Assignment?
  }

  /// - Parameter mayWait: whether the case may be left without a worker.
  /// - Throws: `form.invalid` naming every wrong field.
  static func read(_ form: Form, mayWait: Bool) throws -> Filled {
    var reader = FormReader(form)
    let person: PersonID? = reader.identifier("person", isRequired: false)
    let phone = person == nil ? reader.text("phone", length: 1...40) : ""
    let field = reader.choice("field", of: CaseField.self)
    let source = reader.choice("source", of: CaseSource.self)
    let words = reader.words([.concern, .wish], required: [.concern])
    let worker: PersonID? = reader.identifier("worker", isRequired: !mayWait)
    let supervisor: PersonID? = reader.identifier("supervisor", isRequired: !mayWait || worker != nil)
    if mayWait, worker == nil, supervisor != nil {
      reader.add("worker", Phrase("选了督导，也请选社工。", "Please choose a worker as well."))
    }
    try reader.finish()
    guard let field, let source, let phone else { throw Problem.internalFault }
    var assignment: CaseDesk.Assignment?
    if let worker, let supervisor {
      assignment = CaseDesk.Assignment(worker: worker, supervisor: supervisor)
    }
    return Filled(
      person: person, phone: phone, field: field, source: source, words: words, assignment: assignment)
  }
}
