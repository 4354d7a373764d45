import Kernel

/// Which cell styles show a number as a date or a time.
struct CellStyles {
  private let isDate: [Bool]

  static let none = CellStyles(isDate: [])

  private init(isDate: [Bool]) {
    self.isDate = isDate
  }

  init(_ content: [UInt8]) throws {
    var patterns: [Int: String] = [:]
    var formats: [Int] = []
    var isInCellFormats = false
    try XMLWalk.over(content) { event in
      switch event {
      case .start("numFmt", let attributes):
        if let id = attributes["numFmtId"].flatMap({ Int($0) }) {
          patterns[id] = attributes["formatCode"] ?? ""
        }
      case .start("cellXfs", _): isInCellFormats = true
      case .end("cellXfs"): isInCellFormats = false
      case .start("xf", let attributes):
        guard isInCellFormats else { return }
        guard formats.count < 70_000 else { throw Problem.fileDamaged }
        formats.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0)
      default: break
      }
    }
    isDate = formats.map { id in
      patterns[id].map(Self.showsDate) ?? Self.builtInDates.contains { $0.contains(id) }
    }
  }

  func showsDate(style: Int) -> Bool { isDate.indices.contains(style) && isDate[style] }

  /// ECMA-376 part 1, 18.8.30: dates and times that need no pattern, the East Asian ones included.
  private static let builtInDates = [14...22, 27...36, 45...47, 50...58]

  /// Whether a number pattern holds letters of a date outside quotes and brackets.
  private static func showsDate(_ pattern: String) -> Bool {
    var isQuoted = false
    var isBracketed = false
    var isEscaped = false
    for character in pattern.lowercased() {
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        isQuoted = character != "\""
      } else if isBracketed {
        isBracketed = character != "]"
      } else {
        switch character {
        case "\\", "_", "*": isEscaped = true
        case "\"": isQuoted = true
        case "[": isBracketed = true
        case "y", "d", "h", "s": return true
        default: break
        }
      }
    }
    return false
  }
}

/// Numbers as spreadsheets store them, turned into the text that people see.
enum SheetNumber {
  /// A plain decimal number without exponent, at the 15 digits that a spreadsheet shows; nil for what is no number.
  static func decimal(_ stored: String) -> String? {
    let isShort = stored.utf8.count <= 15 && SheetTable.Cell.number(stored).isPlainNumber
    if isShort { return stored }
    guard let number = Double(stored), number.isFinite, number.magnitude < 1e15 else { return nil }
    if number == 0 { return "0" }
    // 15 significant digits, with as many of them after the point as are left over by those before it.
    var before = 1
    while before < 15, number.magnitude >= powerOfTen(before) { before += 1 }
    let after = min(15, max(0, 15 - before))
    return fixed(number, decimals: after)
  }

  /// The moment a day number stands for: `2026-11-23`, `2026-11-23T08:05`, or `08:05` for a time alone; nil outside
  /// the years that the format knows.
  static func date(_ stored: String, countsFrom1904: Bool) -> String? {
    guard let number = Double(stored), number >= 0, number < 2_958_466 else { return nil }
    let seconds = Int64((number * 86_400).rounded())
    let days = seconds / 86_400
    let clock = CivilDateTime(Timestamp(seconds: seconds % 86_400), offsetSeconds: 0)
    let time = clock.second == 0 ? clock.shortTime : clock.isoTime
    if days == 0 && !countsFrom1904 { return time }
    // The format counts a 29 February 1900 that never was; only days after it are counted right.
    let epoch: Int64 = countsFrom1904 ? -24_107 : days < 60 ? -25_568 : -25_569
    let date = CivilDateTime(Timestamp(seconds: (days + epoch) * 86_400), offsetSeconds: 0).isoDate
    return seconds % 86_400 == 0 ? date : "\(date)T\(time)"
  }

  private static func powerOfTen(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }

  private static func fixed(_ number: Double, decimals: Int) -> String? {
    let scaled = (number.magnitude * powerOfTen(decimals)).rounded()
    guard scaled < 9e18 else { return nil }
    var digits = String(Int64(scaled))
    if digits.utf8.count <= decimals {
      digits = String(repeating: "0", count: decimals + 1 - digits.utf8.count) + digits
    }
    var fraction = digits.suffix(decimals)
    while fraction.last == "0" { fraction.removeLast() }
    let whole = digits.dropLast(decimals)
    let text = fraction.isEmpty ? String(whole) : "\(whole).\(fraction)"
    return number < 0 && text != "0" ? "-" + text : text
  }
}
