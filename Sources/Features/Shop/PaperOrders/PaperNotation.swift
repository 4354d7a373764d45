import Kernel

/// What was keyed of one slip: `code quantity` on each line, as a numeric keypad types it.
///
/// Between the two stands anything that is no digit: a space, a point, a star. A code alone is one piece, a quantity of
/// nought takes the item out again, and `0 60` says that the household wants to pay at most ¥60.
struct PaperNotation: Sendable {
  struct Entry: Sendable, Equatable {
    let code: String
    var quantity: Int64
  }

  /// Each code once, in the order in which they were first keyed.
  private(set) var entries: [Entry] = []
  /// The most that the household wants to pay; nil where the slip says nothing.
  private(set) var most: Money?
  private(set) var problems = Problems()

  /// The most characters that are read.
  static let lengthLimit = 8_000

  init() {}

  /// - Parameter text: lines; problems name their number in the text, counted from 1, under the field `lines`.
  init(_ text: String) {
    guard text.utf8.count <= Self.lengthLimit else {
      problems.add("lines", Phrase("太长了，请分开录。", "This is too long; please key it in parts."))
      return
    }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() { read(Self.plain(String(line)), number: index + 1) }
    entries.removeAll { $0.quantity == 0 }
    if entries.count > Order.lineLimit {
      problems.add(
        "lines",
        Phrase("一单最多 \(Order.lineLimit) 样商品。", "An order has at most \(Order.lineLimit) items."))
    }
  }

  /// The same lines as they would be keyed.
  var text: String {
    let lines = entries.map { "\($0.code) \($0.quantity)" }
    return (lines + (most.map { ["0 \($0.decimal)"] } ?? [])).joined(separator: "\n")
  }

  private mutating func read(_ line: String, number: Int) {
    if line.isEmpty { return }
    let code = line.prefix { $0.isASCII && $0.isNumber }
    let rest = line.dropFirst(code.count).drop { !($0.isASCII && $0.isNumber) }
    guard !code.isEmpty else {
      return problems.add("lines", line: number, Self.unreadable)
    }
    if code == "0" { return readMost(String(rest), number) }
    guard let quantity = rest.isEmpty ? 1 : Int64(rest), (0...Order.quantityLimit).contains(quantity) else {
      return problems.add(
        "lines", line: number,
        Phrase(
          "数量请填 0 到 \(Order.quantityLimit)。", "The quantity must be 0 to \(Order.quantityLimit)."))
    }
    add(String(code), quantity, number)
  }

  private mutating func add(_ code: String, _ quantity: Int64, _ number: Int) {
    guard let index = entries.firstIndex(where: { $0.code == code }) else {
      return entries.append(Entry(code: code, quantity: quantity))
    }
    let sum = quantity == 0 ? 0 : entries[index].quantity + quantity
    guard sum <= Order.quantityLimit else {
      return problems.add("lines", line: number, Self.unreadable)
    }
    entries[index].quantity = sum
  }

  private mutating func readMost(_ text: String, _ number: Int) {
    guard let money = Money(typed: text), money > .zero, money <= Order.totalLimit else {
      return problems.add(
        "lines", line: number,
        Phrase("「0」后面写最多花多少元，比如 0 60。", "After 0 write the most to pay, such as 0 60."))
    }
    most = money
  }

  private static let unreadable = Phrase(
    "看不懂：请写编号和数量，比如 123 2。", "This cannot be read: write a code and a quantity, such as 123 2.")

  /// Narrow digits, no spaces round it; of an item's QR code the digits at the end.
  private static func plain(_ line: String) -> String {
    var plain = ""
    for scalar in line.unicodeScalars {
      switch scalar.value {
      case 0xFF10...0xFF19: plain += String(scalar.value - 0xFF10)
      case 0xFF0E, 0x3002: plain += "."
      default: plain.unicodeScalars.append(scalar)
      }
    }
    if plain.contains("/paper/") { plain = plain.split(separator: "/").last.map(String.init) ?? "" }
    return String(plain.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
