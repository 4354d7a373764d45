package import Database

/// The tables of Surveys, newest step last.
package let surveysMigrations: [Migration] = [
  questionnaireMigration, collectionMigration, interviewMigration, analysisMigration, paperMigration,
]
