import Kernel
import Web

/// The page of one trip: what is free, the form to ask for it, and what its driver and those on it do.
struct VanTripPage {
  let pages: VanTripPages
  let view: View
  let key: String
  let state: FormState

  struct View: Sendable {
    let trip: VanTrip
    let taken: VanLoad
    /// Persons are in it only for the station.
    let names: [Party: Phrase]
    let places: [PlaceID: Phrase]
    let choices: VanTripParts.Choices
    /// What the visitor may see of all that is on it.
    let parts: [VanPart]
    let isDriver: Bool
  }

  private var say: Wording { pages.say }
  private var parts: VanTripParts { pages.parts }
  private var trip: VanTrip { view.trip }
  private var hasLeft: Bool { pages.now >= trip.terms.leavesAt }
  private var leads: Bool { view.isDriver || pages.isStaff }
  private var path: String { pages.path(trip.id) }

  func page(alerts: [HTML]) -> Page {
    let title = say(trip.terms.route)
    let loads: HTML =
      view.parts.isEmpty
      ? .empty : "<h2>\(say("车上的货", "What goes along"))</h2>\(view.parts.map(card))"
    return Page(
      title: title, kind: pages.isStaff ? .staff : .resident,
      main: """
        <h1>\(title)</h1>\(parts.facts(trip, view.taken, view.names, view.places, at: pages.now))\
        \(loads)\(askForm)\(leads ? steps : .empty)\
        <p class="actions">\(leads ? parts.link("\(path)/sheet", Phrase("打印装车单", "Print the loading list")) : .empty) \
        \(parts.link(pages.base, Phrase("返回", "Back")))</p>
        """, alerts: alerts)
  }

  // MARK: - What goes along

  private func card(_ part: VanPart) -> HTML {
    let words = [part.words.what, part.words.place].filter { !$0.isEmpty }.map { "<p>\($0)</p>" as HTML }
    let isOwn = view.choices.own.contains { $0.party == part.party }
    return PageParts.card(
      parts.called(part.party, view.names),
      """
      <p>\(say(part.load.words)) \(parts.state(part.state))</p>\(words)\(buttons(part, isOwn: isOwn))
      """)
  }

  private func buttons(_ part: VanPart, isOwn: Bool) -> HTML {
    var sides: Set<VanSide> = []
    if pages.isStaff { sides.insert(.station) }
    if view.isDriver { sides.insert(.driver) }
    if isOwn { sides.insert(.joiner) }
    let steps: [(VanPart.State, String, Phrase, Bool)] = [
      (.confirmed, "confirm", Phrase("答应", "Yes"), false),
      (.declined, "decline", Phrase("不答应", "No"), true),
      (.carried, "carried", Phrase("带到了", "It was carried"), false),
      (.notCarried, "not-carried", Phrase("没有带", "It was not"), true),
      (.cancelled, "cancel", Phrase("取消", "Cancel"), true),
    ]
    let buttons = steps.compactMap { state, word, name, isQuiet -> HTML? in
      guard VanTripRules.mayMove(to: state, sides),
        VanTripRules.refusal(part, to: state, on: trip, by: sides, at: pages.now) == nil
      else { return nil }
      return PageParts.button(
        say(name), to: "\(pages.base)/parts/\(part.id)/\(word)", token: pages.token,
        key: "\(key)-\(part.id)-\(word)", [("seen", String(part.revision))], isQuiet: isQuiet)
    }
    return buttons.isEmpty
      ? .empty : "<div class=\"actions\">\(HTML.joined(buttons, separator: " "))</div>"
  }

  private var askForm: HTML {
    let free = trip.terms.room.beside(view.taken)
    guard trip.state == .planned, pages.now < trip.terms.joinUntil, free.crates > 0, free.kilograms > 0
    else { return .empty }
    // A driver asks nobody for room; whoever acts for others besides may.
    if !pages.isStaff, view.choices.own.allSatisfy({ $0.party == trip.party }) { return .empty }
    let fields = FormParts(state.contains("crates") ? state : .empty, say, place: "ask")
    let content: HTML = """
      \(parts.whom(view.choices, fields, isStaff: pages.isStaff))\
      \(fields.number("crates", Phrase("几筐", "How many crates"), hint: Phrase("不满一筐算一筐。", "Less than one counts as one."), suffix: Phrase("筐", "crates")))\
      \(fields.number("kilograms", Phrase("几公斤", "How heavy"), suffix: Phrase("公斤", "kg")))\
      \(fields.text("what", Phrase("什么东西", "What it is"), hint: Phrase("只给开车的人和服务站看。", "For the driver and the station alone."), maximumLength: 200))\
      \(fields.text("load_at", Phrase("在哪里装", "Where to load it"), maximumLength: 80))\
      \(fields.submit(trip.terms.answers == .atOnce ? Phrase("登上车", "Take the room") : Phrase("问一问", "Ask")))
      """
    return """
      <h2>\(say("我要带货", "I have something to carry"))</h2>\
      \(fields.form(to: "\(path)/parts", token: pages.token, idempotencyKey: "\(key)-ask", content))
      """
  }

  // MARK: - The trip itself

  private var steps: HTML {
    guard trip.state == .planned else { return .empty }
    let hasCarried = view.parts.contains { $0.state == .carried }
    return "\(hasLeft ? doneForm : .empty)\(hasCarried ? .empty : callOffForm)"
  }

  private var doneForm: HTML {
    let agreed = view.parts.filter { $0.state == .confirmed }
    // Most of what was agreed on was carried: it is ticked before.
    let ticked = Form(fields: agreed.map { Form.Field(name: "carried", value: $0.id.description) })
    let fields = FormParts(FormState(ticked), say, place: "done")
    let options = agreed.map { part in
      let who = parts.called(part.party, view.names)
      let load = part.load.words
      return (
        value: part.id.description, name: Phrase("\(who) \(load.chinese)", "\(who), \(load.english)")
      )
    }
    let ticks: HTML =
      options.isEmpty
      ? .empty
      : fields.checkboxes(
        "carried", Phrase("哪些带到了（没带的请去掉勾）", "What was carried (untick what was not)"), options: options)
    return fields.form(
      to: "\(path)/done", token: pages.token, idempotencyKey: "\(key)-done",
      """
      \(fields.hidden("seen", String(trip.revision)))\(ticks)\
      \(fields.submit(Phrase("这趟跑完了", "The trip is done")))
      """)
  }

  private var callOffForm: HTML {
    let fields = FormParts(state.contains("reason") ? state : .empty, say, place: "off")
    return """
      <details><summary>\(say("这趟不去了", "It does not take place"))</summary>\
      \(fields.form(
        to: "\(path)/call-off", token: pages.token, idempotencyKey: "\(key)-off",
        """
        \(fields.hidden("seen", String(trip.revision)))\
        \(fields.text("reason", Phrase("为什么不去了", "Why"), maximumLength: 200))\
        \(fields.submit(Phrase("取消这趟，告诉大家", "Call it off and tell everybody")))
        """))</details>
      """
  }
}
