import Kernel
import Web

/// One booking as its household sees it.
struct ShownBooking: Sendable {
  let booking: Booking
  let worker: Worker?
  let proposedWorker: Worker?
  let merchant: Merchant
  let materials: [VisitMaterial]
  let steps: [BookingStep]
  let order: Order
  let campaign: Campaign
  let money: OrderMoney
  let claims: [Claim]
  /// What the household shows at the door; nil unless a visit is agreed and has not begun.
  let code: String?
}

/// The pages of a household's bookings.
struct BookingPages {
  let say: Wording
  let formToken: String
  let isCardSession: Bool
  let now: Timestamp

  // MARK: - All of them

  func list(_ bookings: [(booking: Booking, worker: Worker?)], next: BookingID?) -> Page {
    let cards = bookings.map { entry -> HTML in
      let booking = entry.booking
      return """
        <article class="card"><h2><a href="/bookings/\(booking.id)">\(say(booking.title))</a></h2>\
        <p>\(PageParts.tag(say(booking.state.name), BookingWords.tone(booking.state)))</p>\
        <p><strong>\(say.span(from: booking.startsAt, to: booking.endsAt))</strong><br>\
        \(entry.worker.map { say($0.details.name) } ?? "")</p></article>
        """
    }
    let nothing = PageParts.empty(
      say("还没有预约。", "There are no bookings yet."), action: ("/services", say("看看有什么服务", "See the services")))
    return Page(
      title: say("我的预约", "My bookings"),
      main: """
        <h1>\(say("我的预约", "My bookings"))</h1>\(cards.isEmpty ? nothing : .joined(cards))\
        \(PageParts.pager(say, previous: nil, next: next.map { "/bookings?before=\($0)" }))\
        <p><a href="/services">\(say("上门服务", "Services"))</a></p>\(SharedTablet.finish(isCardSession, formToken: formToken, say))
        """)
  }

  // MARK: - One of them

  func booking(_ shown: ShownBooking, isNew: Bool = false, problem: Problem? = nil) -> Page {
    let booking = shown.booking
    var alerts =
      problem.map { [PageParts.notice(say($0.title) + ($0.advice.map { " " + say($0) } ?? ""), .bad)] } ?? []
    if isNew, booking.state == .requested {
      alerts.append(
        PageParts.notice(
          say(
            "提出去了。商户最晚 \(say.dateTime(booking.answerUntil)) 答复。",
            "Asked for. The merchant answers by \(say.dateTime(booking.answerUntil))."), .good))
    }
    return Page(
      title: say(booking.title),
      main: """
        <p><a href="/bookings">← \(say("我的预约", "My bookings"))</a></p><h1>\(say(booking.title))</h1>\
        <p>\(PageParts.tag(say(booking.state.name), BookingWords.tone(booking.state)))</p>\
        \(code(shown))\(proposal(shown))\(outcome(shown))\(asked(shown))\(facts(shown))\
        \(money(shown))\(afterSales(shown))\(actions(shown))\(story(shown.steps))\
        \(SharedTablet.finish(isCardSession, formToken: formToken, say))
        """, alerts: alerts)
  }

  private func code(_ shown: ShownBooking) -> HTML {
    guard let code = shown.code else { return .empty }
    let name = shown.worker.map { say($0.details.name) } ?? say("师傅", "The worker")
    return """
      <section class="card" id="arrival-code"><h2>\(say("到达码", "Arrival code"))</h2>\(face(shown, isLarge: true))\
      <p>\(say("\(name)到门口，把这六位数念给他听。对上了，才是您约的人。",
        "When \(name) is at your door, read out these six digits. Only the person you booked can use them."))</p>\
      <p class="code">\(code.prefix(3)) \(code.suffix(3))</p>\
      <p class="hint">\(say("电话里不要报给任何人。", "Never tell them to anybody on the telephone."))</p></section>
      """
  }

