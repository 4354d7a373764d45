import Kernel
import Web

/// What the pages of residents, of the desk and for the printer draw alike.
struct PlaceParts {
  let say: Wording

  typealias Numbered = (number: Int, place: Place)

  func map(_ places: [Numbered], _ outlines: [KeptOutline], base: String?) -> HTML {
    let shapes =
      outlines.map { PlaceMapParts.Shape(shape: $0.outline.shape, ground: $0.outline.ground) }
      + places.compactMap { entry -> PlaceMapParts.Shape? in
        // What was taken from the plan is drawn with the plan.
        guard outlines.allSatisfy({ $0.place != entry.place.id }) else { return nil }
        return entry.place.terms.shape.map { PlaceMapParts.Shape(shape: $0, ground: .building) }
      }
    let markers = places.compactMap { entry -> PlaceMapParts.Marker? in
      guard let point = entry.place.terms.shape?.centre else { return nil }
      return PlaceMapParts.Marker(
        number: entry.number, point: point, name: say(entry.place.terms.name),
        href: base.map { "\($0)/\(entry.place.id)" }, letter: entry.place.terms.kind.letter)
    }
    return PlaceMapParts.map(shapes: shapes, markers: markers, say: say)
  }

  func hours(_ terms: PlaceTerms) -> String {
    terms.hours.isEmpty ? say("没有写", "Not given") : say(terms.hours.phrase)
  }

  func stepFree(_ terms: PlaceTerms) -> String {
    switch terms.isStepFree {
    case .some(true): say("没有台阶，轮椅能进", "No steps; a wheelchair gets in")
    case .some(false): say("有台阶", "There are steps")
    case nil: say("还没有看过", "Nobody looked yet")
    }
  }

  func facts(_ place: Place, organisation: Phrase?) -> [(String, HTML)] {
    let terms = place.terms
    var facts: [(String, HTML)] = [
      (say("种类", "Kind"), HTML(text: say(terms.kind.name))),
      (say("地址", "Address"), HTML(text: terms.address)),
      (say("开放时间", "Opening hours"), HTML(text: hours(terms))),
      (say("台阶", "Steps"), HTML(text: stepFree(terms))),
    ]
    if let organisation { facts.append((say("谁管钥匙", "Kept by"), HTML(text: say(organisation)))) }
    if !terms.phone.isEmpty {
      let digits = terms.phone.filter { $0.isASCII && ($0.isNumber || $0 == "+") }
      facts.append(
        (say("电话", "Telephone"), "<a class=\"phone\" href=\"tel:\(digits)\">\(terms.phone)</a>"))
    }
    if place.isConfirmed {
      facts.append((say("核实于", "Confirmed"), HTML(text: say.day(place.confirmedAt))))
    }
    return facts
  }
}
