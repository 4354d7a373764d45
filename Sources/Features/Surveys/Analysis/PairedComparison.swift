import Kernel
import Statistics

/// Two questions of one form that ask the same before and after: what changed in the same people.
struct PairedComparison: Sendable, Equatable {
  let before: Phrase
  let after: Phrase
  /// Who answered both: everybody else is left out.
  let pairs: Int
  let content: Content

  enum Content: Sendable, Equatable {
    /// Two choices: yes stands for the first of them.
    case yesNo(McNemarTest, stayed: Int)
    /// Points of a scale or numbers, with how many went up, stayed and went down.
    case ordered(WilcoxonSignedRankTest)
  }

  /// - Returns: nil for questions that cannot be compared: of different kinds or with different choices.
  init?(_ data: SurveyData, before: Int, after: Int) {
    guard before != after, let first = data.columns[before], let second = data.columns[after] else {
      return nil
    }
    let rows = (0..<data.count).filter { first.isAnswered($0) && second.isAnswered($0) }
    self.before = data.items[before].title
    self.after = data.items[after].title
    pairs = rows.count
    switch (first.values, second.values) {
    case (.single(let old), .single(let new)):
      let options = data.items[before].options
      guard options.map(\.name) == data.items[after].options.map(\.name) else { return nil }
      if options.count == 2 {
        let gained = rows.count { old[$0] == 1 && new[$0] == 0 }
        let lost = rows.count { old[$0] == 0 && new[$0] == 1 }
        content = .yesNo(McNemarTest(gained: gained, lost: lost), stayed: rows.count - gained - lost)
      } else {
        // Only points of a scale have an order; other choices have none.
        guard data.items[before].isRating, data.items[after].isRating else { return nil }
        content = .ordered(
          WilcoxonSignedRankTest(differences: rows.map { Double(new[$0]) - Double(old[$0]) }))
      }
    case (.number(let old), .number(let new)):
      content = .ordered(WilcoxonSignedRankTest(differences: rows.map { new[$0] - old[$0] }))
    default: return nil
    }
  }

  var pValue: Double {
    switch content {
    case .yesNo(let test, _): test.pValue
    case .ordered(let test): test.pValue
    }
  }

  /// How many moved one way, stayed, and moved the other way.
  var movements: [Int] {
    switch content {
    case .yesNo(let test, let stayed): [test.gained, stayed, test.lost]
    case .ordered(let test): [test.up, test.same, test.down]
    }
  }
}
