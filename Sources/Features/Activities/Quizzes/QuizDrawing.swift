import Kernel
package import Security

/// The rule by which a quiz is drawn: a pure function of the seed and of how many take part, so that anyone can replay it.
package enum QuizDrawing {
  /// The seed of one quiz. It is made anew from the key whenever it is needed and stands nowhere before the draw.
  ///
  /// - Parameter key: of quiz seeds and of nothing else, the same in all programs on one database.
  package static func seed(of quiz: QuizID, key: MessageKey) -> CommittedDraw.Seed {
    .derived(from: key, for: [Array("quiz draw".utf8), Array(quiz.description.utf8)])
  }

  /// The entry numbers in the order in which they win: by SHA-256 of the UTF-8 text `seed|number`, the number in decimal
  /// digits, from the smallest.
  ///
  /// - Parameter numbers: how many there are; not negative.
  package static func order(seed: String, numbers: Int64) -> [Int64] {
    numbers > 0 ? CommittedDraw.order(1...numbers, seed: seed) { String($0) } : []
  }

  /// The same as a line for the terminal of any machine that prints the winners in their order.
  package static func command(seed: String, numbers: Int64) -> String {
    "for n in $(seq \(numbers)); do printf '%s' \"\(seed)|$n\" | sha256sum | sed \"s/-/$n/\"; done | sort"
  }
}
