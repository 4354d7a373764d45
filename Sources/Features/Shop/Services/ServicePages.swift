import Kernel
import Web

/// One service as neighbours see it.
struct ShownService: Sendable {
  let service: Service
  let merchant: Merchant
  let workers: [ShownWorker]
  /// Visits of the last 90 days that were done, and those to which nobody came.
  let done: Int64
  let missed: Int64
  let reviews: ReviewSummary

  /// The days on which somebody is free, earliest first.
  var freeDays: [Int64] { Set(workers.flatMap { $0.free.map(\.day) }).sorted() }
}

/// Somebody who does it, with the free times.
struct ShownWorker: Sendable {
  let worker: Worker
  let free: [(day: Int64, at: Timestamp)]
}

/// The pages on which neighbours find a service and choose a time.
struct ServicePages {
  let say: Wording
  let formToken: String
  let isCardSession: Bool

  // MARK: - Finding

  func list(
    _ services: [(service: Service, merchant: Merchant)], isSignedIn: Bool, isWorker: Bool
  ) -> Page {
    let sections = Service.Kind.allCases.map { kind -> HTML in
      let cards = services.filter { $0.service.details.kind == kind }.map { card($0.service, $0.merchant) }
      return cards.isEmpty ? .empty : "<section><h2>\(say(kind.name))</h2>\(cards)</section>"
    }
    let nothing = PageParts.empty(say("还没有商户开服务。", "No merchant offers a service yet."))
    var links: [HTML] = []
    if isSignedIn {
      links.append("<a class=\"button quiet\" href=\"/bookings\">\(say("我的预约", "My bookings"))</a>")
    }
    if isWorker {
      links.append("<a class=\"button quiet\" href=\"/visits\">\(say("我今天的上门", "My visits today"))</a>")
    }
    let actions: HTML = links.isEmpty ? .empty : "<p class=\"actions\">\(links)</p>"
    return Page(
      title: say("上门服务", "Services"),
      main: """
        <h1>\(say("上门服务", "Services"))</h1>\
        <p>\(say("都是认识的师傅，价钱有上限，到门口对上码才开始。", "People with a name, a price that has a limit, and a code at the door before anything begins."))</p>\
        \(actions)\(services.isEmpty ? nothing : .joined(sections))\(SharedTablet.finish(isCardSession, formToken: formToken, say))
        """)
  }

  private func card(_ service: Service, _ merchant: Merchant) -> HTML {
    """
    <article class="card"><h3><a href="/services/\(service.id)">\(say(service.details.title))</a></h3>\
    <p class="price visit-price">\(say(BookingWords.price(service.details.price)))</p>\
    <p class="muted">\(say(merchant.name)) · \(say(service.details.place.name)) · \
    \(say("约 \(service.details.times.minutes) 分钟", "about \(service.details.times.minutes) minutes"))</p></article>
    """
  }

  // MARK: - One service

  /// - Parameters:
  ///   - day: the day whose times are shown; the first free one where it is nil or has none.
  ///   - wanted: a time that was just taken by somebody else, with the nearest free ones.
  func service(
    _ shown: ShownService, day: Int64?, taken: (at: Timestamp, nearest: [BookingForm.Choice])? = nil
  ) -> Page {
    let details = shown.service.details
    let prepare: HTML =
      details.preparation.chinese.isEmpty
      ? .empty : PageParts.card(say("请先准备", "Please have ready"), "<p>\(say(details.preparation))</p>")
    return Page(
      title: say(details.title),
      main: """
        <p><a href="/services">← \(say("上门服务", "Services"))</a></p><h1>\(say(details.title))</h1>\
        \(taken.map { self.taken($0, shown) } ?? .empty)\
        <section class="card"><p class="price visit-price">\(say(BookingWords.price(details.price)))</p>\
        <p>\(say(BookingWords.capPromise))</p><p>\(say(details.description))</p>\
        \(facts(shown))</section>\
        \(times(shown, day, at: "/services/\(shown.service.id)"))\(prepare)\
        \(PageParts.card(say("取消和爽约怎么算", "Cancelling, and not being there"), rules(shown.service)))\
        \(SharedTablet.finish(isCardSession, formToken: formToken, say))
        """)
  }

