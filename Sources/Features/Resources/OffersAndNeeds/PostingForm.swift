import Kernel
import People
import Web

/// Reads offers, needs and what is done with matches.
enum PostingForm {
  struct Draft: Sendable {
    let kind: Posting.Kind
    let terms: PostingTerms
    let party: Party?
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func read(_ form: Form, offsetSeconds: Int, at moment: Timestamp) throws -> Draft {
    var reader = FormReader(form)
    let kind = reader.choice("kind", of: Posting.Kind.self)
    let category = reader.choice("category", of: ResourceCategory.self)
    let text = reader.lines("text", length: PostingRules.textLength)
    if let text, PostingRules.hasNumber(text) {
      reader.add(
        "text", Phrase("请不要写电话号码；两边都答应以后再给。", "Please leave out telephone numbers; they are for later."))
    }
    let units = reader.integer("units", in: PostingRules.units, isRequired: false)
    let unit = reader.text("measure", length: 1...10, isRequired: false)
    if let unit, PostingRules.hasNumber(unit) {
      reader.add("measure", Phrase("请写单位，如：次。", "Please write of what, such as: times."))
    }
    let from = reader.moment("from", offsetSeconds: offsetSeconds, isRequired: false) ?? moment
    let to = reader.moment("to", offsetSeconds: offsetSeconds, isRequired: false) ?? from + .days(30)
    if to <= from { reader.add("to", Phrase("结束要在开始以后。", "It has to end after it begins.")) }
    let place: PlaceID? = reader.identifier("place", isRequired: false)
    let radius = reader.integer("radius", in: PostingRules.metres, isRequired: false)
    let urgency = reader.choice("urgency", of: Posting.Urgency.self, isRequired: false)
    let visibility = reader.choice("visibility", of: Posting.Visibility.self, isRequired: false)
    let mode = reader.choice("mode", of: Posting.Mode.self, isRequired: false)
    let asset: AssetID? = reader.identifier("asset", isRequired: false)
    let typed = reader.raw("party")
    let party = typed.flatMap(Party.init(formValue:))
    if typed != nil, party == nil {
      reader.add("party", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    try reader.finish()
    guard let kind, let category, let text else { throw Problem.internalFault }
    let tongues = Set(form.all("tongues").compactMap { Posting.Tongue(rawValue: $0) })
    return Draft(
      kind: kind,
      terms: PostingTerms(
        category: category, text: text, units: units, unit: unit ?? "", from: from, to: to, place: place,
        radius: radius, tongues: tongues, urgency: urgency ?? .calm, visibility: visibility ?? .residents,
        mode: mode ?? .gift, asset: asset), party: party)
  }

  static func side(_ form: Form) throws -> Match.Side {
    var reader = FormReader(form)
    let side = reader.choice("side", of: Match.Side.self)
    try reader.finish()
    return side ?? .need
  }

  static func deal(_ form: Form) throws -> MatchDeal {
    var reader = FormReader(form)
    let minutes = reader.integer("minutes", in: MatchRules.minutes, isRequired: false)
    let price = reader.money("price", isRequired: false)
    try reader.finish()
    return MatchDeal(minutes: minutes, price: price == .zero ? nil : price)
  }

  static func failing(_ form: Form) throws -> MatchFailing {
    var reader = FormReader(form)
    let reason = reader.choice("reason", of: MatchFailure.self)
    let text = reader.lines("text", length: 1...500, isRequired: false)
    try reader.finish()
    return MatchFailing(reason: reason ?? .other, text: text ?? "")
  }

  /// Whether the other side is to see the number from now on.
  static func sharesPhone(_ form: Form) -> Bool { FormReader(form).isTicked("share_phone") }

  static func words(_ form: Form) throws -> String {
    var reader = FormReader(form)
    let text = reader.lines("text", length: 1...500)
    try reader.finish()
    return text ?? ""
  }

  static func feedback(_ form: Form, _ side: Match.Side) throws -> MatchFeedback {
    var reader = FormReader(form)
    let rating = reader.choice("rating", of: MatchFeedback.Rating.self)
    let text = reader.lines("text", length: 1...500, isRequired: false)
    try reader.finish()
    return MatchFeedback(side: side, rating: rating ?? .fair, text: text ?? "")
  }

  /// What was chosen on the page of those that suit: `offer-12`, `asset-7` or `need-9`.
  enum Other: Sendable {
    case need(PostingID)
    case source(Match.Source)
  }

  /// - Throws: `not_found`.
  static func other(_ form: Form) throws -> Other {
    let parts = (try form["other"] ?? "").split(separator: "-")
    guard parts.count == 2, let id = PostingID(String(parts[1])) else { throw Problem.notFound }
    switch parts[0] {
    case "need": return .need(id)
    case "offer": return .source(.offer(id))
    case "asset": return .source(.asset(AssetID(rawValue: id.rawValue)))
    default: throw Problem.notFound
    }
  }

  // MARK: - Whom the station helps

  /// How somebody is named who calls or comes by.
  enum Asked: Sendable {
    case person(PersonID)
    /// As it was typed.
    case phone(String)
    /// Whoever lives there.
    case door(Door)
  }

  /// - Throws: `form.invalid`.
  static func asked(_ form: Form) throws -> Asked {
    var reader = FormReader(form)
    let person: PersonID? = reader.identifier("person", isRequired: false)
    let phone = reader.text("phone", length: 1...40, isRequired: false)
    let hasDoor = ["building", "room"].contains { name in form.all(name).contains { !$0.isEmpty } }
    if person == nil, phone == nil, !hasDoor {
      reader.add("phone", Phrase("请填手机号，或者填门牌。", "Please give a telephone number, or a door."))
    }
    try reader.finish()
    if let person { return .person(person) }
    if let phone { return .phone(phone) }
    return .door(
      try Door(building: form["building"] ?? "", unit: form["unit"] ?? "", room: form["room"] ?? ""))
  }

  /// The door that was typed; nil where there is none or it cannot be read.
  static func typedDoor(_ state: FormState) -> Door? {
    try? Door(building: state.value("building"), unit: state.value("unit"), room: state.value("room"))
  }
}
