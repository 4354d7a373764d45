import Kernel
import Web

/// A visit of today as its worker sees it: whom, where and when, and nothing of other days.
struct ShownVisit: Sendable {
  let booking: Booking
  let worker: Worker?
  let household: String
  /// Nil where the household comes to the merchant.
  let door: Phrase?
  let floor: Int64?
  let hasLift: Bool
  let materials: [VisitMaterial]
  let order: Order
  /// What came in for the order.
  let paid: Money
  /// What material may still cost.
  let materialLeft: Money
}

/// The worker's day on a telephone.
struct VisitPages {
  let say: Wording
  let formToken: String
  let now: Timestamp

  func list(_ visits: [ShownVisit]) -> Page {
    let cards = visits.map { visit -> HTML in
      let booking = visit.booking
      return """
        <article class="card"><h2><a href="/visits/\(booking.id)">\(earlierDay(booking))\(say.time(booking.startsAt))–\(say.time(booking.endsAt)) · \
        \(say(booking.title))</a></h2><p>\(PageParts.tag(say(booking.state.name), BookingWords.tone(booking.state)))</p>\
        <p><strong>\(visit.door.map { say($0) } ?? say("到店", "At the shop"))</strong><br>\
        \(visit.household)\(visit.worker.map { " · \(say($0.details.name))" } ?? "")</p></article>
        """
    }
    return Page(
      title: say("今天的上门", "Today's visits"),
      main: """
        <h1>\(say("今天的上门", "Today's visits"))</h1><p>\(say.day(now))</p>\
        \(cards.isEmpty ? PageParts.empty(say("今天没有约好的上门。", "Nothing is booked for today.")) : .joined(cards))\
        <p><a href="/visits/calendar">\(say("放进自己的日历", "In your own calendar"))</a></p>
        """)
  }

  /// A visit that began before today says so.
  private func earlierDay(_ booking: Booking) -> String {
    let day = say.day(booking.startsAt)
    return booking.startsAt < now && day != say.day(now) ? "\(day) " : ""
  }

  func visit(_ visit: ShownVisit, state: FormState = .empty, problem: Problem? = nil, idempotencyKey: String)
    -> Page
  {
    let booking = visit.booking
    return Page(
      title: say(booking.title),
      main: """
        <p><a href="/visits">← \(say("今天的上门", "Today's visits"))</a></p><h1>\(say(booking.title))</h1>\
        <p>\(PageParts.tag(say(booking.state.name), BookingWords.tone(booking.state)))</p>\
        <section class="card">\(facts(visit))</section>\(setOut(booking))\(arriving(booking, state))\
        \(material(visit, state))\(finishing(visit, state))\(absence(booking))\(cash(visit, state, idempotencyKey))
        """,
      alerts: problem.map {
        $0.fields.isEmpty
          ? [PageParts.notice(say($0.title) + ($0.advice.map { " " + say($0) } ?? ""), .bad)] : []
      } ?? [])
  }

  private func facts(_ visit: ShownVisit) -> HTML {
    let booking = visit.booking
    var entries: [(term: String, value: HTML)] = [
      (say("时间", "Time"), "<strong>\(say.time(booking.startsAt))–\(say.time(booking.endsAt))</strong>"),
      (say("谁家", "For"), "\(visit.household)"),
    ]
    if let door = visit.door {
      let lift = visit.hasLift ? say("有电梯", "lift") : say("没电梯", "no lift")
      let floor = visit.floor.map { say("\($0) 楼，\(lift)", "floor \($0), \(lift)") } ?? ""
      entries.append(
        (say("门牌", "Door"), "<strong>\(say(door))</strong> <span class=\"muted\">\(floor)</span>"))
    } else {
      entries.append((say("在哪里", "Where"), "\(say(booking.place.name))"))
    }
    entries.append((say("价钱", "Price"), "\(say(BookingWords.price(booking.price)))"))
    if !booking.note.isEmpty { entries.append((say("住户的话", "The household's note"), "\(booking.note)")) }
    if let outcome = booking.outcome {
      entries.append(
        (
          say("收费", "Charged"),
          "<strong>\(say.money(outcome.charged))</strong> · \(say(visit.order.payment.name))"
        ))
    } else if visit.paid > .zero {
      entries.append((say("先付了", "Paid before"), "\(say.money(visit.paid))"))
    }
    return PageParts.definitions(entries)
  }

  private func setOut(_ booking: Booking) -> HTML {
    guard BookingRules.isAllowed(.setOut, of: booking, by: .merchant, now: now) else { return .empty }
    return button("/visits/\(booking.id)/set-out", say("我出发了", "I am on my way"), isQuiet: true)
  }

