import Kernel
import People
import Web

/// Lists as pages and for paper: numbers next to amounts, one merchant or building to a sheet.
struct ListPages {
  let say: Wording
  let content: ListContent
  /// Whether a new merchant or building begins on a new sheet.
  let isPrint: Bool

  static func index(_ campaign: Campaign, _ say: Wording) -> HTML {
    let cards = CampaignList.allCases.map { list -> HTML in
      let path = "/desk/campaigns/\(campaign.id.description)/lists/\(list.rawValue)"
      return PageParts.card(
        say(list.name), href: path,
        """
        <p>\(say(list.purpose))</p><p class="actions"><a class="button" href="\(path)">\(say("打开", "Open"))</a>
        <a class="button quiet" href="\(path)/print">\(say("打印", "Print"))</a>
        <a class="button quiet" href="\(path)/xlsx">\(say("表格 XLSX", "Spreadsheet (XLSX)"))</a></p>
        """)
    }
    return "<h1>\(say("清单：", "Lists: "))\(say(campaign.title))</h1>\(cards)"
  }

  /// The campaigns that a merchant supplies, each with the way to its list.
  static func supplierIndex(_ campaigns: [Campaign], title: String, _ say: Wording) -> HTML {
    let cards = campaigns.map { campaign -> HTML in
      PageParts.card(
        say(campaign.title), href: "/supplier-lists/\(campaign.id)",
        "<p>\(say("取货", "Pickup")) \(say.span(from: campaign.pickupFrom, to: campaign.pickupUntil))</p>")
    }
    let body =
      cards.isEmpty
      ? PageParts.empty(
        say("还没有要备货的团购。截单以后，单子会出现在这里。", "Nothing to supply yet. Lists appear here after each cut-off."))
      : HTML.joined(cards)
    return "<h1>\(title)</h1>\(body)"
  }

  func page(_ list: CampaignList) throws -> HTML {
    let body: HTML =
      switch list {
      case .supplier: .joined(try content.suppliers.enumerated().map { try supplier($1, isFirst: $0 == 0) })
      case .sorting: sorting
      case .packing: packing
      case .buildings: buildings
      }
    let nothing =
      content.orders.isEmpty ? PageParts.empty(say("还没有订单。", "There are no orders yet.")) : HTML.empty
    return heading(list) + nothing + body
  }

  private func heading(_ list: CampaignList) -> HTML {
    let campaign = content.campaign
    let links: HTML =
      isPrint
      ? .empty
      : """
      <p class="actions no-print"><a class="button" href="\(path(list))/print">\(say("打印", "Print"))</a>
      <a class="button quiet" href="\(path(list))/xlsx">\(say("表格 XLSX", "Spreadsheet (XLSX)"))</a></p>
      """
    return """
      <h1>\(say(list.name))：\(say(campaign.title))</h1>
      <p><strong>\(say("取货：", "Pickup: "))\(say.span(from: campaign.pickupFrom, to: campaign.pickupUntil))</strong>
      · \(say(content.point)) · \(say("打印时间", "Printed")) \(say.dateTime(content.printedAt))</p>\(links)
      """
  }

  private func path(_ list: CampaignList) -> String {
    "/desk/campaigns/\(content.campaign.id)/lists/\(list.rawValue)"
  }

  /// What one merchant is to bring: no names, no doors.
  func supplier(_ list: SupplierList, isFirst: Bool) throws -> HTML {
    let rows = try list.items.map { item -> [HTML] in
      let packed = say(CaseWords.packed(item))
      return [
        "<strong>\(say(item.name))</strong>", HTML(text: say(item.pack)),
        "<strong>\(item.ordered)</strong> \(say(item.unit.name))", HTML(text: packed),
        HTML(text: item.caseSize > 1 ? String(item.caseSize) : "—"),
        HTML(
          text: item.weighed == nil
            ? item.price.display : say(WeighedWords.price(item.price, item.unit, item.weighed))),
        HTML(text: say(WeighedWords.amount(try item.amount(), isEstimate: item.weighed != nil))),
      ]
    }
    let table = PageParts.table(
      caption: say(list.name),
      columns: [
        TableColumn(say("商品", "Item")), TableColumn(say("规格", "Pack")),
        TableColumn(say("数量", "Quantity"), isNumeric: true), TableColumn(say("箱数", "Cases")),
        TableColumn(say("每箱", "Case size"), isNumeric: true),
        TableColumn(say("单价", "Price"), isNumeric: true),
        TableColumn(say("金额", "Amount"), isNumeric: true),
      ], rows: rows)
    return """
      <section\(attribute: "class", breakClass(isFirst))><h2>\(say(list.name))</h2>\(table)
      <p>\(say("合计", "Total")) <strong>\(say(WeighedWords.amount(try list.total(), isEstimate: list.isEstimate)))</strong></p>\(DiscountParts.supplier(try list.discount(), say))</section>
      """
  }

