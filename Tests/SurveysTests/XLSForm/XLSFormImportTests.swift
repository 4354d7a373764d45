import Kernel
import Testing

@testable import Surveys

struct XLSFormImportTests {
  private let heads = ["type", "name", "label"]

  @Test func `a form of the ecosystem is read whole`() throws {
    let (form, warnings) = try FormWorkbook(
      survey: [
        [
          "Type", "name", "label::中文 (zh)", "label::English (en)", "Relevance", "required",
          "constraining_message::中文 (zh)",
        ],
        ["start", "begun"],
        ["select one from yn", "water", "有水吗", "Water?", "", "yes", "请选"],
        ["begin_group", "why", "为什么", "Why", "${water} = 'no'"],
        ["add text prompt", "reason", "原因", "Reason", "", "no"],
        ["end group", "why"],
        ["note", "", "谢谢", "Thank you"],
      ],
      choices: [
        ["list name", "value", "caption::中文 (zh)", "label::English (en)", "region"],
        ["yn", "yes", "有", "Yes", "north"], ["yn", "no", "没有", "No"],
      ],
      settings: [
        ["form_title", "form_id", "version", "default_language"], ["用水", "water_1", "1.0", "中文 (zh)"],
      ]
    ).read()
    #expect(warnings.map(\.column) == ["constraining_message::中文 (zh)"])
    #expect(form.formID == "water_1")
    #expect(form.title == FormText("用水"))
    #expect(form.version == "1.0")
    #expect(form.languages == ["中文 (zh)", "English (en)"].map(FormLanguage.init))
    #expect(form.defaultLanguage == FormLanguage("中文 (zh)"))
    #expect(form.allItems.map(\.name) == ["begun", "water", "why", "reason", "generated_note_name_7"])
    let water = try #require(form.allItems.first { $0.name == "water" })
    #expect(water.kind == .selectOne(list: "yn"))
    #expect(water.required == "true()")
    #expect(water.constraintMessage.byLanguage == [FormLanguage("中文 (zh)"): "请选"])
    #expect(form.items[2].relevant == "${water} = 'no'")
    #expect(form.items[2].items.map(\.required) == [nil])
    #expect(form.list("yn")?.choices.map(\.columns) == [[.init("region", "north")], []])
  }

  @Test func `texts without a language are in the default one`() throws {
    let (form, _) = try FormWorkbook(
      survey: [["type", "name", "label::English", "label"], ["text", "q", "Why?", "为什么？"]],
      settings: [["default_language"], ["中文"]]
    ).read()
    #expect(form.languages == ["English", "中文"].map(FormLanguage.init))
    #expect(form.items[0].label.byLanguage[FormLanguage("中文")] == "为什么？")
    #expect(form.formID == "data")
  }

  @Test func `spaces collapse in the survey, unless the form says no`() throws {
    for (setting, expected) in [("", "a b"), ("yes", "a b"), ("no", "a  b")] {
      let (form, _) = try FormWorkbook(
        survey: [heads, ["select_one l", "q", " a  b "]],
        choices: [["list_name", "name", "label"], ["l", "1", "c  d"]],
        settings: [["form_id", "clean_text_values"], ["f", setting]]
      ).read()
      #expect(form.items[0].label == FormText(expected))
      #expect(form.lists[0].choices[0].label == FormText("c  d"))
      #expect(form.cleansText == (setting != "no"))
    }
  }

  @Test func `or_other becomes a choice and a question`() throws {
    let (form, warnings) = try FormWorkbook(
      survey: [
        ["type", "name", "label::中文 (zh)", "label::English (en)"],
        ["select_multiple l or_other", "q", "哪些", "Which"],
      ],
      choices: [["list_name", "name", "label::中文 (zh)", "label::English (en)"], ["l", "1", "一", "One"]]
    ).read()
    #expect(form.items.map(\.name) == ["q", "q_other"])
    #expect(form.items[1].relevant == "selected(${q}, 'other')")
    #expect(form.lists[0].choices.map(\.name) == ["1", "other"])
    let words = form.lists[0].choices[1].label.byLanguage
    #expect(words[FormLanguage("中文 (zh)")] == "其他")
    #expect(words[FormLanguage("English (en)")] == "Other")
    #expect(warnings.map(\.row) == [2])
  }

  @Test func `a missing bound of a range is filled in and told`() throws {
    let (form, warnings) = try FormWorkbook(
      survey: [["type", "name", "label", "parameters"], ["range", "q", "Q", "END=5; step = 0.5"]]
    ).read()
    #expect(form.items[0].parameters == [.init("end", "5"), .init("step", "0.5"), .init("start", "1")])
    #expect(warnings.map(\.column) == ["parameters"])
  }

