package import Kernel
package import Security

/// A printed sheet of twenty numbered codes of four digits, by which an elder says yes on the telephone.
///
/// The codes are derived from a key, the person, the generation of their sheet and the number, and stored nowhere; each
/// is good once, and a new sheet makes the old one worthless.
package struct SpokenCodes: Sendable {
  package static let perSheet: Int64 = 20
  /// Wrong codes in a row after which the sheet is good for nothing; the count is forgotten after a day without a try.
  static let wrongTries: Int64 = 10
  private let key: MessageKey

  /// - Parameter key: from `DerivedKeys.messageKey(.spokenCode)`.
  package init(key: MessageKey) {
    self.key = key
  }

  /// Four digits, 0000…9999: the first 64 bits of the HMAC modulo ten thousand.
  package func digits(of person: PersonID, generation: Int64, number: Int64) -> String {
    let code = key.code(for: [
      Array("spoken".utf8), Array(person.description.utf8), Array(String(generation).utf8),
      Array(String(number).utf8),
    ])
    let first = code.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let text = String(first % 10_000)
    return String(repeating: "0", count: 4 - text.utf8.count) + text
  }

  /// Whether what was heard is this code, in constant time. Full-width digits and spaces are understood.
  func matches(_ typed: String, of person: PersonID, generation: Int64, number: Int64) -> Bool {
    let expected = Array(digits(of: person, generation: generation, number: number).utf8)
    let given = Array((CardDigits.narrow(typed) ?? "").utf8)
    guard given.count == expected.count else { return false }
    return zip(given, expected).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

/// What is left on a person's sheet.
package struct SpokenSheet: Sendable, Equatable {
  /// 1 for the first sheet that was printed.
  package let generation: Int64
  package let printedAt: Timestamp
  /// Who saw the codes when they were printed; as a helper they can never say them for the person.
  package let printedBy: PersonID
  /// The numbers whose codes were used.
  package let used: Set<Int64>

  /// The number to ask for; nil when the sheet is used up.
  package var next: Int64? { (1...SpokenCodes.perSheet).first { !used.contains($0) } }
  /// The number to ask for where this person asks: nil too for whoever printed the sheet.
  package func next(for helper: PersonID) -> Int64? { helper == printedBy ? nil : next }
  package var left: Int { Int(SpokenCodes.perSheet) - used.count }
}

extension Problem {
  static let spokenCodeWrong = Problem(
    "spoken_code.wrong", status: 409, Phrase("号码对不上。", "That is not the code."),
    advice: Phrase("请本人慢慢再念一遍，看清是第几号。", "Please let them read it again, and look at the number beside it."))

  static let spokenSheetMissing = Problem(
    "spoken_code.no_sheet", status: 409,
    Phrase("这位还没有密码纸，或者已经用完了。", "There is no sheet of codes, or it is used up."),
    advice: Phrase("请打印一张新的送过去。", "Please print a new one and bring it."))

  static let spokenSheetBlocked = Problem(
    "spoken_code.blocked", status: 409,
    Phrase("错了太多次，这张密码纸今天不能再用。", "Too many wrong codes: this sheet is closed for today."),
    advice: Phrase("请换别的确认办法，或打印一张新的。", "Please confirm in another way, or print a new sheet."))

  static let spokenSheetByHelper = Problem(
    "spoken_code.by_helper", status: 403,
    Phrase(
      "帮他代办的人不能打印他的密码纸，也不能用自己打印的。",
      "Whoever helps this person may not print their codes, nor use a sheet that they printed."),
    advice: Phrase("请让另一位同事打印，封好交给本人。", "Please let a colleague print it and hand it over sealed."))
}
