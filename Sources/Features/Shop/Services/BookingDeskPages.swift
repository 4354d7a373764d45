import Kernel
import Web

/// Where merchants answer requests and look after what is booked, and the committee decides where both sides differ.
struct BookingDeskPages {
  let say: Wording
  let formToken: String
  let now: Timestamp

  // MARK: - All of them

  struct Line: Sendable {
    let booking: Booking
    let worker: Worker?
  }

  /// What one merchant looks after.
  struct Shop: Sendable {
    let merchant: Merchant
    let waiting: [Line]
    let agreed: [Line]
    let over: [Line]
  }

  func list(_ merchants: [Shop], objected: [Booking]) -> Page {
    let shops = merchants.map { entry -> HTML in
      let links: HTML = """
        <p class="actions"><a class="button quiet" href="/desk/merchants/\(entry.merchant.id)/services">\
        \(say("服务、师傅和时间", "Services, workers and hours"))</a></p>
        """
      return """
        <section><h2>\(say(entry.merchant.name))</h2>\(links)\
        \(group(say("等您答复", "Waiting for your answer"), entry.waiting))\
        \(group(say("约好的", "Agreed"), entry.agreed))\
        \(group(say("过去的", "Past"), entry.over))</section>
        """
    }
    let objections: HTML =
      objected.isEmpty
      ? .empty
      : PageParts.card(
        say("两边说法不一样，请看看", "Both sides see it differently"),
        "<ul>\(objected.map { "<li><a href=\"/desk/bookings/\($0.id)\">\(say($0.title)) · \(say.dateTime($0.startsAt))</a></li>" as HTML })</ul>"
      )
    let nothing = PageParts.empty(say("还没有商户可以管。", "There is no merchant to look after."))
    return Page(
      title: say("预约台", "Bookings desk"), kind: .staff,
      main: """
        <h1>\(say("预约台", "Bookings desk"))</h1>\
        <p class="actions"><a class="button" href="/visits">\(say("今天的上门", "Today's visits"))</a></p>\
        \(objections)\(shops.isEmpty ? nothing : .joined(shops))
        """)
  }

  private func group(_ title: String, _ lines: [Line]) -> HTML {
    if lines.isEmpty { return .empty }
    let rows = lines.map { line -> [HTML] in
      let booking = line.booking
      return [
        "<a href=\"/desk/bookings/\(booking.id)\">\(say.dateTime(booking.startsAt))</a>",
        "\(say(booking.title))",
        "\(line.worker.map { say($0.details.name) } ?? "")",
        PageParts.tag(say(booking.state.name), BookingWords.tone(booking.state)),
      ]
    }
    return PageParts.table(
      caption: title,
      columns: [
        TableColumn(say("时间", "Time")), TableColumn(say("服务", "Service")), TableColumn(say("师傅", "Worker")),
        TableColumn(say("状态", "State")),
      ], rows: rows)
  }

  // MARK: - One of them

  /// - Parameters:
  ///   - times: where another time can be chosen; empty where none can.
  ///   - mayDecide: whether the reader decides about money that may be kept.
  func booking(
    _ shown: ShownBooking, building: String?, mayDecide: Bool,
    choice: (BookingForm.Choice, Worker)?,
    times: HTML, problem: Problem?, state: FormState
  ) -> Page {
    let booking = shown.booking
    let household = BookingPages(say: say, formToken: formToken, isCardSession: false, now: now)
    return Page(
      title: say(booking.title), kind: .staff,
      main: """
        <p><a href="/desk/services">← \(say("预约台", "Bookings desk"))</a></p><h1>\(say(booking.title))</h1>\
        <p>\(PageParts.tag(say(booking.state.name), BookingWords.tone(booking.state)))</p>\
        <section class="card">\(facts(shown, building))\(unfinished(booking))</section>\(answering(booking, state))\
        \(proposal(shown))\(moving(booking, choice, times))\
        \(cancelling(booking))\(mayDecide ? deciding(shown) : .empty)\(household.story(shown.steps))
        """,
      alerts: problem.map {
        [PageParts.notice(say($0.title) + ($0.advice.map { " " + say($0) } ?? ""), .bad)]
      } ?? [])
  }

  /// A visit that has begun is ended on the worker's page, whatever day it is.
  private func unfinished(_ booking: Booking) -> HTML {
    guard booking.state == .arrived else { return .empty }
    return "<p><a class=\"button\" href=\"/visits/\(booking.id)\">\(say("去收尾", "Finish the visit"))</a></p>"
  }

  private func facts(_ shown: ShownBooking, _ building: String?) -> HTML {
    let booking = shown.booking
    var entries: [(term: String, value: HTML)] = [
      (say("时间", "Time"), "<strong>\(say.span(from: booking.startsAt, to: booking.endsAt))</strong>"),
      (say("师傅", "Worker"), "\(shown.worker.map { say($0.details.name) } ?? "")"),
      (say("在哪里", "Where"), "\(say(booking.place.name))\(building.map { " · \($0)" } ?? "")"),
      (say("价钱", "Price"), "\(say(BookingWords.price(booking.price)))"),
      (say("付款", "Payment"), "\(PaymentWords(say).standing(shown.order.payment))"),
    ]
    if booking.state == .requested {
      entries.append(
        (say("最晚答复", "Answer by"), "<strong>\(say.dateTime(BookingRules.expiresAt(booking)))</strong>"))
    }
    if !booking.note.isEmpty { entries.append((say("住户的话", "The household's note"), "\(booking.note)")) }
    if let outcome = booking.outcome {
      entries.append((say("收费", "Charged"), "\(say.money(outcome.charged))"))
    }
    return PageParts.definitions(entries)
  }

  private func answering(_ booking: Booking, _ state: FormState) -> HTML {
    guard booking.state == .requested else { return .empty }
    let parts = FormParts(state, say)
    let path = "/desk/bookings/\(booking.id)"
    let accept: HTML =
      BookingRules.isAllowed(.accept, of: booking, by: .merchant, now: now)
      ? button("\(path)/accept", say("接下来", "Accept"), booking) : .empty
    return PageParts.card(
      say("能去吗？", "Can you come?"),
      """
      \(accept)<details\(attribute: "open", if: !state.allProblems.isEmpty)><summary>\(say("去不了", "You cannot"))</summary>\
      \(parts.form(to: "\(path)/decline", token: formToken,
        """
        \(parts.hidden("revision", String(booking.revision)))\
        \(parts.textArea("reason", Phrase("为什么", "Why"), hint: Phrase("住户会看到。", "The household reads it."), rows: 2))\
        \(parts.submit(Phrase("不接", "Decline")))
        """))</details>
      """)
  }

  private func proposal(_ shown: ShownBooking) -> HTML {
    guard let proposal = shown.booking.proposal else { return .empty }
    let path = "/desk/bookings/\(shown.booking.id)/move"
    let time =
      "\(say.dateTime(proposal.startsAt)) · \(shown.proposedWorker.map { say($0.details.name) } ?? "")"
    if proposal.by == .merchant {
      return PageParts.card(
        say("您提出改到 \(time)", "You proposed \(time)"),
        button("\(path)/refuse", say("不改了", "Keep the old time"), shown.booking, isQuiet: true))
    }
    return PageParts.card(
      say("住户想改到 \(time)", "The household proposes \(time)"),
      """
      \(button("\(path)/agree", say("可以", "Yes, move it"), shown.booking))\(button("\(path)/refuse", say("不行", "No"), shown.booking, isQuiet: true))
      """)
  }

  private func moving(_ booking: Booking, _ choice: (BookingForm.Choice, Worker)?, _ times: HTML) -> HTML {
    let example = Booking.Proposal(
      by: .merchant, worker: booking.worker, startsAt: booking.startsAt + .minutes(1))
    guard BookingRules.isAllowed(.propose(example), of: booking, by: .merchant, now: now) else {
      return .empty
    }
    let asked: HTML =
      choice.map { choice, worker in
        """
        <form method="post" action="/desk/bookings/\(booking.id)/move"><input type="hidden" name="form_token" value="\(formToken)">\
        <input type="hidden" name="revision" value="\(booking.revision)"><input type="hidden" name="worker" value="\(choice.worker)">\
        <input type="hidden" name="at" value="\(choice.startsAt.seconds)"><p class="actions"><button class="button">\
        \(say("提出改到 \(say.dateTime(choice.startsAt)) · \(say(worker.details.name))", "Propose \(say.dateTime(choice.startsAt)) · \(say(worker.details.name))"))</button></p></form>
        """
      } ?? .empty
    return """
      \(asked)<details\(attribute: "open", if: choice != nil)><summary>\(say("改时间或换师傅", "Another time or worker"))</summary>\(times)</details>
      """
  }

  private func cancelling(_ booking: Booking) -> HTML {
    guard BookingRules.isAllowed(.cancel(reason: ""), of: booking, by: .merchant, now: now) else {
      return .empty
    }
    let consequence =
      now < booking.startsAt
      ? say("住户付过的全退。", "The household gets everything back.")
      : say(
        "时间已经到了：现在取消，会记成师傅没来；住户付过的全退。",
        "The time has come: cancelled now, it is noted that nobody came; the household gets everything back.")
    let parts = FormParts(.empty, say)
    return """
      <details><summary>\(say("取消这个预约", "Cancel this booking"))</summary><p>\(consequence)</p>\
      \(parts.form(to: "/desk/bookings/\(booking.id)/cancel", token: formToken,
        """
        \(parts.hidden("revision", String(booking.revision)))\
        \(parts.textArea("reason", Phrase("为什么", "Why"), rows: 2))\(parts.submit(Phrase("取消", "Cancel it")))
        """))</details>
      """
  }

  private func deciding(_ shown: ShownBooking) -> HTML {
    let fee = (try? BookingRules.lateFee(of: shown.booking)) ?? .zero
    return PageParts.card(
      say("收不收？", "Is it kept?"),
      """
      <p>\(say("商户说家里没人，住户说不是。留 \(fee.display)，还是全退？", "The merchant says nobody was there; the household says otherwise. Keep \(fee.display), or give everything back?"))</p>\
      <form method="post" action="/desk/bookings/\(shown.booking.id)/fee"><input type="hidden" name="form_token" value="\(formToken)">\
      <p class="actions"><button class="button" name="decision" value="waived">\(say("全退给住户", "Give everything back"))</button>\
      <button class="button quiet" name="decision" value="kept">\(say("按规则留下", "Keep it, as the rules say"))</button></p></form>
      """)
  }

  private func button(_ path: String, _ label: String, _ booking: Booking, isQuiet: Bool = false) -> HTML {
    PageParts.loneButton(
      label, to: path, token: formToken, [("revision", String(booking.revision))], isQuiet: isQuiet)
  }
}
