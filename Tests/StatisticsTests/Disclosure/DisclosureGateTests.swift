import TestKit
import Testing

@testable import Statistics

struct DisclosureGateTests {
  /// Two groups of people and one question of yes, no and left empty.
  ///
  /// - Parameter open: categories of the question.
  private func dataset(_ counts: [[Int]], open: Set<Int> = []) throws -> DisclosureDataset {
    var (groups, answers): ([UInt8], [UInt8]) = ([], [])
    for (group, row) in counts.enumerated() {
      for (answer, people) in row.enumerated() {
        groups += [UInt8](repeating: UInt8(group), count: people)
        answers += [UInt8](repeating: UInt8(answer), count: people)
      }
    }
    return try DisclosureDataset(
      breakdowns: [.init(groups, categories: counts.count)],
      questions: [.init(answers, categories: counts[0].count, open: open)])
  }

  @Test func `a table without small numbers is shown whole`() throws {
    let dataset = try dataset([[30, 40, 20], [25, 35, 45]])
    let release = try DisclosureGate.release(
      Cut(questions: [0], breakdown: [0]), of: dataset, after: [], k: 10)
    #expect(release.cells.allSatisfy { $0.count != nil })
    #expect(release[CutCell([2], in: [1])] == 45)
    #expect(release[CutCell([nil], in: [nil])] == 195)
  }

  @Test(arguments: [0, 1, 9]) func `a small number goes, nought too, and what would give it back`(
    _ small: Int
  ) throws {
    let dataset = try dataset([[30, 40, small], [25, 35, 45]])
    let release = try DisclosureGate.release(
      Cut(questions: [0], breakdown: [0]), of: dataset, after: [], k: 10)
    #expect(release[CutCell([2], in: [0])] == nil)
    #expect([0, 1].contains { release[CutCell([$0], in: [0])] == nil })
    #expect(release[CutCell([2], in: [1])] == nil || release[CutCell([2], in: [nil])] == nil)
  }

  @Test func `few who left it empty cost no answer, and are shown`() throws {
    let dataset = try dataset([[25, 20, 12, 3, 0]], open: [3, 4])
    let release = try DisclosureGate.release(Cut(questions: [0]), of: dataset, after: [], k: 10)
    #expect((0..<5).map { release[CutCell([$0])] } == [25, 20, 12, 3, 0])
    #expect(release[CutCell([nil])] == 60)
  }

  @Test func `a small answer costs another answer and not the number of those who left it empty`() throws {
    let dataset = try dataset([[25, 20, 9, 6]], open: [3])
    let release = try DisclosureGate.release(Cut(questions: [0]), of: dataset, after: [], k: 10)
    #expect((0..<4).map { release[CutCell([$0])] } == [25, nil, nil, 6])
  }

  @Test func `a group that answered enough shows how few of it did not`() throws {
    let dataset = try dataset([[30, 40, 2], [25, 35, 0]], open: [2])
    let release = try DisclosureGate.release(
      Cut(questions: [0], breakdown: [0]), of: dataset, after: [], k: 10)
    #expect(release.cells.allSatisfy { $0.count != nil })
    #expect(release[CutCell([2], in: [0])] == 2 && release[CutCell([2], in: [1])] == 0)
  }

  /// That all of six left it empty says of each that they gave no answer at all; that two did, what the other
  /// four can have given. Nothing may be shown at all, but never that.
  @Test(arguments: [[0, 0, 6], [3, 1, 2], [0, 4, 2]])
  func `a group of few does not show how many left it empty`(_ few: [Int]) throws {
    let dataset = try dataset([[30, 20, 14], few], open: [2])
    let release = try? DisclosureGate.release(
      Cut(questions: [0], breakdown: [0]), of: dataset, after: [], k: 10)
    for answer in 0..<3 {
      #expect(release?[CutCell([answer], in: [1])] == nil)
      #expect(release?[CutCell([answer], in: [0])] == nil || release?[CutCell([answer], in: [nil])] == nil)
    }
  }

  @Test func `whoever shows what is open in a group of few is seen through`() throws {
    let dataset = try dataset([[5, 4, 1], [1, 0, 3]], open: [2])
    func isExposed(_ release: ReleasedCut) -> Bool {
      let attacked = AttackedReleases(RandomReleases(of: dataset, [release]), at: 3, filtered: 10)
      let ranges = Enumeration(of: attacked).ranges
      return !attacked.exposed { ranges[$0] }.isEmpty
    }
    let cut = Cut(questions: [0], breakdown: [0])
    // Without it, the totals give nothing away.
    let all = try CutTable(cut, of: dataset, k: 0).release
    for (isOpenShown, isSeenThrough) in [(false, false), (true, true)] {
      let figures = all.cells.map { cell, count in
        cell.group == [nil] || isOpenShown && cell.answers == [2] ? count : nil
      }
      let release = ReleasedCut(cut: cut, k: 3, shape: all.shape, figures: figures)
      #expect(isExposed(release) == isSeenThrough)
    }
    if let release = try? DisclosureGate.release(cut, of: dataset, after: [], k: 3) {
      #expect(!isExposed(release))
    }
  }

