package import Kernel

/// One position of RFC 7946: longitude and latitude in degrees, or metres on a plan that says so.
package struct GeoJSONPosition: Sendable, Hashable {
  /// Longitude, or metres to the east.
  package let x: Double
  /// Latitude, or metres to the north.
  package let y: Double

  package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// The geometries that a plan of a neighbourhood is drawn with (RFC 7946 §3.1). Rings end where they begin.
package enum GeoJSONGeometry: Sendable, Hashable {
  case point(GeoJSONPosition)
  case lineString([GeoJSONPosition])
  case polygon([[GeoJSONPosition]])
  case multiPolygon([[[GeoJSONPosition]]])

  package var positions: [GeoJSONPosition] {
    switch self {
    case .point(let position): [position]
    case .lineString(let line): line
    case .polygon(let rings): rings.flatMap { $0 }
    case .multiPolygon(let polygons): polygons.flatMap { $0 }.flatMap { $0 }
    }
  }
}

/// What a feature says of itself; lists and objects among it are left out.
package enum GeoJSONProperty: Sendable, Hashable {
  case text(String)
  case number(Double)
  case flag(Bool)
}

package struct GeoJSONFeature: Sendable, Hashable {
  package let geometry: GeoJSONGeometry
  package let properties: [String: GeoJSONProperty]

  package init(_ geometry: GeoJSONGeometry, _ properties: [String: GeoJSONProperty] = [:]) {
    self.geometry = geometry
    self.properties = properties
  }

  /// A property that is text and not empty.
  package func text(_ name: String) -> String? {
    guard case .text(let text) = properties[name], !text.isEmpty else { return nil }
    return text
  }

  package func flag(_ name: String) -> Bool? {
    guard case .flag(let flag) = properties[name] else { return nil }
    return flag
  }
}

/// Features in their order.
package struct GeoJSONCollection: Sendable, Hashable {
  package static let mediaType = "application/geo+json"

  package let features: [GeoJSONFeature]

  package init(_ features: [GeoJSONFeature]) {
    self.features = features
  }
}

/// What is wrong with a file, and where.
package struct GeoJSONFault: Error, Sendable, Hashable {
  /// The first is 1; nil for what is wrong with the whole file.
  package let feature: Int?
  package let reason: Phrase

  package init(feature: Int? = nil, _ reason: Phrase) {
    self.feature = feature
    self.reason = reason
  }

  package var message: Phrase {
    guard let feature else { return reason }
    return Phrase(
      "第 \(feature) 个图形：\(reason.chinese)", "Feature \(feature): \(reason.english)")
  }
}
