import Kernel
import Web

/// Bringing products in from a table: choose a file, look at what it would do, confirm.
struct ProductImportPages {
  /// Lines shown one by one; of the rest only the number is told.
  private static let shownLines = 500

  let merchant: Merchant
  let say: Wording
  let formToken: String

  private var base: String { "/desk/merchants/\(merchant.id)/products" }
  private var title: String { say("用表格导入商品", "Import products from a table") }

  private var steps: [String] {
    [say("选文件", "Choose a file"), say("看对照", "Look it over"), say("导入", "Import")]
  }

  // MARK: - Choosing

  /// - Parameter problem: why the file that was sent cannot be used.
  func start(_ problem: Problem? = nil) -> Page {
    let state = FormState(Form([:]), problems: problem?.fields ?? [])
    let alert: [HTML] =
      problem.map { problem in
        let advice = problem.advice.map { " " + say($0) } ?? ""
        return [PageParts.notice(say(problem.title) + advice, .bad)]
      } ?? []
    let parts = FormParts(.empty, say)
    let form = parts.form(
      to: "\(base)/import", token: formToken, files: true,
      """
      \(parts.file("file", Phrase("表格文件", "Table file"),
        hint: Phrase("CSV 或 XLSX，最大 5 MB。先给您看对照，确认以后才导入。",
          "CSV or XLSX, at most 5 MB. You see what it would do first; nothing is stored before you confirm."),
        accept: ".csv,.xlsx,text/csv"))\
      \(parts.submit(Phrase("看对照", "Look it over")))
      """)
    return Page(
      title: title, kind: .staff,
      main: """
        <p><a href="\(base)">← \(say("\(merchant.name.chinese)的商品", "Products of \(merchant.name.english)"))</a></p>\
        <h1>\(title)</h1>\(PageParts.steps(steps, current: 0))\(FormParts(state, say).summary)\(form)\
        \(downloads)\(columns)
        """, alerts: alert)
  }

  private var downloads: HTML {
    PageParts.card(
      say("下载", "Download"),
      """
      <p>\(say("导出的文件改好以后可以直接导回来。", "An exported file can be changed and imported again."))</p>\
      <p class="actions"><a class="button quiet" href="\(base)/export/xlsx">\(say("导出 XLSX", "Export XLSX"))</a>\
      <a class="button quiet" href="\(base)/export/csv">\(say("导出 CSV", "Export CSV"))</a>\
      <a class="button quiet" href="\(base)/template/xlsx">\(say("空白模板 XLSX", "Empty template, XLSX"))</a>\
      <a class="button quiet" href="\(base)/template/csv">\(say("空白模板 CSV", "Empty template, CSV"))</a></p>
      """)
  }

  private var columns: HTML {
    let rows = ProductColumn.allCases.map { column -> [HTML] in
      [
        "\(column.label.chinese)", "\(column.label.english)", "<code>\(column.rawValue)</code>",
        "\(say(column.hint))",
      ]
    }
    return PageParts.card(
      say("怎么填", "How to fill it in"),
      """
      <ul><li>\(say("一行一种规格，第一行是标题；中文、英文标题都认得，列的顺序随意。",
        "One size to a line, headings on the first; headings may be Chinese or English, columns in any order."))</li>\
      <li>\(say("按货号认商品：货号已有就修改，没有就新增；文件里没写到的商品不动。",
        "Products are known by article number: one that exists is changed, another is added; products not in the file stay as they are."))</li>\
      <li>\(say("文件里没有的列保持原样；有这一列但空着，就清空。",
        "A column that is not there keeps what is stored; an empty cell clears it."))</li>\
      <li>\(say("写到的已下架商品会重新上架。", "A product off the catalogue comes back when the file names it."))</li>\
      <li>\(say("有一行不对就一行都不导入。编码 UTF-8 或 GB18030 都可以。",
        "Where one line is wrong nothing is imported. UTF-8 and GB18030 are both understood."))</li></ul>\
      \(PageParts.table(caption: say("可以用的列", "The columns"), columns: [
        TableColumn(say("中文标题", "Chinese heading")), TableColumn(say("英文标题", "English heading")),
        TableColumn(say("程序用", "For programs")), TableColumn(say("内容", "What to write")),
      ], rows: rows))
      """)
  }

  // MARK: - Looking it over

  /// What the file would do, with every problem by line; and, where there is none, the button that does it.
  func comparison(
    _ plan: ProductImportPlan, fileName: String, confirmation: (id: ProductImportID, digest: String)?,
    alerts: [HTML] = []
  ) -> Page {
    Page(
      title: title, kind: .staff,
      main: """
        <p><a href="\(base)/import">← \(say("换一个文件", "Another file"))</a></p><h1>\(title)</h1>\
        \(PageParts.steps(steps, current: 1))<p class="muted">\(fileName)</p>\(summary(plan))\(unknown(plan))\
        \(problems(plan))\(confirmation.map { confirm(plan, $0.id, $0.digest) } ?? .empty)\(lines(plan))
        """, alerts: alerts)
  }