  /// Forms whose every oddity is left out: where the warning stands.
  private static let leftOut: [(String, FormWorkbook, String)] = [
    (
      "a device",
      FormWorkbook(survey: [["type", "name", "label"], ["deviceid", "d"], ["text", "q", "Q"]]),
      "survey 2 type"
    ),
    (
      "an account", FormWorkbook(survey: [["type", "name", "label"], ["email", "e"], ["text", "q", "Q"]]),
      "survey 2 type"
    ),
    (
      "a record of filling in",
      FormWorkbook(survey: [["type", "name", "label"], ["audit", "audit"], ["text", "q", "Q"]]),
      "survey 2 type"
    ),
    (
      "a picture",
      FormWorkbook(survey: [["type", "name", "label", "media::image::x"], ["text", "q", "Q", "a.png"]]),
      "survey 2 media::image::x"
    ),
    (
      "an unknown column",
      FormWorkbook(survey: [["type", "name", "label", "lable"], ["text", "q", "Q", "x"]]), "survey 2 lable"
    ),
    (
      "an unknown appearance",
      FormWorkbook(survey: [["type", "name", "label", "appearance"], ["text", "q", "Q", "multiline w4"]]),
      "survey 2 appearance"
    ),
    (
      "a part of no use",
      FormWorkbook(survey: [
        ["type", "name", "label", "required"], ["text", "q", "Q", ""], ["note", "n", "N", "yes"],
      ]), "survey 3 required"
    ),
    (
      "ticks of a range",
      FormWorkbook(survey: [
        ["type", "name", "label", "parameters"], ["range", "q", "Q", "start=0 end=2 step=1 tick_interval=1"],
      ]), "survey 2 parameters"
    ),
    (
      "a disabled row",
      FormWorkbook(survey: [
        ["type", "name", "label", "disabled"], ["text", "q", "Q", ""], ["text", "r", "R", "yes"],
      ]), "survey 3 disabled"
    ),
    (
      "a remark",
      FormWorkbook(survey: [
        ["type", "name", "label", "hint"], ["text", "q", "Q"], ["", "", "", "see below"],
      ]), "survey 3 "
    ),
    (
      "a cell without heading",
      FormWorkbook(survey: [["type", "name", "label", ""], ["text", "q", "Q", "x"]]), "survey 2 "
    ),
    (
      "another sheet",
      FormWorkbook(survey: [["type", "name", "label"], ["text", "q", "Q"]], others: [("notes", [["a"]])]),
      "notes 0 "
    ),
    (
      "a column of choices",
      FormWorkbook(
        survey: [["type", "name", "label"], ["select_one l", "q", "Q"]],
        choices: [["list_name", "name", "label", "my notes"], ["l", "1", "A", "x"]]), "choices 2 my notes"
    ),
    (
      "a second row of settings",
      FormWorkbook(
        survey: [["type", "name", "label"], ["text", "q", "Q"]], settings: [["form_id"], ["a"], ["b"]]),
      "settings 3 "
    ),
    (
      "a default language that nobody writes",
      FormWorkbook(
        survey: [["type", "name", "label::A"], ["text", "q", "Q"]], settings: [["default_language"], ["B"]]),
      "settings 2 default_language"
    ),
  ]

  @Test(arguments: XLSFormImportTests.leftOut.indices)
  func `what is left out is told with its place`(_ index: Int) throws {
    let (name, workbook, place) = Self.leftOut[index]
    let (form, warnings) = try workbook.read()
    #expect(form.items.contains { $0.name == "q" }, "\(name)")
    #expect(warnings.map { "\($0.sheet) \($0.row ?? 0) \($0.column ?? "")" } == [place], "\(name)")
  }

