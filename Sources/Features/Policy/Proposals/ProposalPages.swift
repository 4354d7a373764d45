import Kernel
import Web

/// Proposals for everybody: what is being discussed, one of them, and the form for a new one.
struct ProposalPages {
  let say: Wording
  let now: Timestamp

  private var parts: ProposalParts { ProposalParts(say: say) }

  // MARK: - All

  /// - Parameters:
  ///   - own: what the visitor proposed, where that is not public yet.
  ///   - canPropose: whether the reader may propose something, as far as is known.
  ///   - next: the cursor of the next page; nil for the last one.
  func list(
    _ proposals: [ShownProposal], _ phase: ProposalPhase, own: [Proposal], canPropose: Bool, next: ProposalID?
  ) -> Page {
    let title = say("提案", "Proposals")
    let cards = proposals.map(card)
    let content: HTML =
      cards.isEmpty
      ? PageParts.empty(say("这里还没有提案。", "There are no proposals here yet.")) : HTML.joined(cards)
    let path = "/proposals?show=\(phase.rawValue)"
    let propose: HTML =
      canPropose
      ? "<a class=\"button\" href=\"/proposals/new\">\(say("我要提议", "Propose something"))</a> " : .empty
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\
        <p class="lead">\(say("小区里想办的事，提出来、一起商量、一户一票，再看办得怎么样。", "What we want done here: propose it, talk it over, one vote for each household, and see what comes of it."))</p>\
        <p class="actions">\(propose)\
        <a class="button quiet" href="/results">\(say("办得怎么样了", "What is being done"))</a></p>\
        \(ownList(own))\(choices(phase))\(content)\
        \(PageParts.pager(say, previous: nil, next: next.map { "\(path)&before=\($0)" }))
        """)
  }

  private func choices(_ phase: ProposalPhase) -> HTML {
    let links = ProposalPhase.listed.map { other -> HTML in
      "<li><a class=\"button quiet\" href=\"/proposals?show=\(other.rawValue)\"\(attribute: "aria-current", other == phase ? "true" : nil)>\(say(other.name))</a></li>"
    }
    return "<ul class=\"choices\">\(links)</ul>"
  }

  private func ownList(_ own: [Proposal]) -> HTML {
    if own.isEmpty { return .empty }
    let items = own.map { proposal -> HTML in
      "<li><a href=\"\(ProposalParts.path(proposal.id))\">\(proposal.title)</a> \(parts.state(proposal.standing, at: now))</li>"
    }
    return PageParts.card(
      say("您提的，还没公开", "Yours, not public yet"), "<ul class=\"plain\">\(items)</ul>")
  }

  private func card(_ shown: ShownProposal) -> HTML {
    let proposal = shown.proposal
    let said =
      shown.contributions > 0
      ? " · " + say("\(shown.contributions) 条发言", say.count(shown.contributions, "条", "remark")) : ""
    return PageParts.card(
      parts.title(proposal), href: ProposalParts.path(proposal.id),
      "<p>\(parts.state(proposal.standing, at: now)) <span class=\"muted\">\(parts.byline(shown.byline)) · \(say.day(proposal.madeAt))\(said)</span></p>"
    )
  }

  // MARK: - One

  /// What a visitor may do on the page.
  struct Visitor: Sendable {
    let token: String
    let key: String
    /// Whether they belong to a household, which is what it takes to speak and to vote.
    let hasHousehold: Bool
    /// That their household has voted; nil while it has not.
    let roll: RollEntry?
    /// Whether they wrote it.
    let isAuthor: Bool
  }

  /// - Parameter visitor: nil for who is not signed in.
  func proposal(_ view: ProposalView, for visitor: Visitor?, _ state: FormState, alerts: [HTML]) -> Page {
    let proposal = view.proposal
    let isAuthor = visitor?.isAuthor ?? false
    let title = isAuthor ? proposal.title : parts.title(proposal)
    let words: HTML =
      proposal.standing.showsWords || isAuthor
      ? "<section class=\"card\"><p>\(PageParts.lines(proposal.text))</p>\(beside(view.shown))</section>"
      : .empty
    let main: HTML = """
      <h1>\(title)</h1>\
      <p>\(parts.state(proposal.standing, at: now)) <span class="muted">\(parts.byline(view.shown.byline)) · \(say.day(proposal.madeAt))</span></p>\
      \(unnamed(view, isAuthor))\(words)\(vote(view, visitor))\(view.answer.map { parts.answer($0) } ?? .empty)\(result(view))\
      \(discussion(view, visitor, state))\(parts.steps(view.events, merged: view.mergedInto))\
      <p><a href="/proposals">\(say("返回提案", "Back to the proposals"))</a></p>
      """
    return Page(title: title, main: main, alerts: alerts)
  }

  /// An author who wanted to be named and is not is told why.
  private func unnamed(_ view: ProposalView, _ isAuthor: Bool) -> HTML {
    guard isAuthor, view.proposal.wishesName else { return .empty }
    if case .named = view.shown.byline { return .empty }
    return PageParts.notice(
      say(
        "您想署名，可是还没有同意公开称呼，或者收回了，所以先不写名字。可以在“我同意了什么”里改。",
        "You want your name here, but did not agree to be named in public, or took it back; so it is not shown. See what you agreed to in your account."
      ))
  }

  private func beside(_ shown: ShownProposal) -> HTML {
    var entries: [(term: String, value: HTML)] = []
    if let policy = shown.policy {
      entries.append(
        (say("有关的政策", "The policy it is about"), "<a href=\"/policies/\(policy.id)\">\(policy.title)</a>"))
    }
    if let meeting = shown.meeting {
      entries.append(
        (
          say("提出的会议", "The meeting it comes from"),
          "<a href=\"\(meeting.path)\">\(say(meeting.title))</a> \(say.day(meeting.startsAt))"
        ))
    }
    return entries.isEmpty ? .empty : PageParts.definitions(entries)
  }

  private func vote(_ view: ProposalView, _ visitor: Visitor?) -> HTML {
    guard let voting = view.voting else { return .empty }
    let standing = view.proposal.standing
    var content: HTML = ""
    if let counted = view.counted { content += parts.counted(counted, of: voting) }
    content += """
      <p>\(say("投票时间：", "Votes are taken: "))\(parts.span(voting))</p><p>\(parts.rule(voting.rule))</p>
      """
    if standing.state == .voting, now >= voting.opensAt {
      content += """
        <p>\(say("已经有 \(view.turnout) 户投了票。结束以前，投了什么谁也看不到。", "\(say.count(view.turnout, "户", "household")) voted so far. What they voted, nobody sees before the end."))</p>
        """
    }
    if standing.takesVotes(at: now) {
      let path = "\(ProposalParts.path(view.proposal.id))/vote"
      content +=
        visitor?.roll == nil
        ? "<p class=\"actions\"><a class=\"button\" href=\"\(path)\">\(say("替我们家投票", "Vote for our household"))</a></p>"
        : "<p>\(PageParts.tag(say("您家已经投过票了", "Your household has voted"), .good))</p>"
    }
    return PageParts.card(say("投票", "The vote"), content)
  }

  private func result(_ view: ProposalView) -> HTML {
    guard let result = view.result else {
      guard view.proposal.standing.state == .sent, let sending = view.sending else { return .empty }
      return PageParts.card(
        say("等正式答复", "Waiting for an answer"),
        "<p>\(say("请\(sending.addressee.name.chinese)在 \(say.day(sending.dueAt - .seconds(1))) 以前答复。", "An answer from \(sending.addressee.name.english) is due by \(say.day(sending.dueAt - .seconds(1)))."))</p>"
      )
    }
    return PageParts.card(
      say("办得怎么样了", "What is being done"), href: "/results/\(view.proposal.id)",
      "<p>\(PageParts.lines(result.summary))</p>\(parts.progress(result))")
  }

  // MARK: - What was said

  private func discussion(_ view: ProposalView, _ visitor: Visitor?, _ state: FormState) -> HTML {
    let id = view.proposal.id
    let takes = view.proposal.standing.takesContributions(at: now)
    if view.said.isEmpty && !takes { return .empty }
    let items = view.said.map { shown -> HTML in
      parts.contribution(shown, below: report(shown, of: id, visitor))
    }
    let list: HTML =
      items.isEmpty
      ? "<p>\(say("还没有人发言。", "Nobody has said anything yet."))</p>" : "<ul class=\"plain\">\(items)</ul>"
    let next = view.next.map { "\(ProposalParts.path(id))?after=\($0)" }
    return PageParts.card(
      say("大家怎么说", "What people say"),
      "\(list)\(PageParts.pager(say, previous: nil, next: next))\(takes ? speaking(of: id, visitor, state) : .empty)"
    )
  }

  private func report(_ shown: ShownContribution, of id: ProposalID, _ visitor: Visitor?) -> HTML {
    guard let visitor, visitor.hasHousehold, !shown.said.isHidden else { return .empty }
    let button = PageParts.button(
      say("这条不合适，告诉社工", "Tell the station that this should not stand here"),
      to: "\(ProposalParts.path(id))/contributions/\(shown.said.id)/report", token: visitor.token,
      key: "\(visitor.key)-\(shown.said.id)", isQuiet: true)
    return "<details><summary>\(say("举报", "Report"))</summary>\(button)</details>"
  }

  private func speaking(of id: ProposalID, _ visitor: Visitor?, _ state: FormState) -> HTML {
    guard let visitor else {
      return
        "<p class=\"actions\"><a class=\"button\" href=\"/sign-in?next=\(ProposalParts.path(id))\">\(say("登录以后发言", "Sign in to say something"))</a></p>"
    }
    guard visitor.hasHousehold else {
      return
        "<p class=\"hint\">\(say("登记了门牌号的居民可以发言。", "Residents who are registered with a household can say something."))</p>"
    }
    let fields = FormParts(state, say)
    let form = fields.form(
      to: "\(ProposalParts.path(id))/contributions", token: visitor.token, idempotencyKey: visitor.key,
      """
      \(fields.radios("stance", Phrase("我的意思", "I am"), options: Contribution.Stance.allCases.map { ($0.rawValue, $0.name) }))\
      \(fields.textArea("text", Phrase("想说的话", "What you want to say"), hint: Phrase("最多 300 字。不写您的名字，也请别写别人的名字。", "At most 300 characters. Your name is not shown; please name nobody else either."), rows: 3))\
      \(fields.submit(Phrase("说出来", "Say it")))
      """)
    return "<h3>\(say("我也说一句", "Say something"))</h3>\(form)"
  }

  // MARK: - A new one

  func new(
    _ policies: [ProposalPolicies.Card], token: String, key: String, _ state: FormState, alerts: [HTML]
  )
    -> Page
  {
    let title = say("我要提议", "Propose something")
    let fields = FormParts(state, say)
    let form = fields.form(
      to: "/proposals", token: token, idempotencyKey: key,
      """
      \(ProposalFormParts(say: say, fields: fields).words(policies))\
      \(fields.checkbox("named", Phrase("公开写上我的称呼", "Show my name with it"), hint: Phrase("不勾就写“一位居民”。要写名字，还得在“我同意了什么”里同意公开称呼；随时可以收回。", "Otherwise it says “a resident”. It also takes your consent to be named in public, which you can take back at any time.")))\
      \(fields.submit(Phrase("交上去", "Send it")))
      """)
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\
        <p class="lead">\(say("社工先看一看，把理由公开告诉大家，再请大家讨论。", "The station looks at it first and tells everybody why it goes on or not; then it is discussed."))</p>\
        <section class="panel">\(form)</section><p><a href="/proposals">\(say("返回提案", "Back to the proposals"))</a></p>
        """, alerts: alerts)
  }
}

/// Fields that the forms of residents and of staff share.
struct ProposalFormParts {
  let say: Wording
  let fields: FormParts

  func words(_ policies: [ProposalPolicies.Card]) -> HTML {
    let options = policies.map { (value: $0.id.description, name: Phrase(same: $0.title)) }
    let policy: HTML =
      options.isEmpty
      ? .empty
      : fields.select(
        "policy", Phrase("跟哪项政策有关", "Which policy it is about"), options: options, isRequired: false)
    return """
      \(fields.text("title", Phrase("想办什么事", "What should be done"), hint: Phrase("一句话，比如：3号楼门口装个扶手", "In a few words: a handrail at the door of Building 3"), maximumLength: 60))\
      \(fields.textArea("text", Phrase("为什么、怎么办", "Why, and how"), hint: Phrase("请别写别人的名字和私事。", "Please name nobody, and tell nobody’s private matters."), rows: 6))\
      \(policy)
      """
  }
}
