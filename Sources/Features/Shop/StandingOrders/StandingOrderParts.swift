import Kernel
import Web

/// What the pages of standing orders have in common, whoever reads them.
struct StandingOrderParts {
  let say: Wording
  let formToken: String
  let now: Timestamp

  /// `每周 2 袋，到 ¥3.50/斤为止`
  func words(_ need: StandingNeed, _ offer: VariantOffer) -> String {
    let unit = offer.unit.name
    let price = need.price.words(offer.unit)
    return say(
      "\(need.rhythm.name.chinese) \(need.quantity) \(unit.chinese)，\(price.chinese) 以内",
      "\(need.quantity) \(unit.english) \(need.rhythm.name.english), up to \(price.english)")
  }

  /// The list as it is read.
  func needs(_ needs: [StandingNeed], _ offers: [VariantID: VariantOffer]) -> HTML {
    let items = needs.compactMap { need -> HTML? in
      guard let offer = offers[need.variant] else { return nil }
      let season: HTML =
        offer.isListed
        ? .empty : " \(PageParts.tag(say("这阵子没有，有了再订", "Not offered now; it waits"), .notice))"
      return """
        <li class="order-line"><p><strong>\(say(offer.name))</strong> <span class="muted">\(say(offer.pack))</span>\(season)</p>\
        <p>\(words(need, offer))</p></li>
        """
    }
    return "<ul class=\"order-lines\">\(items)</ul>"
  }

  /// The form on which the list is written: a row for each of the goods.
  /// - Parameter state: what was typed; the choices' own figures where nothing was.
  func form(
    _ choices: [StandingChoice], _ state: FormState?, to path: String, revision: Int64?, submit: Phrase
  ) -> HTML {
    let state = state ?? Self.state(choices)
    let parts = FormParts(state, say)
    let chosen = choices.filter { isChosen($0, state) }
    let others = choices.filter { !isChosen($0, state) }
    let more: HTML =
      others.isEmpty
      ? .empty
      : """
      <details class="card"\(attribute: "open", if: chosen.isEmpty)><summary>\(say("再加几样", "Add more"))</summary>\
      <ul class="order-lines">\(others.map { row($0, state, parts) })</ul></details>
      """
    return parts.form(
      to: path, token: formToken,
      """
      \(parts.summary)\(parts.hidden("revision", revision.map(String.init) ?? ""))\
      <ul class="order-lines">\(chosen.map { row($0, state, parts) })</ul>\(more)\
      <p class="hint">\(say("价格不超过上面写的，就自动订；贵了先问您。数量填 0 就是不要。",
        "Up to the price shown it is ordered by itself; if it is dearer we ask you first. Enter 0 for none."))</p>\
      \(parts.submit(submit))
      """)
  }

  private static func state(_ choices: [StandingChoice]) -> FormState {
    var values: [String: String] = [:]
    for choice in choices {
      let variant = choice.offer.variant
      values[StandingOrderForm.quantityField(variant)] = choice.quantity.map(String.init) ?? ""
      values[StandingOrderForm.rhythmField(variant)] = choice.rhythm.rawValue
    }
    return FormState(values)
  }

  /// Whether it is on the list, or was typed.
  private func isChosen(_ choice: StandingChoice, _ state: FormState) -> Bool {
    choice.quantity != nil || !state.value(StandingOrderForm.quantityField(choice.offer.variant)).isEmpty
  }

  private func row(_ choice: StandingChoice, _ state: FormState, _ parts: FormParts) -> HTML {
    let variant = choice.offer.variant
    let field = StandingOrderForm.quantityField(variant)
    let rhythm = StandingOrderForm.rhythmField(variant)
    let name = say(choice.offer.name)
    let error: HTML =
      state.problem(field).map {
        "<p class=\"error\" id=\"field-\(field)-error\"><span aria-hidden=\"true\">⚠ </span>\(say($0))</p>"
      } ?? .empty
    let options = StandingRhythm.allCases.map { option -> HTML in
      "<option value=\"\(option.rawValue)\"\(attribute: "selected", if: state.value(rhythm) == option.rawValue)>\(say(option.name))</option>"
    }
    return """
      <li class="order-line"><p><strong>\(name)</strong> <span class="muted">\(say(choice.offer.pack))</span> \
      <span class="price">\(say(choice.price.words(choice.offer.unit)))</span></p>\(error)\
      \(parts.hidden(StandingOrderForm.priceField(variant), String(choice.price.amount.minorUnits)))\
      \(parts.hidden(StandingOrderForm.basisField(variant), choice.price.basis?.rawValue ?? ""))\
      <p class="quantity"><label class="visually-hidden" for="field-\(rhythm)">\(name)\(say("多久一次", ", how often"))</label>\
      <select class="input" id="field-\(rhythm)" name="\(rhythm)">\(options)</select>\
      <label class="visually-hidden" for="field-\(field)">\(name)\(say("数量", ", quantity"))</label>\
      <input id="field-\(field)" name="\(field)" type="text" inputmode="numeric" maxlength="3" value="\(state.value(field))"\
      \(attribute: "aria-describedby", state.problem(field).map { _ in "field-\(field)-error" })\
      \(attribute: "aria-invalid", state.problem(field).map { _ in "true" })> <span>\(say(choice.offer.unit.name))</span></p></li>
      """
  }

