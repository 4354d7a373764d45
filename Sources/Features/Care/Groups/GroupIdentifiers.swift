package import Kernel

/// Social work with several people at once, from the first idea to the report that ends it.
package enum CareGroupKind {}
package typealias CareGroupID = Identifier<CareGroupKind>

/// One person's way into a group and out of it. Whoever comes again has another.
package enum GroupMemberKind {}
package typealias GroupMemberID = Identifier<GroupMemberKind>

/// One meeting of a group.
package enum GroupSessionKind {}
package typealias GroupSessionID = Identifier<GroupSessionKind>

/// Words added to the record of a meeting that can be mended no more.
package enum GroupAddendumKind {}
package typealias GroupAddendumID = Identifier<GroupAddendumKind>

/// What the practice shop said of one member at one meeting.
package enum GroupPracticeKind {}
package typealias GroupPracticeID = Identifier<GroupPracticeKind>

package enum GroupScoreKind {}
package typealias GroupScoreID = Identifier<GroupScoreKind>

/// What a group came to: it waits for the supervisor's word, and ends the group with it.
package enum GroupReportKind {}
package typealias GroupReportID = Identifier<GroupReportKind>
