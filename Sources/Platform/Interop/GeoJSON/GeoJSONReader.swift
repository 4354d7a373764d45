import Foundation
import Kernel

/// Reads a FeatureCollection strictly (RFC 7946): points, lines, polygons and sets of them, finite numbers, rings that
/// close. The direction of rings is not looked at, as §3.1.6 asks of readers.
package enum GeoJSONReader {
  package struct Limits: Sendable {
    package let bytes: Int
    package let features: Int
    package let positions: Int

    package init(bytes: Int, features: Int, positions: Int) {
      self.bytes = bytes
      self.features = features
      self.positions = positions
    }
  }

  /// - Throws: `GeoJSONFault`.
  package static func read(_ bytes: [UInt8], limits: Limits) throws -> GeoJSONCollection {
    guard bytes.count <= limits.bytes else {
      throw GeoJSONFault(
        Phrase(
          "文件太大，最多 \(limits.bytes / 1024) KB。", "The file is too large: \(limits.bytes / 1024) KB at most."))
    }
    let decoder = JSONDecoder()
    if let key = GeoJSONLimitsKey.key { decoder.userInfo[key] = limits }
    let features: [GeoJSONFeature]
    do {
      features = try decoder.decode(CollectionCoding.self, from: Data(bytes)).features
    } catch let fault as GeoJSONFault {
      throw fault
    } catch {
      throw GeoJSONFault(Phrase("这不是有效的 GeoJSON 文件。", "This is no valid GeoJSON file."))
    }
    return GeoJSONCollection(features)
  }
}

private enum GeoJSONLimitsKey {
  static let key = CodingUserInfoKey(rawValue: "nuanlin.geojson.limits")
}

private enum MemberName: String, CodingKey {
  case type
  case features
  case geometry
  case coordinates
  case properties
}

private struct AnyName: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

private struct CollectionCoding: Decodable {
  let features: [GeoJSONFeature]

  init(from decoder: any Decoder) throws {
    let limits = GeoJSONLimitsKey.key.flatMap { decoder.userInfo[$0] } as? GeoJSONReader.Limits
    guard let members = try? decoder.container(keyedBy: MemberName.self),
      (try? members.decode(String.self, forKey: .type)) == "FeatureCollection",
      var list = try? members.nestedUnkeyedContainer(forKey: .features)
    else {
      throw GeoJSONFault(
        Phrase("文件应是一个 FeatureCollection。", "The file should be one FeatureCollection."))
    }
    var features: [GeoJSONFeature] = []
    var positions = 0
    while !list.isAtEnd {
      let number = features.count + 1
      if let limits, number > limits.features {
        throw GeoJSONFault(
          Phrase("图形太多，最多 \(limits.features) 个。", "Too many features: \(limits.features) at most."))
      }
      do {
        let feature = try list.decode(FeatureCoding.self).feature
        positions += feature.geometry.positions.count
        features.append(feature)
      } catch let fault as GeoJSONFault {
        throw GeoJSONFault(feature: number, fault.reason)
      } catch {
        throw GeoJSONFault(feature: number, Phrase("读不懂这个图形。", "it cannot be read."))
      }
      if let limits, positions > limits.positions {
        throw GeoJSONFault(
          feature: number,
          Phrase("点太多，一共最多 \(limits.positions) 个。", "too many points: \(limits.positions) at most in all."))
      }
    }
    self.features = features
  }
}

private struct FeatureCoding: Decodable {
  let feature: GeoJSONFeature

  init(from decoder: any Decoder) throws {
    guard let members = try? decoder.container(keyedBy: MemberName.self),
      (try? members.decode(String.self, forKey: .type)) == "Feature"
    else { throw GeoJSONFault(Phrase("type 应是 Feature。", "its type should be Feature.")) }
    guard let geometry = try? members.nestedContainer(keyedBy: MemberName.self, forKey: .geometry) else {
      throw GeoJSONFault(Phrase("没有 geometry。", "it has no geometry."))
    }
    feature = GeoJSONFeature(
      try Self.geometry(geometry),
      (try? members.decode(PropertiesCoding.self, forKey: .properties))?.properties ?? [:])
  }

  private static func geometry(
    _ members: KeyedDecodingContainer<MemberName>
  ) throws -> GeoJSONGeometry {
    func coordinates<Coordinates: Decodable>(_ type: Coordinates.Type) throws -> Coordinates {
      do {
        return try members.decode(type, forKey: .coordinates)
      } catch {
        throw GeoJSONFault(
          Phrase("coordinates 不是这种图形的坐标。", "its coordinates are not those of such a geometry."))
      }
    }
    switch try? members.decode(String.self, forKey: .type) {
    case "Point": return .point(try position(try coordinates([Double].self)))
    case "LineString":
      let line = try coordinates([[Double]].self).map(position)
      guard line.count >= 2 else {
        throw GeoJSONFault(Phrase("线至少要两个点。", "a line needs two points at least."))
      }
      return .lineString(line)
    case "Polygon": return .polygon(try rings(try coordinates([[[Double]]].self)))
    case "MultiPolygon":
      let polygons = try coordinates([[[[Double]]]].self).map(rings)
      guard !polygons.isEmpty else { throw GeoJSONFault(Phrase("没有坐标。", "it has no coordinates.")) }
      return .multiPolygon(polygons)
    case .some(let other):
      throw GeoJSONFault(
        Phrase("不认识的图形种类“\(other.prefix(40))”。", "an unknown geometry “\(other.prefix(40))”."))
    case nil: throw GeoJSONFault(Phrase("geometry 没有 type。", "its geometry has no type."))
    }
  }

  /// A third number is a height (§3.1.1), which no plan needs.
  private static func position(_ numbers: [Double]) throws -> GeoJSONPosition {
    guard (2...3).contains(numbers.count), numbers.allSatisfy(\.isFinite) else {
      throw GeoJSONFault(
        Phrase("每个点要有两个数，最多三个。", "each position has two numbers, three at most."))
    }
    return GeoJSONPosition(x: numbers[0], y: numbers[1])
  }

  /// §3.1.6: four positions or more, the last the same as the first.
  private static func rings(_ rings: [[[Double]]]) throws -> [[GeoJSONPosition]] {
    guard !rings.isEmpty else { throw GeoJSONFault(Phrase("没有坐标。", "it has no coordinates.")) }
    return try rings.map { ring in
      let positions = try ring.map(position)
      guard positions.count >= 4 else {
        throw GeoJSONFault(
          Phrase("一圈至少要四个点（首尾是同一点）。", "a ring needs four positions at least, the last the first again."))
      }
      guard positions.first == positions.last else {
        throw GeoJSONFault(Phrase("一圈没有闭合：首尾要是同一点。", "a ring does not end where it begins."))
      }
      return positions
    }
  }
}

private struct PropertiesCoding: Decodable {
  let properties: [String: GeoJSONProperty]

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: AnyName.self)
    var properties: [String: GeoJSONProperty] = [:]
    for name in members.allKeys {
      if let flag = try? members.decode(Bool.self, forKey: name) {
        properties[name.stringValue] = .flag(flag)
      } else if let text = try? members.decode(String.self, forKey: name) {
        properties[name.stringValue] = .text(text)
      } else if let number = try? members.decode(Double.self, forKey: name) {
        properties[name.stringValue] = .number(number)
      }
    }
    self.properties = properties
  }
}
