/// Which part of a list is asked for. Pages are counted from 1.
struct HSDSPaging: Sendable, Equatable {
  static let sizes: ClosedRange<Int> = 1...100
  /// Of what has two members each.
  static let minimalSizes: ClosedRange<Int> = 1...5000
  static let defaultSize = 50

  let page: Int
  let size: Int

  /// Pages that a list of so many has; one, which is empty, where there is nothing.
  func pages(of total: Int) -> Int { max(1, total / size + (total % size == 0 ? 0 : 1)) }

  func part<Element>(of all: [Element]) -> [Element] {
    guard page <= pages(of: all.count) else { return [] }
    return Array(all.dropFirst((page - 1) * size).prefix(size))
  }

  /// The Page object of HSDS 3.0.
  func document<Element>(_ all: [Element], _ value: (Element) -> HSDSValue) -> HSDSValue {
    let (shown, pages) = (part(of: all), pages(of: all.count))
    return .object([
      .init("total_items", .integer(all.count)), .init("total_pages", .integer(pages)),
      .init("page_number", .integer(page)), .init("size", .integer(shown.count)),
      .init("first_page", .flag(page == 1)), .init("last_page", .flag(page >= pages)),
      .init("empty", .flag(shown.isEmpty)), .init("contents", .list(shown.map(value))),
    ])
  }
}