  private func facts(_ shown: ShownBooking) -> HTML {
    let booking = shown.booking
    var entries: [(term: String, value: HTML)] = [
      (say("什么时候", "When"), "<strong>\(say.span(from: booking.startsAt, to: booking.endsAt))</strong>"),
      (
        say("谁来", "Who comes"),
        "\(shown.worker.map { say($0.details.name) } ?? "") · <a href=\"/merchants/\(shown.merchant.id)\">\(say(shown.merchant.name))</a>"
      ),
      (say("在哪里", "Where"), "\(say(booking.place.name))"),
      (say("价钱", "Price"), "<strong>\(say(BookingWords.price(booking.price)))</strong>"),
    ]
    if !shown.merchant.details.phone.isEmpty {
      entries.append((say("商户电话", "The merchant's telephone"), "\(shown.merchant.details.phone)"))
    }
    if booking.state == .requested {
      entries.append((say("最晚答复", "Answer by"), "\(say.dateTime(BookingRules.expiresAt(booking)))"))
    }
    if !booking.note.isEmpty { entries.append((say("给师傅的话", "Your note"), "\(booking.note)")) }
    // Where the code is shown, the face stands beside it.
    let face: HTML = shown.code == nil ? face(shown, isLarge: false) : .empty
    return "<section class=\"card\">\(face)\(PageParts.definitions(entries))\(others(booking))</section>"
  }

  private func face(_ shown: ShownBooking, isLarge: Bool) -> HTML {
    shown.worker.map { WorkerParts.picture($0, say, isLarge: isLarge) } ?? .empty
  }

  /// What a calendar can take over, and how somebody else came to book.
  private func others(_ booking: Booking) -> HTML {
    var links: [HTML] = []
    // A shared tablet has no calendar of anybody's.
    if booking.state.isOpen, !isCardSession {
      links.append(
        "<a class=\"button quiet\" href=\"/bookings/\(booking.id)/visit.ics\" download>\(say("放进手机日历", "Add to calendar"))</a>"
      )
    }
    if let asked = booking.asked {
      links.append(
        "<a class=\"button quiet\" href=\"/assisted-orders/\(asked)\">\(say("这是别人代约的，看看", "Somebody booked it for you: see how"))</a>"
      )
    }
    return links.isEmpty ? .empty : "<p class=\"actions\">\(links)</p>"
  }

  private func outcome(_ shown: ShownBooking) -> HTML {
    guard let outcome = shown.booking.outcome else { return .empty }
    var entries: [(term: String, value: HTML)] = [
      (say("做了多久", "Worked"), "\(say("\(outcome.minutes) 分钟", "\(outcome.minutes) minutes"))"),
      (say("人工", "Labour"), "\(say.money(outcome.labour))"),
    ]
    if outcome.material > .zero {
      entries.append((say("您同意的材料", "Material you agreed to"), "\(say.money(outcome.material))"))
    }
    entries.append(
      (
        say("收费", "Charged"),
        "<strong>\(say.money(outcome.charged))</strong> <span class=\"muted\">\(say("上限 \(shown.booking.price.cap.display)", "limit \(shown.booking.price.cap.display)"))</span>"
      ))
    entries.append((say("付款", "Payment"), "\(PaymentWords(say).standing(shown.order.payment))"))
    let note: HTML =
      outcome.afterNote.isEmpty
      ? .empty : "<h3>\(say("师傅留的话", "A word from the worker"))</h3><p>\(outcome.afterNote)</p>"
    let review: HTML =
      shown.order.lines.first.map { ReviewParts.link(to: $0, of: shown.order.id, say) } ?? .empty
    return """
      <section class="card" id="outcome"><h2>\(say("做好了", "Done"))</h2>\(PageParts.definitions(entries))\(note)<p>\(review)</p></section>
      """
  }

  private func money(_ shown: ShownBooking) -> HTML {
    let mayPay =
      shown.booking.state == .accepted || shown.booking.state == .onTheWay || shown.booking.state == .arrived
    let money = mayPay ? shown.money : OrderMoney(movements: shown.money.movements)
    return OrderMoneyPages(order: shown.order, money: money, formToken: formToken, say: say).part
  }

  private func afterSales(_ shown: ShownBooking) -> HTML {
    ClaimPages(say: say, token: formToken, now: now).part(shown.order, shown.claims, shown.campaign)
  }

  func story(_ steps: [BookingStep]) -> HTML {
    let items = steps.map { step -> HTML in
      let note: HTML = step.note.isEmpty ? .empty : "<br>\(step.note)"
      return """
        <li>\(say.dateTime(step.at)) · \(say(step.party.name))\(say("：", ": "))\(say(BookingWords.name(step)))\(note)</li>
        """
    }
    return
      "<details><summary>\(say("经过", "What happened"))</summary><ol class=\"story\">\(items)</ol></details>"
  }

  // MARK: - What the household may do

