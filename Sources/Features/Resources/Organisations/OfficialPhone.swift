import Database
import Kernel
import People
import Web

/// A number that stands on public pages and in directories elsewhere: that of a shop, an office or a desk, never of a person.
enum OfficialPhone {
  private static let length = 3...30
  /// Digits, spaces and what is written between them.
  private static let marks = Set(" +-()".utf8)

  /// Empty where none was written.
  static func read(_ name: String, _ reader: inout FormReader) -> String {
    guard let text = reader.text(name, length: length, isRequired: false) else { return "" }
    if !text.utf8.allSatisfy({ (48...57).contains($0) || marks.contains($0) }) {
      reader.add(name, Phrase("电话只写数字、空格和短横。", "A number has digits, spaces and dashes alone."))
    }
    return text
  }

  /// Refuses the number with which somebody is entered here.
  /// - Parameter before: the number that stood there; it is not asked about again.
  static func check(
    _ phone: String, before: String?, _ directory: Directory, in transaction: Transaction,
    _ problems: inout Problems
  ) throws {
    if phone.isEmpty || phone == before { return }
    if try directory.person(withPhone: phone, in: transaction.community, transaction) != nil {
      problems.add(
        "phone",
        Phrase(
          "这是居民个人的号码。请写单位或店里的电话，没有就不写。",
          "This is somebody’s own number. Please write that of the office or shop, or leave it out."))
    }
  }
}
