import Kernel
import Web

/// Reads what people type into reports and answers.
enum ClaimForm {
  static let noteLength = 1...500

  /// - Throws: `form.invalid` naming each wrong field.
  static func report(_ form: Form, of order: OrderID) throws -> ClaimReport {
    var reader = FormReader(form)
    let position = reader.integer("line", in: 0...Int64(Order.lineLimit - 1))
    let fault = reader.choice("fault", of: Claim.Fault.self)
    let pieces = reader.integer("pieces", in: 1...Order.quantityLimit, isRequired: false)
    let wish = reader.choice("wish", of: Claim.Wish.self, isRequired: false)
    let note = reader.lines("note", length: noteLength, isRequired: false)
    try reader.finish()
    guard let position, let fault else { throw Problem.internalFault }
    return ClaimReport(
      order: order, position: Int(position), fault: fault, pieces: pieces, wish: wish ?? .refund,
      note: note ?? "")
  }

  enum RemedyKind: String, CaseIterable, Sendable {
    case refund, replacement, decline
  }

  /// - Throws: `form.invalid` naming each wrong field.
  static func remedy(_ form: Form, offsetSeconds: Int) throws -> Remedy {
    var reader = FormReader(form)
    guard let kind = reader.choice("remedy", of: RemedyKind.self) else {
      try reader.finish()
      throw Problem.internalFault
    }
    var remedy: Remedy?
    switch kind {
    case .refund:
      let amount = reader.money("amount")
      let bearer = reader.choice("bearer", of: Remedy.Bearer.self)
      if let amount, let bearer {
        remedy = .refund(
          Remedy.Refund(amount: amount, bearer: bearer, isOnReturn: reader.isTicked("on_return")))
      }
    case .replacement:
      remedy = reader.moment("until", offsetSeconds: offsetSeconds).map { .replacement(until: $0) }
    case .decline: remedy = reader.lines("reason", length: Remedy.reasonLength).map { .decline(reason: $0) }
    }
    try reader.finish()
    guard let remedy else { throw Problem.internalFault }
    return remedy
  }

  /// How many steps of the claim the form was drawn with.
  /// - Throws: `claim.stale` where it says nothing of it.
  static func seen(_ form: Form) throws -> Int64 {
    guard let seen = try form["sequence"].flatMap(Int64.init) else { throw Problem.claimStale }
    return seen
  }
}
