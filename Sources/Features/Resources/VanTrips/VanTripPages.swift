import Kernel
import Web

/// Pages of trips: for residents, and the same for the station. Nobody's name stands in those of residents but that of
/// merchants and organisations.
struct VanTripPages {
  let say: Wording
  let token: String
  let now: Timestamp
  let isStaff: Bool

  var parts: VanTripParts { VanTripParts(say: say) }
  var base: String { isStaff ? "/van-desk" : "/van-trips" }
  private var kind: PageKind { isStaff ? .staff : .resident }

  func path(_ id: VanTripID) -> String { isStaff ? VanTrip.deskPath(id) : VanTrip.path(id) }

  // MARK: - All

  struct List: Sendable {
    let trips: [VanTrip]
    let taken: [VanTripID: VanLoad]
    let names: [Party: Phrase]
    /// Trips that the visitor drives and has not closed.
    var driven: [VanTrip] = []
    /// What the visitor has on trips, the latest first.
    var joined: [Joined] = []

    struct Joined: Sendable {
      let part: VanPart
      let trip: VanTrip
    }
  }

  func list(_ list: List, next: String?, notices: [HTML]) -> Page {
    let title = say("拼车带货", "Shared van trips")
    let driven = list.driven.map { card($0, list) }
    let mine: HTML = driven.isEmpty ? .empty : "<h2>\(say("我的车", "Trips that I drive"))</h2>\(driven)"
    let joined = list.joined.map { entry -> HTML in
      """
      <li><a href="\(path(entry.trip.id))">\(say.dateTime(entry.trip.terms.leavesAt)) \
      \(say(entry.trip.terms.route))</a> \(say(entry.part.load.words)) \(parts.state(entry.part.state))</li>
      """
    }
    let loads: HTML =
      joined.isEmpty
      ? .empty : "<h2>\(say("我带的货", "What I have carried"))</h2><ul class=\"plain\">\(joined)</ul>"
    let coming = list.trips.map { card($0, list) }
    let all: HTML =
      coming.isEmpty
      ? PageParts.empty(
        say("现在没有要出发的车。您要是去，可以登一趟。", "No trip is planned just now. If you drive, please enter yours."))
      : .joined(coming)
    return Page(
      title: title, kind: kind,
      main: """
        <h1>\(title)</h1><p>\(say("同一趟车，几家一起用，费用自己商量着分。", "One van, shared by several; the cost is settled among them."))</p>\
        <p class="actions"><a class="button" href="\(base)/new">\(say("我要出车", "I drive"))</a></p>\
        \(mine)\(loads)<h2>\(say("要出发的车", "Coming trips"))</h2>\(all)\
        \(PageParts.pager(say, previous: nil, next: next))
        """, alerts: notices)
  }

  private func card(_ trip: VanTrip, _ list: List) -> HTML {
    let taken = list.taken[trip.id] ?? .nothing
    let price: HTML = trip.terms.price.isEmpty ? .empty : "<p>\(trip.terms.price)</p>"
    return PageParts.card(
      say(trip.terms.route), href: path(trip.id),
      """
      <p>\(say.dateTime(trip.terms.leavesAt)) · \(parts.called(trip.party, list.names))</p>\
      <p>\(parts.free(trip, taken, at: now))</p>\(price)
      """)
  }

