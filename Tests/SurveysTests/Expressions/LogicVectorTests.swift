import Kernel
import Testing

@testable import Surveys

@Suite("Examples of questionnaires reasoned by hand") struct LogicVectorTests {
  @Test func `every expression comes to what was reasoned`() throws {
    let vectors = try LogicVectors.load()
    let clock = try vectors.expressionClock
    var count = 0
    for group in vectors.expressions {
      for example in group.cases {
        count += 1
        do {
          let expression = try Expression(example.source, allowsColumns: group.columns != nil)
          let value = ExpectedValue(expression.value(in: group.context(clock)))
          #expect(value == example.expected, "\(group.about): \(example.source)")
        } catch {
          Issue.record("\(group.about): \(example.source): \(error)")
        }
      }
    }
    #expect(count > 400)
  }

  @Test func `every text that is no expression is refused where it goes wrong`() throws {
    let vectors = try LogicVectors.load()
    func check(_ refusals: [LogicVectors.Refusal], allowsColumns: Bool) {
      for refusal in refusals {
        do throws(ExpressionProblem) {
          let expression = try Expression(refusal.source, allowsColumns: allowsColumns)
          Issue.record("\(refusal.source) was taken for \(expression)")
        } catch {
          #expect(error.position == refusal.position, "\(refusal.source): \(error.message.english)")
        }
      }
    }
    check(vectors.refused, allowsColumns: false)
    check(vectors.refusedInFilters, allowsColumns: true)
  }

  @Test func `an expression is written in one way`() throws {
    for pair in try LogicVectors.load().written {
      let expression = try Expression(pair[0])
      #expect(expression.description == pair[1])
      #expect(try Expression(pair[1]) == expression)
    }
  }

  @Test func `every form comes to what was reasoned`() throws {
    let vectors = try LogicVectors.load()
    let clock = try vectors.expressionClock
    for form in vectors.forms {
      let compiled = try CompiledForm(form.definition)
      for (place, example) in form.cases.enumerated() {
        let language = FormLanguage(example.language ?? "")
        let found = compiled.check(example.answers, language: language, clock: clock)
        check(found, example, "\(form.about), \(place + 1)")
      }
    }
  }

  private func check(_ found: FormEvaluation, _ example: LogicVectors.Answers, _ place: String) {
    func names(_ isMeant: (FormEvaluation.Item) -> Bool) -> [String] {
      found.items.filter(isMeant).map(\.name)
    }
    let problems = found.problems.map { ($0.name, $0.problem?.code ?? "") }
    #expect(Dictionary(uniqueKeysWithValues: problems) == example.problems ?? [:], "\(place)")
    if let hidden = example.hidden { #expect(names { !$0.isRelevant } == hidden, "\(place)") }
    if let required = example.required { #expect(names(\.isRequired) == required, "\(place)") }
    if let readOnly = example.readOnly { #expect(names(\.isReadOnly) == readOnly, "\(place)") }
    for (name, offered) in example.offered ?? [:] {
      #expect(found[name]?.offered.map(\.name) == offered, "\(place): \(name)")
    }
    if let cleaned = example.cleaned { #expect(found.cleaned == cleaned, "\(place)") }
  }
}
