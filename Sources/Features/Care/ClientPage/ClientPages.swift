import Kernel
import People
import Web

/// A resident's own page with the station: the same for everybody until there is a case.
struct ClientPages {
  let say: Wording
  let token: String
  let now: Timestamp
  let key: String

  private var parts: CaseParts { CaseParts(say: say) }
  private var title: String { say("社工和我", "My social worker and I") }

  /// What a shared tablet shows: the way to a social worker, and nothing that tells of a case.
  var elsewhere: Page {
    Page(
      title: title,
      main: """
        <h1>\(title)</h1>\
        <p class="lead">\(say("您跟社工的事，只在您自己的手机上看得到。", "What you and a social worker talk about is seen on your own telephone alone."))</p>\
        <p>\(say("想找社工，打页面下方的电话，或者当面说一声。", "To reach a social worker, call the number below, or say so."))</p>
        """)
  }

  func page(
    _ cases: [ClientCase], _ groups: [GroupOfMember], asked: Bool, saved: Bool, _ state: FormState,
    alerts: [HTML]
  ) -> Page {
    let done: [HTML] =
      asked
      ? [PageParts.notice(say("收到了。社工会来找您。", "Received. A social worker will get in touch with you."), .good)]
      : saved ? [PageParts.notice(say("记下了，谢谢您。", "Noted, thank you."), .good)] : []
    let main: HTML = """
      <h1>\(title)</h1>\
      <p class="lead">\(say("您跟社工说的话，只有帮您的社工和督导能看。商户、团长、居委会都看不到，买东西也不受影响。", "What you tell a social worker is read by the worker who helps you and the supervisor alone. Merchants, leaders and the committee do not see it, and shopping is not touched by it."))</p>\
      \(cases.map { card($0, state) })\(self.groups(groups))\(ask(cases, state))\
      <p><a href="/account/consents">\(say("我同意了什么", "What I agreed to"))</a></p>
      """
    return Page(title: title, main: main, alerts: done + alerts, scripts: ["speak.js"])
  }

  private func card(_ own: ClientCase, _ state: FormState) -> HTML {
    let rights = RightsParts(say: say, now: now, words: own.requestWords)
    let standing = own.file.standing
    let worker = standing.worker.flatMap { own.names[$0] }
    let who: HTML =
      worker.map { "<p>\(say("帮您的社工：", "Your social worker: "))<strong>\($0)</strong></p>" }
      ?? "<p>\(say("正在安排社工。", "A social worker is being found."))</p>"
    let stage: HTML =
      standing.stage == .closure
      ? "<p>\(say("这件事已经办完了（\(say.day(standing.closedAt ?? now))）。", "This was concluded on \(say.day(standing.closedAt ?? now))."))</p>"
      : PageParts.steps(
        CaseStage.allCases.map { say(CaseStageWords.plain($0)) }, current: standing.stage.position)
    return """
      <section class="card"><h2>\(say("您和社工一起办的事", "What you and your worker are doing"))（\(own.file.label)）</h2>\
      \(who)\(stage)\(plan(own))\(referrals(own))\(looks(own))\
      \(rights.own(own.file, own.requests, state, token: token, key: key))\(feedback(own))</section>
      """
  }

  private func plan(_ own: ClientCase) -> HTML {
    guard let plan = own.plan, let words = own.planWords else { return .empty }
    let answer: HTML
    switch plan.clientAgreed {
    case true: answer = "<p>\(PageParts.tag(say("您同意了", "You agreed"), .good))</p>"
    case false: answer = "<p>\(PageParts.tag(say("您不同意", "You did not agree")))</p>"
    case nil: answer = .empty
    }
    let buttons: HTML =
      plan.state == .pending || plan.state == .approved
      ? """
      <form method="post" action="/my-care/plans/\(plan.id)/answer"><input type="hidden" name="form_token" value="\(token)">\
      <input type="hidden" name="idempotency_key" value="\(key)-\(plan.id)"><p class="actions">\
      <button class="button" type="submit" name="answer" value="agreed">\(say("这个计划我同意", "I agree to this plan"))</button> \
      <button class="button quiet" type="submit" name="answer" value="declined">\(say("我不同意", "I do not agree"))</button></p></form>
      """ : .empty
    return """
      <h3>\(say("我的计划", "My plan"))</h3><div data-speak>\(parts.words(words))</div>\(answer)\(buttons)
      """
  }

