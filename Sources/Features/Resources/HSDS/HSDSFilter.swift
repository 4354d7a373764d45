import Kernel
import Web

/// What a program asks for of a list; everything asked has to hold. The names are those of HSDS 3.0.
struct HSDSFilter: Sendable, Equatable {
  var search = ""
  var organization: String?
  var term: String?
  var taxonomy: String?
  /// The kind above the kinds that are asked for.
  var parent: String?
  var modifiedAfter: Timestamp?
  var postalCode: String?
  var isMinimal = false
  var isFull = false
  /// Whether an organization's services are told with everything that belongs to them.
  var hasFullServices = false
  var paging = HSDSPaging(page: 1, size: HSDSPaging.defaultSize)

  static let searchLength = 100
  static let lastPage = 1_000_000

  var depth: HSDSDocuments.Depth { isMinimal ? .minimal : isFull ? .full : .basic }

  init() {}

  /// - Parameter value: of a parameter of the address; nil where it was not sent.
  /// - Throws: `resources.hsds_format` for another format than JSON, `form.invalid` naming every parameter that cannot be
  ///   read or that is not offered.
  init(_ value: (String) -> String?) throws {
    if let format = value("format"), format.lowercased() != "json" { throw Problem.unknownHSDSFormat }
    var problems = Problems()
    search = value("search") ?? ""
    if search.unicodeScalars.count > Self.searchLength {
      problems.add("search", Phrase("最多 100 个字。", "At most 100 characters."))
    }
    organization = Self.name("organization_id", value, &problems)
    term = Self.name("taxonomy_term_id", value, &problems)
    taxonomy = Self.name("taxonomy_id", value, &problems)
    parent = Self.name("parent_id", value, &problems)
    postalCode = value("postcode")
    if value("proximity") != nil {
      problems.add(
        "proximity", Phrase("这里不按距离查找。", "Nothing can be looked for by distance here."))
    }
    if let text = value("modified_after") {
      modifiedAfter = Self.moment(text)
      if modifiedAfter == nil {
        problems.add(
          "modified_after", Phrase("请填日期，如 2026-11-01。", "This should be a date such as 2026-11-01."))
      }
    }
    readDepth(value, &problems)
    readPage(value, &problems)
    try problems.throwIfAny()
  }

  private mutating func readDepth(_ value: (String) -> String?, _ problems: inout Problems) {
    isMinimal = Self.flag("minimal", value, &problems)
    isFull = Self.flag("full", value, &problems)
    hasFullServices = Self.flag("full_service", value, &problems)
    // Every kind is at the top, so that it changes nothing.
    _ = Self.flag("top_only", value, &problems)
    if isMinimal, isFull || hasFullServices {
      problems.add("minimal", Phrase("minimal 和 full 只能选一个。", "Only one of minimal and full."))
    }
  }

  /// Names and dates alone are meant to be read in one page.
  private mutating func readPage(_ value: (String) -> String?, _ problems: inout Problems) {
    let sizes = isMinimal ? HSDSPaging.minimalSizes : HSDSPaging.sizes
    let page = Self.number("page", value, 1...Self.lastPage, &problems)
    let size = Self.number("per_page", value, sizes, &problems)
    paging = HSDSPaging(
      page: page ?? 1, size: size ?? (isMinimal ? sizes.upperBound : HSDSPaging.defaultSize))
  }

  private static func flag(
    _ name: String, _ value: (String) -> String?, _ problems: inout Problems
  ) -> Bool {
    switch value(name)?.lowercased() {
    case nil, "false", "0": return false
    case "true", "1", "": return true
    default:
      problems.add(name, Phrase("请填 true 或 false。", "This should be true or false."))
      return false
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

  /// A moment of RFC 3339, whose plus many send as it is and which then arrives as a space; or a date and time that counts
  /// as UTC.
  private static func moment(_ text: String) -> Timestamp? {
    if let moment = Timestamp(rfc3339: String(text.map { $0 == " " ? "+" : $0 })) { return moment }
    return CivilDateTime(iso: text).map { $0.timestamp(offsetSeconds: 0) }
  }
}

extension Problem {
  static let unknownHSDSFormat = Problem(
    "resources.hsds_format", status: 406,
    Phrase("这里只有 JSON。", "There is nothing but JSON here."),
    advice: Phrase("请用 format=json，或不写 format。", "Please ask for format=json, or name no format."))
}
