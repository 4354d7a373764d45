import Kernel
import Web

/// What the money office types.
enum OfficeForms {
  struct PayoutDraft: Sendable, Equatable {
    let party: Party
    let amount: Money
    let way: Payout.Way
    let reference: String
  }

  /// - Throws: `form.invalid` with every wrong field.
  static func payout(_ form: Form) throws -> PayoutDraft {
    var reader = FormReader(form)
    let chosen = reader.text("party", length: 1...60)
    let amount = reader.money("amount")
    let way = reader.choice("way", of: Payout.Way.self)
    let reference = reader.text("reference", length: 1...60, isRequired: false)
    let pieces = chosen?.split(separator: "-").map(String.init) ?? []
    let party = pieces.count == 2 ? PartyAddress.party(kind: pieces[0], id: pieces[1]) : nil
    if chosen != nil, party == nil {
      reader.add("party", Phrase("请从列表里选。", "Please choose from the list."))
    }
    try reader.finish()
    guard let party, let amount, let way else { throw Problem.internalFault }
    return PayoutDraft(party: party, amount: amount, way: way, reference: reference ?? "")
  }

  /// - Throws: `form.invalid` with every wrong field.
  static func rules(_ form: Form) throws -> MoneyRules {
    var reader = FormReader(form)
    let platform = reader.rate("platform", upTo: MoneyRules.platformLimit)
    let float = reader.money("cash_float")
    let account = reader.text("bank_account", length: 4...200, isRequired: false)
    try reader.finish()
    guard let platform, let float else { throw Problem.internalFault }
    return MoneyRules(platform: platform, cashFloat: float, bankAccount: account ?? "")
  }

  /// - Throws: `form.invalid`.
  static func closing(_ form: Form, offsetSeconds: Int) throws -> Timestamp {
    var reader = FormReader(form)
    let moment = reader.moment("closed_until", offsetSeconds: offsetSeconds)
    try reader.finish()
    guard let moment else { throw Problem.internalFault }
    return moment
  }
}
