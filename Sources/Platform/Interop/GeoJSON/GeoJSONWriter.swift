import Kernel

/// Writes a FeatureCollection (RFC 7946): longitude before latitude, outer rings against the clock and holes with it, seven
/// decimals, which is a centimetre.
package enum GeoJSONWriter {
  package static func text(_ collection: GeoJSONCollection) -> String {
    let features = collection.features.map(feature).joined(separator: ",")
    return "{\"type\":\"FeatureCollection\",\"features\":[\(features)]}"
  }

  private static func feature(_ feature: GeoJSONFeature) -> String {
    let properties = feature.properties.sorted { $0.key < $1.key }
      .map { "\(quoted($0.key)):\(value($0.value))" }.joined(separator: ",")
    let (type, coordinates) = geometry(feature.geometry)
    return "{\"type\":\"Feature\",\"geometry\":{\"type\":\"\(type)\",\"coordinates\":\(coordinates)},"
      + "\"properties\":{\(properties)}}"
  }

  private static func geometry(_ geometry: GeoJSONGeometry) -> (type: String, coordinates: String) {
    switch geometry {
    case .point(let position): ("Point", text(position))
    case .lineString(let line): ("LineString", list(line, text))
    case .polygon(let rings): ("Polygon", polygon(rings))
    case .multiPolygon(let polygons): ("MultiPolygon", list(polygons, polygon))
    }
  }

  private static func polygon(_ rings: [[GeoJSONPosition]]) -> String {
    let turned = rings.enumerated().map { number, ring in
      (turning(ring) < 0) == (number == 0) ? Array(ring.reversed()) : ring
    }
    return list(turned) { list($0, text) }
  }

  /// Positive where a ring runs against the clock.
  private static func turning(_ ring: [GeoJSONPosition]) -> Double {
    guard let origin = ring.first else { return 0 }
    return zip(ring, ring.dropFirst()).reduce(0) { sum, edge in
      sum + (edge.0.x - origin.x) * (edge.1.y - origin.y) - (edge.1.x - origin.x) * (edge.0.y - origin.y)
    }
  }

  private static func list<Element>(_ elements: [Element], _ text: (Element) -> String) -> String {
    "[\(elements.map(text).joined(separator: ","))]"
  }

  private static func text(_ position: GeoJSONPosition) -> String {
    "[\(number(position.x)),\(number(position.y))]"
  }

  /// What is not finite has no place in JSON; nobody makes such a position.
  private static func number(_ number: Double) -> String {
    guard number.isFinite, abs(number) < 100_000_000 else { return "0" }
    let rounded = (number * 10_000_000).rounded() / 10_000_000
    if rounded == rounded.rounded() { return String(Int64(rounded)) }
    return rounded.description
  }

  private static func value(_ property: GeoJSONProperty) -> String {
    switch property {
    case .text(let text): quoted(text)
    case .number(let number): self.number(number)
    case .flag(let flag): flag ? "true" : "false"
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        quoted += "\\"
        quoted.unicodeScalars.append(scalar)
      case "\n": quoted += "\\n"
      default:
        if scalar.value < 32 {
          let digits = String(scalar.value, radix: 16)
          quoted += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)"
        } else {
          quoted.unicodeScalars.append(scalar)
        }
      }
    }
    return quoted + "\""
  }
}
