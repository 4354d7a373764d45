import Interop
import Kernel
import Statistics
import TestKit
import Testing

@testable import Surveys

@Suite("Analysis: scores between two numbers")
struct RangeRatingTests {
  struct Bounds: Sendable, CustomTestStringConvertible {
    let start: String
    let end: String
    let step: String

    init(_ start: String, _ end: String, _ step: String) {
      self.start = start
      self.end = end
      self.step = step
    }

    var testDescription: String { "\(start) to \(end) by \(step)" }

    var item: FormItem {
      var item = SurveySample.item("score", .range)
      item.parameters = [
        FormItem.Parameter("start", start), FormItem.Parameter("end", end), FormItem.Parameter("step", step),
      ]
      return item
    }

    func version(_ number: Int64 = 1) -> QuestionnaireVersion {
      var definition = SurveySample.definition
      definition.items = [item]
      return SurveySample.version(definition, number: number)
    }
  }

  static let few: [(bounds: Bounds, points: [String])] = [
    (Bounds("0", "10", "1"), (0...10).map(String.init)),
    (Bounds("1", "5", "0.5"), ["1", "1.5", "2", "2.5", "3", "3.5", "4", "4.5", "5"]),
    (Bounds("-2", "2", "1"), ["-2", "-1", "0", "1", "2"]),
    (Bounds("-0.5", "0.5", "0.25"), ["-0.5", "-0.25", "0", "0.25", "0.5"]),
    (Bounds("0.1", "0.5", "0.1"), ["0.1", "0.2", "0.3", "0.4", "0.5"]),
    (Bounds("0", "10", "4"), ["0", "4", "8"]),
  ]

  private func data(_ values: [String], _ bounds: Bounds) -> SurveyData {
    SurveySample.data(
      values.map { ResponseAnswers(values: ["score": $0]) }, versions: [bounds.version()])
  }

  @Test(arguments: few.indices)
  func `a score of few points is told point by point, its middle and mean in the numbers that were offered`(
    _ index: Int
  ) throws {
    let (bounds, points) = Self.few[index]
    for seed in 1...10 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      let chosen = (0..<Int.random(in: 1...40, using: &random)).map { _ in
        points[Int.random(in: points.indices, using: &random)]
      }
      let data = data(chosen, bounds)
      let item = data.items[0]
      #expect(item.isRating && item.optionNames.map(\.chinese) == points)
      guard case .rating(let options, false) = QuestionSummary(data, 0).content else {
        Issue.record("no rating")
        return
      }
      #expect(options.counts == points.map { point in chosen.count { $0 == point } })
      let rating = try #require(options.rating(isReversed: false))
      #expect(rating.topTwo?.count == chosen.count { points.suffix(2).contains($0) })
      #expect(rating.bottomTwo?.count == chosen.count { points.prefix(2).contains($0) })
      let numbers = try chosen.map { try #require(Double($0)) }.sorted()
      let middle = (numbers[(numbers.count - 1) / 2] + numbers[numbers.count / 2]) / 2
      let median = item.points.number(at: try #require(rating.median))
      #expect(abs(median - middle) < 1e-9)
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      #expect(abs(item.points.number(at: try #require(rating.mean)) - mean) < 1e-9)
      // Asked the other way round it lies as far from the other end.
      let reversed = try #require(options.rating(isReversed: true)?.median)
      let lowest = try #require(points.first.flatMap { Double($0) })
      let highest = try #require(points.last.flatMap { Double($0) })
      #expect(abs(item.points.number(at: reversed) - (lowest + highest - middle)) < 1e-9)
    }
  }

  @Test(
    arguments: [
      Bounds("0", "11", "1"), Bounds("0", "100", "1"), Bounds("0", "1", "0.05"),
      Bounds("0", "0.001", "0.0005"),
    ])
  func `a score of many points, or of very fine ones, is a number`(_ bounds: Bounds) {
    let data = data([bounds.start, bounds.end], bounds)
    #expect(data.items[0].kind == .number && !data.items[0].isRating)
    guard case .number(let numbers?) = QuestionSummary(data, 0).content else {
      Issue.record("no number")
      return
    }
    #expect(numbers.count == 2)
  }

  @Test func `a form takes no step that is negative`() {
    var definition = SurveySample.definition
    definition.items = [Bounds("10", "0", "-1").item]
    #expect(FormCheck.problems(of: definition).contains { $0.isFault })
    #expect(FormScale.points(of: Bounds("10", "0", "-1").item) == nil)
  }

  @Test func `versions with the same points are one question, with others two`() throws {
    let same = [Bounds("0", "10", "1").version(1), Bounds("0.0", "10.0", "1.0").version(2)]
    let together = SurveySample.data([ResponseAnswers(values: ["score": "7"])], versions: same)
    #expect(together.items.map(\.name) == ["score"])
    #expect(together.base(0).answered == 1)
    let others = [Bounds("0", "10", "1").version(1), Bounds("1", "5", "1").version(2)]
    let apart = SurveySample.data([ResponseAnswers(values: ["score": "3"])], versions: others, version: 1)
    #expect(apart.items.map(\.name) == ["score", "score_v1"])
    #expect(apart.items.map(\.options.count) == [5, 11])
    #expect(apart.base(0) == AnswerBase(notAsked: 1) && apart.base(1) == AnswerBase(answered: 1))
  }

  @Test func `what is locked is read as the same points`() throws {
    let data = data(["0.25", "-0.5"], Bounds("-0.5", "0.5", "0.25")).canonical
    let read = try #require(SurveyData(head: data.head, columns: data.columns.mapValues(\.bytes)))
    #expect(read == data && read.items[0].numbers != nil && read.items[0].points == data.items[0].points)
  }

  @Test func `exported scores are the numbers that were offered`() throws {
    let export = AnswerExport(data(["0", "7", "10"], Bounds("0", "10", "1")))
    let column = try #require(export.columns.firstIndex { $0.name == "score" })
    #expect(export.columns[column].kind == .number && export.columns[column].values.isEmpty)
    #expect(export.answers.rows.map { $0.cells[column] } == [.number("0"), .number("7"), .number("10")])
  }

  @Test func `points with words to them are told by their places`() {
    let data = SurveySample.data([ResponseAnswers(values: ["mood": "4"])])
    let mood = data.items.first { $0.name == "mood" }
    #expect(mood?.isRating == true && mood?.numbers == nil && mood?.points == .places)
    #expect(RatingPoints.places.number(at: 3.5) == 3.5)
  }

  @Test func `the page tells the middle of a score in its own numbers`() {
    let scores = Array(repeating: "0", count: 8) + Array(repeating: "3", count: 9) + ["9", "10"]
    let page = AnalysisPageTests.page(data(scores, Bounds("0", "10", "1")), .named)
    #expect(page.contains("<dt>中位数</dt><dd>3</dd>"))
    #expect(page.contains("10.5%（2/19）"), "the two highest are nine and ten")
  }
}
