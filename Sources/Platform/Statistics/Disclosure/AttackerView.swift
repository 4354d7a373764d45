/// What the readers of one threshold can compute once a cut is published, and what of it has to be left out
/// so that they cannot.
struct AttackerView {
  /// Steps of the search for what is left of a shown figure when shown parts of it are taken away, for each
  /// answer.
  private static let remainderLimit = 256
  /// More different groups than this are too many to take each from each other.
  private static let shownLimit = 400
  /// How often what was left out in vain is shown again.
  private static let rounds = 3

  private let k: Int
  /// Whether the new cut is made for these readers, and not for those of a larger threshold.
  private let isTheirs: Bool
  private let micro: MicroTable
  private let figures: PublishedFigures
  private var search: SuppressionSearch
  /// What has been looked at.
  private var proven: Set<[Int]> = []

  /// - Parameters:
  ///   - table: the new cut with what is shown of it so far.
  ///   - ledger: every earlier release.
  ///   - k: the threshold of the readers.
  /// - Throws: `tooLarge` when there is too much to search.
  init(
    of table: CutTable, in dataset: DisclosureDataset, after ledger: [ReleasedCut], k: Int
  ) throws(DisclosureRefusal) {
    self.k = k
    isTheirs = table.k == k
    let readable = ledger.filter { $0.k >= k }
    let rules = dataset.impossible.map { $0.map(\.question) }
    let connected = AnswerBlocks.connected(
      to: table.cut.questions, by: readable.map(\.cut.questions) + rules)
    let earlier = readable.filter { !connected.isDisjoint(with: $0.cut.questions) }.map { release in
      PublishedFigures.Table(
        cut: release.cut, k: release.k, cells: release.cells.map { ($0.cell, $0.count != nil) }, isNew: false)
    }
    let tables =
      earlier + [
        .init(cut: table.cut, k: table.k, cells: Array(zip(table.shape.cells, table.isShown)), isNew: true)
      ]
    micro = try MicroTable(
      of: dataset, tables.map(\.cut), rules: rules.filter { !connected.isDisjoint(with: $0) })
    figures = try PublishedFigures(tables, over: micro, k: k)
    let fixed = Set(figures.known.filter { $0.count == 1 }.map { $0[0] })
    let known = figures.known.filter { $0.count > 1 }
    let rows = micro.sums.count + known.count + figures.offers.count { $0.variables.count > 1 }
    guard rows * (micro.cells.count - fixed.count) <= MicroTable.tableauLimit else { throw .tooLarge }
    search = SuppressionSearch(
      truth: micro.cells, fixed: fixed,
      sums: micro.sums + known.map { .init(plus: $0, minus: [], isOffer: false) },
      offers: figures.offers, isShown: figures.mayBeShown)
  }

  /// Leaves out as much of the new cut as keeps everything hidden uncertain, and no more than that where it
  /// can be told.
  ///
  /// - Returns: by cell of the new cut, whether it is to be left out.
  /// - Throws: `followsFromEarlier` when something stays exposed whatever is left out.
  mutating func suppress() throws(DisclosureRefusal) -> [Bool] {
    for _ in 0..<Self.rounds {
      try settle()
      if !search.showAgain() { break }
    }
    var left: [Int]?
    while true {
      try settle()
      let hidden = figures.offers.indices.filter { !search.isShown[$0] }
      guard isTheirs, hidden != left else { break }
      left = hidden
      let answers = hidden.filter(figures.answering.contains)
      try search.protect(answers.map { .init(variables: figures.offers[$0].variables, need: 1) })
    }
    return figures.offerOfCell.map { $0.map { !search.isShown[$0] } ?? false }
  }

  /// Protects all that is hidden, and whatever differences show as more is left out.
  private mutating func settle() throws(DisclosureRefusal) {
    while true {
      var targets: [SuppressionSearch.Target] = []
      for family in figures.families {
        let exposed = try hidden(family) + differences(family)
        for target in exposed where proven.insert(target.variables).inserted { targets.append(target) }
      }
      if targets.isEmpty { return }
      try search.protect(targets)
    }
  }

