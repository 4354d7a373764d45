import Kernel
import Web

/// Reads what whoever looks for a bag says of it.
enum LossForm {
  enum Kind: String, CaseIterable, Sendable {
    case looking, found, mistaken, lost
  }

  /// - Throws: `form.invalid` naming each wrong field; `loss.stale` where the form does not say what it saw.
  static func outcome(_ form: Form) throws -> (outcome: LossOutcome, seen: Int64) {
    guard let seen = try form["sequence"].flatMap(Int64.init) else { throw Problem.lossStale }
    var reader = FormReader(form)
    let kind = reader.choice("outcome", of: Kind.self)
    var outcome: LossOutcome?
    switch kind {
    case .looking: outcome = .looking
    case .found: outcome = reader.text("where", length: LossReport.whereLength).map { .found(where: $0) }
    case .mistaken: outcome = reader.integer("number", in: 1...999_999).map { .mistaken(number: $0) }
    case .lost: outcome = .lost
    case nil: break
    }
    try reader.finish()
    guard let outcome else { throw Problem.internalFault }
    return (outcome, seen)
  }
}
