import Kernel
import Web

/// What the doors of People show of notices and consents.
///
/// That somebody has a case is itself confidential. So a confidential notice does not exist for the desk, whoever sits
/// there, nor on a tablet that several people share: those who help somebody see it by the doors of Care.
enum ConsentSight: Sendable {
  /// The subject in a session of their own.
  case whole
  /// Everybody else, and the subject at a shared tablet.
  case withoutConfidential

  init(_ session: Session, isOwn: Bool) {
    self = isOwn && !session.isCardSession ? .whole : .withoutConfidential
  }

  func shows(_ terms: ConsentTerms) -> Bool { self == .whole || !terms.isConfidential }

  /// - Parameter isAnswered: whether the subject answered it before, in whatever way: until then a confidential notice is
  ///   not there for them either.
  func shows(_ notice: NoticeContent, isAnswered: Bool) -> Bool {
    !notice.isConfidential || self == .whole && isAnswered
  }
}
