import Kernel
import TestKit
import Testing

@testable import Resources

@Suite("Bookings: what is taken when")
struct OccupancyTests {
  private static func minute(_ number: Int64) -> Timestamp { Timestamp(seconds: number * 60) }

  /// Counts what is taken in each minute, one after another.
  private static func slowPeak(_ times: [OccupiedTime], from start: Int64, to end: Int64) -> Int64 {
    (start..<end).map { number in
      let now = minute(number)
      return times.filter { $0.from <= now && now < $0.to }.reduce(0) { $0 + $1.amount }
    }.max() ?? 0
  }

  @Test("The sweep finds what counting every minute finds")
  func againstMinutes() {
    var random = SeededGenerator(seed: 2026)
    for round in 0..<600 {
      let times = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        let from = Int64.random(in: 0..<80, using: &random)
        let length = Int64.random(in: 1...30, using: &random)
        let amount = Int64.random(in: 1...5, using: &random)
        return OccupiedTime(from: Self.minute(from), to: Self.minute(from + length), amount: amount)
      }
      let capacity = Int64.random(in: 1...15, using: &random)
      let start = Int64.random(in: 0..<90, using: &random)
      let end = start + Int64.random(in: 1...30, using: &random)
      let expected = Self.slowPeak(times, from: start, to: end)
      let occupancy = Occupancy(capacity: capacity, times: times)
      let peak = occupancy.peak(from: Self.minute(start), to: Self.minute(end))
      #expect(peak == expected, "round \(round)")
      let free = occupancy.free(from: Self.minute(start), to: Self.minute(end))
      #expect(free == max(0, capacity - expected), "round \(round)")
      let amount = Int64.random(in: 1...6, using: &random)
      let wish = OccupiedTime(from: Self.minute(start), to: Self.minute(end), amount: amount)
      let hasRoom = amount <= max(0, capacity - expected)
      #expect(occupancy.fits(wish) == hasRoom, "round \(round)")
    }
  }

  @Test("Whatever is let in one after another never goes above the capacity")
  func neverAbove() {
    var random = SeededGenerator(seed: 7)
    for round in 0..<500 {
      let capacity = Int64.random(in: 1...6, using: &random)
      var times: [OccupiedTime] = []
      for _ in 0..<20 {
        let from = Int64.random(in: 0..<60, using: &random)
        let length = Int64.random(in: 1...20, using: &random)
        let amount = Int64.random(in: 1...4, using: &random)
        let wish = OccupiedTime(
          from: Self.minute(from), to: Self.minute(from + length), amount: amount)
        if Occupancy(capacity: capacity, times: times).fits(wish) { times.append(wish) }
      }
      let peak = Self.slowPeak(times, from: 0, to: 80)
      #expect(peak <= capacity, "round \(round)")
    }
  }

  @Test("What ends makes room for what begins; nothing and less than nothing never fit")
  func edges() {
    let whole = OccupiedTime(from: Self.minute(0), to: Self.minute(10), amount: 2)
    let occupancy = Occupancy(capacity: 2, times: [whole])
    let after = OccupiedTime(from: Self.minute(10), to: Self.minute(20), amount: 2)
    #expect(occupancy.fits(after))
    let within = OccupiedTime(from: Self.minute(9), to: Self.minute(20), amount: 1)
    #expect(!occupancy.fits(within))
    for wrong in [
      OccupiedTime(from: Self.minute(10), to: Self.minute(20), amount: 0),
      OccupiedTime(from: Self.minute(10), to: Self.minute(20), amount: -1),
      OccupiedTime(from: Self.minute(20), to: Self.minute(20), amount: 1),
      OccupiedTime(from: Self.minute(20), to: Self.minute(10), amount: 1),
    ] {
      #expect(!occupancy.fits(wrong))
    }
  }
}
