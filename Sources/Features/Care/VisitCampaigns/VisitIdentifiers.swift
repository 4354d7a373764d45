package import Kernel

/// A campaign of door visits: the same few words and questions at many doors.
package enum VisitCampaignKind {}
package typealias VisitCampaignID = Identifier<VisitCampaignKind>

/// One household on the list of a campaign.
package enum VisitDoorKind {}
package typealias VisitDoorID = Identifier<VisitDoorKind>

/// What came of one attempt at one door.
package enum VisitOutcomeKind {}
package typealias VisitOutcomeID = Identifier<VisitOutcomeKind>
