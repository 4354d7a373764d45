import Kernel
import Statistics
import TestKit
import Testing

@testable import Surveys

@Suite struct AnalysisTests {
  private func answers(_ name: String, _ values: [String]) -> [ResponseAnswers] {
    values.map { ResponseAnswers(values: [name: $0]) }
  }

  private func axis(_ title: String, _ codes: [Int16], _ categories: Int = 2) -> CrossAxis {
    CrossAxis(
      title: Phrase(same: title), categories: (0..<categories).map { Phrase(same: "\($0)") }, codes: codes)
  }

  @Test func `Numbers have the quartiles of definition 7 and the deviation of a sample`() throws {
    let summary = try #require(NumberSummary([1, 2, 3, 4]))
    #expect(summary.quartiles == [1.75, 2.5, 3.25])
    #expect(summary.mean == 2.5)
    #expect(abs((summary.standardDeviation ?? 0) - 1.2909944487358056) < 1e-12)
    #expect(summary.bins.reduce(0) { $0 + $1.count } == 4)
    #expect(NumberSummary([]) == nil)
    #expect(NumberSummary([7])?.standardDeviation == nil)
  }

  @Test(arguments: 1...30) func `Every number lies in exactly one bin`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let numbers = (0..<50).map { _ in Double(Int.random(in: -300...300, using: &random)) / 4 }
    let summary = try #require(NumberSummary(numbers))
    for bin in summary.bins {
      #expect(bin.count == numbers.count { bin.from <= $0 && $0 < bin.to })
    }
  }

  @Test func `Ranks are told by mean place and by who put them first`() {
    let count = RankCount([1, 2, 0, 1, 3])
    #expect(count.ranked == 4)
    #expect(count.first == 2)
    #expect(count.mean == 1.75)
  }

  @Test func `A crossed table leaves out who answered only one of the two`() throws {
    let table = try #require(CrossTable(axis("a", [0, 0, 1, -1, 1]), axis("b", [0, 1, 1, 0, -1])))
    #expect(table.table.counts == [[1, 1], [0, 1]])
    #expect(table.left == 2)
  }

  @Test func `Small expected counts let Fisher decide, and nothing where the table is larger`() throws {
    let small = try #require(ContingencyTable([[3, 1], [1, 3]]))
    let test = TableTest(small)
    #expect(test.warning != nil)
    #expect(test.deciding == test.fisher)
    #expect(test.finding == .notSeen)
    let larger = TableTest(try #require(ContingencyTable([[3, 1, 0], [1, 3, 1]])))
    #expect(larger.warning != nil)
    #expect(larger.finding == nil)
  }

  @Test func `Findings claim no more than a link`() {
    for finding in [AnalysisFinding.linked, .notSeen] {
      for word in ["prove", "cause", "证明", "导致"] {
        #expect(!finding.name.english.contains(word) && !finding.name.chinese.contains(word))
      }
    }
  }

  @Test func `A link that turns round within the groups is told`() throws {
    // Kidney stones, Charig and others 1986: treatment A does better in both groups, and worse in all together.
    var (rows, columns, groups): ([Int16], [Int16], [Int16]) = ([], [], [])
    func add(_ row: Int16, _ column: Int16, _ group: Int16, _ count: Int) {
      for _ in 0..<count { (rows, columns, groups) = (rows + [row], columns + [column], groups + [group]) }
    }
    add(0, 0, 0, 81)
    add(0, 1, 0, 6)
    add(1, 0, 0, 234)
    add(1, 1, 0, 36)
    add(0, 0, 1, 192)
    add(0, 1, 1, 71)
    add(1, 0, 1, 55)
    add(1, 1, 1, 25)
    let split = try #require(
      SplitCross(axis("treatment", rows), axis("result", columns), by: axis("size", groups)))
    #expect(split.isReversed)
    #expect(split.layers.map(\.table.total) == [357, 343])
  }

  @Test func `Before and after is counted in the same people`() throws {
    var definition = SurveySample.definition
    definition.items = [
      SurveySample.item("before", .selectOne(list: "yes")),
      SurveySample.item("after", .selectOne(list: "yes")),
    ]
    let moves = [("no", "yes"), ("no", "yes"), ("yes", "yes"), ("yes", "no"), ("no", "")]
    let data = SurveySample.data(
      moves.map { before, after in
        ResponseAnswers(values: ["before": before, "after": after].filter { !$0.value.isEmpty })
      }, versions: [SurveySample.version(definition)])
    let pair = try #require(PairedComparison(data, before: 0, after: 1))
    #expect(pair.pairs == 4)
    #expect(pair.movements == [2, 1, 1])
    #expect(pair.pValue == 1)
    #expect(PairedComparison(data, before: 0, after: 0) == nil)
  }

  @Test func `Numbers below five are left out, and what would give them back`() {
    let mask = StationMask(.anonymous)
    #expect(mask.shown([20, 3, 9]) == [20, nil, nil])
    #expect(mask.shown([18, 12, 20], of: 20) == [nil, 12, 20])
    #expect(StationMask(.named).shown([1, 2]) == [1, 2])
  }

  @Test func `A masked table shows no cell below five`() throws {
    let table = try #require(ContingencyTable([[30, 2, 18], [25, 14, 11], [9, 16, 40]]))
    let cells = StationMask(.separated).cells(table)
    #expect(cells.count == 4 && cells.allSatisfy { $0.count == 4 })
    #expect(cells[0][1] == nil)
    #expect(cells.joined().compactMap(\.self).allSatisfy { $0 >= 5 })
  }

  @Test func `The sample note says how many came by which way and who was not reached`() {
    let data = SurveySample.data(answers("lift", ["yes", "no", "yes", "yes"]))
    let note = SampleNote(data, contacts: [.absent: 7], unit: .person, households: 40)
    #expect(note.phrase.chinese.contains("共有 4 人回答"))
    #expect(note.phrase.chinese.contains("纸质问卷 2"))
    #expect(note.phrase.chinese.contains("没人 7"))
    #expect(note.phrase(least: 5).english.contains("fewer than 5"))
  }
}
