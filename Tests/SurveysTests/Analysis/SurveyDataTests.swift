import Kernel
import TestKit
import Testing

@testable import Surveys

@Suite struct SurveyDataTests {
  @Test(arguments: 1...20) func `Every answer stands in exactly one state of every question`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let answers = SurveySample.answers(60, &random)
    let data = SurveySample.data(answers)
    for (place, item) in data.items.enumerated() {
      let base = data.base(place)
      #expect(base.total == answers.count)
      #expect(base.answered == answers.count { $0.values[item.name] != nil })
      #expect(base.refused == answers.count { $0.refused.contains(item.name) })
      #expect(base.notAsked == answers.count { $0.notAsked.contains(item.name) })
    }
  }

  @Test(arguments: 1...20) func `Several answers are counted option by option, as one by one`(_ seed: UInt64)
    throws
  {
    var random = SeededGenerator(seed: seed)
    let answers = SurveySample.answers(80, &random)
    let data = SurveySample.data(answers)
    let place = try #require(data.place(of: "needs"))
    guard case .multiple(let counts) = QuestionSummary(data, place).content else {
      Issue.record("no several answers")
      return
    }
    for (option, name) in ["shop", "care", "talk"].enumerated() {
      let model = answers.count {
        $0.values["needs"]?.split(separator: " ").map(String.init).contains(name) == true
      }
      #expect(counts.counts[option] == model)
    }
    #expect(counts.answered == answers.count { $0.values["needs"] != nil })
  }

  @Test(arguments: 1...20) func `The order in which answers came changes neither figures nor digest`(
    _ seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    // The way of collecting goes by the place in the list, so that each is kept by itself and all by one way.
    let answers = SurveySample.answers(50, &random)
    func data(_ answers: [ResponseAnswers]) -> SurveyData {
      var builder = SurveyDataBuilder([SurveySample.version()])
      for answer in answers {
        builder.add(answer, version: 1, mode: .link, language: SurveySample.language)
      }
      return builder.finish()
    }
    let (one, other) = (data(answers), data(answers.shuffled(using: &random)))
    #expect(one.canonical == other.canonical)
    #expect(one.canonical.digest == other.canonical.digest)
    for place in one.items.indices where one.items[place].kind != .text {
      #expect(QuestionSummary(one, place).base == QuestionSummary(other, place).base)
    }
  }

  @Test(arguments: 1...10) func `One changed answer is another digest`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var answers = SurveySample.answers(30, &random)
    let before = SurveySample.data(answers).canonical.digest
    answers[7].values["age"] = "101"
    #expect(SurveySample.data(answers).canonical.digest != before)
  }

  @Test(arguments: 1...10) func `Locked columns are read as they were written, without texts`(_ seed: UInt64)
    throws
  {
    var random = SeededGenerator(seed: seed)
    let data = SurveySample.data(SurveySample.answers(40, &random)).withSortedLanguages.canonical
    let read = try #require(SurveyData(head: data.head, columns: data.columns.mapValues(\.bytes)))
    #expect(read == data)
    #expect(read.digest == data.digest)
    let words = try #require(data.place(of: "words"))
    #expect(data.columns[words]?.values == .text([]))
    #expect(SurveyColumn([4], of: data.items[0], count: 1) == nil)
    #expect(SurveyData(head: [], columns: [:]) == nil)
  }

  @Test func `What a version did not ask is not asked, and not missing`() throws {
    var second = SurveySample.definition
    second.items.append(SurveySample.item("more", .selectOne(list: "yes")))
    let versions = [SurveySample.version(), SurveySample.version(second, number: 2)]
    let data = SurveySample.data([ResponseAnswers()], versions: versions, version: 1)
    let more = try #require(data.place(of: "more"))
    #expect(data.base(more) == AnswerBase(notAsked: 1))
    #expect(data.items[more].canBeSkipped)
    let lift = try #require(data.place(of: "lift"))
    #expect(data.base(lift) == AnswerBase(missing: 1))
  }
}
