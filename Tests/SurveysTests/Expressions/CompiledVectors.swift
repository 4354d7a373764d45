import Kernel
import Web

@testable import Surveys

/// The same examples for the browser, which reads no expressions: with their trees, and with what the server makes of
/// further ones that chance wrote. `e2e/test_survey_logic.py` runs them in a browser.
struct CompiledVectors {
  private let vectors: LogicVectors
  private let clock: ExpressionClock
  /// Seeds of what chance writes: few enough for a file that is read with the sources.
  private let groups: Range<UInt64>
  private let forms: Range<UInt64>

  init(groups: Range<UInt64> = 0..<24, forms: Range<UInt64> = 0..<40) throws {
    self.groups = groups
    self.forms = forms
    vectors = try LogicVectors.load()
    clock = try vectors.expressionClock
  }

  func bytes() throws -> [UInt8] {
    let expressions = try examples()
    let forms = try handWritten() + random()
    var json = JSONWriter(capacity: 300_000)
    json.object { json in
      json.object("clock") { json in
        json.field("now", Int(clock.now.microseconds / 1000))
        json.field("offset", clock.offsetSeconds)
      }
      json.array("expressions", expressions) { json, example in
        json.object { json in
          json.array("values", example.values.map(\.value))
          json.field("current", example.current)
          json.array("columns", example.columns.map(\.value))
          json.array("lists", example.lists) { json, list in
            json.array(list.choices) { json, choice in json.array(choice) { $0.value($1) } }
          }
          json.array("cases", example.cases) { json, found in
            json.object { json in
              json.field("source", found.expression.description)
              json.field("tree", ExpressionJSON(found.expression, example.places))
              json.field("expected", Written(found.value))
            }
          }
        }
      }
      json.array("forms", forms) { json, form in form.write(to: &json, clock) }
    }
    return json.bytes
  }

  /// A value for the page; a number as text, since JSON has not all of them.
  private struct Written: JSONWritable {
    let value: ExpectedValue

    init(_ value: ExpectedValue) { self.value = value }

    func write(to json: inout JSONWriter) {
      switch value {
      case .text(let text): text.write(to: &json)
      case .boolean(let boolean): boolean.write(to: &json)
      case .number(let number):
        let short = number.hasSuffix(".0") ? String(number.dropLast(2)) : number
        let names = ["inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"]
        json.object { $0.field("number", names[short] ?? short) }
      }
    }
  }
}

/// Expressions among the same answers.
private struct CompiledGroup {
  typealias Named = (name: String, value: String)

  var values: [Named] = []
  var current = ""
  var columns: [Named] = []
  /// Names and labels by the name of the question.
  var lists: [(question: String, choices: [[String]])] = []
  var cases: [(expression: Expression, value: ExpectedValue)] = []

  var places: ExpressionPlaces {
    func places(_ names: [String]) -> [String: Int] {
      Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })
    }
    return ExpressionPlaces(
      answers: places(values.map(\.name)), columns: places(columns.map(\.name)),
      lists: places(lists.map(\.question)))
  }

  func context(_ clock: ExpressionClock) -> ExpressionContext {
    func found(_ name: String, _ all: [Named]) -> String { all.first { $0.name == name }?.value ?? "" }
    return ExpressionContext(
      answer: { found($0, values) }, current: current, column: { found($0, columns) },
      label: { question, name in
        lists.first { $0.question == question }?.choices.first { $0[0].isExactly(name) }?[1] ?? ""
      }, clock: clock)
  }
}

extension CompiledVectors {
  private func examples() throws -> [CompiledGroup] {
    func named(_ given: [String: String]?) -> [CompiledGroup.Named] {
      (given ?? [:]).sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }
    let written = try vectors.expressions.map { group in
      CompiledGroup(
        values: named(group.given), current: group.current ?? "", columns: named(group.columns),
        lists: (group.choices ?? [:]).sorted { $0.key < $1.key }.map {
          (question: $0.key, choices: $0.value)
        },
        cases: try group.cases.map {
          (try Expression($0.source, allowsColumns: group.columns != nil), $0.expected)
        })
    }
    return try written + groups.map { try random($0) }
  }

  private func random(_ seed: UInt64) throws -> CompiledGroup {
    let texts = ExpressionGenerator.texts
    func text(_ place: Int) -> String { texts[(Int(seed) * 7 + place * 5) % texts.count] }
    var group = CompiledGroup(
      values: ["a", "b", "c-d", "年龄"].enumerated().map { (name: $0.element, value: text($0.offset)) },
      current: text(4),
      columns: ["name", "kind"].enumerated().map { (name: $0.element, value: text($0.offset + 5)) },
      lists: [(question: "a", choices: [["a", "甲"], ["0", "零"], ["黄瓜", "Cucumber"], ["a", "again"]])])
    for place in 0..<24 as Range<UInt64> {
      var generator = ExpressionGenerator(
        seed: seed * 100 + place, answers: group.values.map(\.name), columns: group.columns.map(\.name),
        questions: ["a"])
      let expression = try Expression(generator.expression(depth: 3), allowsColumns: true)
      group.cases.append((expression, ExpectedValue(expression.value(in: group.context(clock)))))
    }
    return group
  }
}

/// A form with answers, in one language.
private struct CompiledExample {
  let form: CompiledForm
  let language: FormLanguage
  let answers: [[String: String]]

  func write(to json: inout JSONWriter, _ clock: ExpressionClock) {
    json.object { json in
      json.field("form", CompiledFormJSON(form, language: language))
      json.array("cases", answers) { json, answers in
        let found = form.check(answers, language: language, clock: clock)
        json.object { json in
          json.array("answers", answers.sorted { $0.key < $1.key }) { json, answer in
            json.array([answer.key, answer.value]) { $0.value($1) }
          }
          json.array("items", found.items.enumerated()) { json, entry in write(entry, to: &json) }
        }
      }
    }
  }

  private func write(_ entry: (offset: Int, element: FormEvaluation.Item), to json: inout JSONWriter) {
    let (place, item) = entry
    var places = form.items[place].choices.indices[...]
    let offered = item.offered.compactMap { choice in
      let next = places.first { form.items[place].choices[$0] == choice }
      places = places[((next ?? -1) + 1)...]
      return next
    }
    json.array { json in
      json.value(item.isRelevant)
      json.value(item.isReadOnly)
      json.value(item.isRequired)
      json.value(item.value)
      json.array(offered) { $0.value($1) }
      json.value(item.problem?.code)
    }
  }
}

extension CompiledVectors {
  private func handWritten() throws -> [CompiledExample] {
    try vectors.forms.flatMap { form in
      let compiled = try CompiledForm(form.definition)
      let byLanguage = Dictionary(grouping: form.cases) { $0.language ?? "" }
      return byLanguage.sorted { $0.key < $1.key }.map { language, cases in
        CompiledExample(form: compiled, language: FormLanguage(language), answers: cases.map(\.answers))
      }
    }
  }

  private func random() throws -> [CompiledExample] {
    try forms.map { seed in
      var generator = LogicFormGenerator(seed: seed)
      let form = generator.form()
      return CompiledExample(
        form: try CompiledForm(form), language: form.languages[Int(seed % 2)],
        answers: (0..<3).map { _ in generator.answers(to: form) })
    }
  }
}
