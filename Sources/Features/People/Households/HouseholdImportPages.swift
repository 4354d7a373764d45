import Interop
import Kernel
import Web

enum HouseholdImportPages {
  static func choose(_ signedIn: SignedIn, _ state: FormState, alerts: [HTML] = []) -> Page {
    let say = signedIn.say
    let parts = FormParts(state, say)
    let headings = HouseholdImport.columns.map { say($0.label) }.joined(separator: say("、", ", "))
    let fields: HTML = """
      \(parts.file("file", Phrase("表格文件", "Table"), hint: Phrase("CSV（UTF-8 或 GB18030）或 XLSX，最多 5 MB。", "CSV (UTF-8 or GB18030) or XLSX, at most 5 MB."), accept: ".csv,.xlsx"))\
      \(parts.submit(Phrase("先检查，不保存", "Check it first, storing nothing")))
      """
    let main: HTML = """
      <h1>\(say("从表格导入住户", "Import households"))</h1>\
      <p>\(say("第一行写列名：", "The first line names the columns:")) \(headings)\(say("。楼号和房号必须有，其他可以没有。同一户有几个人，就写几行。", ". Building and room are needed, the rest is not. A door with several people has several lines."))</p>\
      <section class="panel">\(parts.form(to: "/desk/households/import", token: signedIn.formToken, files: true, fields))</section>\
      <p><a href="/desk/people">\(say("返回", "Back"))</a></p>
      """
    return Page(title: say("导入住户", "Import households"), kind: .staff, main: main, alerts: alerts)
  }

  /// What the dry run found.
  /// - Parameter content: the file in base64, to be sent back for storing.
  static func checked(
    _ signedIn: SignedIn, _ result: HouseholdImportResult, requestKey: String, content: String
  ) -> Page {
    let say = signedIn.say
    let unknown: HTML =
      result.unknownHeadings.isEmpty
      ? .empty
      : PageParts.notice(
        say(
          "这些列没有用到：\(result.unknownHeadings.joined(separator: "、"))",
          "These columns are not used: \(result.unknownHeadings.joined(separator: ", "))"))
    let households = say.count(result.newHouseholds, "户", "new household")
    let persons = say.count(result.newPersons, "位", "new person", many: "new people")
    let summary = say("新住户 \(households)，新登记的人 \(persons)。", "\(households), \(persons).")
    let main: HTML = """
      <h1>\(say("检查结果", "What the check found"))</h1>\(unknown)<p class="lead">\(summary)</p>\
      \(result.problems.isEmpty ? store(signedIn, requestKey, content) : problems(result.problems, say))\
      <p><a href="/desk/households/import">\(say("换一个文件", "Choose another file"))</a></p>
      """
    return Page(title: say("导入住户", "Import households"), kind: .staff, main: main)
  }

  private static func store(_ signedIn: SignedIn, _ requestKey: String, _ content: String) -> HTML {
    let say = signedIn.say
    let parts = FormParts(.empty, say)
    return PageParts.notice(say("每一行都没有问题，还没有保存。", "Every line is fine; nothing is stored yet."), .good)
      + parts.form(
        to: "/desk/households/import/store", token: signedIn.formToken, files: true,
        idempotencyKey: requestKey,
        "\(parts.hidden("content", content))\(parts.submit(Phrase("保存全部", "Store all of it")))")
  }

  private static func problems(_ problems: [FieldProblem], _ say: Wording) -> HTML {
    let labels = Dictionary(
      HouseholdImport.columns.map { ($0.field, $0.label) }, uniquingKeysWith: { first, _ in first })
    let shown = problems.prefix(200)
    let table = PageParts.table(
      caption: say("要改的地方", "What to correct"),
      columns: [
        Web.TableColumn(say("行", "Line"), isNumeric: true), Web.TableColumn(say("列", "Column")),
        Web.TableColumn(say("问题", "Problem")),
      ],
      rows: shown.map { problem in
        [
          HTML(text: problem.line.map { String($0) } ?? "—"),
          HTML(text: labels[problem.field].map { say($0) } ?? problem.field),
          HTML(text: say(problem.message)),
        ]
      })
    return PageParts.notice(
      say(
        "有 \(problems.count) 处要改，什么都没有保存。",
        "\(say.count(problems.count, "处", "thing")) to correct; nothing was stored."),
      .bad)
      + table
  }

  static func stored(_ signedIn: SignedIn) -> Page {
    let say = signedIn.say
    let done = PageParts.notice(
      say("全部保存好了。", "All of it is stored."), .good)
    return Page(
      title: say("导入住户", "Import households"), kind: .staff,
      main: """
        <h1>\(say("导入住户", "Import households"))</h1>\(done)\
        <p class="actions"><a class="button" href="/desk/people">\(say("看看邻居", "See the people"))</a></p>
        """)
  }
}
