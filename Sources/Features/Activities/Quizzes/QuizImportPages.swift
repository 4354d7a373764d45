import Interop
import Kernel
import Web

/// Bringing questions in from a table: choose a file, see what is wrong with which line, confirm.
struct QuizImportPages {
  /// Problems shown one by one; of the rest only the number is told.
  private static let shownProblems = 200

  let say: Wording
  let token: String

  private var title: String { say("从表格导入题目", "Import questions") }
  private static let base = "\(QuizQuestionPages.base)/import"

  func choose(_ state: FormState, alerts: [HTML]) -> Page {
    let fields = FormParts(state, say)
    let headings = QuizQuestionImport.columns.map { say($0.label) }.joined(separator: say("、", ", "))
    let form = fields.form(
      to: Self.base, token: token, files: true,
      """
      \(fields.file("file", Phrase("表格文件", "Table"), hint: Phrase("CSV（UTF-8 或 GB18030）或 XLSX，最多 5 MB。", "CSV (UTF-8 or GB18030) or XLSX, at most 5 MB."), accept: ".csv,.xlsx"))\
      \(fields.submit(Phrase("先检查，不保存", "Check it first, storing nothing")))
      """)
    let main: HTML = """
      <h1>\(title)</h1><p>\(say("第一行写列名：", "The first line names the columns:")) \(headings)</p>\
      <p>\(say("一行一道题。选项 C 到 F 和出处可以没有；答案写字母，比如 B。", "One question a line. Options C to F and the source may be missing; the answer is a letter, such as B."))</p>\
      <section class="panel">\(form)</section><p><a href="\(QuizQuestionPages.base)">\(say("返回题库", "Back to the bank"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  /// What the dry run found.
  ///
  /// - Parameter content: the file, to be sent back for storing.
  func checked(
    _ table: QuizQuestionImport, _ problems: [FieldProblem], key: String, content: String
  ) -> Page {
    let unknown: HTML =
      table.unknownHeadings.isEmpty
      ? .empty
      : PageParts.notice(
        say(
          "这些列没有用到：\(table.unknownHeadings.joined(separator: "、"))",
          "These columns are not used: \(table.unknownHeadings.joined(separator: ", "))"))
    let fields = FormParts(.empty, say)
    let store =
      PageParts.notice(
        say(
          "\(table.lines.count) 道题都没有问题，还没有保存。",
          "\(say.count(table.lines.count, "道题", "question")) and nothing wrong; nothing is stored yet."),
        .good)
      + fields.form(
        to: "\(Self.base)/store", token: token, files: true, idempotencyKey: key,
        "\(fields.hidden("content", content))\(fields.submit(Phrase("全部放进题库", "Put all of them into the bank")))"
      )
    let main: HTML = """
      <h1>\(say("检查结果", "What the check found"))</h1>\(unknown)\
      \(problems.isEmpty ? store : list(problems))\
      <p><a href="\(Self.base)">\(say("换一个文件", "Choose another file"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main)
  }

  private func list(_ problems: [FieldProblem]) -> HTML {
    let labels = Dictionary(
      QuizQuestionImport.columns.map { ($0.field, $0.label) }, uniquingKeysWith: { first, _ in first })
    return PageParts.notice(
      say(
        "有 \(problems.count) 处要改，什么都没有保存。",
        "\(say.count(problems.count, "处", "thing")) to correct; nothing was stored."), .bad)
      + PageParts.table(
        caption: say("要改的地方", "What to correct"),
        columns: [
          Web.TableColumn(say("行", "Line"), isNumeric: true), Web.TableColumn(say("列", "Column")),
          Web.TableColumn(say("问题", "Problem")),
        ],
        rows: problems.prefix(Self.shownProblems).map { problem in
          [
            HTML(text: problem.line.map { String($0) } ?? "—"),
            HTML(text: labels[problem.field].map { say($0) } ?? problem.field),
            HTML(text: say(problem.message)),
          ]
        })
  }
}
