import Kernel
import Web

/// Reads what a leader types into drafts that cannot be wrong, or into problems by field.
enum CampaignForm {
  enum MinimumKind: String, CaseIterable {
    case none, households, amount
  }

  /// - Throws: `form.invalid` with every wrong field.
  static func draft(_ form: Form, offsetSeconds: Int, now: Timestamp) throws -> CampaignDraft {
    var reader = FormReader(form)
    let title = reader.text("title_zh", length: 1...60)
    let titleEnglish = reader.text("title_en", length: 1...120, isRequired: false)
    let note = note(&reader)
    let opensAt = reader.moment("opens_at", offsetSeconds: offsetSeconds)
    let cutOffAt = reader.moment("cut_off_at", offsetSeconds: offsetSeconds)
    let point = reader.identifier("pickup_point", of: PickupPointKind.self)
    let from = reader.moment("pickup_from", offsetSeconds: offsetSeconds)
    let until = reader.moment("pickup_until", offsetSeconds: offsetSeconds)
    let minimum = minimum(&reader)
    let rule = reader.choice("shortage_rule", of: ShortageRule.self)
    let commission = reader.rate("commission", upTo: CampaignTerms.commissionLimit)
    let carrier = carrier(&reader)
    let fund = fund(&reader)
    let returnHours = reader.integer("return_hours", in: CampaignTerms.returnHoursRange)
    let uncollected = reader.rate("uncollected", upTo: CampaignTerms.uncollectedLimit, isRequired: false)
    let steps = DiscountStepForm.read(&reader)
    if let title, let opensAt, let cutOffAt, let point, let from, let until, let minimum, let rule,
      let commission, let returnHours
    {
      let draft = CampaignDraft(
        title: Phrase(title, titleEnglish ?? title), note: note, opensAt: opensAt, cutOffAt: cutOffAt,
        pickupPoint: point, pickupFrom: from, pickupUntil: until, minimum: minimum, shortageRule: rule,
        terms: CampaignTerms(
          commission: commission, carrier: carrier, fund: fund, returnHours: returnHours,
          uncollected: uncollected ?? .none), discountSteps: steps,
        audience: JointPurchaseForm.audience(reader))
      for problem in draft.windowProblems(now: now) { reader.add(problem.field, problem.message) }
      try reader.finish()
      return draft
    }
    try reader.finish()
    throw Problem.internalFault
  }

  /// What is in the fields of a draft that stands already.
  static func state(_ draft: CampaignDraft, offsetSeconds: Int) -> FormState {
    func local(_ moment: Timestamp) -> String { CivilDateTime(moment, offsetSeconds: offsetSeconds).isoLocal }
    var values = [
      "title_zh": draft.title.chinese,
      "title_en": draft.title.english == draft.title.chinese ? "" : draft.title.english,
      "note_zh": draft.note.chinese,
      "note_en": draft.note.english == draft.note.chinese ? "" : draft.note.english,
      "opens_at": local(draft.opensAt), "cut_off_at": local(draft.cutOffAt),
      "pickup_point": draft.pickupPoint.description, "pickup_from": local(draft.pickupFrom),
      "pickup_until": local(draft.pickupUntil), "shortage_rule": draft.shortageRule.rawValue,
      "minimum_kind": draft.minimum.stored.kind, "commission": draft.terms.commission.decimal,
      "return_hours": String(draft.terms.returnHours), "uncollected": draft.terms.uncollected.decimal,
    ]
    values["carrier"] = draft.terms.carrier?.person.description ?? noChoice
    values["carrier_rate"] = draft.terms.carrier?.rate.decimal
    values["fund"] = draft.terms.fund?.fund.description ?? noChoice
    values["fund_rate"] = draft.terms.fund?.rate.decimal
    switch draft.minimum {
    case .none: break
    case .households(let count): values["minimum_households"] = String(count)
    case .amount(let money): values["minimum_amount"] = money.decimal
    }
    values[JointPurchaseForm.tick] = draft.audience == .merchants ? "on" : nil
    return FormState(values.merging(DiscountStepForm.state(draft.discountSteps)) { first, _ in first })
  }

  /// What a new campaign begins with: opens at the next full hour, cut off at ten tonight or tomorrow, pickup the
  /// afternoon after.
  static func suggestion(now: Timestamp, offsetSeconds: Int, pickupPoint: PickupPointID?) -> FormState {
    var opening = CivilDateTime(now + .hours(1), offsetSeconds: offsetSeconds)
    opening.minute = 0
    opening.second = 0
    let opensAt = opening.timestamp(offsetSeconds: offsetSeconds)
    var evening = opening
    evening.hour = 22
    var cutOffAt = evening.timestamp(offsetSeconds: offsetSeconds)
    if cutOffAt < opensAt + .hours(2) { cutOffAt = cutOffAt + .days(1) }
    let pickupFrom = cutOffAt + .hours(18)
    func local(_ moment: Timestamp) -> String { CivilDateTime(moment, offsetSeconds: offsetSeconds).isoLocal }
    return FormState([
      "opens_at": local(opensAt), "cut_off_at": local(cutOffAt), "pickup_from": local(pickupFrom),
      "pickup_until": local(pickupFrom + .hours(3)), "pickup_point": pickupPoint?.description ?? "",
      "minimum_kind": MinimumKind.none.rawValue, "shortage_rule": ShortageRule.firstCome.rawValue,
      "commission": "8", "carrier": noChoice, "fund": noChoice,
      "return_hours": String(CampaignTerms().returnHours),
      "uncollected": "0",
    ])
  }

