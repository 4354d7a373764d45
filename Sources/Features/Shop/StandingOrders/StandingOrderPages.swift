import Kernel
import Web

/// The household's own pages of what it needs every week.
struct StandingOrderPages {
  let parts: StandingOrderParts
  let isCardSession: Bool
  private var say: Wording { parts.say }

  init(say: Wording, formToken: String, now: Timestamp, isCardSession: Bool) {
    parts = StandingOrderParts(say: say, formToken: formToken, now: now)
    self.isCardSession = isCardSession
  }

  static let title = Phrase("每周都要", "Every week")

  /// - Parameters:
  ///   - waiting: lists that a helper wrote down and that wait for this household's word.
  func page(
    _ reading: StandingReading, waiting: [StandingProposalID], state: FormState = .empty,
    isSaved: Bool = false
  ) -> Page {
    let saved: HTML = isSaved ? PageParts.notice(say("记下了。", "Saved."), .good) : .empty
    let proposals = waiting.map { id -> HTML in
      """
      <section class="card"><p>\(say("有人替您写了一张固定单，等您点头。", "Somebody wrote a standing order down for you; it waits for your yes."))</p>\
      <p class="actions"><a class="button" href="/standing-orders/proposals/\(id)">\(say("看一看", "Have a look"))</a></p></section>
      """
    }
    return Page(
      title: say(Self.title),
      main: """
        <h1>\(say(Self.title))</h1>\(saved)\(proposals)\(questions(reading))\
        \(reading.standing.map { list($0, reading, state) } ?? nothing)\(parts.turns(reading))\
        \(SharedTablet.finish(isCardSession, formToken: parts.formToken, say))
        """)
  }

  private var nothing: HTML {
    """
    <p class="lead">\(say("每周都买的东西，写一次就行。哪个团有，就替您订上；卖完、涨价都会告诉您。",
      "Write down once what you buy every week. Whichever group-buy has it, it is ordered for you; if it is sold out or dearer you are told."))</p>\
    <p class="actions"><a class="button" href="/standing-orders/edit">\(say("写下每周要的东西", "Write the list"))</a></p>
    """
  }

  private func list(_ standing: StandingOrder, _ reading: StandingReading, _ state: FormState) -> HTML {
    let helped: HTML =
      standing.word == .own
      ? .empty
      : "<p class=\"hint\">\(say("这张单是别人替您写、您点过头的。您改一下，就算您自己的。", "Somebody wrote this list for you and you agreed. If you change it, it is your own."))</p>"
    return """
      <section class="card"><h2>\(say("我家的固定单", "Our list"))</h2>\(parts.needs(standing.needs, reading.offers))\(helped)\
      <p class="actions"><a class="button" href="/standing-orders/edit">\(say("改这张单", "Change it"))</a>\
      <a class="button danger" href="/standing-orders/end">\(say("以后都不订了", "End it"))</a></p></section>\
      \(parts.pause(standing, state, to: "/standing-orders/pause"))
      """
  }

  /// What has become dearer, or is sold by another measure, one question at a time, each with three plain answers.
  private func questions(_ reading: StandingReading) -> HTML {
    .joined(
      reading.questions(at: parts.now).compactMap { entry -> HTML? in
        guard let offer = reading.offers[entry.line.variant] else { return nil }
        let need = reading.standing?.needs.first { $0.variant == entry.line.variant }
        let new = entry.line.price.words(offer.unit)
        let old = need?.price.words(offer.unit) ?? new
        let until = CampaignWords.moment(entry.campaign.cutOffAt, now: parts.now, say)
        let answers: [(StandingOrderDesk.Answer, Phrase, HTML)] = [
          (.yes, Phrase("要，就这个价", "Yes, at this price"), .empty),
          (.notThisTime, Phrase("这次不要", "Not this time"), " quiet"),
          (.noMore, Phrase("以后都不要了", "No more of it"), " quiet"),
        ]
        let buttons = answers.map { answer, words, style -> HTML in
          "<button class=\"button\(style)\" name=\"answer\" value=\"\(answer.rawValue)\">\(say(words))</button>"
        }
        return """
          <section class="card"><h2>\(say("\(offer.name.chinese)价格变了，还要吗？", "The price of \(offer.name.english) has changed. Do you still want it?"))</h2>\
          <p class="lead">\(say("原来 \(old.chinese)，现在 \(new.chinese)。", "It was \(old.english), now it is \(new.english)."))</p>\
          <p>\(say(entry.campaign.title)) · \(say("\(until)前回答", "please answer by \(until)"))</p>\
          <form method="post" action="/standing-orders/answer"><input type="hidden" name="form_token" value="\(parts.formToken)">\
          <input type="hidden" name="turn" value="\(entry.turn.id)"><input type="hidden" name="variant" value="\(offer.variant)">\
          <p class="actions">\(buttons)</p></form></section>
          """
      })
  }

  func edit(_ choices: [StandingChoice], _ state: FormState?, revision: Int64?, problem: Problem? = nil)
    -> Page
  {
    let alert: HTML =
      problem.map { PageParts.notice(say($0.title) + ($0.advice.map { " " + say($0) } ?? ""), .bad) }
      ?? .empty
    let nothing = PageParts.empty(
      say("现在没有团购，等开团了再来写。", "No group-buy is open now; please come back when one is."),
      action: ("/standing-orders", say("返回", "Back")))
    return Page(
      title: say("写固定单", "Write the list"),
      main: """
        <h1>\(say("每周要什么", "What do you need?"))</h1>\(alert)\
        \(choices.isEmpty ? nothing : parts.form(choices, state, to: "/standing-orders/edit", revision: revision, submit: Phrase("就这样，每次替我订", "Order it for me each time")))\
        <p><a href="/standing-orders">\(say("返回", "Back"))</a></p>\
        \(SharedTablet.finish(isCardSession, formToken: parts.formToken, say))
        """)
  }

  /// Asks once before the list ends.
  func ending() -> Page {
    Page(
      title: say("以后都不订了", "End the list"),
      main: """
        <section class="panel"><h1>\(say("以后都不订了吗？", "End it for good?"))</h1>\
        <p>\(say("固定单会收起来，不再替您订。已经下好的订单不变，要取消请到「我的订单」。", "Nothing will be ordered for you any more. Orders that stand are not changed; cancel them under “My orders”."))</p>\
        <form method="post" action="/standing-orders/end"><input type="hidden" name="form_token" value="\(parts.formToken)">\
        <p class="actions"><button class="button danger">\(say("都不订了", "End it"))</button>\
        <a class="button quiet" href="/standing-orders">\(say("不，留着", "Keep it"))</a></p></form></section>\
        \(SharedTablet.finish(isCardSession, formToken: parts.formToken, say))
        """)
  }
}
