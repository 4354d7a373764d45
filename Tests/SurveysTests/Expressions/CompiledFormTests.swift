import Kernel
import Testing
import Web

@testable import Surveys

@Suite("Forms that can be computed") struct CompiledFormTests {
  private func item(
    _ name: String, _ kind: FormItem.Kind = .text, _ change: (inout FormItem) -> Void = { _ in },
    items: [FormItem] = []
  ) -> FormItem {
    var item = FormItem(name: name, kind: kind, items: items)
    change(&item)
    return item
  }

  private let lists = [
    FormChoiceList(
      name: "l",
      choices: [
        FormChoice(name: "a", label: FormText("Ah"), columns: [FormChoice.Column("kind", "k")]),
        FormChoice(name: "b", label: FormText("Bee")),
      ])
  ]

  private func refusal(_ items: FormItem...) -> CompiledFormProblem? {
    do throws(CompiledFormProblem) {
      _ = try CompiledForm(FormDefinition(formID: "f", lists: lists, items: items))
      return nil
    } catch {
      return error
    }
  }

  @Test func `a circle is refused by the names that stand in it`() {
    let circle = refusal(
      item("z"), item("a", .calculate) { $0.calculation = "${c} + 1" },
      item("b", .integer) { $0.relevant = "${a} > ${z}" },
      item("c", .calculate) { $0.calculation = "${b} * 2" })
    #expect(circle?.item == "a" && circle?.part == .calculation)
    #expect(circle?.message.english.hasSuffix("a → c → b → a.") == true)
    let itself = refusal(item("a") { $0.relevant = "${a} = ''" })
    #expect(itself?.message.english.hasSuffix("a → a.") == true && itself?.part == .relevant)
    let group = refusal(item("g", .group) { $0.relevant = "${inside} = 1" }, item("other"))
    #expect(group?.message.english.contains("inside") == true)
    let held = refusal(
      item("g", .group, { $0.relevant = "${inside} = 1" }, items: [item("inside", .integer)]))
    #expect(held?.message.english.hasSuffix("g → inside → g.") == true)
  }

  @Test func `what looks at answers without computing them makes no circle`() {
    #expect(
      refusal(
        item("a") {
          $0.constraint = ". != ${b} and ${a} != ''"
          $0.required = "${b} = ''"
        },
        item("b", .selectOne(list: "l")) {
          $0.required = "${a} = ''"
          $0.choiceFilter = "name != ${b} and kind = ${a}"
          $0.readOnly = "${b} = 'a'"
        }) == nil)
  }

  @Test func `what refers to nothing is refused where it stands`() {
    #expect(refusal(item("a") { $0.relevant = "${b} = 1" })?.part == .relevant)
    #expect(refusal(item("a") { $0.constraint = ". <" })?.message.english.hasPrefix("At character 4") == true)
    #expect(refusal(item("a"), item("a"))?.part == .name)
    #expect(refusal(item("a", .selectOne(list: "m")))?.part == .kind)
    #expect(
      refusal(item("a", .selectOne(list: "l")) { $0.choiceFilter = "colour = 1" })?.part == .choiceFilter)
    #expect(refusal(item("a") { $0.relevant = ". = 1" })?.part == .relevant)
    #expect(refusal(item("g", .group), item("a") { $0.required = "${g} = 1" })?.part == .required)
    let unlabelled = refusal(
      item("a"), item("b", .calculate) { $0.calculation = "jr:choice-name(${a}, '${a}')" })
    #expect(unlabelled?.item == "b" && unlabelled?.part == .calculation)
    // What a kind has no use for is not looked at; `FormCheck` says so.
    #expect(refusal(item("n", .note) { $0.required = "(" }) == nil)
  }

  @Test func `five hundred items in a row are computed from the last to the first`() throws {
    let items = (0..<500).map { place in
      item("q\(place)", .calculate) { $0.calculation = place == 499 ? "1" : "${q\(place + 1)} + 1" }
    }
    let form = try CompiledForm(FormDefinition(formID: "f", items: items))
    let clock = ExpressionClock(now: Timestamp(seconds: 0), offsetSeconds: 0)
    #expect(form.check([:], language: .unnamed, clock: clock)["q0"]?.value == "500")
  }

  @Test func `the page is given trees and places and no names to look up`() throws {
    let form = try CompiledForm(
      FormDefinition(
        formID: "f", lists: lists,
        items: [
          item(
            "g", .group, { $0.relevant = "${n} > -1.5" },
            items: [
              item("s", .selectOne(list: "l")) { $0.choiceFilter = "kind = 'k' or name = ${t}" }
            ]),
          item("n", .range) { $0.parameters = [FormItem.Parameter("end", "5")] },
          item("t") { $0.constraint = "regex(., 'a|[b-d]?$') and string-length(.) < 3 - 1" },
          item("c", .calculate) { $0.calculation = "jr:choice-name(${s}, '${s}')" },
        ]))
    let json = String(decoding: CompiledFormJSON(form, language: .unnamed).bytes, as: UTF8.self)
    #expect(
      json == """
        {"items":[{"name":"g","type":"group","relevant":["chain",["$",2],">",["neg",["#","1.5"]]]},\
        {"name":"s","type":"select_one","parent":0,"list":0,"choice_filter":["chain",["chain",["@",2],"=","k"],\
        "or",["chain",["@",0],"=",["$",3]]]},{"name":"n","type":"range","range":["0","5","1"]},\
        {"name":"t","type":"text","constraint":["chain",["regex",["."],[{"to":[1,3]},[97,97],{"to":[7]},\
        {"to":[4,5]},[98,100],"$",{"to":[7]}]],"and",["chain",["string-length",["."]],"\\u003c",\
        ["chain",["#","3"],"-",["#","1"]]]]},{"name":"c","type":"calculate","calculation":["jr:choice-name",\
        ["$",1],0]}],"order":[2,3,0,1,4],"lists":[[["a","Ah","k"],["b","Bee",""]]]}
        """)
    #expect(throws: Never.self) { try JSON(Array(json.utf8)) }
  }

  @Test func `every problem says something of its own`() {
    let problems: [AnswerProblem] = [
      .missing, .integer, .number, .digits, .range(start: "0", end: "10"), .step(start: "0", step: "2"),
      .date,
      .time, .dateTime, .choice, .twice, .rank, .acknowledge, .long, .constraint,
    ]
    #expect(Set(problems.map(\.code)).count == problems.count)
    #expect(Set(problems.map(\.message)).count == problems.count)
  }
}
