import Kernel
import Statistics
import TestKit
import Testing

@testable import Resources

@Suite("Network: what may be shown")
struct ShownNetworkTests {
  /// Ties of a made-up quarter.
  private static func ties(_ random: inout SeededGenerator) -> [Tie] {
    let persons = Int.random(in: 0...(Bool.random(using: &random) ? 4 : 40), using: &random)
    let others = Int.random(in: 0...6, using: &random)
    let parties =
      (0..<persons).map { Party(kind: .person, id: Int64(1000 + $0)) }
      + (0..<others).map { Party(kind: $0.isMultiple(of: 2) ? .merchant : .organisation, id: Int64($0)) }
    guard parties.count > 1 else { return [] }
    return (0..<Int.random(in: 0...120, using: &random)).compactMap { number in
      guard let from = parties.randomElement(using: &random), let to = parties.randomElement(using: &random),
        let kind = Tie.Kind.allCases.randomElement(using: &random), from != to
      else { return nil }
      let isSorted = kind != .coAttended || from < to
      return Tie(
        kind, from: isSorted ? from : to, to: isSorted ? to : from, at: TieFixture.during, source: "x",
        sourceID: Int64(number))
    }
  }

  private static func figures(_ ties: [Tie], before: [Tie]) -> NetworkFigures {
    let census = NetworkCensus(ties, before: before)
    return census.figures(betweenness: Betweenness(census.network).partial(from: 0..<census.actors.count))
  }

  @Test("Nothing is said of fewer people than a least number", arguments: [5, 10])
  func gate(_ least: Int) throws {
    var random = SeededGenerator(seed: 29)
    var (shownOnes, hiddenOnes) = (0, 0)
    for _ in 0..<400 {
      let (ties, before) = (Self.ties(&random), Self.ties(&random))
      let figures = Self.figures(ties, before: before)
      guard let shown = ShownNetwork(figures, least: least) else {
        hiddenOnes += 1
        #expect(figures.actors < least || (1..<least).contains(figures.persons))
        continue
      }
      shownOnes += 1
      check(shown, figures, least)
    }
    #expect(shownOnes > 100 && hiddenOnes > 10)
  }

  private func check(_ shown: ShownNetwork, _ figures: NetworkFigures, _ least: Int) {
    let numbers: [Int?] =
      [shown.persons, shown.isolates, shown.pairs, shown.components, shown.new, shown.kept, shown.lost]
      + [shown.personBrokers] + shown.mix
    #expect(numbers.allSatisfy { ($0 ?? 0) % ShownNetwork.step == 0 }, "rounded")
    for kind in KindPair.allCases where kind.namesPersons && shown.mix[kind.rawValue] != nil {
      #expect(figures.mix[kind.rawValue].people >= least, "\(kind)")
    }
    for kinds in [KindPair.allCases.filter(\.isInner), KindPair.allCases.filter { !$0.isInner }] {
      let hidden = kinds.count { shown.mix[$0.rawValue] == nil }
      #expect(hidden != 1, "one alone could be computed from the sum")
    }
    if shown.mix.contains(nil) { #expect(shown.externalInternal == nil) }
    let changes = [shown.new, shown.kept, shown.lost].count { $0 == nil }
    #expect(changes == 0 || changes == 3)
    if changes == 0 {
      let cells = [figures.new, figures.kept, figures.lost]
      #expect(cells.allSatisfy { $0.people >= least || ($0.people == 0 && $0.ties > 0) }, "of few people")
    }
    for line in shown.lines where line.to == nil {
      let isOfEnough = figures.lines.contains {
        $0.from.party == line.from && $0.to == nil && $0.kind == line.kind.rawValue && $0.people >= least
      }
      #expect(isOfEnough)
    }
    let named = shown.named + shown.brokers.map(\.party) + shown.lines.map(\.from)
    #expect(named.allSatisfy { $0.kind != .person })
  }

  @Test("The same network makes the same picture, within its frame")
  func picture() throws {
    var random = SeededGenerator(seed: 31)
    for _ in 0..<100 {
      let ties = Self.ties(&random)
      guard let shown = ShownNetwork(Self.figures(ties, before: []), least: 5) else { continue }
      let again = ShownNetwork(Self.figures(ties.reversed(), before: []), least: 5)
      let picture = NetworkPicture(shown)
      #expect(try picture == NetworkPicture(#require(again)))
      let frame = 0...NetworkPicture.size
      #expect(picture.circles.allSatisfy { frame.contains($0.x) && frame.contains($0.y) })
      #expect(Set(picture.circles.map(\.number)).count == picture.circles.count)
      #expect(picture.strokes.count == shown.lines.count)
      let ends = Set(shown.lines.flatMap { [$0.from, $0.to].compactMap(\.self) })
      #expect(Set(picture.circles.map(\.party)) == ends, "the table names each of them")
    }
  }

  @Test("New, kept and lost pairs make those of both quarters")
  func changes() {
    var random = SeededGenerator(seed: 37)
    for _ in 0..<100 {
      let (ties, before) = (Self.ties(&random), Self.ties(&random))
      let figures = Self.figures(ties, before: before)
      #expect(figures.new.ties + figures.kept.ties == figures.pairs)
      let earlier = Set(before.map(NetworkCensus.Pair.init)).count
      #expect(figures.kept.ties + figures.lost.ties == earlier)
      let mixed = figures.mix.reduce(0) { $0 + $1.ties }
      #expect(mixed == figures.pairs)
    }
  }
}
