import Kernel
import TestKit
import Testing

@testable import Web

@Suite struct `HTML as bytes` {
  @Test func `A quote followed by a combining accent is escaped`() {
    let typed = "\"\u{301} onmouseover=alert(1) x=\"\u{301}"
    let html: HTML = "<a title=\"\(typed)\">"
    #expect(html.text == "<a title=\"&quot;\u{301} onmouseover=alert(1) x=&quot;\u{301}\">")
  }

  @Test func `Whatever is typed reads back as it was, and no byte of it can end a text or an attribute`() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<2000 {
      let typed = random.text(upTo: 60)
      let escaped = HTML(text: typed)
      #expect(!escaped.bytes.contains { [60, 62, 34, 39].contains($0) })
      #expect(Array(Self.unescaped(escaped.text).utf8) == Array(typed.utf8))
      let interpolated: HTML = "\(typed)"
      let sliced: HTML = "\(typed[...])"
      #expect(interpolated == escaped && sliced == escaped)
    }
  }

  @Test func `Numbers are written as they read`() {
    for number in [0, 7, -1, 12_345, Int.max, Int.min] {
      let html: HTML = "\(number)"
      #expect(html.text == String(number))
    }
  }

  @Test func `HTML stays as it is, and attributes appear only where they have something to say`() {
    let none: HTML? = nil
    let list: [HTML] = ["<b>", "</b>"]
    let html: HTML = "\(list)\(none)\(attribute: "checked", if: true)\(attribute: "hidden", if: false)"
    #expect(html.text == "<b></b> checked")
    let missing: HTML = "<a\(attribute: "title", nil)\(attribute: "rel", "<&>")>"
    #expect(missing.text == "<a rel=\"&lt;&amp;&gt;\">")
    #expect(HTML.joined(["a", "b", "c"], separator: ", ").text == "a, b, c")
    #expect(("a" as HTML + "b").text == "ab")
  }

  private static func unescaped(_ text: String) -> String {
    var rest = Substring(text)
    var result = String.UnicodeScalarView()
    let names = ["&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'"]
    while let first = rest.unicodeScalars.first {
      if let (name, value) = names.first(where: { rest.utf8.starts(with: $0.key.utf8) }) {
        result.append(contentsOf: value.unicodeScalars)
        rest = Substring(rest.utf8.dropFirst(name.utf8.count))
      } else {
        result.append(first)
        rest = Substring(rest.unicodeScalars.dropFirst())
      }
    }
    return String(result)
  }
}

@Suite struct `Wording for readers` {
  private let moment = CivilDateTime(year: 2026, month: 11, day: 23, hour: 16, minute: 5)
    .timestamp(offsetSeconds: 28_800)

  @Test func `Times are told in the community's calendar and the reader's language`() {
    let chinese = Wording(.chinese)
    let english = Wording(.english)
    #expect(chinese.dateTime(moment) == "11月23日 周一 16:05")
    #expect(english.dateTime(moment) == "Mon 23 Nov 16:05")
    #expect(chinese.month(moment) == "2026年11月" && english.month(moment) == "Nov 2026")
    #expect(chinese.day(moment, inYear: 2027) == "2026年11月23日 周一")
    #expect(english.day(moment, inYear: 2026) == "Mon 23 Nov")
    #expect(chinese.span(from: moment, to: moment + .hours(3)) == "11月23日 周一 16:05–19:05")
    #expect(english.span(from: moment, to: moment + .hours(10)) == "Mon 23 Nov 16:05–Tue 24 Nov 02:05")
  }

  @Test func `Only the chosen wording is made`() {
    var made = 0
    func wording(_ text: String) -> String {
      made += 1
      return text
    }
    #expect(Wording(.english)(wording("选购"), wording("Choose")) == "Choose")
    #expect(made == 1)
  }

  @Test func `one thing and many things are counted as one says it`() {
    let english = Wording(.english)
    #expect(english.count(0, "单", "order") == "0 orders")
    #expect(english.count(Int64(1), "单", "order") == "1 order")
    #expect(english.count(2, "位", "person", many: "people") == "2 people")
    #expect(Wording(.chinese).count(1, "单", "order") == "1 单")
  }
}
