package import Kernel

/// A questionnaire through all its versions.
package enum QuestionnaireKind {}
package typealias QuestionnaireID = Identifier<QuestionnaireKind>

/// One way by which a questionnaire reaches people: a link, a poster, a batch of paper, a social worker at the door.
package enum CollectorKind {}
package typealias CollectorID = Identifier<CollectorKind>

/// One filled-in questionnaire. Drawn at random and not by time, so that it does not tell when it was given.
enum ResponseKind {}
typealias ResponseID = Identifier<ResponseKind>

/// One invitation by a code on paper.
enum InvitationKind {}
typealias InvitationID = Identifier<InvitationKind>
