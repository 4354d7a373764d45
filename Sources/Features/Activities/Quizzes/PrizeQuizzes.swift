package import Database
package import Interop
package import Kernel
package import Messages
package import People
package import Security
package import Web

/// Prize quizzes (有奖问答): a question bank, quizzes that are drawn by a seed committed to before the first answer, and the
/// record of who got what. Source: issue 6; field/socialwork.md §2.3.
package struct PrizeQuizzes: Sendable {
  let database: Database
  let directory: Directory
  let vault: Vault
  let sheets: SheetReader
  package let desk: QuizDesk
  package let entries: QuizEntryDesk
  package let drawing: DrawQuiz
  package let awards: QuizAwardDesk

  /// - Parameters:
  ///   - seedKey: the seeds of draws are made with it: of this use alone, and the same in all programs on one database.
  ///   - sheets: reads tables of questions.
  package init(
    database: Database, directory: Directory, vault: Vault, messenger: Messenger, seedKey: MessageKey,
    sheets: SheetReader
  ) {
    self.database = database
    self.directory = directory
    self.vault = vault
    self.sheets = sheets
    desk = QuizDesk(seedKey: seedKey)
    entries = QuizEntryDesk(directory: directory, messenger: messenger)
    drawing = DrawQuiz(
      seedKey: seedKey, notices: QuizNotices(directory: directory, messenger: messenger))
    awards = QuizAwardDesk(directory: directory, messenger: messenger)
  }

  /// Where quizzes are entered from the pages of the site.
  package static let navigation: [NavigationItem] = [
    NavigationItem("/quizzes", Phrase("有奖问答", "Prize quizzes")),
    NavigationItem("/quiz-desk", Phrase("办问答", "Run quizzes"), roles: QuizStaff.roles),
  ]

  /// All their doors.
  package func register(on routes: inout Routes) {
    addResidentPages(&routes)
    addQuestions(&routes)
    addQuestionImport(&routes)
    addDesk(&routes)
    addEntering(&routes)
    addAwards(&routes)
  }

  /// What is done later.
  package var jobs: [JobHandler] { [drawing.handler, ForgetQuiz.handler] }

  /// Everything that people are told of quizzes.
  package static let messageKinds = QuizNotices.kinds

  /// How long what is kept.
  package static let retentionRules = [ForgetQuiz.rule]

  /// Every way in which quizzes contradict their rules.
  package static func breaches(_ snapshot: Snapshot) throws -> [Breach] {
    try QuizInvariants.breaches(snapshot)
  }
}

/// Who runs quizzes: the station.
enum QuizStaff {
  static let roles: Set<Role> = [.socialWorker, .supervisor]
  static let access = Access.Personal.roles(roles)
  /// Somebody keys a whole pile of sheets after an activity.
  static let writes = [RateLimit("activities.quiz_write", 300, per: .minutes(10))]
}
