import Kernel
import People
import Web

/// The leader's page for a pasted list: what is doubtful first, then what can be ordered, then everything else.
struct ChatOrderPages {
  let campaign: Campaign
  let say: Wording
  let token: String
  var refused: [Int: Problem] = [:]

  private var path: String { "/desk/campaigns/\(campaign.id)/chat" }
  private var back: HTML { "<p><a href=\"/desk/campaigns/\(campaign.id)\">← \(say(campaign.title))</a></p>" }

  /// What the page shows of a list.
  struct Content {
    let paste: ChatPaste
    let roll: ChatRoll
    let items: [DeskItem]
    let doors: [HouseholdID: Phrase]
    let names: [PersonID: String]

    var words: ChatOrderWords { ChatOrderWords(items: items) }
  }

  /// Before anything was pasted, and with what was typed where that was refused.
  func start(_ state: FormState) -> HTML {
    """
    \(back)<h1>\(say("群接龙下单", "Orders from the group chat"))</h1>\
    <p>\(say("把群里的接龙整个复制过来。看得准的一键下单，看不准的先问您，不会瞎猜。",
      "Copy the whole list from the group chat. What is clear is ordered with one tap; what is not is asked about, never guessed."))</p>\
    \(pasteForm(state))
    """
  }

  func page(_ content: Content, _ state: FormState) -> HTML {
    let rows = content.roll.rows
    let doubtful = rows.filter { !$0.questions.isEmpty }
    return """
      \(back)<h1>\(say("群接龙下单", "Orders from the group chat"))</h1>\
      \(questions(doubtful, content))\(placing(content))\
      \(changes(rows, content))\(done(rows, content))\(vanished(content))\(others(content))\
      <section class="card"><h2>\(say("接龙变长了？", "Has the list grown?"))</h2>\
      <p>\(say("把新的整个粘过来就行：下过的单认得出来，不会重复下。",
        "Paste all of it again: what was ordered is recognised and not ordered twice."))</p>\(pasteForm(state))</section>
      """
  }

  private func pasteForm(_ state: FormState) -> HTML {
    let parts = FormParts(state, say)
    return parts.form(
      to: path, token: token,
      """
      \(parts.textArea("text", Phrase("群里的接龙", "The list from the group"), hint: Phrase("只为这个团保存，加了密，取货也结束以后再过 30 天删掉；下好的单留着。",
        "Kept for this group-buy only, encrypted, and deleted 30 days after its pickup is over; the orders stay."), rows: 8))\
      \(parts.submit(Phrase("看一看", "Read it")))
      """)
  }

  // MARK: - Doubtful lines

  private func questions(_ rows: [ChatRow], _ content: Content) -> HTML {
    if rows.isEmpty { return .empty }
    let cards = rows.map { row -> HTML in
      let asked = row.questions.enumerated().map { index, question in
        self.question(question, index, row, content)
      }
      return """
        <section class="card chat-line" id="line-\(row.entry.position)"><h3>\(title(row))</h3>\
        <p class="chat-said">\(content.roll.reading.lines[row.entry.position].text)</p>\(understood(row, content))\(asked)\
        \(otherWays(row, content, isOpen: row.questions.contains { $0.choices.isEmpty }))</section>
        """
    }
    let count = say("\(rows.count) 行要您看一眼", "\(say.count(rows.count, "", "line")) to look at")
    return "<h2>\(count)</h2>\(cards)"
  }

  private func title(_ row: ChatRow) -> String {
    let line =
      row.entry.number.map { say("第 \($0) 位", "No. \($0)") }
      ?? say("第 \(row.entry.position + 1) 行", "Line \(row.entry.position + 1)")
    return row.entry.label.isEmpty ? line : "\(line) · \(row.entry.label)"
  }

  private func understood(_ row: ChatRow, _ content: Content) -> HTML {
    if row.entry.wishes.isEmpty { return .empty }
    return "<p>\(say("看懂的", "Understood")): \(say(content.words.wishes(row.entry.wishes)))</p>"
  }