  private func referrals(_ own: ClientCase) -> HTML {
    let sent = own.referrals.filter { $0.state != .asking }
    if sent.isEmpty { return .empty }
    let items = sent.map { referral -> HTML in
      let told = referral.fields.map { say($0.name) }.sorted().joined(separator: say("、", ", "))
      return
        "<li>\(say(referral.destination.name)) · \(PageParts.tag(say(referral.state.name))) · \(say("问的是：\(told)", "asked about: \(told)"))</li>"
    }
    return "<h3>\(say("转介", "Referrals"))</h3><ul>\(items)</ul>"
  }

  private func looks(_ own: ClientCase) -> HTML {
    let emergencies = own.glasses.map { glass -> HTML in
      "<li>\(PageParts.tag(say("紧急查看", "Emergency look"), .notice)) \(say.dateTime(glass.brokenAt)) · \(own.names[glass.breaker.person] ?? "—") · \(say(glass.reason.name))</li>"
    }
    let items = own.looks.map { look -> HTML in
      let relation =
        look.relation.map { say(CaseLooks.name($0)) }
        ?? (look.role == .committee ? say(CaseLooks.committee) : "—")
      return "<li>\(say.dateTime(look.at)) · \(own.names[look.reader] ?? "—")（\(relation)）</li>"
    }
    let list: HTML =
      items.isEmpty && emergencies.isEmpty
      ? "<p>\(say("还没有人看过。", "Nobody has looked yet."))</p>"
      : "<ul class=\"plain\">\(emergencies)\(items)</ul>"
    return "<details><summary>\(say("谁看过我的记录", "Who looked at my record"))</summary>\(list)</details>"
  }

  private func feedback(_ own: ClientCase) -> HTML {
    let fields = FormParts(.empty, say, place: own.file.id.description)
    let questions = Feedback.Question.allCases.map { question in
      fields.radios(
        question.rawValue, question.name, options: Feedback.Answer.allCases.map { ($0.rawValue, $0.name) })
    }
    let form = fields.form(
      to: "/my-care/\(own.file.id)/feedback", token: token, idempotencyKey: "\(key)-\(own.file.id)",
      """
      \(questions)\(fields.textArea("voice", Phrase("还想说什么", "Anything else"), rows: 3, isRequired: false))\
      \(fields.submit(Phrase("告诉你们", "Tell you")))
      """)
    let title =
      own.hasFeedback
      ? say("再说说社工怎么样", "Tell us again how it was") : say("说说社工怎么样", "Tell us how it was")
    return "<details><summary>\(title)</summary>\(form)</details>"
  }

  /// What a member reads of a group: no more than that they are in it.
  private func groups(_ groups: [GroupOfMember]) -> HTML {
    if groups.isEmpty { return .empty }
    let items = groups.map { group -> HTML in
      let day = say.day(group.joinedAt, inYear: 0)
      let state: HTML =
        group.leftAt != nil
        ? PageParts.tag(say("您已经离开", "You left"))
        : group.closedAt != nil
          ? PageParts.tag(say("已经结束", "Ended")) : PageParts.tag(say("正在办", "Under way"), .good)
      return
        "<li><strong>\(group.name)</strong> \(state)<br>\(say("您从 \(day) 起参加", "You joined on \(day)"))</li>"
    }
    return """
      <section class="card"><h2>\(say("我参加的小组", "My groups"))</h2><ul class="plain">\(items)</ul></section>
      """
  }

  private func ask(_ cases: [ClientCase], _ state: FormState) -> HTML {
    if cases.contains(where: { $0.file.standing.stage != .closure }) { return .empty }
    let fields = FormParts(state.value("about").isEmpty ? state : .empty, say)
    let form = fields.form(
      to: "/my-care", token: token, idempotencyKey: key,
      """
      \(fields.textArea("concern", Phrase("有什么事想找社工？几句话就行", "What would you like to talk about? A few words will do")))\
      \(fields.submit(Phrase("请社工来找我", "Ask a social worker to come")))
      """)
    return """
      <section class="panel"><h2>\(say("想找社工聊聊？", "Would you like to talk to a social worker?"))</h2>\(form)</section>
      """
  }
}

/// The stages in the words of those who go through them.
enum CaseStageWords {
  static func plain(_ stage: CaseStage) -> Phrase {
    switch stage {
    case .intake: Phrase("认识", "Meeting")
    case .assessment: Phrase("了解", "Understanding")
    case .planning: Phrase("商量", "Planning")
    case .intervention: Phrase("一起做", "Doing")
    case .evaluation: Phrase("回头看", "Looking back")
    case .closure: Phrase("办完", "Done")
    }
  }
}
