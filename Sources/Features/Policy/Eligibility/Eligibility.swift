import Database
import Kernel
import Messages
import People
import Security
import Web

/// Who may be eligible for a policy: rules that staff write and publish, checks that people make for themselves, hints on pages
/// of other features, and the questions that they then ask a worker.
struct Eligibility: Sendable {
  let rules: RuleDoors
  let checks: CheckDoors
  let questions: PolicyQuestions
  let shelf: PolicyShelf

  init(
    database: Database, directory: Directory, vault: Vault, messenger: Messenger, shelf: PolicyShelf
  ) {
    self.shelf = shelf
    questions = PolicyQuestions(
      database: database, directory: directory, vault: vault, messenger: messenger, shelf: shelf)
    rules = RuleDoors(database: database, directory: directory, shelf: shelf)
    checks = CheckDoors(database: database, vault: vault, shelf: shelf, questions: questions.desk)
  }

  static let navigation = PolicyQuestions.navigation
  static let messageKinds = PolicyQuestionNotices.kinds
  static let retentionRules = PolicyQuestions.retentionRules

  var jobs: [JobHandler] { questions.jobs }
  /// What other features may know.
  var hints: PolicyHints { PolicyHints(shelf: shelf) }

  func register(on routes: inout Routes) {
    checks.register(on: &routes)
    rules.register(on: &routes)
    questions.register(on: &routes)
  }

  static func breaches(_ snapshot: Snapshot) throws -> [Breach] {
    try EligibilityInvariants.breaches(snapshot) + PolicyQuestionInvariants.breaches(snapshot)
  }
}
