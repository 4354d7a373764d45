import Kernel
import People
import Web

/// What is typed about funds and vouchers.
enum FundForm {
  struct NewFund: Sendable, Equatable {
    let name: Phrase
    let donor: String
    let purpose: String
  }

  struct NewVoucher: Sendable, Equatable {
    let door: Door
    let amount: Money
    let expiresAt: Timestamp
  }

  /// - Throws: `form.invalid` with every wrong field.
  static func fund(_ form: Form) throws -> NewFund {
    var reader = FormReader(form)
    let name = reader.text("name_zh", length: 2...40)
    let english = reader.text("name_en", length: 2...80, isRequired: false)
    let donor = reader.text("donor", length: 2...80)
    let purpose = reader.text("purpose", length: 2...200)
    try reader.finish()
    guard let name, let donor, let purpose else { throw Problem.internalFault }
    return NewFund(name: Phrase(name, english ?? name), donor: donor, purpose: purpose)
  }

  /// - Throws: `form.invalid` with every wrong field.
  static func receipt(_ form: Form) throws -> (amount: Money, way: Payout.Way) {
    var reader = FormReader(form)
    let amount = reader.money("received")
    let way = reader.choice("way", of: Payout.Way.self)
    if let amount, amount == .zero {
      reader.add("received", Phrase("金额要大于 0。", "The amount must be above zero."))
    }
    try reader.finish()
    guard let amount, let way else { throw Problem.internalFault }
    return (amount, way)
  }

  /// - Throws: `form.invalid` with every wrong field.
  static func voucher(_ form: Form, offsetSeconds: Int) throws -> NewVoucher {
    var reader = FormReader(form)
    let building = reader.text("building", length: 1...20)
    let unit = reader.text("unit", length: 1...10, isRequired: false)
    let room = reader.text("room", length: 1...20)
    let amount = reader.money("amount")
    let day = reader.text("expires_at", length: 10...10)
    let expiry = day.flatMap { CivilDateTime(iso: $0 + "T23:59")?.timestamp(offsetSeconds: offsetSeconds) }
    if day != nil, expiry == nil {
      reader.add("expires_at", Phrase("请选日期。", "Please choose a day."))
    }
    try reader.finish()
    guard let building, let room, let amount, let expiry else { throw Problem.internalFault }
    return NewVoucher(
      door: try Door(building: building, unit: unit ?? "", room: room), amount: amount, expiresAt: expiry)
  }
}
