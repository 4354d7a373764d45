import Kernel
import TestKit
import Testing

@Suite struct CivilDateTimeTests {
  @Test func `counting days one by one agrees with the calendar from 1600 to 2400`() {
    var number = CivilDateTime(year: 1600, month: 1, day: 1).dayNumber
    // 1 January 1600 was a Saturday in the proleptic Gregorian calendar.
    var weekday = 6
    for year in 1600..<2400 {
      let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
      for (month, days) in zip(1..., [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
        for day in 1...days {
          let date = CivilDateTime(year: year, month: month, day: day)
          let back = CivilDateTime(Timestamp(seconds: number * 86_400), offsetSeconds: 0)
          if date.dayNumber != number || date.weekday != weekday || back != date || !date.isValid {
            Issue.record("\(date.isoDate) is day \(date.dayNumber), not \(number); it reads back as \(back)")
            return
          }
          number += 1
          weekday = weekday % 7 + 1
        }
        #expect(!CivilDateTime(year: year, month: month, day: days + 1).isValid)
      }
    }
    #expect(CivilDateTime(year: 1970, month: 1, day: 1).dayNumber == 0)
    #expect(number == CivilDateTime(year: 2400, month: 1, day: 1).dayNumber)
  }

  @Test(arguments: [-43_200, -12_600, -1, 0, 1, 20_700, 28_800, 50_400])
  func `a moment seen at an offset is the same moment again`(offset: Int) {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<1_000 {
      let moment = Timestamp(seconds: random.moment().seconds)
      let local = CivilDateTime(moment, offsetSeconds: offset)
      #expect(local.timestamp(offsetSeconds: offset) == moment)
      #expect(local == CivilDateTime(moment + .seconds(offset), offsetSeconds: 0))
    }
  }

  @Test func `texts of valid dates read back`() {
    var random = SeededGenerator(seed: 6)
    for _ in 0..<1_000 {
      let date = CivilDateTime(random.moment(), offsetSeconds: 0)
      var minute = date
      minute.second = 0
      var day = minute
      (day.hour, day.minute) = (0, 0)
      #expect(CivilDateTime(iso: "\(date.isoDate)T\(date.isoTime)") == date)
      #expect(CivilDateTime(iso: date.isoLocal) == minute)
      #expect(CivilDateTime(iso: date.isoDate) == day)
    }
  }

  @Test(arguments: [
    "", "T", "2026", "2026-11", "2026-11-23T", "2026-11-23T08", "2026-11-23T08:05:", "2026-11-23T08:05:30:1",
    "2026-11-23T08:05T08:05", "2026-2-03", "2026-02-3", "26-11-23", "2100-02-29", "2025-02-29", "2026-04-31",
    "2026-11-23Z",
    "2026-11-23T25:00", "2026-11-23T08:5", "2026/11/23", "２０２６-11-23", "+026-11-23", "2026--1-23",
    "0000-12-31",
    "2026-11-23 08:05", "2026-11-23T08:05 ", "2026-11-23T-1:05",
  ])
  func `texts that name no date are refused`(text: String) {
    #expect(CivilDateTime(iso: text) == nil)
  }

  @Test(arguments: ["2000-02-29", "2024-02-29", "1600-02-29", "9999-12-31", "0001-01-01"])
  func `leap days and the ends of the calendar are dates`(text: String) {
    #expect(CivilDateTime(iso: text)?.isoDate == text)
  }
}
