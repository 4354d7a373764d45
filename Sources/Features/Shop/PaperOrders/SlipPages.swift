import Kernel
import Web

/// Where slips on paper are keyed.
struct SlipPages {
  let say: Wording
  let token: String
  let now: Timestamp

  static let scripts = ["slips.js"]

  // MARK: - The desk

  /// One slip that was keyed, with whose it is.
  struct Shown: Sendable {
    let slip: PaperSlip
    let door: String
    let keyedBy: String
  }

  func desk(
    _ campaigns: [Campaign], _ recent: [Shown], _ batches: [SlipBatch.Summary], mayPrint: Bool,
    _ state: FormState, done: Shown?
  ) -> Page {
    let title = say("录纸单", "Key slips")
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1>\(codeForm(state))\(open(campaigns, mayPrint: mayPrint))\(keyed(recent))\(sent(batches))
        <p class="actions"><a class="button quiet" href="/desk/paper-households">\(say("要纸单的住户", "Households that want paper"))</a></p>
        """, alerts: done.map { [notice($0)] } ?? [], scripts: Self.scripts)
  }

  private func notice(_ done: Shown) -> HTML {
    PageParts.notice(say("下好单了：\(done.door)。下一张？", "Ordered for \(done.door). Next slip?"), .good)
  }

  private func codeForm(_ state: FormState) -> HTML {
    let parts = FormParts(state, say)
    return PageParts.card(
      say("单号", "Slip's number"),
      parts.form(
        to: "/desk/slips", token: token,
        """
        <div data-autofocus>\(parts.text("code", Phrase("单子右上角的十位数字", "The ten digits at the top of the slip"), hint: Phrase("也可以用扫码枪扫单子上的二维码。", "Or scan the slip's QR code with a scanner."), autocomplete: "off", inputMode: "numeric"))</div>\
        \(parts.submit(Phrase("打开这张单子", "Open this slip")))
        """))
  }

  private func open(_ campaigns: [Campaign], mayPrint: Bool) -> HTML {
    if campaigns.isEmpty {
      return PageParts.empty(
        say("现在没有印了纸上目录的团购在接单。", "No group-buy with a catalogue on paper takes orders right now."),
        action: mayPrint ? ("/desk", say("去团长台印目录", "To the leader's desk")) : nil)
    }
    let rows = campaigns.map { campaign -> HTML in
      let print: HTML =
        mayPrint
        ? "<a class=\"button quiet\" href=\"/desk/campaigns/\(campaign.id)/catalogue\">\(say("印目录和单子", "Print"))</a>"
        : .empty
      return """
        <li><strong>\(say(campaign.title))</strong> \(say("截单", "cut-off")) \(say.dateTime(campaign.cutOffAt))
        <p class="actions"><a class="button quiet" href="/desk/slips/offline/\(campaign.id)">\(say("没网时录一叠", "Key a pile without a network"))</a>
        <a class="button quiet" href="/desk/campaigns/\(campaign.id)/paper/confirmations">\(say("印确认单", "Print confirmations"))</a>
        <a class="button quiet" href="/desk/campaigns/\(campaign.id)/paper/receipts">\(say("印收据", "Print receipts"))</a>\(print)</p></li>
        """
    }
    return PageParts.card(say("正在接单", "Taking orders"), "<ul class=\"plain\">\(rows)</ul>")
  }

  private func keyed(_ recent: [Shown]) -> HTML {
    if recent.isEmpty { return .empty }
    let rows = recent.map { entry -> HTML in
      """
      <li><a href="/desk/slips/\(entry.slip.code.description)">\(entry.door)</a>
      <span class="muted">\(entry.slip.keyed.map { say.dateTime($0.at) } ?? "")</span></li>
      """
    }
    return PageParts.card(say("我最近录的", "What I keyed last"), "<ul>\(rows)</ul>")
  }

  private func sent(_ batches: [SlipBatch.Summary]) -> HTML {
    if batches.isEmpty { return .empty }
    let rows = batches.map { batch -> HTML in
      let open: HTML =
        batch.conflicts == 0
        ? .empty : PageParts.tag(say("\(batch.conflicts) 张要处理", "\(batch.conflicts) to settle"), .notice)
      return """
        <li><a href="/desk/slips/batches/\(batch.id)">\(say.dateTime(batch.sentAt)) · \(say.count(batch.slips, "张", "slip"))</a> \(open)</li>
        """
    }
    return PageParts.card(say("我发来的几叠", "Piles that I sent"), "<ul>\(rows)</ul>")
  }

  // MARK: - One slip

  func keying(
    _ slip: Shown, _ sheet: PaperSheet, name: String, _ state: FormState, _ conflicts: [SlipConflict] = []
  ) -> Page {
    let title = say("录单子：\(slip.door)", "Slip: \(slip.door)")
    let parts = FormParts(state, say)
    let keypad = SlipKeyingParts(say: say)
    let agrees: HTML =
      conflicts.contains { $0.kind == .priceHigher }
      ? parts.checkbox("accepts_prices", Phrase("问过了，按新价也要", "Asked: agrees to the new prices")) : .empty
    let form = parts.form(
      to: "/desk/slips/\(slip.slip.code.description)", token: token,
      """
          \(keypad.keypad)\(keypad.lines(parts))\(agrees)\
          <details\(attribute: "open", if: !state.value("note").isEmpty)><summary>\(say("单子上有留言", "The slip has a message"))</summary>\
          \(parts.text("note", Phrase("留言", "Message"), isRequired: false, maximumLength: 200))</details>\
          <p class="hint">\(say("请看一眼签名。照单子念一遍，对了再下单。", "Check the signature, read it back, and order once it is right."))</p>\
          <p class="actions"><button class="button" id="slip-order" name="do" value="order">\(say("签了名，没错，下单", "Signed and right: order"))</button>\
          <button class="button quiet" id="slip-check" name="do" value="check">\(say("先念一遍", "Read it back first"))</button>\
          <a class="button quiet" href="/desk/slips">\(say("换一张", "Another slip"))</a></p>
      """)
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p class="slip-whose"><strong>\(name)</strong> · \(say(sheet.campaign.title)) · \
        \(say("单号", "slip")) \(slip.slip.code.spaced)</p>\(keypad.conflicts(conflicts))\(form)\(keypad.codes(sheet))
        """, scripts: Self.scripts)
  }

  /// The read-back for whoever has no script: names and sums, then one button.
  func check(_ slip: Shown, _ sheet: PaperSheet, name: String, _ reading: SlipReading, lines: String) throws
    -> Page
  {
    let title = say("念一遍：\(slip.door)", "Read back: \(slip.door)")
    let parts = FormParts(.empty, say)
    let conflicts = try sheet.conflicts(with: reading)
    let keypad = SlipKeyingParts(say: say)
    let order: HTML =
      conflicts.isEmpty
      ? """
      <button class="button" name="do" value="order">\(say("签了名，没错，下单", "Signed and right: order"))</button>
      """ : .empty
    let form = parts.form(
      to: "/desk/slips/\(slip.slip.code.description)", token: token,
      """
      \(parts.hidden("lines", lines))\(parts.hidden("note", reading.note))\
      \(reading.acceptsPrices ? parts.hidden("accepts_prices", "on") : .empty)\
      <p class="actions">\(order)<button class="button quiet" name="do" value="edit">\(say("改一改", "Change it"))</button></p>
      """)
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p class="slip-whose"><strong>\(name)</strong></p>\(keypad.conflicts(conflicts))\
        \(try keypad.readBack(reading, sheet))\(form)
        """)
  }

  /// What a slip became: for whoever keys it a second time as well.
  func done(_ slip: Shown, _ sheet: PaperSheet, _ order: Order, again: SlipRepeat?) throws -> Page {
    let title = say("这张单子已经下单", "This slip is ordered")
    let who = slip.slip.keyed.map { PaperWords.keyed(by: slip.keyedBy, at: $0.at, say) } ?? ""
    let rows = order.lines.filter { $0.quantity > 0 }.map { line -> HTML in
      """
      <li><span>\(say(line.name))</span> <strong>× \(line.quantity)</strong> <span>\((try? line.amount().display) ?? "")</span></li>
      """
    }
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p class="slip-whose"><strong>\(slip.door)</strong> · \(who)</p>
        <p>\(say("订单", "Order")) <strong>\(OrderNumber.text(order.number))</strong> · \(say(order.fulfilment.name))</p>
        <ol class="slip-readback">\(rows)</ol><p class="slip-total">\(say("合计", "Total")) <strong>\(order.total.display)</strong></p>
        <p class="actions"><a class="button" href="/desk/slips">\(say("下一张", "Next slip"))</a>
        <a class="button quiet" href="/desk/campaigns/\(order.campaign)/paper/confirmations?order=\(order.id)">\(say("印确认单", "Print its confirmation"))</a></p>
        """, alerts: again.map { [$0.notice(who, say)] } ?? [])
  }

  /// What is told to whoever keyed a slip that was keyed before.
  enum SlipRepeat: String, Sendable {
    case same
    case other

    /// - Parameter who: who keyed it, and when.
    func notice(_ who: String, _ say: Wording) -> HTML {
      switch self {
      case .same:
        PageParts.notice(
          say("这张单子早就录过了（\(who)），没有重复下单。", "This slip was keyed before (\(who)); nothing was ordered again."))
      case .other:
        PageParts.notice(
          say(
            "这张单子早就录过了（\(who)），没有重复下单。您这次读到的和下的单不一样，请再看一眼纸。",
            "This slip was keyed before (\(who)); nothing was ordered again. You read something else than was ordered: please look at the paper again."
          ), .bad)
      }
    }
  }
}
