import Foundation

/// The few functions of angles that a plan needs.
enum PlanTrigonometry {
  static func sine(_ angle: Double) -> Double { sin(angle) }
  static func cosine(_ angle: Double) -> Double { cos(angle) }
  static func arcSine(_ number: Double) -> Double { asin(number) }
}

/// Positions round a centre as metres on a plan: the equirectangular projection, which over the few hundred metres of a
/// neighbourhood is true to a few millimetres.
struct GeoProjection: Sendable, Equatable {
  /// The mean radius, in metres. Source: IUGG, R1.
  static let earthRadius = 6_371_008.8

  let centre: GeoPosition

  func point(_ position: GeoPosition) -> PlanPoint {
    PlanPoint(
      x: GeoPosition.radians(position.longitude - centre.longitude) * scale * Self.earthRadius,
      y: GeoPosition.radians(position.latitude - centre.latitude) * Self.earthRadius)
  }

  /// Nil beyond the edges of the earth.
  func position(_ point: PlanPoint) -> GeoPosition? {
    guard scale > 0 else { return nil }
    return GeoPosition(
      latitude: centre.latitude + point.y / Self.earthRadius * 180 / .pi,
      longitude: centre.longitude + point.x / Self.earthRadius / scale * 180 / .pi)
  }

  private var scale: Double { PlanTrigonometry.cosine(GeoPosition.radians(centre.latitude)) }
}
