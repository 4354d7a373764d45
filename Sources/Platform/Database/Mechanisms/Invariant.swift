package import Kernel

/// Something that must always hold in what is stored: one set-wise query over all communities that answers the rows which
/// break it, so that a million rows are checked in one pass of each table. `nuanlin check` runs them.
package struct Invariant: Sendable {
  /// Breaches named of one invariant; beyond it the first ones are enough to go by.
  package static let limit = 100

  /// Stable and dotted: `shop.order_total_differs`.
  package let name: StaticString
  let columns: [Column]
  package let query: Query

  /// What a column of the answer is called, and how it is shown.
  package enum Column: Sendable, ExpressibleByStringLiteral {
    case number(String)
    /// An identifier, shown as it is everywhere else.
    case identifier(String)

    package init(stringLiteral name: String) { self = .number(name) }
  }

  package init(_ name: StaticString, _ columns: [Column], _ query: Query) {
    self.name = name
    self.columns = columns
    self.query = query
  }
}

private enum AnyKind {}

extension Snapshot {
  /// Every row that breaks one of these invariants, at most 100 of each.
  package func breaches(of invariants: [Invariant]) throws -> [Breach] {
    try invariants.flatMap { invariant in
      try all(invariant.query) { row in
        let parts = try invariant.columns.enumerated().map { index, column in
          let value: Int64? = try row[index]
          return switch column {
          case .number(let name): "\(name) \(value.map(String.init) ?? "none")"
          case .identifier(let name):
            "\(name) \(value.map { Identifier<AnyKind>(rawValue: $0).description } ?? "none")"
          }
        }
        return Breach(invariant.name, parts.joined(separator: ", "))
      }
    }
  }
}
