import Kernel
import Web

/// Keying a pile of slips without a network, and the report of what became of each.
struct SlipBatchPages {
  let say: Wording
  let token: String

  // MARK: - Without a network

  func offline(_ sheet: PaperSheet, _ state: FormState) -> Page {
    let title = say("没网时录一叠：\(sheet.campaign.title.chinese)", "Key a pile: \(sheet.campaign.title.english)")
    let keypad = SlipKeyingParts(say: say)
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1>
        <p>\(say("打开过这一页以后，断网也能录，关掉再打开也在。录好的先存在这台设备里，有网了再一起发。", "Once you have opened this page it works without a network, also when you close it and open it again. What you key stays on this device until you send it."))</p>
        <section class="card" id="slip-offline" hidden data-to="/desk/slips/offline/\(sheet.campaign.id)" data-label="\(label(sheet))" \(words)>
        <form id="slip-offline-form" autocomplete="off"><div class="field"><label for="slip-code">\(say("单号，回车", "Slip's number, Enter"))</label>\
        <input class="input slip-input" type="text" id="slip-code" inputmode="numeric" autocomplete="off" enterkeyhint="next" aria-describedby="slip-code-problem">\
        <p class="error" id="slip-code-problem" role="alert"></p></div>\(keypad.keypad)\
        <p class="actions"><button class="button" id="slip-keep" type="button">\(say("签了名，没错，存下", "Signed and right: keep"))</button></p></form>
        <h2>\(say("这台设备里的单子", "Slips on this device"))</h2><ul class="plain" id="slip-kept"></ul>
        <p id="slip-kept-none">\(say("还没有。", "None yet."))</p><p class="notice notice-line" id="slip-sent" role="status" hidden></p>
        <p class="actions"><button class="button" id="slip-send" type="button">\(say("一起发出去", "Send them all"))</button></p></section>
        <div id="slip-by-text">\(text(sheet, state))</div>\(keypad.codes(sheet))
        """, scripts: ["outbox.js"] + SlipPages.scripts, offline: true)
  }

  /// What a pile is called while it waits on a device without network.
  private func label(_ sheet: PaperSheet) -> String {
    let title = sheet.campaign.title
    return say("一叠纸单：\(title.chinese)", "A pile of slips: \(title.english)")
  }

  private var words: HTML {
    """
    data-remove="\(say("删掉", "Remove"))" data-removed="\(say("删掉 {0}", "Remove {0}"))" data-again="\(say("这张刚才录过了，存下就换成新的。", "This slip was keyed a moment ago; keeping it replaces the earlier one."))" \
    data-waiting="\(say("还没有网络，先留在这里，有网络时会自动发出去。", "There is no network yet; they stay here and are sent by themselves when it is back."))" \
    data-sign-in="\(say("登录已过期：请重新登录，单子不会丢，登录后会自动发出去。", "Your sign-in has ended: sign in again; no slip is lost, and they are sent by themselves then."))" \
    data-unkept="\(say("这张没存进手机，请再存一次。", "This slip could not be kept on the device; please keep it again."))" \
    data-refused="\(say("没有收下：", "This was not taken: "))" data-items="\(say("{0} 样", "{0} items"))"
    """
  }

  private func text(_ sheet: PaperSheet, _ state: FormState) -> HTML {
    let parts = FormParts(state, say)
    let form = parts.form(
      to: "/desk/slips/offline/\(sheet.campaign.id)", token: token,
      """
      \(parts.textArea("slips", Phrase("几张单子，一张接一张", "Several slips, one after another"), hint: Phrase("每张先写一行单号，下面一行一样：编号 数量。", "Each begins with a line of its number; then code and quantity, one item a line."), rows: 12))\
      \(parts.submit(Phrase("发出去", "Send them")))
      """)
    return PageParts.card(say("用文字录", "Key them as text"), form)
  }

  // MARK: - The report

  /// One slip of the report.
  struct Line: Sendable {
    let entry: SlipBatch.Entry
    /// Nil where the slip is not known.
    let door: String?
    let order: Order?
    /// For a slip that was keyed before: by whom and when.
    let keyed: String?
    let keyedOrder: OrderID?
    /// What can be had of it now, in the keypad's notation.
    let suggestion: String
    /// What stands against it now, after an attempt to settle it.
    var attempt: [SlipConflict] = []
    var typed: FormState = .empty
  }

  func report(
    _ batch: SlipBatch, _ campaign: Campaign, sentBy: String, _ lines: [Line], isPrint: Bool,
    alerts: [HTML] = []
  ) -> Page {
    let title = say("一叠单子：\(campaign.title.chinese)", "A pile of slips: \(campaign.title.english)")
    let open = lines.count { $0.entry.state.isOpen }
    let placed = lines.count { $0.entry.order != nil }
    let links: HTML =
      isPrint
      ? .empty
      : """
      <p class="actions"><a class="button quiet" href="/desk/slips/batches/\(batch.id)/print">\(say("打印这张清单", "Print this report"))</a>
      <a class="button quiet" href="/desk/campaigns/\(campaign.id)/paper/confirmations?batch=\(batch.id)">\(say("印确认单", "Print confirmations"))</a>
      <a class="button quiet" href="/desk/slips">\(say("录纸单", "Key slips"))</a></p>
      """
    return Page(
      title: title, kind: isPrint ? .print : .staff,
      main: """
        <h1>\(title)</h1><p>\(say("\(sentBy) 在 \(say.dateTime(batch.sentAt)) 发来", "sent by \(sentBy), \(say.dateTime(batch.sentAt))"))</p>
        <p><strong>\(say("共 \(lines.count) 张，下单 \(placed) 张，要处理 \(open) 张", "\(lines.count) slips: \(placed) ordered, \(open) to settle"))</strong></p>
        \(links)\(lines.map { line($0, batch, isPrint: isPrint) })
        """, alerts: alerts)
  }

  private func line(_ line: Line, _ batch: SlipBatch, isPrint: Bool) -> HTML {
    let state = line.entry.state
    let code = SlipCode(line.entry.typedCode)?.spaced ?? line.entry.typedCode
    let tone: Tone = state.isOpen ? .notice : state == .dropped ? .neutral : .good
    let conflicts = line.entry.conflicts.map { "<li>\(say(PaperWords.conflict($0)))</li>" as HTML }
    let why: HTML = conflicts.isEmpty ? .empty : "<ul>\(conflicts)</ul>"
    let ordered: HTML =
      line.order.map {
        "<p>\(say("订单", "Order")) <strong>\(OrderNumber.text($0.number))</strong> · \($0.total.display)</p>"
      } ?? .empty
    return """
      <section class="card" id="entry-\(line.entry.position)"><h2>\(line.door ?? say("不认识的单子", "An unknown slip"))</h2>
      <p>\(PageParts.tag(say(state.name), tone)) \(say("单号", "slip")) \(code)</p>\(ordered)\(why)\(keyed(line))\
      \(state.isOpen && !isPrint ? settling(line, batch) : read(line))</section>
      """
  }

  private func keyed(_ line: Line) -> HTML {
    line.keyed.map { "<p>\($0)</p>" } ?? .empty
  }

  /// What was read off of the paper, for whoever compares.
  private func read(_ line: Line) -> HTML {
    let lines = line.entry.lines.split(whereSeparator: \.isNewline).map(String.init)
      .joined(separator: say("，", ", "))
    return "<p class=\"muted\">\(say("录的是：\(lines)", "Keyed: \(lines)"))</p>"
  }

  private func settling(_ line: Line, _ batch: SlipBatch) -> HTML {
    let path = "/desk/slips/batches/\(batch.id)/entries/\(line.entry.position)"
    let isTyped = !line.typed.value("lines").isEmpty
    let state =
      isTyped
      ? line.typed
      : FormState(["lines": line.suggestion, "code": line.entry.typedCode])
    // Names of their own, so that the labels of several slips on one page do not meet.
    let prefix = "e\(line.entry.position)"
    let asks = (line.entry.conflicts + line.attempt).contains { $0.kind == .priceHigher }
    let codeField: HTML =
      line.entry.slip == nil
      ? field("\(prefix)-code", "code", say("单号", "Slip's number"), state.value("code")) : .empty
    let agrees: HTML =
      asks
      ? "<label class=\"choice-label\"><input type=\"checkbox\" name=\"accepts_prices\" value=\"on\"> <span>\(say("问过了，按新价也要", "Asked: agrees to the new prices"))</span></label>"
      : .empty
    return """
      \(read(line))\(SlipKeyingParts(say: say).conflicts(line.attempt))\
      <form method="post" action="\(path)" class="form" novalidate><input type="hidden" name="form_token" value="\(token)">\(codeField)\
      <div class="field"><label for="\(prefix)-lines">\(say("改成这样再下单", "Order this instead"))</label>\
      <textarea class="input" id="\(prefix)-lines" name="lines" rows="4">\(state.value("lines"))</textarea></div>\(agrees)\
      <p class="actions"><button class="button" name="do" value="order">\(say("就这样下单", "Order this"))</button>
      <button class="button quiet" name="do" value="drop">\(say("知道了，不另外下单", "Leave it, order nothing more"))</button></p></form>
      """
  }

  private func field(_ id: String, _ name: String, _ label: String, _ value: String) -> HTML {
    """
    <div class="field"><label for="\(id)">\(label)</label>\
    <input class="input" type="text" id="\(id)" name="\(name)" value="\(value)" inputmode="numeric" autocomplete="off"></div>
    """
  }
}
