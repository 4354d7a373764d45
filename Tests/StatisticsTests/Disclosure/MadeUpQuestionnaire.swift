import TestKit

@testable import Statistics

/// A questionnaire as the station makes them, answered at random: satisfaction, yes and no, a choice of
/// seven, options, and a question that is asked of those alone who said yes; by age, building, gender and
/// household.
struct MadeUpQuestionnaire {
  let dataset: DisclosureDataset
  private var random: SeededGenerator

  init(people: Int, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    func column(_ weights: [Int]) -> DisclosureDataset.Column {
      let bag = weights.enumerated().flatMap { [UInt8](repeating: UInt8($0), count: $1) }
      return .init(
        (0..<people).map { _ in bag.randomElement(using: &random) ?? 0 }, categories: weights.count)
    }
    let breakdowns = [
      column([12, 22, 30, 25, 9, 2]), column([20, 18, 15, 14, 12, 9, 8, 4]), column([52, 46, 2]),
      column([25, 35, 25, 12, 3]),
    ]
    let kinds = [[30, 34, 20, 10, 4, 2], [60, 36, 4], [40, 25, 15, 10, 5, 3, 2], [35, 65]]
    var questions = (0..<12).map { column(kinds[$0 % kinds.count]) }
    let asked = column([45, 30, 20, 5])
    questions.append(.init(zip(questions[1].values, asked.values).map { $0 == 0 ? $1 : 4 }, categories: 5))
    var rules: [[DisclosureDataset.Answer]] = []
    for first in 0..<3 {
      for second in 0..<5 where (first == 0) == (second == 4) {
        rules.append([.init(question: 1, category: first), .init(question: 12, category: second)])
      }
    }
    dataset = try DisclosureDataset(breakdowns: breakdowns, questions: questions, impossible: rules)
    self.random = random
  }

  /// A table that somebody could want: most of one question by one breakdown, some of two, crossed, or
  /// filtered.
  mutating func cut() -> Cut {
    let question = dataset.questions.indices.randomElement(using: &random) ?? 0
    let other = dataset.questions.indices.randomElement(using: &random) ?? 0
    let breakdown = Array(dataset.breakdowns.indices.shuffled(using: &random))
    switch Int.random(in: 0..<10, using: &random) {
    case 0...1: return Cut(questions: [question])
    case 2...6: return Cut(questions: [question], breakdown: [breakdown[0]])
    case 7: return Cut(questions: [question], breakdown: Array(breakdown.prefix(2)))
    case 8: return Cut(questions: [question, other])
    default:
      let categories = dataset.breakdowns[breakdown[1]].categories
      let some = (0..<categories).shuffled(using: &random).prefix(.random(in: 1..<categories, using: &random))
      return Cut(
        questions: [question], breakdown: [breakdown[0]], filters: [.init(breakdown[1], among: some)])
    }
  }
}
