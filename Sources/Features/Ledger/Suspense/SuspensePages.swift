import Kernel
import Web

/// The suspense desk: money whose owner is not known yet, the oldest first, and what somebody says of it.
struct SuspensePages {
  let say: Wording
  let token: String
  let names: LineNames
  let now: Timestamp

  /// An awaited transfer that a line may be.
  struct Hint: Sendable {
    let payment: Payment
    /// Whether the payer wrote its number; otherwise only the amount is the same.
    let isNamed: Bool
  }

  struct Opened: Sendable {
    let item: SuspenseItem
    let line: ImportedLine
    let explanations: [Explanation]
    let hints: [Hint]
    let movements: [BookMovement]
    let campaigns: [CampaignID]
  }

  private var parts: LineParts { LineParts(say: say, names: names) }
  private func money(_ amount: Money) -> HTML { HTML(text: say.money(amount)) }

  // MARK: - The list

  func list(_ items: [(item: SuspenseItem, line: ImportedLine)], next: String?) -> HTML {
    let rows = items.map { item, line -> [HTML] in
      [
        age(item), parts.who(line.details), HTML(text: say(line.account.name)),
        HTML(text: parts.moment(line.moment, line.hasTime)), parts.tag(line.finding), money(item.left),
        "<a class=\"button quiet\" href=\"/money/suspense/\(line.id)\">\(say("处理", "Explain"))<span class=\"visually-hidden\"> \(line.details.name ?? "") \(say.money(item.left))</span></a>",
      ]
    }
    let table =
      rows.isEmpty
      ? PageParts.empty(say("没有待查的款项。", "Nothing waits to be explained."))
      : PageParts.table(
        caption: say("最久的在前", "The oldest first"),
        columns: [
          TableColumn(say("等了", "Waiting")), TableColumn(say("对方和附言", "Who, and what they wrote")),
          TableColumn(say("账户", "Account")), TableColumn(say("时间", "When")),
          TableColumn(say("为什么待查", "Why it waits")),
          TableColumn(say("待查金额", "Open"), isNumeric: true), TableColumn(""),
        ], rows: rows)
    return """
      <p><a href="/money/statements">← \(say("银行对账", "Statements"))</a></p><h1>\(say("待查款项", "Money to explain"))</h1>\
      <p>\(say("这些钱已经在账户上，还不知道是谁的或为了什么。一笔一笔认好，账才对得上。",
        "This money moved on the accounts, and it is not known yet whose it is or what it was for."))</p>\
      \(table)\(PageParts.pager(say, previous: nil, next: next))
      """
  }

  private func age(_ item: SuspenseItem) -> HTML {
    let days = item.age(at: now)
    // The number stays with its word, however narrow the column is.
    let text = say.count(days, "天", "day").replacing(" ", with: "\u{A0}")
    return days > 7 ? PageParts.tag(text, .notice) : HTML(text: text)
  }

  // MARK: - One line

  func item(_ opened: Opened, _ failed: FormState?) -> HTML {
    let (item, line) = (opened.item, opened.line)
    return """
      <p><a href="/money/suspense">← \(say("待查款项", "Money to explain"))</a></p>\
      <h1>\(line.amount > .zero ? say("收到 \(say.money(line.amount))", "\(say.money(line.amount)) came in") : say("付出 \(positive(line.amount))", "\(positive(line.amount)) went out"))</h1>\
      \(PageParts.definitions([
        (say("对方和附言", "Who, and what they wrote"), parts.who(line.details)),
        (say("账户", "Account"), HTML(text: say(line.account.name))),
        (say("时间", "When"), HTML(text: parts.moment(line.moment, line.hasTime))),
        (say("为什么待查", "Why it waits"), parts.tag(line.finding)),
        (say("还没处理的", "Still open"), "<strong>\(say.money(item.left))</strong>"),
      ] + serial(line)))\(hints(opened))\(history(opened))\(form(opened, failed))
      """
  }

  private func positive(_ amount: Money) -> String {
    say.money(Money(minorUnits: Int64(amount.minorUnits.magnitude)))
  }

  private func serial(_ line: ImportedLine) -> [(term: String, value: HTML)] {
    line.details.serial.map { [(say("流水号", "Their number"), HTML(text: $0))] } ?? []
  }

  private func hints(_ opened: Opened) -> HTML {
    if opened.item.left == .zero || opened.hints.isEmpty { return .empty }
    let items = opened.hints.map { hint -> HTML in
      let payment = hint.payment
      let order = "\(names.names.order(payment.order, say)) · \(names.names.campaign(payment.campaign, say))"
      let why =
        hint.isNamed
        ? say(
          "附言写了它的付款码 \(payment.reference?.spoken ?? "")",
          "the payer wrote its number \(payment.reference?.spoken ?? "")")
        : say("金额一样", "the same amount")
      return
        "<li>\(order)：\(say.money(payment.amount)) \(PageParts.tag(say(payment.state.name))) <span class=\"muted\">\(why)</span></li>"
    }
    return PageParts.card(say("可能是", "It may be"), "<ul>\(items)</ul>")
  }

