package import Database
package import Interop
package import Kernel
package import Messages
package import People
package import Security
package import Web

/// The front door of Activities: talks, salons, door talks, residents’ meetings and prize quizzes.
///
/// What an activity is about it does not know: a subject is a kind and a number that others name through a port.
package struct Activities: Sendable {
  /// Activities with their sign-ups, minutes, photos and calendars.
  package let programme: ActivityProgramme
  /// Prize quizzes from the bank of questions to the prizes handed over.
  package let quizzes: PrizeQuizzes

  /// - Parameters:
  ///   - directory: what may be asked about people, consent to photos among it.
  ///   - vault: names and photos are sealed under the community's keys.
  ///   - keys: the codes at the door are derived from them.
  ///   - messenger: through which people are told of changes.
  ///   - subjects: what an activity may be about.
  package init(
    database: Database, directory: Directory, vault: Vault, keys: DerivedKeys, messenger: Messenger,
    pictures: PictureReencoder, subjects: ActivitySubjects = .none
  ) {
    programme = ActivityProgramme(
      database: database, directory: directory, vault: vault, messenger: messenger, subjects: subjects,
      checkInKey: keys.messageKey(.activityCode), pictures: pictures)
    quizzes = PrizeQuizzes(
      database: database, directory: directory, vault: vault, messenger: messenger,
      seedKey: keys.messageKey(.quizSeed), sheets: SheetReader())
  }

  /// Where it is entered from the pages of the site.
  package static let navigation: [NavigationItem] =
    ActivityProgramme.navigation + PrizeQuizzes.navigation

  /// All its doors.
  package func register(on routes: inout Routes) {
    programme.register(on: &routes)
    quizzes.register(on: &routes)
  }

  /// What it does later.
  package var jobs: [JobHandler] { programme.jobs + quizzes.jobs }

  /// Everything that it tells people of.
  package static let messageKinds: [MessageKind] =
    ActivityProgramme.messageKinds + PrizeQuizzes.messageKinds

  /// Every way in which what is stored contradicts its rules.
  package func breaches(_ snapshot: Snapshot) throws -> [Breach] {
    try snapshot.breaches(of: ActivityProgramme.invariants) + PrizeQuizzes.breaches(snapshot)
  }

  /// What it keeps about persons.
  package var personRecords: PersonRecords {
    PersonRecords(
      Phrase("活动", "Activities"), tables: ActivityPersonRows.tables + QuizPersonRows.tables,
      acts: ActivityPersonRows.acts + QuizPersonRows.acts,
      impersonal: ActivityPersonRows.impersonal + QuizPersonRows.impersonal,
      erase: { [programme] in try programme.forget($0, in: $1) })
  }

  /// How long it keeps what, for the page that tells everyone.
  package static let retentionRules: [RetentionRule] =
    ActivityProgramme.retentionRules + PrizeQuizzes.retentionRules
}
