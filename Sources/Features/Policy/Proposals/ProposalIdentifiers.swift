package import Kernel

/// Something that residents want done, from the first word to what came of it.
package enum ProposalKind {}
package typealias ProposalID = Identifier<ProposalKind>

/// What somebody said of a proposal.
enum ContributionKind {}
typealias ContributionID = Identifier<ContributionKind>

/// A sealed ballot. Its number is drawn by lot, not by time, and names nothing but its place in the box.
enum BallotKind {}
typealias BallotID = Identifier<BallotKind>

/// One step of what is done about a proposal.
package enum ResultActionKind {}
package typealias ResultActionID = Identifier<ResultActionKind>

/// A residents' meeting, as the feature that keeps meetings calls it.
package enum ProposalMeetingKind {}
package typealias ProposalMeetingID = Identifier<ProposalMeetingKind>
