import Kernel
import Web

/// How claims stand in the API's JSON, and what the API takes.
enum ClaimJSON {
  static func write(_ claim: Claim, to json: inout JSONWriter) {
    json.field("id", claim.id)
    json.field("order", claim.order)
    json.field("position", claim.position)
    json.field("fault", claim.fault.rawValue)
    json.field("pieces", claim.pieces)
    json.field("wish", claim.wish.rawValue)
    json.field("note", claim.note)
    json.field("has_picture", claim.hasPicture)
    json.field("reported_at", claim.reportedAt)
    json.field("state", claim.state.rawValue)
    json.field("level", claim.level.rawValue)
    json.field("due_at", claim.dueAt)
    json.field("refunded", claim.refunded)
    json.field("sequence", claim.sequence)
  }

  static func standing(_ shown: ShownClaim) -> JSONWriter {
    var json = JSONWriter(capacity: 1024)
    json.object { json in
      write(shown.claim, to: &json)
      json.field("refundable", shown.refundable)
      json.field("may_appeal", shown.mayAppeal)
      json.array("steps", shown.steps) { json, step in
        json.object { json in
          json.field("sequence", step.sequence)
          json.field("what", step.what.rawValue)
          json.field("level", step.level.rawValue)
          json.field("at", step.at)
          json.field("amount", step.amount)
          json.field("bearer", step.bearer?.rawValue)
          json.field("note", step.note)
        }
      }
    }
    return json
  }

  /// - Throws: `form.invalid` naming each wrong member.
  static func report(_ json: JSON, of order: OrderID) throws -> ClaimReport {
    var body = try json.object()
    let position = body.integer("position", in: 0...Int64(Order.lineLimit - 1))
    let fault = body.choice("fault", of: Claim.Fault.self)
    let pieces = body.integer("pieces", in: 1...Order.quantityLimit, isRequired: false)
    let wish = body.choice("wish", of: Claim.Wish.self, isRequired: false)
    let note = body.string("note", length: 0...500, isRequired: false)
    try body.finish()
    guard let position, let fault else { throw Problem.internalFault }
    return ClaimReport(
      order: order, position: Int(position), fault: fault, pieces: pieces, wish: wish ?? .refund,
      note: note ?? "")
  }

  /// - Throws: `form.invalid` naming each wrong member.
  static func answer(_ json: JSON) throws -> (remedy: Remedy, seen: Int64) {
    var body = try json.object()
    let seen = body.integer("sequence", in: 1...Int64.max)
    let kind = body.choice("remedy", of: ClaimForm.RemedyKind.self)
    let amount = body.money("amount", isRequired: kind == .refund)
    let bearer = body.choice("bearer", of: Remedy.Bearer.self, isRequired: kind == .refund)
    let isOnReturn = body.bool("on_return", isRequired: false)
    let until = body.timestamp("until", isRequired: kind == .replacement)
    let reason = body.string("reason", length: Remedy.reasonLength, isRequired: kind == .decline)
    try body.finish()
    guard let seen, let kind else { throw Problem.internalFault }
    switch kind {
    case .refund:
      guard let amount, let bearer else { throw Problem.internalFault }
      return (.refund(.init(amount: amount, bearer: bearer, isOnReturn: isOnReturn ?? false)), seen)
    case .replacement:
      guard let until else { throw Problem.internalFault }
      return (.replacement(until: until), seen)
    case .decline:
      guard let reason else { throw Problem.internalFault }
      return (.decline(reason: reason), seen)
    }
  }
}

/// The shapes of claims in the OpenAPI document.
enum ClaimSchemas {
  private static let fault = Schema.enumeration(Claim.Fault.allCases.map(\.rawValue))
  private static let wish = Schema.enumeration(Claim.Wish.allCases.map(\.rawValue))
  private static let level = Schema.enumeration(Claim.Level.allCases.map(\.rawValue))
  private static let bearer = Schema.enumeration(Remedy.Bearer.allCases.map(\.rawValue))
  private static let position = Schema.integer(0...Int64(Order.lineLimit - 1))
  private static let pieces = Schema.integer(1...Order.quantityLimit)

  private static let head: [Schema.Property] = [
    .init("id", .identifier), .init("order", .identifier), .init("position", position), .init("fault", fault),
    .init("pieces", pieces), .init("wish", wish), .init("note", .string()), .init("has_picture", .boolean),
    .init("reported_at", .timestamp), .init("state", .enumeration(Claim.State.allCases.map(\.rawValue))),
    .init("level", level), .init("due_at", .nullable(.timestamp)), .init("refunded", .money),
    .init("sequence", .integer(1...Int64.max)),
  ]

  static let claim = Schema.named(
    "Claim",
    .object(
      head + [
        .init("refundable", .money), .init("may_appeal", .boolean),
        .init(
          "steps",
          .array(
            .object([
              .init("sequence", .integer(1...Int64.max)),
              .init("what", .enumeration(ClaimStep.What.allCases.map(\.rawValue))), .init("level", level),
              .init("at", .timestamp), .init("amount", .money), .init("bearer", .nullable(bearer)),
              .init("note", .string()),
            ]))),
      ]))

  static let list = Schema.object([.init("claims", .array(.object(head)))])

  static let report = Schema.named(
    "ClaimReport",
    .object([
      .init("position", position), .init("fault", fault), .init("pieces", pieces, isRequired: false),
      .init("wish", wish, isRequired: false), .init("note", .string(length: 0...500), isRequired: false),
    ]))

  static let answer = Schema.named(
    "ClaimAnswer",
    .object([
      .init("sequence", .integer(1...Int64.max)),
      .init("remedy", .enumeration(ClaimForm.RemedyKind.allCases.map(\.rawValue))),
      .init("amount", .money, isRequired: false), .init("bearer", bearer, isRequired: false),
      .init("on_return", .boolean, isRequired: false), .init("until", .timestamp, isRequired: false),
      .init("reason", .string(length: Remedy.reasonLength), isRequired: false),
    ]))
}
