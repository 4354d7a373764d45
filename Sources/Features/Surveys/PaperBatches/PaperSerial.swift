/// What stands on every page of one sheet: the number of its batch, its own number in it and a check digit, `B12-034-5`.
///
/// The check digit is that of H. Michael Damm (“Total anti-symmetrische Quasigruppen”, Marburg 2004): it finds every single
/// wrong digit and every two neighbours in the wrong order, which are what people mistype.
struct PaperSerial: Sendable, Hashable, CustomStringConvertible {
  /// 1, 2, 3 … in a community.
  let batch: Int64
  /// 1 … ``PaperRules/mostSheets``.
  let sheet: Int64

  private static let sheetDigits = 3

  init(batch: Int64, sheet: Int64) {
    self.batch = batch
    self.sheet = sheet
  }

  /// A serial as people type it or a QR code holds it: small or large letters, wide digits, any signs between the parts.
  /// - Returns: nil for what is none, and where the check digit does not fit.
  init?(typed text: String) {
    var digits: [Int] = []
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x30...0x39, 0xFF10...0xFF19: digits.append(Int(scalar.value & 0xF))
      case 0x42, 0x62, 0xFF22, 0xFF42, 0x2D, 0x20, 0x2010...0x2015, 0x2212, 0x3000, 0xFF0D: continue
      default: return nil
      }
    }
    guard (Self.sheetDigits + 2...12).contains(digits.count), Self.interim(digits) == 0 else { return nil }
    let number = digits.dropLast().reduce(Int64(0)) { $0 * 10 + Int64($1) }
    let (batch, sheet) = number.quotientAndRemainder(dividingBy: 1000)
    guard batch > 0, (1...PaperRules.mostSheets).contains(sheet) else { return nil }
    self.init(batch: batch, sheet: sheet)
  }

  var description: String { "B\(batch)-\(paddedSheet)-\(Self.interim(digits))" }

  private var paddedSheet: String {
    let text = String(sheet)
    return String(repeating: "0", count: max(0, Self.sheetDigits - text.count)) + text
  }

  private var digits: [Int] { "\(batch)\(paddedSheet)".compactMap(\.wholeNumberValue) }

  /// The digit that follows these, or 0 where the last of them is it.
  private static func interim(_ digits: [Int]) -> Int {
    digits.reduce(0) { interim, digit in quasigroup[interim][digit] }
  }

  private static let quasigroup = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2], [7, 0, 9, 2, 1, 5, 4, 8, 6, 3], [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6], [6, 1, 2, 3, 0, 4, 5, 9, 7, 8], [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4], [8, 9, 4, 5, 3, 6, 2, 0, 1, 7], [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
  ]
}
