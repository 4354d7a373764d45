package import Kernel

/// Social work with one person, from the first word to the last look back.
package enum CaseKind {}
package typealias CaseID = Identifier<CaseKind>

/// Words about somebody, kept sealed.
package enum CareTextKind {}
package typealias CareTextID = Identifier<CareTextKind>

/// What a worker found of a person's strengths, needs and surroundings.
package enum AssessmentKind {}
package typealias AssessmentID = Identifier<AssessmentKind>

/// One version of what client and worker mean to do.
package enum CarePlanKind {}
package typealias CarePlanID = Identifier<CarePlanKind>

/// One thing that was done with or for a client.
package enum InterventionKind {}
package typealias InterventionID = Identifier<InterventionKind>

package enum CaseNoteKind {}
package typealias CaseNoteID = Identifier<CaseNoteKind>

/// How a case is to end: looked back on, and waiting for the supervisor's word.
package enum CaseClosingKind {}
package typealias CaseClosingID = Identifier<CaseClosingKind>

/// A client's matter handed to somebody else, with what they agreed to tell.
package enum ReferralKind {}
package typealias ReferralID = Identifier<ReferralKind>

/// One opening of a case by somebody who has no part in it.
package enum BrokenGlassKind {}
package typealias BrokenGlassID = Identifier<BrokenGlassKind>

/// Something to be done in a case by a day.
package enum CaseTaskKind {}
package typealias CaseTaskID = Identifier<CaseTaskKind>
