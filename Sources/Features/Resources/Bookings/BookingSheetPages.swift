import Kernel
import Web

/// What hangs on the door of a place: who has it when in a week. Persons are not named.
struct BookingSheetPages {
  let say: Wording

  private var parts: BookingParts { BookingParts(say: say) }

  /// A time that somebody has.
  struct Line: Sendable {
    let booking: PlaceBooking
    /// A shop or an organisation; nil for a person.
    let name: Phrase?
  }

  func week(
    _ entry: BookingDirectory.Entry, _ lines: [Line], from start: CivilDateTime, phone: String
  ) -> Page {
    let title = say(entry.place.terms.name)
    let last = BookingCalendar.day(BookingCalendar.length - 1, after: start)
    let rows = (0..<BookingCalendar.length).map { number -> HTML in
      let date = BookingCalendar.day(number, after: start)
      let found = lines.filter { BookingCalendar.midnight(say.civil($0.booking.time.from)) == date }
      let items = found.map { line($0, entry.bookable.terms) }
      let content: HTML = items.isEmpty ? "—" : .joined(items, separator: "<br>")
      return "<tr><th scope=\"row\">\(say.day(date))</th><td>\(content)</td></tr>"
    }
    let hours = entry.place.terms.hours
    return Page(
      title: title, kind: .print,
      main: """
        <div class="large-paper"><h1>\(title)</h1><p>\(say.day(start))–\(say.day(last))</p>\
        <p>\(hours.isEmpty ? "" : say(hours.phrase))</p>\
        <table class="slip-lines"><thead><tr><th scope="col">\(say("哪天", "Day"))</th>\
        <th scope="col">\(say("谁在用", "Who has it"))</th></tr></thead><tbody>\(rows)</tbody></table>\
        <p>\(PageParts.lines(say(entry.bookable.terms.rules)))</p>\
        <p>\(say("想订这里，打服务站电话 \(phone)。", "To book it, call the station on \(phone)."))</p></div>
        """)
  }

  private func line(_ line: Line, _ terms: BookableTerms) -> HTML {
    let time = line.booking.time
    let who = line.name.map { say($0) } ?? say("已订", "Booked")
    let amount: HTML =
      terms.capacity > 1
      ? " · \(parts.amount(time.amount, terms.unit))" : .empty
    return "\(parts.times(from: time.from, to: time.to)) \(who)\(amount)"
  }
}
