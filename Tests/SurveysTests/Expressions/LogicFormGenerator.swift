import TestKit

@testable import Surveys

/// Makes forms whose expressions refer to each other without going round in circles, and answers to them of which some are
/// right and some wrong.
struct LogicFormGenerator {
  private var random: SeededGenerator
  private let seed: UInt64
  private var count = 0
  /// Names of what has a value, in the order in which it can be referred to.
  private var valued: [String] = []

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    self.seed = seed
  }

  private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
  private mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  private mutating func one(of texts: [String]) -> String { texts[below(texts.count)] }

  private static let languages = [FormLanguage("中文 (zh)"), FormLanguage("English (en)")]

  mutating func form() -> FormDefinition {
    var items = (0..<(3 + below(6))).map { _ in item(depth: 0) }
    // What refers to others may stand before them as well.
    if chance(50) { items.reverse() }
    return FormDefinition(
      formID: "random", languages: Self.languages, lists: ["few", "some"].map { list($0) }, items: items)
  }

  private mutating func list(_ name: String) -> FormChoiceList {
    let choices = ["a", "b", "c", "1", "黄瓜"].prefix(name == "few" ? 2 : 5).map { choice in
      var columns: [FormChoice.Column] = []
      if chance(70) { columns.append(FormChoice.Column("kind", one(of: ["a", "b", "1", "2"]))) }
      if chance(50) { columns.append(FormChoice.Column("least", one(of: ["0", "2", "60"]))) }
      let label = FormText([Self.languages[0]: "甲\(choice)", Self.languages[1]: "The \(choice)"])
      return FormChoice(name: choice, label: chance(80) ? label : .none, columns: columns)
    }
    // Each list has both columns, whatever chance left of them.
    let last = FormChoice(
      name: "z", label: .none, columns: [FormChoice.Column("kind", "a"), FormChoice.Column("least", "1")])
    return FormChoiceList(name: name, choices: choices + [last])
  }

  private mutating func item(depth: Int) -> FormItem {
    count += 1
    let name = "\(["q", "题", "x-"][count % 3])\(count)"
    if depth < 3, chance(18) {
      var group = FormItem(name: name, kind: .group)
      if chance(70) { group.relevant = expression() }
      group.items = (0..<(1 + below(3))).map { _ in self.item(depth: depth + 1) }
      return group
    }
    var item = FormItem(name: name, kind: kind())
    if item.kind == .range { item.parameters = parameters() }
    if item.kind.takes(.relevant), chance(35) { item.relevant = expression() }
    if item.kind == .calculate || (item.kind.takes(.calculation) && chance(12)) {
      item.calculation = expression()
    }
    if item.kind.takes(.required), chance(40) { item.required = chance(50) ? "true()" : expression() }
    if item.kind.takes(.constraint), chance(35) { item.constraint = expression(usesCurrent: true) }
    if item.kind.takes(.readOnly), chance(15) { item.readOnly = expression() }
    if item.kind.takes(.choiceFilter), chance(50) {
      item.choiceFilter = expression(columns: ["name", "kind", "least"])
    }
    if item.kind != .note { valued.append(name) }
    return item
  }

  private mutating func kind() -> FormItem.Kind {
    let kinds: [FormItem.Kind] = [
      .selectOne(list: "few"), .selectOne(list: "some"), .selectMultiple(list: "some"), .rank(list: "few"),
      .text, .integer, .decimal, .range, .date, .time, .dateTime, .note, .acknowledge, .calculate, .calculate,
      .hidden, .today, .integer,
    ]
    return kinds[below(kinds.count)]
  }

  private mutating func parameters() -> [FormItem.Parameter] {
    let all = [
      [], [FormItem.Parameter("end", "3")],
      [
        FormItem.Parameter("start", "-1"), FormItem.Parameter("end", "1"), FormItem.Parameter("step", "0.25"),
      ],
    ]
    return all[below(all.count)]
  }

  private mutating func expression(columns: [String] = [], usesCurrent: Bool = false) -> String {
    guard !valued.isEmpty else { return one(of: ["true()", "1 = 1", "'x'", "2 + 2"]) }
    if chance(40) {
      let name = one(of: valued)
      return one(of: [
        "${\(name)} != ''", "selected(${\(name)}, 'a')", "${\(name)} > 1", "not(${\(name)})",
        "${\(name)} * 2",
        "coalesce(${\(name)}, 'b')", "${\(name)} = 'a' or ${\(name)} = '2'", "count-selected(${\(name)}) < 2",
      ])
    }
    var generator = ExpressionGenerator(
      seed: seed &* 1000 &+ random.next() % 1000, answers: valued, columns: columns, usesCurrent: usesCurrent)
    return generator.expression(depth: 3)
  }

  /// Answers to some of the items, and to one that is not there.
  mutating func answers(to form: FormDefinition) -> [String: String] {
    var answers = ["nobody": "knows"]
    for item in form.allItems where chance(75) {
      answers[item.name] = chance(20) ? one(of: ExpressionGenerator.texts) : answer(item.kind)
    }
    return answers
  }

  private mutating func answer(_ kind: FormItem.Kind) -> String {
    switch kind {
    case .selectOne: one(of: ["a", "b", "c", "1", "黄瓜"])
    case .selectMultiple: one(of: ["a", "a b", "c 黄瓜", "1  a b", "b z"])
    case .rank: one(of: ["a b z", "z b a", "a b", "b", "a a b z"])
    case .integer, .decimal, .range: one(of: ["0", "1", "2", "3", "-1", "0.25", "2.50", "１２", "061"])
    case .date: one(of: ["2026-11-28", "1945-08-15", "2026-02-29"])
    case .time: one(of: ["09:30", "23:59:59", "9:30"])
    case .dateTime: one(of: ["2026-11-28T09:30:00+08:00", "2026-11-27T20:00:00Z", "2026-11-28"])
    case .acknowledge: one(of: ["OK", "OK", "ok"])
    case .today: "2026-11-28"
    default: one(of: ["a", "b c", " 你好\r\n", "x", "2"])
    }
  }
}
