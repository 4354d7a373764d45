import Kernel
import Web

/// Somebody chosen in a form: from its list, or by the telephone number typed beside it.
enum ChosenPerson: Sendable, Equatable {
  case nobody
  case person(PersonID)
  case phone(String)

  static let byPhone = "phone"
  static let none = "nobody"
}

/// What is typed about a mandate, before the persons are looked up.
struct MandateDraft: Sendable {
  var helper = ChosenPerson.nobody
  /// With nobody trusted yet.
  var terms: MandateTerms
  var familyKey = ChosenPerson.nobody
  var alertPerson = ChosenPerson.nobody
  var statementCopy = ChosenPerson.nobody
}

enum MandateForm {
  /// Which terms a form asks for; those it does not show stay as they are.
  enum Part: String, CaseIterable {
    case caps
    case all
  }

  /// - Throws: `form.invalid` with every wrong field.
  static func new(_ form: Form, offsetSeconds: Int) throws -> MandateDraft {
    var reader = FormReader(form)
    let helper = person("helper", phone: "helper_phone", &reader)
    if helper == .nobody { reader.add("helper", Phrase("请选谁来帮忙。", "Please choose who helps.")) }
    var draft = draft(&reader, offsetSeconds)
    try reader.finish()
    draft?.helper = helper
    guard let draft else { throw Problem.internalFault }
    return draft
  }

  /// - Throws: `form.invalid` with every wrong field.
  static func change(_ form: Form, of current: MandateTerms, offsetSeconds: Int) throws -> MandateDraft {
    var reader = FormReader(form)
    guard reader.choice("part", of: Part.self, isRequired: false) == .caps else {
      let draft = draft(&reader, offsetSeconds)
      try reader.finish()
      guard let draft else { throw Problem.internalFault }
      return draft
    }
    let caps = caps(&reader)
    try reader.finish()
    guard let caps else { throw Problem.internalFault }
    func chosen(_ person: PersonID?) -> ChosenPerson { person.map(ChosenPerson.person) ?? .nobody }
    var draft = MandateDraft(
      terms: current, familyKey: chosen(current.familyKey), alertPerson: chosen(current.alertPerson),
      statementCopy: chosen(current.statementCopy))
    (draft.terms.perOrder, draft.terms.perDay, draft.terms.perMonth) = caps
    return draft
  }

  /// What shows that the principal wants it, as staff enter it.
  /// - Throws: `form.invalid` with every wrong field.
  static func evidence(_ form: Form) throws -> MandateEvidence {
    var reader = FormReader(form)
    let kind = reader.choice("evidence", of: MandateEvidence.Kind.self)
    let witness = reader.identifier("witness", of: PersonKind.self, isRequired: false)
    let place = reader.choice("place", of: MandateEvidence.Place.self)
    if kind == .electronic { reader.add("evidence", Phrase("请从列表里选择。", "Please choose from the list.")) }
    try reader.finish()
    guard let kind, let place else { throw Problem.internalFault }
    return MandateEvidence(kind, witness: witness, place: place)
  }

  /// What a form shows of terms that exist.
  static func state(_ terms: MandateTerms, offsetSeconds: Int) -> FormState {
    var fields: [Form.Field] = []
    func add(_ name: String, _ value: String) { fields.append(Form.Field(name: name, value: value)) }
    terms.matters.forEach { add("matters", $0.rawValue) }
    terms.payWays.forEach { add("pay_ways", $0.rawValue) }
    terms.confirmations.forEach { add("confirmations", $0.rawValue) }
    switch terms.merchants {
    case .any: add("merchants", "any")
    case .only(let merchants):
      add("merchants", "only")
      merchants.forEach { add("merchant", $0.description) }
    case .except(let merchants):
      add("merchants", "except")
      merchants.forEach { add("merchant", $0.description) }
    }
    add("per_order", terms.perOrder.decimal)
    add("per_day", terms.perDay.decimal)
    add("per_month", terms.perMonth.decimal)
    add("expires", CivilDateTime(terms.expires - .seconds(1), offsetSeconds: offsetSeconds).isoDate)
    if let person = terms.familyKey { add("family_key", person.description) }
    if let person = terms.alertPerson { add("alert_person", person.description) }
    if let person = terms.statementCopy { add("statement_copy", person.description) }
    return FormState(Form(fields: fields))
  }

