import Kernel
import Web

/// Reads offers, needs and what is done with matches.
enum PostingForm {
  struct Draft: Sendable {
    let kind: Posting.Kind
    let terms: PostingTerms
    let party: Party?
  }

  static func party(_ text: String) -> Party? {
    let parts = text.split(separator: "-")
    guard parts.count == 2, let kind = Party.Kind(rawValue: String(parts[0])), let id = Int64(parts[1]) else {
      return nil
    }
    return Party(kind: kind, id: id)
  }

  static func value(_ party: Party) -> String { "\(party.kind.rawValue)-\(party.id)" }

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
    let unit = reader.text("unit", length: 1...10, isRequired: false)
    let from = reader.moment("from", offsetSeconds: offsetSeconds, isRequired: false) ?? moment
    let to = reader.moment("to", offsetSeconds: offsetSeconds, isRequired: false) ?? from + .days(30)
    if to <= from { reader.add("to", Phrase("结束要在开始以后。", "It has to end after it begins.")) }
    let place: PlaceID? = reader.identifier("place", isRequired: false)
    let radius = reader.integer("radius", in: PostingRules.metres, isRequired: false)
    let urgency = reader.choice("urgency", of: Posting.Urgency.self, isRequired: false)
    let visibility = reader.choice("visibility", of: Posting.Visibility.self, isRequired: false)
    let mode = reader.choice("mode", of: Posting.Mode.self, isRequired: false)
    let party = reader.raw("party").flatMap(Self.party)
    try reader.finish()
    guard let kind, let category, let text else { throw Problem.internalFault }
    let tongues = Set(form.all("tongues").compactMap { Posting.Tongue(rawValue: $0) })
    return Draft(
      kind: kind,
      terms: PostingTerms(
        category: category, text: text, units: units, unit: unit ?? "", from: from, to: to, place: place,
        radius: radius, tongues: tongues, urgency: urgency ?? .calm, visibility: visibility ?? .residents,
        mode: mode ?? .gift), party: party)
  }

  static func seen(_ form: Form) throws -> Int64 {
    var reader = FormReader(form)
    let seen = reader.integer("seen", in: 0...Int64.max)
    try reader.finish()
    return seen ?? 0
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
    let shares = reader.isTicked("share_phone")
    try reader.finish()
    return MatchDeal(minutes: minutes, price: price == .zero ? nil : price, sharesPhone: shares)
  }

  static func words(_ form: Form, isRequired: Bool = true) throws -> String {
    var reader = FormReader(form)
    let text = reader.lines("text", length: 1...500, isRequired: isRequired)
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

  /// `offer-12`, `asset-7` or `need-9`.
  static func other(_ form: Form) throws -> (kind: String, id: Int64) {
    let parts = (try form["other"] ?? "").split(separator: "-")
    guard parts.count == 2, let id = PostingID(String(parts[1])) else { throw Problem.notFound }
    return (String(parts[0]), id.rawValue)
  }
}
