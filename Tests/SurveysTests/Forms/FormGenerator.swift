import TestKit

@testable import Surveys

/// Makes forms without faults: in one language or several, with groups in groups, every kind and every part.
struct FormGenerator {
  private var random: SeededGenerator
  private var form: FormDefinition
  /// Names of what has an answer.
  private var asked: [String] = []
  private var count = 0

  private init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    form = FormDefinition(formID: "f")
  }

  static func form(seed: UInt64) -> FormDefinition {
    var generator = FormGenerator(seed: seed)
    generator.make()
    return generator.form
  }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  private mutating func one<Element>(of elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }

  private mutating func make() {
    form.formID = one(of: ["hh_2026", "入户 调查", "=1+1", "007"])
    form.version = one(of: ["", "v1", "1.0", "2026-11-28 a1b2c3d4", "+1"])
    form.cleansText = chance(80)
    form.allowsDuplicateChoices = chance(20)
    form.languages = one(of: [
      [.unnamed], [FormLanguage("中文 (zh)")], [FormLanguage("中文 (zh)"), FormLanguage("English (en)")],
      [.unnamed, FormLanguage("Français: (fr)")],
      [FormLanguage("བོད་སྐད (bo)"), FormLanguage("中文 (zh)"), FormLanguage("ئۇيغۇرچە (ug)")],
    ])
    if !form.languages.contains(.unnamed), chance(60) { form.defaultLanguage = one(of: form.languages) }
    form.title = one(of: [FormText.none, FormText("问卷"), text()])
    makeLists()
    form.items = makeItems(depth: 0)
    form.items.append(FormItem(name: "last", kind: .text, label: text()))
  }

  private mutating func words() -> String {
    let pieces = [
      "您家几口人", "How much?", "=", "+", "-1", "@", "“好”", "a\nb", "‘x’", "1.0", "TRUE", "yes", "é", "😀", "<b>",
      "&amp;", "_x0041_", "'", "''", "\"", "::", "a\tb", "#N/A",
    ]
    let joint = form.cleansText ? " " : one(of: [" ", "  "])
    return (0..<Int.random(in: 1...3, using: &random)).map { _ in one(of: pieces) }.joined(separator: joint)
  }

  /// In all languages, now and then only in some.
  private mutating func text() -> FormText {
    var text = FormText()
    for language in form.languages where text.isEmpty || !chance(10) {
      text.byLanguage[language] = words()
    }
    return text
  }

  private mutating func makeLists() {
    let columns = ["region", "Kind", "列"].filter { _ in chance(50) }
    for number in 0..<Int.random(in: 1...3, using: &random) {
      let stem = one(of: ["list", "Yes-No", "选项", "2.x"])
      var list = FormChoiceList(name: "\(stem)\(number)", choices: [])
      for choice in 0..<Int.random(in: 1...5, using: &random) {
        let name = "\(one(of: ["", "c", "-", "选", "="]))\(choice)"
        let filled = columns.filter { _ in chance(70) }
        list.choices.append(
          FormChoice(
            name: name, label: text(),
            columns: filled.map { FormChoice.Column($0, one(of: ["1", "north", "=x", "é é"])) }))
      }
      if form.allowsDuplicateChoices, chance(50) { list.choices.append(list.choices[0]) }
      form.lists.append(list)
    }
    form = form.cleaned
  }

  private mutating func makeItems(depth: Int) -> [FormItem] {
    (0..<Int.random(in: 1...5, using: &random)).map { _ in
      depth < 4 && chance(20) ? makeGroup(depth) : makeItem()
    }
  }

  private mutating func name() -> String {
    count += 1
    return one(of: ["q", "_x", "题", "b.c-", "Age"]) + "\(count)"
  }

  private mutating func makeGroup(_ depth: Int) -> FormItem {
    var group = FormItem(name: name(), kind: .group, label: chance(70) ? text() : .none)
    if chance(30) { group.relevant = condition() }
    if chance(20) { group.hint = text() }
    group.items = chance(5) ? [] : makeItems(depth: depth + 1)
    return group
  }

  private mutating func makeItem() -> FormItem {
    let list = one(of: form.lists).name
    let kinds = FormItem.Kind.plain.filter { $0 != .group }
    let kind = one(of: kinds + [.selectOne(list: list), .selectMultiple(list: list), .rank(list: list)])
    var item = FormItem(name: name(), kind: kind, label: text())
    if chance(20) { item.hint = text() }
    if chance(10) { item.guidanceHint = text() }
    if kind == .calculate { item.calculation = "1 + \(count)" }
    addRules(to: &item)
    addShown(to: &item)
    if item.isQuestion || kind == .calculate { asked.append(item.name) }
    return item
  }

  private mutating func condition() -> String {
    guard !asked.isEmpty else { return "true()" }
    let name = one(of: asked)
    return one(of: [
      "${\(name)} = 'a b'", "selected(${\(name)}, 'c1')", "not(${\(name)} > 3) or ${\(name)} = ''",
    ])
  }

  private mutating func addRules(to item: inout FormItem) {
    if item.kind.takes(.required), chance(30) {
      item.required = one(of: ["true()", "false()", condition()])
      item.requiredMessage = text()
    }
    if item.kind.takes(.constraint), chance(20) {
      item.constraint = ". != '0' and . != 'a'"
      item.constraintMessage = text()
    }
    if item.kind.takes(.readOnly), chance(10) { item.readOnly = one(of: ["true()", "false()"]) }
    if item.kind.takes(.relevant), chance(30) { item.relevant = condition() }
    if item.isQuestion, chance(10) { item.calculation = condition() }
    if let list = item.list.flatMap(form.list), chance(30) {
      let columns = ["name"] + Set(list.choices.flatMap(\.columns).map(\.name)).sorted()
      item.choiceFilter = "\(one(of: columns)) = '1'"
    }
    guard chance(30) else { return }
    switch item.kind {
    case .integer: item.defaultValue = one(of: ["0", "-12"])
    case .decimal: item.defaultValue = "1.50"
    case .date: item.defaultValue = "2026-11-28"
    case .time: item.defaultValue = "08:05"
    case .dateTime: item.defaultValue = "2026-11-28T08:05"
    case .text, .hidden: item.defaultValue = one(of: ["=1", "Mr", "07"])
    case .selectOne(let list): item.defaultValue = form.list(list)?.choices.first?.name
    default: break
    }
  }

  private mutating func addShown(to item: inout FormItem) {
    if item.kind.takes(.appearance), chance(20) {
      item.appearance = one(of: [["minimal"], ["likert", "rating"]])
    }
    if item.kind == .range {
      item.parameters = [
        FormItem.Parameter("start", "0"), FormItem.Parameter("end", one(of: ["1", "10.5"])),
        FormItem.Parameter("step", one(of: ["1", "0.25"])),
      ]
    } else if item.kind.takes(.parameters), chance(30) {
      item.parameters = [FormItem.Parameter("randomize", one(of: ["true", "false"]))]
      if chance(50) { item.parameters.append(FormItem.Parameter("seed", "42")) }
    }
  }
}
