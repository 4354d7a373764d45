import Kernel
import People
import Web

/// The pages on which a helper chooses a visit for somebody else.
struct AssistedVisitPages {
  let say: Wording
  let formToken: String

  /// Which service. What the person barred is not there; what is over the sum of an order says so.
  func services(
    _ helped: AssistedOrderPages.Helped, _ services: [(service: Service, merchant: Merchant)],
    now: Timestamp
  ) -> Page {
    let terms = helped.mandate.terms(at: now)
    let most = min(terms.perOrder, helped.leftToday)
    let cards = services.filter { terms.merchants.admits($0.merchant.id) }.map { service, merchant in
      card(service, merchant, most, at: path(helped, service))
    }
    let title = Self.title(helped, say)
    let nothing = PageParts.empty(
      say("还没有商户开服务。", "No merchant offers a service yet."), action: ("/assisted-orders", say("返回", "Back")))
    return Page(
      title: title,
      main: """
        <p><a href="/assisted-orders">← \(say("代下单", "Ordering for others"))</a></p><h1>\(title)</h1>\
        <p>\(left(helped, terms))</p>\(cards.isEmpty ? nothing : .joined(cards))
        """)
  }

  static func title(_ helped: AssistedOrderPages.Helped, _ say: Wording) -> String {
    say("给\(helped.name)约服务", "Booking a service for \(helped.name)")
  }

  private func left(_ helped: AssistedOrderPages.Helped, _ terms: MandateTerms) -> String {
    say(
      "一次最多 \(terms.perOrder.display)，按价格上限算；今天还剩 \(helped.leftToday.display)，这个月还剩 \(helped.leftThisMonth.display)。",
      "At most \(terms.perOrder.display) a visit by its price limit; \(helped.leftToday.display) left today, \(helped.leftThisMonth.display) this month."
    )
  }

  private func path(_ helped: AssistedOrderPages.Helped, _ service: Service) -> String {
    "/assisted-orders/visits/\(helped.mandate.id)/\(service.id)"
  }

  private func card(_ service: Service, _ merchant: Merchant, _ most: Money, at path: String) -> HTML {
    let price = service.details.price
    let choice: HTML =
      price.cap <= most
      ? "<p class=\"actions\"><a class=\"button\" href=\"\(path)\">\(say("看空的时间", "See free times"))</a></p>"
      : "<p>\(PageParts.tag(say("价格上限超过能代办的数", "Its limit is more than you may spend"), .notice))</p>"
    return PageParts.card(
      say(service.details.title),
      """
      <p class="price visit-price">\(say(BookingWords.price(price)))</p>\
      <p class="muted">\(say(merchant.name)) · \(say(service.details.place.name))</p>\(choice)
      """)
  }

  /// Which time, and then what is asked for.
  func times(
    _ helped: AssistedOrderPages.Helped, _ shown: ShownService, times: HTML,
    choice: (BookingForm.Choice, Worker)?, state: FormState, idempotencyKey: String, problem: Problem? = nil
  ) -> Page {
    let title = Self.title(helped, say)
    let asking: HTML =
      choice.map { choice, worker in
        self.asking(shown, choice, worker, state, idempotencyKey, at: path(helped, shown.service))
      } ?? .empty
    return Page(
      title: title,
      main: """
        \(PageParts.steps([say("选时间", "Choose a time"), say("念给本人听", "Read out"), say("本人确认", "Their yes")], current: 0))\
        <p><a href="/assisted-orders/visits/\(helped.mandate.id)">← \(say("别的服务", "Other services"))</a></p><h1>\(title)</h1>\
        <p class="lead">\(say(shown.service.details.title)) · \(say(BookingWords.price(shown.service.details.price)))</p>\
        \(asking)\(times)
        """,
      alerts: problem.map {
        [PageParts.notice(say($0.title) + ($0.advice.map { " " + say($0) } ?? ""), .bad)]
      } ?? [])
  }

  private func asking(
    _ shown: ShownService, _ choice: BookingForm.Choice, _ worker: Worker, _ state: FormState,
    _ idempotencyKey: String, at path: String
  ) -> HTML {
    let parts = FormParts(state, say)
    let until = choice.startsAt + .minutes(shown.service.details.times.minutes)
    return PageParts.card(
      "\(say.span(from: choice.startsAt, to: until)) · \(say(worker.details.name))",
      """
      \(WorkerParts.picture(worker, say))\
      \(parts.form(to: path, token: formToken, idempotencyKey: idempotencyKey,
        """
        \(parts.hidden("worker", choice.worker.description))\(parts.hidden("at", String(choice.startsAt.seconds)))\
        \(parts.textArea("note", Phrase("给师傅的话", "A word to the worker"),
          hint: Phrase("比如：敲门重一点；轮椅能进。不用写门牌和电话。", "Such as: knock loudly. No need for the door or telephone."),
          rows: 2, isRequired: false))\
        \(parts.submit(Phrase("下一步：念给本人听", "Next: read it out")))
        """))
      """)
  }
}
