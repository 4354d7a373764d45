import TestKit
import Testing

@testable import Kernel

@Suite("Quarters") struct QuarterTests {
  private static let offset = 28_800

  @Test("They are written and read")
  func text() {
    #expect(Quarter("2026-Q4")?.description == "2026-Q4")
    #expect(Quarter("0007-Q1")?.year == 7)
    let wrong = [
      "2026-Q0", "2026-Q5", "2026Q4", "26-Q4", "2026-Q04", "2026-q4", " 2026-Q4", "0000-Q1", "9999-Q1",
      "2026-Q4-Q4",
      "", "-026-Q1",
    ]
    for text in wrong { #expect(Quarter(text) == nil, "\(text)") }
  }

  @Test("They begin and end on the community's clocks")
  func ends() throws {
    let quarter = try #require(Quarter("2026-Q4"))
    let (start, end) = (quarter.start(offsetSeconds: Self.offset), quarter.end(offsetSeconds: Self.offset))
    #expect(start == Timestamp(rfc3339: "2026-09-30T16:00:00Z"))
    #expect(end == Timestamp(rfc3339: "2026-12-31T16:00:00Z"))
    #expect(quarter.next.description == "2027-Q1")
    #expect(quarter.previous.description == "2026-Q3")
  }

  @Test("Every moment lies in its quarter, and quarters follow each other without a gap")
  func order() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<2000 {
      let moment = Timestamp(seconds: Int64.random(in: -50_000_000_000...200_000_000_000, using: &random))
      let offset = Int.random(in: -12...14, using: &random) * 3600
      let quarter = Quarter(moment, offsetSeconds: offset)
      let (start, end) = (quarter.start(offsetSeconds: offset), quarter.end(offsetSeconds: offset))
      #expect(start <= moment && moment < end)
      #expect(quarter.next.previous == quarter && quarter.previous.next == quarter)
      #expect(quarter.previous.end(offsetSeconds: offset) == start)
      #expect(quarter.previous < quarter)
      #expect(Quarter(quarter.description) == quarter)
    }
  }
}
