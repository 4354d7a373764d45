import TestKit
import Testing

@testable import Statistics

/// What tables hold and what they do not answer.
@Suite struct TableTests {
  @Test func `a table that is none is refused`() {
    #expect(ContingencyTable([]) == nil)
    #expect(ContingencyTable([[]]) == nil)
    #expect(ContingencyTable([[1, 2], [3]]) == nil)
    #expect(ContingencyTable([[1, -1]]) == nil)
  }

  @Test func `what a table cannot say it does not say`() throws {
    for counts in [[[0, 0], [1, 2]], [[0, 1], [0, 2]], [[1, 2]], [[1], [2]], [[0, 0], [0, 0]]] {
      let table = try #require(ContingencyTable(counts))
      #expect(table.chiSquareTest == nil, "\(counts)")
      #expect(table.yatesTest == nil, "\(counts)")
      #expect(table.cramersV == nil, "\(counts)")
    }
    let larger = try #require(ContingencyTable([[1, 2, 3], [3, 2, 1]]))
    #expect(larger.yatesTest == nil && larger.fisherExactPValue == nil)
    let empty = try #require(ContingencyTable([[0, 0], [0, 0]]))
    #expect(empty.fisherExactPValue == nil && empty.withoutEmptyLines == nil)
    #expect(empty.rowShares == [[nil, nil], [nil, nil]])
    #expect(CohensKappa(empty) == nil && CohensKappa(larger) == nil)
  }

