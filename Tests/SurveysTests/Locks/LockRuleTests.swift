import Kernel
import TestKit
import Testing
import Web

@testable import Surveys

@Suite struct LockRuleTests {
  private let items = SurveySample.data([]).items

  private func breakdown(_ item: String, _ bounds: [Double]? = nil) -> LockSpec {
    LockSpec(breakdowns: [LockSpec.Breakdown(item: item, bounds: bounds)], reversed: [], scales: [])
  }

  @Test func `Answers are broken down by single choices and grouped numbers alone`() {
    #expect(LockRules.problems(breakdown("lift"), items).isEmpty)
    #expect(LockRules.problems(breakdown("age", [60, 70, 80]), items).isEmpty)
    #expect(!LockRules.problems(breakdown("needs"), items).isEmpty)
    #expect(!LockRules.problems(breakdown("age"), items).isEmpty)
    #expect(!LockRules.problems(breakdown("age", [70, 60]), items).isEmpty)
    #expect(!LockRules.problems(breakdown("age", (1...12).map(Double.init)), items).isEmpty)
    #expect(!LockRules.problems(breakdown("nothing"), items).isEmpty)
  }

  @Test func `A scale needs points of one length`() {
    var spec = LockSpec.none
    spec.scales = [AnswerScale(name: "心情", items: ["mood", "lift"])]
    #expect(!LockRules.problems(spec, items).isEmpty)
    spec.scales = []
    spec.reversed = ["mood"]
    #expect(LockRules.problems(spec, items).isEmpty)
    spec.reversed = ["lift"]
    #expect(!LockRules.problems(spec, items).isEmpty)
  }

  @Test func `What was settled is read as it was written`() {
    let spec = LockSpec(
      breakdowns: [.init(item: "lift", bounds: nil), .init(item: "age", bounds: [59.5, 70])],
      reversed: ["mood"],
      scales: [AnswerScale(name: "心情", items: ["mood", "why"])])
    #expect(LockSpec(spec.bytes) == spec)
    #expect(LockSpec([]) == nil)
  }

  @Test func `A form gives bounds and breakdowns`() throws {
    let form = Form(fields: [
      Form.Field(name: "breakdown", value: "lift"), Form.Field(name: "bounds_age", value: "60、70，80"),
      Form.Field(name: "scales", value: ""),
    ])
    let spec = try LockForm.spec(form, items)
    #expect(spec.breakdowns == [.init(item: "lift", bounds: nil), .init(item: "age", bounds: [60, 70, 80])])
    let wrong = Form(fields: [Form.Field(name: "bounds_age", value: "六十")])
    #expect(throws: Problem.self) { try LockForm.spec(wrong, items) }
  }
}