  /// Pausing, or going on.
  func pause(_ standing: StandingOrder, _ state: FormState, to path: String) -> HTML {
    if let until = standing.pausedUntil, now < until {
      return PageParts.card(
        say("暂停", "Pause"),
        """
        <p>\(PageParts.tag(say("暂停到 \(say.day(until, inYear: say.civil(now).year))", "Paused until \(say.day(until, inYear: say.civil(now).year))"), .notice))</p>\
        <form method="post" action="\(path)"><input type="hidden" name="form_token" value="\(formToken)">\
        <p class="actions"><button class="button" name="do" value="resume">\(say("现在接着订", "Go on now"))</button></p></form>
        """)
    }
    let parts = FormParts(state, say)
    return PageParts.card(
      say("出门几天？先停一停", "Away for a while?"),
      parts.form(
        to: path, token: formToken,
        """
        \(parts.date("until", Phrase("停到哪一天", "Pause until"), hint: Phrase("这一天以前取货的团都不订，到日子自己接着订。已经下好的单不变。", "Nothing is ordered for pickups before that day; then it goes on by itself. Orders that stand are not changed.")))\
        \(parts.submit(Phrase("先停一停", "Pause")))
        """))
  }

  // MARK: - What became of it

  func turns(_ reading: StandingReading) -> HTML {
    guard !reading.turns.isEmpty else { return .empty }
    return
      "<h2>\(say("最近几次", "Lately"))</h2>\(reading.turns.map { turn($0.turn, $0.campaign, reading.offers) })"
  }

  private func turn(
    _ turn: StandingTurn, _ campaign: Campaign, _ offers: [VariantID: VariantOffer]
  ) -> HTML {
    let lines = turn.lines.map { line -> HTML in
      let offer = offers[line.variant]
      let (words, tone) = standing(line, offer?.unit ?? .piece, isOpen: now < campaign.cutOffAt)
      return
        "<li class=\"order-line\"><p>\(offer.map { say($0.name) } ?? "") \(PageParts.tag(words, tone))</p></li>"
    }
    let refusal: HTML = turn.refusal.map { PageParts.notice(say($0), .bad) } ?? .empty
    let order: HTML =
      turn.order.map {
        "<p><a href=\"/orders/\($0)\">\(say("看这张订单", "See the order"))</a></p>"
      } ?? .empty
    return """
      <section class="card"><h3><a href="/campaigns/\(campaign.id)">\(say(campaign.title))</a></h3>\
      <p class="muted">\(say("取货", "Pickup")) \(say.span(from: campaign.pickupFrom, to: campaign.pickupUntil))</p>\(refusal)\
      <ul class="order-lines">\(lines)</ul>\(order)</section>
      """
  }

  private func standing(_ line: StandingTurn.Line, _ unit: Unit, isOpen: Bool) -> (String, Tone) {
    switch line.state {
    case .planned where line.quantity == 0: (say("现在没有了", "None left now"), .notice)
    case .planned: (say("开团就订 \(line.quantity)", "To be ordered: \(line.quantity)"), .neutral)
    case .asked where isOpen: (say("等您回答", "Waits for your answer"), .notice)
    case .asked: (say("价格变了，没订", "The price changed; not ordered"), .notice)
    case .ordered where line.quantity < line.wanted:
      (say("只订到 \(line.quantity)，要 \(line.wanted)", "Only \(line.quantity) of \(line.wanted)"), .notice)
    case .ordered:
      (
        say("订好 \(line.quantity) \(unit.name.chinese)", "Ordered: \(line.quantity) \(unit.name.english)"),
        .good
      )
    case .soldOut: (say("卖完了", "Sold out"), .notice)
    case .declined: (say("这次不要", "Not this time"), .neutral)
    case .refused: (say("没能订", "Could not be ordered"), .bad)
    }
  }
}
