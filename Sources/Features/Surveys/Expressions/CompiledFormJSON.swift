package import Web

/// A compiled form as JSON for `survey-logic.js`, which reads no expression itself: it is given their trees.
///
/// ```
/// {"items": [{"name", "type", "parent"?, "list"?, "range"?, "relevant"?, "required"?, …}], "order": [0, 1], "lists": [[choice]]}
/// ```
/// `parent` is a place among the items, `list` one among the lists; a choice is an array of its name, its label and its
/// columns. A label stands there only where an expression asks for it. `range` holds start, end and step. Expressions
/// have the names of their columns in XLSForm.
package struct CompiledFormJSON: JSONWritable {
  private let form: CompiledForm
  private let language: FormLanguage

  /// - Parameter language: of the labels.
  package init(_ form: CompiledForm, language: FormLanguage) {
    self.form = form
    self.language = language
  }

  package var bytes: [UInt8] {
    var json = JSONWriter(capacity: 4096)
    write(to: &json)
    return json.bytes
  }

  package func write(to json: inout JSONWriter) {
    let lists = form.definition.lists
    let places = ExpressionPlaces(form)
    let columnPlaces = lists.map(\.columnPlaces)
    let labelled = Set(
      form.items.flatMap { $0.expressions.values.flatMap(\.labelled) }.map { places.lists[$0] })
    json.object { json in
      json.array("items", form.items) { json, item in
        var places = places
        if let list = places.lists[item.item.name] { places.columns = columnPlaces[list] }
        write(item, places, to: &json)
      }
      json.array("order", form.order)
      json.array("lists", lists.enumerated()) { json, entry in
        let (place, list) = entry
        let columns = list.columnNames
        json.array(list.choices) { json, choice in
          let label = labelled.contains(place) ? form.definition.label(of: choice, in: language) : ""
          json.array([choice.name, label] + columns.map(choice.value(of:))) { $0.value($1) }
        }
      }
    }
  }

  private func write(_ item: CompiledItem, _ places: ExpressionPlaces, to json: inout JSONWriter) {
    json.object { json in
      json.field("name", item.item.name)
      json.field("type", item.item.kind.word)
      if let parent = item.parent { json.field("parent", parent) }
      if let list = places.lists[item.item.name] { json.field("list", list) }
      if let range = AnswerRange(item.item) {
        json.array("range", [range.start.text, range.end.text, range.step.text])
      }
      func field(_ name: StaticString, _ part: FormPart, _ json: inout JSONWriter) {
        if let expression = item[part] { json.field(name, ExpressionJSON(expression, places)) }
      }
      field("relevant", .relevant, &json)
      field("required", .required, &json)
      field("constraint", .constraint, &json)
      field("calculation", .calculation, &json)
      field("read_only", .readOnly, &json)
      field("choice_filter", .choiceFilter, &json)
    }
  }
}

extension FormChoiceList {
  /// The further columns of its choices in the order in which the JSON has them.
  fileprivate var columnNames: [String] { Set(choices.flatMap(\.columns).map(\.name)).sorted() }

  /// The place of each column in the array of a choice; see ``CompiledFormJSON``.
  fileprivate var columnPlaces: [String: Int] {
    var places = ["name": 0]
    for (place, column) in columnNames.enumerated() { places[column] = place + 2 }
    return places
  }
}

/// Where what an expression refers to stands in the arrays that the page works with, so that no name can be mistaken.
struct ExpressionPlaces {
  /// Of answers by the names of their items.
  var answers: [String: Int] = [:]
  var columns: [String: Int] = [:]
  /// Of the list whose choices an item offers, by the name of the item.
  var lists: [String: Int] = [:]
}

extension ExpressionPlaces {
  fileprivate init(_ form: CompiledForm) {
    let lists = form.definition.lists.enumerated().map { ($0.element.name, $0.offset) }
    let places = Dictionary(lists, uniquingKeysWith: { first, _ in first })
    self.init(
      answers: form.positions,
      lists: form.positions.compactMapValues { position in
        form.items[position].item.list.flatMap { places[$0] }
      })
  }
}

/// The tree of an expression as JSON: a text is itself, everything else an array that begins with what it is.
///
/// ```
/// ["#", "1.5"]   a number            ["$", place]   an answer        ["."]   the answer to this question
/// ["@", place]   a column            ["neg", node]                   ["chain", node, "+", node, "-", node]
/// [function, node, …]                ["regex", node, steps]          ["jr:choice-name", node, list]
/// ```
/// A step of a pattern is an array of first and last characters of ranges, `{"to": [place]}`, `"^"` or `"$"`.
struct ExpressionJSON: JSONWritable {
  private let node: ExpressionNode
  private let places: ExpressionPlaces

  init(_ expression: Expression, _ places: ExpressionPlaces) {
    self.init(expression.root, places)
  }

  private init(_ node: ExpressionNode, _ places: ExpressionPlaces) {
    self.node = node
    self.places = places
  }

  func write(to json: inout JSONWriter) {
    if case .text(let text) = node { return text.write(to: &json) }
    json.array { writeParts(to: &$0) }
  }

  /// What is not known has a place that nothing has.
  private static let nowhere = -1

  private func writeParts(to json: inout JSONWriter) {
    func value(_ node: ExpressionNode) { json.value(ExpressionJSON(node, places)) }
    switch node {
    case .text: break
    case .number(let number):
      json.value("#")
      json.value(ExpressionNumber.text(number))
    case .answer(let name):
      json.value("$")
      json.value(places.answers[name] ?? Self.nowhere)
    case .current: json.value(".")
    case .column(let name):
      json.value("@")
      json.value(places.columns[name] ?? Self.nowhere)
    case .negative(let operand):
      json.value("neg")
      value(operand)
    case .chain(let first, let steps):
      json.value("chain")
      value(first)
      for step in steps {
        json.value(step.sign.rawValue)
        value(step.operand)
      }
    case .call(let function, let arguments):
      json.value(function.rawValue)
      for argument in arguments { value(argument) }
    case .matches(let text, let pattern):
      json.value("regex")
      value(text)
      json.array(pattern.steps) { json, step in Self.write(step, to: &json) }
    case .choiceName(let choice, let question):
      json.value("jr:choice-name")
      value(choice)
      json.value(places.lists[question] ?? Self.nowhere)
    }
  }

  private static func write(_ step: AnswerPatternStep, to json: inout JSONWriter) {
    switch step {
    case .one(let set):
      json.array(set.ranges.flatMap { [Int($0.lowerBound), Int($0.upperBound)] }) { $0.value($1) }
    case .to(let next): json.object { $0.array("to", next) }
    case .begin: json.value("^")
    case .end: json.value("$")
    }
  }
}