  private func history(_ opened: Opened) -> HTML {
    if opened.explanations.isEmpty { return .empty }
    let withdrawn = Set(opened.explanations.compactMap(\.withdraws))
    let rows = opened.explanations.map { explanation -> [HTML] in
      let isStanding = explanation.kind != .withdrawn && !withdrawn.contains(explanation.id)
      let undo: HTML =
        isStanding
        ? takeBack(explanation, of: opened.line)
        : withdrawn.contains(explanation.id) ? PageParts.tag(say("已撤销", "Taken back")) : .empty
      return [
        HTML(text: parts.words(explanation)), HTML(text: names.names.person(explanation.by, say)),
        HTML(text: say.dateTime(explanation.at)), undo,
      ]
    }
    return PageParts.table(
      caption: say("处理记录", "What was said of it"),
      columns: [
        TableColumn(say("是什么", "What it is")), TableColumn(say("经手", "By")), TableColumn(say("时间", "When")),
        TableColumn(""),
      ], rows: rows)
  }

  private func takeBack(_ explanation: Explanation, of line: ImportedLine) -> HTML {
    """
    <form method="post" action="/money/suspense/\(line.id)/withdraw"><input type="hidden" name="form_token" value="\(token)">\
    <input type="hidden" name="explanation" value="\(explanation.id)"><button class="button quiet">\
    \(say("撤销", "Take back"))<span class="visually-hidden">\(say("：", ": "))\(parts.words(explanation))</span></button></form>
    """
  }

  // MARK: - The answer

  private func form(_ opened: Opened, _ failed: FormState?) -> HTML {
    let item = opened.item
    if item.left == .zero {
      return PageParts.notice(say("这一笔已经全部处理好。", "All of this line is explained."), .good)
    }
    let forms = FormParts(failed ?? suggestion(opened), say)
    let choices = SuspenseForm.Choice.allCases.filter { choice in
      switch choice {
      case .order, .returned: item.isIncoming
      case .recorded: !opened.movements.isEmpty
      case .fee, .community: true
      }
    }
    let order: HTML = item.isIncoming ? orderFields(opened, forms) : .empty
    let recorded: HTML =
      opened.movements.isEmpty
      ? .empty
      : forms.select(
        "recorded", Phrase("账上的哪一笔", "Which one of the books"), options: movements(opened),
        hint: Phrase("选了「账上已经有的一笔」才要填。", "Only where the books have it already."), isRequired: false)
    return """
      <h2 id="answer">\(say("这笔钱是什么", "What this money is"))</h2>\
      \(forms.form(to: "/money/suspense/\(opened.line.id)", token: token,
        """
        \(forms.hidden("seen", String(item.explanations)))\
        \(forms.radios("what", Phrase("是什么", "It is"), options: choices.map { ($0.rawValue, $0.name(isIncoming: item.isIncoming)) }))\
        \(order)\(recorded)\
        \(forms.money("amount", Phrase("其中多少", "How much of it"),
          hint: Phrase("一笔分给几个订单时，一次填一份，剩下的再处理。", "Where it is for several orders, one part at a time; the rest stays open.")))\
        \(forms.submit(Phrase("记下", "Record")))
        """))
      """
  }

  private func orderFields(_ opened: Opened, _ forms: FormParts) -> HTML {
    let campaigns = opened.campaigns.map { campaign in
      (
        value: campaign.description,
        name: Phrase(
          names.names.campaign(campaign, Wording(.chinese, offsetSeconds: say.offsetSeconds)),
          names.names.campaign(campaign, Wording(.english, offsetSeconds: say.offsetSeconds)))
      )
    }
    return """
      \(forms.select("campaign", Phrase("哪一团", "Group-buy"), options: campaigns,
        hint: Phrase("选了「某个订单的付款」才要填。", "Only where it pays an order."), isRequired: false))\
      \(forms.number("number", Phrase("几号订单", "Number of the order"), isRequired: false))
      """
  }

  private func movements(_ opened: Opened) -> [(value: String, name: Phrase)] {
    opened.movements.map { movement in
      let (chinese, english) = (
        Wording(.chinese, offsetSeconds: say.offsetSeconds),
        Wording(.english, offsetSeconds: say.offsetSeconds)
      )
      return (
        value: SuspenseForm.value(movement.source),
        name: Phrase(
          "\(names.text(movement.source, chinese)) \(positive(movement.amount)) \(chinese.day(movement.at))",
          "\(names.text(movement.source, english)) \(positive(movement.amount)) \(english.day(movement.at))")
      )
    }
  }

  /// What is filled in before anybody has typed: the whole of it, for the order whose number the payer wrote.
  private func suggestion(_ opened: Opened) -> FormState {
    var values = [
      "amount": Money(minorUnits: Int64(opened.item.left.minorUnits.magnitude)).decimal
    ]
    let named = opened.hints.filter(\.isNamed)
    if named.count == 1, let payment = named.first?.payment, let order = names.names.orders[payment.order] {
      values["what"] = SuspenseForm.Choice.order.rawValue
      values["campaign"] = payment.campaign.description
      values["number"] = String(order.number)
    }
    return FormState(values)
  }
}
