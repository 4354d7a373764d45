/// A decimal number as people type it, exact to its last digit.
struct AnswerNumber: Sendable, Equatable {
  /// Without leading zeros before the point and without closing ones behind it: `-3.5`, `0`, `12`.
  let text: String
  /// How many digits stand behind the point.
  let decimals: Int
  /// How many digits it has, a zero before the point not counted.
  let digits: Int

  /// Digits of an answer at most: as many as can be computed with.
  static let mostDigits = ExpressionLimits.digits

  /// An optional minus sign and digits with at most one point; full-width signs count as their narrow ones.
  ///
  /// - Parameter typed: without white space around it.
  /// - Returns: nil for anything else.
  init?(_ typed: String) {
    var (isNegative, isBehindPoint) = (false, false)
    var (whole, fraction) = ("", "")
    for (place, scalar) in typed.unicodeScalars.enumerated() {
      switch scalar.value {
      case 0x30...0x39, 0xFF10...0xFF19:
        let digit = String(scalar.value & 0xF)
        if isBehindPoint { fraction += digit } else { whole += digit }
      case 0x2D, 0xFF0D:
        guard place == 0 else { return nil }
        isNegative = true
      case 0x2E, 0xFF0E:
        guard !isBehindPoint else { return nil }
        isBehindPoint = true
      default: return nil
      }
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    whole = String(whole.drop { $0 == "0" })
    while fraction.hasSuffix("0") { fraction.removeLast() }
    decimals = fraction.utf8.count
    digits = whole.utf8.count + decimals
    let magnitude = (whole.isEmpty ? "0" : whole) + (fraction.isEmpty ? "" : "." + fraction)
    text = isNegative && magnitude != "0" ? "-" + magnitude : magnitude
  }

  var hasTooManyDigits: Bool { digits > Self.mostDigits }

  /// The number times 10 to the power of so many decimals, which are no fewer than it has. Both are at most
  /// ``mostDigits``.
  fileprivate func scaled(_ decimals: Int) -> Int128 {
    let whole = Int128(text.filter { $0 != "." }) ?? 0
    return (self.decimals..<decimals).reduce(whole) { number, _ in number * 10 }
  }
}

/// The numbers that a `range` question takes. Source: XLSForm reference, “Range”, which gives what is not said.
struct AnswerRange: Sendable, Equatable {
  let start: AnswerNumber
  let end: AnswerNumber
  let step: AnswerNumber

  /// - Returns: nil for an item that is no range, or whose parameters are no numbers.
  init?(_ item: FormItem) {
    guard item.kind == .range else { return nil }
    let numbers = [("start", "0"), ("end", "10"), ("step", "1")].compactMap { name, usual in
      AnswerNumber(item.parameter(name) ?? usual)
    }
    guard numbers.count == 3, !numbers.contains(where: \.hasTooManyDigits) else { return nil }
    (start, end, step) = (numbers[0], numbers[1], numbers[2])
  }

  /// - Parameter number: of at most ``AnswerNumber/mostDigits`` digits.
  func problem(of number: AnswerNumber) -> AnswerProblem? {
    let decimals = [start, end, step, number].map(\.decimals).max() ?? 0
    let scaled = number.scaled(decimals)
    guard scaled >= start.scaled(decimals), scaled <= end.scaled(decimals) else {
      return .range(start: start.text, end: end.text)
    }
    let step = step.scaled(decimals)
    guard step > 0, (scaled - start.scaled(decimals)) % step == 0 else {
      return .step(start: start.text, step: self.step.text)
    }
    return nil
  }
}
