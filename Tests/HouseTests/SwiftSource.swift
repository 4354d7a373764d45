/// Swift text taken apart: code, comments and string literals, each with its line. Enough of the grammar to tell them
/// from each other: nested comments, raw and multi-line strings, interpolations with strings in them.
struct SwiftSource: Sendable {
  /// What stands between the quotes, each interpolation as one U+FFFC.
  struct Literal: Sendable {
    let line: Int
    var text = ""
  }

  /// Code of one level: the file itself, or what stands in one interpolation. Comments are gone; a literal is its
  /// number in `literals` between quotes, followed by as many line breaks as it had.
  struct Code: Sendable {
    let line: Int
    var text = ""
  }

  private(set) var literals: [Literal] = []
  private(set) var comments: [(line: Int, text: String)] = []
  private(set) var codes: [Code] = []

  private let bytes: [UInt8]
  private var place = 0
  private var line = 1

  init(_ text: String) {
    bytes = Array(text.utf8)
    codes = [Code(line: 1)]
    readCode(into: 0, inInterpolation: false)
  }

  /// The line on which an offset of a piece of code lies.
  func line(of index: String.Index, in code: Code) -> Int {
    code.line + code.text[..<index].utf8.count { $0 == 10 }
  }

  private func starts(_ text: StaticString, at offset: Int = 0) -> Bool {
    let wanted = text.description.utf8
    guard place + offset + wanted.count <= bytes.count else { return false }
    return bytes[(place + offset)..<(place + offset + wanted.count)].elementsEqual(wanted)
  }

  /// Takes so many bytes and counts the lines in them.
  private mutating func take(_ count: Int) -> String {
    let end = min(bytes.count, place + count)
    let taken = bytes[place..<end]
    line += taken.count { $0 == 10 }
    place = end
    return String(decoding: taken, as: UTF8.self)
  }

  private mutating func readCode(into code: Int, inInterpolation: Bool) {
    var depth = 0
    var plain = place
    func flush(_ source: inout SwiftSource) {
      source.codes[code].text += String(decoding: source.bytes[plain..<source.place], as: UTF8.self)
    }
    while place < bytes.count {
      let byte = bytes[place]
      if starts("//") || starts("/*") {
        flush(&self)
        let before = line
        readComment()
        codes[code].text += String(repeating: "\n", count: line - before)
        plain = place
      } else if let hashes = hashesBeforeQuote() {
        flush(&self)
        let before = line
        let number = readLiteral(hashes: hashes)
        codes[code].text += "\"\(number)\"" + String(repeating: "\n", count: line - before)
        plain = place
      } else {
        if inInterpolation {
          if byte == UInt8(ascii: "(") { depth += 1 }
          if byte == UInt8(ascii: ")") {
            if depth == 0 { break }
            depth -= 1
          }
        }
        if byte == 10 { line += 1 }
        place += 1
      }
    }
    flush(&self)
  }

  /// How many `#` stand before a quote that opens here; nil where none opens.
  private func hashesBeforeQuote() -> Int? {
    var offset = 0
    while place + offset < bytes.count, bytes[place + offset] == UInt8(ascii: "#") { offset += 1 }
    return place + offset < bytes.count && bytes[place + offset] == UInt8(ascii: "\"") ? offset : nil
  }

  private mutating func readComment() {
    let (start, first) = (place, line)
    if starts("//") {
      while place < bytes.count, bytes[place] != 10 { place += 1 }
    } else {
      var depth = 0
      repeat {
        if starts("/*") {
          depth += 1; _ = take(2)
        } else if starts("*/") {
          depth -= 1; _ = take(2)
        } else {
          _ = take(1)
        }
      } while depth > 0 && place < bytes.count
    }
    comments.append((first, String(decoding: bytes[start..<place], as: UTF8.self)))
  }

  private mutating func readLiteral(hashes: Int) -> Int {
    let number = literals.count
    literals.append(Literal(line: line))
    _ = take(hashes)
    let isLong = starts("\"\"\"")
    let quotes = isLong ? 3 : 1
    _ = take(quotes)
    let closing =
      Array(repeating: UInt8(ascii: "\""), count: quotes) + Array(repeating: UInt8(ascii: "#"), count: hashes)
    let escape = [UInt8(ascii: "\\")] + Array(repeating: UInt8(ascii: "#"), count: hashes)
    var start = place
    func flush(_ source: inout SwiftSource) {
      source.literals[number].text += String(decoding: source.bytes[start..<source.place], as: UTF8.self)
    }
    while place < bytes.count, !bytes[place...].starts(with: closing) {
      if bytes[place...].starts(with: escape) {
        flush(&self)
        _ = take(escape.count)
        if starts("(") {
          _ = take(1)
          codes.append(Code(line: line))
          readCode(into: codes.count - 1, inInterpolation: true)
          literals[number].text += "\u{FFFC}"
        }
        // The closing parenthesis of an interpolation, or the escaped character itself.
        if place < bytes.count, bytes[place] != UInt8(ascii: ")") {
          literals[number].text += unescaped(bytes[place])
        }
        _ = take(1)
        start = place
      } else {
        if bytes[place] == 10 { line += 1 }
        place += 1
      }
    }
    flush(&self)
    _ = take(closing.count)
    return number
  }

  private func unescaped(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "n"): "\n"
    case UInt8(ascii: "t"): "\t"
    case 10: ""
    default: String(UnicodeScalar(byte))
    }
  }
}
