import TestKit

@testable import Statistics

/// What decides on a release: the gate, or one with a fault.
typealias Gate = (Cut, DisclosureDataset, [ReleasedCut], _ k: Int) throws(DisclosureRefusal) -> ReleasedCut

/// A made-up survey and what was published of it, cut after cut, with the filters that an attacker would ask
/// for.
struct RandomReleases {
  enum Size {
    /// So that all possible tables can be counted up.
    case tiny
    case small
    case large
  }

  let dataset: DisclosureDataset
  private(set) var ledger: [ReleasedCut] = []
  private(set) var refusals: [DisclosureRefusal] = []

  init(of dataset: DisclosureDataset, _ ledger: [ReleasedCut]) {
    self.dataset = dataset
    self.ledger = ledger
  }

  /// As many that something was published of.
  static func many(_ number: Int, _ size: Size, through gate: Gate = DisclosureGate.release) throws -> [Self]
  {
    var all: [Self] = []
    var seed: UInt64 = 0
    while all.count < number {
      let one = try Self(seed: seed, size, through: gate)
      if !one.ledger.isEmpty { all.append(one) }
      seed += 1
    }
    return all
  }

  /// Every other one has cuts for readers of a smaller threshold as well.
  init(seed: UInt64, _ size: Size, through gate: Gate) throws {
    var random = SeededGenerator(seed: seed)
    dataset = try size == .tiny ? Self.tiny(&random) : Self.dataset(size == .large ? 4 : 3, &random)
    let k = (size == .tiny ? [2, 3] : [3, 5, 10]).randomElement(using: &random) ?? 3
    let thresholds = seed % 2 == 1 ? [k, k + 2] : [k]
    var asked: [Cut] = []
    for _ in 0..<Int.random(in: 2...6, using: &random) {
      let cut = Self.cut(of: dataset, after: asked, &random)
      asked.append(cut)
      do throws(DisclosureRefusal) {
        let released = try gate(cut, dataset, ledger, thresholds.randomElement(using: &random) ?? k)
        if !ledger.contains(released) { ledger.append(released) }
      } catch {
        refusals.append(error)
      }
    }
  }

  /// - Parameter most: how many categories a column has, and one more than how many breakdowns there are.
  private static func dataset(_ most: Int, _ random: inout SeededGenerator) throws -> DisclosureDataset {
    let people = Int.random(in: 60...400, using: &random)
    let breakdowns = (0..<Int.random(in: 1...most - 1, using: &random)).map { _ in
      column(Int.random(in: 2...3, using: &random), people, &random)
    }
    var questions = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      question(Int.random(in: 2...most, using: &random), people, &random)
    }
    guard questions.count > 1, Int.random(in: 0..<3, using: &random) == 0 else {
      return try DisclosureDataset(breakdowns: breakdowns, questions: questions)
    }
    // The second question is asked of those alone who gave the first answer to the first; its last category
    // is “not asked”. What is open there follows from an answer, as it should not: what is hidden is safe all
    // the same.
    let last = questions[1].categories
    let answers = zip(questions[0].values, questions[1].values).map { $0 == 0 ? $1 : UInt8(last) }
    let isOpen = Int.random(in: 0..<3, using: &random) == 0
    questions[1] = .init(
      answers, categories: last + 1, open: questions[1].open.union(isOpen ? [last] : []))
    func pair(_ first: Int, _ second: Int) -> [DisclosureDataset.Answer] {
      [.init(question: 0, category: first), .init(question: 1, category: second)]
    }
    let skipped = (1..<questions[0].categories).flatMap { first in (0..<last).map { pair(first, $0) } }
    return try DisclosureDataset(
      breakdowns: breakdowns, questions: questions, impossible: skipped + [pair(0, last)])
  }

  private static func tiny(_ random: inout SeededGenerator) throws -> DisclosureDataset {
    let people = Int.random(in: 6...14, using: &random)
    let isCrossed = Bool.random(using: &random)
    return try DisclosureDataset(
      breakdowns: [column(isCrossed ? 2 : 3, people, &random)]
        + (isCrossed ? [] : [column(2, people, &random)]),
      questions: isCrossed
        ? [question(2, people, &random), question(2, people, &random)] : [question(3, people, &random)])
  }

  /// Some categories are rare.
  private static func column(
    _ categories: Int, _ people: Int, open: Set<Int> = [], _ random: inout SeededGenerator
  ) -> DisclosureDataset.Column {
    let weights = (0..<categories).map { _ in [1, 3, 9, 27].randomElement(using: &random) ?? 1 }
    let bag = weights.enumerated().flatMap { [UInt8](repeating: UInt8($0.offset), count: $0.element) }
    return .init(
      (0..<people).map { _ in bag.randomElement(using: &random) ?? 0 }, categories: categories, open: open)
  }

  /// Of every other one, the last categories are open: one, or two, but two answers are left.
  private static func question(
    _ categories: Int, _ people: Int, _ random: inout SeededGenerator
  ) -> DisclosureDataset.Column {
    let most = Bool.random(using: &random) ? min(2, categories - 2) : 0
    let open = most == 0 ? 0 : Int.random(in: 1...most, using: &random)
    return column(categories, people, open: Set(categories - open..<categories), &random)
  }

  /// Something new, or an earlier cut turned so that the two could be subtracted.
  private static func cut(
    of dataset: DisclosureDataset, after asked: [Cut], _ random: inout SeededGenerator
  ) -> Cut {
    guard let earlier = asked.randomElement(using: &random), Bool.random(using: &random) else {
      let questions = dataset.questions.indices.shuffled(using: &random).prefix(
        .random(in: 1...2, using: &random))
      let breakdown = dataset.breakdowns.indices.filter { _ in Bool.random(using: &random) }
      return Cut(
        questions: Array(questions), breakdown: breakdown,
        filters: Int.random(in: 0..<3, using: &random) == 0 ? [filter(of: dataset, &random)] : [])
    }
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return Cut(questions: earlier.questions, breakdown: earlier.breakdown)
    case 1:
      let others = earlier.filters.map { filter in
        let all = 0..<dataset.breakdowns[filter.variable].categories
        return Cut.Filter(filter.variable, among: all.filter { !filter.categories.contains($0) })
      }
      return Cut(questions: earlier.questions, breakdown: earlier.breakdown, filters: others)
    case 2:
      let more = dataset.breakdowns.indices.randomElement(using: &random).map { [$0] } ?? []
      return Cut(
        questions: earlier.questions, breakdown: earlier.breakdown + more, filters: earlier.filters)
    case 3:
      let more = dataset.questions.indices.randomElement(using: &random).map { [$0] } ?? []
      return Cut(
        questions: Array((earlier.questions + more).prefix(2)), breakdown: earlier.breakdown,
        filters: earlier.filters)
    default:
      return Cut(
        questions: earlier.questions,
        breakdown: earlier.breakdown.filter { _ in Bool.random(using: &random) },
        filters: earlier.filters + [filter(of: dataset, &random)])
    }
  }

  private static func filter(
    of dataset: DisclosureDataset, _ random: inout SeededGenerator
  ) -> Cut.Filter {
    let variable = dataset.breakdowns.indices.randomElement(using: &random) ?? 0
    let categories = dataset.breakdowns[variable].categories
    return .init(
      variable,
      among: (0..<categories).shuffled(using: &random).prefix(.random(in: 1..<categories, using: &random)))
  }
}
