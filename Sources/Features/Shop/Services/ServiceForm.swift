import Kernel
import Web

/// What merchants type of a service, parsed into details that cannot be wrong.
enum ServiceForm {
  static let titleLength = 40
  static let textLength = 1_000

  /// - Throws: `form.invalid` naming each field.
  static func details(_ form: Form) throws -> Service.Details {
    var reader = FormReader(form)
    let kind = reader.choice("kind", of: Service.Kind.self)
    let title = phrase("title", length: titleLength, isRequired: true, &reader)
    let description = phrase("description", length: textLength, isRequired: false, &reader)
    let preparation = phrase("preparation", length: textLength, isRequired: false, &reader)
    let place = reader.choice("place", of: Service.Place.self)
    let price = price(&reader)
    let times = times(&reader)
    let rules = rules(&reader)
    try reader.finish()
    guard let kind, let title, let place, let price, let times, let rules else { throw Problem.internalFault }
    return Service.Details(
      kind: kind, title: title, description: description ?? Phrase(same: ""),
      preparation: preparation ?? Phrase(same: ""), place: place, price: price, times: times, rules: rules)
  }

  private static func price(_ reader: inout FormReader) -> ServicePrice? {
    let basis = reader.choice("basis", of: ServicePrice.Basis.self)
    let amount = reader.money("price")
    let cap = reader.money("cap")
    if let amount, amount <= .zero {
      reader.add("price", Phrase("价格要大于 0。", "The price must be above zero."))
    }
    if let amount, let cap, cap < amount || cap > ServicePrice.highestCap {
      reader.add(
        "cap",
        Phrase(
          "上限不能低于价格，也不能超过 \(ServicePrice.highestCap.display)。",
          "The limit cannot be below the price or above \(ServicePrice.highestCap.display)."))
    }
    guard let basis, let amount, let cap else { return nil }
    return ServicePrice(basis: basis, amount: amount, cap: cap)
  }

  private static func times(_ reader: inout FormReader) -> ServiceTimes? {
    let minutes = quarters("minutes", in: ServiceTimes.minutesRange, &reader)
    let buffer = quarters("buffer_minutes", in: ServiceTimes.bufferRange, &reader)
    let lead = reader.integer("lead_hours", in: ServiceTimes.leadRange)
    let horizon = reader.integer("horizon_days", in: ServiceTimes.horizonRange)
    guard let minutes, let buffer, let lead, let horizon else { return nil }
    return ServiceTimes(minutes: minutes, bufferMinutes: buffer, leadHours: lead, horizonDays: horizon)
  }

  private static func rules(_ reader: inout FormReader) -> VisitRules? {
    let answer = reader.integer("answer_hours", in: VisitRules.answerRange)
    let free = reader.integer("free_hours", in: VisitRules.freeRange)
    let late = reader.rate("late_rate", upTo: VisitRules.lateLimit)
    guard let answer, let free, let late else { return nil }
    return VisitRules(answerHours: answer, freeHours: free, lateRate: late)
  }

  private static func quarters(
    _ name: String, in range: ClosedRange<Int64>, _ reader: inout FormReader
  ) -> Int64? {
    guard let minutes = reader.integer(name, in: range) else { return nil }
    if minutes % 15 != 0 {
      reader.add(name, Phrase("请填 15 分钟的倍数。", "Please enter a multiple of 15 minutes."))
    }
    return minutes
  }

  /// A text in both languages; where one is empty it is the other.
  static func phrase(
    _ name: String, length: Int, isRequired: Bool, _ reader: inout FormReader
  ) -> Phrase? {
    let chinese = reader.lines("\(name)_zh", length: 1...length, isRequired: isRequired)
    let english = reader.lines("\(name)_en", length: 1...(2 * length), isRequired: false)
    guard chinese != nil || english != nil else { return nil }
    return .typed(chinese ?? "", english ?? "")
  }

  /// What the form shows of a service; of a new one, what is usual.
  static func state(_ details: Service.Details?) -> FormState {
    let details =
      details
      ?? Service.Details(
        kind: .cleaning, title: Phrase(same: ""),
        price: ServicePrice(basis: .visit, amount: .zero, cap: .zero))
    var values = [
      "kind": details.kind.rawValue, "place": details.place.rawValue, "basis": details.price.basis.rawValue,
      "price": details.price.amount == .zero ? "" : details.price.amount.decimal,
      "cap": details.price.cap == .zero ? "" : details.price.cap.decimal,
      "minutes": String(details.times.minutes), "buffer_minutes": String(details.times.bufferMinutes),
      "lead_hours": String(details.times.leadHours), "horizon_days": String(details.times.horizonDays),
      "answer_hours": String(details.rules.answerHours), "free_hours": String(details.rules.freeHours),
      "late_rate": details.rules.lateRate.decimal,
    ]
    for (name, phrase) in [
      ("title", details.title), ("description", details.description), ("preparation", details.preparation),
    ] {
      values["\(name)_zh"] = phrase.chinese
      values["\(name)_en"] = phrase.typedEnglish
    }
    return FormState(values)
  }
}
