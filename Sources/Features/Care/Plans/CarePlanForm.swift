import Database
import Kernel
import Web

/// Reads a plan.
enum CarePlanForm {
  static func read(_ form: Form, _ desk: CaseDesk, _ offsetSeconds: Int) throws -> CaseFormDoor.Write {
    var reader = FormReader(form)
    let words = reader.words(CarePlan.fields, required: CarePlan.required)
    let reviewAt = reader.moment("review_at", offsetSeconds: offsetSeconds)
    let isSubmitted = reader.isTicked("submit")
    try reader.finish()
    guard let reviewAt else { throw Problem.internalFault }
    return { open, seal, transaction in
      guard reviewAt > transaction.now else {
        throw Problem.invalid([
          FieldProblem("review_at", Phrase("回顾的日子要在以后。", "The review has to lie ahead."))
        ])
      }
      let plan = try desk.plan(words, reviewAt: reviewAt, open, sealing: seal, in: transaction)
      if isSubmitted { try desk.submit(plan.id, open, in: transaction) }
    }
  }
}
