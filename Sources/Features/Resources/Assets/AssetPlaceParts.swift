import Kernel
import People
import Web

/// Where in the neighbourhood things are: the map with its numbers, and the list that says the same in words.
struct AssetPlaceParts {
  let say: Wording

  /// - Parameter filter: kept by every link but for its place.
  func map(_ places: [AssetPlace], _ outlines: [KeptOutline], _ filter: AssetFilter, at now: Timestamp)
    -> HTML
  {
    if places.isEmpty { return .empty }
    let numbered = places.enumerated().map { (number: $0.offset + 1, entry: $0.element) }
    let markers = numbered.compactMap { number, entry -> PlaceMapParts.Marker? in
      guard let point = entry.place.card(at: now).planPoint else { return nil }
      return PlaceMapParts.Marker(
        number: number, point: point, name: "\(say(entry.place.terms.name)) (\(entry.count))",
        href: filter.at(entry.place.id).path, letter: entry.place.terms.kind.letter)
    }
    let shapes = outlines.map { PlaceMapParts.Shape(shape: $0.outline.shape, ground: $0.outline.ground) }
    let drawing =
      markers.isEmpty ? HTML.empty : PlaceMapParts.map(shapes: shapes, markers: markers, say: say)
    let items = numbered.map { _, entry -> HTML in
      """
      <li><a href="\(filter.at(entry.place.id).path)">\(say(entry.place.terms.name))</a> \
      \(say.count(Int(entry.count), "条", "entry", many: "entries"))</li>
      """
    }
    return """
      <h2>\(say("在哪里", "Where things are"))</h2>\(drawing)<ol class="lead">\(items)</ol>
      """
  }

  /// Which place the list is of, with the way back to all.
  func chosen(_ place: Phrase?, _ filter: AssetFilter) -> HTML {
    place.map {
      """
      <p class="lead">\(say("在“\($0.chinese)”的", "At “\($0.english)”")) · \
      <a href="\(filter.at(nil).path)">\(say("不限地方", "At any place"))</a></p>
      """
    } ?? .empty
  }
}
