import Kernel
import Web

/// Saying what the columns of a file mean that no bank we know has, and seeing its first lines read that way.
struct StatementNamingPages {
  let say: Wording
  let token: String

  /// Lines of the file that are shown as they would be read, and problems that are listed.
  private static let shownLines = 10
  private static let shownProblems = 20

  struct Content: Sendable {
    let upload: StatementUpload
    let row: HeadingRow
    let candidates: [HeadingRow]
    /// Nil before anybody has looked.
    let look: BankStatement.Look?
    /// What was said when somebody looked, to be agreed to as it is.
    let said: [Form.Field]
  }

  private func money(_ amount: Money) -> HTML { HTML(text: say.money(amount)) }

  func page(_ content: Content, _ state: FormState) -> HTML {
    let path = "/money/statements/uploads/\(content.upload.id)/columns"
    return """
      <p><a href="/money/statements">← \(say("银行对账", "Statements"))</a></p>\
      <h1>\(say("说明每一列是什么", "What the columns are"))</h1>\
      <p>\(say("「\(content.upload.fileName)」的标题我们不认得。请说明哪一列是什么，看过前几行没错再用；以后同样标题的文件就认得了。",
        "The headings of “\(content.upload.fileName)” are new to us. Please say which column is what, and look at its first lines; from then on files with these headings are known."))</p>\
      \(rows(content, path))\(form(content, path, state))\(content.look.map { preview($0, content.said, path) } ?? .empty)
      """
  }

  /// Where the headings stand, when that is not certain.
  private func rows(_ content: Content, _ path: String) -> HTML {
    let list = content.candidates.map { row -> HTML in
      let headings = row.choices.map(\.heading).joined(separator: say("、", ", "))
      let text = say("第 \(row.line) 行：\(headings)", "Line \(row.line): \(headings)")
      return row == content.row
        ? "<li><strong>\(text)</strong></li>" : "<li><a href=\"\(path)?line=\(row.line)\">\(text)</a></li>"
    }
    return """
      <details><summary>\(say("标题在第 \(content.row.line) 行。不对？", "The headings stand in line \(content.row.line). They do not?"))</summary>\
      <ul>\(list)</ul></details>
      """
  }

  private func form(_ content: Content, _ path: String, _ state: FormState) -> HTML {
    let parts = FormParts(state, say)
    let columns = content.row.choices.map { (value: String($0.position), name: Phrase(same: $0.heading)) }
    let optional = [(value: StatementNamingForm.none, name: Phrase("没有这一列", "There is none"))] + columns
    func choose(_ field: String, _ label: Phrase, _ isRequired: Bool = false, where hint: Phrase? = nil)
      -> HTML
    {
      parts.select(field, label, options: isRequired ? columns : optional, hint: hint, isRequired: isRequired)
    }
    let apart = Phrase("收入和支出分成两列时才要选。", "Where both have a column of their own.")
    let single = Phrase("金额只有一列时才要选。", "Where there is one column of amounts.")
    let marked = Phrase("另有一列写着收支或借贷时才要选。", "Where another column says it.")
    let amounts = StatementNaming.Amounts.allCases.map { (value: $0.rawValue, name: $0.name) }
    return parts.form(
      to: path, token: token,
      """
      \(parts.hidden("line", String(content.row.line)))\
      \(choose("date", Phrase("日期", "Date"), true))\(choose("time", Phrase("时间", "Time")))\
      \(parts.radios("amounts", Phrase("金额怎么写", "How amounts are written"), options: amounts))\
      \(choose("incoming", Phrase("收入", "What came in"), where: apart))\
      \(choose("outgoing", Phrase("支出", "What went out"), where: apart))\
      \(choose("amount", Phrase("金额", "Amount"), where: single))\
      \(choose("direction", Phrase("收还是支", "In or out"), where: marked))\
      \(choose("name", Phrase("对方户名", "Name of the other side")))\
      \(choose("account", Phrase("对方账号", "Account of the other side")))\
      \(parts.checkboxes("texts", Phrase("附言、摘要（付款码会写在里面）", "What was written (payment numbers stand there)"), options: columns))\
      \(choose("serial", Phrase("流水号", "The bank's own number")))\(choose("balance", Phrase("余额", "Balance")))\
      \(parts.submit(Phrase("看前几行", "Look at the first lines"), name: "step", value: "look"))
      """)
  }

  private func preview(_ look: BankStatement.Look, _ said: [Form.Field], _ path: String) -> HTML {
    let shown = look.lines.prefix(Self.shownLines)
    let rows = shown.map { line -> [HTML] in
      let details = LineDetails(line)
      return [
        "\(line.line)", HTML(text: line.hasTime ? say.dateTime(line.moment) : say.day(line.moment)),
        HTML(text: details.name ?? ""), HTML(text: details.account ?? ""), HTML(text: line.remittance),
        money(line.amount), line.balance.map(money) ?? "",
      ]
    }
    let table: HTML =
      rows.isEmpty
      ? PageParts.empty(say("这样一行也读不出来。", "No line can be read this way."))
      : PageParts.table(
        caption: say("前 \(shown.count) 行会这样读", "How the first \(shown.count) are read"),
        columns: [
          TableColumn(say("行", "Line"), isNumeric: true), TableColumn(say("时间", "When")),
          TableColumn(say("对方", "Who")), TableColumn(say("账号", "Account")),
          TableColumn(say("附言", "What was written")), TableColumn(say("金额", "Amount"), isNumeric: true),
          TableColumn(say("余额", "Balance"), isNumeric: true),
        ], rows: rows)
    let parts = FormParts(.empty, say)
    let fields = said.map { parts.hidden($0.name, $0.value) }
    let agree = parts.submit(Phrase("没错，就这样读", "Yes, read it this way"), name: "step", value: "keep")
    let use: HTML =
      look.problems.isEmpty && !look.lines.isEmpty
      ? parts.form(to: path, token: token, .joined(fields) + agree) : .empty
    return "<h2 id=\"look\">\(say("读出来是这样", "Read this way"))</h2>\(problems(look.problems))\(table)\(use)"
  }

  private func problems(_ problems: [FieldProblem]) -> HTML {
    if problems.isEmpty { return .empty }
    return PageParts.table(
      caption: say("读不懂的行（\(problems.count)）", "Lines that cannot be read (\(problems.count))"),
      columns: [TableColumn(say("行", "Line"), isNumeric: true), TableColumn(say("问题", "Problem"))],
      rows: problems.prefix(Self.shownProblems).map {
        ["\($0.line.map(String.init) ?? "")", HTML(text: say($0.message))]
      })
  }
}
