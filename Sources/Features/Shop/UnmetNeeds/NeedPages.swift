import Kernel
import Web

/// The station's pages about needs: the months, and the four tables of each.
struct NeedPages {
  static let title = Phrase("社区缺什么", "What the community lacks")

  let say: Wording
  let token: String

  /// - Parameters:
  ///   - months: released, the newest first.
  ///   - open: those that can be released now and are not; nil for who may not release any.
  func list(
    _ months: [(month: Month, releasedAt: Timestamp)], open: [Month]?, keys: [String]
  ) -> Page {
    let title = say(Self.title)
    let rows = months.map { entry -> [HTML] in
      [
        "<a href=\"/needs/\(entry.month.description)\">\(say(entry.month.name))</a>",
        HTML(text: say.dateTime(entry.releasedAt)),
      ]
    }
    let table =
      rows.isEmpty
      ? PageParts.empty(
        say(
          "还没有公布过哪个月。每月 2 号会自动公布上个月的。",
          "No month was released yet. On the second of each month the one before is."))
      : PageParts.table(
        caption: say("公布过的月份", "Months released"),
        columns: [TableColumn(say("月份", "Month")), TableColumn(say("什么时候公布的", "Released"))], rows: rows)
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p class="lead">\(say("大家找了没有的东西、售后、没人送货的楼、别人代下的订单：每个月一次，只有户数，看不出是谁。", "What people looked for in vain, after-sales, buildings without deliveries, orders that others placed: once a month, in numbers of homes that show nobody."))</p>\
        \(zip(open ?? [], keys).map { release($0, key: $1) })\(table)
        """)
  }

  private func release(_ month: Month, key: String) -> HTML {
    let form = FormParts(.empty, say, place: month.description)
    return PageParts.card(
      say("\(month.name.chinese)还没公布", "\(month.name.english) is not released yet"),
      """
      <p>\(say("公布以后不再算第二遍，没写出来的数就删掉了。", "It is counted once and never again; what is not shown is deleted."))</p>\
      \(form.form(
        to: "/needs/\(month.description)/release", token: token, idempotencyKey: key,
        form.submit(Phrase("现在公布", "Release it now"))))
      """)
  }

  /// - Parameters:
  ///   - tables: of one month.
  ///   - mayAsk: whether whoever reads them may write questionnaires.
  func month(_ month: Month, _ tables: [NeedTable], mayAsk: Bool) -> Page {
    let title = say(
      "\(Self.title.chinese)：\(month.name.chinese)", "\(Self.title.english): \(month.name.english)")
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p><a href="/needs">\(say("所有月份", "All months"))</a></p>\
        \(tables.map { NeedParts(say: say).section($0, mayAsk: mayAsk) })
        """)
  }
}
