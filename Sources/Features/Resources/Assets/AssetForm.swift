import Kernel
import People
import Web

/// Reads what an entry says, and what somebody asks or answers.
enum AssetForm {
  struct Filled: Sendable {
    let terms: AssetTerms
    let description: String
  }

  /// - Parameter isOwn: whether it is offered by whoever has it or acts for it; without a holder it is their own.
  /// - Parameter known: the kind of an entry whose words alone are changed.
  /// - Throws: `form.invalid` naming every wrong field.
  static func terms(_ form: Form, isOwn: Bool, of known: Asset.Kind? = nil) throws -> Filled {
    var reader = FormReader(form)
    let kind =
      if let known { Asset.Kind?.some(known) } else if isOwn {
        reader.choice("kind", of: OwnKind.self).map { $0.kind }
      } else { reader.choice("kind", of: Asset.Kind.self) }
    let gift: Asset.Gift? = kind == .personGift ? reader.choice("gift", of: Asset.Gift.self) : nil
    let chinese = reader.text("name_zh", length: 1...40)
    let english = reader.text("name_en", length: 1...80, isRequired: false)
    let description = reader.lines("description", length: 1...1000, isRequired: false)
    let category = category(&reader)
    var terms = AssetTerms(
      kind: kind ?? .personGift, gift: gift, isTaught: kind == .personGift && reader.isTicked("is_taught"),
      name: Phrase(chinese ?? "", english ?? chinese ?? ""))
    terms.category = category
    terms.tags = tags(&reader)
    terms.placeWords = reader.text("place_words", length: 1...80, isRequired: false) ?? ""
    terms.availability = availability(&reader)
    terms.capacity = reader.integer("capacity", in: 1...5000, isRequired: false)
    terms.conditions = reader.text("conditions", length: 1...200, isRequired: false) ?? ""
    terms.contact = reader.choice("contact", of: Asset.Contact.self) ?? .station
    terms.holder = holder(&reader)
    if isOwn {
      terms.visibility = reader.isTicked("is_private") ? .private : .residents
    } else {
      terms.place = reader.identifier("place", isRequired: false)
      terms.links = links(&reader)
      terms.visibility = reader.choice("visibility", of: StationVisibility.self)?.visibility ?? .station
    }
    try reader.finish()
    return Filled(terms: terms, description: description ?? "")
  }

  /// What residents offer by themselves.
  enum OwnKind: String, CaseIterable {
    case personGift = "person_gift"
    case exchange
    case story

    var kind: Asset.Kind {
      switch self {
      case .personGift: .personGift
      case .exchange: .exchange
      case .story: .story
      }
    }
  }

  /// The station keeps nothing that it may not see itself.
  enum StationVisibility: String, CaseIterable {
    case station
    case residents
    case `public`

    var visibility: Asset.Visibility {
      switch self {
      case .station: .station
      case .residents: .residents
      case .public: .public
      }
    }
  }

  static let noCategory = "none"

  private static func category(_ reader: inout FormReader) -> ResourceCategory? {
    guard let text = reader.raw("category"), text != noCategory else { return nil }
    guard let category = ResourceCategory(rawValue: text) else {
      reader.add("category", Phrase("请从列表里选择。", "Please choose from the list."))
      return nil
    }
    return category
  }

  private static func holder(_ reader: inout FormReader) -> Party? {
    guard let text = reader.raw("holder") else { return nil }
    let holder = Party(formValue: text)
    if holder == nil { reader.add("holder", Phrase("没有找到。", "There is nobody like that here.")) }
    return holder
  }

  private static func tags(_ reader: inout FormReader) -> [String] {
    guard let text = reader.text("tags", length: 1...120, isRequired: false) else { return [] }
    let tags = text.split { $0.isWhitespace || "，,、".contains($0) }.map(String.init)
    if tags.count > AssetRules.tagLimit {
      reader.add("tags", Phrase("最多 \(AssetRules.tagLimit) 个。", "At most \(AssetRules.tagLimit)."))
    }
    return tags
  }

