import Interop
import Kernel
import TestKit
import Testing

@testable import Resources

@Suite("Rules of places")
struct PlaceRuleTests {
  private static func hours(_ generator: inout SeededGenerator) -> OpeningHours {
    var days: [Int: [OpeningHours.Interval]] = [:]
    for weekday in OpeningHours.weekdays {
      let count = Int.random(in: 0...3, using: &generator)
      days[weekday] = (0..<count).compactMap { _ in
        let opens = Int.random(in: 0..<1440, using: &generator)
        return OpeningHours.Interval(opens, Int.random(in: opens + 1...1440, using: &generator))
      }
    }
    return OpeningHours(days)
  }

  @Test("Opening hours read back as they were written")
  func hoursRoundTrip() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<500 {
      let hours = Self.hours(&generator)
      #expect(OpeningHours(hours.phrase.chinese) == hours)
      for weekday in OpeningHours.weekdays {
        let times = OpeningHours.intervals(hours.text(on: weekday))
        #expect(times == hours.days[weekday] ?? [])
      }
    }
  }

  @Test("Somewhere is open from the minute it opens until the minute it closes")
  func isOpen() throws {
    let hours = try #require(OpeningHours("周一至周五 9:00–17:00；周六 9:00–12:00"))
    #expect(hours.phrase.english == "Mon–Fri 9:00–17:00; Sat 9:00–12:00")
    #expect(hours.isOpen(1, 540))
    #expect(!hours.isOpen(1, 539))
    #expect(!hours.isOpen(5, 1020))
    #expect(!hours.isOpen(7, 600))
  }

  @Test("Wrong times are refused", arguments: ["9", "9:00-", "17:00-9:00", "25:00-26:00", "9:5-10:00", "x"])
  func wrongTimes(_ text: String) {
    #expect(OpeningHours.intervals(text) == nil)
  }

  @Test("A projection leads back, and its metres are those of the earth")
  func projection() throws {
    var generator = SeededGenerator(seed: 12)
    let centre = try #require(GeoPosition(latitude: 38.9, longitude: 121.5))
    let projection = GeoProjection(centre: centre)
    for _ in 0..<200 {
      let point = PlanPoint(
        x: Double.random(in: -500...500, using: &generator),
        y: Double.random(in: -500...500, using: &generator))
      let position = try #require(projection.position(point))
      let back = projection.point(position)
      #expect(back.metres(to: point) < 0.001)
      let difference = abs(centre.metres(to: position) - point.metres(to: PlanPoint(x: 0, y: 0)))
      #expect(difference < 0.5)
    }
  }

  @Test("Where one of plan and earth is changed the other follows, and an outline stays")
  func placed() throws {
    var generator = SeededGenerator(seed: 14)
    let centre = try #require(GeoPosition(latitude: 38.9, longitude: 121.5))
    let projection = GeoProjection(centre: centre)
    func point() -> PlanPoint {
      PlanPoint(
        x: Double.random(in: -500...500, using: &generator),
        y: Double.random(in: -500...500, using: &generator))
    }
    for _ in 0..<100 {
      let before = PlaceRules.placed(PlaceFixture.terms(), before: nil, centre: centre)
      var (moved, redrawn) = (before, before)
      let (there, drawn) = (point(), point())
      moved.position = projection.position(there)
      redrawn.shape = .point(drawn)
      let movedPoint = PlaceRules.placed(moved, before: before, centre: centre).shape?.centre
      #expect(try #require(movedPoint).metres(to: there) < 0.001)
      let position = try #require(PlaceRules.placed(redrawn, before: before, centre: centre).position)
      #expect(projection.point(position).metres(to: drawn) < 0.001)
      var both = moved
      both.shape = .point(drawn)
      #expect(PlaceRules.placed(both, before: before, centre: centre) == both)
      #expect(PlaceRules.placed(before, before: before, centre: centre) == before)
      #expect(PlaceRules.placed(moved, before: before, centre: nil) == moved)
    }
    var area = PlaceFixture.terms()
    area.shape = PlanShape(
      form: .area, rings: [[PlanPoint(x: 0, y: 0), PlanPoint(x: 5, y: 0), PlanPoint(x: 5, y: 5)]])
    let outlined = PlaceRules.placed(area, before: area, centre: centre)
    #expect(outlined.shape == area.shape)
    var form = area
    form.shape = nil
    form.position = projection.position(point())
    let written = PlaceRules.placed(form, before: outlined, centre: centre)
    #expect(written.shape == area.shape && written.position == form.position)
  }

  @Test("Outlines of one name and kind keep the place that was nearest; other kinds do not take it")
  func carried() {
    func outline(_ name: String?, _ kind: Place.Kind?, _ x: Double) -> PlanFile.Outline {
      PlanFile.Outline(
        ground: .building, name: name.map { Phrase(same: $0) }, proposedKind: kind,
        shape: .point(PlanPoint(x: x, y: 0)))
    }
    func kept(_ outline: PlanFile.Outline, _ place: Int64?) -> KeptOutline {
      KeptOutline(
        id: PlanOutlineID(rawValue: 1), outline: outline, place: place.map { PlaceID(rawValue: $0) })
    }
    let before = [
      kept(outline("储藏室", .storeroom, 0), nil), kept(outline("储藏室", .storeroom, 90), 7),
      kept(outline("3号楼", .building, 40), 8), kept(outline(nil, nil, 10), nil),
      kept(outline("小卖部", .shop, 5), 9),
    ]
    let plan = [
      outline("储藏室", .storeroom, 88), outline("储藏室", .storeroom, 1), outline(nil, nil, 40),
      outline("3号楼", .building, 400), outline("小卖部", .venue, 5),
    ]
    let places = PlaceRules.carried(from: before, to: plan)
    #expect(places.map { $0?.rawValue } == [7, nil, nil, 8, nil])
  }

  @Test("Shapes read back as they were written")
  func shapes() {
    let ring = [(0.0, 0.0), (5.5, 0), (5.5, 4), (0, 4)].map { PlanPoint(x: $0.0, y: $0.1) }
    let shape = PlanShape(form: .area, rings: [ring])
    #expect(PlanShape(shape.text) == shape)
    #expect(shape.centre == PlanPoint(x: 2.75, y: 2))
    #expect(PlanShape("area 1,2,3") == nil)
  }

  @Test("Names on the map collide with nothing and stay on it")
  func labels() {
    var generator = SeededGenerator(seed: 13)
    let markers = (0..<60).map { number in
      (
        point: MapPoint(
          x: Double.random(in: 40...760, using: &generator),
          y: Double.random(in: 40...460, using: &generator)), name: "\(number)号楼活动室"
      )
    }
    let boxes = PlaceMapLabels.boxes(markers, height: 500).compactMap { $0 }
    for (index, box) in boxes.enumerated() {
      let collides = boxes[..<index].contains { $0.meets(box) }
      #expect(!collides)
      #expect(box.left >= 0 && box.right <= 800)
    }
    #expect(!boxes.isEmpty)
  }

  @Test("What has a name on a plan may become a place, but no road and no pond")
  func proposals() throws {
    let square = "[[[0,0],[9,0],[9,9],[0,9],[0,0]]]"
    let features = [
      ("building", "Polygon", square), ("green", "Polygon", square), ("water", "Polygon", square),
      ("office", "Polygon", square), ("road", "LineString", "[[0,0],[9,0]]"),
      ("", "LineString", "[[0,0],[9,9]]"),
    ].map { kind, form, coordinates in
      """
      {"type":"Feature","properties":{"plan":true,"name":"有名字","kind":"\(kind)"},
      "geometry":{"type":"\(form)","coordinates":\(coordinates)}}
      """
    }
    let text = "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
    let outlines = try PlanFile(Array(text.utf8), keeping: nil).outlines
    #expect(outlines.map(\.proposedKind) == [.building, .openSpace, nil, .office, nil, nil])
    let isBoth = outlines.allSatisfy { ($0.name == nil) == ($0.proposedKind == nil) }
    #expect(isBoth)
  }

  @Test("A plan says which feature is wrong and why")
  func planFaults() throws {
    let plan = try PlanFile(Array(PlaceFixture.plan.utf8), keeping: nil)
    #expect(plan.outlines.map(\.ground) == [.building, .road])
    #expect(plan.outlines.first?.proposedKind == .building)
    let far = """
      {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"plan":true},
      "geometry":{"type":"Point","coordinates":[30000,0]}}]}
      """
    let problem = #expect(throws: Problem.self) { try PlanFile(Array(far.utf8), keeping: nil) }
    let message = problem?.fields.first?.message.english ?? ""
    #expect(message.hasPrefix("Feature 1: "))
  }
}
