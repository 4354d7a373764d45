import Kernel
import Web

/// One refund that a payment service refused: why, and what the office can do.
struct RefundPages {
  let say: Wording
  let token: String
  let names: Names

  struct Content: Sendable {
    let refund: Refund
    /// What the household agreed to; nil where nobody asked them.
    let agreement: String?
    let box: Money
  }

  private func money(_ amount: Money) -> HTML { HTML(text: say.money(amount)) }

  func page(_ content: Content, _ failed: FormState?) -> HTML {
    let refund = content.refund
    let order = names.orders[refund.order]
    var entries: [(term: String, value: HTML)] = [
      (
        say("订单", "Order"),
        HTML(text: "\(names.campaign(refund.campaign, say)) \(names.order(refund.order, say))")
      ),
      (say("邻居", "Neighbour"), HTML(text: order.map { names.person($0.person, say) } ?? "")),
      (say("付款方式", "Paid by"), HTML(text: say(refund.channel.name))),
      (say("为什么退", "Why it goes back"), HTML(text: say(refund.reason.name))),
      (say("答应退的时间", "Promised"), HTML(text: say.dateTime(refund.promisedAt))),
      (say("现在", "Now"), PageParts.tag(say(refund.state.name), refund.state == .refused ? .bad : .neutral)),
    ]
    if let code = refund.refusal {
      entries.append(
        (
          say("平台的原因", "The service's reason"),
          "\(say(RefundRefusal.words(code))) <span class=\"muted\">\(code)</span>"
        ))
    }
    if let way = refund.otherWay { entries.append((say("改用", "Paid instead by"), HTML(text: say(way.name)))) }
    if let agreement = content.agreement {
      entries.append((say("住户同意的记录", "What the household agreed to"), HTML(text: agreement)))
    }
    return """
      <p><a href="/money/office">← \(say("账房", "Money office"))</a></p>\
      <h1>\(say("退款 \(say.money(refund.amount))", "Refund of \(say.money(refund.amount))"))</h1>\
      \(paidAgain(refund))\(PageParts.definitions(entries))\(actions(content, failed))
      """
  }

  private func paidAgain(_ refund: Refund) -> HTML {
    guard let moment = refund.paidAgainAt else { return .empty }
    return PageParts.notice(
      say(
        "平台在 \(say.dateTime(moment)) 也退了这笔钱，等于退了两次。对账单里的那一行会进待查款项，请联系住户。",
        "The service paid this as well (\(say.dateTime(moment))), so it was paid twice. Its line of the bill waits in suspense; please speak with the household."
      ), .bad)
  }

  private func actions(_ content: Content, _ failed: FormState?) -> HTML {
    let refund = content.refund
    guard refund.waitsForOffice else { return .empty }
    let again = FormParts(.empty, say)
    let asking: HTML = """
      <h2>\(say("请平台再退一次", "Ask the service once more"))</h2>\
      <p>\(say("用同一个退款号，平台不会退两次。", "It is asked under the same number, and will not pay twice."))</p>\
      \(again.form(to: "/money/office/refunds/\(refund.id)/again", token: token,
        again.submit(Phrase("再退一次", "Ask again"))))
      """
    return asking + (refund.state == .refused ? otherwise(content, failed ?? .empty) : .empty)
  }

  private func otherwise(_ content: Content, _ state: FormState) -> HTML {
    let parts = FormParts(state, say)
    let ways: [(value: String, name: Phrase)] = [
      (
        Payout.Way.cash.rawValue,
        Phrase("从钱箱付现金（箱里有 \(content.box.display)）", "Cash from the box (\(content.box.display) in it)")
      ), (Payout.Way.bank.rawValue, Phrase("银行转账", "Bank transfer")),
    ]
    return """
      <h2 id="otherwise">\(say("住户同意以后，改用别的方式退", "Pay it another way, once the household agrees"))</h2>\
      <p>\(say("付之前系统会再问一次平台；平台已经退了就不会再付。",
        "The service is asked once more before; what it has paid is not paid again."))</p>\
      \(parts.form(to: "/money/office/refunds/\(content.refund.id)/otherwise", token: token,
        """
        \(parts.radios("way", Phrase("怎么付", "How"), options: ways))\
        \(parts.textArea("agreement", Phrase("住户怎么同意的", "How the household agreed"),
          hint: Phrase("写清楚谁、什么时候、怎么说的，例如：11 月 26 日来居委会当面说领现金。", "Who, when and how, such as: came to the office on 26 November and asked for cash."),
          rows: 3))\
        \(parts.submit(Phrase("记下已付", "Record the payment")))
        """))
      """
  }
}
