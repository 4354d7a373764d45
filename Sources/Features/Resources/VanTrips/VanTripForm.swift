import Kernel
import Web

/// Reads trips and what people ask for.
enum VanTripForm {
  /// - Throws: `form.invalid` naming every wrong field.
  static func terms(_ form: Form, offsetSeconds: Int, at now: Timestamp) throws -> VanTripTerms {
    var reader = FormReader(form)
    let from = reader.text("from", length: VanTripRules.placeLength)
    let to = reader.text("to", length: VanTripRules.placeLength)
    let fromPlace: PlaceID? = reader.identifier("from_place", isRequired: false)
    let toPlace: PlaceID? = reader.identifier("to_place", isRequired: false)
    let leavesAt = reader.moment("leaves_at", offsetSeconds: offsetSeconds)
    let way = reader.choice("way", of: Way.self)
    let returnsAt = reader.moment("returns_at", offsetSeconds: offsetSeconds, isRequired: false)
    let joinUntil = reader.moment("join_until", offsetSeconds: offsetSeconds, isRequired: false)
    let vehicle = reader.text("vehicle", length: VanTripRules.vehicleLength)
    let room = load(&reader)
    let price = reader.text("price", length: 1...VanTripRules.priceLength.upperBound, isRequired: false)
    let note = reader.lines("note", length: 1...VanTripRules.noteLength.upperBound, isRequired: false)
    let answers = reader.choice("answers", of: VanTrip.Answers.self)
    try reader.finish()
    guard let from, let to, let leavesAt, let way, let vehicle, let room, let answers else {
      throw Problem.internalFault
    }
    let terms = VanTripTerms(
      from: from, to: to, fromPlace: fromPlace, toPlace: toPlace, leavesAt: leavesAt,
      isReturn: way == .return, returnsAt: returnsAt, joinUntil: joinUntil ?? leavesAt, vehicle: vehicle,
      room: room, note: note ?? "", price: price ?? "", answers: answers)
    try VanTripRules.check(terms, at: now)
    return terms
  }

  enum Way: String, CaseIterable {
    case oneWay = "one_way"
    case `return`

    var name: Phrase {
      switch self {
      case .oneWay: Phrase("单程", "One way")
      case .return: Phrase("去了再回来", "There and back")
      }
    }
  }

  private static func load(_ reader: inout FormReader) -> VanLoad? {
    let crates = reader.integer("crates", in: VanTripRules.crates)
    let kilograms = reader.integer("kilograms", in: VanTripRules.kilograms)
    guard let crates, let kilograms else { return nil }
    return VanLoad(crates: crates, kilograms: kilograms)
  }

  static func wish(_ form: Form) throws -> VanWish {
    var reader = FormReader(form)
    let load = load(&reader)
    let what = reader.text("what", length: VanTripRules.whatLength)
    let place = reader.text("load_at", length: VanTripRules.placeLength)
    try reader.finish()
    guard let load, let what, let place else { throw Problem.internalFault }
    return VanWish(load: load, words: VanPartWords(what: what, place: place))
  }

  /// For whom a resident does it; nil for themselves.
  static func party(_ form: Form) throws -> Party? {
    var reader = FormReader(form)
    var party: Party?
    if let text = reader.raw("party") {
      party = Party(formValue: text)
      if party == nil { reader.add("party", Phrase("请从列表里选择。", "Please choose from the list.")) }
    }
    try reader.finish()
    return party
  }

  /// For whom the station does it.
  enum Somebody: Sendable, Equatable {
    case organisation(OrganisationID)
    /// Who has this number; with a name, a shop for which they act.
    case phone(String, shop: String)
  }

  /// - Throws: `form.invalid` where nobody is named, or two.
  static func somebody(_ form: Form) throws -> Somebody {
    var reader = FormReader(form)
    let organisation: OrganisationID? = reader.identifier("organisation", isRequired: false)
    let phone = reader.raw("phone")
    let shop = reader.text("shop", length: 1...80, isRequired: false)
    if (organisation == nil) == (phone == nil) {
      reader.add("phone", Phrase("请选一家单位，或者填一个手机号。", "Please choose an organisation, or give a number."))
    }
    try reader.finish()
    return organisation.map(Somebody.organisation) ?? .phone(phone ?? "", shop: shop ?? "")
  }

  static func reason(_ form: Form) throws -> String {
    var reader = FormReader(form)
    let reason = reader.text("reason", length: VanTripRules.reasonLength)
    try reader.finish()
    return reason ?? ""
  }

  /// Those parts that were ticked as carried.
  static func carried(_ form: Form) -> Set<VanPartID> {
    Set(form.all("carried").compactMap { VanPartID($0) })
  }

  /// What stands in the form before anybody typed.
  static let suggestion = FormState([
    "way": Way.return.rawValue, "answers": VanTrip.Answers.driver.rawValue,
  ])
}
