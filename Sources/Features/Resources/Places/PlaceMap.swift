/// From metres on the plan to units of a drawing whose zero is at its upper left.
struct PlaceMapProjection: Sendable, Equatable {
  static let width = 800.0
  static let margin = 40.0
  private static let heights = 200.0...1400.0

  let height: Double
  private let scale: Double
  private let left: Double
  private let top: Double

  /// Fits all points into the drawing, the same in both directions; a single point stands in the middle.
  init(fitting points: [PlanPoint]) {
    let (xs, ys) = (points.map(\.x), points.map(\.y))
    let (west, east) = (xs.min() ?? 0, xs.max() ?? 0)
    let (south, north) = (ys.min() ?? 0, ys.max() ?? 0)
    let (wide, high) = (max(east - west, 1), max(north - south, 1))
    let inner = Self.width - 2 * Self.margin
    let tallest = Self.heights.upperBound - 2 * Self.margin
    let scale = min(inner / wide, tallest / high)
    let height = min(max(high * scale + 2 * Self.margin, Self.heights.lowerBound), Self.heights.upperBound)
    self.scale = scale
    self.height = height
    left = (Self.width - (east + west) * scale) / 2
    top = (height + (north + south) * scale) / 2
  }

  func place(_ point: PlanPoint) -> MapPoint {
    MapPoint(x: left + point.x * scale, y: top - point.y * scale)
  }

  /// Metres of a line that is so many units long.
  func metres(_ units: Double) -> Double { units / scale }
}

/// A point of the drawing.
struct MapPoint: Sendable, Hashable {
  let x: Double
  let y: Double
}

/// An upright box of the drawing.
struct MapBox: Sendable, Hashable {
  let left: Double
  let top: Double
  let right: Double
  let bottom: Double

  func meets(_ other: MapBox) -> Bool {
    left < other.right && other.left < right && top < other.bottom && other.top < bottom
  }

  func isWithin(_ other: MapBox) -> Bool {
    left >= other.left && right <= other.right && top >= other.top && bottom <= other.bottom
  }
}

/// Where the names beside markers stand: the first free side of each, and no name where there is none, for the list
/// beneath the map has them all.
enum PlaceMapLabels {
  static let size = 14.0
  static let radius = 13.0
  private static let gap = 4.0

  /// - Returns: for each marker the box of its name; nil where it has no room.
  static func boxes(_ markers: [(point: MapPoint, name: String)], height: Double) -> [MapBox?] {
    let sheet = MapBox(left: 0, top: 0, right: PlaceMapProjection.width, bottom: height)
    var taken = markers.map { marker in
      MapBox(
        left: marker.point.x - radius, top: marker.point.y - radius, right: marker.point.x + radius,
        bottom: marker.point.y + radius)
    }
    var boxes: [MapBox?] = []
    for marker in markers {
      let free = sides(marker.point, width: width(marker.name)).first { side in
        side.isWithin(sheet) && !taken.contains { $0.meets(side) }
      }
      if let free { taken.append(free) }
      boxes.append(free)
    }
    return boxes
  }

  private static func sides(_ point: MapPoint, width: Double) -> [MapBox] {
    let (half, away) = (size * 0.7, radius + gap)
    func box(_ left: Double, _ middle: Double) -> MapBox {
      MapBox(left: left, top: middle - half, right: left + width, bottom: middle + half)
    }
    return [
      box(point.x + away, point.y), box(point.x - away - width, point.y),
      box(point.x - width / 2, point.y - away - half), box(point.x - width / 2, point.y + away + half),
    ]
  }

  /// Chinese characters are as wide as they are high, others little more than half of it.
  static func width(_ name: String) -> Double {
    name.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? size : size * 0.62) }
  }
}
