import TestKit

@testable import Statistics

/// One figure as an attacker sees it: some answers of the people with some backgrounds.
struct AttackedFigure: Hashable, Encodable {
  /// Question and category.
  let answers: [[Int]]
  /// Places among the combinations of background.
  let who: [Int]
  /// Nil where it is hidden.
  let count: Int?
  /// What it really is.
  let truth: Int
  /// How wide its range has to be at least; 0 for what may be known, as how many did not answer always may.
  let need: Int

  private enum CodingKeys: String, CodingKey {
    case answers, who, count, need
  }

  var description: String { "\(answers) among \(who) is \(truth)" }
}

/// What the readers of one threshold have in hands, and what of it an attacker is after. Counted person by
/// person, without any of the gate's own tables.
struct AttackedReleases: Encodable {
  /// How many people have each background.
  let sizes: [Int]
  /// How many categories each question has.
  let questions: [Int]
  let impossible: [[[Int]]]
  let shown: [AttackedFigure]
  let hidden: [AttackedFigure]
  /// What was published, to tell of it.
  let cuts: [String]

  private enum CodingKeys: String, CodingKey {
    case sizes, questions, impossible, shown, hidden
  }

  /// What must not be known and is: hidden figures that have too narrow a range, and small ones that are
  /// shown.
  ///
  /// - Parameter range: the least and the largest value of a hidden figure, by its place.
  func exposed(_ range: (Int) -> [Int]) -> [AttackedFigure] {
    hidden.indices.filter { range($0)[1] - range($0)[0] < hidden[$0].need }.map { hidden[$0] }
      + shown.filter { $0.need > 1 }
  }

  /// - Parameters:
  ///   - threshold: that of the reader who attacks.
  ///   - filtered: how many groups that filters could have asked for are attacked beside what is hidden.
  init(_ releases: RandomReleases, at threshold: Int, filtered: Int) {
    let attacker = Attacker(releases, threshold)
    sizes = attacker.persons.map(\.count)
    questions = attacker.dataset.questions.map(\.categories)
    impossible = attacker.dataset.impossible.map { $0.map { [$0.question, $0.category] } }
    cuts = releases.ledger.map { "\($0.cut) at \($0.k)" }
    let published = attacker.published
    shown = published.filter { $0.count != nil }
    hidden =
      published.filter { $0.count == nil && $0.need > 0 } + attacker.smallest(published)
      + attacker.filtered(published, limit: filtered)
  }
}

extension RandomReleases {
  /// As each kind of reader has them in hands.
  func attacked(filtered: Int) -> [AttackedReleases] {
    Set(ledger.map(\.k)).sorted().map { AttackedReleases(self, at: $0, filtered: filtered) }
  }
}

private struct Attacker {
  let dataset: DisclosureDataset
  /// By combination of background.
  let persons: [[Int]]
  private let ledger: [ReleasedCut]
  private let threshold: Int

  init(_ releases: RandomReleases, _ threshold: Int) {
    dataset = releases.dataset
    ledger = releases.ledger.filter { $0.k >= threshold }
    self.threshold = threshold
    var persons = [[Int]](repeating: [], count: dataset.combinations.count)
    for (person, place) in dataset.combinationOfPerson.enumerated() { persons[place].append(person) }
    self.persons = persons
  }

  /// All figures, shown and hidden; each once.
  var published: [AttackedFigure] {
    var seen: Set<AttackedFigure> = []
    return ledger.flatMap { release in
      release.cells.compactMap { cell, count in figure(of: cell, in: release, count) }
    }.filter { seen.insert($0).inserted }
  }

  /// The finest groups that figures about the same answers tell apart: small ones need a range like hidden
  /// cells.
  func smallest(_ published: [AttackedFigure]) -> [AttackedFigure] {
    let families = Dictionary(grouping: published, by: \.answers)
    return families.keys.sorted { $0.lexicographicallyPrecedes($1, by: { $0.lexicographicallyPrecedes($1) }) }
      .flatMap { answers in
        let figures = families[answers] ?? []
        let groups = Dictionary(grouping: persons.indices) { place in
          figures.indices.filter { figures[$0].who.contains(place) }
        }
        return groups.filter { !$0.key.isEmpty }.values.sorted { $0[0] < $1[0] }.compactMap {
          small(answers, $0)
        }
      }
  }

  /// Groups that other filters could have asked for: small ones must not be computed.
  func filtered(_ published: [AttackedFigure], limit: Int) -> [AttackedFigure] {
    var random = SeededGenerator(seed: UInt64(dataset.people))
    return (0..<limit).compactMap { _ in
      let choices = dataset.breakdowns.map { column in
        Set((0..<column.categories).filter { _ in Bool.random(using: &random) })
      }
      let who = persons.indices.filter { place in
        zip(choices, dataset.combinations[place]).allSatisfy { $0.isEmpty || $0.contains($1) }
      }
      guard !who.isEmpty, let answers = published.randomElement(using: &random)?.answers else { return nil }
      return small(answers, who).map {
        .init(answers: answers, who: who, count: nil, truth: $0.truth, need: 1)
      }
    }
  }

  private func small(_ answers: [[Int]], _ who: [Int]) -> AttackedFigure? {
    let figure = figure(answers, who, isComplement: false, count: nil)
    return figure.need > 0 ? figure : nil
  }

  /// Nil for cells about nobody, or about what nobody can have answered, and for those without any answer.
  private func figure(of cell: CutCell, in release: ReleasedCut, _ count: Int?) -> AttackedFigure? {
    let cut = release.cut
    let answers = zip(cut.questions, cell.answers).compactMap { question, category in
      category.map { [question, $0] }
    }
    let who = persons.indices.filter { place in
      let background = dataset.combinations[place]
      return cut.filters.allSatisfy { $0.categories.contains(background[$0.variable]) }
        && zip(cut.breakdown, cell.group).allSatisfy { $1 == nil || background[$0] == $1 }
    }
    if answers.isEmpty || who.isEmpty || isImpossible(answers) { return nil }
    return figure(answers, who, isComplement: release.k == threshold, count: count)
  }

  /// - Parameter isComplement: whether it must not be computed even if it is no small number.
  private func figure(
    _ answers: [[Int]], _ who: [Int], isComplement: Bool, count: Int?
  ) -> AttackedFigure {
    var (truth, people) = (0, 0)
    for place in who {
      people += persons[place].count
      for person in persons[place] {
        var agrees = true
        for answer in answers where Int(dataset.questions[answer[0]].values[person]) != answer[1] {
          agrees = false
        }
        if agrees { truth += 1 }
      }
    }
    let isOpen = answers.allSatisfy { dataset.questions[$0[0]].open.contains($0[1]) }
    let need = truth < threshold ? min(threshold, people) : isComplement ? 1 : 0
    return AttackedFigure(answers: answers, who: who, count: count, truth: truth, need: isOpen ? 0 : need)
  }

  private func isImpossible(_ answers: [[Int]]) -> Bool {
    dataset.impossible.contains { rule in
      rule.allSatisfy { answers.contains([$0.question, $0.category]) }
    }
  }
}
