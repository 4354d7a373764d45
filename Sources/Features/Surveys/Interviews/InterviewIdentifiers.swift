package import Kernel

/// One body of material: interviews, observation and meetings about one question.
package enum StudyKind {}
package typealias StudyID = Identifier<StudyKind>

/// What was noted of one interview, observation or meeting.
package enum FieldRecordKind {}
package typealias FieldRecordID = Identifier<FieldRecordKind>

/// One sealed text of a record: its notes, or an addendum.
enum FieldTextKind {}
typealias FieldTextID = Identifier<FieldTextKind>

/// One code of a code book, whatever it is called at the time.
package enum ThemeCodeKind {}
package typealias ThemeCodeID = Identifier<ThemeCodeKind>

/// One body of passages that two coders code.
package enum CodingKind {}
package typealias CodingID = Identifier<CodingKind>

/// One published table of themes.
package enum ThemeTableKind {}
package typealias ThemeTableID = Identifier<ThemeTableKind>

/// One passage in words that give nobody away.
package enum QuoteKind {}
package typealias QuoteID = Identifier<QuoteKind>
