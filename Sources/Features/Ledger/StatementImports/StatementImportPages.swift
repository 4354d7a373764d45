import Kernel
import Web

/// The statements that were imported, and what the books and the keepers of the accounts say of each other.
struct StatementImportPages {
  let say: Wording
  let token: String
  let names: LineNames

  /// Movements shown one by one; the rest is one row.
  private static let shownMovements = 100

  struct Overview: Sendable {
    let imports: [StatementImport]
    let next: StatementImportID?
    let comparisons: [StatementComparison]
    let bills: [ServiceBill]
    let waiting: (count: Int, oldest: Timestamp)?
    let now: Timestamp
  }

  private func money(_ amount: Money) -> HTML { HTML(text: say.money(amount)) }

  // MARK: - Overview

  func overview(_ content: Overview, _ form: FormState, _ problem: Problem?) -> HTML {
    """
    <p><a href="/money/office">← \(say("账房", "Money office"))</a></p><h1>\(say("银行对账", "Statements"))</h1>\
    \(waiting(content))\(upload(form, problem))\(.joined(content.comparisons.map(comparison)))\
    \(ServiceBillParts(say: say).section(content.bills))\(imports(content))
    """
  }

  private func waiting(_ content: Overview) -> HTML {
    guard let waiting = content.waiting else { return .empty }
    let days = max(0, (content.now.seconds - waiting.oldest.seconds) / 86_400)
    return """
      <p class="actions"><a class="button" href="/money/suspense">\(say("处理待查款项（\(waiting.count)）",
        "Explain what waits (\(waiting.count))"))</a> <span class="muted">\(say("最久的等了 \(days) 天",
        "the oldest for \(say.count(days, "天", "day"))"))</span></p>
      """
  }

  private func upload(_ state: FormState, _ problem: Problem?) -> HTML {
    let parts = FormParts(state, say)
    return """
      <h2 id="upload">\(say("导入流水或账单", "Import a statement"))</h2>\(problem.map(lineProblems) ?? .empty)\
      \(parts.form(to: "/money/statements", token: token, files: true,
        """
        \(parts.radios("account", Phrase("哪个账户的", "Of which account"),
          options: StatementAccount.allCases.map { ($0.rawValue, $0.name) }))\
        \(parts.file("file", Phrase("下载的文件", "The file"),
          hint: Phrase("银行、微信支付或支付宝导出的 CSV，原样上传，最大 5 MB。先给您看对照，确认以后才入账。",
            "The CSV from the bank, WeChat Pay or Alipay as it was downloaded, at most 5 MB. You see what it would do first."),
          accept: ".csv,.txt,text/csv"))\
        \(parts.submit(Phrase("看对照", "Look it over")))
        """))
      """
  }

  /// The lines of the file that cannot be read.
  private func lineProblems(_ problem: Problem) -> HTML {
    let lines = problem.fields.filter { $0.line != nil }
    if lines.isEmpty { return .empty }
    return PageParts.table(
      caption: say("读不懂的行", "Lines that cannot be read"),
      columns: [TableColumn(say("行", "Line"), isNumeric: true), TableColumn(say("问题", "Problem"))],
      rows: lines.prefix(200).map { ["\($0.line.map(String.init) ?? "")", HTML(text: say($0.message))] })
  }

  private func imports(_ content: Overview) -> HTML {
    if content.imports.isEmpty {
      return PageParts.empty(say("还没有导入过流水。", "No statement was imported yet."))
    }
    let rows = content.imports.map { statement -> [HTML] in
      [
        "<a href=\"/money/statements/\(statement.id)\">\(days(statement.firstAt, statement.lastAt))</a>",
        HTML(text: say(statement.account.name)), HTML(text: say(statement.formatName)),
        "\(statement.newLines)", money(statement.fileSum),
        HTML(text: names.names.person(statement.importedBy, say)),
      ]
    }
    return PageParts.table(
      caption: say("导入过的", "Imported"),
      columns: [
        TableColumn(say("日期", "Days")), TableColumn(say("账户", "Account")), TableColumn(say("格式", "Kind")),
        TableColumn(say("新的行", "New lines"), isNumeric: true),
        TableColumn(say("合计", "Sum"), isNumeric: true), TableColumn(say("经手", "By")),
      ], rows: rows)
      + PageParts.pager(say, previous: nil, next: content.next.map { "/money/statements?before=\($0)" })
  }

  private func days(_ first: Timestamp, _ last: Timestamp) -> String {
    let (start, end) = (say.day(first), say.day(last))
    return start == end ? start : "\(start) – \(end)"
  }

  // MARK: - The books beside the account