  private func facts(_ shown: ShownService) -> HTML {
    let details = shown.service.details
    let missed =
      shown.missed == 0
      ? say("没有爽过约", "nobody was stood up")
      : say(
        "爽约 \(shown.missed) 次",
        "nobody came \(shown.missed == 1 ? "once" : "\(shown.missed) times")")
    let reviews =
      shown.reviews.count == 0
      ? say("还没有评价", "No reviews yet") : say.count(shown.reviews.count, "条评价", "review")
    return PageParts.definitions([
      (
        say("谁来做", "By"),
        "<a href=\"/merchants/\(shown.merchant.id)\">\(say(shown.merchant.name))</a>"
      ),
      (say("在哪里", "Where"), "\(say(details.place.name))"),
      (
        say("多久", "How long"),
        "\(say("约 \(details.times.minutes) 分钟", "About \(details.times.minutes) minutes"))"
      ),
      (
        say("近 90 天", "Last 90 days"),
        "\(say("做了 \(shown.done) 次", "\(shown.done) \(shown.done == 1 ? "visit" : "visits")"))\(say("，", ", "))\(missed)"
      ),
      (say("评价", "Reviews"), "<a href=\"/products/\(shown.service.product)/reviews\">\(reviews)</a>"),
    ])
  }

  private func rules(_ service: Service) -> HTML {
    let fee = (try? BookingRules.lateFee(of: service)) ?? .zero
    return """
      <p>\(say(BookingWords.rules(service.details.rules, fee: fee)))</p><p>\(say(BookingWords.workerPromise))</p>
      """
  }

  private func taken(
    _ taken: (at: Timestamp, nearest: [BookingForm.Choice]), _ shown: ShownService
  ) -> HTML {
    let names = Dictionary(shown.workers.map { ($0.worker.id, $0.worker.details.name) }) { first, _ in first }
    let links = taken.nearest.map { choice -> HTML in
      """
      <li><a class="button" href="/services/\(shown.service.id)/book?worker=\(choice.worker)&amp;at=\(choice.startsAt.seconds)">\
      \(say.dateTime(choice.startsAt)) · \(names[choice.worker].map { say($0) } ?? "")</a></li>
      """
    }
    let list: HTML =
      links.isEmpty
      ? "<p>\(say("近期没有别的空时间了。", "No other time is free soon."))</p>"
      : "<p>\(say("离您选的最近的是：", "The nearest free times:"))</p><ul class=\"choices\">\(links)</ul>"
    return """
      \(PageParts.notice(say("\(say.dateTime(taken.at)) 刚刚被别人约走了。", "Somebody else has just booked \(say.dateTime(taken.at))."), .notice))\(list)
      """
  }

  // MARK: - Times

  /// The days, and the times of one of them by worker. Each time leads to `path/book`.
  func times(_ shown: ShownService, _ day: Int64?, at path: String, leaf: String = "book") -> HTML {
    let days = shown.freeDays
    guard let first = days.first else {
      return PageParts.card(
        say("什么时候来", "When"),
        PageParts.empty(
          say("最近都约满了，过几天再来看看。", "Nothing is free at the moment; please look again in a few days.")))
    }
    let chosen = day.flatMap { days.contains($0) ? $0 : nil } ?? first
    let links = days.prefix(21).map { day -> HTML in
      """
      <li><a class="button \(day == chosen ? "" : "quiet")" href="\(path)?day=\(day)#times"\
      \(attribute: "aria-current", day == chosen ? "true" : nil)>\(say.day(Self.date(day)))</a></li>
      """
    }
    // A week is enough to choose from at a glance.
    let later: HTML =
      links.count > 7
      ? """
      <details\(attribute: "open", if: days.prefix(7).allSatisfy { $0 != chosen })><summary>\(say("更多日子", "More days"))</summary>\
      <ul class="choices">\(Array(links.dropFirst(7)))</ul></details>
      """ : .empty
    let target = leaf.isEmpty ? path : "\(path)/\(leaf)"
    let workers = shown.workers.map { self.worker($0, chosen, target) }
    return """
      <section class="card" id="times"><h2>\(say("什么时候来", "When"))</h2><ul class="choices">\(Array(links.prefix(7)))</ul>\(later)\(workers)</section>
      """
  }

