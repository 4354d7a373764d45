import Kernel
import People
import Web

/// The slips that wait, and the sheets on which they are printed.
struct SlipPages {
  let say: Wording
  /// Of the community: each slip is cut off from the head of its sheet.
  let phoneNumber: String

  /// How many wait in each building.
  func desk(_ groups: [(building: String, slips: [Slip])], printed: Int?) -> Page {
    let title = say("要打印的纸条", "Slips to print")
    let total = groups.reduce(0) { $0 + $1.slips.count }
    let done: [HTML] =
      printed.map { [PageParts.notice(say("记下了：\($0) 条已送出。", "Noted: \($0) on their way."), .good)] } ?? []
    let rows = groups.map { group -> [HTML] in
      [HTML(text: say(building(group.building))), HTML(text: String(group.slips.count))]
    }
    let table = PageParts.table(
      caption: say("按楼", "By building"),
      columns: [TableColumn(say("楼", "Building")), TableColumn(say("几张", "Slips"), isNumeric: true)],
      rows: rows)
    let content: HTML =
      total == 0
      ? PageParts.empty(say("现在没有要打印的纸条。", "There are no slips to print now."))
      : """
      \(table)<p class="actions"><a class="button" href="/desk/messages/slips/print">\(say("打印 \(total) 张", "Print \(total)"))</a></p>
      """
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p>\(say("给要纸条的、没有电话的邻居：大字，一人一张，按楼分好，沿虚线剪开。",
          "For neighbours who asked for paper or have no telephone: large type, one each, by building, to be cut along the dashes."))</p>\
        \(content)
        """, alerts: done)
  }

  /// It stands with the sheets, so that it speaks of what is on them and not of what came since.
  private func confirm(_ newest: DeliveryID?, _ formToken: String) -> HTML {
    guard let newest else { return .empty }
    return """
      <form class="no-print" method="post" action="/desk/messages/slips/printed"><input type="hidden" name="form_token" value="\(formToken)">\
      <input type="hidden" name="newest" value="\(newest)"><p>\(say("打印好、交给送的人以后，再按这里：", "Once they are printed and with whoever takes them round:"))</p>\
      <p class="actions"><button class="button quiet" type="submit">\(say("都打印好了", "All printed"))</button></p></form>
      """
  }

  /// - Parameter newest: of all that stand on the sheets.
  func sheets(
    _ groups: [(building: String, slips: [Slip])], newest: DeliveryID?, formToken: String
  ) -> Page {
    let title = say("纸条", "Slips")
    let sections = groups.enumerated().map { index, group -> HTML in
      """
      <section\(attribute: "class", index == 0 ? nil : "page-break")><h2>\(say(building(group.building)))</h2>\
      \(group.slips.map(slip))</section>
      """
    }
    let nothing: HTML = groups.isEmpty ? "<p>\(say("没有要打印的。", "There is nothing to print."))</p>" : .empty
    return Page(
      title: title, kind: .print,
      main:
        "<h1 class=\"visually-hidden\">\(title)</h1>\(confirm(newest, formToken))\(nothing)\(sections)")
  }

  /// Each in the language of whom it is for.
  private func slip(_ slip: Slip) -> HTML {
    let own = Wording(slip.language, offsetSeconds: say.offsetSeconds)
    let door = slip.door.map { own($0) } ?? own("请到服务站拿", "To be fetched at the service point")
    let lines = slip.lines.map { line -> HTML in
      """
      <p><strong>\(own(line.kind))</strong> <span class="slip-time">\(own.day(line.sentAt))</span><br>\(own(line.text))</p>
      """
    }
    return """
      <article class="slip" lang="\(slip.language.tag)"><p class="slip-to"><strong>\(slip.name)</strong> · \(door)</p>\(lines)\
      <p class="slip-time">\(own("有事请打", "Questions? Call")) \(phoneNumber)</p></article>
      """
  }

  private func building(_ building: String) -> Phrase {
    building.isEmpty ? Phrase("没有登记住处", "No home registered") : Door.buildingName(building)
  }
}
