import Kernel
import People
import Web

/// Monthly statements, in large type and plain words.
struct MandateStatementPages {
  let say: Wording
  let names: [PersonID: String]

  /// The statements of one person, month by month.
  func months(
    of person: PersonID, _ months: [Month], path: (Month) -> String
  ) -> Page {
    let title = say("\(names[person] ?? "")的月账单", "Monthly statements of \(names[person] ?? "")")
    let links = months.map { month -> HTML in
      "<li><a class=\"button quiet\" href=\"\(path(month))\">\(say(month.name))</a></li>"
    }
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1><p>\(say("每个月买了什么、谁代下的、花了多少，都在这里，可以打印。", "What was bought each month, by whom, and for how much; it can be printed."))</p>\
        <ul class="choices">\(links)</ul>
        """)
  }

  /// For one person, on paper.
  func statement(_ statement: MandateStatement) throws -> Page {
    Page(
      title: say("月账单 \(statement.month.description)", "Statement \(statement.month.description)"),
      kind: .print,
      main: "<div class=\"print large-type\">\(try sheet(statement, heading: "h1"))</div>")
  }

  /// For everybody, one sheet each.
  func sheets(_ statements: [MandateStatement], _ month: Month) throws -> Page {
    let title = say("月账单 \(month.description)", "Statements \(month.description)")
    let sheets = try statements.enumerated().map { index, statement -> HTML in
      "<section\(attribute: "class", index > 0 ? "page-break" : nil)>\(try sheet(statement, heading: "h2"))</section>"
    }
    let nothing = PageParts.empty(
      say("这个月没有代下的订单。", "Nobody ordered for others in this month."), action: nil)
    return Page(
      title: title, kind: .print,
      main: """
        <div class="print large-type"><h1>\(title)</h1>\
        <p class="actions no-print"><a class="button quiet" href="/desk/mandate-statements/\(month.previous.description)">← \(say(month.previous.name))</a>\
        <a class="button quiet" href="/assisted-orders">\(say("返回", "Back"))</a></p>\
        \(sheets.isEmpty ? nothing : .joined(sheets))</div>
        """)
  }

  private func sheet(_ statement: MandateStatement, heading: StaticString) throws -> HTML {
    let tag = HTML(stringLiteral: heading)
    let rows = statement.lines.map { line -> [HTML] in
      let goods = line.goods.map { "\(say($0.name)) × \($0.pieces)" }.joined(separator: say("、", ", "))
      let who =
        line.helper.map { say("\(names[$0] ?? "") 代下", "by \(names[$0] ?? "")") }
        ?? say("自己下的", "yourself")
      return [
        "\(say.day(line.placedAt))", "\(say(line.campaign))<br>\(goods)", "\(who)",
        "\(line.total.display)",
      ]
    }
    let assisted = statement.assisted
    return """
      <\(tag)>\(names[statement.person] ?? "")：\(say(statement.month.name))</\(tag)>\
      \(PageParts.table(caption: say("这个月的订单", "Orders of the month"), columns: [
        TableColumn(say("日期", "Day")), TableColumn(say("买了什么", "What")), TableColumn(say("谁下的单", "Ordered")),
        TableColumn(say("金额", "Amount"), isNumeric: true),
      ], rows: rows))\
      <p><strong>\(say("一共", "In all")) \(try statement.sum(statement.lines).display)</strong>\
      \(say("，其中别人代下 \(assisted.count) 单，", "; ordered for you: \(assisted.count), "))\(try statement.sum(assisted).display)</p>\
      <p>\(say("哪一笔不对，或者不想再让人代下单，请打上面的电话。", "If anything is wrong, or you want the mandate to end, please call the number above."))</p>
      """
  }
}
