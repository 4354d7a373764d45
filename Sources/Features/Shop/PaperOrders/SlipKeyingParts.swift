import Kernel
import Web

/// What slips are keyed with: one line for the keypad, and everything that was keyed read back large. Without the script
/// the same lines are written into a text area.
struct SlipKeyingParts {
  let say: Wording

  /// The catalogue as the script reads it: what each code is called and costs.
  func codes(_ sheet: PaperSheet) -> HTML {
    let rows = sheet.items.map { item -> HTML in
      let terms = item.desk.item.weighed?.terms
      return """
        <tr data-code="\(item.code)" data-price="\(item.livePrice.minorUnits)" data-grams="\(terms?.typicalGrams ?? 0)" \
        data-basis="\(terms?.basis.grams ?? 0)" data-left="\(sheet.available(item).map { "\($0)" } ?? "")">\
        <td>\(item.code)</td><td>\(say(item.name))</td>\
        <td class="number">\(say(WeighedWords.price(item.livePrice, item.desk.offer.unit, terms)))</td></tr>
        """
    }
    let isDiscounted = sheet.campaign.discountSteps.isEmpty ? "" : say("（满减前）", " (before the discount)")
    return """
      <details class="card"><summary>\(say("编号表", "All codes"))</summary><div class="table-frame" tabindex="0" role="region" \
      aria-label="\(say("编号表", "All codes"))"><table id="slip-codes" data-discount="\(isDiscounted)"><thead><tr><th scope="col">\(say("编号", "Code"))</th>\
      <th scope="col">\(say("商品", "Item"))</th><th scope="col" class="number">\(say("价钱", "Price"))</th></tr></thead>\
      <tbody>\(rows)</tbody></table></div></details>
      """
  }

  /// The keypad's line and what was keyed. The script shows it and hides the text area.
  var keypad: HTML {
    """
    <div class="slip-keypad" id="slip-keypad" hidden \(words)>\
    <div class="field"><label for="slip-line">\(say("编号 数量，回车", "Code, quantity, Enter"))</label>\
    <p class="hint" id="slip-line-hint">\(say("比如 123 2 回车。中间用空格、点或星号。录完按一次空回车。0 60 是最多花 60 元。", "Such as 123 2 Enter, with a space, a point or a star between. An empty Enter ends the slip. 0 60 means at most ¥60."))</p>\
    <input class="input slip-input" type="text" id="slip-line" inputmode="decimal" autocomplete="off" enterkeyhint="next" \
    aria-describedby="slip-line-hint slip-problem"></div>\
    <p class="error slip-problem" id="slip-problem" role="alert"></p>\
    <ol class="slip-readback" id="slip-readback" aria-live="polite"></ol>\
    <p class="slip-total" id="slip-total" aria-live="polite"></p></div>
    """
  }

  /// What the script says, in the reader's language; braces stand for what it fills in.
  private var words: HTML {
    """
    data-unknown="\(say("没有 {0} 号，请再看一眼。", "There is no {0}; please look again."))" \
    data-quantity="\(say("数量要在 0 到 999 之间。", "The quantity must be 0 to 999."))" \
    data-most="\(say("最多花 ¥{0}", "at most ¥{0}"))" data-sum="\(say("合计 ¥{0}{1}", "Total ¥{0}{1}"))" \
    data-left="\(say("{0} 只剩 {1} 份", "{0}: only {1} left"))" data-empty="\(say("还没有录任何一样。", "Nothing has been keyed yet."))" \
    data-over="\(say("超过了纸上写的最多 ¥{0}", "more than the ¥{0} written on the slip"))" \
    data-slip="\(say("单号不对，请再看一眼。", "That is not a slip's number; please look again."))"
    """
  }

  /// Lines as text, for whoever has no script; the script fills it in as well.
  func lines(_ parts: FormParts, hint: Phrase? = nil, rows: Int = 8) -> HTML {
    """
    <div id="slip-text">\(parts.textArea("lines", Phrase("编号和数量，一行一样", "Code and quantity, one item a line"), hint: hint ?? Phrase("比如：123 2。0 60 是最多花 60 元。", "Such as: 123 2. A line 0 60 means at most ¥60."), rows: rows))</div>
    """
  }

  /// What was keyed with names and sums, large, to be read back.
  func readBack(_ reading: SlipReading, _ sheet: PaperSheet) throws -> HTML {
    var gross = Money.zero
    var rows: [HTML] = []
    for line in reading.lines {
      guard let item = sheet.item(line.code) else { continue }
      let amount = try item.desk.item.expectedAmount(of: line.quantity)
      gross = try gross.adding(amount)
      rows.append(
        """
        <li><span>\(line.code) \(say(item.name))</span> <strong>× \(line.quantity)</strong> <span>\(amount.display)</span></li>
        """)
    }
    let sum = try DiscountedSum(gross, sheet.campaign.discountSteps)
    let most: HTML =
      reading.most.map { "<p>\(say("纸上写：最多 \($0.display)", "The slip says: at most \($0.display)"))</p>" }
      ?? .empty
    return """
      <ol class="slip-readback">\(rows)</ol><p class="slip-total">\(say("合计", "Total")) <strong>\(sum.total.display)</strong></p>\(most)
      """
  }

  /// Why it could not be ordered, and what can be done about it.
  func conflicts(_ conflicts: [SlipConflict]) -> HTML {
    if conflicts.isEmpty { return .empty }
    let items = conflicts.map { conflict -> HTML in
      let advice = PaperWords.advice(conflict).map { " <span class=\"muted\">\(say($0))</span>" as HTML }
      return "<li>\(say(PaperWords.conflict(conflict)))\(advice)</li>"
    }
    return """
      <div class="error-summary" role="alert"><h2>\(say("还没下单，请先处理：", "Nothing was ordered yet; please settle this first:"))</h2>\
      <ul>\(items)</ul></div>
      """
  }
}
