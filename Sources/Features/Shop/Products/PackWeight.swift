import Kernel

/// What goods weigh, read from what a merchant says of their pack: `500 克/袋`, `约 2.5公斤`, `3斤装`, `250g × 2`.
///
/// Read by hand and scalar by scalar: every product page asks for it, and building a regular expression takes longer than
/// the rest of the page.
enum PackWeight {
  fileprivate typealias Scalars = Substring.UnicodeScalarView

  /// The grams of the whole pack; nil where the text names no weight, or leaves in doubt which one it is.
  ///
  /// One weight is believed, and a count that is multiplied with it. Two weights, a range, or a number that belongs to
  /// something else before it (`6 枚 360 克`) are not guessed.
  static func grams(_ pack: String) -> Int64? {
    var rest = pack[...].unicodeScalars
    guard let weight = NamedWeight(firstIn: &rest) else { return nil }
    let after = rest
    guard NamedWeight(firstIn: &rest) == nil, let count = count(weight.before, after),
      let thousandths = DecimalText.parse(String(weight.number), decimals: 3)
    else { return nil }
    let (product, overflow) = thousandths.multipliedReportingOverflow(by: weight.gramsOfOne * count)
    return overflow || product % 1000 != 0 || product == 0 ? nil : product / 1000
  }

  /// How often the weight is in the pack; nil where what stands around it leaves that open.
  private static func count(_ before: Scalars, _ after: Scalars) -> Int64? {
    let (lead, countBefore) = countInFront(of: before)
    let (trail, countAfter) = countBehind(after)
    guard !lead.contains(where: isNumberOrRange), !multiplies(trail) else { return nil }
    switch (countBefore, countAfter) {
    case (let count?, nil), (nil, let count?): return count
    case (nil, nil): return 1
    case (_?, _?): return nil
    }
  }

  /// `2 ×` at the end, and what stands before it.
  private static func countInFront(of text: Scalars) -> (rest: Scalars, count: Int64?) {
    var rest = trimmed(text)
    guard let mark = rest.popLast(), isTimes(mark) else { return (text, nil) }
    rest = trimmed(rest)
    let digits = rest.reversed().prefix(while: isDigit).count
    guard let count = count(rest.suffix(digits)) else { return (text, nil) }
    return (rest.dropLast(digits), count)
  }

  /// `× 2` at the beginning, and what stands behind it.
  private static func countBehind(_ text: Scalars) -> (rest: Scalars, count: Int64?) {
    let rest = text.drop(while: isSpace)
    guard let mark = rest.first, isTimes(mark) else { return (text, nil) }
    let digits = rest.dropFirst().drop(while: isSpace).prefix(while: isDigit)
    let trail = rest[digits.endIndex...]
    guard let count = count(digits), trail.first != "." else { return (text, nil) }
    return (trail, count)
  }

  private static func count(_ digits: Scalars) -> Int64? {
    (1...3).contains(digits.count) ? Int64(String(digits)).flatMap { $0 > 0 ? $0 : nil } : nil
  }

  /// Whether a sign of multiplication stands before a number.
  private static func multiplies(_ text: Scalars) -> Bool {
    text.indices.contains { index in
      isTimes(text[index]) && text[index...].dropFirst().first { !isSpace($0) }.map(isDigit) ?? false
    }
  }

  private static func trimmed(_ text: Scalars) -> Scalars {
    var text = text
    while let last = text.last, isSpace(last) { text.removeLast() }
    return text
  }

  private static func isTimes(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "×" || scalar == "x" || scalar == "X" || scalar == "*"
  }

  /// Any digit of any script, `三` too, and what stands between two ends of a range.
  private static func isNumberOrRange(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return isDigit(scalar) || scalar == "-" || scalar == "~" }
    return "–～至到".unicodeScalars.contains(scalar) || scalar.properties.numericType != nil
  }

  fileprivate static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  fileprivate static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || !scalar.isASCII && scalar.properties.isWhitespace
  }
}

/// A number and its unit of weight: `1.5 公斤`.
private struct NamedWeight {
  private static let units: [(name: String.UnicodeScalarView, grams: Int64)] = [
    ("公斤", 1000), ("千克", 1000), ("kg", 1000), ("KG", 1000), ("斤", 500), ("克", 1), ("g", 1),
  ].map { ($0.0.unicodeScalars, $0.1) }

  let before: PackWeight.Scalars
  let number: PackWeight.Scalars
  let gramsOfOne: Int64

  /// The first weight of the text, which is taken off with what stands before it; nil where there is none.
  init?(firstIn text: inout PackWeight.Scalars) {
    let all = text
    while let start = text.firstIndex(where: PackWeight.isDigit) {
      var number = text[start...].prefix(while: PackWeight.isDigit)
      text = text[number.endIndex...]
      if text.first == "." {
        let fraction = text.dropFirst().prefix(while: PackWeight.isDigit)
        if (1...3).contains(fraction.count) { number = all[start..<fraction.endIndex] }
      }
      let name = all[number.endIndex...].drop(while: PackWeight.isSpace)
      guard let unit = Self.unit(at: name) else { continue }
      text = unit.rest
      (before, self.number, gramsOfOne) = (all[..<start], number, unit.grams)
      return
    }
    return nil
  }

  /// A unit in Latin letters ends where the letters end: ten green ones weigh no ten grams. Only a sign of
  /// multiplication may follow at once, as in `250gx2`.
  private static func unit(at text: PackWeight.Scalars) -> (grams: Int64, rest: PackWeight.Scalars)? {
    guard let unit = units.first(where: { text.starts(with: $0.name) }) else { return nil }
    let rest = text.dropFirst(unit.name.count)
    if unit.name.first?.isASCII == true, let next = rest.first, next.isASCII, next.properties.isAlphabetic,
      next != "x", next != "X"
    {
      return nil
    }
    return (unit.grams, rest)
  }
}