  /// The station's list.
  func desk(_ list: List, _ kind: VanTripList, next: String?, notices: [HTML]) -> Page {
    let title = say("拼车管理", "Van trips")
    let tabs = VanTripList.allCases.map { tab -> HTML in
      """
      <a href="/van-desk?list=\(tab.rawValue)"\(attribute: "aria-current", tab == kind ? "page" : nil)>\
      \(say(tab.name))</a>
      """
    }
    let rows = list.trips.map { trip -> [HTML] in
      [
        "<a href=\"\(path(trip.id))\">\(say.dateTime(trip.terms.leavesAt))</a>",
        HTML(text: say(trip.terms.route)), HTML(text: parts.called(trip.party, list.names)),
        parts.free(trip, list.taken[trip.id] ?? .nothing, at: now),
      ]
    }
    let table: HTML =
      rows.isEmpty
      ? PageParts.empty(say("这里还没有。", "There is nothing here yet."))
      : PageParts.table(
        caption: say(kind.name),
        columns: [
          TableColumn(say("出发", "Leaves")), TableColumn(say("路线", "Route")),
          TableColumn(say("开车的", "Driver")), TableColumn(say("车上", "On the van")),
        ], rows: rows)
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p class="actions"><a class="button" href="/van-desk/new">\(say("帮人登一趟车", "Enter a trip"))</a></p>\
        <p>\(HTML.joined(tabs, separator: " · "))</p>\(table)\
        \(PageParts.pager(say, previous: nil, next: next))
        """, alerts: notices)
  }

  // MARK: - A new one

  func form(
    _ choices: VanTripParts.Choices, _ places: [PlaceCard], key: String, _ state: FormState, alerts: [HTML]
  ) -> Page {
    let title = say("登一趟车", "Enter a trip")
    let fields = FormParts(state, say)
    let ways = VanTripForm.Way.allCases.map { (value: $0.rawValue, name: $0.name) }
    let answers = VanTrip.Answers.allCases.map { (value: $0.rawValue, name: $0.name) }
    let content: HTML = """
      \(parts.whom(choices, fields, isStaff: isStaff))\
      \(fields.text("from", Phrase("从哪里出发", "From where"), maximumLength: 80))\
      \(fields.text("to", Phrase("到哪里", "To where"), hint: Phrase("比如：农贸批发市场。", "Such as the wholesale market."), maximumLength: 80))\
      \(placeFields(fields, places))\
      \(fields.dateTime("leaves_at", Phrase("什么时候出发", "When it leaves")))\
      \(fields.radios("way", Phrase("回不回来", "There and back?"), options: ways))\
      \(fields.dateTime("returns_at", Phrase("什么时候回到", "When it is back"), isRequired: false))\
      \(fields.dateTime("join_until", Phrase("最晚什么时候来登记", "Ask until"), hint: Phrase("不填就是出发前都行。", "Leave it empty for until it leaves."), isRequired: false))\
      \(fields.text("vehicle", Phrase("什么车", "Vehicle"), hint: Phrase("比如：白色面包车。", "Such as a white van."), maximumLength: 60))\
      \(fields.number("crates", Phrase("能给别人装几筐", "Room for others: crates"), suffix: Phrase("筐", "crates")))\
      \(fields.number("kilograms", Phrase("能给别人装几公斤", "Room for others: weight"), suffix: Phrase("公斤", "kg")))\
      \(fields.text("price", Phrase("费用怎么算", "Cost"), hint: Phrase("大家自己商量、当面给，这里不收钱。", "Settled among yourselves; no money goes through this."), isRequired: false, maximumLength: 100))\
      \(fields.radios("answers", Phrase("有人来登记", "When somebody asks"), options: answers))\
      \(fields.textArea("note", Phrase("还要说的", "Anything else"), rows: 2, isRequired: false))\
      \(fields.submit(Phrase("登上去", "Enter it")))
      """
    return Page(
      title: title, kind: kind,
      main: "<h1>\(title)</h1>\(fields.form(to: base, token: token, idempotencyKey: key, content))",
      alerts: alerts)
  }

  private func placeFields(_ fields: FormParts, _ places: [PlaceCard]) -> HTML {
    if places.isEmpty { return .empty }
    let choices = places.map { (value: $0.id.description, name: $0.name) }
    let from = fields.select(
      "from_place", Phrase("出发的地方在社区图上", "From, on the map"), options: choices, isRequired: false)
    let to = fields.select(
      "to_place", Phrase("要去的地方在社区图上", "To, on the map"), options: choices, isRequired: false)
    return "\(from)\(to)"
  }
}
