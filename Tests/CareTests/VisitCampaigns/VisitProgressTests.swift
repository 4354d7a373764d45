import Kernel
import TestKit
import Testing

@testable import Care

@Suite("Door visits: how far they are")
struct VisitProgressTests {
  @Test("Doors are counted by building and by the outcome that counts")
  func counts() {
    let progress = VisitProgress([
      ("3", .seen), ("3", nil), ("5", .notAnswered), ("5", .followUp), ("3", .declined), ("10", .comeAgain),
    ])
    #expect(progress.listed == 6 && progress.done == 3)
    #expect(
      progress.buildings == [
        .init(building: "3", listed: 3, done: 2), .init(building: "5", listed: 2, done: 1),
        .init(building: "10", listed: 1, done: 0),
      ])
    #expect(progress.counts.map(\.doors) == [1, 1, 1, 0, 1, 1, 1])
  }

  @Test("Small numbers are not told, and cannot be computed from the others and their sum")
  func protected() {
    for seed in UInt64(1)...2000 {
      var random = SeededGenerator(seed: seed)
      let counts = (0..<Int.random(in: 1...7, using: &random)).map { _ in
        Bool.random(using: &random) ? 0 : Int.random(in: 0...12, using: &random)
      }
      let shown = VisitCount.shown(counts)
      for (count, told) in zip(counts, shown) {
        switch told {
        case .exactly(let number): #expect(number == count && (count == 0 || count > 4), "seed \(seed)")
        case .few: #expect((1...4).contains(count), "seed \(seed)")
        case .more: #expect(count >= 5, "seed \(seed)")
        }
      }
      // Whoever knows the sum knows the sum of what is hidden: one number alone would be told by it, unless the sum itself
      // is as small.
      let hidden = zip(counts, shown).filter { if case .exactly = $1 { false } else { true } }
      if hidden.count == 1 { #expect(counts.reduce(0, +) == hidden[0].0 && hidden[0].0 < 5, "seed \(seed)") }
    }
  }

  @Test("What is done and what is not hide their small numbers each by itself")
  func groups() {
    func doors(_ counts: [(VisitOutcome.Kind?, Int)]) -> [(building: String, outcome: VisitOutcome.Kind?)] {
      counts.flatMap { kind, count in (0..<count).map { _ in ("3", kind) } }
    }
    let progress = VisitProgress(doors([(.seen, 20), (.declined, 3), (.notAnswered, 2), (nil, 9)]))
    // Seen, no answer, declined, moved, come again, worker needed, not visited.
    #expect(
      progress.shownCounts == [
        .more, .few, .few, .exactly(0), .exactly(0), .exactly(0), .more,
      ])
    #expect(progress.shownBuildings == [.exactly(23)])
    #expect(VisitCount.few.words.chinese == "1–4")
  }
}