  private func isShown(_ entry: PublishedFigures.Entry) -> Bool {
    entry.isKnown || (entry.offer.map { search.isShown[$0] } ?? false)
  }

  /// What is published as hidden: every small number, and what was left out before. What is left out of the
  /// new cut to protect the rest is looked at in the end.
  private func hidden(_ family: PublishedFigures.Family) -> [SuppressionSearch.Target] {
    // A small number of answers may be just that of an open category, which is shown.
    family.entries.filter { $0.need > 0 && ($0.count < k || !isShown($0) && $0.offer == nil) }.map {
      .init(variables: $0.variables, need: $0.need)
    }
  }

  /// Small groups that nobody published, but that subtraction could be about: the smallest that the figures
  /// tell apart, what two shown figures share or one has more than the other, and what is left of a shown
  /// figure without shown parts of it.
  private func differences(
    _ family: PublishedFigures.Family
  ) throws(DisclosureRefusal) -> [SuppressionSearch.Target] {
    if family.isOpen { return [] }
    // How many of a group did not answer is found by subtraction as well, and with it how many did.
    let entries = family.entries + figures.families.filter(\.isOpen).flatMap(\.entries)
    var shown: [StratumSet] = []
    var seen: Set<StratumSet> = []
    for entry in entries where isShown(entry) && seen.insert(entry.strata).inserted {
      shown.append(entry.strata)
    }
    guard shown.count <= Self.shownLimit else { throw .tooLarge }
    let remainders = Remainders(of: shown, in: family, limit: Self.remainderLimit)
    var targets: [SuppressionSearch.Target] = []
    for group in remainders.groups + smallest(entries) {
      let people = micro.strata.people(in: group)
      guard people > 0, family.count(in: group) < k else { continue }
      guard let variables = micro.variables(of: .init(answers: family.answers, strata: group)) else {
        throw .tooLarge
      }
      if !variables.isEmpty { targets.append(.init(variables: variables, need: min(k, people))) }
    }
    return targets
  }

  /// The strata that none of these figures tells apart.
  private func smallest(_ entries: [PublishedFigures.Entry]) -> [StratumSet] {
    let all = Set(entries.map(\.strata))
    let groups = Dictionary(grouping: micro.strata.sizes.indices) { stratum in
      all.filter { $0.contains(stratum) }
    }
    return groups.filter { !$0.key.isEmpty }.values.sorted { $0[0] < $1[0] }.map { StratumSet($0) }
  }
}

/// Groups that come of subtracting figures about some groups from each other.
private struct Remainders {
  private(set) var groups: [StratumSet] = []
  private var seen: Set<StratumSet> = []

  init(of shown: [StratumSet], in family: PublishedFigures.Family, limit: Int) {
    for one in shown {
      for other in shown where other != one {
        add(one.subtracting(other))
        add(one.intersection(other))
      }
    }
    // The smallest first: small numbers are what is looked for, and no more of them are reached.
    let counted = groups.map { (count: family.count(in: $0), group: $0) }
    var waiting = Array(counted.sorted { $0.count < $1.count }.prefix(limit))
    for _ in 0..<limit {
      guard let next = waiting.indices.min(by: { waiting[$0].count < waiting[$1].count }) else { return }
      let (count, group) = waiting.remove(at: next)
      for part in shown where part != group && part.isSubset(of: group) {
        let rest = group.subtracting(part)
        if add(rest) { waiting.append((count - family.count(in: part), rest)) }
      }
    }
  }

  /// - Returns: whether it is a new one.
  @discardableResult
  private mutating func add(_ group: StratumSet) -> Bool {
    guard !group.isEmpty, seen.insert(group).inserted else { return false }
    groups.append(group)
    return true
  }
}
