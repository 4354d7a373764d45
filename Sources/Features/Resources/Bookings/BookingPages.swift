import Kernel
import People
import Web

/// What residents see of the places that can be booked, and of their bookings.
struct BookingPages {
  let say: Wording
  let token: String
  let now: Timestamp

  private var parts: BookingParts { BookingParts(say: say) }

  static let base = "/bookable-places"
  /// How many days the list says what is free in.
  static let glance: Int64 = 3

  // MARK: - Places

  func list(_ entries: [BookingDirectory.Entry]) -> Page {
    let title = say("订地方", "Book a place")
    let cards = entries.map { entry -> HTML in
      let (terms, place) = (entry.bookable.terms, entry.place.terms)
      let days = entry.calendar.days(from: entry.calendar.today, count: Self.glance).map { day in
        (say.day(day.date), parts.runs(day, of: terms))
      }
      let hours = place.hours.isEmpty ? say("没有写", "Not given") : say(place.hours.phrase)
      let facts: [(String, HTML)] = [
        (say("在哪里", "Where"), HTML(text: place.address)),
        (say("开放时间", "Opening hours"), HTML(text: hours)),
        (say("价钱", "Price"), HTML(text: parts.price(terms))),
        (say("规矩", "Rules"), PageParts.lines(say(terms.rules))),
      ]
      return PageParts.card(
        say(place.name), href: BookablePlace.path(entry.bookable.id),
        "\(PageParts.definitions(facts + days))")
    }
    let content: HTML =
      cards.isEmpty
      ? PageParts.empty(say("现在还没有可以订的地方，可以问问服务站。", "No place can be booked yet. Please ask the station."))
      : .joined(cards)
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1><p class="actions"><a class="button quiet" href="/my-bookings">\(say("我的预订", "My bookings"))</a></p>\
        \(content)
        """)
  }

  /// One place for somebody.
  struct View: Sendable {
    let entry: BookingDirectory.Entry
    /// Who keeps it, where that is an organisation.
    let keeper: Phrase?
    /// The first day of the calendar.
    let start: CivilDateTime
    /// The day that is booked; nil where none of the calendar has room.
    let day: BookingDay?
    /// For whom one can book it; nil for whoever has not signed in.
    let parties: [NamedParty]?
  }

  func place(_ view: View, key: String, _ state: FormState?, alerts: [HTML]) -> Page {
    let (entry, name) = (view.entry, say(view.entry.place.terms.name))
    let base = BookablePlace.path(entry.bookable.id)
    return Page(
      title: name,
      main: """
        <h1>\(name)</h1>\(PageParts.definitions(parts.facts(entry, keeper: view.keeper)))\
        \(parts.rules(entry.bookable.terms))\
        \(parts.calendar(entry.calendar, from: view.start, chosen: view.day?.date, base: base))\
        <div id="book">\(form(view, base, key, state))</div>\
        <p><a href="\(Self.base)">\(say("所有能订的地方", "All places to book"))</a></p>
        """, alerts: alerts)
  }

  private func form(_ view: View, _ base: String, _ key: String, _ state: FormState?) -> HTML {
    guard let parties = view.parties else {
      return
        "<p class=\"actions\"><a class=\"button\" href=\"/sign-in?next=\(base)\">\(say("登录以后预订", "Sign in to book"))</a></p>"
    }
    guard !parties.isEmpty else {
      return PageParts.notice(say(Problem.bookingNotForYou.title))
    }
    guard let day = view.day, day.hasRoom else {
      return PageParts.notice(
        say("这一天订不了，请在上面另选一天。", "This day cannot be booked. Please choose another above."))
    }
    let fields = FormParts(state ?? BookingForm.fresh(for: parties.first?.party), say)
    let terms = view.entry.bookable.terms
    let options = parties.map { (value: $0.party.formValue, name: $0.name) }
    let button =
      terms.needsYes ? Phrase("问能不能订", "Ask for it") : Phrase("订下来", "Book it")
    let form = fields.form(
      to: "\(base)/bookings", token: token, idempotencyKey: key,
      """
      \(fields.select("party", Phrase("给谁订", "For whom"), options: options))\
      \(parts.wish(fields, day, of: terms))\(fields.submit(button))
      """)
    return PageParts.card(say("订 \(say.day(day.date))", "Book \(say.day(day.date))"), form)
  }

  // MARK: - Bookings

  /// What concerns somebody.
  struct Own: Sendable {
    /// At the places that they keep, the next first.
    let kept: [ShownBooking]
    /// Whether they keep any.
    let isKeeper: Bool
    /// Of themselves and of whom they act for, the latest first.
    let booked: [ShownBooking]
  }

  func own(_ own: Own, key: String, alerts: [HTML]) -> Page {
    let title = say("我的预订", "My bookings")
    let kept: HTML =
      own.isKeeper
      ? """
      <h2>\(say("我管的地方", "Places that I keep"))</h2>\
      \(bookings(own.kept, "\(key)-keeper", empty: Phrase("现在没有人订。", "Nobody has booked now.")))
      """ : .empty
    let (ahead, past) = (
      own.booked.filter { $0.booking.time.to > now }.reversed(),
      own.booked.filter { $0.booking.time.to <= now }
    )
    let earlier: HTML =
      past.isEmpty
      ? .empty
      : """
      <details><summary>\(say("以前的", "Earlier"))</summary>\
      \(bookings(past, "\(key)-past", empty: Phrase("没有。", "None.")))</details>
      """
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\(kept)<h2>\(say("我订的", "Booked by me"))</h2>\
        \(bookings(Array(ahead), key, empty: Phrase("还没有预订。", "No bookings yet.")))\(earlier)\
        <p><a href="\(Self.base)">\(say("去订地方", "Book a place"))</a></p>
        """, alerts: alerts)
  }

  private func bookings(_ bookings: [ShownBooking], _ key: String, empty: Phrase) -> HTML {
    if bookings.isEmpty { return PageParts.empty(say(empty)) }
    return .joined(
      bookings.map { parts.booking($0, at: now, base: "/my-bookings", token: token, key: key) })
  }
}
