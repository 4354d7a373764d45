import Kernel
import Web

/// What a program asks for of a list; everything asked has to hold.
struct HSDSFilter: Sendable, Equatable {
  var search = ""
  var organization: String?
  var term: String?
  var modifiedAfter: Timestamp?
  var isFull = false
  var paging = HSDSPaging(page: 1, size: HSDSPaging.defaultSize)

  static let searchLength = 100
  static let lastPage = 1_000_000

  init() {}

  /// - Parameter value: of a parameter of the address; nil where it was not sent.
  /// - Throws: `form.invalid` naming every parameter that cannot be read.
  init(_ value: (String) -> String?) throws {
    var problems = Problems()
    search = value("search") ?? ""
    if search.count > Self.searchLength {
      problems.add("search", Phrase("最多 100 个字。", "At most 100 characters."))
    }
    organization = Self.name("organization_id", value, &problems)
    term = Self.name("taxonomy_term_id", value, &problems)
    if let text = value("modified_after") {
      modifiedAfter = Self.moment(text)
      if modifiedAfter == nil {
        problems.add(
          "modified_after", Phrase("请填日期，如 2026-11-01。", "This should be a date such as 2026-11-01."))
      }
    }
    let page = Self.number("page", value, 1...Self.lastPage, &problems)
    let size = Self.number("per_page", value, HSDSPaging.sizes, &problems)
    paging = HSDSPaging(page: page ?? 1, size: size ?? HSDSPaging.defaultSize)
    let (isMinimal, isFull) = (Self.flag("minimal", value, &problems), Self.flag("full", value, &problems))
    if isMinimal == true, isFull == true {
      problems.add("minimal", Phrase("minimal 和 full 只能选一个。", "Only one of minimal and full."))
    }
    self.isFull = isFull ?? false
    try problems.throwIfAny()
  }

  private static func flag(
    _ name: String, _ value: (String) -> String?, _ problems: inout Problems
  ) -> Bool? {
    switch value(name) {
    case nil: return nil
    case "true", "1", "": return true
    case "false", "0": return false
    default:
      problems.add(name, Phrase("请填 true 或 false。", "This should be true or false."))
      return nil
    }
  }

  private static func number(
    _ name: String, _ value: (String) -> String?, _ range: ClosedRange<Int>, _ problems: inout Problems
  ) -> Int? {
    guard let text = value(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      problems.add(
        name,
        Phrase(
          "请填 \(range.lowerBound) 到 \(range.upperBound)。",
          "This should be \(range.lowerBound) to \(range.upperBound)."))
      return nil
    }
    return number
  }

  private static func name(
    _ name: String, _ value: (String) -> String?, _ problems: inout Problems
  ) -> String? {
    guard let text = value(name)?.lowercased() else { return nil }
    let lengths = text.split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count)
    let isName = lengths == [8, 4, 4, 4, 12] && text.allSatisfy { $0 == "-" || $0.isHexDigit }
    if !isName { problems.add(name, Phrase("不是一个 UUID。", "This is not a UUID.")) }
    return text
  }

  private static func moment(_ text: String) -> Timestamp? {
    if let moment = Timestamp(rfc3339: text) { return moment }
    return CivilDateTime(iso: text).map { $0.timestamp(offsetSeconds: 0) }
  }
}
