import Interop

/// The plan of Osmanthus Lane as a file that the station would upload. It lies in the sea off the coast, where nobody lives.
enum DemoPlan {
  /// A rectangle of the plan, in metres from its middle.
  private struct Box {
    let name: String?
    let english: String?
    let kind: String
    let west: Double
    let south: Double
    let width: Double
    let depth: Double

    init(
      _ name: String? = nil, _ english: String? = nil, kind: String, _ west: Double, _ south: Double,
      _ width: Double, _ depth: Double
    ) {
      self.name = name
      self.english = english
      self.kind = kind
      self.west = west
      self.south = south
      self.width = width
      self.depth = depth
    }
  }

  private static let latitude = 31.0
  private static let longitude = 122.6
  /// Degrees of a metre to the north, and to the east at this latitude.
  private static let north = 1 / 111_195.08
  private static let east = 1 / 95_312.7

  static var geoJSON: String {
    let boxes = (buildings + grounds).map { box in
      GeoJSONFeature(.polygon([ring(box)]), properties(box))
    }
    return GeoJSONWriter.text(GeoJSONCollection(lanes + boxes))
  }

  /// Six walk-ups, three towers and the school; the rest is drawn without a name, since places bring their own.
  private static let buildings: [Box] =
    [
      (1, -180.0, 60.0), (2, -100, 60), (4, -180, 100), (5, -100, 100), (6, 40, 60), (8, 120, 60),
    ].map { building($0.0, $0.1, $0.2, 60, 14) }
    + [(3, 50.0, 95.0), (7, 100, 95), (9, 150, 95)].map { building($0.0, $0.1, $0.2, 26, 26) }
    + [
      Box("桂花小学", "Osmanthus school", kind: "building", 20, -125, 70, 55),
      Box("自行车棚", "Bicycle shed", kind: "storeroom", -180, 20, 40, 8),
    ]

  private static let grounds: [Box] = [
    Box(kind: "green", -180, -125, 160, 95), Box(kind: "water", -130, -105, 40, 28),
    Box(kind: "other", -60, 20, 40, 14), Box(kind: "other", 120, -60, 60, 28),
    Box(kind: "other", 110, -125, 75, 45),
  ]

  private static func building(
    _ number: Int, _ west: Double, _ south: Double, _ width: Double, _ depth: Double
  ) -> Box {
    Box("\(number)号楼", "Building \(number)", kind: "building", west, south, width, depth)
  }

  private static let lanes: [GeoJSONFeature] = [
    [(-200, -150), (200, -150), (200, 150), (-200, 150), (-200, -150)], [(-200, 8), (200, 8)],
    [(10, -150), (10, 150)],
  ].map { line in
    GeoJSONFeature(.lineString(line.map { position($0.0, $0.1) }), ["kind": .text("road")])
  }

  private static func ring(_ box: Box) -> [GeoJSONPosition] {
    let (left, low, right, high) = (box.west, box.south, box.west + box.width, box.south + box.depth)
    return [(left, low), (right, low), (right, high), (left, high), (left, low)].map {
      position($0.0, $0.1)
    }
  }

  private static func position(_ x: Double, _ y: Double) -> GeoJSONPosition {
    GeoJSONPosition(x: longitude + x * east, y: latitude + y * north)
  }

  private static func properties(_ box: Box) -> [String: GeoJSONProperty] {
    var properties: [String: GeoJSONProperty] = ["kind": .text(box.kind)]
    if let name = box.name { properties["name"] = .text(name) }
    if let english = box.english { properties["name:en"] = .text(english) }
    return properties
  }
}
