/// A position on the earth (WGS 84), in degrees.
struct GeoPosition: Sendable, Hashable {
  let latitude: Double
  let longitude: Double

  /// Nil for what is nowhere on the earth.
  init?(latitude: Double, longitude: Double) {
    guard (-90...90).contains(latitude), (-180...180).contains(longitude) else { return nil }
    self.latitude = latitude
    self.longitude = longitude
  }

  /// Metres between two positions along the ground. Source: R. W. Sinnott, "Virtues of the Haversine", 1984.
  func metres(to other: GeoPosition) -> Double {
    let (from, to) = (Self.radians(latitude), Self.radians(other.latitude))
    let across = PlanTrigonometry.sine(Self.radians(other.longitude - longitude) / 2)
    let up = PlanTrigonometry.sine((to - from) / 2)
    let part = up * up + PlanTrigonometry.cosine(from) * PlanTrigonometry.cosine(to) * across * across
    return 2 * GeoProjection.earthRadius * PlanTrigonometry.arcSine(min(1, part.squareRoot()))
  }

  static func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
}

/// A point on the plan of the neighbourhood, in metres: x to the east, y to the north.
struct PlanPoint: Sendable, Hashable {
  let x: Double
  let y: Double

  func metres(to other: PlanPoint) -> Double {
    ((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)).squareRoot()
  }
}

/// The outline of something on the plan, or a point for what has none.
struct PlanShape: Sendable, Hashable {
  enum Form: String, Sendable, CaseIterable {
    case point
    case line
    case area
  }

  let form: Form
  /// One point, one or more lines, or closed rings without their last point again; a ring within another is a hole.
  let rings: [[PlanPoint]]

  static func point(_ point: PlanPoint) -> PlanShape { PlanShape(form: .point, rings: [[point]]) }

  var points: [PlanPoint] { rings.flatMap { $0 } }

  /// The middle: of an area the centre of its largest ring.
  var centre: PlanPoint? {
    guard form == .area else {
      let points = points
      return points.isEmpty ? nil : points[points.count / 2]
    }
    guard let ring = rings.max(by: { abs(Self.area($0)) < abs(Self.area($1)) }) else { return nil }
    return Self.centroid(ring)
  }

  /// Twice the signed area would be the shoelace sum; this is the area, positive where the ring runs against the clock.
  static func area(_ ring: [PlanPoint]) -> Double {
    guard let origin = ring.first else { return 0 }
    return edges(ring).reduce(0) { $0 + cross($1, origin) } / 2
  }

  private static func centroid(_ ring: [PlanPoint]) -> PlanPoint? {
    guard let origin = ring.first else { return nil }
    let area = area(ring)
    guard abs(area) > 0.000_001 else { return ring[ring.count / 2] }
    var (x, y) = (0.0, 0.0)
    for edge in edges(ring) {
      let cross = cross(edge, origin)
      x += (edge.0.x + edge.1.x - 2 * origin.x) * cross
      y += (edge.0.y + edge.1.y - 2 * origin.y) * cross
    }
    return PlanPoint(x: origin.x + x / (6 * area), y: origin.y + y / (6 * area))
  }

  private static func edges(_ ring: [PlanPoint]) -> [(PlanPoint, PlanPoint)] {
    ring.indices.map { (ring[$0], ring[($0 + 1) % ring.count]) }
  }

  /// Seen from a point of the ring, so that far from zero nothing is lost to rounding.
  private static func cross(_ edge: (PlanPoint, PlanPoint), _ origin: PlanPoint) -> Double {
    (edge.0.x - origin.x) * (edge.1.y - origin.y) - (edge.1.x - origin.x) * (edge.0.y - origin.y)
  }

  // MARK: - As text

  /// `area 0,0 5000,0 5000,4000|1000,1000 …`: whole millimetres.
  var text: String {
    let rings = rings.map { ring in
      ring.map { "\(Self.millimetres($0.x)),\(Self.millimetres($0.y))" }.joined(separator: " ")
    }
    return "\(form.rawValue) \(rings.joined(separator: "|"))"
  }

  private static func millimetres(_ metres: Double) -> Int64 { Int64((metres * 1000).rounded()) }

  init(form: Form, rings: [[PlanPoint]]) {
    self.form = form
    self.rings = rings
  }

  /// Reads what `text` writes; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, let form = Form(rawValue: String(parts[0])) else { return nil }
    var rings: [[PlanPoint]] = []
    for ring in parts[1].split(separator: "|") {
      var points: [PlanPoint] = []
      for point in ring.split(separator: " ") {
        let numbers = point.split(separator: ",").compactMap { Int64($0) }
        guard numbers.count == 2 else { return nil }
        points.append(PlanPoint(x: Double(numbers[0]) / 1000, y: Double(numbers[1]) / 1000))
      }
      rings.append(points)
    }
    guard !rings.isEmpty else { return nil }
    self.init(form: form, rings: rings)
  }
}
