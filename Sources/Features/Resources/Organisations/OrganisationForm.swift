import Kernel
import People
import Web

/// Reads what an organisation is, what it promised, how that was kept, and what it does for people.
enum OrganisationForm {
  /// - Throws: `form.invalid` naming every wrong field.
  static func terms(_ form: Form) throws -> OrganisationTerms {
    var reader = FormReader(form)
    let kind = reader.choice("kind", of: Organisation.Kind.self)
    let name = phrase("name", length: 1...80, isOneLine: true, &reader)
    let description = phrase("description", length: 1...1500, isOneLine: false, &reader)
    let phone = OfficialPhone.read("phone", &reader)
    let website = website(&reader)
    let merchant: MerchantID? = reader.identifier("merchant", isRequired: false)
    let visibility = reader.choice("visibility", of: Organisation.Visibility.self)
    try reader.finish()
    guard let kind, let name, let description, let visibility else { throw Problem.internalFault }
    return OrganisationTerms(
      kind: kind, name: name, description: description, phone: phone, website: website,
      merchant: merchant, visibility: visibility)
  }

  /// Text in both languages; where the English one is left empty, the Chinese one stands for it.
  private static func phrase(
    _ name: String, length: ClosedRange<Int>, isOneLine: Bool, _ reader: inout FormReader
  ) -> Phrase? {
    func read(_ field: String, isRequired: Bool) -> String? {
      isOneLine
        ? reader.text(field, length: length, isRequired: isRequired)
        : reader.lines(field, length: length, isRequired: isRequired)
    }
    let chinese = read("\(name)_zh", isRequired: true)
    let english = read("\(name)_en", isRequired: false)
    return chinese.map { Phrase($0, english ?? $0) }
  }

  /// Addresses that a browser opens without doing anything else, and that programs elsewhere can read (RFC 3986).
  private static func website(_ reader: inout FormReader) -> String {
    guard let text = reader.text("website", length: 1...200, isRequired: false) else { return "" }
    if !isAddress(text) {
      reader.add(
        "website",
        Phrase(
          "请填 https:// 开头的网址，只用英文字母、数字和符号。",
          "Please enter an address that begins with https://, in plain letters, digits and signs."))
    }
    return text
  }

