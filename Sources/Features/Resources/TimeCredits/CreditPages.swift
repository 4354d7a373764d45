import Kernel
import Web

/// Pages of hours: one's own, and the station's counts.
struct CreditPages {
  let say: Wording

  /// The hours of one of those for whom somebody acts.
  struct Account: Sendable {
    let owner: NamedParty
    let standing: CreditStanding
    let entries: [CreditEntry]

    /// Whether anything was ever counted. Whoever gives and takes as gifts has no balance to look at.
    var isUsed: Bool { standing != .zero || !entries.isEmpty }
  }

  func own(_ accounts: [Account], _ limits: CreditLimits) -> Page {
    let title = say("我的时间账", "My hours")
    let used = accounts.filter(\.isUsed)
    let shown: HTML =
      used.isEmpty
      ? "<p>\(say("您还没有记过时间。白帮忙不记账，也不用还。", "No hours were counted for you. Gifts are not counted and never owed."))</p>"
      : .joined(used.map { account($0, isNamed: accounts.count > 1, limits) })
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\(shown)\(rules(limits))\
        <p class="actions"><a class="button quiet" href="/neighbour-help/mine">\(say("我的互助", "Mine"))</a></p>
        """)
  }

  private func account(_ account: Account, isNamed: Bool, _ limits: CreditLimits) -> HTML {
    let standing = account.standing
    let near: HTML =
      limits.isNear(standing.balance)
      ? PageParts.notice(say("快到头了，可以问问服务站。", "An end is near; the station can help.")) : .empty
    var agreed: [HTML] = []
    if standing.owing > 0 {
      agreed.append(
        "<p>\(say("约好了要给出去：", "Agreed on, going out: "))\(say(CreditRules.hours(standing.owing)))</p>")
    }
    if standing.coming > 0 {
      agreed.append(
        "<p>\(say("约好了会进来：", "Agreed on, coming in: "))\(say(CreditRules.hours(standing.coming)))</p>")
    }
    let rows = account.entries.map { entry -> HTML in
      """
      <li><a href="\(Match.path(entry.match))">\(say.day(entry.movedAt))</a> \
      \(say(CreditRules.hours(entry.minutes)))</li>
      """
    }
    let name: HTML = isNamed ? "<h2>\(say(account.owner.name))</h2>" : .empty
    return """
      \(name)<p><strong>\(say(CreditRules.hours(standing.balance)))</strong></p>\(near)\(agreed)<ul>\(rows)</ul>
      """
  }

  /// How it is counted and how far, for those who have never heard of it.
  private func rules(_ limits: CreditLimits) -> HTML {
    let (owed, kept) = (CreditRules.hours(-limits.least), CreditRules.hours(limits.most))
    return PageParts.card(
      say("怎么算", "How it counts"),
      """
      <p>\(say("帮人一小时，账上多一小时；别人帮您一小时，少一小时。谁的一小时都一样。", "An hour given is an hour more, an hour taken one less. Everybody’s hour is worth the same."))</p>\
      <p>\(say("最多欠 \(owed.chinese)，最多存 \(kept.chinese)。欠着也不要紧，不收钱，也不催。", "At most \(owed.english) can be owed and \(kept.english) kept. Owing is no shame: nobody asks for money or presses you."))</p>\
      <p>\(say("两边都选了“记时间”才记；选“白帮忙”的，不记账也不用还。", "Hours are counted only where both sides chose so; gifts are neither counted nor owed."))</p>
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
