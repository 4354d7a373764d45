package import Database

/// The front door of the Ledger: what came in, what went out, and who has which part of it.
package struct Ledger: Sendable {
  let database: Database

  package init(database: Database) {
    self.database = database
  }
}
