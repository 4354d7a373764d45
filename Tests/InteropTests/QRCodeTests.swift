import Kernel
import TestKit
import Testing

@testable import Interop

struct QRCodeTests {
  @Test func `a code has its three finders and grows with its text`() throws {
    for text in ["1", "https://example.org/pickup/0abc", String(repeating: "暖邻", count: 100)] {
      for correction in QRCode.Correction.allCases {
        let code = try QRCode(text, correction: correction)
        #expect((code.side - 21) % 4 == 0)
        for (row, column) in [(0, 0), (0, code.side - 7), (code.side - 7, 0)] {
          let finder = (0..<7).map { y in
            (0..<7).map { x in code.isDark(row: row + y, column: column + x) ? "#" : "." }.joined()
          }
          #expect(finder == ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"])
        }
        #expect(code.isDark(row: code.side - 8, column: 8))
      }
    }
  }

  @Test func `the drawing holds each dark module once, inside a quiet zone of four`() throws {
    let code = try QRCode("https://example.org/p/1")
    let svg = code.svg(title: "取货码")
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
    #expect(svg.contains("viewBox=\"0 0 \(code.side + 8) \(code.side + 8)\""))
    #expect(!svg.contains("style=") && !svg.contains("<script"))
    var drawn: Set<[Int]> = []
    for run in svg.matches(of: /M(\d+) (\d+)h(\d+)v1h-(\d+)z/) {
      let (x, y, length) = (Int(run.1) ?? 0, Int(run.2) ?? 0, Int(run.3) ?? 0)
      #expect(run.3 == run.4)
      for offset in 0..<length { #expect(drawn.insert([y - 4, x - 4 + offset]).inserted) }
    }
    let dark = (0..<code.side).flatMap { row in
      (0..<code.side).filter { code.isDark(row: row, column: $0) }.map { [row, $0] }
    }
    #expect(drawn == Set(dark))
  }

  @Test func `a title cannot leave its element`() throws {
    let svg = try QRCode("x").svg(title: "</title><script>\"'&")
    #expect(svg.contains("<title>&lt;/title&gt;&lt;script&gt;&quot;&#39;&amp;</title>"))
  }

  @Test func `what does not fit is refused, what just fits is drawn`() throws {
    #expect(throws: Problem.qrTooLong) { try QRCode("") }
    #expect(throws: Problem.qrTooLong) { try QRCode(String(repeating: "x", count: 1501)) }
    #expect(try QRCode(String(repeating: "x", count: 1500), correction: .quartile).side <= 177)
  }
}

struct CalendarFeedTests {
  private func unfolded(_ text: String) -> [String] {
    text.replacing("\r\n ", with: "").split(separator: "\r\n").map(String.init)
  }

  private let event = CalendarEvent(
    uid: "campaign-1@example.org", start: Timestamp(seconds: 1_795_420_800),
    end: Timestamp(seconds: 1_795_431_600),
    summary: "周三鲜菜，取货; 3号楼", details: "a,b\\c\r\nd\u{7}\ne", location: "3号楼",
    address: "https://example.org/c/1\r\nX:1",
    revision: 2, lastChanged: Timestamp(seconds: 1_795_400_000))

  @Test func `an event says when and what, in UTC and escaped`() {
    let lines = unfolded(CalendarFeed(name: "暖邻", events: [event]).text())
    #expect(lines.first == "BEGIN:VCALENDAR")
    #expect(lines.last == "END:VCALENDAR")
    #expect(lines.contains("DTSTART:20261123T080000Z"))
    #expect(lines.contains("DTEND:20261123T110000Z"))
    #expect(lines.contains("SUMMARY:周三鲜菜，取货\\; 3号楼"))
    #expect(lines.contains("DESCRIPTION:a\\,b\\\\c\\nd\\ne"))
    #expect(lines.contains("URL:https://example.org/c/1X:1"))
    #expect(lines.contains("SEQUENCE:2"))
    #expect(lines.contains("STATUS:CONFIRMED"))
  }

  @Test func `no line is longer than 75 octets, none cuts a character, and all end in CRLF`() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      let text = (0..<40).map { _ in generator.text() }.joined()
      let folded = CalendarFeed.folded("SUMMARY:" + CalendarFeed.escaped(text))
      for line in Array(folded.utf8).split(separator: 10) {
        let content = line.last == 13 ? line.dropLast() : line
        #expect(content.count <= 75)
        #expect(String(validating: content, as: UTF8.self) != nil)
      }
      let restored = folded.unicodeScalars.map { String($0) }.joined().replacing("\r\n ", with: "")
      #expect(Array(restored.utf8) == Array(("SUMMARY:" + CalendarFeed.escaped(text)).utf8))
    }
    let whole = Array(CalendarFeed(name: "x", events: [event, event]).text().utf8)
    #expect(whole.count { $0 == 10 } == whole.count { $0 == 13 })
    #expect(whole.suffix(2) == [13, 10])
  }
}
