import Kernel
import People
import Web

/// Proposals at the desk: what waits, one proposal with what may be done with it, and the forms for new ones.
struct ProposalDeskPages {
  let say: Wording
  let token: String
  let now: Timestamp

  private var parts: ProposalParts { ProposalParts(say: say) }
  private var ballots: BallotDeskPages { BallotDeskPages(say: say, token: token, now: now) }
  private var results: ResultDeskPages { ResultDeskPages(say: say, token: token, now: now) }

  // MARK: - All

  /// What waits, in the order of the way that proposals take.
  struct Waiting: Sendable {
    var byState: [ProposalState: [Proposal]] = [:]
    /// Those of which something was reported.
    var reported: [Proposal] = []
  }

  func list(_ waiting: Waiting, mayWrite: Bool) -> Page {
    let title = say("办提案", "Proposals’ desk")
    let voting = waiting.byState[.voting] ?? []
    let over = voting.filter { $0.standing.waitsForCount(at: now) }
    let sections: HTML = HTML.joined([
      section(say("等您看的", "To be looked at"), waiting.byState[.submitted]),
      section(say("发言被举报的", "With something reported"), waiting.reported),
      section(say("等计票", "To be counted"), over),
      section(
        say("通过了，要请人答复", "Passed, to be sent for an answer"),
        waiting.byState[.decided]?.filter { $0.standing.isPassed == true }),
      section(say("等正式答复", "Waiting for an answer"), waiting.byState[.sent]),
      section(
        say("采纳了，要公布进度", "Accepted, progress to be published"),
        waiting.byState[.answered]?.filter { $0.standing.outcome != .refused }),
      section(say("正在投票，或者快了", "Voting, now or soon"), voting.filter { !over.contains($0) }),
      section(say("正在讨论", "Being discussed"), waiting.byState[.discussion]),
      section(say("正在办", "Under way"), waiting.byState[.tracked]),
    ])
    let new: HTML =
      mayWrite
      ? "<p class=\"actions\"><a class=\"button\" href=\"/proposal-desk/new\">\(say("记一个会上提出的", "Note one raised at a meeting"))</a></p>"
      : .empty
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1>\(new)\(sections.isEmpty ? PageParts.empty(say("现在没有要办的提案。", "No proposal needs you now.")) : sections)\
        <p><a href="/proposals?show=ended">\(say("有了结果的", "Those that have ended"))</a></p>
        """)
  }

  private func section(_ title: String, _ proposals: [Proposal]?) -> HTML {
    guard let proposals, !proposals.isEmpty else { return .empty }
    let items = proposals.map { proposal -> HTML in
      "<li><a href=\"\(ProposalParts.desk(proposal.id))\">\(proposal.title)</a> \(parts.state(proposal.standing, at: now)) <span class=\"muted\">\(say.day(proposal.madeAt))</span></li>"
    }
    return PageParts.card(title, "<ul class=\"plain\">\(items)</ul>")
  }

  // MARK: - New ones

  /// For whom a proposal is written down.
  enum Whose: Sendable {
    case meeting([MeetingDirectory.Card])
    case person(PersonID, name: String)
  }

  func new(
    _ whose: Whose, _ policies: [ProposalPolicies.Card], key: String, _ state: FormState, alerts: [HTML]
  ) -> Page {
    let fields = FormParts(state, say)
    let (title, path, more): (String, String, HTML) =
      switch whose {
      case .meeting(let meetings):
        (say("记一个会上提出的", "Raised at a meeting"), "/proposal-desk", meeting(meetings, fields))
      case .person(let person, let name):
        (
          say("替\(name)写个提案", "Write down a proposal for \(name)"), "/proposal-desk/for/\(person)",
          fields.checkbox(
            "named", Phrase("这位愿意公开写上称呼", "They want their name beside it"),
            hint: Phrase("还要有公开称呼的同意书才会写上。", "It also takes their consent to be named in public."))
        )
      }
    let form = fields.form(
      to: path, token: token, idempotencyKey: key,
      """
      \(ProposalFormParts(say: say, fields: fields).words(policies))\(more)\(fields.submit(Phrase("记下来", "Note it")))
      """)
    let record =
      if case .person = whose {
        say("会记下是您替这位写的。写好请念一遍。", "It is kept that you wrote it down for them. Please read it back.")
      } else { say("会上提出的不写是谁说的。", "Of what a meeting raised, nobody is named.") }
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p>\(record)</p><section class="panel">\(form)</section>\
        <p><a href="/proposal-desk">\(say("返回", "Back"))</a></p>
        """, alerts: alerts)
  }

  private func meeting(_ meetings: [MeetingDirectory.Card], _ fields: FormParts) -> HTML {
    if meetings.isEmpty { return .empty }
    let options = meetings.map { meeting in
      (
        value: meeting.id.description,
        name: Phrase(
          "\(meeting.title.chinese) \(say.day(meeting.startsAt))",
          "\(meeting.title.english) \(say.day(meeting.startsAt))")
      )
    }
    return fields.select(
      "meeting", Phrase("哪一次会", "Which meeting"), options: options, isRequired: false)
  }

  // MARK: - One

  /// What the forms on the page hold: those of one are shown again when it could not be taken.
  struct Forms: Sendable {
    let key: String
    let place: String?
    let state: FormState

    static var fresh: Forms { Forms(key: Form.newKey, place: nil, state: .empty) }

    func fields(_ place: String, _ say: Wording) -> FormParts {
      FormParts(self.place == place ? state : .empty, say, place: place)
    }

    /// How far the form has seen the proposal.
    func seen(_ proposal: Proposal) -> HTML {
      "<input type=\"hidden\" name=\"seen\" value=\"\(proposal.standing.events)\">"
    }
  }

  /// What the page is made of.
  struct Content: Sendable {
    let view: ProposalView
    /// What its author and whoever wrote it down are called; for the station alone.
    let names: [PersonID: String]
    /// Proposals that it can be merged into.
    let open: [Proposal]
    let roles: Set<Role>

    var mayWrite: Bool { !roles.isDisjoint(with: ProposalRoles.station) }
  }

  func proposal(_ content: Content, _ forms: Forms, alerts: [HTML]) -> Page {
    let view = content.view
    let proposal = view.proposal
    return Page(
      title: proposal.title, kind: .staff,
      main: """
        <h1>\(proposal.title)</h1><p>\(parts.state(proposal.standing, at: now))</p>\(about(content))\
        \(work(content, forms))\(vote(content, forms))\(view.answer.map { parts.answer($0) } ?? .empty)\
        \(discussion(content, forms))\(parts.steps(view.events, merged: view.mergedInto))\
        <p><a href="/proposal-desk">\(say("返回", "Back"))</a></p>
        """, alerts: alerts)
  }

  private func about(_ content: Content) -> HTML {
    let proposal = content.view.proposal
    var entries: [(term: String, value: HTML)] = [
      (say("公开写的是", "Published as"), HTML(text: parts.byline(content.view.shown.byline)))
    ]
    // Who answers for the committee answers the proposal, not its author.
    if content.mayWrite {
      let author =
        proposal.author.map { content.names[$0] ?? "—" }
        ?? (proposal.origin == .meeting ? say("居民会议", "A residents’ meeting") : "—")
      entries.insert((say("谁提的（不公开）", "By (not published)"), HTML(text: author)), at: 0)
    }
    if content.mayWrite, proposal.origin != .resident {
      entries.append(
        (say("谁写下的", "Written down by"), HTML(text: content.names[proposal.madeBy.person] ?? "—")))
    }
    if let policy = content.view.shown.policy {
      entries.append((say("有关的政策", "Policy"), HTML(text: policy.title)))
    }
    if let meeting = content.view.shown.meeting {
      entries.append(
        (say("会议", "Meeting"), "<a href=\"\(meeting.path)\">\(say(meeting.title))</a>"))
    }
    return
      "<section class=\"card\"><p>\(PageParts.lines(proposal.text))</p>\(PageParts.definitions(entries))</section>"
  }

  /// What is to be done next with it, for whoever may.
  private func work(_ content: Content, _ forms: Forms) -> HTML {
    let (view, base) = (content.view, ProposalParts.desk(content.view.proposal.id))
    switch view.proposal.standing.state {
    case .submitted where content.mayWrite: return screening(content, forms)
    case .discussion where content.mayWrite:
      return
        "<p class=\"actions\"><a class=\"button\" href=\"\(base)/voting\">\(say("定一次投票", "Announce a vote"))</a></p>"
    case .decided where content.mayWrite && view.proposal.standing.isPassed == true:
      return results.sending(view, forms)
    case .sent:
      guard let sending = view.sending else { return .empty }
      let mayAnswer = !content.roles.isDisjoint(with: ProposalRoles.answering(sending.addressee))
      let due =
        "<p>\(say("请\(sending.addressee.name.chinese)在 \(say.day(sending.dueAt - .seconds(1))) 以前答复。", "An answer from \(sending.addressee.name.english) is due by \(say.day(sending.dueAt - .seconds(1)))."))</p>"
        as HTML
      return
        "\(due)\(mayAnswer ? results.answering(view, sending, forms) : .empty)\(content.mayWrite ? results.sending(view, forms) : .empty)"
    case .answered where content.mayWrite && view.proposal.standing.outcome != .refused:
      return results.beginning(view, forms)
    case .tracked, .done:
      guard content.mayWrite else { return .empty }
      return
        "<p class=\"actions\"><a class=\"button\" href=\"\(base)/result\">\(say("办得怎么样了", "What is being done"))</a></p>"
    default: return .empty
    }
  }

  private func screening(_ content: Content, _ forms: Forms) -> HTML {
    let fields = forms.fields("screen", say)
    let proposal = content.view.proposal
    let open = content.open.map { (value: $0.id.description, name: Phrase(same: $0.title)) }
    let form = fields.form(
      to: "\(ProposalParts.desk(proposal.id))/screening", token: token, idempotencyKey: "\(forms.key)-screen",
      """
      \(forms.seen(proposal))\
      \(fields.radios("decision", Phrase("怎么办", "What becomes of it"), options: ProposalScreening.Choice.allCases.filter { $0 != .merged || !open.isEmpty }.map { ($0.rawValue, $0.name) }))\
      \(open.isEmpty ? .empty : fields.select("target", Phrase("并到哪一个", "Merge it into"), options: open, isRequired: false))\
      \(fields.textArea("reason", Phrase("理由", "The reason"), hint: Phrase("公开的，提议的人也会收到。", "Published, and told to whoever proposed it."), rows: 3))\
      \(fields.checkbox("hides_title", Phrase("不采用的话，题目也不公开", "If it is not taken up, do not publish the title either"), hint: Phrase("题目里有人名，或者会伤到人。", "Where it names or hurts somebody.")))\
      \(fields.submit(Phrase("决定，公开理由", "Decide, and publish why")))
      """)
    return PageParts.card(say("请看一看", "Please look at it"), form)
  }

  private func vote(_ content: Content, _ forms: Forms) -> HTML {
    let view = content.view
    guard let voting = view.voting else { return .empty }
    let (base, standing) = (ProposalParts.desk(view.proposal.id), view.proposal.standing)
    var inside: HTML = "<p>\(parts.span(voting))</p><p>\(parts.rule(voting.rule))</p>"
    if let counted = view.counted { inside += parts.counted(counted, of: voting) }
    if standing.state == .voting {
      inside +=
        "<p>\(say("已经有 \(view.turnout) 户投了票。", "\(say.count(view.turnout, "户", "household")) voted so far."))</p>"
    }
    if standing.state == .voting, !standing.waitsForCount(at: now), content.mayWrite {
      inside +=
        "<p class=\"actions\"><a class=\"button quiet\" href=\"\(base)/slips\">\(say("打印选票", "Print slips"))</a> "
      if standing.takesVotes(at: now) {
        inside += "<a class=\"button\" href=\"\(base)/votes\">\(say("录入选票", "Key in votes"))</a>"
      }
      inside += "</p>"
    }
    if standing.waitsForCount(at: now) {
      let count = PageParts.button(
        say("打开选票，计票，公布结果", "Open the box, count, and publish"), to: "\(base)/count", token: token,
        key: "\(forms.key)-count", [("seen", String(standing.events))])
      inside += count
    }
    return PageParts.card(say("投票", "The vote"), "\(inside)\(callingOff(content, forms))")
  }

  private func callingOff(_ content: Content, _ forms: Forms) -> HTML {
    let standing = content.view.proposal.standing
    guard content.mayWrite, standing.state == .voting, let opensAt = standing.opensAt, now < opensAt else {
      return .empty
    }
    let fields = forms.fields("call-off", say)
    let form = fields.form(
      to: "\(ProposalParts.desk(content.view.proposal.id))/voting/call-off", token: token,
      idempotencyKey: "\(forms.key)-call-off",
      """
      \(forms.seen(content.view.proposal))\(fields.textArea("reason", Phrase("理由（公开）", "The reason (published)"), rows: 2))\
      \(fields.submit(Phrase("取消这次投票", "Call this vote off")))
      """)
    return
      "<details\(attribute: "open", if: forms.place == "call-off")><summary>\(say("取消这次投票", "Call this vote off"))</summary>\(form)</details>"
  }

  // MARK: - What was said

  private func discussion(_ content: Content, _ forms: Forms) -> HTML {
    let view = content.view
    if view.proposal.standing.state == .submitted { return .empty }
    let items = view.said.map { shown -> HTML in
      parts.contribution(shown, below: content.mayWrite ? judging(shown.said, view, forms) : .empty)
    }
    let next = view.next.map { "\(ProposalParts.desk(view.proposal.id))?after=\($0)" }
    let list: HTML =
      items.isEmpty
      ? "<p>\(say("还没有人发言。", "Nobody has said anything yet."))</p>" : "<ul class=\"plain\">\(items)</ul>"
    let takes = content.mayWrite && view.proposal.standing.takesContributions(at: now)
    return PageParts.card(
      say("大家怎么说", "What people say"),
      "\(list)\(PageParts.pager(say, previous: nil, next: next))\(takes ? recording(view, forms) : .empty)")
  }

  private func judging(_ said: Contribution, _ view: ProposalView, _ forms: Forms) -> HTML {
    let base = "\(ProposalParts.desk(view.proposal.id))/contributions/\(said.id)"
    let place = "hide-\(said.id)"
    let fields = forms.fields(place, say)
    let form = fields.form(
      to: "\(base)/hide", token: token, idempotencyKey: "\(forms.key)-h-\(said.id)",
      """
      \(fields.textArea("reason", Phrase("理由（公开，写在原处）", "The reason (published in its place)"), rows: 2))\
      \(fields.submit(Phrase("收起来", "Hide it")))
      """)
    let reported: HTML =
      said.reports > 0
      ? PageParts.tag(say("\(said.reports) 人举报", "reported by \(said.reports)"), .bad)
        + PageParts.button(
          say("看过了，留着", "Looked at it: it stays"), to: "\(base)/keep", token: token,
          key: "\(forms.key)-k-\(said.id)", isQuiet: true)
      : .empty
    return
      "\(reported)<details\(attribute: "open", if: forms.place == place)><summary>\(say("收起这条", "Hide this"))</summary>\(form)</details>"
  }

  private func recording(_ view: ProposalView, _ forms: Forms) -> HTML {
    let fields = forms.fields("record", say)
    let form = fields.form(
      to: "\(ProposalParts.desk(view.proposal.id))/contributions", token: token,
      idempotencyKey: "\(forms.key)-record",
      """
      \(fields.radios("stance", Phrase("意思是", "It was"), options: Contribution.Stance.allCases.map { ($0.rawValue, $0.name) }))\
      \(fields.textArea("text", Phrase("会上说的话", "What was said at the meeting"), hint: Phrase("不写是谁说的。", "Without who said it."), rows: 3))\
      \(fields.submit(Phrase("记下来", "Note it")))
      """)
    return
      "<details\(attribute: "open", if: forms.place == "record")><summary>\(say("记会上说的话", "Note what was said at the meeting"))</summary>\(form)</details>"
  }
}