  private func comparison(_ comparison: StatementComparison) -> HTML {
    let name = say(comparison.account.name)
    let rows = steps(comparison)
    let explained: HTML =
      rows.isEmpty
      ? PageParts.notice(say("账上和\(name)完全一致。", "The books and the \(name) agree."), .good)
      : PageParts.table(
        caption: say("差在哪里", "Where the difference comes from"),
        columns: [
          TableColumn(say("什么", "What")), TableColumn(say("时间", "When")),
          TableColumn(say("金额", "Amount"), isNumeric: true),
        ], rows: rows)
    return """
      <section class="card"><h2>\(name)</h2>\
      \(PageParts.definitions([
        (say("对方的余额（\(say.day(comparison.statedAt))）", "Their balance (\(say.day(comparison.statedAt)))"), money(comparison.stated)),
        (say("账上的余额", "In the books"), money(comparison.books)),
        (say("相差", "Difference"), money(comparison.difference)),
      ]))\(explained)</section>
      """
  }

  private func steps(_ comparison: StatementComparison) -> [[HTML]] {
    var rows: [[HTML]] = []
    if comparison.before != .zero {
      rows.append([
        HTML(
          text: say("导入的第一笔以前就在账户上的，账上没有记", "On the account before the first imported line, not in the books")
        ), "",
        money(Money(minorUnits: -comparison.before.minorUnits)),
      ])
    }
    let shown = comparison.movements.prefix(Self.shownMovements)
    rows += shown.map { movement in
      [
        HTML(
          text: say(
            "账上有，对方还没有：\(names.text(movement.source, say))",
            "In the books, not on the account yet: \(names.text(movement.source, say))")),
        HTML(text: say.day(movement.at)), money(movement.amount),
      ]
    }
    let rest = comparison.movements.dropFirst(Self.shownMovements)
    if !rest.isEmpty {
      let sum = Money(minorUnits: rest.reduce(0) { $0 + $1.amount.minorUnits })
      rows.append([HTML(text: say("另外 \(rest.count) 笔", "\(rest.count) more")), "", money(sum)])
    }
    if comparison.unexplained != .zero {
      rows.append([HTML(text: say("没有出处的", "Without a source")), "", money(comparison.unexplained)])
    }
    if !rows.isEmpty {
      rows.append([
        "<strong>\(say("合起来就是相差的", "Together the difference"))</strong>", "",
        "<strong>\(say.money(comparison.difference))</strong>",
      ])
    }
    return rows
  }

  // MARK: - One import

  struct Imported: Sendable {
    let statement: StatementImport
    let lines: [ImportedLine]
    /// The line after which the next page begins.
    let next: Int?
    let explanations: [StatementLineID: [Explanation]]
    /// Of these days, in the books and not on the statement.
    let lacking: [BookMovement]
  }

  func imported(_ content: Imported) -> HTML {
    let statement = content.statement
    return """
      <p><a href="/money/statements">← \(say("银行对账", "Statements"))</a></p>\
      <h1>\(say(statement.account.name)) · \(days(statement.firstAt, statement.lastAt))</h1>\
      \(PageParts.definitions([
        (say("格式", "Kind"), HTML(text: say(statement.formatName))),
        (say("文件里的行", "Lines in the file"), "\(statement.fileLines)"),
        (say("其中新的", "Of these new"), "\(statement.newLines)"),
        (say("文件合计", "Sum of the file"), money(statement.fileSum)),
        (say("导入", "Imported"), HTML(text: "\(say.dateTime(statement.importedAt)) · \(names.names.person(statement.importedBy, say))")),
      ]))\(LineParts(say: say, names: names).lacking(content.lacking))\(lines(content))
      """
  }

  private func lines(_ content: Imported) -> HTML {
    let parts = LineParts(say: say, names: names)
    let rows = content.lines.map { line -> [HTML] in
      let explanations = content.explanations[line.id] ?? []
      return [
        "\(line.fileLine)", HTML(text: parts.moment(line.moment, line.hasTime)), parts.who(line.details),
        money(line.amount), parts.standing(line, explanations),
      ]
    }
    return PageParts.table(
      caption: say("每一行", "Line by line"),
      columns: [
        TableColumn(say("行", "Line"), isNumeric: true), TableColumn(say("时间", "When")),
        TableColumn(say("对方和附言", "Who, and what they wrote")),
        TableColumn(say("金额", "Amount"), isNumeric: true), TableColumn(say("是什么", "What it is")),
      ], rows: rows)
      + PageParts.pager(
        say, previous: nil,
        next: content.next.map { "/money/statements/\(content.statement.id)?after=\($0)" })
  }
}