  @Test func `totals and shares add up in every table`() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<500 {
      let columns = Int.random(in: 1...6, using: &random)
      let counts = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        (0..<columns).map { _ in Int.random(in: 0...20, using: &random) }
      }
      let table = try #require(ContingencyTable(counts))
      #expect(table.columnTotals.reduce(0, +) == table.total)
      #expect(abs(table.expected.joined().reduce(0, +) - Double(table.total)) < 1e-9)
      for row in table.rowShares.map({ $0.compactMap { $0 } }) where !row.isEmpty {
        #expect(abs(row.reduce(0, +) - 1) < 1e-12)
      }
      #expect(table.withoutEmptyLines.map { $0.total == table.total } ?? (table.total == 0))
    }
  }

  @Test func `small expected counts are warned of, as Cochran's rule says`() throws {
    // All expected 5: nothing to say.
    #expect(try #require(ContingencyTable([[5, 5], [5, 5]])).expectedCountWarning == nil)
    let quarter = try #require(ContingencyTable([[9, 1], [9, 1]])?.expectedCountWarning)
    #expect(quarter.cellsBelowFive == 2 && quarter.cells == 4 && quarter.smallest == 1)
    // Six cells, one below five: a sixth is less than a fifth, and none is below one.
    #expect(try #require(ContingencyTable([[60, 60, 7], [30, 30, 3]])).expectedCountWarning == nil)
    // One cell in sixteen, but below one.
    let tiny = try #require(
      ContingencyTable([[400, 400, 400, 1], [300, 300, 300, 20], [300, 300, 300, 20], [20, 20, 20, 0]])?
        .expectedCountWarning)
    #expect(tiny.smallest < 1)
  }

  @Test func `Fisher's test gives both sides alike`() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      let cells = (0..<4).map { _ in Int.random(in: 0...15, using: &random) }
      guard cells.contains(where: { $0 > 0 }) else { continue }
      let p = try #require(
        ContingencyTable([[cells[0], cells[1]], [cells[2], cells[3]]])?.fisherExactPValue)
      let turned = try #require(
        ContingencyTable([[cells[1], cells[0]], [cells[3], cells[2]]])?.fisherExactPValue)
      let swapped = try #require(
        ContingencyTable([[cells[0], cells[2]], [cells[1], cells[3]]])?.fisherExactPValue)
      #expect(abs(p - turned) < 1e-12 && abs(p - swapped) < 1e-12)
      #expect(p > 0 && p <= 1)
    }
  }

  @Test func `the lady tasting tea`() throws {
    let p = try #require(ContingencyTable([[3, 1], [1, 3]])?.fisherExactPValue)
    #expect(abs(p - 34.0 / 70) < 1e-12)
  }

  @Test func `a link that turns round in every layer is found`() throws {
    // Kidney stones (Charig et al. 1986): each size does better by the first treatment, all together by the second.
    let stones = try [[[81, 6], [234, 36]], [[192, 71], [55, 25]]].map { try #require(ContingencyTable($0)) }
    #expect(SimpsonsParadox.isReversed(stones))
    #expect(!SimpsonsParadox.isReversed([stones[0]]))
    let alike = try [[[8, 2], [4, 6]], [[6, 4], [3, 7]]].map { try #require(ContingencyTable($0)) }
    #expect(!SimpsonsParadox.isReversed(alike), "the layers say what the whole says")
    let mixed = try stones + [#require(ContingencyTable([[1, 9], [9, 1]]))]
    #expect(!SimpsonsParadox.isReversed(mixed), "one layer agrees with the whole")
    #expect(!SimpsonsParadox.isReversed([]))
  }
}

/// Shares, points and scales.
@Suite struct SummaryTests {
  @Test func `an interval stays within what is possible and holds the share`() throws {
    for total in [1, 2, 10, 263, 50_000] {
      for count in Set([0, 1, total / 2, total - 1, total]) {
        let proportion = try #require(Proportion(count, of: total))
        let interval = proportion.wilsonInterval()
        #expect(interval.lowerBound >= 0 && interval.upperBound <= 1)
        #expect(interval.contains(proportion.share))
        #expect(proportion.wilsonInterval(confidence: 0.99).upperBound >= interval.upperBound)
      }
    }
    #expect(Proportion(1, of: 0) == nil)
    #expect(Proportion(3, of: 2) == nil)
    #expect(Proportion(-1, of: 2) == nil)
  }

  @Test func `points are told by their distribution, the middle and the two ends`() throws {
    let rating = try #require(RatingSummary([1, 2, 3, 4, 10]))
    #expect(
      rating.total == 20 && rating.topTwo == Proportion(14, of: 20)
        && rating.bottomTwo == Proportion(3, of: 20))
    #expect(rating.median == 4.5 && rating.mean == 4)
    #expect(rating.reversed.counts == [10, 4, 3, 2, 1] && rating.reversed.median == 1.5)
    let nobody = try #require(RatingSummary([0, 0], lowest: 0))
    #expect(nobody.median == nil && nobody.mean == nil && nobody.topTwo == nil)
    #expect(RatingSummary([3]) == nil && RatingSummary([1, -1]) == nil)
  }

  @Test func `the middle is the middle of the sorted answers`() throws {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<300 {
      let lowest = Int.random(in: -2...2, using: &random)
      let counts = (0..<Int.random(in: 2...7, using: &random)).map { _ in
        Int.random(in: 0...4, using: &random)
      }
      let answers = counts.enumerated().flatMap { [Int](repeating: lowest + $0.offset, count: $0.element) }
      let rating = try #require(RatingSummary(counts, lowest: lowest))
      guard !answers.isEmpty else { continue }
      let middle = Double(answers[(answers.count - 1) / 2] + answers[answers.count / 2]) / 2
      #expect(rating.median == middle)
      #expect(abs(try #require(rating.mean) - Double(answers.reduce(0, +)) / Double(answers.count)) < 1e-12)
    }
  }

  @Test func `a scale that says nothing has no alpha`() {
    #expect(CronbachsAlpha([], .listwise) == nil)
    #expect(CronbachsAlpha([[1], [2]], .listwise) == nil)
    #expect(CronbachsAlpha([[1, 2], [1]], .listwise) == nil)
    #expect(CronbachsAlpha([[1, 2], [1, 2]], .listwise) == nil, "nothing varies")
    #expect(CronbachsAlpha([[1, nil], [2, nil], [3, 4]], .listwise) == nil, "one person is no variance")
    #expect(
      ContingencyTable([[7, 0], [0, 0]]).flatMap(CohensKappa.init) == nil, "both gave one code to everything")
  }

  @Test func `who moved is counted, and nobody moving is no news`() {
    let test = WilcoxonSignedRankTest(differences: [0, 1, -1, 2, 0])
    #expect(test.up == 2 && test.same == 2 && test.down == 1 && test.method == .approximate)
    let still = WilcoxonSignedRankTest(differences: [0, 0])
    #expect(still.pValue == 1 && still.same == 2)
    #expect(WilcoxonSignedRankTest(differences: []).pValue == 1)
    #expect(McNemarTest(gained: 0, lost: 0).pValue == 1)
  }

  @Test func `the normal value belongs to its tail`() {
    #expect(abs(NormalDistribution.value(aboveWhich: 0.025) - 1.959963984540054) < 1e-14)
    #expect(abs(NormalDistribution.value(aboveWhich: 0.5)) < 1e-15)
    for tail in [1e-12, 0.001, 0.2, 0.8, 0.999] {
      #expect(abs(NormalDistribution.upperTail(NormalDistribution.value(aboveWhich: tail)) / tail - 1) < 1e-9)
    }
  }
}
