import Kernel
import Web

/// The pickup table on a phone held in one hand.
struct PickupPages {
  let say: Wording
  let token: String

  /// A handover that took place.
  struct Past: Sendable {
    let pickup: Pickup
    let by: String
    /// The neighbour who fetched; nil where the household came itself.
    let fetchedBy: String?
  }

  /// One order as the desk sees it.
  struct DeskOrder: Sendable {
    let order: Order
    let campaign: Campaign
    let name: String
    let door: Phrase
    let paid: Money
    /// Handovers so far, the latest first.
    let pickups: [Past]
    /// Neighbours who may fetch it now.
    let fetchers: [(proxy: PickupProxy, name: String)]
    /// Where its bag stands on the shelf; nil where nobody wrote it down.
    let place: String?

    var owed: Money { max(.zero, (try? order.total.subtracting(paid)) ?? .zero) }
  }

  func search(_ campaign: Campaign, waiting: [DeskOrder], found: [DeskOrder]?, typed: String) -> HTML {
    let parts = FormParts(FormState(["find": typed]), say)
    let list = found ?? waiting
    let cards = list.map { entry -> HTML in
      """
      <li class="card"><a href="/desk/orders/\(entry.order.id.description)/pickup"><strong>\(OrderNumber.text(entry.order.number))</strong>
      \(entry.name) · \(say(entry.door))</a> \(tag(entry.order)) \(weighTag(entry.order))</li>
      """
    }
    let heading =
      found == nil
      ? say("还没取完（\(waiting.count) 单）", "Still to be fetched (\(waiting.count))") : say("找到的订单", "Found")
    let nothing =
      found == nil
      ? PageParts.empty(say("都取完了，辛苦了！", "All fetched. Well done!"))
      : PageParts.empty(
        say("没有找到。请核对订单号或手机尾号。", "Nothing found. Please check the number or the last four digits."))
    return """
      <h1>\(say("取货台：", "Pickup table: "))\(say(campaign.title))</h1>
      <form method="get" action="/desk/campaigns/\(campaign.id.description)/pickup" class="form">
      \(parts.text("find", Phrase("订单号，或手机尾号四位", "Order number, or last four digits of the phone"), inputMode: "numeric"))
      \(parts.submit(Phrase("找订单", "Find the order")))</form>
      <p class="hint">\(say("邻居有二维码的话，用手机相机扫一下就行。", "If the neighbour shows a QR code, point the phone's camera at it."))</p>
      <p class="actions"><a class="button quiet" href="/desk/campaigns/\(campaign.id.description)/shelf">\(say("货架和照片", "Shelf and photos"))</a></p>
      <h2>\(heading)</h2>\(list.isEmpty ? nothing : "<ul>\(cards)</ul>" as HTML)
      """
  }

  /// What is to be paid; an estimate while something is still to be weighed.
  private func owed(_ entry: DeskOrder) -> Phrase {
    let amount = WeighedWords.amount(entry.owed, isEstimate: entry.order.isEstimate)
    return Phrase("应收 \(amount.chinese)", "\(amount.english) is owed")
  }

  private func weighTag(_ order: Order) -> HTML {
    order.awaitsWeighing ? PageParts.tag(say("有东西要先称重", "Some of it must be weighed first"), .notice) : .empty
  }

  /// The way to the scale, where goods of the order wait for it.
  private func weighing(_ entry: DeskOrder) -> HTML {
    guard entry.order.awaitsWeighing else { return .empty }
    return """
      \(PageParts.notice(say("有东西还没称重，称好才能交。", "Some of this is not weighed yet; it can be handed over after that.")))
      <p class="actions"><a class="button quiet" href="/desk/campaigns/\(entry.campaign.id.description)/weighing">\(say("去称重", "Weigh it"))</a></p>
      """
  }

  private func tag(_ order: Order) -> HTML {
    PageParts.tag(say(order.fulfilment.name), order.fulfilment == .collected ? .good : .neutral)
  }

  /// - Parameters:
  ///   - base: the path whose query carries the chosen pieces.
  ///   - pieces: chosen pieces by position.
  ///   - scanned: the token of a scanned QR code, where there was one.
  func desk(
    _ entry: DeskOrder, pieces: [Int: Int64], scanned: String?, base: String, key: String, state: FormState
  ) -> HTML {
    let order = entry.order
    let head: HTML = """
      <h1>\(say("订单", "Order")) \(OrderNumber.text(order.number))</h1>
      <p class="lead"><strong>\(entry.name)</strong> · \(say(entry.door)) \(tag(order))</p>\(shelf(entry))\(fetchers(entry))\(history(entry))\(weighing(entry))
      """
    let parts = FormParts(state, say)
    guard order.isReadyForPickup, entry.campaign.marks.finishedAt == nil else {
      return head + outstanding(entry, parts, key)
        + PageParts.empty(
          say("这一单现在没有可以交出的东西。", "There is nothing to hand over for this order now."),
          action: (
            "/desk/campaigns/\(entry.campaign.id.description)/pickup", say("回取货台", "Back to the pickup table")
          ))
    }
    let hidden = pieces.sorted { $0.key < $1.key }.map {
      parts.hidden("line.\($0.key)", String($0.value))
    }
    let proof = scanned.map { scannedProof($0, parts) } ?? typedProof(entry, parts)
    let content: HTML = """
      \(hidden)\(parts.hidden("revision", String(order.revision)))\(proof)
      \(parts.money("cash", PaymentWords(say).received, hint: owed(entry)))
      \(parts.submit(Phrase("交货", "Hand over")))
      """
    return """
      \(head)<section class="card"><h2>\(say("交哪些", "What to hand over"))</h2><ul>\(lines(order, pieces, base))</ul></section>
      \(parts.form(to: "/desk/orders/\(order.id.description)/pickup", token: token, idempotencyKey: key, content))
      """
  }