  private func worker(_ shown: ShownWorker, _ day: Int64, _ path: String) -> HTML {
    let details = shown.worker.details
    let times = shown.free.filter { $0.day == day }.map { free -> HTML in
      """
      <li><a class="button" href="\(path)?worker=\(shown.worker.id)&amp;at=\(free.at.seconds)" \
      aria-label="\(say(details.name)) \(say.dateTime(free.at))">\(say.time(free.at))</a></li>
      """
    }
    if times.isEmpty { return .empty }
    return """
      <h3>\(say(details.name))</h3>\(WorkerParts.picture(shown.worker, say))\(about(details))<ul class="choices">\(times)</ul>
      """
  }

  private func about(_ details: Worker.Details) -> HTML {
    var parts: [HTML] = []
    if !details.introduction.chinese.isEmpty { parts.append("<p>\(say(details.introduction))</p>") }
    if !details.certificate.isEmpty {
      let until = details.certificateUntil.map { day in
        say("，有效到 \(Self.date(day).isoDate)", ", good until \(Self.date(day).isoDate)")
      }
      parts.append("<p class=\"muted\">\(say("证书", "Certificate")): \(details.certificate)\(until ?? "")</p>")
    }
    return .joined(parts)
  }

  static func date(_ day: Int64) -> CivilDateTime {
    CivilDateTime(Timestamp(seconds: day * 86_400), offsetSeconds: 0)
  }

  // MARK: - Asking for it

  func confirm(
    _ shown: ShownService, _ choice: BookingForm.Choice, _ worker: Worker, idempotencyKey: String,
    state: FormState
  ) -> Page {
    let (service, details) = (shown.service, shown.service.details)
    let parts = FormParts(state, say)
    let until = Timestamp(seconds: choice.startsAt.seconds) + .minutes(details.times.minutes)
    let facts = PageParts.definitions([
      (say("什么时候", "When"), "<strong>\(say.span(from: choice.startsAt, to: until))</strong>"),
      (say("谁来", "Who comes"), "\(say(worker.details.name)) · \(say(shown.merchant.name))"),
      (say("在哪里", "Where"), "\(say(details.place.name))"),
      (say("价钱", "Price"), "<strong>\(say(BookingWords.price(details.price)))</strong>"),
    ])
    let form = parts.form(
      to: "/services/\(service.id)/book", token: formToken, idempotencyKey: idempotencyKey,
      """
      \(parts.hidden("worker", choice.worker.description))\(parts.hidden("at", String(choice.startsAt.seconds)))\
      \(parts.textArea("note", Phrase("给师傅的话", "A word to the worker"),
        hint: Phrase("比如：敲门重一点；轮椅能进。不用写门牌和电话。", "Such as: knock loudly. No need for your door or telephone."),
        rows: 2, isRequired: false))\
      \(parts.submit(Phrase("就约这个时间", "Ask for this time")))
      """)
    let title = say("约「\(details.title.chinese)」", "Book “\(details.title.english)”")
    return Page(
      title: title,
      main: """
        <p><a href="/services/\(service.id)">← \(say("另选时间", "Another time"))</a></p><h1>\(title)</h1>\
        <section class="card">\(WorkerParts.picture(worker, say))\(facts)<p>\(say(BookingWords.capPromise))</p></section>\
        \(PageParts.card(say("取消和爽约怎么算", "Cancelling, and not being there"), rules(service)))\
        <p>\(say("商户 \(details.rules.answerHours) 小时内答复；现在不用付钱。",
          "The merchant answers within \(details.rules.answerHours) hours; nothing is paid now."))</p>\(form)\
        \(SharedTablet.finish(isCardSession, formToken: formToken, say))
        """)
  }
}

extension BookingRules {
  /// What is kept of what a household paid when it cancels late or is not there.
  /// - Throws: `money.overflow`.
  static func lateFee(of service: Service) throws -> Money {
    try lateFee(of: service.expectedPrice(), service.details.rules.lateRate)
  }

  /// - Throws: `money.overflow`.
  static func lateFee(of expected: Money, _ rate: Rate) throws -> Money {
    let parts = LargestRemainder.split(
      expected.minorUnits, by: [rate.basisPoints, Rate.whole - rate.basisPoints])
    return Money(minorUnits: parts.first ?? 0, currency: expected.currency)
  }
}
