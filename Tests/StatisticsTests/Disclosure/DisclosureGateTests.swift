import TestKit
import Testing

@testable import Statistics

struct DisclosureGateTests {
  /// Two groups of people and one question of yes, no and left empty.
  private func dataset(_ counts: [[Int]]) throws -> DisclosureDataset {
    var (groups, answers): ([UInt8], [UInt8]) = ([], [])
    for (group, row) in counts.enumerated() {
      for (answer, people) in row.enumerated() {
        groups += [UInt8](repeating: UInt8(group), count: people)
        answers += [UInt8](repeating: UInt8(answer), count: people)
      }
    }
    return try DisclosureDataset(
      breakdowns: [.init(groups, categories: counts.count)],
      questions: [.init(answers, categories: counts[0].count)])
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
