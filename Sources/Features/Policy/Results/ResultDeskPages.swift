import Kernel
import Web

/// Answers and results at the desk.
struct ResultDeskPages {
  let say: Wording
  let token: String
  let now: Timestamp

  private var parts: ProposalParts { ProposalParts(say: say) }
  private var own: ResultParts { ResultParts(say: say) }

  // MARK: - Parts of the proposal's page

  /// Giving it to whoever has to answer, or to another one.
  func sending(_ view: ProposalView, _ forms: ProposalDeskPages.Forms) -> HTML {
    let fields = forms.fields("send", say)
    let form = fields.form(
      to: "\(ProposalParts.desk(view.proposal.id))/sending", token: token,
      idempotencyKey: "\(forms.key)-send",
      """
      \(forms.seen(view.proposal))\
      \(fields.radios("addressee", Phrase("请谁答复", "Who is to answer"), options: [("committee", Phrase("居委会", "The neighbourhood committee")), ("department", Phrase("别的部门", "A department"))]))\
      \(fields.text("department", Phrase("哪个部门", "Which department"), hint: Phrase("选“别的部门”才填", "For a department alone"), isRequired: false, maximumLength: 60))\
      \(fields.text("reference", Phrase("发文的号", "Number of the letter"), isRequired: false, maximumLength: 60))\
      \(fields.date("due", Phrase("哪天以前答复", "To be answered by")))\
      \(fields.submit(Phrase("送出去，公布期限", "Send it and publish the day")))
      """)
    let again = view.proposal.standing.state == .sent
    guard again else { return PageParts.card(say("请谁答复", "Who is to answer"), form) }
    return
      "<details\(attribute: "open", if: forms.place == "send")><summary>\(say("换一个部门，或者改期限", "Another addressee, or another day"))</summary>\(form)</details>"
  }

  /// The official answer, for whoever may write it.
  func answering(_ view: ProposalView, _ sending: ProposalSending, _ forms: ProposalDeskPages.Forms) -> HTML {
    let fields = forms.fields("answer", say)
    let isLetter = sending.addressee != .committee
    let form = fields.form(
      to: "\(ProposalParts.desk(view.proposal.id))/answer", token: token,
      idempotencyKey: "\(forms.key)-answer",
      """
      \(forms.seen(view.proposal))\
      \(fields.radios("outcome", Phrase("答复", "The answer"), options: ProposalOutcome.allCases.map { ($0.rawValue, $0.name) }))\
      \(fields.textArea("answer", Phrase("怎么答复、为什么", "What it says, and why"), hint: Phrase("谁都看得到。要办的写清办什么、什么时候。", "Everybody reads it. Say what will be done, and when."), rows: 6))\
      \(isLetter ? fields.text("reference", Phrase("来文的号", "Number of the letter"), isRequired: false, maximumLength: 60) : .empty)\
      \(fields.submit(Phrase("公布答复", "Publish the answer")))
      """)
    return PageParts.card(
      say("\(sending.addressee.name.chinese)的答复", "The answer of \(sending.addressee.name.english)"), form)
  }

  func beginning(_ view: ProposalView, _ forms: ProposalDeskPages.Forms) -> HTML {
    let fields = forms.fields("begin", say)
    let form = fields.form(
      to: "\(ProposalParts.desk(view.proposal.id))/result", token: token,
      idempotencyKey: "\(forms.key)-begin",
      """
      \(forms.seen(view.proposal))\
      \(fields.textArea("summary", Phrase("要办什么", "What is to be done"), hint: Phrase("几句话，登在“办得怎么样了”。", "In a few words; everybody reads it."), rows: 3))\
      \(fields.submit(Phrase("开始公布进度", "Begin to publish how far it is")))
      """)
    return PageParts.card(say("公布进度", "Publish how far it is"), form)
  }

  // MARK: - The result's own page

  /// What the page is made of.
  struct Content: Sendable {
    let proposal: Proposal
    let result: ProposalResult
    let entries: [ResultEntry]
    let policies: [PolicyID: ProposalPolicies.Card]
    let choices: [ProposalPolicies.Card]
  }

