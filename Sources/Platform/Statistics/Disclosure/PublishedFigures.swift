/// All figures that the readers of one threshold have in their hands once a cut is published: those of
/// earlier releases about questions that hang together with it, and those of the cut itself, some of which
/// are still to be left out.
struct PublishedFigures {
  /// A table as readers see it.
  struct Table {
    let cut: Cut
    /// Its own threshold.
    let k: Int
    let cells: [(cell: CutCell, isShown: Bool)]
    /// Whether it is the cut that is to be published.
    let isNew: Bool
  }

  /// One figure of a table.
  struct Entry {
    /// The cells of the micro table that it is the sum of.
    let variables: [Int]
    let strata: StratumSet
    /// The table, and which of its breakdowns are totalled: entries alike in both do not overlap.
    let table: [Int]
    let count: Int
    /// How wide its range must be while it is hidden; 0 for what may be known, as what is open always may.
    let need: Int
    /// Whether it was shown before.
    let isKnown: Bool
    /// Its offer, where it is one of the new cut that can be shown.
    let offer: Int?
  }

  /// All figures about the same answers.
  struct Family {
    let answers: [DisclosureDataset.Answer]
    /// Whether they are open categories alone.
    let isOpen: Bool
    /// How many people of each stratum gave them.
    let counts: [Int]
    var entries: [Entry] = []

    func count(in strata: StratumSet) -> Int {
      strata.members.reduce(0) { $0 + counts[$1] }
    }
  }

  private let k: Int
  private let micro: MicroTable
  private(set) var families: [Family] = []
  /// By cell of the new cut; nil for those that are not offered.
  private(set) var offerOfCell: [Int?] = []
  /// What was shown before, each once.
  private(set) var known: [[Int]] = []
  /// What can be shown of the new cut, each once.
  private(set) var offers: [SuppressionSearch.Offer] = []
  /// The offers that tell of an answer; the others are open.
  private(set) var answering: Set<Int> = []
  private var isKnown: Set<[Int]> = []
  private var isHidden: Set<[Int]> = []
  private var offerOfVariables: [[Int]: Int] = [:]
  private var familyOfAnswers: [[DisclosureDataset.Answer]: Int] = [:]
  private var countsOfQuestions: [[Int]: [[Int]]] = [:]

  /// - Parameters:
  ///   - tables: the new one last.
  ///   - k: the threshold of the readers.
  /// - Throws: `tooLarge` for a figure that the micro table cannot tell.
  init(_ tables: [Table], over micro: MicroTable, k: Int) throws(DisclosureRefusal) {
    self.k = k
    self.micro = micro
    for (place, table) in tables.enumerated() { try add(table, at: place) }
  }

  /// Whether each offer may be shown, as far as what was hidden before allows.
  var mayBeShown: [Bool] { offers.map { !isHidden.contains($0.variables) } }

  private mutating func add(_ table: Table, at place: Int) throws(DisclosureRefusal) {
    var strataOfGroup: [[Int?]: StratumSet] = [:]
    for (cell, isShown) in table.cells {
      if table.isNew { offerOfCell.append(nil) }
      let strata = strataOfGroup[cell.group] ?? micro.strata.members(of: cell.group, in: table.cut)
      strataOfGroup[cell.group] = strata
      let answers = table.cut.answers(of: cell)
      if answers.isEmpty || strata.isEmpty { continue }
      guard let variables = micro.variables(of: .init(answers: answers, strata: strata)) else {
        throw .tooLarge
      }
      // Answers that cannot go together are nobody's, as everybody knows.
      if variables.isEmpty { continue }
      let family = family(of: answers)
      let isOpen = families[family].isOpen
      let count = families[family].count(in: strata)
      let needOfAnswers = count < k ? min(k, micro.strata.people(in: strata)) : table.k == k ? 1 : 0
      let need = isOpen ? 0 : needOfAnswers
      let offer = table.isNew ? offer(variables, count, isShown, isOpen: isOpen) : nil
      if !table.isNew { note(variables, isShown, need) }
      families[family].entries.append(
        Entry(
          variables: variables, strata: strata, table: [place] + cell.group.map { $0 == nil ? 1 : 0 },
          count: count, need: need, isKnown: isKnown.contains(variables), offer: offer))
    }
  }

  private mutating func family(of answers: [DisclosureDataset.Answer]) -> Int {
    if let family = familyOfAnswers[answers] { return family }
    let questions = answers.map(\.question)
    let counts = countsOfQuestions[questions] ?? micro.counts(of: questions)
    countsOfQuestions[questions] = counts
    familyOfAnswers[answers] = families.count
    families.append(
      Family(
        answers: answers, isOpen: micro.dataset.isOpen(answers), counts: counts[micro.number(of: answers)]))
    return families.count - 1
  }

  private mutating func note(_ variables: [Int], _ isShown: Bool, _ need: Int) {
    if !isShown {
      if need > 0 { isHidden.insert(variables) }
    } else if isKnown.insert(variables).inserted {
      known.append(variables)
    }
  }

  /// The offer of a cell of the new cut; nil for one that is left out already, and for one that is known.
  private mutating func offer(
    _ variables: [Int], _ count: Int, _ isShown: Bool, isOpen: Bool
  ) -> Int? {
    defer { offerOfCell[offerOfCell.count - 1] = offerOfVariables[variables] }
    if !isShown || isKnown.contains(variables) { return nil }
    let offer = offerOfVariables[variables] ?? offers.count
    if offer == offers.count {
      offerOfVariables[variables] = offer
      // Shares are of those who answered: without the open counts all are lost, so any answer goes first.
      offers.append(.init(variables: variables, loss: isOpen ? micro.dataset.people + count : count))
    }
    if !isOpen { answering.insert(offer) }
    return offer
  }
}
