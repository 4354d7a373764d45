import Kernel
import TestKit
import Testing

@testable import Resources

@Suite("Dashboard: what may be shown")
struct ShownIndicatorTests {
  private func definition(isNothingHarmless: Bool = false) -> IndicatorDefinition {
    IndicatorDefinition(
      meaning: Phrase(same: "m"), origin: Phrase(same: "o"), unit: .share, counted: Phrase(same: "c"),
      whole: Phrase(same: "w"), isNothingHarmless: isNothingHarmless)
  }

  private func value(_ random: inout SeededGenerator) -> IndicatorValue {
    let rest = Int64.random(in: 0...25, using: &random)
    let part = Int64.random(in: 0...25, using: &random)
    let people = min(part, Int64.random(in: 0...25, using: &random))
    let others = min(rest, Int64.random(in: 0...25, using: &random))
    return IndicatorValue(
      numerator: part, denominator: part + rest, people: people, otherPeople: others,
      isDominated: Int.random(in: 0...9, using: &random) == 0)
  }

  @Test(
    "A part is shown only where both sides stand for enough, or are harmlessly nothing", arguments: [5, 10])
  func gate(_ least: Int64) {
    var random = SeededGenerator(seed: 41)
    var (shownOnes, hiddenOnes) = (0, 0)
    for _ in 0..<3_000 {
      let isHarmless = Bool.random(using: &random)
      let value = value(&random)
      let shown = ShownIndicator(value, definition(isNothingHarmless: isHarmless), least: least)
      guard case .part(let part, let whole) = shown else {
        hiddenOnes += 1
        #expect(shown == .hidden)
        continue
      }
      shownOnes += 1
      #expect(part == value.numerator && whole == value.denominator)
      #expect(!value.isDominated)
      let sides = [(part, value.people), (whole - part, value.otherPeople ?? 0)]
      for (number, people) in sides {
        let isEnough = number >= least && people >= least
        #expect(isEnough || (isHarmless && number == 0))
      }
    }
    #expect(shownOnes > 300 && hiddenOnes > 300)
  }

  @Test("A plain count is shown from the least number on, and what nobody counted is missing")
  func counts() {
    let plain = IndicatorDefinition(
      meaning: Phrase(same: "m"), origin: Phrase(same: "o"), unit: .count, counted: Phrase(same: "c"))
    for (number, expected) in [(0, ShownIndicator.hidden), (9, .hidden), (10, .count(10)), (70, .count(70))] {
      #expect(ShownIndicator(IndicatorValue(numerator: Int64(number)), plain, least: 10) == expected)
    }
    #expect(ShownIndicator(nil, plain, least: 10) == .missing)
    let few = IndicatorValue(numerator: 400, people: 3)
    #expect(ShownIndicator(few, plain, least: 10) == .hidden, "many things of few people")
  }

  @Test("Figures that contradict themselves are not shown")
  func unsound() {
    let value = IndicatorValue(numerator: 30, denominator: 20)
    #expect(ShownIndicator(value, definition(), least: 5) == .hidden)
    #expect(
      ShownIndicator(
        IndicatorValue(numerator: 0, denominator: 0), definition(isNothingHarmless: true), least: 5)
        == .hidden)
  }

  @Test("Of a hundred, to the nearest")
  func percents() {
    #expect(ShownIndicator.part(12, of: 40).percent == 30)
    #expect(ShownIndicator.part(1, of: 3).percent == 33)
    #expect(ShownIndicator.part(2, of: 3).percent == 67)
    #expect(ShownIndicator.part(1, of: 200).percent == 1)
    #expect(ShownIndicator.part(Int64.max / 2, of: Int64.max / 2).percent == 100)
    #expect(ShownIndicator.count(12).percent == nil && ShownIndicator.hidden.percent == nil)
  }

  @Test("A later version is shown only where the difference gives nobody away", arguments: [5, 10])
  func versions(_ least: Int64) throws {
    var random = SeededGenerator(seed: 43)
    for _ in 0..<1_000 {
      let versions = (1...Int64.random(in: 1...4, using: &random)).map { version in
        FrozenIndicator(
          code: "c", month: DashboardFixture.october, version: version, value: value(&random))
      }
      let shown = try #require(ShownIndicator.current(versions, least: least))
      #expect(versions.contains(shown))
      guard versions.count == 2, shown == versions[1] else { continue }
      let (before, after) = (versions[0].value, shown.value)
      for (one, other) in [(before.numerator, after.numerator), (before.rest ?? 0, after.rest ?? 0)] {
        #expect(one == other || abs(one - other) >= least)
      }
    }
    #expect(ShownIndicator.current([], least: least) == nil)
  }

  @Test(
    "A part of those who agreed is shown where those who did not are nobody or enough", arguments: [5, 10])
  func within(_ least: Int64) {
    let value = IndicatorValue(numerator: 20, denominator: 50)
    for around in 50...80 as ClosedRange<Int64> {
      let shown = ShownIndicator(value, definition(), within: around, least: least)
      #expect((shown == .hidden) == (1..<least).contains(around - 50), "\(around)")
    }
    #expect(ShownIndicator(value, definition(), within: nil, least: least) == .part(20, of: 50))
  }

  @Test("Ties are told as the network’s report tells them, or not at all", arguments: [5, 10])
  func ties(_ least: Int64) throws {
    let quarter = try #require(Quarter("2026-Q3"))
    var figures = NetworkFigures()
    figures.persons = 40
    figures.mix[KindPair.persons.rawValue] = NetworkFigures.Cell(ties: 45, people: 30)
    figures.new = NetworkFigures.Cell(ties: 33, people: 20)
    figures.kept = NetworkFigures.Cell(ties: 12, people: 7)
    figures.lost = NetworkFigures.Cell(ties: 21, people: 14)
    let series = TieIndicators.series(
      [(quarter: quarter.previous, figures: nil), (quarter: quarter, figures: figures)], least: least)
    #expect(series.map(\.code) == ["ties_new", "ties_kept"])
    let expected: [[ShownIndicator]] =
      least == 5
      ? [[.missing, .count(35)], [.missing, .count(10)]] : [[.missing, .hidden], [.missing, .hidden]]
    #expect(series.map { $0.points.map(\.shown) } == expected)
    let shown = try #require(ShownNetwork(figures, least: Int(least)))
    #expect((shown.new == nil) == (least == 10), "seven people were kept")
  }
}
