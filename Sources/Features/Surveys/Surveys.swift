package import Database
package import Kernel
package import Messages
package import People
package import Security
package import Web

/// The front door of Surveys: questionnaires from the first draft to their answers, interviews, and what they add up to.
///
/// Answers are told to nobody: what leaves the feature are tables that went through the k-gate.
package struct Surveys: Sendable {
  let staff: SurveyStaff
  let messenger: Messenger
  private let gifts: SurveyGifts

  /// - Parameters:
  ///   - directory: what may be asked about people.
  ///   - vault: answers are sealed under the community's key for them.
  ///   - keys: addresses and codes are derived from them and never stored.
  ///   - gifts: where answers go that become gifts on the map of what the neighbourhood has.
  package init(
    database: Database, directory: Directory, vault: Vault, keys: DerivedKeys, messenger: Messenger,
    gifts: GiftProposals = .none
  ) {
    staff = SurveyStaff(
      database: database, directory: directory, vault: vault,
      keys: CollectorKeys(link: keys.messageKey(.surveyLink), letter: keys.messageKey(.surveyLetter)))
    self.messenger = messenger
    self.gifts = SurveyGifts(proposals: gifts)
  }

  private var fieldWork: FieldWork { FieldWork(staff: staff, texts: .answers(staff)) }

  /// Locks what was asked to be locked, in the background.
  package var lockWork: LockWork { LockWork(database: staff.database, vault: staff.vault) }

  /// The published tables of questionnaires.
  package var evidence: SurveyEvidence { SurveyEvidence() }

  /// How many questionnaires there were, for counts over time.
  package var figures: SurveyFigures { SurveyFigures() }

  /// The published tables of interviews and observation.
  package var interviewEvidence: InterviewEvidence { InterviewEvidence() }

  /// What people said in interviews and may be quoted with.
  package var quotes: QuoteSource { QuoteSource(directory: staff.directory, vault: staff.vault) }

  /// Where it is entered from the pages of the site.
  package static let navigation: [NavigationItem] =
    [
      NavigationItem(AnswerPages.base, Phrase("填问卷", "Have your say"), roles: nil),
      NavigationItem(
        QuestionnairePages.base, Phrase("问卷", "Questionnaires"), roles: SurveyStaff.roles),
    ] + FieldWork.navigation

  /// All its doors.
  package func register(on routes: inout Routes) {
    QuestionnaireDoors(staff: staff).register(on: &routes)
    BuilderDoors(staff: staff).register(on: &routes)
    CollectorDoors(staff: staff).register(on: &routes)
    InterviewDoors(staff: staff).register(on: &routes)
    AnswerDoors(staff: staff, gifts: gifts).register(on: &routes)
    AnalysisDoors(staff: staff).register(on: &routes)
    LockDoors(staff: staff).register(on: &routes)
    PublicationDoors(staff: staff).register(on: &routes)
    ExportDoors(staff: staff).register(on: &routes)
    PaperWork(staff: staff).register(on: &routes)
    fieldWork.register(on: &routes)
  }

  /// What it does later.
  package var jobs: [JobHandler] { FieldWork.jobs }

  /// Everything that it tells people of.
  package static let messageKinds: [MessageKind] = []

  /// Every way in which what is stored contradicts its rules.
  package func breaches(_ snapshot: Snapshot) throws -> [Breach] {
    try snapshot.breaches(
      of: SurveyInvariants.invariants + AnalysisInvariants.invariants + PaperWork.invariants
        + FieldWork.invariants)
  }

  /// What it keeps about persons.
  package var personRecords: PersonRecords {
    PersonRecords(
      Phrase("问卷和访谈", "Questionnaires and interviews"),
      tables: CollectionPersonRows.tables + AnalysisPersonRows.tables + PaperPersonRows.tables
        + InterviewPersonRows.tables,
      acts: CollectionPersonRows.acts + AnalysisPersonRows.acts + PaperPersonRows.acts
        + InterviewPersonRows.acts,
      impersonal: CollectionPersonRows.impersonal + AnalysisPersonRows.impersonal + PaperPersonRows.impersonal
        + InterviewPersonRows.impersonal)
  }

  /// How long it keeps what, for the page that tells everyone.
  package static let retentionRules: [RetentionRule] =
    [
      RetentionRule(
        Phrase("问卷的回答", "Answers to questionnaires"),
        term: Phrase(
          "不记名的一直留着，谁也对不上；记名的注销当天删掉",
          "Without names they stay, and nobody can be made out; with names until the day you are deleted"),
        reason: Phrase("统计和复核报告", "To count them and to check reports")),
      RetentionRule(
        Phrase("谁填过问卷", "Who has answered a questionnaire"),
        term: Phrase("您是邻居的时候一直留着，不记时间、不记答案", "As long as you are a neighbour, without time and answers"),
        reason: Phrase("一人一份", "One answer each")),
    ] + PaperWork.retentionRules + FieldWork.retentionRules
}
