import Testing

@testable import Interop

@Suite("GeoJSON")
struct GeoJSONTests {
  static let limits = GeoJSONReader.Limits(bytes: 10_000, features: 3, positions: 20)

  private func read(_ text: String) throws -> GeoJSONCollection {
    try GeoJSONReader.read(Array(text.utf8), limits: Self.limits)
  }

  private func collection(_ geometry: String, properties: String = "{}") -> String {
    """
    {"type":"FeatureCollection","features":[{"type":"Feature","geometry":\(geometry),"properties":\(properties)}]}
    """
  }

  @Test("What is written reads back the same")
  func roundTrip() throws {
    func at(_ x: Double, _ y: Double) -> GeoJSONPosition { GeoJSONPosition(x: x, y: y) }
    let ring = [at(0, 0), at(4, 0), at(4, 3), at(0, 0)]
    let written = GeoJSONCollection([
      GeoJSONFeature(.point(at(121.5, 38.9)), ["name": .text("3号\"楼\"\n"), "step_free": .flag(true)]),
      GeoJSONFeature(.lineString([at(-1.25, 0), at(1, 2)]), ["width": .number(2.5)]),
      GeoJSONFeature(.multiPolygon([[ring]])),
    ])
    let found = try read(GeoJSONWriter.text(written))
    #expect(found == written)
  }

  @Test("Outer rings are written against the clock")
  func turning() {
    let ring = [(0.0, 0.0), (0, 3), (4, 3), (0, 0)].map { GeoJSONPosition(x: $0.0, y: $0.1) }
    let text = GeoJSONWriter.text(GeoJSONCollection([GeoJSONFeature(.polygon([ring]))]))
    #expect(text.contains("[[[0,0],[4,3],[0,3],[0,0]]]"))
  }

  @Test(
    "What is wrong is refused with the number of the feature",
    arguments: [
      "null", "{\"type\":\"Circle\",\"coordinates\":[0,0]}", "{\"type\":\"Point\",\"coordinates\":[0]}",
      "{\"type\":\"Point\",\"coordinates\":[\"0\",1]}", "{\"type\":\"Point\",\"coordinates\":[0,1,2,3]}",
      "{\"type\":\"LineString\",\"coordinates\":[[0,0]]}", "{\"type\":\"MultiPolygon\",\"coordinates\":[]}",
      "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,1]]]}",
      "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[0,0]]]}",
      "{\"type\":\"Point\",\"coordinates\":[1e999,0]}",
    ])
  func refused(_ geometry: String) {
    let fault = #expect(throws: GeoJSONFault.self) { try read(collection(geometry)) }
    let isNumbered = fault?.feature == 1 || geometry.contains("1e999")
    #expect(isNumbered)
  }

  @Test("Files that are too much, or none, are refused")
  func limits() {
    let point =
      "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[0,0]},\"properties\":null}"
    let four = Array(repeating: point, count: 4).joined(separator: ",")
    for text in [
      "", "[]", "{\"type\":\"Feature\"}", "{\"type\":\"FeatureCollection\",\"features\":[\(four)]}",
      String(repeating: " ", count: 10_001),
    ] {
      #expect(throws: GeoJSONFault.self) { try read(text) }
    }
  }
}
