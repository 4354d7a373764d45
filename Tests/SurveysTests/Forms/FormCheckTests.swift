import Kernel
import Testing

@testable import Surveys

struct FormCheckTests {
  /// A form without faults: a question of each of the kinds that others refer to.
  private func form() -> FormDefinition {
    let chinese = FormLanguage("中文 (zh)")
    func text(_ words: String) -> FormText { FormText([chinese: words]) }
    var age = FormItem(name: "age", kind: .integer, label: text("几岁"))
    age.constraint = ". >= 0"
    var range = FormItem(name: "score", kind: .range, label: text("几分"))
    range.parameters = [.init("start", "0"), .init("end", "10"), .init("step", "1")]
    let group = FormItem(
      name: "home", kind: .group, label: text("家里"),
      items: [FormItem(name: "water", kind: .selectOne(list: "yn"), label: text("有自来水吗"))])
    return FormDefinition(
      formID: "f", title: FormText("问卷"), languages: [chinese], defaultLanguage: chinese,
      lists: [
        FormChoiceList(
          name: "yn",
          choices: [
            FormChoice(name: "yes", label: text("有"), columns: [.init("region", "north")]),
            FormChoice(name: "no", label: text("没有"), columns: [.init("region", "south")]),
          ])
      ],
      items: [age, range, group, FormItem(name: "more", kind: .text, label: text("还有吗"))])
  }

  private func faults(_ change: (inout FormDefinition) -> Void) -> [FormCheckProblem] {
    var form = form()
    change(&form)
    return FormCheck.problems(of: form).filter(\.isFault)
  }

  @Test func `forms of every kind have no faults`() {
    #expect(faults { _ in }.isEmpty)
    for seed in 0..<300 {
      #expect(FormCheck.problems(of: FormGenerator.form(seed: UInt64(seed))).allSatisfy { !$0.isFault })
    }
  }

  @Test(arguments: [
    "1a", "a b", "", "a/b", "-x", "a:b", "é\u{301}", "、", "a\n", String(repeating: "a", count: 65),
  ])
  func `names that other tools cannot hold are faults`(_ name: String) {
    let found = faults { $0.items[3].name = name }
    #expect(found.contains { $0.part == .name && $0.item == name })
  }

  @Test(arguments: ["_", "a", "村1", "a.b-c_2", String(repeating: "a", count: 64)])
  func `names of letters, digits and marks are none`(_ name: String) {
    #expect(faults { $0.items[3].name = name }.isEmpty)
  }

  /// What one change of a form without faults is told of, and at which item.
  private static let changes: [(String, FormPart, String?, @Sendable (inout FormDefinition) -> Void)] = [
    ("no identifier", .formID, nil, { $0.formID = "" }),
    ("no language", .label, nil, { $0.languages = [] }),
    ("a language twice", .label, nil, { $0.languages += $0.languages }),
    ("a bad language", .label, nil, { $0.languages.append(FormLanguage("a::b")) }),
    ("another default", .defaultLanguage, nil, { $0.defaultLanguage = FormLanguage("English") }),
    ("a default beside none", .defaultLanguage, nil, { $0.languages.append(.unnamed) }),
    ("no question", .kind, nil, { $0.items = [FormItem(name: "s", kind: .start)] }),
    ("a text in another language", .label, "more", { $0.items[3].label.byLanguage[.unnamed] = "x" }),
    ("no label", .label, "more", { $0.items[3].label = .none }),
    ("spaces around", .label, "more", { $0.items[3].label = FormText([$0.languages[0]: " x"]) }),
    ("two spaces", .label, "more", { $0.items[3].label = FormText([$0.languages[0]: "x  y"]) }),
    ("a hidden character", .label, "more", { $0.items[3].label = FormText([$0.languages[0]: "x\u{202E}y"]) }),
    ("an open reference", .label, "more", { $0.items[3].label = FormText([$0.languages[0]: "x ${age"]) }),
    ("an unknown reference", .hint, "more", { $0.items[3].hint = FormText([$0.languages[0]: "${who}"]) }),
    ("a group in a text", .label, "more", { $0.items[3].label = FormText([$0.languages[0]: "${home}"]) }),
    ("the name meta", .name, "meta", { $0.items[3].name = "meta" }),
    ("a name twice", .name, "water", { $0.items[3].name = "water" }),
    ("a missing list", .kind, "more", { $0.items[3].kind = .rank(list: "nowhere") }),
    ("an unreadable condition", .relevant, "more", { $0.items[3].relevant = "1 +" }),
    ("an unknown question", .relevant, "more", { $0.items[3].relevant = "${who} = 1" }),
    ("a group in a condition", .relevant, "more", { $0.items[3].relevant = "${home} = 1" }),
    ("curly quotes", .relevant, "more", { $0.items[3].relevant = "${age} = “a”" }),
    ("curly quotes in straight ones", .relevant, "more", { $0.items[3].relevant = "${age} = '“a”'" }),
    ("its own answer in a condition", .relevant, "more", { $0.items[3].relevant = ". = 1" }),
    ("a constraint of a group", .constraint, "home", { $0.items[2].constraint = "1 = 1" }),
    ("a filter of a text", .choiceFilter, "more", { $0.items[3].choiceFilter = "region = 1" }),
    ("nothing to calculate", .calculation, "more", { $0.items[3].kind = .calculate }),
    ("items in a question", .kind, "more", { $0.items[3].items = [FormItem(name: "x", kind: .hidden)] }),
    ("an unknown appearance", .appearance, "more", { $0.items[3].appearance = ["w4"] }),
    ("a range without end", .parameters, "score", { $0.items[1].parameters.remove(at: 1) }),
    ("a range backwards", .parameters, "score", { $0.items[1].parameters[0] = .init("start", "11") }),
    ("a step of nothing", .parameters, "score", { $0.items[1].parameters[2] = .init("step", "0") }),
    ("a step too large", .parameters, "score", { $0.items[1].parameters[2] = .init("step", "10.5") }),
    ("a word for a number", .parameters, "score", { $0.items[1].parameters[2] = .init("step", "1e1") }),
    ("a parameter twice", .parameters, "score", { $0.items[1].parameters.append(.init("step", "1")) }),
    ("a default of words", .defaultValue, "age", { $0.items[0].defaultValue = "old" }),
    ("a computed default", .defaultValue, "more", { $0.items[3].defaultValue = "today()" }),
  ]

