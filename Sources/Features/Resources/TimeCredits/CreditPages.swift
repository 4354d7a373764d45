import Kernel
import Web

/// Pages of hours: one's own, and the station's counts.
struct CreditPages {
  let say: Wording

  func own(_ standing: CreditStanding, _ entries: [CreditEntry], _ limits: CreditLimits) -> Page {
    let title = say("我的时间账", "My hours")
    let near: HTML =
      limits.isNear(standing.balance)
      ? PageParts.notice(say("快到头了，可以问问服务站。", "An end is near; the station can help.")) : .empty
    let rows = entries.map { entry -> HTML in
      "<li>\(say.day(entry.movedAt)) \(say(CreditRules.hours(entry.minutes)))</li>"
    }
    return Page(
      title: title,
      main:
        """
        <h1>\(title)</h1><p><strong>\(say(CreditRules.hours(standing.balance)))</strong></p>\
        \(near)<ul>\(rows)</ul>
        """)
  }

  func desk(
    _ limits: CreditLimits, _ standings: [CreditStanding], token: String, key: String, _ state: FormState,
    alerts: [HTML]
  ) -> Page {
    let title = say("时间账", "Accounts of hours")
    let stored = FormState(["owed": String(-limits.least), "kept": String(limits.most)])
    let fields = FormParts(state.contains("owed") ? state : stored, say)
    let near = standings.filter { limits.isNear($0.balance) }.count
    let form = fields.form(
      to: "/time-credit-desk", token: token, idempotencyKey: key,
      """
      \(fields.hidden("seen", String(limits.revision)))\
      \(fields.number("owed", Phrase("最多欠多少分钟", "Owed at most, in minutes")))\
      \(fields.number("kept", Phrase("最多存多少分钟", "Kept at most, in minutes")))\
      \(fields.submit(Phrase("保存", "Save")))
      """)
    let counts = Phrase(
      "账户 \(standings.count) 个，快到头的 \(near) 个", "\(standings.count) accounts, \(near) near an end")
    return Page(
      title: title, kind: .staff, main: "<h1>\(title)</h1><p>\(say(counts))</p>\(form)", alerts: alerts)
  }
}
