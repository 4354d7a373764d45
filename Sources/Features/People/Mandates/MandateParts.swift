import Kernel
import Web

/// What people read of mandates: plain sentences, term by term.
struct MandateParts {
  let say: Wording
  /// What persons are called.
  let names: [PersonID: String]
  let merchants: [MerchantID: Phrase]
  let toldOfOrders: Set<PersonID>

  init(_ view: MandateView, _ say: Wording) {
    self.say = say
    names = view.names
    merchants = view.merchants
    toldOfOrders = view.toldOfOrders
  }

  /// Each term in words.
  func terms(_ terms: MandateTerms, unlike other: MandateTerms? = nil) -> HTML {
    var rows: [(term: String, value: HTML)] = []
    func add(_ name: String, _ value: String, _ isShown: Bool = true) {
      if isShown { rows.append((name, HTML(text: value))) }
    }
    add(say("可以办的事", "May do"), list(terms.matters.map(\.name)), terms.matters != other?.matters)
    add(say("从哪里买", "May buy from"), sellers(terms.merchants), terms.merchants != other?.merchants)
    add(say("一单最多", "At most for one order"), say.money(terms.perOrder), terms.perOrder != other?.perOrder)
    add(say("一天最多", "At most in one day"), say.money(terms.perDay), terms.perDay != other?.perDay)
    add(say("一个月最多", "At most in one month"), say.money(terms.perMonth), terms.perMonth != other?.perMonth)
    add(say("怎么付钱", "Paid by"), list(terms.payWays.map(\.name)), terms.payWays != other?.payWays)
    if terms.confirmations != other?.confirmations {
      rows.append((say("每一单怎么点头", "Each order needs"), ways(terms.confirmations)))
    }
    add(
      say("最后一天", "Last day"), say.day(terms.expires - .seconds(1), inYear: 0),
      terms.expires != other?.expires)
    if other == nil || terms.familyKey != other?.familyKey, terms.familyKey != nil || other != nil {
      add(say("能替本人点头的家人", "Who may say yes as well"), name(terms.familyKey))
    }
    if other == nil || terms.alertPerson != other?.alertPerson, terms.alertPerson != nil || other != nil {
      add(say("有不对劲告诉谁", "Who hears of anything odd"), name(terms.alertPerson))
    }
    if other == nil || terms.statementCopy != other?.statementCopy, terms.statementCopy != nil || other != nil
    {
      add(say("对账单也给谁", "Who gets a copy of the statement"), copy(to: terms.statementCopy))
    }
    return PageParts.definitions(rows)
  }

  /// What waits, and the button that takes it back.
  /// - Parameter keep: where that button leads; nil for whoever may not press it.
  func pending(_ mandate: Mandate, at now: Timestamp, keep: String?, token: String) -> HTML {
    let pending = mandate.pending(at: now)
    if pending.isEmpty { return .empty }
    var before = mandate.terms(at: now)
    let parts = pending.map { step -> HTML in
      defer { before = step.terms }
      return """
        <h3>\(say("从 \(say.dateTime(step.from)) 起", "From \(say.dateTime(step.from)) on"))</h3>\
        \(terms(step.terms, unlike: before))
        """
    }
    let button: HTML =
      keep.map {
        """
        <form method="post" action="\($0)"><input type="hidden" name="form_token" value="\(token)">\
        <p class="actions"><button class="button quiet" type="submit">\(say("不放宽了，照现在的来", "Leave it as it is now"))</button></p></form>
        """
      } ?? .empty
    return """
      <section class="card" id="waiting"><h2>\(say("要等 24 小时才算数的", "What counts after 24 hours"))</h2>\
      <p>\(say("放宽的事不用急着定。在这之前随时可以不要。", "There is no hurry in giving more. Until then it can be taken back at any time."))</p>\(parts)\(button)</section>
      """
  }

  func state(_ mandate: Mandate, at now: Timestamp) -> HTML {
    if mandate.revokedAt != nil { return PageParts.tag(say("已收回", "Taken back")) }
    if let again = mandate.countsAgain(from: now) {
      return PageParts.tag(say("等到 \(say.dateTime(again)) 才又算数", "Counts again from \(say.dateTime(again))"))
    }
    return mandate.isAlive(at: now)
      ? PageParts.tag(say("有效", "Valid"), .good) : PageParts.tag(say("已到期", "Ended"))
  }

  func name(_ person: PersonID?) -> String { person.map { names[$0] ?? "—" } ?? say("没有", "nobody") }

  /// Naming somebody here is not yet a consent: what was bought is told to others by that alone.
  private func copy(to person: PersonID?) -> String {
    guard let person, !toldOfOrders.contains(person) else { return name(person) }
    return say(
      "\(name(person))（还没给：要本人另外同意“把您的情况告诉一位家人”）",
      "\(name(person)) (not yet given: it needs a separate yes to “Telling one relative how you are”)")
  }

  private func list(_ phrases: [Phrase]) -> String {
    if phrases.isEmpty { return say("没有", "nothing") }
    return phrases.map { say($0) }.sorted().joined(separator: say("、", ", "))
  }

  /// One of them is enough each time.
  private func ways(_ ways: Set<ConfirmationWay>) -> HTML {
    let items = ConfirmationWay.allCases.filter(ways.contains).map { "<li>\(say($0.name))</li>" as HTML }
    if items.isEmpty { return HTML(text: say("没有", "nothing")) }
    return """
      <p>\(say("下面任何一样：", "One of these:"))</p><ul>\(items)</ul>
      """
  }