  /// What a new mandate's form suggests: little, and for half a year.
  static func suggestion(at now: Timestamp, offsetSeconds: Int) -> FormState {
    state(
      MandateTerms(
        matters: [.groceries, .collecting], perOrder: .fen(6_000), perDay: .fen(6_000),
        perMonth: .fen(30_000),
        payWays: [.cash], expires: now + .days(182), confirmations: [.pin, .paper]),
      offsetSeconds: offsetSeconds)
  }

  // MARK: - Parts

  private static func draft(_ reader: inout FormReader, _ offsetSeconds: Int) -> MandateDraft? {
    let matters = choices("matters", of: MandateMatter.self, &reader)
    let payWays = choices("pay_ways", of: MandatePayWay.self, &reader)
    let confirmations = choices("confirmations", of: ConfirmationWay.self, &reader)
    let merchants = merchants(&reader)
    let caps = caps(&reader)
    let day = reader.raw("expires", isRequired: true)
    let expires = day.flatMap { CivilDateTime(iso: $0) }?.timestamp(offsetSeconds: offsetSeconds)
    if day != nil, expires == nil { reader.add("expires", Phrase("请选日期。", "Please choose a day.")) }
    let familyKey = person("family_key", phone: "trusted_phone", &reader)
    let alertPerson = person("alert_person", phone: "trusted_phone", &reader)
    let statementCopy = person("statement_copy", phone: "trusted_phone", &reader)
    guard let caps, let expires else { return nil }
    // The chosen day is the last one.
    let terms = MandateTerms(
      matters: matters, merchants: merchants, perOrder: caps.0, perDay: caps.1, perMonth: caps.2,
      payWays: payWays, expires: expires + .days(1), confirmations: confirmations)
    return MandateDraft(
      terms: terms, familyKey: familyKey, alertPerson: alertPerson, statementCopy: statementCopy)
  }

  private static func caps(_ reader: inout FormReader) -> (Money, Money, Money)? {
    let caps = (reader.money("per_order"), reader.money("per_day"), reader.money("per_month"))
    guard let order = caps.0, let day = caps.1, let month = caps.2 else { return nil }
    return (order, day, month)
  }

  private static func merchants(_ reader: inout FormReader) -> MandateMerchants {
    let list = Set(reader.form.all("merchant").compactMap { MerchantID($0) })
    switch reader.raw("merchants", isRequired: true) {
    case "only": return .only(list)
    case "except": return list.isEmpty ? .any : .except(list)
    case "any": return .any
    case .some:
      reader.add("merchants", Phrase("请从列表里选择。", "Please choose from the list."))
      return .only(list)
    case nil: return .only(list)
    }
  }

  private static func choices<Choice: RawRepresentable & Hashable>(
    _ name: String, of kind: Choice.Type, _ reader: inout FormReader
  ) -> Set<Choice> where Choice.RawValue == String {
    let texts = reader.form.all(name)
    let choices = texts.compactMap(Choice.init(rawValue:))
    if choices.count != texts.count {
      reader.add(name, Phrase("请从列表里选择。", "Please choose from the list."))
    }
    return Set(choices)
  }

  static func person(
    _ name: String, phone: String, _ reader: inout FormReader
  ) -> ChosenPerson {
    guard let text = reader.raw(name), text != ChosenPerson.none else { return .nobody }
    if text == ChosenPerson.byPhone {
      if let typed = reader.raw(phone) { return .phone(typed) }
      reader.add(phone, Phrase("请填这位的电话。", "Please give their telephone number."))
      return .nobody
    }
    if let id = PersonID(text) { return .person(id) }
    reader.add(name, Phrase("请从列表里选择。", "Please choose from the list."))
    return .nobody
  }
}