  static func isAddress(_ text: String) -> Bool {
    let whole = /https?:\/\/[A-Za-z0-9][A-Za-z0-9.\-]*(?::[0-9]{1,5})?([\/?#].*)?/
    let rest = /(?:[A-Za-z0-9\-._~:\/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*(?:#[A-Za-z0-9\-._~:\/?@!$&'()*+,;=%]*)?/
    guard let address = text.wholeMatch(of: whole) else { return false }
    return (address.output.1 ?? "").wholeMatch(of: rest) != nil
  }

  static func state(_ terms: OrganisationTerms) -> FormState {
    FormState([
      "kind": terms.kind.rawValue, "name_zh": terms.name.chinese, "name_en": terms.name.english,
      "description_zh": terms.description.chinese, "description_en": terms.description.english,
      "phone": terms.phone, "website": terms.website, "merchant": terms.merchant?.description ?? "",
      "visibility": terms.visibility.rawValue,
    ])
  }

  /// The telephone of somebody who is to act for an organisation and agreed to it.
  /// - Throws: `form.invalid`.
  static func representative(_ form: Form) throws -> String {
    var reader = FormReader(form)
    let phone = reader.text("phone", length: 5...30)
    if !reader.isTicked("agreed") {
      reader.add("agreed", Phrase("请先问过本人。", "Please ask the person first."))
    }
    try reader.finish()
    return phone ?? ""
  }

  // MARK: - Promises

  /// - Throws: `form.invalid` naming every wrong field.
  static func promise(_ form: Form, offsetSeconds: Int, at now: Timestamp) throws -> PromiseTerms {
    var reader = FormReader(form)
    let category = reader.choice("category", of: ResourceCategory.self)
    if let category, !SupportPromise.categories.contains(category) {
      reader.add("category", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    let text = reader.lines("text", length: 1...300)
    let quantity = reader.text("quantity", length: 1...60, isRequired: false)
    let until = reader.moment("until", offsetSeconds: offsetSeconds, isRequired: false)
    if let until, until <= now {
      reader.add("until", Phrase("请填以后的日子。", "Please enter a day that is still to come."))
    }
    try reader.finish()
    guard let category, let text else { throw Problem.internalFault }
    return PromiseTerms(category: category, text: text, quantity: quantity ?? "", until: until)
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func keeping(
    _ form: Form, of promise: PromiseID, offsetSeconds: Int, at now: Timestamp
  ) throws -> PromiseKeeping {
    var reader = FormReader(form)
    let outcome = reader.choice("outcome", of: PromiseKeeping.Outcome.self)
    let happenedAt = reader.moment("happened_at", offsetSeconds: offsetSeconds)
    let note = reader.lines("note", length: 1...300, isRequired: false)
    if let happenedAt, happenedAt > now {
      reader.add("happened_at", Phrase("请填已经过去的日子。", "Please enter a day that has come."))
    }
    try reader.finish()
    guard let outcome, let happenedAt else { throw Problem.internalFault }
    return PromiseKeeping(promise: promise, outcome: outcome, happenedAt: happenedAt, note: note ?? "")
  }

  // MARK: - Services

  /// - Throws: `form.invalid` naming every wrong field.
  static func service(_ form: Form) throws -> DirectoryServiceTerms {
    var reader = FormReader(form)
    let name = phrase("name", length: 1...80, isOneLine: true, &reader)
    let description = phrase("description", length: 1...1500, isOneLine: false, &reader)
    let status = reader.choice("status", of: DirectoryService.Status.self)
    let fees = reader.lines("fees", length: 1...300, isRequired: false)
    let eligibility = reader.lines("eligibility", length: 1...300, isRequired: false)
    let minimum = reader.integer("minimum_age", in: DirectoryServiceTerms.ages, isRequired: false)
    let maximum = reader.integer("maximum_age", in: DirectoryServiceTerms.ages, isRequired: false)
    if let minimum, let maximum, minimum > maximum {
      reader.add(
        "maximum_age", Phrase("不能比最小年龄还小。", "This cannot be below the youngest age."))
    }
    let languages = languages(&reader)
    let opening = reader.lines("opening", length: 1...300, isRequired: false)
    let places = places(&reader)
    try reader.finish()
    guard let name, let description, let status else { throw Problem.internalFault }
    return DirectoryServiceTerms(
      name: name, description: description, status: status, fees: fees ?? "",
      eligibility: eligibility ?? "", minimumAge: minimum, maximumAge: maximum, languages: languages,
      places: places, opening: opening ?? "")
  }

  private static func languages(_ reader: inout FormReader) -> [String] {
    guard let text = reader.lines("languages", length: 1...200, isRequired: false) else { return [] }
    let lines = text.split(whereSeparator: \.isNewline)
      .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }.filter { !$0.isEmpty }
    if lines.count > DirectoryServiceTerms.languageLimit {
      reader.add("languages", Phrase("最多 8 种语言。", "At most 8 languages."))
    }
    return lines
  }

  /// The name of the tick of a place is this and its number.
  static let placeField = "place_"

  private static func places(_ reader: inout FormReader) -> Set<PlaceID> {
    let places = Set(
      reader.form.fields.compactMap { field -> PlaceID? in
        guard field.name.hasPrefix(placeField), field.value == "on" else { return nil }
        return PlaceID(String(field.name.dropFirst(placeField.count)))
      })
    if places.count > DirectoryServiceTerms.placeLimit {
      reader.add("places", Phrase("最多 20 个地方。", "At most 20 places."))
    }
    return places
  }

  static func state(_ terms: DirectoryServiceTerms) -> FormState {
    var stored = [
      "name_zh": terms.name.chinese, "name_en": terms.name.english,
      "description_zh": terms.description.chinese, "description_en": terms.description.english,
      "status": terms.status.rawValue, "fees": terms.fees, "eligibility": terms.eligibility,
      "minimum_age": terms.minimumAge.map { String($0) } ?? "",
      "maximum_age": terms.maximumAge.map { String($0) } ?? "",
      "languages": terms.languages.joined(separator: "\n"), "opening": terms.opening,
    ]
    for place in terms.places { stored["\(placeField)\(place)"] = "on" }
    return FormState(stored)
  }
}
