package import Database
package import Kernel
import People

/// That somebody won one piece of a prize.
package struct QuizWinner: Sendable, Equatable {
  package let award: QuizAward
  /// Nil for those who were deleted or forgotten.
  package let person: PersonID?
}

extension PrizeQuizzes {
  /// Who won in a quiz, in the order of the draw; empty before it.
  package func winners(
    of quiz: QuizID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [QuizWinner] {
    let awards = try QuizAwardStore.all(of: quiz, in: community, snapshot)
    let persons = try QuizEntryStore.persons(
      behind: awards.map(\.number), of: quiz, in: community, snapshot)
    return awards.map { QuizWinner(award: $0, person: persons[$0.number]) }
  }
}