  /// What was carried home and is not paid yet.
  private func outstanding(_ entry: DeskOrder, _ parts: FormParts, _ key: String) -> HTML {
    guard OutstandingCash.owed(entry.order, paid: entry.paid) > .zero else { return .empty }
    return PageParts.card(
      say("东西取走了，钱还没付清", "Carried home, and not all of it is paid"),
      parts.form(
        to: "/desk/orders/\(entry.order.id)/cash", token: token, idempotencyKey: key,
        """
        \(parts.money("cash", PaymentWords(say).received, hint: owed(entry)))\
        \(parts.submit(Phrase("记下收款", "Record it")))
        """))
  }

  private func scannedProof(_ scanned: String, _ parts: FormParts) -> HTML {
    let notice = PageParts.notice(say("二维码对上了，可以交货。", "The QR code fits this order."), .good)
    return notice + parts.hidden("scanned", scanned)
  }

  private func typedProof(_ entry: DeskOrder, _ parts: FormParts) -> HTML {
    let who: HTML =
      entry.fetchers.isEmpty
      ? .empty
      : parts.radios(
        "proxy", Phrase("是谁来取的", "Who has come"),
        options: [("", Phrase("住户自己", "The household itself"))]
          + entry.fetchers.map { ($0.proxy.id.description, Phrase("\($0.name) 代取", "\($0.name), for them")) })
    return """
      \(parts.text("code", Phrase("六位取货码", "Six-digit code"), isAlternative: true, maximumLength: 12, autocomplete: "off", inputMode: "numeric"))
      <details><summary>\(say("没有码，但我认识这位邻居", "No code, but I know this neighbour"))</summary>
      \(parts.text("reason", Phrase("为什么不用码", "Why without a code"), hint: Phrase("会记在交接记录里，取货码留空。", "Kept in the custody record; leave the code empty."), isAlternative: true, maximumLength: 200))\(who)</details>
      """
  }

  /// A code says by itself who has come; the names are for the eye.
  private func fetchers(_ entry: DeskOrder) -> HTML {
    guard !entry.fetchers.isEmpty else { return .empty }
    let names = entry.fetchers.map(\.name).joined(separator: say("、", ", "))
    return """
      <p id="fetchers">\(say("可以由这几位邻居代取：", "These neighbours may fetch it: "))<strong>\(names)</strong> \
      <span class="muted">\(say("他们有自己的取货码。", "They have codes of their own."))</span></p>
      """
  }

  private func shelf(_ entry: DeskOrder) -> HTML {
    entry.place.map {
      "<p>\(say("袋子在货架", "The bag is on the shelf at")) <strong>\($0)</strong></p>"
    } ?? .empty
  }

  /// − and + are links that carry the choice on, so that they work without JavaScript.
  private func lines(_ order: Order, _ pieces: [Int: Int64], _ base: String) -> [HTML] {
    order.lines.filter { $0.due > 0 }.map { line in
      let chosen = pieces[line.position] ?? 0
      let waiting: HTML =
        line.allocated == nil
        ? PageParts.tag(say("还没到", "Not here yet"), .notice)
        : line.awaitsWeighing ? PageParts.tag(say("还没称重", "Not weighed yet"), .notice) : .empty
      let weighed: HTML = WeighedWords.standing(line).map { "<br>\(say($0))" } ?? .empty
      // Weighed goods go out whole.
      let step = line.weighed == nil ? 1 : max(1, line.ready)
      let less: HTML =
        chosen > 0
        ? "<a class=\"button quiet\" href=\"\(link(base, pieces, line, chosen - step))\" aria-label=\"\(say("少一份：", "One fewer: "))\(say(line.name))\">−</a>"
        : .empty
      let more: HTML =
        chosen < line.ready
        ? "<a class=\"button quiet\" href=\"\(link(base, pieces, line, chosen + step))\" aria-label=\"\(say("多一份：", "One more: "))\(say(line.name))\">+</a>"
        : .empty
      return """
        <li><p><strong>\(say(line.name))</strong> <span class="muted">\(say(line.pack))</span> \(waiting)<br>
        \(say("应得 \(line.due)，已取 \(line.collected)", "due \(line.due), fetched \(line.collected)"))\(weighed)</p>
        <p class="quantity">\(less)<strong>\(chosen)</strong>\(more)</p></li>
        """
    }
  }

  private func link(_ base: String, _ pieces: [Int: Int64], _ line: OrderLine, _ quantity: Int64) -> String {
    var pieces = pieces
    pieces[line.position] = quantity
    let query = pieces.sorted { $0.key < $1.key }.map { "q\($0.key)=\($0.value)" }.joined(separator: "&")
    return "\(base)?\(query)"
  }

  private func history(_ entry: DeskOrder) -> HTML {
    let rows = entry.pickups.map { past -> HTML in
      let fetched: HTML =
        past.fetchedBy.map { name -> HTML in
          "<strong>\(say("\(name) 替 \(entry.name) 取走", "fetched by \(name) for \(entry.name)"))</strong> · "
        } ?? .empty
      return """
        <li>\(say.dateTime(past.pickup.handedAt)) · \(fetched)\(say("\(past.by) 交出", "handed over by \(past.by)")) ·
        \(say(past.pickup.method.name)) · \(PaymentWords(say).taken(past.pickup.cash))</li>
        """
    }
    return rows.isEmpty ? .empty : "<ul>\(rows)</ul>"
  }
}
