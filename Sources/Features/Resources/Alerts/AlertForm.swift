import Kernel
import People
import Web

/// Reads reports, what the station finds, warnings, and what merchants say.
enum AlertForm {
  /// - Throws: `form.invalid` naming `kind`.
  static func kind(_ form: Form) throws -> ScamReport.Kind {
    var reader = FormReader(form)
    let kind = reader.choice("kind", of: ScamReport.Kind.self)
    try reader.finish()
    guard let kind else { throw Problem.internalFault }
    return kind
  }

  /// The number of somebody who calls; nil for those who give no name.
  /// - Throws: `form.invalid` naming `caller`.
  static func caller(_ form: Form) throws -> String? {
    var reader = FormReader(form)
    let caller = reader.text("caller", length: 3...40, isRequired: false)
    try reader.finish()
    return caller
  }

  /// Everything is left to whoever reports.
  /// - Throws: `form.invalid` naming every wrong field.
  static func details(_ form: Form) throws -> ScamReport.Details {
    var reader = FormReader(form)
    func line(_ name: String, _ reader: inout FormReader) -> String {
      reader.text(name, length: ScamReportRules.lineLength, isRequired: false) ?? ""
    }
    let words = reader.lines("words", length: ScamReportRules.wordsLength, isRequired: false) ?? ""
    let (phone, link) = (line("phone", &reader), line("link", &reader))
    let (account, listing) = (line("account", &reader), line("listing", &reader))
    try reader.finish()
    return ScamReport.Details(words: words, phone: phone, link: link, account: account, listing: listing)
  }

  static func state(_ details: ScamReport.Details) -> FormState {
    FormState([
      "words": details.words, "phone": details.phone, "link": details.link, "account": details.account,
      "listing": details.listing,
    ])
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func finding(_ form: Form) throws -> (state: ScamReport.State, note: String) {
    var reader = FormReader(form)
    let state = reader.choice("state", of: ScamReport.State.self)
    let note = reader.lines("note", length: ScamReportRules.noteLength, isRequired: false)
    if state?.isClosed ?? false, note == nil, reader.problems.isEmpty {
      reader.add("note", Phrase("请写一句怎么查的。", "Please write how it was checked."))
    }
    try reader.finish()
    guard let state else { throw Problem.internalFault }
    return (state, note ?? "")
  }

  /// - Throws: `form.invalid` naming `target`.
  static func target(_ form: Form) throws -> ScamReportID {
    var reader = FormReader(form)
    let target: ScamReportID? = reader.identifier("target")
    try reader.finish()
    guard let target else { throw Problem.internalFault }
    return target
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func terms(_ form: Form, offsetSeconds: Int) throws -> AlertTerms {
    var reader = FormReader(form)
    let title = phrase("title", AlertRules.titleLength, &reader)
    let looks = phrase("looks", AlertRules.textLength, &reader)
    let advice = phrase("advice", AlertRules.textLength, &reader)
    let number = reader.text("number", length: AlertRules.numberLength, isRequired: false)
    let until = reader.moment("until", offsetSeconds: offsetSeconds)
    try reader.finish()
    guard let title, let looks, let advice, let until else { throw Problem.internalFault }
    return AlertTerms(
      title: title, looks: looks, advice: advice, number: number ?? "", buildings: Set(form.all("buildings")),
      until: until)
  }

  /// A warning as it stands in its form.
  static func state(_ terms: AlertTerms, offsetSeconds: Int) -> FormState {
    func english(_ phrase: Phrase) -> String { phrase.english == phrase.chinese ? "" : phrase.english }
    let until = CivilDateTime(terms.until, offsetSeconds: offsetSeconds).isoLocal
    var fields: [(name: String, value: String)] = [
      ("title_zh", terms.title.chinese), ("title_en", english(terms.title)),
      ("looks_zh", terms.looks.chinese), ("looks_en", english(terms.looks)),
      ("advice_zh", terms.advice.chinese), ("advice_en", english(terms.advice)),
      ("number", terms.number), ("until", until),
    ]
    fields += terms.buildings.sorted().map { ("buildings", $0) }
    return FormState(Form(fields: fields.map { .init(name: $0.name, value: $0.value) }))
  }

  private static func phrase(
    _ name: String, _ length: ClosedRange<Int>, _ reader: inout FormReader
  ) -> Phrase? {
    let chinese = reader.lines("\(name)_zh", length: length)
    let english = reader.lines("\(name)_en", length: 1...(length.upperBound * 3), isRequired: false)
    return chinese.map { Phrase($0, english ?? $0) }
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func charge(_ form: Form) throws -> HearingDesk.Charge {
    var reader = FormReader(form)
    let merchant: MerchantID? = reader.identifier("merchant")
    let product = reader.integer("product", in: 1...Int64.max, isRequired: false)
    let words = reader.lines("charge", length: HearingRules.wordsLength)
    try reader.finish()
    guard let merchant, let words else { throw Problem.internalFault }
    return HearingDesk.Charge(merchant: merchant, product: product, words: words)
  }

  /// - Throws: `form.invalid` naming `reply`.
  static func reply(_ form: Form) throws -> String {
    var reader = FormReader(form)
    let reply = reader.lines("reply", length: HearingRules.replyLength)
    try reader.finish()
    return reply ?? ""
  }

  /// - Throws: `form.invalid` naming `reason`.
  static func reason(_ form: Form) throws -> String {
    var reader = FormReader(form)
    let reason = reader.lines("reason", length: HearingRules.reasonLength)
    try reader.finish()
    return reason ?? ""
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func decision(_ form: Form) throws -> (decision: Hearing.Decision, reason: String) {
    var reader = FormReader(form)
    let decision = reader.choice("decision", of: Hearing.Decision.self)
    let reason = reader.lines("reason", length: HearingRules.reasonLength)
    try reader.finish()
    guard let decision, let reason else { throw Problem.internalFault }
    return (decision, reason)
  }
}
