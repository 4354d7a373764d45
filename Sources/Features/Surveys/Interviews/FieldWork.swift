import Database
import Kernel
import People
import Web

/// Interviews, observation and what is made of them, as the front door of Surveys sees it.
struct FieldWork: Sendable {
  let staff: SurveyStaff
  /// Open answers of locked questionnaires, which can be coded like passages.
  let texts: SurveyTexts

  static let navigation = [
    NavigationItem(StudyPages.base, Phrase("访谈与观察", "Interviews"), roles: SurveyStaff.roles)
  ]

  static let jobs = [ForgetNotes.handler]
  static let invariants = InterviewInvariants.invariants
  static let retentionRules = ForgetNotes.retentionRules

  /// All its doors.
  func register(on routes: inout Routes) {
    StudyDoors(staff: staff).register(on: &routes)
    FieldRecordDoors(staff: staff).register(on: &routes)
    CodeBookDoors(staff: staff).register(on: &routes)
    CodingDoors(staff: staff, texts: texts).register(on: &routes)
    ThemeDoors(staff: staff).register(on: &routes)
    QuoteDoors(staff: staff).register(on: &routes)
  }
}