  private func question(
    _ question: ChatQuestion, _ index: Int, _ row: ChatRow, _ content: Content
  ) -> HTML {
    let asked = say(ChatOrderWords.question(question))
    if question.choices.isEmpty { return "<p><strong>\(asked)</strong></p>" }
    let many = question.choices.count > 5
    let buttons = question.choices.enumerated().map { number, choice -> HTML in
      let name = say(content.words.answer(choice.answer))
      return many
        ? "<option value=\"\(number)\">\(name)</option>"
        : "<button class=\"button quiet\" name=\"choice\" value=\"\(number)\">\(name)</button>"
    }
    let id = "choice-\(row.entry.position)-\(index)"
    let body: HTML =
      many
      ? """
      <label for="\(id)">\(asked)</label><select class="input" id="\(id)" name="choice">\(buttons)</select>\
      <button class="button quiet">\(say("就是这个", "This one"))</button>
      """ : "<p><strong>\(asked)</strong></p><p class=\"actions\">\(buttons)</p>"
    return form(
      "answers", row, content, "<input type=\"hidden\" name=\"question\" value=\"\(index)\">\(body)")
  }

  /// What else can be done with a line: another door, other words, nothing.
  private func otherWays(_ row: ChatRow, _ content: Content, isOpen: Bool) -> HTML {
    let (door, text) = ("door-\(row.entry.position)", "text-\(row.entry.position)")
    let leaving = form(
      "answers", row, content,
      "<button class=\"button quiet\" name=\"leave_out\" value=\"on\">\(say("这行不算", "Leave this line out"))</button>"
    )
    return """
      <details\(attribute: "open", if: isOpen)><summary>\(say("换个门牌、改这一行", "Another door, or other words"))</summary>\
      \(form("answers", row, content, """
        <label for="\(door)">\(say("门牌，比如 3-2-501", "Door, for example 3-2-501"))</label>\
        <input class="input" id="\(door)" name="door" maxlength="60" autocomplete="off">\
        <button class="button quiet">\(say("是这一家", "This door"))</button>
        """))\
      \(form("answers", row, content, """
        <label for="\(text)">\(say("这一行重写", "Write the line anew"))</label>\
        <input class="input" id="\(text)" name="text" maxlength="300" autocomplete="off" value="\(plain(row, content))">\
        <button class="button quiet">\(say("按这样读", "Read it so"))</button>
        """))\(leaving)</details>
      """
  }

  /// The line as somebody would write it: signs of our own are for the program.
  private func plain(_ row: ChatRow, _ content: Content) -> String {
    let body = row.entry.body
    return body.contains(ChatMark.open)
      ? ChatLineNumber(ChatFolding.folded(content.roll.reading.lines[row.entry.position].text)).body : body
  }

  private func form(_ what: String, _ row: ChatRow, _ content: Content, _ body: HTML) -> HTML {
    """
    <form method="post" action="\(path)/\(what)" class="form">\(hidden(content))\
    <input type="hidden" name="line" value="\(row.entry.position)">\(body)</form>
    """
  }

  private func hidden(_ content: Content) -> HTML {
    """
    <input type="hidden" name="form_token" value="\(token)">\
    <input type="hidden" name="revision" value="\(content.paste.revision)">
    """
  }

  // MARK: - What can be ordered

  private func placing(_ content: Content) -> HTML {
    let rows = content.roll.placeable
    if rows.isEmpty { return .empty }
    let list = rows.map { row -> HTML in
      "<li>\(whom(row, content)) \(say(content.words.wishes(row.entry.wishes)))\(refusal(row))\(otherWays(row, content, isOpen: false))</li>"
    }
    let label = say("下这 \(rows.count) 单", "Place \(say.count(rows.count, "", "order"))")
    return """
      <section class="card"><h2>\(say("看准了，可以下单", "Clear, ready to be ordered"))</h2>\
      <form method="post" action="\(path)/orders">\(hidden(content))\
      <p class="actions"><button class="button">\(label)</button></p></form><ol class="chat-rows">\(list)</ol></section>
      """
  }

  private func whom(_ row: ChatRow, _ content: Content) -> HTML {
    let door = row.household.flatMap { content.doors[$0] }.map { say($0) } ?? ""
    let name = row.person.flatMap { content.names[$0] } ?? ""
    let label = row.entry.label
    let shown = label.isEmpty || label == name ? name : say("\(label)（\(name)）", "\(label) (\(name))")
    return "<strong>\(shown)</strong> <span class=\"muted\">\(door)</span> ·"
  }

