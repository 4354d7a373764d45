package import Database
package import Kernel

/// The front door of the Ledger: what came in, what went out, and who has which part of it.
package struct Ledger: Sendable {
  let database: Database

  package init(database: Database) {
    self.database = database
  }

  /// What the Ledger does later.
  package var jobs: [JobHandler] { [MatureCampaign.handler] }

  /// Every way in which the books contradict their rules.
  package func breaches(_ snapshot: Snapshot) throws -> [Breach] {
    try snapshot.breaches(of: LedgerInvariants.invariants)
  }
}
