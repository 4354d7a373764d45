import Kernel
import Web

/// What residents see of the neighbourhood's places.
struct PlacePages {
  let say: Wording
  let now: Timestamp

  private var parts: PlaceParts { PlaceParts(say: say) }

  func list(_ places: [PlaceParts.Numbered], _ outlines: [KeptOutline]) -> Page {
    let title = say("社区地图", "Places around here")
    let list: HTML =
      places.isEmpty
      ? PageParts.empty(say("地图上还没有地点，过几天再来看看。", "There are no places on the map yet."))
      : "\(visited(places.filter { $0.place.terms.kind != .building }))\(buildings(places))"
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\(parts.map(places, outlines, base: "/places"))\(list)\
        <p class="actions"><a class="button quiet" href="/bookable-places">\(say("订地方", "Book a place"))</a> \
        <a class="button quiet" href="/organisations">\(say("社区里的单位", "Organisations"))</a> \
        <a class="button quiet" href="/places.ics">\(say("开放时间放进日历", "Opening hours for a calendar"))</a> \
        <a class="button quiet" href="/places.geojson">\(say("下载地图数据", "The map as data"))</a></p>
        """)
  }

  /// Where people go, each in one line.
  private func visited(_ places: [PlaceParts.Numbered]) -> HTML {
    let items = HTML.joined(
      places.map { entry in
        let terms = entry.place.terms
        let isOpen: HTML = terms.hours.isEmpty ? .empty : " \(open(terms))"
        return """
          <li><span class="place-number">\(terms.kind.letter)\(entry.number)</span> \
          <a href="/places/\(entry.place.id)">\(say(terms.name))</a>\(isOpen)\
          <span class="hint">\(say(terms.kind.name)) · \(terms.address)</span></li>
          """
      })
    return "<ul class=\"place-list\">\(items)</ul>"
  }

  /// Where people live: their names say all that there is to say.
  private func buildings(_ places: [PlaceParts.Numbered]) -> HTML {
    let links = places.filter { $0.place.terms.kind == .building }.map { entry -> HTML in
      """
      <li><a href="/places/\(entry.place.id)">\(entry.place.terms.kind.letter)\(entry.number) \
      \(say(entry.place.terms.name))</a></li>
      """
    }
    if links.isEmpty { return .empty }
    return """
      <details><summary>\(say("楼栋", "Buildings"))</summary>\
      <ul class="place-list in-columns">\(HTML.joined(links))</ul></details>
      """
  }

  private func open(_ terms: PlaceTerms) -> HTML {
    if terms.hours.isEmpty { return "—" }
    return terms.hours.isOpen(at: now, offsetSeconds: say.offsetSeconds)
      ? PageParts.tag(say("开着", "Open"), .good) : PageParts.tag(say("没开", "Closed now"))
  }

  func place(_ place: Place, organisation: Phrase?, _ outlines: [KeptOutline]) -> Page {
    let terms = place.terms
    let name = say(terms.name)
    let text: HTML =
      terms.description.isEmpty ? .empty : "<p>\(PageParts.lines(terms.description))</p>"
    return Page(
      title: name,
      main: """
        <h1>\(name)</h1><p>\(open(terms))</p>\
        \(PageParts.definitions(parts.facts(place, organisation: organisation)))\(text)\
        \(terms.shape == nil ? .empty : parts.map([(1, place)], outlines, base: "/places"))\
        <p><a href="/places">\(say("所有地点", "All places"))</a></p>
        """)
  }

  /// The paper that the map is printed on.
  enum Paper: String, Sendable, CaseIterable {
    case a4
    /// For the wall of a stairwell or a notice board.
    case a3

    /// The name of the box that the style sheet lays on such paper.
    var box: String { self == .a3 ? "large-paper wall-plan" : "large-paper" }
  }

  /// For the wall: the map, and the list with its numbers beneath it.
  func sheet(_ places: [PlaceParts.Numbered], _ outlines: [KeptOutline], on paper: Paper) -> Page {
    let title = say("社区地图", "Map of the neighbourhood")
    let rows = places.map { entry -> HTML in
      let terms = entry.place.terms
      return """
        <tr><th scope="row">\(terms.kind.letter)\(entry.number)</th><td>\(say(terms.name))</td>\
        <td>\(say(terms.kind.name))</td><td>\(say(terms.hours.phrase))</td></tr>
        """
    }
    return Page(
      title: title, kind: .print,
      main: """
        <div class="\(paper.box)"><h1>\(title)</h1>\(parts.map(places, outlines, base: nil))\
        <div class="table-frame" tabindex="0" role="region" aria-label="\(title)"><table class="slip-lines"><thead><tr><th scope="col">\(say("号", "No."))</th>\
        <th scope="col">\(say("名称", "Name"))</th><th scope="col">\(say("种类", "Kind"))</th>\
        <th scope="col">\(say("开放时间", "Opening hours"))</th></tr></thead><tbody>\(rows)</tbody></table></div>\
        <p>\(say.day(now, inYear: nil))</p></div>
        """)
  }
}
