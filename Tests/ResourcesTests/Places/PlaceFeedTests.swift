import Interop
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Resources

@Suite("Places: what programs of others read")
struct PlaceFeedTests {
  /// Public places made by chance, open at various times.
  private static func places(_ random: inout SeededGenerator) -> [Place] {
    (1...Int.random(in: 1...60, using: &random)).map { number in
      var terms = PlaceFixture.terms()
      terms.name = Phrase(
        ["活动室", "“东”厅；a,b", "a\\b"].randomElement(using: &random) ?? "厅", "Room; a,b \(number)")
      terms.address = String(repeating: "很长的地址，", count: Int.random(in: 1...12, using: &random))
      terms.position =
        number % 3 == 0
        ? nil
        : GeoPosition(
          latitude: Double.random(in: -89...89, using: &random),
          longitude: Double.random(in: -179...179, using: &random))
      var days: [Int: [OpeningHours.Interval]] = [:]
      for weekday in OpeningHours.weekdays where Bool.random(using: &random) {
        let opens = Int.random(in: 0..<1400, using: &random)
        days[weekday] = [OpeningHours.Interval(opens, Int.random(in: opens + 1...1440, using: &random))]
          .compactMap(\.self)
      }
      terms.hours = OpeningHours(days)
      let start = TestStation.start
      return Place(
        id: PlaceID(rawValue: Int64(number)), terms: terms, revision: 3, confirmedAt: start,
        expiresAt: start + Place.confirmedFor, closedAt: nil, createdAt: start,
        createdBy: .init(person: .init(rawValue: 1), role: .socialWorker), changedAt: start)
    }
  }

  @Test("The map reads back as GeoJSON with every place whose position is known")
  func map() throws {
    var random = SeededGenerator(seed: 91)
    for _ in 0..<200 {
      let places = Self.places(&random)
      let bytes = Array(GeoJSONWriter.text(PlaceFeeds.collection(places)).utf8)
      let read = try GeoJSONReader.read(
        bytes, limits: .init(bytes: 10_000_000, features: 10_000, positions: 10_000))
      let placed = places.filter { $0.terms.position != nil }
      #expect(read.features.map { $0.text("id") } == placed.map(\.id.description))
      #expect(read.features.map { $0.text("name") } == placed.map(\.terms.name.chinese))
      let distances = zip(read.features, placed).map { feature, place -> Double in
        guard case .point(let point) = feature.geometry, let position = place.terms.position else { return 9 }
        return max(abs(point.x - position.longitude), abs(point.y - position.latitude))
      }
      #expect(distances.allSatisfy { $0 < 0.000_001 })
    }
  }

  @Test("The calendar is one that programs can read, and leaves no place out")
  func calendar() throws {
    var random = SeededGenerator(seed: 92)
    for _ in 0..<60 {
      let places = Self.places(&random)
      let events = PlaceFeeds.events(
        places, from: TestStation.start, host: "maple.test", origin: "http://maple.test",
        Wording(.chinese, offsetSeconds: 8 * 3600))
      #expect(events.count <= PlaceFeeds.mostEvents)
      #expect(Set(events.map(\.uid)).count == events.count)
      let order = events.map(\.start)
      #expect(order == order.sorted())
      let open = places.filter { !$0.terms.hours.isEmpty }.map(\.id.description)
      let told = Set(events.compactMap { $0.uid.split(separator: "-").dropFirst().first.map(String.init) })
      #expect(told == Set(open))
      let faults = Self.faults(CalendarFeed(name: "开放时间", events: events).text(), events.count)
      #expect(faults.isEmpty)
    }
  }

  /// What breaks the rules of RFC 5545 that calendars stumble over.
  private static func faults(_ text: String, _ count: Int) -> [String] {
    var faults: [String] = []
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty != true { faults.append("the last line does not end") }
    var unfolded: [String] = []
    for line in lines.dropLast() {
      guard line.last == "\r" else {
        faults.append("a line ends without CR")
        continue
      }
      let content = String(String.UnicodeScalarView(line.dropLast()))
      if content.utf8.count > 75 { faults.append("a line of \(content.utf8.count) octets") }
      if content.first == " ", !unfolded.isEmpty {
        unfolded[unfolded.count - 1] += content.dropFirst()
      } else {
        unfolded.append(content)
      }
    }
    var (open, events) = (0, [Set<String>]())
    for line in unfolded {
      let name = String(line.prefix { $0 != ":" && $0 != ";" })
      if line == "BEGIN:VEVENT" { (open, events) = (open + 1, events + [[]]) }
      if line == "END:VEVENT" { open -= 1 }
      if open == 1, let last = events.indices.last { events[last].insert(name) }
      if !(0...1).contains(open) { faults.append("events within events") }
    }
    if open != 0 || events.count != count { faults.append("\(events.count) events") }
    let needed: Set<String> = ["UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"]
    if !events.allSatisfy({ $0.isSuperset(of: needed) }) { faults.append("an event lacks something") }
    if unfolded.first != "BEGIN:VCALENDAR" || unfolded.last != "END:VCALENDAR" {
      faults.append("no calendar")
    }
    return faults
  }
}
