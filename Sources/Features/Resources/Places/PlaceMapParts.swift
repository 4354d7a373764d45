import Kernel
import Web

/// The map of the neighbourhood: its own drawing, without tiles of strangers and without scripts.
enum PlaceMapParts {
  /// Something drawn beneath the markers.
  struct Shape: Sendable {
    let shape: PlanShape
    let ground: PlanFile.Ground
  }

  /// A number on the map that leads somewhere.
  struct Marker: Sendable {
    let number: Int
    let point: PlanPoint
    let name: String
    /// Nil for paper.
    let href: String?
    /// What kind it is, in a letter beside its number, so that no colour has to tell.
    let letter: String
  }

  /// The drawing; nothing where there is nothing to draw. A list of the same places belongs beneath it: whoever cannot see
  /// the map, or comes by keyboard, uses that.
  static func map(shapes: [Shape], markers: [Marker], say: Wording) -> HTML {
    let points = shapes.flatMap(\.shape.points) + markers.map(\.point)
    if points.isEmpty { return .empty }
    let projection = PlaceMapProjection(fitting: points)
    let placed = markers.map { (point: projection.place($0.point), name: $0.name) }
    let boxes = PlaceMapLabels.boxes(placed, height: projection.height)
    let label = say(
      "社区地图，标了 \(markers.count) 处；下面的列表写着同样的地点",
      "Map of the neighbourhood with \(markers.count) places; the list beneath names the same")
    let ground = shapes.map { outline($0, projection) }
    let marks = zip(zip(markers, placed), boxes).map { pair, box in marker(pair.0, pair.1.point, box) }
    return """
      <figure class="place-map" tabindex="0"><svg viewBox="0 0 800 \(number(projection.height))" width="100%" role="group" \
      aria-label="\(label)">\(patterns)\
      <rect width="800" height="\(number(projection.height))" fill="#fbf6ec"/>\(ground)\(marks)\
      \(scale(projection, say))</svg></figure>
      """
  }

  private static let patterns: HTML = """
    <defs><pattern id="map-building" width="8" height="8" patternUnits="userSpaceOnUse">\
    <rect width="8" height="8" fill="#e9ddc7"/><path d="M0 8L8 0" stroke="#b59f78" stroke-width="1"/></pattern>\
    <pattern id="map-green" width="10" height="10" patternUnits="userSpaceOnUse">\
    <rect width="10" height="10" fill="#dfead6"/><circle cx="5" cy="5" r="1.2" fill="#5b7f4f"/></pattern>\
    <pattern id="map-water" width="12" height="6" patternUnits="userSpaceOnUse">\
    <rect width="12" height="6" fill="#d8e6ee"/><path d="M0 3H12" stroke="#6d93a8" stroke-width="1"/></pattern></defs>
    """

  // MARK: - What is drawn

  private static func outline(_ drawn: Shape, _ projection: PlaceMapProjection) -> HTML {
    let isArea = drawn.shape.form == .area
    if drawn.shape.form == .point { return .empty }
    let path = drawn.shape.rings.map { ring -> String in
      let points = ring.map(projection.place).map { "\(number($0.x)) \(number($0.y))" }
      return "M\(points.joined(separator: "L"))\(isArea ? "Z" : "")"
    }.joined()
    let fill =
      switch drawn.ground {
      case .building: "url(#map-building)"
      case .green: "url(#map-green)"
      case .water: "url(#map-water)"
      case .road: "#ffffff"
      case .other: "#f0ebe0"
      }
    if isArea {
      return "<path d=\"\(path)\" fill=\"\(fill)\" fill-rule=\"evenodd\" stroke=\"#6b5c41\"/>"
    }
    return """
      <path d="\(path)" fill="none" stroke="#8a7b62" stroke-width="7"/>\
      <path d="\(path)" fill="none" stroke="#ffffff" stroke-width="5"/>
      """
  }

  private static func marker(_ marker: Marker, _ point: MapPoint, _ box: MapBox?) -> HTML {
    let (x, y) = (number(point.x), number(point.y))
    let name: HTML =
      box.map { box in
        """
        <text x="\(number(box.left))" y="\(number(box.bottom - 5))" font-size="14" fill="#1f1a12" stroke="#fbf6ec" \
        stroke-width="3" paint-order="stroke">\(marker.name)</text>
        """
      } ?? .empty
    let drawn: HTML = """
      <title>\(marker.number) \(marker.name)</title>\
      <circle cx="\(x)" cy="\(y)" r="13" fill="#ffffff" stroke="#1f1a12" stroke-width="2"/>\
      <text x="\(x)" y="\(number(point.y + 4))" font-size="11" font-weight="700" text-anchor="middle" \
      fill="#1f1a12">\(marker.letter)\(marker.number)</text>\(name)
      """
    // The list beneath has the same links for keyboards, so that nobody walks through all of them twice.
    guard let href = marker.href else { return "<g>\(drawn)</g>" }
    return "<a href=\"\(href)\" tabindex=\"-1\">\(drawn)</a>"
  }

  /// A line as long as a round number of metres.
  private static func scale(_ projection: PlaceMapProjection, _ say: Wording) -> HTML {
    let steps: [Double] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]
    let longest = projection.metres(160)
    let metres = steps.last { $0 <= longest } ?? 1
    let end = 16 + metres / projection.metres(1)
    let y = projection.height - 12
    return """
      <path d="M16 \(number(y))H\(number(end))" stroke="#1f1a12" stroke-width="3"/>\
      <text x="16" y="\(number(y - 6))" font-size="12" fill="#1f1a12">\(say("\(Int(metres)) 米", "\(Int(metres)) m"))</text>
      """
  }

  /// One decimal is enough for a screen.
  private static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let rest = abs(tenths % 10)
    let sign = tenths < 0 ? "-" : ""
    return rest == 0 ? "\(tenths / 10)" : "\(sign)\(abs(tenths / 10)).\(rest)"
  }
}