  private func proposal(_ shown: ShownBooking) -> HTML {
    guard let proposal = shown.booking.proposal else { return .empty }
    let path = "/bookings/\(shown.booking.id)/move"
    let time =
      "\(say.dateTime(proposal.startsAt)) · \(shown.proposedWorker.map { say($0.details.name) } ?? "")"
    if proposal.by == .household {
      return """
        <section class="card"><h2>\(say("您提出改到", "You proposed"))</h2><p><strong>\(time)</strong></p>\
        <p>\(say("等商户同意；没同意以前，还是原来的时间。", "The merchant has to agree; until then the time stays as it is."))</p>\
        \(button("\(path)/refuse", say("不改了", "Keep the old time"), shown.booking, isQuiet: true))</section>
        """
    }
    return """
      <section class="card" id="proposal"><h2>\(say("商户想改到", "The merchant proposes"))</h2><p><strong>\(time)</strong></p>\
      <p>\(say("价钱和到达码不变。您不同意，就还是原来的时间。", "Price and code stay. If you do not agree, so does the time."))</p>\
      \(button("\(path)/agree", say("可以，就改到这个时间", "Yes, move it"), shown.booking))\
      \(button("\(path)/refuse", say("不行", "No"), shown.booking, isQuiet: true))</section>
      """
  }

  private func asked(_ shown: ShownBooking) -> HTML {
    if shown.materials.isEmpty { return .empty }
    let rows = shown.materials.map { material -> HTML in
      let path = "/bookings/\(shown.booking.id)/materials/\(material.position)"
      let choice: HTML =
        material.answer == .waiting && shown.booking.state.isOpen
        ? """
        <form method="post" action="\(path)"><input type="hidden" name="form_token" value="\(formToken)"><p class="actions">\
        <button class="button" name="answer" value="agreed">\(say("同意加 \(material.amount.display)", "Yes, add \(material.amount.display)"))</button>\
        <button class="button quiet" name="answer" value="refused">\(say("不加", "No"))</button></p></form>
        """
        : PageParts.tag(say(material.answer.name), material.answer == .agreed ? .good : .neutral)
      return "<li><p><strong>\(material.name)</strong> \(say.money(material.amount))</p>\(choice)</li>"
    }
    return """
      <section class="card" id="materials"><h2>\(say("材料", "Material"))</h2>\
      <p>\(say("您同意了才收，连人工一起也不超过 \(shown.booking.price.cap.display)。",
        "Charged only if you agree, and never more than \(shown.booking.price.cap.display) with the work."))</p>\
      <ul class="plain">\(rows)</ul></section>
      """
  }

  private func actions(_ shown: ShownBooking) -> HTML {
    let booking = shown.booking
    let path = "/bookings/\(booking.id)"
    var links: [HTML] = []
    let example = Booking.Proposal(
      by: .household, worker: booking.worker, startsAt: booking.startsAt + .minutes(1))
    if BookingRules.isAllowed(.propose(example), of: booking, by: .household, now: now) {
      links.append("<a class=\"button quiet\" href=\"\(path)/move\">\(say("改时间", "Another time"))</a>")
    }
    if BookingRules.isAllowed(.cancel(reason: ""), of: booking, by: .household, now: now) {
      links.append("<a class=\"button danger\" href=\"\(path)/cancel\">\(say("取消预约", "Cancel"))</a>")
    }
    var parts: [HTML] = links.isEmpty ? [] : ["<p class=\"actions\">\(links)</p>"]
    if BookingRules.isAllowed(.reportAbsence, of: booking, by: .household, now: now) {
      parts.append(
        PageParts.card(
          say("没有人来？", "Nobody came?"),
          """
          <p>\(say("点一下就记下来：一分钱不收，付过的全退，居委会也看得到。",
            "One tap notes it: you pay nothing, what you paid goes back, and the committee sees it."))</p>\
          \(button("\(path)/absence", say("师傅没来", "Nobody came"), booking))
          """))
    }
    if BookingRules.isAllowed(.object(reason: "objection"), of: booking, by: .household, now: now) {
      parts.append(objecting(shown))
    }
    return .joined(parts)
  }

