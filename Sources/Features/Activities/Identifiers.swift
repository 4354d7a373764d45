package import Kernel

/// One talk, salon, free clinic, market day, door talk, residents’ meeting or prize quiz.
package enum ActivityKind {}
package typealias ActivityID = Identifier<ActivityKind>

/// One place in an activity, or one person who came without having asked for one.
package enum SignUpKind {}
package typealias SignUpID = Identifier<SignUpKind>

enum ActivityPhotoKind {}
typealias ActivityPhotoID = Identifier<ActivityPhotoKind>

/// One version of the minutes of an activity.
enum MinutesKind {}
typealias MinutesID = Identifier<MinutesKind>