  /// - Throws: `form.invalid` with every wrong field.
  static func amendment(_ form: Form, of campaign: Campaign, offsetSeconds: Int, now: Timestamp) throws
    -> CampaignAmendment
  {
    var reader = FormReader(form)
    let note = note(&reader)
    let typed = reader.moment("cut_off_at", offsetSeconds: offsetSeconds)
    // The field shows whole minutes; what was not touched keeps its seconds.
    let shown = CivilDateTime(campaign.cutOffAt, offsetSeconds: offsetSeconds).isoLocal
    let isUntouched = reader.raw("cut_off_at") == shown
    if let typed {
      let amendment = CampaignAmendment(note: note, cutOffAt: isUntouched ? campaign.cutOffAt : typed)
      for problem in amendment.problems(with: campaign, now: now) {
        reader.add(problem.field, problem.message)
      }
      try reader.finish()
      return amendment
    }
    try reader.finish()
    throw Problem.internalFault
  }

  /// - Throws: `form.invalid` with every wrong field.
  static func item(_ form: Form) throws -> CampaignItemDraft {
    var reader = FormReader(form)
    let price = reader.money("price")
    let kind = reader.choice("stock_kind", of: StockKind.self)
    let units = reader.integer("units", in: 0...CampaignItemDraft.unitLimit, isRequired: kind == .limited)
    let limit = reader.integer("household_limit", in: 1...Order.quantityLimit, isRequired: false)
    let minimum = reader.integer(
      "minimum_quantity", in: 0...CampaignItemDraft.unitLimit, isRequired: false)
    let tiers = PriceTierForm.read(
      &reader, price: price, minimum: minimum ?? 0, units: kind == .limited ? units : nil)
    let isByTheCase = reader.isTicked(CaseOffer.field)
    try reader.finish()
    guard let price, let kind else { throw Problem.internalFault }
    return try CampaignItemDraft(
      price: price, stockKind: kind, units: units ?? 0, householdLimit: limit, minimumQuantity: minimum ?? 0,
      tiers: tiers, isByTheCase: isByTheCase)
  }

  /// Stands for nobody in the lists of carriers and funds.
  static let noChoice = "none"

  /// Who brings the goods, and their part; nil where nobody is to have one. Whether the person is a courier is for the desk
  /// to ask.
  private static func carrier(_ reader: inout FormReader) -> CampaignTerms.Carrier? {
    part(
      "carrier", upTo: CampaignTerms.carrierLimit,
      unchosen: Phrase("请选是谁送货。", "Please choose who brings the goods."), &reader
    ).map { CampaignTerms.Carrier(person: $0, rate: $1) }
  }

  /// The fund that has a part, and the part. Whether there is such a fund is for the desk to ask.
  private static func fund(_ reader: inout FormReader) -> CampaignTerms.FundPart? {
    part(
      "fund", upTo: CampaignTerms.fundLimit, unchosen: Phrase("请选给哪项资金。", "Please choose the fund."), &reader
    ).map { CampaignTerms.FundPart(fund: $0, rate: $1) }
  }

  /// Somebody chosen from a list and their part, which are given together or not at all.
  private static func part<Kind>(
    _ field: String, upTo limit: Rate, unchosen: Phrase, _ reader: inout FormReader
  ) -> (Identifier<Kind>, Rate)? {
    let isNobody = [nil, noChoice].contains(reader.raw(field))
    let rate = reader.rate("\(field)_rate", upTo: limit, isRequired: !isNobody)
    if isNobody {
      if let rate, rate > .none { reader.add(field, unchosen) }
      return nil
    }
    guard let chosen = reader.identifier(field, of: Kind.self), let rate else { return nil }
    return (chosen, rate)
  }

  private static func note(_ reader: inout FormReader) -> Phrase {
    let note = reader.lines("note_zh", length: 1...1000, isRequired: false) ?? ""
    let noteEnglish = reader.lines("note_en", length: 1...2000, isRequired: false) ?? ""
    return Phrase(note, noteEnglish.isEmpty ? note : noteEnglish)
  }

  private static func minimum(_ reader: inout FormReader) -> Campaign.Minimum? {
    switch reader.choice("minimum_kind", of: MinimumKind.self) {
    case nil: return nil
    case .none?: return Campaign.Minimum.none
    case .households?:
      return reader.integer("minimum_households", in: 1...100_000).map { .households($0) }
    case .amount?:
      guard let amount = reader.money("minimum_amount") else { return nil }
      guard amount.minorUnits > 0 else {
        reader.add("minimum_amount", Phrase("金额要大于 0。", "The amount must be above zero."))
        return nil
      }
      return .amount(amount)
    }
  }
}
