package import Database

/// The tables of Resources, newest step last.
package let resourcesMigrations: [Migration] = [
  organisationMigration, placeMigration, assetMigration, postingMigration, bookingMigration, tieMigration,
  dashboardMigration, alertMigration, vanTripMigration,
]
