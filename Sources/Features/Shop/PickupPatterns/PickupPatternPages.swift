import Kernel
import Web

/// When bags go astray at a pickup point, and whether what was changed has helped.
struct PickupPatternPages {
  let say: Wording
  let token: String

  struct Shown: Sendable {
    let points: [PickupPoint]
    let chosen: PickupPoint
    let weekday: Int?
    let hours: [PickupHour]
    let fixes: [(fix: PickupFix, before: AstrayRate, after: AstrayRate)]
  }

  static func heading(_ title: String) -> HTML { "<h1>\(title)</h1>" }

  func page(_ shown: Shown, state: FormState, isDone: Bool) -> Page {
    let title = say("什么时候容易丢", "When bags go astray")
    let byHour = PickupPattern.byHour(shown.hours, weekday: shown.weekday)
    let done: [HTML] = isDone ? [PageParts.notice(say("记好了。", "Kept."), .good)] : []
    let body: HTML =
      shown.hours.isEmpty
      ? PageParts.empty(say("这半年这里还没有交过货。", "Nothing was handed over here within half a year."))
      : """
      <section class="card"><h2>\(say("按钟点", "By the hour"))</h2>\(weekdays(shown))\(chart(byHour))\
      \(table(byHour, say("钟点", "Hour")) { "\($0.hour):00–\($0.hour + 1):00" })</section>\
      <section class="card"><h2>\(say("按星期", "By the day of the week"))</h2>\
      \(table(PickupPattern.byWeekday(shown.hours), say("星期", "Day")) { say.weekday($0.weekday) })</section>
      """
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)\(say("：", ": "))\(say(shown.chosen.name))</h1>\
        <p>\(say("这半年里丢的和拿错的袋子，同那个钟点交出的袋子比。1 到 4 只写“少于 5”，免得认出是谁。", "Bags lost or taken by mistake within half a year, beside those handed over at that hour. From 1 to 4 it says “under 5”, so that nobody can be told."))</p>\
        \(points(shown))\(body)\(fixes(shown))\(form(shown, state))\
        <p><a href="/desk/losses">\(say("找袋子", "Bags that are not there"))</a></p>
        """, alerts: done)
  }

  private func points(_ shown: Shown) -> HTML {
    guard shown.points.count > 1 else { return .empty }
    let links = shown.points.map { point -> HTML in
      let isChosen = point.id == shown.chosen.id
      return
        "<li><a class=\"button quiet\" href=\"/desk/pickup-patterns?point=\(point.id)\"\(attribute: "aria-current", isChosen ? "true" : nil)>\(say(point.name))</a></li>"
    }
    return "<ul class=\"choices\">\(links)</ul>"
  }

  private func weekdays(_ shown: Shown) -> HTML {
    let all: [(number: Int?, name: String)] =
      [(nil, say("每天", "Every day"))] + (1...7).map { ($0, say.weekday($0)) }
    let links = all.map { day -> HTML in
      let query = day.number.map { "&weekday=\($0)" } ?? ""
      let current = day.number == shown.weekday ? "true" : nil
      return
        "<li><a class=\"button quiet\" href=\"/desk/pickup-patterns?point=\(shown.chosen.id.description)\(query)\"\(attribute: "aria-current", current)>\(day.name)</a></li>"
    }
    return "<ul class=\"choices\">\(links)</ul>"
  }

  /// One bar for each hour: bags astray of a hundred handed over. Hours whose numbers are too small have none.
  private func chart(_ hours: [PickupHour]) -> HTML {
    let rates = hours.map(\.perMille)
    guard let highest = rates.compactMap(\.self).max(), highest > 0 else { return .empty }
    let bars = zip(hours, rates).enumerated().map { index, entry -> HTML in
      let length = (entry.1 ?? 0) * 180 / highest
      let top = index * Self.barPitch
      let value = entry.1.map(percent) ?? say("太少，不算", "too few to say")
      return """
        <text x="56" y="\(top + 19)" text-anchor="end">\(entry.0.hour):00</text>\
        <rect class="series" x="64" y="\(top + 3)" width="\(length)" height="22"/>\
        <text x="\(70 + length)" y="\(top + 19)">\(value)</text>
        """
    }
    let height = hours.count * Self.barPitch
    let title = say("每一百袋里丢或拿错的，按钟点", "Bags astray of a hundred, by the hour")
    return """
      <svg class="chart of-bars" role="img" viewBox="0 0 320 \(height)"><title>\(title)</title>\
      <line class="axis" x1="64" y1="0" x2="64" y2="\(height)"/>\(bars)</svg>
      """
  }

  /// From one bar to the next. They lie, so that a day of any length can be read on a telephone.
  private static let barPitch = 28

  private func percent(_ perMille: Int64) -> String { "\(perMille / 10).\(perMille % 10)%" }

  private func table(_ hours: [PickupHour], _ first: String, _ name: (PickupHour) -> String) -> HTML {
    let rows = hours.map { hour -> [HTML] in
      [
        HTML(text: name(hour)), count(hour.handedOver), count(hour.lost), count(hour.wrong),
        HTML(text: hour.perMille.map(percent) ?? "—"),
      ]
    }
    return PageParts.table(
      caption: first, isCaptionShown: false,
      columns: [
        TableColumn(first), TableColumn(say("交出", "Handed over"), isNumeric: true),
        TableColumn(say("丢了", "Lost"), isNumeric: true),
        TableColumn(say("拿错", "Taken by mistake"), isNumeric: true),
        TableColumn(say("比例", "Share"), isNumeric: true),
      ], rows: rows)
  }

  private func count(_ number: Int64) -> HTML {
    switch ShownCount(number) {
    case .exactly(let count): "\(count)"
    case .few: "\(say("少于 \(ShownCount.least)", "under \(ShownCount.least)"))"
    }
  }

  private func fixes(_ shown: Shown) -> HTML {
    guard !shown.fixes.isEmpty else { return .empty }
    let rows = shown.fixes.map { entry -> [HTML] in
      let note: HTML = entry.fix.note.isEmpty ? .empty : "<br><span class=\"muted\">\(entry.fix.note)</span>"
      return [
        "\(say(entry.fix.kind.name))\(note)", HTML(text: say.day(entry.fix.beganAt)), rate(entry.before),
        rate(entry.after),
      ]
    }
    return PageParts.card(
      say("改了什么，有没有用", "What was changed, and whether it helped"),
      PageParts.table(
        caption: say("改动", "Changes"), isCaptionShown: false,
        columns: [
          TableColumn(say("改动", "Change")), TableColumn(say("从", "From")),
          TableColumn(say("之前九十天", "90 days before"), isNumeric: true),
          TableColumn(say("之后（最多九十天）", "Since (90 days at most)"), isNumeric: true),
        ], rows: rows))
  }

  private func rate(_ rate: AstrayRate) -> HTML {
    "\(rate.perMille.map(percent) ?? "—") <span class=\"muted\">(\(count(rate.astray)) / n = \(count(rate.handedOver)))</span>"
  }

  private func form(_ shown: Shown, _ state: FormState) -> HTML {
    let parts = FormParts(state, say)
    return PageParts.card(
      say("记一个改动", "Note a change"),
      parts.form(
        to: "/desk/pickup-patterns", token: token,
        """
        \(parts.hidden("point", shown.chosen.id.description))\
        \(parts.select("kind", Phrase("改了什么", "What was changed"), options: PickupFix.Kind.allCases.map { ($0.rawValue, $0.name) }))\
        \(parts.text("note", Phrase("补充一句", "A few words"), hint: Phrase("选“别的办法”时要写。", "Needed for something else."), isRequired: false, maximumLength: 120))\
        \(parts.date("from", Phrase("从哪天起", "From which day")))\(parts.submit(Phrase("记下来", "Keep it")))
        """))
  }
}
