import Kernel
import Web

/// What the pages of residents, of keepers and of the station draw alike.
struct BookingParts {
  let say: Wording

  func amount(_ amount: Int64, _ unit: String) -> String { unit.isEmpty ? "\(amount)" : "\(amount) \(unit)" }

  func free(_ free: Int64, of terms: BookableTerms) -> String {
    if free == 0 { return say("订满了", "Taken") }
    if terms.capacity == 1 { return say("可以订", "Free") }
    let left = amount(free, terms.unit)
    return say("还有 \(left)", "\(left) free")
  }

  func price(_ terms: BookableTerms) -> String {
    terms.price.isEmpty ? say("不收钱", "Free of charge") : terms.price
  }

  /// Times of one day in which as much is free, one a line.
  func runs(_ day: BookingDay, of terms: BookableTerms) -> HTML {
    let runs = day.runs
    if runs.isEmpty { return HTML(text: say("不开放", "Shut")) }
    let lines = HTML.joined(
      runs.map { run in
        let words = free(run.free, of: terms)
        return "\(times(run)) \(PageParts.tag(words, run.free > 0 ? .good : .neutral))"
      }, separator: "<br>")
    return "<div>\(lines)</div>"
  }

  private func times(_ slot: BookingSlot) -> String { times(from: slot.from, to: slot.to) }

  /// Times of one day.
  func times(from start: Timestamp, to end: Timestamp) -> String {
    "\(say.time(start))–\(self.end(end))"
  }

  /// Midnight is the end of the day that it closes.
  private func end(_ moment: Timestamp) -> String {
    let clock = say.civil(moment)
    return clock.hour == 0 && clock.minute == 0 ? "24:00" : clock.shortTime
  }

  /// What a place is and on which terms it can be had.
  func facts(_ entry: BookingDirectory.Entry, keeper: Phrase?) -> [(String, HTML)] {
    let (terms, place) = (entry.bookable.terms, entry.place.terms)
    let hours = place.hours.isEmpty ? say("没有写", "Not given") : say(place.hours.phrase)
    var facts: [(String, HTML)] = [
      (say("在哪里", "Where"), HTML(text: place.address)),
      (say("开放时间", "Opening hours"), HTML(text: hours)),
      (say("价钱", "Price"), HTML(text: price(terms))),
      (say("谁可以订", "Who may book"), HTML(text: say(terms.audience.name))),
      (
        say("怎么订", "How"),
        HTML(
          text: say(
            "\(terms.slotMinutes) 分钟一格，最长 \(terms.longestMinutes) 分钟，可以订 \(terms.daysAhead) 天以内的",
            "In steps of \(terms.slotMinutes) minutes, \(terms.longestMinutes) at most, up to \(terms.daysAhead) days ahead"
          ))
      ),
    ]
    if terms.capacity > 1 {
      facts.append((say("一共", "In all"), HTML(text: amount(terms.capacity, terms.unit))))
    }
    if let keeper { facts.append((say("谁来管", "Kept by"), HTML(text: say(keeper)))) }
    if terms.needsYes {
      facts.append((say("订了以后", "After that"), HTML(text: say("等管理人答复", "Its keeper answers"))))
    }
    return facts
  }

  func rules(_ terms: BookableTerms) -> HTML {
    PageParts.card(say("规矩", "Rules"), "<p>\(PageParts.lines(say(terms.rules)))</p>")
  }

  /// When and how much of a place is wanted.
  func wish(_ fields: FormParts, _ day: BookingDay, of terms: BookableTerms) -> HTML {
    let starts = day.slots.filter { $0.free > 0 }.map { slot in
      (value: say.civil(slot.from).isoLocal, name: Phrase(same: say.time(slot.from)))
    }
    let ends = day.slots.map { slot in
      (value: say.civil(slot.to).isoLocal, name: Phrase(same: end(slot.to)))
    }
    let amount: HTML =
      terms.capacity == 1
      ? fields.hidden("amount", "1")
      : fields.number(
        "amount", Phrase("要多少", "How much"),
        suffix: terms.unit.isEmpty ? nil : Phrase(same: terms.unit))
    return """
      \(fields.hidden("day", day.date.isoDate))\
      \(fields.select("from", Phrase("从几点", "From"), options: starts))\
      \(fields.select("to", Phrase("到几点", "Until"), options: ends))\(amount)\
      \(fields.text("purpose", Phrase("用来做什么", "What for"), hint: Phrase("只有管理人和服务站看得到。", "Its keeper and the station alone see it."), maximumLength: BookingRules.purposeLength.upperBound))
      """
  }

