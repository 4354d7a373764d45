import TestKit
import Testing

@testable import Kernel

@Suite("Months") struct MonthTests {
  @Test("They are written and read")
  func text() {
    #expect(Month("2026-11")?.description == "2026-11")
    #expect(Month("0007-01")?.year == 7)
    let wrong = [
      "", "2026", "2026-13", "2026-00", "26-01", "2026-1", "x", "2026-01-1", "2026-01-01", "2026-+1",
      "0000-01", "9999-01", " 2026-01", "-026-01",
    ]
    for text in wrong { #expect(Month(text) == nil, "\(text)") }
  }

  @Test("They begin and end on the community's clocks")
  func ends() throws {
    let month = try #require(Month("2026-12"))
    #expect(month.start(offsetSeconds: 28_800) == Timestamp(rfc3339: "2026-11-30T16:00:00Z"))
    #expect(month.end(offsetSeconds: 28_800) == Timestamp(rfc3339: "2026-12-31T16:00:00Z"))
    #expect(month.next.description == "2027-01" && month.next.previous == month)
    #expect(month.months(back: 3).map(\.description) == ["2026-10", "2026-11", "2026-12"])
    #expect(month.months(back: 0).isEmpty && month.short == "26/12")
  }

  @Test("Every moment lies in its month, and months follow each other without a gap")
  func order() {
    var random = SeededGenerator(seed: 17)
    for _ in 0..<2000 {
      let moment = Timestamp(seconds: Int64.random(in: -50_000_000_000...200_000_000_000, using: &random))
      let offset = Int.random(in: -12...14, using: &random) * 3600
      let month = Month(moment, offsetSeconds: offset)
      let (start, end) = (month.start(offsetSeconds: offset), month.end(offsetSeconds: offset))
      #expect(start <= moment && moment < end)
      #expect(month.next.previous == month && month.previous.next == month)
      #expect(month.previous.end(offsetSeconds: offset) == start)
      #expect(month.previous < month)
      #expect(Month(month.description) == month)
      #expect(Quarter(moment, offsetSeconds: offset) == Quarter(start, offsetSeconds: offset))
    }
  }
}