  func result(_ content: Content, _ forms: ProposalDeskPages.Forms, alerts: [HTML]) -> Page {
    let (proposal, result) = (content.proposal, content.result)
    let title = say("办得怎么样了", "What is being done")
    let work: HTML =
      proposal.standing.state == .tracked
      ? "\(reports(content, forms))\(adding(proposal, forms))\(noting(content, forms))\(finishing(content, forms))"
      : .empty
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p class="lead">\(proposal.title)</p><p>\(parts.state(proposal.standing, at: now))</p>\
        <p>\(PageParts.lines(result.summary))</p>\(parts.progress(result))\(own.actions(result))\(work)\
        \(own.line(content.entries, of: result, policies: content.policies))\
        <p><a href="\(ProposalParts.desk(proposal.id))">\(say("返回提案", "Back to the proposal"))</a></p>
        """, alerts: alerts)
  }

  /// One form for each step that has not ended.
  private func reports(_ content: Content, _ forms: ProposalDeskPages.Forms) -> HTML {
    let base = ProposalParts.desk(content.proposal.id)
    let all = content.result.actions.filter { !$0.status.isEnded }.map { action -> HTML in
      let place = "action-\(action.id)"
      let fields = forms.fields(place, say)
      let form = fields.form(
        to: "\(base)/result/actions/\(action.id)", token: token, idempotencyKey: "\(forms.key)-\(action.id)",
        """
        \(fields.radios("status", Phrase("到哪一步了", "How it stands"), options: ResultAction.Status.allCases.map { ($0.rawValue, $0.name) }))\
        \(fields.number("progress", Phrase("办了多少", "How much of it"), hint: Phrase("正在办或者不办了才填，0 到 99", "For what is under way or dropped: 0 to 99"), isRequired: false, suffix: Phrase(same: "%")))\
        \(words(fields))\(fields.submit(Phrase("记下来", "Note it")))
        """)
      return
        "<details\(attribute: "open", if: forms.place == place)><summary>\(say("记进度：\(action.title)", "Note how far: \(action.title)"))</summary>\(form)</details>"
    }
    return HTML.joined(all)
  }

  /// What happened, and on which day.
  private func words(_ fields: FormParts) -> HTML {
    """
    \(fields.textArea("text", Phrase("说一句经过", "What happened"), hint: Phrase("谁都看得到，请别写人名。", "Everybody reads it; please name nobody."), rows: 2))\
    \(fields.date("day", Phrase("哪一天", "On which day")))
    """
  }

  private func adding(_ proposal: Proposal, _ forms: ProposalDeskPages.Forms) -> HTML {
    let fields = forms.fields("add", say)
    let form = fields.form(
      to: "\(ProposalParts.desk(proposal.id))/result/actions", token: token,
      idempotencyKey: "\(forms.key)-add",
      """
      \(fields.text("title", Phrase("这一步办什么", "What this step is"), maximumLength: 60))\
      \(fields.number("weight", Phrase("分量", "Weight"), hint: Phrase("1 到 100。每一步都填了才按分量算，不然取平均。", "1 to 100. Weights count once every step has one; until then the mean is taken."), isRequired: false))\
      \(fields.date("from", Phrase("从哪天起", "From"), isRequired: false))\(fields.date("to", Phrase("到哪天止", "Until"), isRequired: false))\
      \(fields.submit(Phrase("加这一步", "Add this step")))
      """)
    return
      "<details\(attribute: "open", if: forms.place == "add")><summary>\(say("加一步", "Add a step"))</summary>\(form)</details>"
  }

  private func noting(_ content: Content, _ forms: ProposalDeskPages.Forms) -> HTML {
    let fields = forms.fields("note", say)
    let options = content.choices.map {
      (
        value: $0.id.description,
        name: Phrase("\($0.title)（第 \($0.version) 版）", "\($0.title) (version \($0.version))")
      )
    }
    let policy: HTML =
      options.isEmpty
      ? .empty
      : fields.select(
        "policy", Phrase("因此改了哪项政策", "Which policy was changed by it"), options: options,
        hint: Phrase("记下的是它现在的版本。", "What is noted is its version now."), isRequired: false)
    let form = fields.form(
      to: "\(ProposalParts.desk(content.proposal.id))/result/entries", token: token,
      idempotencyKey: "\(forms.key)-note",
      "\(words(fields))\(policy)\(fields.submit(Phrase("记下来", "Note it")))")
    return
      "<details\(attribute: "open", if: forms.place == "note")><summary>\(say("记一件事", "Note something"))</summary>\(form)</details>"
  }

  private func finishing(_ content: Content, _ forms: ProposalDeskPages.Forms) -> HTML {
    guard content.result.haveActionsEnded else { return .empty }
    return PageParts.button(
      say("都办完了，告诉投过票的人家", "All done: tell the households that voted"),
      to: "\(ProposalParts.desk(content.proposal.id))/result/finish", token: token,
      key: "\(forms.key)-finish", [("seen", String(content.proposal.standing.events))])
  }
}