  private func summary(_ plan: ProductImportPlan) -> HTML {
    let faulty = plan.lineCount - plan.lines.count
    let counts = ProductImportPlan.Effect.allCases.map { effect in
      (
        term: say(effect.name),
        value: "\(count(plan.count(effect)))" as HTML
      )
    }
    let wrong =
      faulty == 0
      ? [] : [(term: say("有问题", "With a problem"), value: "\(count(faulty))" as HTML)]
    let all = (
      term: say("文件里共", "In the file"),
      value: "\(count(plan.lineCount))" as HTML
    )
    return PageParts.definitions([all] + counts + wrong)
  }

  private func count(_ lines: Int) -> String { say.count(lines, "行", "line") }

  private func unknown(_ plan: ProductImportPlan) -> HTML {
    guard !plan.unknownHeadings.isEmpty else { return .empty }
    let names = plan.unknownHeadings.joined(separator: say("、", ", "))
    return PageParts.notice(
      say("这些列不认识，没有用到：\(names)", "These columns are not known and were not used: \(names)"))
  }

  private func problems(_ plan: ProductImportPlan) -> HTML {
    guard !plan.problems.isEmpty else { return .empty }
    let shown = plan.problems.prefix(Self.shownLines)
    let rows = shown.map { problem -> [HTML] in
      let column = ProductColumn(rawValue: problem.field).map { say($0.label) } ?? problem.field
      return ["\(problem.line.map(String.init) ?? "")", "\(column)", "\(say(problem.message))"]
    }
    let rest = plan.problems.count - shown.count
    return """
      <div class="error-summary" role="alert"><h2>\(say("有 \(plan.problems.count) 处要改，还没有导入任何东西",
        "\(say.count(plan.problems.count, "处", "thing")) to correct; nothing was imported"))</h2>\
      <p>\(say("请在表格里改好，再上传一次。", "Please correct them in the table and send it again."))</p></div>\
      \(PageParts.table(caption: say("要改的地方", "What needs correcting"), columns: [
        TableColumn(say("行", "Line"), isNumeric: true), TableColumn(say("列", "Column")),
        TableColumn(say("问题", "Problem")),
      ], rows: rows))\(more(rest))
      """
  }

  private func confirm(_ plan: ProductImportPlan, _ id: ProductImportID, _ digest: String) -> HTML {
    let effective = plan.count(.created) + plan.count(.changed)
    guard effective > 0 else {
      return PageParts.notice(
        say("文件和店里现在的商品一样，不用导入。", "The file agrees with your products; there is nothing to import."), .good)
    }
    return """
      <form method="post" action="\(base)/imports/\(id)"><input type="hidden" name="form_token" value="\(formToken)">\
      <input type="hidden" name="digest" value="\(digest)"><p class="actions"><button class="button">\
      \(say("导入这 \(effective) 行", "Import \(count(effective))"))</button>\
      <a class="button quiet" href="\(base)">\(say("不导入了", "Do not import"))</a></p></form>
      """
  }

  private func lines(_ plan: ProductImportPlan) -> HTML {
    let effective = plan.lines.filter { $0.effect != .unchanged }
    guard !effective.isEmpty else { return .empty }
    let shown = effective.prefix(Self.shownLines)
    let rows = shown.map { line -> [HTML] in
      [
        "\(line.number)", PageParts.tag(say(line.effect.name), line.effect == .created ? .good : .notice),
        "\(line.sku)", "\(say(line.name))", differences(line),
      ]
    }
    return """
      \(PageParts.table(caption: say("会新增和修改的行", "Lines that add or change something"), columns: [
        TableColumn(say("行", "Line"), isNumeric: true), TableColumn(say("作用", "Effect")),
        TableColumn(say("货号", "Article number")), TableColumn(say("名称", "Name")),
        TableColumn(say("改动", "Changes")),
      ], rows: rows))\(more(effective.count - shown.count))
      """
  }

  private func differences(_ line: ProductImportPlan.Line) -> HTML {
    if line.effect == .created { return .empty }
    if line.differences.isEmpty { return "\(say("重新上架", "Offered again"))" }
    let items = line.differences.map { difference -> HTML in
      let before =
        difference.before.isEmpty ? say("（空）", "(empty)") : MerchantPages.opening(of: difference.before)
      let after =
        difference.after.isEmpty ? say("（空）", "(empty)") : MerchantPages.opening(of: difference.after)
      return
        "<li>\(say(difference.column.label))\(say("：", ": "))<del>\(before)</del> → <ins>\(after)</ins></li>"
    }
    return "<ul>\(items)</ul>"
  }

  private func more(_ count: Int) -> HTML {
    count > 0 ? "<p>\(say("还有 \(count) 处没有列出。", "\(count) more are not listed."))</p>" : .empty
  }
}
