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
      let versions = (0..<Int.random(in: 1...4, using: &random)).map { _ in value(&random) }
      let shown = try #require(ShownIndicator.current(versions, least: least))
      #expect(versions.contains(shown))
      guard versions.count == 2, shown == versions[1] else { continue }
      for (one, other) in [
        (versions[0].numerator, shown.numerator), (versions[0].rest ?? 0, shown.rest ?? 0),
      ] {
        #expect(one == other || abs(one - other) >= least)
      }
    }
    #expect(ShownIndicator.current([], least: least) == nil)
  }

  @Test("Months follow one another and read as they are written")
  func months() throws {
    let month = try #require(IndicatorMonth("2026-12"))
    #expect(month.next.description == "2027-01" && month.next.previous == month)
    #expect(month.months(back: 3).map(\.description) == ["2026-10", "2026-11", "2026-12"])
    #expect(IndicatorMonth(month.start(offsetSeconds: 28_800), offsetSeconds: 28_800) == month)
    for text in ["2026-13", "2026-1", "26-01", "2026-00", "2026-+1", "", "2026-01-01"] {
      #expect(IndicatorMonth(text) == nil, "\(text)")
    }
  }
}
