import Kernel
import People
import Web

/// The station's pages of places that can be booked.
struct BookingDeskPages {
  let say: Wording
  let token: String
  let now: Timestamp

  private var parts: BookingParts { BookingParts(say: say) }

  static func base(_ id: PlaceID) -> String { "/booking-desk/\(id)" }

  // MARK: - All

  struct Row: Sendable {
    let bookable: BookablePlace
    let name: Phrase
    /// Whether the place is there and somebody vouched for it lately.
    let isCurrent: Bool
  }

  struct Overview: Sendable {
    let rows: [Row]
    /// Places that were never opened for booking.
    let others: [PlaceCard]
    let asked: [ShownBooking]
    /// Booked at a place that is closed by now.
    let toCall: [ShownBooking]
    /// Past, and nobody said whether anybody came.
    let unsaid: [ShownBooking]
  }

  func list(_ view: Overview, key: String, alerts: [HTML]) -> Page {
    let title = say("管预订", "Bookings")
    let rows = view.rows.map { row -> [HTML] in
      [
        "<a href=\"\(Self.base(row.bookable.id))\">\(say(row.name))</a>", standing(row),
        HTML(text: say(row.bookable.terms.audience.name)),
        "<a href=\"\(Self.base(row.bookable.id))/sheet\">\(say("打印门上的单子", "Print the door sheet"))</a>",
      ]
    }
    let table: HTML =
      rows.isEmpty
      ? PageParts.empty(say("还没有开放预订的地方。", "No place is open for booking yet."))
      : PageParts.table(
        caption: say("能订的地方", "Places to book"),
        columns: [
          TableColumn(say("名称", "Name")), TableColumn(say("现在", "State")),
          TableColumn(say("谁可以订", "Who may book")), TableColumn(say("门上的单子", "Door sheet")),
        ], rows: rows)
    let calls = section(
      Phrase("地方关了，要打电话告诉一声", "The place is closed: please call them"), view.toCall, "\(key)-call")
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1>\(calls)\
        \(section(Phrase("等答复的", "Waiting for a yes"), view.asked, "\(key)-asked"))\(table)\
        \(section(Phrase("还没说来没来", "Not yet said whether they came"), view.unsaid, "\(key)-unsaid"))\
        \(others(view.others))
        """, alerts: alerts)
  }

  private func standing(_ row: Row) -> HTML {
    if !row.isCurrent { return PageParts.tag(say("地方停用或没核实", "Closed or not confirmed"), .bad) }
    return row.bookable.closedAt == nil
      ? PageParts.tag(say("可以订", "Open"), .good) : PageParts.tag(say("不再接受预订", "Takes no bookings"))
  }

  private func section(_ title: Phrase, _ bookings: [ShownBooking], _ key: String) -> HTML {
    bookings.isEmpty ? .empty : "<h2>\(say(title))</h2>\(cards(bookings, key))"
  }

  private func cards(_ bookings: [ShownBooking], _ key: String) -> HTML {
    .joined(
      bookings.map { parts.booking($0, at: now, base: "/booking-desk/bookings", token: token, key: key) })
  }

  private func others(_ places: [PlaceCard]) -> HTML {
    if places.isEmpty { return .empty }
    let items = places.map { "<li><a href=\"\(Self.base($0.id))\">\(say($0.name))</a></li>" as HTML }
    return PageParts.card(say("把一个地方开放预订", "Open a place for booking"), "<ul>\(items)</ul>")
  }

  // MARK: - One

  struct View: Sendable {
    let place: Place
    /// Nil for a place that was never opened for booking.
    let entry: BookingDirectory.Entry?
    let keeper: Phrase?
    /// Those who can keep it or book it, beside persons found by their number.
    /// Merchants and organisations that may keep a place or have one.
    let others: [NamedParty]
    let ahead: [ShownBooking]
    let unsaid: [ShownBooking]
    let start: CivilDateTime
    let day: BookingDay?
  }

  /// What was typed into which of its forms.
  struct Typed: Sendable {
    var terms: FormState?
    var wish: FormState?
  }

  func place(_ view: View, key: String, _ typed: Typed, alerts: [HTML]) -> Page {
    let name = say(view.place.terms.name)
    let content: HTML =
      if let entry = view.entry {
        opened(view, entry, key, typed)
      } else if view.place.isCurrent(at: now) {
        terms(view, nil, key, typed.terms)
      } else {
        PageParts.notice(say("先要核实这个地方，才能开放预订。", "This place has to be confirmed before it can be booked."))
      }
    return Page(
      title: name, kind: .staff,
      main: "<h1>\(name)</h1>\(content)<p><a href=\"/booking-desk\">\(say("返回", "Back"))</a></p>",
      alerts: alerts)
  }

  private func opened(
    _ view: View, _ entry: BookingDirectory.Entry, _ key: String, _ typed: Typed
  ) -> HTML {
    let (bookable, base) = (entry.bookable, Self.base(entry.bookable.id))
    let isCurrent = entry.place.isCurrent(at: now)
    let next = BookingCalendar.day(BookingCalendar.length, after: entry.calendar.today)
    let close: HTML =
      bookable.closedAt == nil
      ? PageParts.button(
        say("不再接受预订", "Take no more bookings"), to: "\(base)/close", token: token, key: "\(key)-close",
        [("seen", String(bookable.revision))], isQuiet: true) : .empty
    return """
      <p>\(standing(Row(bookable: bookable, name: entry.place.terms.name, isCurrent: isCurrent)))</p>\
      \(PageParts.definitions(parts.facts(entry, keeper: view.keeper)))\(parts.rules(bookable.terms))\
      <div class="actions"><a class="button quiet" href="\(base)/sheet">\(say("打印门上的单子", "Print the door sheet"))</a> \
      <a class="button quiet" href="\(base)/sheet?from=\(next.isoDate)">\(say("打印下一周的", "Print the week after"))</a> \(close)</div>\
      \(section(isCurrent ? Phrase("接下来的预订", "Bookings to come") : Phrase("地方关了，要打电话告诉一声", "The place is closed: please call them"), view.ahead, "\(key)-ahead"))\
      \(section(Phrase("还没说来没来", "Not yet said whether they came"), view.unsaid, "\(key)-unsaid"))\
      \(entry.isOpen ? booking(view, entry, key, typed.wish) : .empty)\(terms(view, bookable, key, typed.terms))
      """
  }

  private func booking(
    _ view: View, _ entry: BookingDirectory.Entry, _ key: String, _ state: FormState?
  ) -> HTML {
    let base = Self.base(entry.bookable.id)
    let calendar = parts.calendar(entry.calendar, from: view.start, chosen: view.day?.date, base: base)
    guard let day = view.day, day.hasRoom else { return calendar }
    let fields = FormParts(state ?? BookingForm.fresh(for: nil), say, place: "wish")
    let nobody = (value: BookingForm.none, name: Phrase("没有", "None"))
    let form = fields.form(
      to: "\(base)/bookings", token: token, idempotencyKey: "\(key)-book",
      """
      \(fields.text("phone", Phrase("给一个人订：这位的电话", "For a person: their telephone number"), hint: Phrase("只用来找到这位，不会写出来。", "To find them alone; it is not shown."), type: "tel", isRequired: false, maximumLength: 40))\
      \(fields.select("party", Phrase("或者给一家店、一家单位订", "Or for a shop or an organisation"), options: [nobody] + options(view.others), isRequired: false))\
      \(parts.wish(fields, day, of: entry.bookable.terms))\(fields.submit(Phrase("替这位订", "Book for them")))
      """)
    return
      "\(calendar)<div id=\"book\">\(PageParts.card(say("替人订 \(say.day(day.date))", "Book \(say.day(day.date)) for somebody"), form))</div>"
  }

  private func options(_ parties: [NamedParty]) -> [(value: String, name: Phrase)] {
    parties.map { (value: $0.party.formValue, name: $0.name) }
  }

  // MARK: - Terms

  private func terms(_ view: View, _ bookable: BookablePlace?, _ key: String, _ state: FormState?) -> HTML {
    let base = Self.base(view.place.id)
    let stored = bookable.map { BookingForm.state($0.terms) } ?? BookingForm.suggestion
    let fields = FormParts(state ?? stored, say, place: "terms")
    let isOpen = bookable.map { $0.closedAt == nil } ?? false
    let seen: HTML = bookable.map { fields.hidden("seen", String($0.revision)) } ?? .empty
    let current: [NamedParty] =
      bookable.flatMap { bookable in
        bookable.terms.keeper.kind == .person
          ? view.keeper.map { [NamedParty(party: bookable.terms.keeper, name: $0)] } : nil
      } ?? []
    let form = fields.form(
      to: isOpen ? "\(base)/terms" : "\(base)/open", token: token, idempotencyKey: "\(key)-terms",
      """
      \(seen)\(fields.number("slot_minutes", Phrase("几分钟一格", "One step"), suffix: Phrase("分钟", "minutes")))\
      \(fields.number("longest_minutes", Phrase("一次最长", "Longest at once"), suffix: Phrase("分钟", "minutes")))\
      \(fields.number("days_ahead", Phrase("最多提前", "How far ahead"), suffix: Phrase("天", "days")))\
      \(fields.number("capacity", Phrase("一共有多少", "How much there is"), hint: Phrase("一间房填 1；能分着用的填总数。", "1 for a room; the whole for what is shared.")))\
      \(fields.text("unit", Phrase("按什么算", "Counted in"), hint: Phrase("如：立方米、张桌子", "Such as cubic metres or tables"), isRequired: false, maximumLength: 10))\
      \(fields.select("keeper", Phrase("谁来管", "Who keeps it"), options: options(current + view.others), isRequired: false))\
      \(fields.text("keeper_phone", Phrase("换一个人来管：这位的电话", "Another person keeps it: their telephone number"), hint: Phrase("只用来找到这位，不会写出来。", "To find them alone; it is not shown."), type: "tel", isRequired: false, maximumLength: 40))\
      \(fields.radios("audience", Phrase("谁可以订", "Who may book"), options: BookablePlace.Audience.allCases.map { ($0.rawValue, $0.name) }))\
      \(fields.checkbox("needs_yes", Phrase("要管理人同意才算", "Its keeper has to say yes")))\
      \(fields.text("price", Phrase("价钱，不收钱就空着", "Price, empty for none"), isRequired: false, maximumLength: 60))\
      \(fields.textArea("rules_zh", Phrase("规矩", "Rules")))\
      \(fields.textArea("rules_en", Phrase("英文规矩", "Rules in English"), isRequired: false))\
      \(fields.submit(isOpen ? Phrase("保存", "Save") : Phrase("开放预订", "Open it for booking")))
      """)
    return PageParts.card(say("按什么办法订", "Terms"), form)
  }
}
