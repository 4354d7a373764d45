import Interop
import Kernel
import People
import Web

/// What goes to the printer: the catalogue in large type, and an order slip for each household.
struct PaperSheetPages {
  let say: Wording
  let sheet: PaperSheet
  /// `https://maple.example`, what QR codes lead to.
  let origin: String
  let point: Phrase
  let phone: String

  private var title: String { say(sheet.campaign.title) }

  /// What is printed: not what the station holds back. Its code stays its own for a later print.
  private var printed: [PaperItem] { sheet.items.filter { !$0.desk.isHeld } }

  // MARK: - The catalogue

  var catalogue: Page {
    let items = printed.map(item)
    return Page(
      title: say("大字目录", "Catalogue") + " " + title, kind: .print,
      main: """
        <div class="large-paper"><h1>\(title)</h1>
        <p>\(say("第 \(sheet.catalogue.number) 版", "Version \(sheet.catalogue.number)")) · \
        \(say("请在 \(say.dateTime(sheet.catalogue.slipsUntil)) 前把单子交来", "Hand your slip in before \(say.dateTime(sheet.catalogue.slipsUntil))"))</p>
        <p>\(say("取货：", "Pickup: "))<strong>\(say.span(from: sheet.campaign.pickupFrom, to: sheet.campaign.pickupUntil))</strong> · \(say(point))</p>
        <p>\(say("这里写的价就是最高价：到时候便宜了，按便宜的收。", "The prices here are the most you pay: if something costs less by then, you pay less."))</p>
        <ul class="paper-items">\(items)</ul></div>
        """)
  }

  private func item(_ item: PaperItem) -> HTML {
    let offer = item.desk.offer
    let picture: HTML =
      offer.picture.map { "<img src=\"/pictures/\($0)/small\" alt=\"\">" }
      ?? "<span class=\"no-picture\"></span>"
    let address = "\(origin)/campaigns/\(sheet.campaign.id)/paper/\(sheet.catalogue.number)/\(item.code)"
    return """
      <li class="paper-item"><div class="paper-picture">\(picture)</div>
      <div class="paper-words"><h2>\(say(item.name))</h2><p>\(say(offer.pack))</p>
      <p class="paper-price">\(say(WeighedWords.price(item.price, offer.unit, item.desk.item.weighed?.terms)))</p>\(jin(item))\
      \(expectation(item))</div>
      <div class="paper-code"><strong>\(item.code)</strong>\(qr(address, say("\(item.name.chinese) 的二维码", "QR code of \(item.name.english)")))</div></li>
      """
  }

  /// The price of 500 g, where the price itself is for something else.
  private func jin(_ item: PaperItem) -> HTML {
    let (offer, weighed) = (item.desk.offer, item.desk.item.weighed?.terms)
    guard
      let price = UnitPrice.per500Grams(item.price, unit: offer.unit, pack: offer.pack, weighed: weighed)
    else { return .empty }
    return "<p>\(say("合每斤（500 克）", "Per 500 g")) \(price.display)</p>"
  }

  private func expectation(_ item: PaperItem) -> HTML {
    let words = WeighedWords.expectation(item.price, item.desk.offer.unit, item.desk.item.weighed?.terms)
    return words.map { "<p>\(say($0))</p>" } ?? .empty
  }

  private func qr(_ text: String, _ title: String) -> HTML {
    guard let code = try? QRCode(text, correction: .quartile) else { return .empty }
    return HTML(trusted: Array(code.svg(title: title).utf8))
  }

  // MARK: - The slips

  /// One slip with whose door it goes to.
  struct Addressed: Sendable {
    let slip: PaperSlip
    let door: Phrase
    let name: String
  }

  func slips(_ slips: [Addressed]) -> Page {
    let sheets = slips.map(slip)
    let none =
      slips.isEmpty
      ? PageParts.empty(say("还没有单子。", "There are no slips yet.")) : HTML.empty
    return Page(
      title: say("订货单子", "Order slips") + " " + title, kind: .print,
      main:
        "<div class=\"large-paper\"><h1 class=\"visually-hidden\">\(say("订货单子", "Order slips")) \(title)</h1>\(none)\(sheets)</div>"
    )
  }

  private func slip(_ entry: Addressed) -> HTML {
    """
    <section class="paper-slip"><header><div>
    <h2>\(title)</h2><p><strong>\(say(entry.door))</strong> \(entry.name)</p>
    <p>\(say("请在 \(say.dateTime(sheet.catalogue.slipsUntil)) 前交给楼长或社工", "Please hand in before \(say.dateTime(sheet.catalogue.slipsUntil))"))</p></div>
    <div class="slip-code">\(qr("\(origin)/desk/slips/\(entry.slip.code.description)", say("单号 \(entry.slip.code.spaced)", "Slip \(entry.slip.code.spaced)")))
    <p>\(say("单号", "Slip")) <strong>\(entry.slip.code.spaced)</strong></p></div></header>
    <p>\(say("要几份，就在那个数上打勾；更多的写在横线上。", "Tick the number you want; write larger ones on the line."))</p>
    <table class="slip-lines"><thead><tr><th scope="col">\(say("编号", "Code"))</th><th scope="col">\(say("商品", "Item"))</th>\
    <th scope="col">\(say("要几份", "How many"))</th></tr></thead><tbody>\(printed.map(line))</tbody></table>
    \(authorisation)</section>
    """
  }

  private func line(_ item: PaperItem) -> HTML {
    let boxes = (1...4).map { "<span class=\"tick\">\($0)</span>" as HTML }
    let price = say(
      WeighedWords.price(item.price, item.desk.offer.unit, item.desk.item.weighed?.terms))
    return """
      <tr><th scope="row">\(item.code)</th><td>\(say(item.name)) <span class="slip-price">\(price)</span></td>\
      <td class="ticks">\(boxes)<span class="blank"></span></td></tr>
      """
  }

  private var authorisation: HTML {
    let until = say.dateTime(sheet.campaign.cutOffAt)
    return """
      <div class="slip-consent"><p>\(say("想说的话：", "Anything else:"))<span class="blank wide"></span></p>
      <p>\(say("我请这个团的团长或社区社工，照这张单子替我订这一次货。\(until) 以后作废。", "I ask the leader of this group-buy or the community's social worker to order what is on this slip for me, this once. It ends on \(until)."))</p>
      <p>\(say("最多花 ¥", "At most ¥"))<span class="blank"></span>\(say("（不写就按单子上的算）", " (leave empty for whatever the slip comes to)"))</p>
      <p>\(say("签名", "Signature"))<span class="blank wide"></span> \(say("日期", "Date"))<span class="blank"></span></p>
      <p>\(say("有不明白的，打电话 \(phone)", "Questions? Call \(phone)"))</p></div>
      """
  }
}