  private func sellers(_ list: MandateMerchants) -> String {
    func names(_ ids: Set<MerchantID>) -> String {
      ids.isEmpty
        ? say("没有", "nobody")
        : ids.sorted().map { merchants[$0].map { say($0) } ?? "—" }.joined(separator: say("、", ", "))
    }
    return switch list {
    case .any: say("哪一家都行", "any merchant")
    case .only(let merchants): say("只从：\(names(merchants))", "only: \(names(merchants))")
    case .except(let merchants): say("除了：\(names(merchants))", "any but: \(names(merchants))")
    }
  }
}

/// The people and merchants that a form of a mandate lets choose from.
struct MandateChoices: Sendable {
  let helpers: [(id: PersonID, name: Phrase)]
  let trusted: [(id: PersonID, name: Phrase)]
  let witnesses: [(id: PersonID, name: Phrase)]
  let merchants: [(MerchantID, Phrase)]
}

/// The fields of the forms of mandates.
struct MandateFields {
  let parts: FormParts
  let say: Wording
  let choices: MandateChoices

  var helper: HTML {
    """
    \(parts.select("helper", Phrase("谁来帮忙", "Who helps"), options: options(choices.helpers, isByPhone: true)))\
    \(parts.text("helper_phone", Phrase("不在上面：这位的电话", "Not in the list: their telephone number"), type: "tel", isRequired: false, maximumLength: 40, inputMode: "tel"))
    """
  }

  var caps: HTML {
    """
    \(parts.money("per_order", Phrase("一单最多", "At most for one order")))\
    \(parts.money("per_day", Phrase("一天最多", "At most in one day")))\
    \(parts.money("per_month", Phrase("一个月最多", "At most in one month")))
    """
  }

  var terms: HTML {
    """
    \(parts.checkboxes("matters", Phrase("可以办哪些事", "What may be done"), options: MandateMatter.allCases.map { ($0.rawValue, $0.name) }))\
    \(caps)\(sellers)\
    \(parts.checkboxes("pay_ways", Phrase("怎么付钱", "Paid by"), options: MandatePayWay.allCases.map { ($0.rawValue, $0.name) }))\
    \(parts.checkboxes("confirmations", Phrase("每一单，本人怎么点头", "How the person says yes to each order"), options: ConfirmationWay.allCases.map { ($0.rawValue, $0.name) }, hint: Phrase("选几样都行，用到其中一样就算。", "Choose as many as you like; one of them is enough each time.")))\
    \(parts.date("expires", Phrase("用到哪天", "Last day"), hint: Phrase("最长 12 个月。", "Within 12 months.")))\
    <fieldset class="field"><legend>\(say("信得过的家人或朋友", "A trusted relative or friend"))</legend>\
    \(trusted("family_key", Phrase("谁能替本人点头", "Who may say yes as well")))\
    \(trusted("alert_person", Phrase("有不对劲告诉谁", "Who hears of anything odd")))\
    \(trusted("statement_copy", Phrase("每月对账单也给谁", "Who gets a copy of the statement")))\
    \(parts.text("trusted_phone", Phrase("这位亲友的电话", "Their telephone number"), hint: Phrase("要在这里登记过账号。", "They need an account here."), type: "tel", isRequired: false, maximumLength: 40, inputMode: "tel"))</fieldset>
    """
  }

  var evidence: HTML {
    let kinds: [MandateEvidence.Kind] = [.signedPaper, .spokenWithWitness]
    return """
      <fieldset class="field"><legend>\(say("凭什么登记", "What shows the wish"))</legend>\
      \(parts.radios("evidence", Phrase("凭据", "Evidence"), options: kinds.map { ($0.rawValue, $0.name) }))\
      \(parts.select("witness", Phrase("见证人", "Witness"), options: options(choices.witnesses), hint: Phrase("口头委托一定要有，不能是帮忙的人，也不能是您自己。", "Needed for the spoken word; neither the helper nor you."), isRequired: false))\
      \(parts.select("place", Phrase("在哪里", "Where"), options: MandateEvidence.Place.allCases.map { ($0.rawValue, $0.name) }))\
      \(parts.file("picture", Phrase("签了字的纸，拍一张", "A photo of the signed paper"), hint: Phrase("加密保存，只有登记委托的同事看得到。", "Kept encrypted; seen only by colleagues who record mandates."), accept: "image/jpeg,image/png,image/webp", isRequired: false))</fieldset>
      """
  }

  private var sellers: HTML {
    let kinds = parts.radios(
      "merchants", Phrase("从哪里买", "May buy from"),
      options: [
        ("any", Phrase("哪一家都行", "Any merchant")), ("only", Phrase("只从选中的几家", "Only those ticked")),
        ("except", Phrase("除了选中的几家", "Any but those ticked")),
      ])
    if choices.merchants.isEmpty { return kinds }
    return kinds
      + parts.checkboxes(
        "merchant", Phrase("商户", "Merchants"), options: choices.merchants.map { ($0.0.description, $0.1) })
  }

  private func trusted(_ name: String, _ label: Phrase) -> HTML {
    parts.select(
      name, label,
      options: [(ChosenPerson.none, Phrase("没有", "Nobody"))] + options(choices.trusted, isByPhone: true),
      isRequired: false)
  }

  private func options(
    _ people: [(id: PersonID, name: Phrase)], isByPhone: Bool = false
  ) -> [(value: String, name: Phrase)] {
    var options = people.map { (value: $0.id.description, name: $0.name) }
    if isByPhone {
      options.append((ChosenPerson.byPhone, Phrase("下面这个电话的主人", "Whoever has the number below")))
    }
    return options
  }
}
