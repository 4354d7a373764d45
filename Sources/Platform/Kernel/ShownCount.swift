/// A number of people's doings as it may be shown: from 1 up to 4 it says no more than that.
package enum ShownCount: Sendable, Equatable {
  case exactly(Int64)
  /// 1…4.
  case few

  /// Fewer are not told apart, so that nobody is. Source: field/socialwork.md §2.12.
  package static let least: Int64 = 5

  package init(_ count: Int64) {
    self = count > 0 && count < Self.least ? .few : .exactly(count)
  }
}
