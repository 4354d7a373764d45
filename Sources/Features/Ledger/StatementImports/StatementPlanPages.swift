import Kernel
import Web

/// What a file would do, before it does it.
struct StatementPlanPages {
  /// Lines shown one by one; of the rest only the number is told.
  private static let shownLines = 500

  let say: Wording
  let token: String
  let names: LineNames

  private func money(_ amount: Money) -> HTML { HTML(text: say.money(amount)) }
  private func count(_ number: Int) -> String { say.count(number, "行", "line") }

  func plan(
    _ plan: StatementPlan, _ upload: StatementUpload, digest: String,
    totals: [(kind: Finding.Kind, count: Int, sum: Money)], sum: Money
  ) -> HTML {
    """
    <p><a href="/money/statements">← \(say("换一个文件", "Another file"))</a></p>\
    <h1>\(say("看对照：\(plan.account.name.chinese)", "Look it over: \(plan.account.name.english)"))</h1>\
    \(PageParts.steps([say("选文件", "Choose a file"), say("看对照", "Look it over"), say("入账", "Import")], current: 1))\
    \(PageParts.definitions([
      (say("文件", "File"), HTML(text: upload.fileName)), (say("认出的格式", "Recognised as"), format(plan, upload)),
      (say("日期", "Days"), HTML(text: "\(say.day(plan.firstAt)) – \(say.day(plan.lastAt))")),
      (say("行数", "Lines"), "\(plan.lines.count)"), (say("合计", "Sum"), money(sum)),
    ]))\(summary(totals, plan.lines.count, sum))\(confirm(plan, upload, digest))\(unknown(plan.statement))\
    \(lacking(plan))\(lines(plan))\(remarks(plan.statement))
    """
  }

  /// With a way to correct the columns where somebody named them.
  private func format(_ plan: StatementPlan, _ upload: StatementUpload) -> HTML {
    let name = HTML(text: say(plan.statement.format.name))
    guard plan.statement.format.isMapped else { return name }
    return
      "\(name) · <a href=\"/money/statements/uploads/\(upload.id)/columns\">\(say("列认错了，重新指定", "Wrong columns? Name them again"))</a>"
  }

  private func summary(
    _ totals: [(kind: Finding.Kind, count: Int, sum: Money)], _ lines: Int, _ sum: Money
  ) -> HTML {
    let parts = LineParts(say: say, names: names)
    let rows = totals.map { [parts.tag($0.kind), "\($0.count)", money($0.sum)] as [HTML] }
    let total: [HTML] = [
      "<strong>\(say("整个文件", "The whole file"))</strong>", "<strong>\(lines)</strong>",
      "<strong>\(say.money(sum))</strong>",
    ]
    return PageParts.table(
      caption: say("这些行是什么", "What the lines are"),
      columns: [
        TableColumn(say("是什么", "What")), TableColumn(say("行数", "Lines"), isNumeric: true),
        TableColumn(say("合计", "Sum"), isNumeric: true),
      ], rows: rows + [total])
  }

  private func confirm(_ plan: StatementPlan, _ upload: StatementUpload, _ digest: String) -> HTML {
    let new = plan.new
    guard !new.isEmpty else {
      return PageParts.notice(
        say("文件里的每一行以前都导入过，不用再导入。", "Every line was imported before; there is nothing to import."), .good)
    }
    let waiting = new.count { $0.finding.kind.isSuspense }
    let note: HTML =
      waiting == 0
      ? .empty
      : "<p>\(say("其中 \(waiting) 行要等人来认，先记在待查款项里。", "\(count(waiting)) of them will wait in suspense until somebody explains them."))</p>"
    return """
      <form method="post" action="/money/statements/uploads/\(upload.id)"><input type="hidden" name="form_token" value="\(token)">\
      <input type="hidden" name="digest" value="\(digest)">\(note)<p class="actions"><button class="button">\
      \(say("导入这 \(new.count) 行", "Import \(count(new.count))"))</button>\
      <a class="button quiet" href="/money/statements">\(say("不导入了", "Do not import"))</a></p></form>
      """
  }

  private func unknown(_ statement: BankStatement) -> HTML {
    if statement.unknownHeadings.isEmpty { return .empty }
    let list = statement.unknownHeadings.joined(separator: say("、", ", "))
    return
      "<p class=\"muted\">\(say("没有用到的列：\(list)", "Columns that were not used: \(list)"))</p>"
  }

  private func lacking(_ plan: StatementPlan) -> HTML {
    plan.lacking.isEmpty ? .empty : LineParts(say: say, names: names).lacking(plan.lacking)
  }

  private func lines(_ plan: StatementPlan) -> HTML {
    let parts = LineParts(say: say, names: names)
    let shown = plan.lines.prefix(Self.shownLines)
    let rows = shown.map { entry -> [HTML] in
      let line = entry.line
      let source: HTML = entry.finding.source.map { "<br>\(names.text($0, say))" } ?? .empty
      return [
        "\(line.line)", HTML(text: parts.moment(line.moment, line.hasTime)), parts.who(LineDetails(line)),
        money(line.amount), "\(parts.tag(entry.finding.kind))\(source)",
      ]
    }
    let rest = plan.lines.count - shown.count
    let more: HTML =
      rest == 0 ? .empty : "<p>\(say("还有 \(rest) 行没有列出。", "\(count(rest)) more are not listed."))</p>"
    return PageParts.table(
      caption: say("每一行", "Line by line"),
      columns: [
        TableColumn(say("行", "Line"), isNumeric: true), TableColumn(say("时间", "When")),
        TableColumn(say("对方和附言", "Who, and what they wrote")),
        TableColumn(say("金额", "Amount"), isNumeric: true), TableColumn(say("是什么", "What it is")),
      ], rows: rows) + more
  }

  private func remarks(_ statement: BankStatement) -> HTML {
    if statement.remarks.isEmpty { return .empty }
    let items = statement.remarks.prefix(100).map { "<li>\($0.line): \($0.text)</li>" as HTML }
    return """
      <details><summary>\(say("跳过了 \(statement.remarks.count) 行（小计、说明、没有动钱的）",
        "\(count(statement.remarks.count)) passed over: subtotals, remarks, nothing moved"))</summary><ul>\(items)</ul></details>
      """
  }
}
