import Kernel
import Web

/// Reads who works a case, how it is judged, and on what ground.
enum CaseStandingForm {
  static func assignment(_ form: Form, _ desk: CaseDesk, _ offsetSeconds: Int) throws -> CaseFormDoor.Write {
    var reader = FormReader(form)
    let worker: PersonID? = reader.identifier("worker")
    let supervisor: PersonID? = reader.identifier("supervisor")
    let seen = reader.seen()
    try reader.finish()
    guard let worker, let supervisor else { throw Problem.internalFault }
    return { open, _, transaction in
      try desk.assign(
        CaseDesk.Assignment(worker: worker, supervisor: supervisor), &open, seen: seen, in: transaction)
    }
  }

  static func judgement(_ form: Form, _ desk: CaseDesk, _ offsetSeconds: Int) throws -> CaseFormDoor.Write {
    var reader = FormReader(form)
    let risk = reader.choice("risk", of: CaseRisk.self)
    let intensity = reader.integer("intensity", in: 1...3)
    let reviewAt = reader.moment("review_at", offsetSeconds: offsetSeconds, isRequired: false)
    let seen = reader.seen()
    try reader.finish()
    guard let risk, let intensity else { throw Problem.internalFault }
    return { open, _, transaction in
      try desk.judge(
        risk, intensity: intensity, reviewAt: reviewAt, &open, seen: seen, in: transaction)
    }
  }

  static func basis(_ form: Form, _ desk: CaseDesk, _ offsetSeconds: Int) throws -> CaseFormDoor.Write {
    var reader = FormReader(form)
    let basis = reader.choice("basis", of: StatutoryBasis.self)
    let words = reader.words([.reason], required: [.reason])
    let seen = reader.seen()
    try reader.finish()
    return { open, seal, transaction in
      try desk.ground(basis, words: words, &open, seen: seen, sealing: seal, in: transaction)
    }
  }
}