  private static func links(_ reader: inout FormReader) -> [String] {
    guard let text = reader.lines("links", length: 1...1000, isRequired: false) else { return [] }
    let links = text.split(whereSeparator: \.isWhitespace).map(String.init)
    if links.count > AssetRules.linkLimit || !links.allSatisfy(LocalPath.isLocal) {
      reader.add(
        "links",
        Phrase("每行一个本站的地址，如 /policies/1。", "One address of ours on each line, such as /policies/1."))
    }
    return links
  }

  private static func availability(_ reader: inout FormReader) -> AssetAvailability {
    let words = reader.text("availability", length: 1...100, isRequired: false) ?? ""
    let days = Set(reader.form.all("weekday").compactMap(Int.init).filter { (1...7).contains($0) })
    let from = minute("from", &reader)
    let until = minute("until", &reader)
    var minutes: Range<Int64>?
    if let from, let until, from < until {
      minutes = from..<until
    } else if from != nil || until != nil {
      reader.add("until", Phrase("从几点到几点，两个都要写。", "Please give both, the later one second."))
    }
    return AssetAvailability(words: words, weekdays: days, minutes: minutes)
  }

  /// `09:30`
  private static func minute(_ name: String, _ reader: inout FormReader) -> Int64? {
    guard let text = reader.raw(name) else { return nil }
    let parts = text.split(separator: ":").compactMap { Int64($0) }
    guard parts.count >= 2, (0..<24).contains(parts[0]), (0..<60).contains(parts[1]) else {
      reader.add(name, Phrase("请写成 09:30 这样。", "Please write it like 09:30."))
      return nil
    }
    return parts[0] * 60 + parts[1]
  }

  static func clock(_ minute: Int64) -> String {
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : String(number) }
    return "\(two(minute / 60)):\(two(minute % 60))"
  }

  /// An entry as it stands in its form.
  static func state(_ terms: AssetTerms, description: String) -> FormState {
    let fields: [(String, String)] = [
      ("kind", terms.kind.rawValue), ("gift", terms.gift?.rawValue ?? ""),
      ("is_taught", terms.isTaught ? "on" : ""), ("name_zh", terms.name.chinese),
      ("name_en", terms.name.english), ("description", description),
      ("category", terms.category?.rawValue ?? noCategory), ("holder", terms.holder?.formValue ?? ""),
      ("tags", terms.tags.joined(separator: " ")), ("place", terms.place?.description ?? ""),
      ("place_words", terms.placeWords), ("availability", terms.availability.words),
      ("from", terms.availability.minutes.map { clock($0.lowerBound) } ?? ""),
      ("until", terms.availability.minutes.map { clock($0.upperBound) } ?? ""),
      ("capacity", terms.capacity.map(String.init) ?? ""), ("conditions", terms.conditions),
      ("contact", terms.contact.rawValue), ("visibility", terms.visibility.rawValue),
      ("links", terms.links.joined(separator: "\n")),
    ]
    let days = terms.availability.weekdays.sorted().map { ("weekday", String($0)) }
    return FormState(Form(fields: (fields + days).map { Form.Field(name: $0.0, value: $0.1) }))
  }

  /// What stands in the form before anybody typed.
  static let suggestion = FormState([
    "kind": Asset.Kind.personGift.rawValue, "category": noCategory,
    "contact": Asset.Contact.station.rawValue, "visibility": Asset.Visibility.residents.rawValue,
  ])

  /// A question or its answer.
  /// - Throws: `form.invalid` naming `text`.
  static func text(_ form: Form) throws -> String {
    var reader = FormReader(form)
    let text = reader.lines("text", length: 1...500)
    try reader.finish()
    return text ?? ""
  }

  /// Whether a resident says in this form that neighbours may see it.
  static func agrees(_ form: Form) -> Bool { form.all("agrees").contains("on") }
}
