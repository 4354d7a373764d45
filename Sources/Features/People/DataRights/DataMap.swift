package import Database
package import Kernel
package import Security

/// Whose data is meant, and where.
package struct DataSubject: Sendable, Hashable {
  package let person: PersonID
  /// Nil for who belongs to none; what is kept of a household is a copy for everyone who belongs to it.
  package let household: HouseholdID?
  package let community: CommunityID

  package init(person: PersonID, household: HouseholdID?, community: CommunityID) {
    self.person = person
    self.household = household
    self.community = community
  }
}

/// All that one feature keeps about persons, table by table.
///
/// It is the one place from which the copy for the person, the deletion of the person and the guide to what is kept are
/// made. A test asks that every table of the program stands in one of these lists, so that a table that is new cannot be
/// forgotten. Source: PIPL art. 45 to 47 and 51; field/reliability.md row 23.
package struct PersonRecords: Sendable {
  /// What people call this part of their data, such as orders and deliveries.
  package let name: Phrase
  /// Whether even that there is something is told to the person alone, and to those who keep it: it stands in no copy that
  /// the people desk makes.
  package let isConfidential: Bool
  package let tables: [PersonTable]
  /// What a person did in a role, such as packing or signing: told as numbers, for what it was done to belongs to others.
  package let acts: [PersonActs]
  /// Tables that keep nothing of a single person.
  package let impersonal: [ImpersonalTable]
  /// What has to be settled before the person can be deleted, in sentences for the person, such as money that is owed.
  package let obstacles: @Sendable (DataSubject, Snapshot) throws -> [Phrase]
  /// What deletion means beyond `tables`; runs before them and in the same transaction.
  package let erase: @Sendable (DataSubject, Transaction) throws -> Void
  /// What deletion means outside the database. It runs once the transaction is stored and again until it succeeds, so it
  /// must bear being run twice.
  package let finish: @Sendable (DataSubject) async throws -> Void

  package init(
    _ name: Phrase, isConfidential: Bool = false, tables: [PersonTable], acts: [PersonActs] = [],
    impersonal: [ImpersonalTable] = [],
    obstacles: @escaping @Sendable (DataSubject, Snapshot) throws -> [Phrase] = { _, _ in [] },
    erase: @escaping @Sendable (DataSubject, Transaction) throws -> Void = { _, _ in },
    finish: @escaping @Sendable (DataSubject) async throws -> Void = { _ in }
  ) {
    self.name = name
    self.isConfidential = isConfidential
    self.tables = tables
    self.acts = acts
    self.impersonal = impersonal
    self.obstacles = obstacles
    self.erase = erase
    self.finish = finish
  }
}

/// What one table keeps about a person.
package struct PersonTable: Sendable {
  package let table: StaticString
  package let title: Phrase
  /// The condition under which a row of the table is about this person; `community_id` is asked for beside it.
  package let isAbout: @Sendable (DataSubject) -> Query
  /// What the copy shows of a row, in this order. Nothing of other persons.
  package let columns: [PersonColumn]
  package let ending: PersonDataEnding

  package init(
    _ table: StaticString, _ title: Phrase, ending: PersonDataEnding, columns: [PersonColumn],
    isAbout: @escaping @Sendable (DataSubject) -> Query
  ) {
    self.table = table
    self.title = title
    self.isAbout = isAbout
    self.columns = columns
    self.ending = ending
  }
}

/// What becomes of a table's rows when the person is deleted.
package enum PersonDataEnding: Sendable {
  /// The rows go.
  case deleted
  /// The rows stay with what tells of the person overwritten: the assignments after `SET`.
  case cleared(Query)
  /// The rows stay as they are, which needs a reason.
  case kept(Phrase)
  /// The rows stay as they are for three years and are then cleared. Source: E-Commerce Law art. 31, which asks for records
  /// of transactions for three years at least.
  case clearedLater(Query)
  /// The rows stay as they are for three years and then go.
  case deletedLater
}

/// One thing that the copy shows of a row.
package struct PersonColumn: Sendable {
  /// Its stable name in the copy for machines, such as `placed_at`.
  package let name: StaticString
  package let title: Phrase
  /// What is selected: mostly the column itself.
  package let expression: Query
  package let form: Form

  package enum Form: Sendable {
    case text
    case number
    case yesNo
    /// Microseconds since 1970, as every moment is stored.
    case moment
    /// Fen.
    case money
    /// A word for the program that reads better in the person's language.
    case choice([String: Phrase])
    /// Encrypted under a key of the community, at the address of this table and column with the row named by `row`; `shown`
    /// makes of what was stored what people read.
    case sealed(DataClass, row: StaticString, shown: @Sendable (String) -> String = { $0 })
    /// The sealed thing is too long or too little a text to be copied here, such as a photo: its size in bytes is shown.
    case size
  }

  package init(_ name: StaticString, _ title: Phrase, _ form: Form = .text) {
    self.init(name, title, Query(stringLiteral: name), form)
  }

  /// - Parameter expression: what to select where that is more than the column, such as the title of a product.
  package init(_ name: StaticString, _ title: Phrase, _ expression: Query, _ form: Form = .text) {
    self.name = name
    self.title = title
    self.expression = expression
    self.form = form
  }
}

/// What a person did to a table's rows in a role.
package struct PersonActs: Sendable {
  package let table: StaticString
  package let title: Phrase
  /// The column that names who did it.
  package let by: StaticString
  /// The column with the moment; nil where none is kept.
  package let at: StaticString?

  package init(_ table: StaticString, _ title: Phrase, by: StaticString, at: StaticString? = nil) {
    self.table = table
    self.title = title
    self.by = by
    self.at = at
  }
}

/// A table that keeps nothing of a single person, with the reason.
package struct ImpersonalTable: Sendable {
  package let table: StaticString
  package let why: Phrase

  package init(_ table: StaticString, _ why: Phrase) {
    self.table = table
    self.why = why
  }
}