  /// The days ahead, each with a link to book it.
  ///
  /// - Parameter base: the page of the place.
  func calendar(_ calendar: BookingCalendar, from start: CivilDateTime, chosen: CivilDateTime?, base: String)
    -> HTML
  {
    let rows = calendar.days(from: start).map { day -> [HTML] in
      let isChosen = day.date == chosen
      let link: HTML =
        day.hasRoom
        ? "<a class=\"button quiet\" href=\"\(base)?week=\(start.isoDate)&day=\(day.date.isoDate)#book\"\(attribute: "aria-current", isChosen ? "date" : nil)>\(isChosen ? say("就订这天", "This day") : say("订这天", "Book this day"))</a>"
        : "—"
      return [HTML(text: say.day(day.date)), runs(day, of: calendar.terms), link]
    }
    let table = PageParts.table(
      caption: say("什么时候空着", "When it is free"),
      columns: [
        TableColumn(say("哪天", "Day")), TableColumn(say("几点", "Times")), TableColumn(say("预订", "Book")),
      ], rows: rows)
    func path(_ days: Int64) -> String {
      "\(base)?week=\(calendar.within(BookingCalendar.day(days, after: start)).isoDate)"
    }
    let length = BookingCalendar.length
    return """
      \(table)\(PageParts.pager(
        say, previous: start.dayNumber > calendar.today.dayNumber ? path(-length) : nil,
        next: start.dayNumber + length <= calendar.lastDay.dayNumber ? path(length) : nil))
      """
  }

  /// A booking for somebody whom it concerns, with what they can do.
  ///
  /// - Parameter base: where its buttons lead.
  func booking(_ shown: ShownBooking, at now: Timestamp, base: String, token: String, key: String) -> HTML {
    let booking = shown.booking
    var facts: [(String, HTML)] = [
      (say("什么时候", "When"), HTML(text: say.span(from: booking.time.from, to: booking.time.to))),
      (say("谁订的", "For whom"), HTML(text: say(shown.who))),
      (say("现在", "State"), state(booking, at: now)),
    ]
    if booking.time.amount > 1 || !shown.unit.isEmpty {
      facts.append((say("多少", "How much"), HTML(text: amount(booking.time.amount, shown.unit))))
    }
    if !booking.purpose.isEmpty {
      facts.append((say("用来做什么", "What for"), HTML(text: booking.purpose)))
    }
    let seen = [("seen", String(booking.revision))]
    let buttons = shown.steps(at: now).map { step in
      PageParts.button(
        say(step.name), to: "\(base)/\(booking.id)/\(step.rawValue)", token: token,
        key: "\(key)-\(booking.id)-\(step.rawValue)", seen, isQuiet: step != .confirm && step != .kept)
    }
    let actions: HTML = buttons.isEmpty ? .empty : "<div class=\"actions\">\(buttons)</div>"
    return PageParts.card(say(shown.place), "\(PageParts.definitions(facts))\(actions)")
  }

  private func state(_ booking: PlaceBooking, at now: Timestamp) -> HTML {
    let isUnsaid = booking.state == .confirmed && booking.time.to <= now
    let name = isUnsaid ? Phrase("还没说来没来", "Not yet said whether they came") : booking.stateName(at: now)
    let tone: Tone =
      switch booking.state(at: now) {
      case .confirmed: isUnsaid ? .notice : .good
      case .asked: .notice
      case .kept: .good
      case .declined, .cancelled, .notKept: .neutral
      }
    return PageParts.tag(say(name), tone)
  }
}