  private func objecting(_ shown: ShownBooking) -> HTML {
    let parts = FormParts(.empty, say)
    let waits = shown.order.fulfilment.isOpen
    let about =
      waits
      ? say(
        "商户说上门时家里没人。不是这样的话，两天内告诉我们，居委会来看，这之前不收钱。",
        "The merchant says nobody was at home. If that is not so, tell us within two days; the committee looks at it, and nothing is kept until then."
      )
      : say(
        "商户说上门时家里没人。不是这样的话，请写下来。",
        "The merchant says nobody was at home. If that is not so, please write it down.")
    // The committee is shown what it can decide: where nothing waits, what is written stands in the story of the booking.
    let send = waits ? Phrase("告诉居委会", "Tell the committee") : Phrase("记下来", "Note it")
    return PageParts.card(
      say("不是这样？", "Not so?"),
      """
      <p>\(about)</p>\(parts.form(to: "/bookings/\(shown.booking.id)/object", token: formToken,
        """
        \(parts.hidden("revision", String(shown.booking.revision)))\
        \(parts.textArea("reason", Phrase("是怎么回事", "What happened"), rows: 2))\(parts.submit(send))
        """))
      """)
  }

  private func button(_ path: String, _ label: String, _ booking: Booking, isQuiet: Bool = false) -> HTML {
    PageParts.loneButton(
      label, to: path, token: formToken, [("revision", String(booking.revision))], isQuiet: isQuiet)
  }

  // MARK: - Cancelling and moving

  func cancelling(_ shown: ShownBooking) -> Page {
    let booking = shown.booking
    let isLate = BookingRules.isLate(booking, now: now)
    let fee = (try? BookingRules.lateFee(of: booking)) ?? .zero
    let keeps = isLate && fee > .zero && shown.order.payment == .received
    let consequence =
      keeps
      ? say(
        "离开始不到 \(booking.rules.freeHours) 小时了：您付的钱里留 \(fee.display)，其余退回。",
        "It begins in less than \(booking.rules.freeHours) hours: \(fee.display) of what you paid is kept, the rest goes back."
      )
      : say("现在取消不收钱；付过的全退。", "Cancelling now costs nothing; what you paid goes back.")
    let parts = FormParts(.empty, say)
    return Page(
      title: say("取消预约", "Cancel the booking"),
      main: """
        <section class="panel"><h1>\(say("要取消吗？", "Cancel it?"))</h1>\
        <p>\(say(booking.title)) · <strong>\(say.span(from: booking.startsAt, to: booking.endsAt))</strong></p><p>\(consequence)</p>\
        \(parts.form(to: "/bookings/\(booking.id)/cancel", token: formToken,
          """
          \(parts.hidden("revision", String(booking.revision)))\
          <p class="actions"><button class="button danger">\(say("取消这个预约", "Cancel this booking"))</button>\
          <a class="button quiet" href="/bookings/\(booking.id)">\(say("不取消，返回", "Keep it"))</a></p>
          """))</section>\(SharedTablet.finish(isCardSession, formToken: formToken, say))
        """)
  }

  /// - Parameter times: the days and free times, each a link to this page with the time chosen.
  func moving(_ shown: ShownBooking, choice: (BookingForm.Choice, Worker)?, times: HTML, problem: Problem?)
    -> Page
  {
    let booking = shown.booking
    let title = say("改时间", "Another time")
    let asked: HTML =
      choice.map { choice, worker in
        """
        <section class="card"><h2>\(say("改到", "Move it to"))</h2><p><strong>\(say.dateTime(choice.startsAt))</strong> · \(say(worker.details.name))</p>\
        <form method="post" action="/bookings/\(booking.id)/move"><input type="hidden" name="form_token" value="\(formToken)">\
        <input type="hidden" name="revision" value="\(booking.revision)"><input type="hidden" name="worker" value="\(choice.worker)">\
        <input type="hidden" name="at" value="\(choice.startsAt.seconds)"><p class="actions"><button class="button">\
        \(say("请商户改到这个时间", "Ask to move it"))</button></p></form></section>
        """
      } ?? .empty
    return Page(
      title: title,
      main: """
        <p><a href="/bookings/\(booking.id)">← \(say(booking.title))</a></p><h1>\(title)</h1>\
        <p>\(say("现在约的是 \(say.dateTime(booking.startsAt))。对方同意了才改；价钱和到达码不变。",
          "It is booked for \(say.dateTime(booking.startsAt)). It moves once the other side agrees; price and code stay."))</p>\
        \(asked)\(times)\(SharedTablet.finish(isCardSession, formToken: formToken, say))
        """,
      alerts: problem.map {
        [PageParts.notice(say($0.title) + ($0.advice.map { " " + say($0) } ?? ""), .bad)]
      } ?? [])
  }
}