  /// Rows of a survey that are refused, each with its place.
  private static let refused: [(String, [String], String)] = [
    ("a repeat", ["begin repeat", "r", "R"], "survey/type 3"),
    ("a place", ["geopoint", "p", "P"], "survey/type 3"),
    ("a recording", ["audio", "p", "P"], "survey/type 3"),
    ("a file of choices", ["select_one_from_file a.csv", "p", "P"], "survey/type 3"),
    ("another file of choices", ["select_one a.csv", "p", "P"], "survey/type 3"),
    ("outside choices", ["select_one_external l", "p", "P"], "survey/type 3"),
    ("earlier answers", ["select_one ${q}", "p", "P"], "survey/type 3"),
    ("a type with capitals", ["Text", "p", "P"], "survey/type 3"),
    ("no type", ["", "p", "P"], "survey/type 3"),
    ("an old type", ["phone number", "p", "P"], "survey/type 3"),
    ("no name", ["text", "", "P"], "survey/name 3"),
    ("a bad name", ["text", "1a", "P"], "survey/name 3"),
    ("a name twice", ["text", "q", "P"], "survey/name 3"),
    ("no label", ["text", "p", ""], "survey/label 3"),
    ("no list", ["select_one l", "p", "P"], "survey/type 3"),
    ("nothing to calculate", ["calculate", "p", ""], "survey/calculation 3"),
    ("an end too many", ["end group", "", ""], "survey/type 3"),
    ("an open group", ["begin group", "g", "G"], "survey/type 3"),
    ("an unknown function", ["calculate", "p", "", "pulldata('a', 'b')"], "survey/calculation 3"),
    ("curly quotes", ["calculate", "p", "", "“a”"], "survey/calculation 3"),
    ("an unknown question", ["calculate", "p", "", "${nobody} + 1"], "survey/calculation 3"),
    ("an unknown question in a label", ["text", "p", "Hello ${nobody}"], "survey/label 3"),
    ("a filter of or_other", ["select_one l or_other", "p", "P"], "survey/type 3"),
    ("a device without a name", ["deviceid", "", ""], "survey/name 3"),
    ("a device with a name twice", ["deviceid", "q", ""], "survey/name 3"),
    ("an audit of another name", ["audit", "log", ""], "survey/name 3"),
    ("a rank with other", ["rank l or_other", "p", "P"], "survey/type 3"),
  ]

  @Test(arguments: XLSFormImportTests.refused.indices)
  func `what cannot be used is refused with its place`(_ index: Int) throws {
    let (name, row, place) = Self.refused[index]
    let workbook = FormWorkbook(survey: [heads + ["calculation"], ["text", "q", "Q"], row])
    let refusals = try workbook.refusals()
    #expect(refusals.contains(place), "\(name): \(refusals)")
  }

  @Test func `every reason is told at once, and none for what only refers to a refused row`() throws {
    let workbook = FormWorkbook(
      survey: [
        heads + ["relevant", "parameters"], ["geopoint", "here", "Here"], ["text", "a", "A", "${here} = ''"],
        ["begin repeat", "again", "Again"], ["text", "b", "B", "", "rows"], ["end repeat"],
        ["deviceid", "device"], ["text", "c", "C", "${device} = ''"], ["begin group", "open", "Open"],
      ],
      choices: [["list_name", "name", "label"], ["l", "1", "A"], ["l", "1", "B"], ["", "2", "C"]],
      settings: [["public_key"], ["x"]])
    #expect(
      try workbook.refusals() == [
        "survey/type 2", "survey/type 4", "survey/parameters 5", "survey/relevant 8", "survey/type 9",
        "choices/name 3", "choices/list_name 4", "settings/public_key 2",
      ])
  }

  @Test func `the row that is open is named where another kind of block ends`() throws {
    let workbook = FormWorkbook(
      survey: [heads, ["text", "q", "Q"], ["begin group", "home", "Home"], ["end repeat"]])
    let problem = #expect(throws: Problem.self) { try workbook.read() }
    #expect(problem?.fields.first?.line == 4)
    #expect(problem?.fields.first?.message.english.contains("row 3 is a group (home)") == true)
  }

  @Test func `sheets that the form would need are refused`() throws {
    for name in ["external_choices", "Entities", "osm"] {
      var workbook = FormWorkbook(survey: [heads, ["text", "q", "Q"]], others: [(name, [["a"]])])
      #expect(try workbook.refusals().isEmpty)
      workbook.others = [(name, [["list_name"], ["x"]])]
      #expect(try workbook.refusals() == ["\(name) 2"])
    }
    #expect(
      try FormWorkbook(survey: [], others: [("a", [["x"]]), ("b", [["y"]])]).refusals() == ["survey 0"])
  }

  @Test func `one sheet of any name is the survey`() throws {
    let workbook = FormWorkbook(survey: [], others: [("我的问卷", [heads, ["text", "q", "Q"]])])
    #expect(try workbook.read().definition.items.map(\.name) == ["q"])
  }

  @Test func `what is no workbook is refused as such`() {
    for bytes in [[], Array("type,name,label".utf8), [0xD0, 0xCF, 0x11, 0xE0, 0xA1]] as [[UInt8]] {
      let problem = #expect(throws: Problem.self) { try XLSFormImport.read(bytes) }
      #expect(problem?.code.hasPrefix("file.") == true)
    }
  }

  @Test func `a form with very many mistakes is told of the first of them`() throws {
    let rows = (0..<400).map { ["geopoint", "p\($0)", "P"] }
    #expect(try FormWorkbook(survey: [heads] + rows).refusals().count == XLSFormReport.limit + 1)
  }
}
