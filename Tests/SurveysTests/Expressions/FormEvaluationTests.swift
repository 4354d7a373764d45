import Kernel
import TestKit
import Testing

@testable import Surveys

@Suite("What follows from answers") struct FormEvaluationTests {
  private let clock = ExpressionClock(
    now: Timestamp(rfc3339: "2026-11-28T01:30:15Z") ?? Timestamp(seconds: 0), offsetSeconds: 28_800)

  private func forms(_ body: (CompiledForm, FormLanguage, [String: String], UInt64) throws -> Void) throws {
    for seed in 0..<300 as Range<UInt64> {
      var generator = LogicFormGenerator(seed: seed)
      let form = generator.form()
      let compiled = try CompiledForm(form)
      for _ in 0..<3 { try body(compiled, form.languages[Int(seed % 2)], generator.answers(to: form), seed) }
    }
  }

  @Test func `values and relevance are what rounds without any order settle on`() throws {
    try forms { form, language, answers, seed in
      let found = form.check(answers, language: language, clock: clock)
      let model = RoundsModel(form: form, language: language, clock: clock).settled(answers)
      for (item, expected) in zip(found.items, model) {
        #expect(item.isRelevant == expected.isRelevant, "\(seed): \(item.name)")
        #expect(item.value == expected.value, "\(seed): \(item.name)")
      }
    }
  }

  @Test func `what is not asked has no value, no problem and no say`() throws {
    var hidden = 0
    try forms { form, language, answers, seed in
      let found = form.check(answers, language: language, clock: clock)
      var others = answers
      for item in found.items where !item.isRelevant {
        hidden += 1
        #expect(item.value.isEmpty && item.problem == nil && item.offered.isEmpty && !item.isRequired)
        #expect(found.cleaned[item.name] == nil)
        others[item.name] = answers[item.name] == nil ? "a" : nil
      }
      #expect(form.check(others, language: language, clock: clock) == found, "\(seed)")
    }
    #expect(hidden > 500)
  }

  @Test func `what is kept comes to the same again`() throws {
    var (asked, wrong) = (0, 0)
    try forms { form, language, answers, seed in
      let found = form.check(answers, language: language, clock: clock)
      #expect(form.check(found.cleaned, language: language, clock: clock) == found, "\(seed)")
      asked += found.cleaned.count
      wrong += found.problems.count
    }
    #expect(asked > 2000 && wrong > 300)
  }

  @Test func `an answer that is not wrong is one that its question takes`() throws {
    try forms { form, language, answers, _ in
      for item in form.check(answers, language: language, clock: clock).items where item.problem == nil {
        guard !item.value.isEmpty, let place = form.positions[item.name] else { continue }
        let definition = form.items[place].item
        #expect(item.value.count <= AnswerText.longest)
        switch definition.kind {
        case .integer: #expect(Int64(item.value) != nil)
        case .decimal, .range: #expect(FormNumber.decimal(item.value) != nil)
        case .date: #expect(CivilDateTime(iso: item.value) != nil && item.value.utf8.count == 10)
        case .selectOne, .selectMultiple:
          let names = Set(form.items[place].choices.map(\.name))
          #expect(item.value.words.allSatisfy(names.contains))
        case .rank where form.items[place].expressions[.calculation] == nil:
          #expect(item.value.words.sorted() == item.offered.map(\.name).sorted())
        default: break
        }
      }
    }
  }

  @Test func `an answer holds so many characters and no more`() throws {
    let form = try CompiledForm(FormDefinition(formID: "f", items: [FormItem(name: "t", kind: .text)]))
    func problem(_ text: String) -> AnswerProblem? {
      form.check(["t": text], language: .unnamed, clock: clock)["t"]?.problem
    }
    #expect(problem(String(repeating: "字", count: AnswerText.longest)) == nil)
    #expect(problem(String(repeating: "字", count: AnswerText.longest + 1)) == .long)
    #expect(problem(" " + String(repeating: "字", count: AnswerText.longest) + "\n") == nil)
  }
}

/// The same without any order: everything is worked out again and again until nothing changes.
private struct RoundsModel {
  let form: CompiledForm
  let language: FormLanguage
  let clock: ExpressionClock

  func settled(_ answers: [String: String]) -> [(isRelevant: Bool, value: String)] {
    var states = form.items.map { _ in (isRelevant: true, value: "") }
    for _ in 0...form.items.count { states = form.items.map { next($0, states, answers) } }
    return states
  }

  private func next(
    _ item: CompiledItem, _ states: [(isRelevant: Bool, value: String)], _ answers: [String: String]
  ) -> (isRelevant: Bool, value: String) {
    func worth(_ expression: Expression) -> ExpressionValue {
      expression.value(
        in: ExpressionContext(
          answer: { name in form.positions[name].map { states[$0].value } ?? "" }, clock: clock))
    }
    let isInside = item.parent.map { states[$0].isRelevant } ?? true
    guard isInside, item[.relevant].map({ worth($0).boolean }) ?? true else { return (false, "") }
    guard let calculation = item[.calculation] else {
      return (true, AnswerText.normalised(answers[item.item.name] ?? "", for: item.item.kind))
    }
    let value = worth(calculation)
    if case .number(let number) = value, number.isNaN { return (true, "") }
    let text = AnswerText.normalised(value.text, for: item.item.kind)
    let names = item.choices.map(\.name)
    let isUsable = text.isEmpty || AnswerText.problem(of: text, to: item.item, offered: names) == nil
    return (true, isUsable ? text : "")
  }
}