  @Test func `how few left one question empty is shown, and not what they answered to another`() throws {
    // Two left the second question empty, and both of them said yes to the first.
    let dataset = try DisclosureDataset(
      breakdowns: [],
      questions: [
        .init([UInt8](repeating: 0, count: 32) + [UInt8](repeating: 1, count: 30), categories: 2),
        .init([2, 2] + (0..<60).map { $0 % 2 }, categories: 3, open: [2]),
      ])
    let alone = try DisclosureGate.release(Cut(questions: [1]), of: dataset, after: [], k: 10)
    #expect((0..<3).map { alone[CutCell([$0])] } == [30, 30, 2])
    let both = Cut(questions: [0, 1])
    #expect(throws: DisclosureRefusal.followsFromEarlier) {
      try DisclosureGate.release(both, of: dataset, after: [alone], k: 10)
    }
    let crossed = try? DisclosureGate.release(both, of: dataset, after: [], k: 10)
    for cell in [[0, 2], [1, 2], [nil, 2]] { #expect(crossed?[CutCell(cell)] == nil) }
  }

  @Test func `a filter cannot single out those whom an earlier table leaves`() throws {
    let dataset = try dataset([[30, 40, 20], [25, 35, 45], [1, 2, 0]])
    let all = try DisclosureGate.release(Cut(questions: [0]), of: dataset, after: [], k: 10)
    let without = Cut(questions: [0], filters: [.init(0, among: [0, 1])])
    let second = try? DisclosureGate.release(without, of: dataset, after: [all], k: 10)
    for answer in 0..<3 {
      #expect(all[CutCell([answer])] == nil || second?[CutCell([answer])] == nil)
    }
    #expect(try DisclosureGate.release(without, of: dataset, after: [], k: 10)[CutCell([0])] == 55)
  }

  @Test func `the same is released as it was, and its text says all of it`() throws {
    let dataset = try dataset([[30, 40, 3], [25, 35, 45]])
    let cut = Cut(questions: [0], breakdown: [0])
    let first = try DisclosureGate.release(cut, of: dataset, after: [], k: 10)
    #expect(try DisclosureGate.release(cut, of: dataset, after: [first], k: 10) == first)
    #expect(ReleasedCut(first.description) == first)
    #expect(Cut(cut.description) == cut)
  }

  @Test func `what cannot be judged is refused`() throws {
    let dataset = try dataset([[30, 40, 20], [25, 35, 45]])
    let other = try self.dataset([[31, 40, 20], [25, 35, 45]])
    let cut = Cut(questions: [0])
    let release = try DisclosureGate.release(cut, of: other, after: [], k: 10)
    #expect(throws: DisclosureRefusal.ledgerDiffers) {
      try DisclosureGate.release(cut, of: dataset, after: [release], k: 10)
    }
    #expect(throws: DisclosureRefusal.malformed) {
      try DisclosureGate.release(Cut(questions: [1]), of: dataset, after: [], k: 10)
    }
    #expect(throws: DisclosureRefusal.malformed) {
      try DisclosureGate.release(cut, of: dataset, after: [], k: 1)
    }
    #expect(throws: DisclosureRefusal.nothingToShow) {
      try DisclosureGate.release(cut, of: dataset, after: [], k: 100)
    }
    // How many left it empty is no release alone.
    let open = try self.dataset([[8, 0, 3]], open: [2])
    #expect(throws: DisclosureRefusal.nothingToShow) {
      try DisclosureGate.release(cut, of: open, after: [], k: 10)
    }
    #expect(throws: DisclosureRefusal.malformed) { try self.dataset([[30, 40, 20]], open: [3]) }
    let single = try self.dataset([[30, 40, 20]], open: [1, 2])
    #expect(throws: DisclosureRefusal.malformed) {
      try DisclosureGate.release(Cut(questions: [0]), of: single, after: [], k: 10)
    }
    #expect(throws: DisclosureRefusal.malformed) {
      try DisclosureDataset(
        breakdowns: [.init([0, 1], categories: 2, open: [1])], questions: [.init([0, 1], categories: 2)])
    }
    let questionnaire = try MadeUpQuestionnaire(people: 200, seed: 1)
    #expect(throws: DisclosureRefusal.tooLarge) {
      try DisclosureGate.release(
        Cut(questions: Array(0..<13), breakdown: [0, 1]), of: questionnaire.dataset, after: [], k: 10)
    }
  }

  @Test func `most of what may be shown is shown, and the same each time`() throws {
    var (allowed, shown) = (0, 0)
    var texts: [[String]] = []
    for _ in 0..<2 {
      var questionnaire = try MadeUpQuestionnaire(people: 600, seed: 7)
      var ledger: [ReleasedCut] = []
      for _ in 0..<12 {
        let cut = questionnaire.cut()
        guard
          let release = try? DisclosureGate.release(cut, of: questionnaire.dataset, after: ledger, k: 10)
        else { continue }
        allowed += try CutTable(release.cut, of: questionnaire.dataset, k: 10).isShown.count { $0 }
        shown += release.cells.count { $0.count != nil }
        ledger.append(release)
      }
      texts.append(ledger.map(\.description))
    }
    #expect(texts[0].count > 8 && texts[0] == texts[1])
    #expect(shown * 10 > allowed * 6, "\(shown) of \(allowed)")
  }
}
