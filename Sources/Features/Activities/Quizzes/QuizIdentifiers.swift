package import Kernel

/// One question of the bank, whatever its version.
package enum QuizQuestionKind {}
package typealias QuizQuestionID = Identifier<QuizQuestionKind>

/// One prize quiz, from its draft to the last prize.
package enum QuizKind {}
package typealias QuizID = Identifier<QuizKind>

/// What one person answered in a quiz.
package enum QuizEntryKind {}
package typealias QuizEntryID = Identifier<QuizEntryKind>

/// That one entry number was drawn for one prize.
package enum QuizAwardKind {}
package typealias QuizAwardID = Identifier<QuizAwardKind>