  private func refusal(_ row: ChatRow) -> HTML {
    guard let problem = refused[row.entry.position] else { return .empty }
    let details = problem.fields.map { say($0.message) }.joined(separator: " ")
    return PageParts.notice("\(say(problem.title)) \(details)", .bad)
  }

  // MARK: - What was ordered before

  private func changes(_ rows: [ChatRow], _ content: Content) -> HTML {
    let cards = rows.compactMap { row -> HTML? in
      switch row.step {
      case .change(let order):
        let now = order.lines.filter { $0.quantity > 0 }
          .map { "\(say($0.name)) × \($0.quantity)" }.joined(separator: say("、", ", "))
        return """
          <li>\(whom(row, content)) \(say("现在是", "now")): \(now)<br>\
          \(say("接龙里改成", "the list says")): \(say(content.words.wishes(row.entry.wishes)))\(refusal(row))\
          \(form("changes", row, content, "<button class=\"button\">\(say("按接龙改", "Change it"))</button>"))</li>
          """
      case .cancel(let order):
        return """
          <li>\(whom(row, content)) \(say("要取消订单", "wants to cancel order")) \(OrderNumber.text(order.number))\(refusal(row))\
          \(form("changes", row, content, "<button class=\"button danger\">\(say("取消这单", "Cancel this order"))</button>"))</li>
          """
      default: return nil
      }
    }
    if cards.isEmpty { return .empty }
    return """
      <section class="card"><h2>\(say("下过单，接龙里改了", "Ordered before, changed in the list"))</h2>\
      <ul class="chat-rows">\(cards)</ul></section>
      """
  }

  private func done(_ rows: [ChatRow], _ content: Content) -> HTML {
    let list = rows.compactMap { row -> HTML? in
      switch row.step {
      case .unchanged(let order):
        return """
          <li>\(whom(row, content)) \(say(content.words.wishes(row.entry.wishes))) · \
          \(PageParts.tag(say("订单 \(OrderNumber.text(order.number))", "order \(OrderNumber.text(order.number))"), .good))</li>
          """
      case .over(let order):
        return "<li>\(whom(row, content)) \(PageParts.tag(say(order.fulfilment.name)))</li>"
      case .nothing:
        return "<li>\(title(row)) · \(say("要取消，本来就没下单", "wants to cancel what was never ordered"))</li>"
      case .asks, .place, .change, .cancel: return nil
      }
    }
    if list.isEmpty { return .empty }
    let count = say("已经下好的 \(list.count) 行", "Done: \(say.count(list.count, "", "line"))")
    return "<section class=\"card\"><h2>\(count)</h2><ul class=\"chat-rows\">\(list)</ul></section>"
  }

  private func vanished(_ content: Content) -> HTML {
    if content.roll.vanished.isEmpty { return .empty }
    let list = content.roll.vanished.map { order -> HTML in
      let name = content.names[order.person] ?? ""
      return "<li>\(say("订单", "Order")) \(OrderNumber.text(order.number)) · \(name)</li>"
    }
    return """
      <section class="card"><h2>\(say("下过单，这份接龙里没有了", "Ordered before, not in this list"))</h2>\
      <p>\(say("订单都还在，不会自己取消。要取消请问一问本人。",
        "Their orders stand and are not cancelled by themselves. Ask the neighbour before you do."))</p><ul>\(list)</ul></section>
      """
  }

  private func others(_ content: Content) -> HTML {
    let list = content.roll.reading.lines.compactMap { line -> HTML? in
      guard let kind = ChatOrderWords.kind(line.kind) else { return nil }
      return "<li><span class=\"muted\">\(say(kind)):</span> \(line.text)</li>"
    }
    if list.isEmpty { return .empty }
    let count = say("没当订单的 \(list.count) 行", "\(say.count(list.count, "", "line")) that are no order")
    return "<details><summary>\(count)</summary><ul class=\"chat-rows\">\(list)</ul></details>"
  }
}