  /// What these merchants are to bring, nothing of the others.
  func supplierPage(for merchants: Set<MerchantID>, title: String) throws -> HTML {
    let lists = try content.suppliers.filter { merchants.contains($0.merchant) }.enumerated()
      .map { try supplier($1, isFirst: $0 == 0) }
    let campaign = content.campaign
    let path = "/supplier-lists/\(campaign.id)"
    return """
      <h1>\(title)：\(say(campaign.title))</h1>
      <p><strong>\(say("取货：", "Pickup: "))\(say.span(from: campaign.pickupFrom, to: campaign.pickupUntil))</strong>
      · \(say(content.point)) · \(say("打印时间", "Printed")) \(say.dateTime(content.printedAt))</p>
      <p class="actions no-print"><a class="button" href="\(path)/print">\(say("打印", "Print"))</a>
      <a class="button quiet" href="\(path)/xlsx">\(say("表格 XLSX", "Spreadsheet (XLSX)"))</a>\(weighing(merchants))</p>\(lists)
      """
  }

  /// The way to the scale, once goods of these merchants that are weighed have come.
  private func weighing(_ merchants: Set<MerchantID>) -> HTML {
    let campaign = content.campaign
    guard campaign.phase(at: content.printedAt) == .pickup,
      content.items.contains(where: { $0.weighed != nil && merchants.contains($0.merchant) })
    else { return .empty }
    return """
       <a class="button quiet" href="/desk/campaigns/\(campaign.id)/weighing">\(say("称重", "Weigh"))</a>
      """
  }

  private var sorting: HTML {
    let sections = content.items.filter { $0.ordered > 0 }.map { item -> HTML in
      let shares = content.shares(of: item.id)
      let cells = shares.map { share -> HTML in
        "<li>☐ <strong>\(OrderNumber.text(share.number))</strong> × <strong>\(share.quantity)</strong></li>"
      }
      let sum = shares.reduce(0) { $0 + $1.quantity }
      return """
        <section class="card"><h2>\(say(item.name)) · \(say(item.pack))</h2>
        <p>\(say("共", "In all")) <strong>\(sum)</strong> \(say(item.unit.name))，
        \(say.count(shares.count, "单", "order"))</p><ul class="columns three">\(cells)</ul></section>
        """
    }
    return .joined(sections)
  }

  private var packing: HTML { .joined(content.orders.map(bag)) }

  private func bag(_ order: ListOrder) -> HTML {
    let lines = order.lines.map { line -> HTML in
      let weighed = WeighedWords.standing(line).map { "（\(say($0))）" } ?? ""
      return """
        <li>☐ <strong>\(line.due)</strong> × \(say(line.name)) <span class="muted">\(say(line.pack))\(weighed)</span></li>
        """
    }
    let note: HTML =
      order.note.isEmpty ? .empty : "<p><strong>\(say("备注：", "Note: "))</strong>\(order.note)</p>"
    return """
      <section class="card"><h2>\(OrderNumber.text(order.number)) · \(order.name) · \(say(order.door))</h2>
      <ul>\(lines)</ul>\(note)<p>\(say("共", "In all")) \(say.count(order.pieces, "件", "piece")) ·
      \(say("待收", "To be paid")) <strong>\(owed(order))</strong></p></section>
      """
  }

  private var buildings: HTML {
    .joined(
      content.buildings.enumerated().map { index, group in
        let rows = group.orders.sorted { (say($0.door), $0.number) < (say($1.door), $1.number) }.map {
          order -> [HTML] in
          [
            "☐ <strong>\(OrderNumber.text(order.number))</strong>", "<strong>\(order.pieces)</strong>",
            HTML(text: say(order.door)), HTML(text: order.name), HTML(text: owed(order)),
          ]
        }
        let name =
          group.building.isEmpty
          ? say("没有登记楼号", "No building on record") : say(Door.buildingName(group.building))
        let bags = say.count(group.orders.count, "袋", "bag")
        return """
          <section\(attribute: "class", breakClass(index == 0))><h2>\(name) · \(bags)</h2>\
          \(PageParts.table(
          caption: name, isCaptionShown: false,
          columns: [
            TableColumn(say("订单", "Order")), TableColumn(say("件数", "Pieces"), isNumeric: true),
            TableColumn(say("门牌", "Door")), TableColumn(say("称呼", "Name")),
            TableColumn(say("待收", "To be paid"), isNumeric: true),
          ], rows: rows))</section>
          """
      })
  }

  private func owed(_ order: ListOrder) -> String {
    say(WeighedWords.amount(order.owed, isEstimate: order.isEstimate))
  }

  private func breakClass(_ isFirst: Bool) -> String? { isPrint && !isFirst ? "page-break" : nil }
}
