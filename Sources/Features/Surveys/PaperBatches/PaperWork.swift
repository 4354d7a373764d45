import Database
import Kernel
import People
import Web

/// Questionnaires on paper as the front door of Surveys takes them in.
struct PaperWork: Sendable {
  let staff: SurveyStaff

  /// All its doors.
  func register(on routes: inout Routes) {
    PaperBatchDoors(staff: staff).register(on: &routes)
    KeyingDoors(staff: staff).register(on: &routes)
  }

  static let invariants: [Invariant] = PaperInvariants.invariants

  /// How long what was keyed in is kept.
  static let retentionRules: [RetentionRule] = [
    RetentionRule(
      Phrase("从纸质问卷录入、还没存好的内容", "What was keyed in of paper and is not stored yet"),
      term: Phrase(
        "存好的当时就删；没录完的，封存答案时删", "Until the answer is stored, and no longer than until the answers are locked"),
      reason: Phrase("两位同事各录一遍，好对出录错的地方", "Two colleagues key it in, so that mistakes are found"))
  ]
}
