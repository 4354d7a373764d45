import Kernel
import TestKit
import Testing

@testable import Messages

@Suite("Quiet hours")
struct QuietHoursTests {
  private static let offset = 28_800

  private func local(_ text: String) throws -> Timestamp {
    try #require(CivilDateTime(iso: text)).timestamp(offsetSeconds: Self.offset)
  }

  @Test(
    "from nine in the evening until eight it is quiet",
    arguments: [
      ("2026-11-26T20:59", "2026-11-26T20:59"), ("2026-11-26T21:00", "2026-11-27T08:00"),
      ("2026-11-26T23:59", "2026-11-27T08:00"), ("2026-11-27T00:00", "2026-11-27T08:00"),
      ("2026-11-27T07:59", "2026-11-27T08:00"), ("2026-11-27T08:00", "2026-11-27T08:00"),
    ])
  func ordinary(moment: String, next: String) throws {
    let found = QuietHours.ordinary.next(after: try local(moment), offsetSeconds: Self.offset)
    #expect(found == (try local(next)))
  }

  @Test("hours within one day, and none at all")
  func withinOneDay() throws {
    let noon = QuietHours(from: 12 * 60, until: 14 * 60)
    #expect(
      noon.next(after: try local("2026-11-26T13:10"), offsetSeconds: Self.offset)
        == (try local("2026-11-26T14:00")))
    #expect(!noon.contains(try local("2026-11-26T14:00"), offsetSeconds: Self.offset))
    #expect(!QuietHours.none.contains(try local("2026-11-26T03:00"), offsetSeconds: Self.offset))
  }

  @Test("whatever the hours, what is put off comes at their end, never earlier, and by less than a day")
  func property() {
    var random = SeededGenerator(seed: 20_261_126)
    for _ in 0..<20_000 {
      let hours = QuietHours(
        from: .random(in: 0..<1440, using: &random), until: .random(in: 0..<1440, using: &random))
      let moment = Timestamp(seconds: .random(in: 1_700_000_000..<1_900_000_000, using: &random))
      let offset = [28_800, 0, -18_000].randomElement(using: &random) ?? 0
      let next = hours.next(after: moment, offsetSeconds: offset)
      #expect(!hours.contains(next, offsetSeconds: offset))
      #expect(next >= moment && next < moment + .days(1))
      if next != moment {
        #expect(hours.contains(moment, offsetSeconds: offset))
        #expect(hours.contains(next - .minutes(1), offsetSeconds: offset))
        let civil = CivilDateTime(next, offsetSeconds: offset)
        #expect(civil.hour * 60 + civil.minute == hours.until)
      }
    }
  }
}
