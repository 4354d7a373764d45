package import Database

/// The tables of Activities, newest step last.
package let activitiesMigrations: [Migration] = [activityMigration, quizMigration]
