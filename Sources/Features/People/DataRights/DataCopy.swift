package import Kernel

/// The copy of all that is kept about a person, before it becomes a page or a file. Source: PIPL art. 45.
package struct DataCopy: Sendable {
  package let person: PersonID
  package let name: String
  package let madeAt: Timestamp
  package let parts: [Part]

  package struct Part: Sendable {
    package let name: Phrase
    /// Tables without a row about the person are left out.
    package let tables: [Table]
    package let acts: [Act]
  }

  package struct Table: Sendable {
    package let name: StaticString
    package let title: Phrase
    package let columns: [Column]
    package let rows: [[Cell]]
  }

  package struct Column: Sendable {
    package let name: StaticString
    package let title: Phrase
  }

  /// What somebody did in a role.
  package struct Act: Sendable {
    package let name: StaticString
    package let title: Phrase
    package let count: Int64
    package let first: Timestamp?
    package let last: Timestamp?
  }

  package enum Cell: Sendable, Equatable {
    /// Nothing was said, or it cannot be opened any more.
    case empty
    case text(String)
    case number(Int64)
    case yesNo(Bool)
    case moment(Timestamp)
    case money(Money)
    /// A word for programs with what people read.
    case choice(String, Phrase)
    /// Bytes of something that is shown elsewhere.
    case size(Int64)
  }

  /// How many rows it has in all.
  package var rowCount: Int { parts.reduce(0) { $0 + $1.tables.reduce(0) { $0 + $1.rows.count } } }
}
