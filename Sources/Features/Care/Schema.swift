package import Database

/// The tables of Care, newest step last.
package let careMigrations: [Migration] = [
  caseworkMigration, groupMigration, visitMigration, careRightsMigration,
]