  @Test(arguments: FormCheckTests.changes.indices)
  func `every fault is told with its place`(_ index: Int) {
    let (name, part, item, change) = Self.changes[index]
    let found = faults(change)
    #expect(found.contains { $0.part == part && $0.item == item }, "\(name): \(found)")
  }

  @Test func `choices are held against the questions that offer them`() {
    func change(_ change: (inout FormDefinition) -> Void) -> [FormCheckProblem] { faults(change) }
    #expect(change { $0.lists[0].choices[1].name = "yes" }.map(\.part) == [.name])
    #expect(
      change {
        $0.lists[0].choices[1].name = "yes"
        $0.allowsDuplicateChoices = true
      }.isEmpty)
    #expect(change { $0.lists[0].choices[1].name = "not at all" }.isEmpty)
    let spaced = change {
      $0.lists[0].choices[1].name = "not at all"
      $0.items[3].kind = .selectMultiple(list: "yn")
    }
    #expect(spaced.map(\.place) == [.choice(list: "yn", position: 1)])
    #expect(change { $0.lists[0].choices = [] }.contains { $0.place == .list("yn") })
    #expect(change { $0.lists.append($0.lists[0]) }.contains { $0.place == .list("yn") })
    #expect(change { $0.lists[0].choices[0].columns = [.init("label", "x")] }.map(\.part) == [.listName])
    let many = change { form in
      form.lists[0].choices = (0...FormLimits.choices).map { FormChoice(name: "c\($0)", label: .none) }
    }
    #expect(many.map(\.place) == [.list("yn")])
  }

  @Test func `filters know the columns of their list and no others`() {
    func filtered(_ filter: String) -> [FormCheckProblem] {
      faults { $0.items[2].items[0].choiceFilter = filter }
    }
    #expect(filtered("region = 'north' or name = ${age}").isEmpty)
    #expect(filtered("county = 'north'").map(\.part) == [.choiceFilter])
    #expect(faults { $0.items[3].relevant = "region = 'north'" }.map(\.part) == [.relevant])
  }

  @Test func `circles are told once, groups included`() {
    var found = faults {
      $0.items[0].calculation = "${score} + 1"
      $0.items[1].calculation = "${more} + 1"
      $0.items[3].calculation = "${age} + 1"
    }
    #expect(found.map(\.item) == ["age"])
    #expect(found.first?.message.english.contains("age → score → more → age") == true)
    found = faults { $0.items[2].relevant = "${water} = 'yes'" }
    #expect(found.map(\.item) == ["home"])
    found = faults { $0.items[3].calculation = "${more} + 1" }
    #expect(found.map(\.item) == ["more"])
    #expect(faults { $0.items[0].constraint = "${age} > 1" }.isEmpty)
  }

  @Test func `groups stand so deep and no deeper`() {
    func nested(_ depth: Int) -> FormItem {
      let inner = depth == 1 ? FormItem(name: "q", kind: .hidden) : nested(depth - 1)
      return FormItem(name: "g\(depth)", kind: .group, items: [inner])
    }
    #expect(faults { $0.items.append(nested(FormLimits.depth)) }.isEmpty)
    #expect(faults { $0.items.append(nested(FormLimits.depth + 1)) }.map(\.part) == [.kind])
  }

  @Test func `what is no fault is advice`() {
    var form = form()
    form.languages.append(FormLanguage("English (en)"))
    form.items.append(FormItem(name: "AGE", kind: .hidden))
    form.items.append(FormItem(name: "empty", kind: .group))
    let problems = FormCheck.problems(of: form)
    #expect(problems.allSatisfy { !$0.isFault })
    #expect(problems.contains { $0.item == "more" && $0.part == .label })
    #expect(problems.contains { $0.item == "AGE" && $0.part == .name })
    #expect(problems.contains { $0.item == "empty" && $0.part == .kind })
  }
}