  private func arriving(_ booking: Booking, _ state: FormState) -> HTML {
    guard booking.state == .accepted || booking.state == .onTheWay else { return .empty }
    guard BookingRules.isAllowed(.arrive, of: booking, by: .merchant, now: now) else {
      return
        "<p class=\"hint\">\(say("开始前一小时起可以输到达码。", "The arrival code can be typed from an hour before."))</p>"
    }
    let parts = FormParts(state, say)
    return PageParts.card(
      say("到了", "Arrived"),
      parts.form(
        to: "/visits/\(booking.id)/arrive", token: formToken,
        """
        \(parts.text("code", Phrase("到达码", "Arrival code"), hint: Phrase("请住户把页面上的六位数念给您。", "Ask the household to read out the six digits on its page."),
          maximumLength: 10, autocomplete: "off", inputMode: "numeric"))\
        \(parts.submit(Phrase("到了，开始", "Arrived, begin")))
        """))
  }

  private func material(_ visit: ShownVisit, _ state: FormState) -> HTML {
    let booking = visit.booking
    guard [.accepted, .onTheWay, .arrived].contains(booking.state) else { return .empty }
    let rows = visit.materials.map { material -> HTML in
      "<li>\(material.name) \(say.money(material.amount)) \(PageParts.tag(say(material.answer.name), material.answer == .agreed ? .good : .notice))</li>"
    }
    let list: HTML = rows.isEmpty ? .empty : "<ul>\(rows)</ul>"
    guard booking.state == .arrived, visit.materialLeft > .zero else {
      return rows.isEmpty ? .empty : PageParts.card(say("材料", "Material"), list)
    }
    let parts = FormParts(state, say)
    return PageParts.card(
      say("要加材料？", "Material?"),
      """
      \(list)<details\(attribute: "open", if: state.problem("amount") != nil || state.problem("material") != nil)>\
      <summary>\(say("问住户同不同意", "Ask the household"))</summary>\
      \(parts.form(to: "/visits/\(booking.id)/materials", token: formToken,
        """
        \(parts.text("material", Phrase("什么材料", "What"), maximumLength: 40))\
        \(parts.money("amount", Phrase("多少钱", "How much"), hint: Phrase("最多还能加 \(visit.materialLeft.display)。", "At most \(visit.materialLeft.display) more.")))\
        \(parts.submit(Phrase("请住户同意", "Ask for consent")))
        """))</details>
      """)
  }

  private func finishing(_ visit: ShownVisit, _ state: FormState) -> HTML {
    let booking = visit.booking
    guard booking.state == .arrived else { return .empty }
    let parts = FormParts(state, say)
    let labour =
      booking.price.basis == .visit
      ? Phrase("一次 \(booking.price.amount.display)。", "\(booking.price.amount.display) a visit.")
      : Phrase("按实际时间算。", "Reckoned from the time.")
    let cash: HTML =
      visit.order.payment == .received
      ? .empty
      : parts.money(
        "cash", PaymentWords(say).received, hint: Phrase("没收就空着。", "Empty if you took none."),
        isRequired: false)
    return PageParts.card(
      say("做好了", "Done"),
      parts.form(
        to: "/visits/\(booking.id)/finish", token: formToken,
        """
        \(parts.number("minutes", Phrase("做了多久", "Minutes of work"), suffix: Phrase("分钟", "minutes")))\
        \(parts.money("charged", Phrase("收多少", "Charge"),
          hint: Phrase("空着就按规则算：\(labour.chinese)最多 \(booking.price.cap.display)。", "Empty charges by the rules: \(labour.english) At most \(booking.price.cap.display)."),
          isRequired: false))\(cash)\
        \(parts.textArea("after_note", Phrase("给住户留的话", "A word to the household"),
          hint: Phrase("换了什么、以后注意什么。", "What was changed, and what to look after."), rows: 3, isRequired: false))\
        \(parts.submit(Phrase("做好了", "Finish")))
        """))
  }

  private func absence(_ booking: Booking) -> HTML {
    guard BookingRules.isAllowed(.reportAbsence, of: booking, by: .merchant, now: now) else { return .empty }
    return """
      <details><summary>\(say("家里没人", "Nobody is at home"))</summary>\
      <p>\(say("先敲门、打电话，等够一刻钟。记下以后，住户两天内可以说不是这样。", "Knock, telephone and wait a quarter of an hour first. The household can object within two days."))</p>\
      \(button("/visits/\(booking.id)/absence", say("记下：家里没人", "Note: nobody at home")))</details>
      """
  }

  private func cash(_ visit: ShownVisit, _ state: FormState, _ key: String) -> HTML {
    let owed = OutstandingCash.owed(visit.order, paid: visit.paid)
    guard visit.booking.state == .done, owed > .zero else { return .empty }
    let parts = FormParts(state, say)
    return PageParts.card(
      say("还差 \(owed.display)", "\(owed.display) is still owed"),
      parts.form(
        to: "/visits/\(visit.booking.id)/cash", token: formToken, idempotencyKey: key,
        """
        \(parts.money("cash", PaymentWords(say).received))\(parts.submit(Phrase("记下收款", "Enter what was paid")))
        """))
  }

  private func button(_ path: String, _ label: String, isQuiet: Bool = false) -> HTML {
    PageParts.loneButton(label, to: path, token: formToken, isQuiet: isQuiet)
  }
}
