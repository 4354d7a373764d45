/// What is to be counted: a question, or several crossed with each other, by groups of background, among some
/// of the people.
///
/// With every count its totals are published, over each question and each breakdown; they are part of the
/// cut.
package struct Cut: Sendable, Hashable {
  /// Only people with one of these categories of a breakdown.
  package struct Filter: Sendable, Hashable {
    /// The breakdown.
    package let variable: Int
    /// In ascending order, each once.
    package let categories: [Int]

    package init(_ variable: Int, among categories: some Sequence<Int>) {
      self.variable = variable
      self.categories = Set(categories).sorted()
    }
  }

  /// One question, or those that are crossed, in ascending order.
  package let questions: [Int]
  /// The breakdowns that make the groups, in ascending order.
  package let breakdown: [Int]
  /// At most one for each breakdown, in ascending order; a person must pass all.
  package let filters: [Filter]

  /// - Parameter filters: several of one breakdown are those categories that all of them have.
  package init(questions: [Int], breakdown: [Int] = [], filters: [Filter] = []) {
    self.questions = Set(questions).sorted()
    self.breakdown = Set(breakdown).sorted()
    let together = Dictionary(
      filters.map { ($0.variable, Set($0.categories)) }, uniquingKeysWith: { $0.intersection($1) })
    self.filters = together.map { Filter($0.key, among: $0.value) }.sorted { $0.variable < $1.variable }
  }

  /// The same without filters that let everybody pass, so that one cut has one name.
  ///
  /// - Throws: `malformed` when it names what the dataset does not have, asks for nothing or for a question of
  ///   which all but one answer is open, so that nothing of it could be hidden, or lets nobody pass.
  func canonical(in dataset: DisclosureDataset) throws(DisclosureRefusal) -> Cut {
    guard !questions.isEmpty, questions.allSatisfy(dataset.questions.indices.contains),
      questions.allSatisfy({ dataset.questions[$0].hasSecrets }),
      breakdown.allSatisfy(dataset.breakdowns.indices.contains)
    else { throw .malformed }
    for filter in filters {
      guard dataset.breakdowns.indices.contains(filter.variable), !filter.categories.isEmpty,
        filter.categories.allSatisfy((0..<dataset.breakdowns[filter.variable].categories).contains)
      else { throw .malformed }
    }
    let narrowing = filters.filter { $0.categories.count < dataset.breakdowns[$0.variable].categories }
    return Cut(questions: questions, breakdown: breakdown, filters: narrowing)
  }

  /// What one of its cells says of the people in it; empty for the size of a group.
  func answers(of cell: CutCell) -> [DisclosureDataset.Answer] {
    zip(questions, cell.answers).compactMap { question, category in
      category.map { DisclosureDataset.Answer(question: question, category: $0) }
    }
  }
}

/// The text of a cut, such as `q3.5/b0.1/f2:0+3`: questions, breakdowns, filters.
extension Cut: LosslessStringConvertible {
  package var description: String {
    let parts = ["q" + Self.text(questions)] + (breakdown.isEmpty ? [] : ["b" + Self.text(breakdown)])
    return (parts + filters.map { "f\($0.variable):" + Self.text($0.categories, "+") }).joined(separator: "/")
  }

  /// - Returns: nil for a text that ``description`` never gives.
  package init?(_ description: String) {
    var (questions, breakdown, filters): ([Int], [Int], [Filter]) = ([], [], [])
    for part in description.split(separator: "/", omittingEmptySubsequences: false) {
      switch part.first {
      case "q": questions = Self.numbers(part.dropFirst())
      case "b": breakdown = Self.numbers(part.dropFirst())
      case "f":
        let sides = part.dropFirst().split(separator: ":")
        guard sides.count == 2, let variable = Int(sides[0]) else { return nil }
        filters.append(Filter(variable, among: Self.numbers(sides[1], "+")))
      default: return nil
      }
    }
    self.init(questions: questions, breakdown: breakdown, filters: filters)
    guard self.description == description else { return nil }
  }

  static func text(_ numbers: [Int], _ separator: String = ".") -> String {
    numbers.map(String.init).joined(separator: separator)
  }

  static func numbers(_ text: Substring, _ separator: Character = ".") -> [Int] {
    text.split(separator: separator).compactMap { Int($0) }
  }
}

/// The place of one count in a cut.
package struct CutCell: Sendable, Hashable {
  /// The category of each question of the cut; nil stands for all of them.
  package let answers: [Int?]
  /// The category of each breakdown of the cut; nil stands for all that the filters leave.
  package let group: [Int?]

  package init(_ answers: [Int?], in group: [Int?] = []) {
    self.answers = answers
    self.group = group
  }
}

/// Which cells a cut has, in order: group by group, and in each the last question counts fastest; all come
/// after the last category. The cells with all answers are the sizes of the groups.
struct CutShape: Sendable, Hashable {
  /// The categories of each question, from 0.
  let answers: [[Int]]
  /// The categories of each breakdown that the filters leave.
  let groups: [[Int]]

  init(answers: [[Int]], groups: [[Int]]) {
    self.answers = answers
    self.groups = groups
  }

  /// - Parameter cut: a canonical one of the dataset.
  init(_ cut: Cut, in dataset: DisclosureDataset) {
    answers = cut.questions.map { Array(0..<dataset.questions[$0].categories) }
    groups = cut.breakdown.map { variable in
      cut.filters.first { $0.variable == variable }?.categories
        ?? Array(0..<dataset.breakdowns[variable].categories)
    }
  }

  /// How many cells there are; nil when there are more than `limit`.
  func count(upTo limit: Int) -> Int? {
    var count = 1
    for axis in groups + answers {
      count *= axis.count + 1
      if count > limit { return nil }
    }
    return count
  }

  /// All cells, in order.
  var cells: [CutCell] {
    let answers = Self.product(answers)
    return Self.product(groups).flatMap { group in answers.map { CutCell($0, in: group) } }
  }

  private static func product(_ axes: [[Int]]) -> [[Int?]] {
    axes.reduce([[]]) { rows, axis in
      rows.flatMap { row in axis.map { row + [$0] } + [row + [nil]] }
    }
  }

  /// The place of a cell among all; nil when the cut has no such cell.
  func index(of cell: CutCell) -> Int? {
    guard cell.answers.count == answers.count, cell.group.count == groups.count else { return nil }
    var index = 0
    for (axis, category) in zip(groups + answers, cell.group + cell.answers) {
      guard let place = category.map(axis.firstIndex(of:)) ?? axis.count else { return nil }
      index = index * (axis.count + 1) + place
    }
    return index
  }
}
