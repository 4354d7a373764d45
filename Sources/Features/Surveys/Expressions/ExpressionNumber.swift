/// Numbers as XPath 1.0 has them: binary numbers of 64 bits (IEEE 754), written in decimal digits.
enum ExpressionNumber {
  /// A text without the white space of XML around it.
  static func trimmed(_ text: String) -> String {
    var view = text.unicodeScalars[...].drop(while: ExpressionScanner.isSpace)
    while let last = view.last, ExpressionScanner.isSpace(last) { view.removeLast() }
    return String(view)
  }

  /// An optional minus sign, then digits with at most one point before, among or after them; NaN for everything else, an
  /// exponent, a plus sign and infinity included. Source: XPath 1.0 §4.4, `number()`.
  ///
  /// - Parameter text: without white space around it.
  static func number(_ text: String) -> Double {
    var digits = 0
    var points = 0
    for (place, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "."): points += 1
      case UInt8(ascii: "-") where place == 0: break
      default: return .nan
      }
    }
    guard digits > 0, points <= 1 else { return .nan }
    return Double(text.hasSuffix(".") ? String(text.dropLast()) : text) ?? .nan
  }

  /// Without exponent, and without a point where there is nothing behind it; no more digits than tell the number from its
  /// neighbours. Source: XPath 1.0 §4.2, `string()`.
  static func text(_ number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
    if number == 0 { return "0" }
    return (number < 0 ? "-" : "") + DecimalDigits(number.magnitude).text
  }

  /// Rounded to so many digits behind the point, or before it where `places` is negative; of two that are as near, the
  /// one towards positive infinity. What rounds to zero from below stays a negative zero.
  ///
  /// Source: XPath 1.0 §4.4, `round()`; its second argument is that of the ODK XForms specification, done as ODK Collect
  /// does it (JavaRosa, `XPathFuncExpr.round`): on the decimal digits of the number, and NaN beyond 30 places.
  static func rounded(_ number: Double, places: Double) -> Double {
    if number.isNaN || number.isInfinite || number == 0 { return number }
    let places = places.rounded(.towardZero)
    guard abs(places) <= 30 else { return .nan }
    var digits = DecimalDigits(number.magnitude)
    digits.round(places: Int(places), halfUp: number > 0)
    let magnitude = Double(digits.text) ?? .nan
    return number < 0 ? -magnitude : magnitude
  }
}

/// A number that is not negative as decimal digits: `0.d₁d₂d₃… × 10^point`.
private struct DecimalDigits {
  private var digits: [UInt8] = []
  private var point = 0

  /// The fewest digits that tell the number from its neighbours.
  init(_ number: Double) {
    let written = number.description.utf8
    let mantissa = written.prefix { $0 != UInt8(ascii: "e") }
    let exponent = Int(String(decoding: written.dropFirst(mantissa.count + 1), as: UTF8.self)) ?? 0
    let whole = mantissa.prefix { $0 != UInt8(ascii: ".") }
    digits = mantissa.filter { $0 != UInt8(ascii: ".") }.map { $0 - UInt8(ascii: "0") }
    point = whole.count + exponent
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    point -= zeros
    trim()
  }

  private mutating func trim() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { point = 0 }
  }

  mutating func round(places: Int, halfUp: Bool) {
    let kept = point + places
    guard kept < digits.count else { return }
    guard kept >= 0 else {
      digits = []
      return trim()
    }
    let rest = digits[kept...]
    let isHalf = rest.first == 5 && rest.count == 1
    let goesUp = (rest.first ?? 0) >= 5 && (!isHalf || halfUp)
    digits.removeSubrange(kept...)
    if goesUp { increment(kept) }
    trim()
  }

  /// Adds one to the last of so many digits.
  private mutating func increment(_ count: Int) {
    var place = count - 1
    while place >= 0, digits[place] == 9 {
      digits[place] = 0
      place -= 1
    }
    if place >= 0 {
      digits[place] += 1
    } else {
      digits.insert(1, at: 0)
      point += 1
    }
  }

  var text: String {
    guard !digits.isEmpty else { return "0" }
    let written = digits.map { String($0) }.joined()
    if point <= 0 { return "0." + String(repeating: "0", count: -point) + written }
    if point >= digits.count { return written + String(repeating: "0", count: point - digits.count) }
    return written.prefix(point) + "." + written.dropFirst(point)
  }
}
