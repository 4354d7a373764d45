package import Database

/// The tables of Policy, newest step last.
package let policyMigrations: [Migration] = [
  policyLibraryMigration, eligibilityMigration, proposalMigration, reportMigration,
]
