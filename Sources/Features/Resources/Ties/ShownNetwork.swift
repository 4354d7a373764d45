import Kernel

/// A quarter's network as it may be shown: no count of fewer people than a least number, none that could be computed from
/// others, and everything rounded, so that two readings do not tell what one person did in between.
///
/// Source: field/socialwork.md §2.11, §2.12.
struct ShownNetwork: Sendable, Equatable {
  /// For the station and for everybody.
  static let (stationLeast, publicLeast) = (5, 10)
  /// Numbers are told to the nearest multiple of this.
  static let step = 5
  static let brokerLimit = 10

  struct Broker: Sendable, Equatable {
    let party: Party
    /// Of a hundred pairs.
    let betweenness: Int
    /// Of a hundred.
    let constraint: Int?
  }

  struct Line: Sendable, Equatable {
    let from: Party
    /// Nil: the bubble of all persons.
    let to: Party?
    let kind: Tie.Kind
    /// How thick, 1…4, by the number of ties.
    let band: Int
  }

  let persons: Int
  let merchants: Int
  let organisations: Int
  let isolates: Int?
  let pairs: Int?
  /// Of a hundred, as are all measures below; nil where it is left out.
  let density: Int?
  let edgeReciprocity: Int?
  let dyadReciprocity: Int?
  let components: Int?
  let largestShare: Int?
  let clustering: Int?
  let transitivity: Int?
  let externalInternal: Int?
  let mix: [Int?]
  let new: Int?
  let kept: Int?
  let lost: Int?
  let brokers: [Broker]
  let personBrokers: Int?
  /// Merchants and organisations that the picture names, in order.
  let named: [Party]
  let lines: [Line]

  /// - Returns: nil where so few take part that nothing is shown.
  init?(_ figures: NetworkFigures, least: Int) {
    guard figures.actors >= least, figures.persons == 0 || figures.persons >= least else { return nil }
    persons = Self.rounded(figures.persons)
    (merchants, organisations) = (figures.merchants, figures.organisations)
    let isOfEnough = figures.persons == 0 || Self.people(figures) >= least
    isolates = Self.isEnough(figures.isolates, least) ? Self.rounded(figures.isolates.ties) : nil
    pairs = isOfEnough ? Self.rounded(figures.pairs) : nil
    density = isOfEnough ? Self.percent(figures.density) : nil
    edgeReciprocity = isOfEnough ? figures.edgeReciprocity.map(Self.percent) : nil
    dyadReciprocity = isOfEnough ? figures.dyadReciprocity.map(Self.percent) : nil
    components = isOfEnough && isolates != nil ? Self.rounded(figures.components) : nil
    largestShare = isOfEnough ? figures.largestShare.map(Self.percent) : nil
    clustering = isOfEnough ? Self.percent(figures.clustering) : nil
    transitivity = isOfEnough ? Self.percent(figures.transitivity) : nil
    mix = isOfEnough ? Self.mix(figures.mix, least) : figures.mix.map { _ in nil }
    // It tells how many pairs are of one kind, so it is shown only where all of those are.
    externalInternal =
      isOfEnough && !mix.contains(nil) ? figures.externalInternal.map(Self.percent) : nil
    // What was kept and what is new make this quarter's pairs, kept and lost those of the one before: all or none.
    let changes = [figures.new, figures.kept, figures.lost]
    let areShown = isOfEnough && changes.allSatisfy { Self.isEnough($0, least) }
    new = areShown ? Self.rounded(figures.new.ties) : nil
    kept = areShown ? Self.rounded(figures.kept.ties) : nil
    lost = areShown ? Self.rounded(figures.lost.ties) : nil
    brokers = isOfEnough ? Self.brokers(figures.brokers, least) : []
    personBrokers =
      isOfEnough && figures.personBrokers >= least ? Self.rounded(figures.personBrokers) : nil
    named = Set(figures.brokers.compactMap(\.actor.party)).sorted()
    lines = Self.lines(figures.lines, least)
  }

  static func rounded(_ number: Int) -> Int { (number + step / 2) / step * step }

  private static func percent(_ share: Double) -> Int { Int((share * 100).rounded()) }

  /// At least as many persons as take part in pairs of the kind with the most.
  private static func people(_ figures: NetworkFigures) -> Int { figures.mix.map(\.people).max() ?? 0 }

  /// Whether nobody can be made out: none are persons, or enough.
  private static func isEnough(_ cell: NetworkFigures.Cell, _ least: Int) -> Bool {
    cell.people == 0 && cell.ties > 0 || cell.people >= least
  }

  /// Pairs by kinds; those within kinds and those between have sums that are known, so each is guarded by itself.
  private static func mix(_ cells: [NetworkFigures.Cell], _ least: Int) -> [Int?] {
    func shown(_ kinds: [KindPair]) -> [Int?] {
      let guarded = kinds.map { kind in
        let cell = cells[kind.rawValue]
        return kind.namesPersons ? min(cell.people, cell.ties) : cell.ties + least
      }
      return zip(kinds, SmallCells.shown(guarded, least: least)).map { kind, number in
        number == nil ? nil : rounded(cells[kind.rawValue].ties)
      }
    }
    guard cells.count == KindPair.allCases.count else { return cells.map { _ in nil } }
    return shown(KindPair.allCases.filter(\.isInner)) + shown(KindPair.allCases.filter { !$0.isInner })
  }

  private static func brokers(_ brokers: [NetworkFigures.Broker], _ least: Int) -> [Broker] {
    brokers.filter { $0.people == 0 || $0.people >= least }.prefix(brokerLimit).compactMap { broker in
      broker.actor.party.map {
        Broker(
          party: $0, betweenness: percent(broker.betweenness), constraint: broker.constraint.map(percent))
      }
    }
  }

  private static func lines(_ lines: [NetworkFigures.Line], _ least: Int) -> [Line] {
    lines.compactMap { line in
      guard line.to != nil || line.people >= least, let from = line.from.party,
        let kind = Tie.Kind(rawValue: line.kind)
      else { return nil }
      let band = [5, 20, 80].count { line.ties >= $0 } + 1
      return Line(from: from, to: line.to?.party, kind: kind, band: band)
    }
  }
}
