import Kernel
import TestKit
import Testing
import Web

@testable import Policy

@Suite("Eligibility: facts as a form sends them")
struct FactFormTests {
  @Test(arguments: 0..<60)
  func `what a form is filled with is read back, and what is left open stays open`(seed: Int) throws {
    var maker = RuleMaker(seed: UInt64(seed))
    let facts = maker.sheet(mayBeBand: true)
    for isTyped in [false, true] {
      let fields = FactForm.fields(facts, of: RuleMaker.facts, isTyped: isTyped)
      #expect(fields.count == RuleMaker.facts.count)
      var reader = FormReader(Form(fields: fields.map { Form.Field(name: $0.key, value: $0.value) }))
      let read = FactForm.sheet(RuleMaker.facts, &reader)
      try reader.finish()
      #expect(read == facts)
    }
  }

  @Test func `what a fact cannot be is refused at its field, without a word of what was typed`() {
    for text in ["-1", "121", "60-", "-60", "80-60", "6 0", "sixty", "60-70-80", "99999999999", "１２"] {
      var reader = FormReader(Form(["fact_age": text]))
      let read = FactForm.sheet([.age], &reader)
      #expect(read == .empty, "\(text)")
      let problem = reader.problems.fields.first
      #expect(problem?.field == "fact_age", "\(text)")
      #expect(problem?.message.chinese.contains("0 到 120") == true)
    }
    for (name, text) in [("fact_licence", "maybe"), ("fact_registration", "employed")] {
      var reader = FormReader(Form(fields: [Form.Field(name: name, value: text)]))
      _ = FactForm.sheet([.licence, .registration], &reader)
      #expect(reader.problems.fields.map(\.field) == [name])
    }
  }

  @Test func `fields of facts that nobody asked for are passed over`() {
    var reader = FormReader(Form(["fact_income": "1200", "fact_age": "60"]))
    let read = FactForm.sheet([.age], &reader)
    #expect(read.facts == [.age] && reader.problems.isEmpty)
  }
}
