import Interop
import Kernel
import Web

/// What a file with the plan of the neighbourhood holds: outlines in metres.
struct PlanFile: Sendable, Equatable {
  enum Ground: String, Sendable, CaseIterable {
    case building
    case road
    case green
    case water
    case other
  }

  /// Something on the plan; what has a name may become a place.
  struct Outline: Sendable, Equatable {
    let ground: Ground
    let name: Phrase?
    let proposedKind: Place.Kind?
    let shape: PlanShape
  }

  static let mostOutlines = 2000
  static let limits = GeoJSONReader.Limits(
    bytes: 1024 * 1024, features: mostOutlines, positions: 20_000)
  /// The farthest from the middle, in metres.
  private static let reach = 20_000.0
  private static let nameLength = 1...60

  /// Where zero lies on the earth; nil for a plan in plain metres.
  let centre: GeoPosition?
  let outlines: [Outline]

  /// - Parameter centre: of the plan before this one, which stays where the new plan lies round it too, so that places drawn
  ///   before keep where they are.
  /// - Throws: `form.invalid` naming `plan`, the number of the feature or the byte that cannot be read, and the reason.
  init(_ bytes: [UInt8], keeping centre: GeoPosition?) throws {
    do {
      self = try PlanFile(try GeoJSONReader.read(bytes, limits: Self.limits), keeping: centre)
    } catch let fault as GeoJSONFault {
      throw Problem.invalid([FieldProblem("plan", Self.unreadable(bytes) ?? fault.message)])
    }
  }

  /// Where a file ceases to be JSON; nil for one that is JSON, and for one that is too large to be read twice.
  private static func unreadable(_ bytes: [UInt8]) -> Phrase? {
    guard bytes.count <= limits.bytes else { return nil }
    do {
      _ = try JSON(bytes)
      return nil
    } catch {
      return (error as? Problem)?.title
    }
  }

  /// - Throws: `GeoJSONFault`.
  init(_ collection: GeoJSONCollection, keeping old: GeoPosition?) throws {
    let features = collection.features
    guard !features.isEmpty else {
      throw GeoJSONFault(Phrase("文件里没有图形。", "There is no feature in the file."))
    }
    let positions = features.flatMap(\.geometry.positions)
    let isMetres =
      features.contains { $0.flag("plan") == true }
      || positions.contains { abs($0.x) > 180 || abs($0.y) > 180 }
    let centre = isMetres ? nil : Self.centre(of: positions, keeping: old)
    let projection = centre.map { GeoProjection(centre: $0) }
    var outlines: [Outline] = []
    for (index, feature) in features.enumerated() {
      outlines.append(try Self.outline(feature, number: index + 1, projection))
    }
    self.centre = centre
    self.outlines = outlines
  }

  private static func centre(of positions: [GeoJSONPosition], keeping old: GeoPosition?) -> GeoPosition? {
    let (xs, ys) = (positions.map(\.x), positions.map(\.y))
    guard let left = xs.min(), let right = xs.max(), let low = ys.min(), let high = ys.max() else {
      return nil
    }
    let middle = GeoPosition(
      latitude: max(-90, min(90, (low + high) / 2)), longitude: (left + right) / 2)
    if let old, let middle, old.metres(to: middle) < reach / 2 { return old }
    return middle
  }

  private static func outline(
    _ feature: GeoJSONFeature, number: Int, _ projection: GeoProjection?
  ) throws -> Outline {
    func point(_ position: GeoJSONPosition) throws -> PlanPoint {
      var point = PlanPoint(x: position.x, y: position.y)
      if let projection {
        guard let there = GeoPosition(latitude: position.y, longitude: position.x) else {
          throw GeoJSONFault(
            feature: number, Phrase("纬度要在 −90 到 90 之间。", "a latitude lies between −90 and 90."))
        }
        point = projection.point(there)
      }
      guard abs(point.x) <= reach, abs(point.y) <= reach else {
        throw GeoJSONFault(
          feature: number, Phrase("离社区中心超过 20 公里。", "it lies more than 20 km from the centre."))
      }
      return point
    }
    let shape =
      switch feature.geometry {
      case .point(let position): PlanShape.point(try point(position))
      case .lineString(let line): PlanShape(form: .line, rings: [try line.map(point)])
      case .polygon(let rings): PlanShape(form: .area, rings: try rings.map { try $0.dropLast().map(point) })
      case .multiPolygon(let polygons):
        PlanShape(form: .area, rings: try polygons.flatMap { $0 }.map { try $0.dropLast().map(point) })
      }
    let kind = feature.text("kind")
    let ground = kind.flatMap { Ground(rawValue: $0) } ?? (shape.form == .line ? .road : .building)
    let proposed = kind.flatMap { Place.Kind(rawValue: $0) } ?? proposal(ground)
    let name = try name(feature, number: number)
    return Outline(
      ground: ground, name: proposed == nil ? nil : name, proposedKind: name == nil ? nil : proposed,
      shape: shape)
  }

  /// What something with a name may become; roads and water are nowhere to go to.
  private static func proposal(_ ground: Ground) -> Place.Kind? {
    switch ground {
    case .building, .other: .building
    case .green: .openSpace
    case .road, .water: nil
    }
  }

  private static func name(_ feature: GeoJSONFeature, number: Int) throws -> Phrase? {
    guard let chinese = feature.text("name") ?? feature.text("name:zh") else { return nil }
    let english = feature.text("name:en") ?? feature.text("name_en") ?? chinese
    for text in [chinese, english] {
      let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
      guard nameLength.contains(text.unicodeScalars.count), isPlain else {
        throw GeoJSONFault(
          feature: number,
          Phrase(
            "名称最多 \(nameLength.upperBound) 个字，不能换行。",
            "a name has at most \(nameLength.upperBound) characters on one line."))
      }
    }
    return Phrase(chinese, english)
  }
}
