import Kernel
import Web

/// The desk of places.
struct PlaceDeskPages {
  let say: Wording
  let token: String
  let now: Timestamp

  private var parts: PlaceParts { PlaceParts(say: say) }

  static func base(_ id: PlaceID) -> String { "/place-desk/\(id)" }

  /// What can be chosen in the form of a place.
  struct Choices: Sendable {
    let organisations: [(value: String, name: Phrase)]
    let keepers: [(value: String, name: Phrase)]
  }

  // MARK: - All

  func list(
    _ places: [PlaceParts.Numbered], _ outlines: [KeptOutline], isClosed: Bool, key: String,
    _ state: FormState, notices: [HTML], alerts: [HTML]
  ) -> Page {
    let title = isClosed ? say("停用的地点", "Closed places") : say("管地点", "Keep places")
    let rows = places.map { entry -> [HTML] in
      let terms = entry.place.terms
      return [
        "\(terms.kind.letter)\(entry.number)",
        "<a href=\"\(Self.base(entry.place.id))\">\(say(terms.name))</a>",
        HTML(text: say(terms.kind.name)), HTML(text: say(terms.visibility.name)), standing(entry.place),
      ]
    }
    let table: HTML =
      rows.isEmpty
      ? PageParts.empty(say("这里还没有地点。", "There are no places here yet."))
      : PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("号", "No.")), TableColumn(say("名称", "Name")), TableColumn(say("种类", "Kind")),
          TableColumn(say("谁看得见", "Seen by")), TableColumn(say("核实", "Confirmed")),
        ], rows: rows)
    let other: HTML =
      isClosed
      ? "<a class=\"button quiet\" href=\"/place-desk\">\(say("在用的地点", "Open places"))</a>"
      : "<a class=\"button quiet\" href=\"/place-desk?closed=1\">\(say("停用的地点", "Closed places"))</a>"
    let plan: HTML =
      isClosed
      ? .empty
      : "\(parts.map(places, outlines, base: "/place-desk"))\(proposals(outlines, key))\(upload(key, state))"
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p class="actions"><a class="button" href="/place-desk/new">\(say("登记一个地点", "Enter a place"))</a> \
        <a class="button quiet" href="/place-desk/sheet">\(say("打印地图", "Print the map"))</a> \
        <a class="button quiet" href="/place-desk/sheet?size=a3">\(say("打印 A3 墙图", "Print it on A3 for the wall"))</a> \
        <a class="button quiet" href="\(DirectoryAddressPages.path)">\(say("公开目录的地址", "Directory address"))</a> \(other)</p>\(table)\(plan)
        """, alerts: notices + alerts)
  }

  private func standing(_ place: Place) -> HTML {
    if place.closedAt != nil { return PageParts.tag(say("停用了", "Closed")) }
    if !place.isConfirmed { return PageParts.tag(say("还没核实", "Not yet confirmed"), .bad) }
    return place.expiresAt > now
      ? HTML(text: say.day(place.confirmedAt))
      : PageParts.tag(say("要重新核实", "To be confirmed"), .bad)
  }

  /// What the plan names and nobody took yet.
  private func proposals(_ outlines: [KeptOutline], _ key: String) -> HTML {
    let items = outlines.filter(\.isProposed).prefix(100).map { kept -> HTML in
      let button = PageParts.loneButton(
        say("收为地点", "Take as a place"), to: "/place-desk/plan/\(kept.id)/accept", token: token,
        key: "\(key)-\(kept.id)")
      let kind = kept.outline.proposedKind.map { say($0.name) } ?? ""
      return "<li>\(kept.outline.name.map { say($0) } ?? "") · \(kind) \(button)</li>"
    }
    if items.isEmpty { return .empty }
    let hint = say(
      "收下以后，请看看地址和台阶对不对，再按“看过了，都对”，居民才看得见。",
      "Once taken, look whether address and steps are right and confirm it: only then do residents see it.")
    return PageParts.card(
      say("图上有名字、还没收的", "Named on the plan, not yet taken"), "<p class=\"hint\">\(hint)</p><ul>\(items)</ul>")
  }

  private func upload(_ key: String, _ state: FormState) -> HTML {
    let fields = FormParts(state, say)
    let hint = Phrase(
      "GeoJSON 文件，最大 1 MB。经纬度，或者平面图的米数（属性 \"plan\": true）。新图会换掉旧图，已收的地点不变。",
      "A GeoJSON file of 1 MB at most, in degrees or in metres of a floor plan (property \"plan\": true). It takes the place of the old plan; places stay."
    )
    let form = fields.form(
      to: "/place-desk/plan", token: token, files: true, idempotencyKey: "\(key)-plan",
      """
      \(fields.file("plan", Phrase("社区图", "Plan"), hint: hint, accept: ".geojson,.json,application/geo+json"))\
      \(fields.submit(Phrase("换上这张图", "Use this plan")))
      """)
    return PageParts.card(say("社区的底图", "The plan beneath"), form)
  }

  // MARK: - One

  func place(
    _ place: Place, organisation: Phrase?, keeper: String?, _ outlines: [KeptOutline], key: String,
    notices: [HTML], alerts: [HTML]
  ) -> Page {
    let (name, base) = (say(place.terms.name), Self.base(place.id))
    var facts = parts.facts(place, organisation: organisation)
    facts.append((say("谁看得见", "Seen by"), HTML(text: say(place.terms.visibility.name))))
    if let keeper { facts.append((say("谁负责", "Answers for it"), HTML(text: keeper))) }
    let seen = [("seen", String(place.revision))]
    let steps: HTML =
      place.closedAt != nil
      ? .empty
      : """
      <p class="actions"><a class="button" href="\(base)/change">\(say("改内容", "Change it"))</a></p>\
      \(PageParts.loneButton(say("看过了，都对", "I looked; it is all true"), to: "\(base)/confirm", token: token, key: "\(key)-confirm", seen))\
      \(PageParts.loneButton(say("停用", "Close it"), to: "\(base)/close", token: token, key: "\(key)-close", seen))
      """
    return Page(
      title: name, kind: .staff,
      main: """
        <h1>\(name)</h1><p>\(standing(place))</p>\(PageParts.definitions(facts))\
        <p>\(PageParts.lines(place.terms.description))</p>\(steps)\
        \(place.terms.shape == nil ? .empty : parts.map([(1, place)], outlines, base: "/place-desk"))\
        <p><a href="/place-desk">\(say("返回", "Back"))</a></p>
        """, alerts: notices + alerts)
  }

  // MARK: - Its form

  /// - Parameter place: nil for a new one.
  func terms(_ place: Place?, _ choices: Choices, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let title =
      place == nil ? say("登记一个地点", "Enter a place") : say("改地点", "Change the place")
    let fields = FormParts(state, say)
    let seen: HTML = place.map { fields.hidden("seen", String($0.revision)) } ?? .empty
    let days = OpeningHours.weekdays.map { weekday in
      fields.text(
        "hours_\(weekday)", OpeningHours.names[weekday - 1],
        isRequired: false, maximumLength: 100)
    }
    let form = fields.form(
      to: place.map { "\(Self.base($0.id))/change" } ?? "/place-desk", token: token, idempotencyKey: key,
      """
      \(seen)\(whatItIs(fields, choices))\
      <fieldset><legend>\(say("开放时间，如 9:00–12:00、14:00–17:00；不开就空着", "Opening hours, such as 9:00–12:00, 14:00–17:00; empty for shut"))</legend>\(days)</fieldset>\
      \(whereItIs(fields))\(fields.submit(Phrase("保存", "Save")))
      """)
    return Page(title: title, kind: .staff, main: "<h1>\(title)</h1>\(form)", alerts: alerts)
  }

  private func whatItIs(_ fields: FormParts, _ choices: Choices) -> HTML {
    let nobody = (value: PlaceForm.none, name: Phrase("没有", "None"))
    return """
      \(fields.text("name", Phrase("名称", "Name"), maximumLength: 60))\
      \(fields.text("name_english", Phrase("英文名称", "Name in English"), isRequired: false, maximumLength: 60))\
      \(fields.select("kind", Phrase("种类", "Kind"), options: Place.Kind.allCases.map { ($0.rawValue, $0.name) }))\
      \(fields.text("address", Phrase("地址", "Address"), maximumLength: 100))\
      \(fields.textArea("description", Phrase("说明", "Description"), isRequired: false))\
      \(fields.select("keeper_organisation", Phrase("哪个单位管", "Organisation that keeps it"), options: [nobody] + choices.organisations))\
      \(fields.select("keeper", Phrase("哪位工作人员负责", "Member of staff who answers for it"), options: [nobody] + choices.keepers))\
      \(fields.text("phone", Phrase("公开的电话", "Public telephone"), hint: Phrase("店或办公室的，不要写个人的。", "Of the shop or office, never somebody’s own."), isRequired: false, maximumLength: 30))\
      \(fields.radios("step_free", Phrase("轮椅能进吗", "Does a wheelchair get in?"), options: [("yes", Phrase("能，没有台阶", "Yes, no steps")), ("no", Phrase("有台阶", "There are steps")), ("unknown", Phrase("还没看过", "Nobody looked yet"))]))\
      \(fields.select("visibility", Phrase("谁看得见", "Seen by"), options: Place.Visibility.allCases.map { ($0.rawValue, $0.name) }))
      """
  }

  private func whereItIs(_ fields: FormParts) -> HTML {
    """
    \(fields.text("latitude", Phrase("纬度（度）", "Latitude (degrees)"), isRequired: false, maximumLength: 20))\
    \(fields.text("longitude", Phrase("经度（度）", "Longitude (degrees)"), isRequired: false, maximumLength: 20))\
    \(fields.text("plan_x", Phrase("图上向东（米）", "East on the plan (metres)"), isRequired: false, maximumLength: 20))\
    \(fields.text("plan_y", Phrase("图上向北（米）", "North on the plan (metres)"), isRequired: false, maximumLength: 20))
    """
  }
}
