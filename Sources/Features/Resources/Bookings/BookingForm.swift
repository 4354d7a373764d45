import Kernel
import Web

/// Reads what a place can be had for, and who wants it when.
enum BookingForm {
  /// What stands for nobody in a list.
  static let none = "none"

  /// A booking as it was typed.
  struct Wish: Sendable {
    /// Nil for nobody on the list.
    let party: Party?
    /// Of a person for whom the station books; empty for none.
    let phone: String
    let time: OccupiedTime
    let purpose: String
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func wish(_ form: Form, offsetSeconds: Int) throws -> Wish {
    var reader = FormReader(form)
    let party = reader.raw("party").flatMap(Party.init(formValue:))
    let phone = reader.text("phone", length: 3...40, isRequired: false)
    if party == nil, phone == nil {
      reader.add("party", Phrase("请选是给谁订。", "Please choose for whom it is."))
    }
    let from = reader.moment("from", offsetSeconds: offsetSeconds)
    let to = reader.moment("to", offsetSeconds: offsetSeconds)
    if let from, let to, to <= from {
      reader.add("to", Phrase("结束要在开始以后。", "It has to end after it begins."))
    }
    let amount = reader.integer("amount", in: 1...BookingRules.capacity.upperBound)
    let purpose = reader.text("purpose", length: BookingRules.purposeLength)
    try reader.finish()
    guard let from, let to, let amount, let purpose else { throw Problem.internalFault }
    return Wish(
      party: party, phone: phone ?? "", time: OccupiedTime(from: from, to: to, amount: amount),
      purpose: purpose)
  }

  /// Terms as they were typed; who keeps the place is found beside them.
  struct Terms: Sendable {
    let terms: BookableTerms
    /// Of a person who keeps it; empty where the list says who.
    let phone: String
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func terms(_ form: Form) throws -> Terms {
    var reader = FormReader(form)
    let slot = reader.integer("slot_minutes", in: BookingRules.slotLength)
    let capacity = reader.integer("capacity", in: BookingRules.capacity)
    let unit = reader.text("unit", length: 1...10, isRequired: false)
    let longest = reader.integer("longest_minutes", in: BookingRules.slotLength)
    let ahead = reader.integer("days_ahead", in: BookingRules.daysAhead)
    let phone = reader.text("keeper_phone", length: 3...40, isRequired: false)
    let keeper = reader.raw("keeper").flatMap(Party.init(formValue:))
    if keeper == nil, phone == nil {
      reader.add("keeper", Phrase("请选谁来管。", "Please choose who keeps it."))
    }
    let chinese = reader.lines("rules_zh", length: BookingRules.rulesLength)
    let english = reader.lines("rules_en", length: BookingRules.rulesLength, isRequired: false)
    let audience = reader.choice("audience", of: BookablePlace.Audience.self)
    let needsYes = reader.isTicked("needs_yes")
    let price = reader.text("price", length: 1...60, isRequired: false)
    try reader.finish()
    guard let slot, let capacity, let longest, let ahead, let chinese, let audience else {
      throw Problem.internalFault
    }
    return Terms(
      terms: BookableTerms(
        slotMinutes: slot, capacity: capacity, unit: unit ?? "", longestMinutes: longest, daysAhead: ahead,
        keeper: keeper ?? Party(kind: .organisation, id: 0), rules: Phrase(chinese, english ?? chinese),
        audience: audience, needsYes: needsYes, price: price ?? ""),
      phone: phone ?? "")
  }

  /// A day of the calendar; nil for what is none.
  static func day(_ text: String?) -> CivilDateTime? {
    text.flatMap { CivilDateTime(iso: $0) }.map(BookingCalendar.midnight)
  }

  // MARK: - As they stand

  /// Terms that suit most rooms.
  static let suggestion = FormState([
    "slot_minutes": "60", "capacity": "1", "longest_minutes": "240", "days_ahead": "30",
    "audience": BookablePlace.Audience.everyone.rawValue, "needs_yes": "on",
  ])

  static func state(_ terms: BookableTerms) -> FormState {
    var stored: [String: String] = [
      "slot_minutes": "\(terms.slotMinutes)", "capacity": "\(terms.capacity)", "unit": terms.unit,
      "longest_minutes": "\(terms.longestMinutes)", "days_ahead": "\(terms.daysAhead)",
      "rules_zh": terms.rules.chinese, "rules_en": terms.rules.english,
      "audience": terms.audience.rawValue, "price": terms.price,
    ]
    stored["keeper"] = terms.keeper.id == 0 ? "" : terms.keeper.formValue
    if terms.needsYes { stored["needs_yes"] = "on" }
    return FormState(stored)
  }

  /// A booking before anything was typed.
  static func fresh(for party: Party?) -> FormState {
    var stored: [String: String] = ["amount": "1"]
    if let party { stored["party"] = party.formValue }
    return FormState(stored)
  }
}
