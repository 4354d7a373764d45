import Database
package import Kernel

/// Words that a worker or supervisor writes down in a case. The author may mend them for three days; then the note is
/// locked, and whatever was wrong is said in an addendum.
package struct CaseNote: Sendable, Equatable {
  package let id: CaseNoteID
  package let caseID: CaseID
  package let kind: Kind
  package let sensitivity: Sensitivity
  /// The supervisor who may read a confidential note.
  package let reader: PersonID?
  package let author: PersonID
  package let writtenAt: Timestamp
  package let locksAt: Timestamp
  /// The note that this one corrects.
  package let addsTo: CaseNoteID?
  /// How it was mended, oldest first; the last one counts.
  package let versions: [Version]

  package struct Version: Sendable, Equatable {
    package let text: CareTextID
    package let writtenAt: Timestamp
  }

  package enum Kind: String, Sendable, CaseIterable, Storable {
    case general
    case assessment
    case progress
    case supervision

    package var name: Phrase {
      switch self {
      case .general: Phrase("一般", "General")
      case .assessment: Phrase("预估", "Assessment")
      case .progress: Phrase("过程", "Progress")
      case .supervision: Phrase("督导", "Supervision")
      }
    }
  }

  /// For how long the author may mend a note.
  package static let mendingTime: Duration = .days(3)

  package func isLocked(at moment: Timestamp) -> Bool { moment >= locksAt }

  /// Why this note may not be mended by this person now, or nil.
  package func refusalToMend(by person: PersonID, at moment: Timestamp) -> Problem? {
    if person != author { return .noteOfAnother }
    return isLocked(at: moment) ? .noteLocked : nil
  }
}

extension Problem {
  static let noteLocked = Problem(
    "note.locked", status: 409,
    Phrase("这条记录已经锁定，不能再改。", "This note is locked and cannot be changed any more."),
    advice: Phrase("请写一条补充。", "Please write an addendum."))

  static let noteOfAnother = Problem(
    "note.of_another", status: 403,
    Phrase("只有写的人能改自己的记录。", "Only its author may mend a note."),
    advice: Phrase("请写一条补充。", "Please write an addendum."))
}
