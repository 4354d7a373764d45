import Kernel
import Web

/// Counting what came, on a phone beside the lorry.
enum ArrivalPages {
  static func count(
    _ campaign: Campaign, items: [ListItem], arrivals: [CampaignItemID: Arrival], state: FormState,
    token: String, _ say: Wording
  ) -> HTML {
    let parts = FormParts(state, say)
    let cards = items.filter { $0.ordered > 0 || arrivals[$0.id] != nil }.map { item -> HTML in
      let done: HTML =
        arrivals[item.id].map {
          PageParts.tag(say("已登记 \($0.arrived)", "Counted: \($0.arrived)"), $0.missing > 0 ? .notice : .good)
        } ?? .empty
      let cases = item.isByTheCase ? "（\(say(CaseWords.packed(item)))）" : ""
      return """
        <section class="card"><h2>\(say(item.name))</h2>
        <p>\(say(item.merchantName)) · \(say(item.pack)) · \(say("订了", "ordered")) <strong>\(item.ordered)</strong>\(cases) \(done)</p>
        \(parts.number("arrived.\(item.id)", Phrase("到了多少", "How many came"), isRequired: false, suffix: item.unit.name))
        <details><summary>\(say("多出来的、备注", "Surplus and note"))</summary>
        \(parts.select(
          "surplus.\(item.id)", Phrase("多出来的怎么处理", "What becomes of a surplus"),
          options: SurplusUse.allCases.map { ($0.rawValue, $0.name) }, isRequired: false))
        \(parts.text("note.\(item.id)", Phrase("备注", "Note"), isRequired: false, maximumLength: 200))</details></section>
        """
    }
    let form = parts.form(
      to: "/desk/campaigns/\(campaign.id.description)/arrival", token: token,
      "\(cards)\(parts.submit(Phrase("登记到货并分配", "Record and share out")))")
    return """
      <h1>\(say("登记到货：", "What has come: "))\(say(campaign.title))</h1>
      <p>\(say("已经按订购数填好，只改不一样的。没到的清空。不够的按约定的规则分：", "Filled in as ordered: change what differs, and empty what has not come. A shortage is shared by the rule agreed: "))
      <strong>\(say(campaign.shortageRule.name))</strong></p>\(form)
      """
  }

  /// How a shortage was shared: by order numbers, without names.
  ///
  /// Under "need first" numbers would tell whom the community protects, so only counts are shown, beside the visitor's own
  /// order.
  static func sharing(_ report: SharingReport, _ say: Wording) -> HTML {
    let campaign = report.campaign
    let sections = report.items.map { section($0, campaign, say) }
    let cases: HTML = .joined(report.cases.map { CasePackPages.report($0, say) })
    let seed: HTML =
      campaign.shortageRule == .lottery
      ? """
      <p>\(say("抽签种子（开团时就公布了）：", "Lottery seed, published before the opening: "))<code>\(campaign.lotterySeed)</code></p>
      <p>\(say("每个订单的签是“种子|商品号|订单签号”这段文字的 SHA-256，从小到大排队。谁都可以重算：", "Each order's ticket is the SHA-256 of the text “seed|item|order”; the smallest is served first. Anyone can check:"))
      <code>printf '%s' 'SEED|ITEM|ORDER' | sha256sum</code></p>
      """ : .empty
    let none = PageParts.empty(say("都到齐了，没有要分的。", "Everything came in full; nothing had to be shared."))
    let body: HTML = sections.isEmpty ? none : .joined(sections)
    return """
      <h1>\(say("怎么分的：", "How it was shared: "))\(say(campaign.title))</h1>
      <p>\(say("约定的规则", "The rule agreed")): <strong>\(say(campaign.shortageRule.name))</strong></p>\(seed)\
      \(body)\(cases)
      """
  }

  private static func section(_ item: SharingReport.Item, _ campaign: Campaign, _ say: Wording) -> HTML {
    let came = say(
      "订了 \(item.arrival.ordered)，到了 \(item.arrival.arrived)。",
      "\(item.arrival.ordered) ordered, \(item.arrival.arrived) came.")
    let own = item.own.map { entry -> HTML in
      "<p><strong>\(say("您的订单", "Your order")) \(OrderNumber.text(entry.number))：\(shared(entry, say))</strong></p>"
    }
    let extras: HTML =
      item.entries.contains { $0.extra > 0 } ? "<p>\(say(CaseWords.arrivalNote))</p>" : .empty
    let table = campaign.shortageRule == .needFirst ? counts(item, say) : numbers(item, campaign, say)
    return """
      <section class="card"><h2>\(say(item.name))</h2><p>\(came)</p>\(extras)\(own)\(table)
      <p class="hint">\(say("商品号", "Item")) <code>\(item.arrival.item.description)</code></p></section>
      """
  }

  private static func numbers(_ item: SharingReport.Item, _ campaign: Campaign, _ say: Wording) -> HTML {
    let isLottery = campaign.shortageRule == .lottery
    var columns = [
      TableColumn(say("订单", "Order")), TableColumn(say("订购 → 分到", "Ordered → got"), isNumeric: true),
    ]
    if isLottery { columns += [TableColumn(say("订单签号", "Order's name")), TableColumn(say("签", "Ticket"))] }
    let rows = item.entries.map { entry -> [HTML] in
      var row: [HTML] = [HTML(text: OrderNumber.text(entry.number)), "\(shared(entry, say))"]
      if isLottery {
        row += ["<code>\(entry.order.description)</code>", "<code>\(entry.ticket.prefix(12))…</code>"]
      }
      return row
    }
    return PageParts.table(caption: say(item.name), columns: columns, rows: rows)
  }

  /// What an order held, with what it took along to fill a case, and what it got.
  private static func shared(_ entry: SharingReport.Entry, _ say: Wording) -> String {
    let extra =
      entry.extra > 0 ? say("（其中凑箱 \(entry.extra)）", " (\(entry.extra) to fill a case)") : ""
    return "\(entry.quantity)\(extra) → \(entry.share)"
  }

  private static func counts(_ item: SharingReport.Item, _ say: Wording) -> HTML {
    let groups = Dictionary(grouping: item.entries) { [$0.quantity, $0.extra, $0.share] }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    let rows = groups.map { _, entries -> [HTML] in
      ["\(entries.first.map { shared($0, say) } ?? "")", "\(entries.count)"]
    }
    return """
      <p>\(say("优先照顾", "Reserved")): <strong>\(item.arrival.reserved)</strong></p>\
      \(PageParts.table(
      caption: say(item.name),
      columns: [
        TableColumn(say("订购 → 分到", "Ordered → got")), TableColumn(say("订单数", "Orders"), isNumeric: true),
      ], rows: rows))
      """
  }
}
