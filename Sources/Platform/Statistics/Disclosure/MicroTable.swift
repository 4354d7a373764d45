/// The counts that lie under all published figures about some questions: people by their answers and their
/// background, block by block. They are what an attacker does not know.
struct MicroTable {
  /// More cells, or more cells times sums, take too long to search.
  static let cellLimit = 6_000
  static let tableauLimit = 8_000_000

  /// People with these answers in some strata.
  struct Figure: Hashable {
    /// In ascending order of the question.
    let answers: [DisclosureDataset.Answer]
    let strata: StratumSet
  }

  private struct Block {
    let shape: AnswerBlocks.Block
    let questions: [Int]
    /// The possible combinations of answers: the category of each question.
    let patterns: [[Int]]
    /// The strata that the breakdowns of the block do not tell apart, and the parts that they share.
    let groups: [(strata: StratumSet, parts: [Int])]
    /// The place of the first cell; the group counts fastest.
    let start: Int
  }

  let strata: Strata
  /// The true table.
  private(set) var cells: [Int] = []
  /// What is known without any publication: how many people are in each stratum, and that blocks agree.
  private(set) var sums: [BoundedSimplex.Equation] = []
  private var blocks: [Block] = []
  let dataset: DisclosureDataset

  /// - Parameters:
  ///   - cuts: all cuts about questions that hang together.
  ///   - rules: the questions of each impossible combination of answers about them.
  /// - Throws: `tooLarge` when there are more cells than can be searched.
  init(of dataset: DisclosureDataset, _ cuts: [Cut], rules: [[Int]]) throws(DisclosureRefusal) {
    self.dataset = dataset
    strata = try Strata(of: dataset, toldApartBy: cuts)
    let questions = dataset.questions.count
    let background = strata.variables.map { questions + $0 }
    let groups = cuts.map { cut in cut.questions + Set(cut.variables).sorted().map { questions + $0 } }
    let answerBlocks = AnswerBlocks(
      groups + rules + (background.isEmpty ? [] : [background]),
      published: Set(groups.flatMap { $0 }), first: background)
    for shape in answerBlocks.blocks {
      try add(shape)
      guard cells.count <= Self.cellLimit else { throw .tooLarge }
    }
    for block in blocks { addSums(of: block) }
  }

  private mutating func add(_ shape: AnswerBlocks.Block) throws(DisclosureRefusal) {
    let questions = shape.nodes.filter { $0 < dataset.questions.count }
    let variables = shape.nodes.filter { $0 >= dataset.questions.count }
    let columns = variables.compactMap { strata.variables.firstIndex(of: $0 - dataset.questions.count) }
    let byParts = Dictionary(grouping: strata.sizes.indices) { stratum in
      columns.map { strata.parts[stratum][$0] }
    }
    let groups = byParts.map { (strata: StratumSet($1), parts: $0, first: $1[0]) }.sorted {
      $0.first < $1.first
    }
    var size = groups.count
    for question in questions {
      size *= dataset.questions[question].categories
      guard size <= 4 * Self.cellLimit else { throw .tooLarge }
    }
    let start = cells.count
    var patterns: [[Int]] = []
    for (number, counts) in counts(of: questions).enumerated() {
      let pattern = dataset.categories(of: number, questions)
      guard Self.isPossible(pattern, questions, dataset.impossible) else { continue }
      patterns.append(pattern)
      cells += groups.map { group in group.strata.members.reduce(0) { $0 + counts[$1] } }
    }
    blocks.append(
      Block(
        shape: shape, questions: questions, patterns: patterns, groups: groups.map { ($0.strata, $0.parts) },
        start: start))
  }

  /// How many people of each stratum gave each combination of answers.
  func counts(of questions: [Int]) -> [[Int]] {
    dataset.counts(of: questions, by: strata.ofCombination, strata.sizes.count)
  }

  /// The place of a combination of answers in ``counts(of:)``.
  func number(of answers: [DisclosureDataset.Answer]) -> Int {
    answers.reduce(0) { $0 * dataset.questions[$1.question].categories + $1.category }
  }

  private static func isPossible(
    _ pattern: [Int], _ questions: [Int], _ impossible: [[DisclosureDataset.Answer]]
  ) -> Bool {
    !impossible.contains { answers in
      answers.allSatisfy { answer in
        questions.firstIndex(of: answer.question).map { pattern[$0] == answer.category } ?? false
      }
    }
  }

  private mutating func addSums(of block: Block) {
    guard let neighbour = block.shape.neighbour.map({ blocks[$0] }) else {
      for (group, strata) in block.groups.enumerated() where !strata.strata.isEmpty {
        let cells = block.patterns.indices.map { block.start + $0 * block.groups.count + group }
        sums.append(.init(plus: cells, minus: [], isOffer: false))
      }
      return
    }
    let own = cells(of: block, by: block.shape.shared)
    let others = cells(of: neighbour, by: block.shape.shared)
    for shared in Set(own.keys).union(others.keys).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      sums.append(.init(plus: own[shared] ?? [], minus: others[shared] ?? [], isOffer: false))
    }
  }

  /// The cells of a block by what they say of some of its nodes.
  private func cells(of block: Block, by nodes: [Int]) -> [[Int]: [Int]] {
    let questions = nodes.compactMap(block.questions.firstIndex(of:))
    let variables = block.shape.nodes.dropFirst(block.questions.count)
    let columns = nodes.compactMap(variables.firstIndex(of:)).map { $0 - variables.startIndex }
    var cells: [[Int]: [Int]] = [:]
    for (place, pattern) in block.patterns.enumerated() {
      for (number, group) in block.groups.enumerated() {
        let key = questions.map { pattern[$0] } + columns.map { group.parts[$0] }
        cells[key, default: []].append(block.start + place * block.groups.count + number)
      }
    }
    return cells
  }

  /// The cells that a figure is the sum of; empty where its answers cannot go together, or in no stratum; nil
  /// where no block tells its strata from others.
  func variables(of figure: Figure) -> [Int]? {
    for block in blocks {
      let columns = figure.answers.compactMap { block.questions.firstIndex(of: $0.question) }
      guard columns.count == figure.answers.count else { continue }
      let groups = block.groups.indices.filter { block.groups[$0].strata.isSubset(of: figure.strata) }
      let covered = groups.reduce(StratumSet()) { $0.union(block.groups[$1].strata) }
      guard covered == figure.strata else { continue }
      return block.patterns.indices.filter { place in
        zip(columns, figure.answers).allSatisfy { block.patterns[place][$0] == $1.category }
      }.flatMap { place in groups.map { block.start + place * block.groups.count + $0 } }
    }
    return nil
  }
}
