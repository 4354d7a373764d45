import Kernel
import Web

/// What is done about proposals, for everybody: all of it, and one of it with its line.
struct ResultPages {
  let say: Wording
  let now: Timestamp

  private var parts: ProposalParts { ProposalParts(say: say) }
  private var own: ResultParts { ResultParts(say: say) }

  func list(_ results: [(proposal: Proposal, result: ProposalResult)], next: ProposalID?) -> Page {
    let title = say("办得怎么样了", "What is being done")
    let cards = results.map { entry -> HTML in
      PageParts.card(
        entry.proposal.title, href: "/results/\(entry.proposal.id)",
        """
        <p>\(parts.state(entry.proposal.standing, at: now))</p><p>\(PageParts.lines(entry.result.summary))</p>\
        \(parts.progress(entry.result))
        """)
    }
    let content: HTML =
      cards.isEmpty
      ? PageParts.empty(
        say("还没有正在办的提案。", "Nothing is being done yet."),
        action: ("/proposals", say("看看提案", "See the proposals")))
      : HTML.joined(cards)
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\
        <p class="lead">\(say("大家通过、答应要办的事，走到哪一步，都写在这里。", "What was passed and promised, and how far it is."))</p>\
        \(content)\(PageParts.pager(say, previous: nil, next: next.map { "/results?before=\($0)" }))\
        <p><a href="/proposals">\(say("返回提案", "Back to the proposals"))</a></p>
        """)
  }

  func result(
    _ proposal: Proposal, _ result: ProposalResult, _ answer: ProposalAnswer?, _ entries: [ResultEntry],
    policies: [PolicyID: ProposalPolicies.Card]
  ) -> Page {
    Page(
      title: proposal.title,
      main: """
        <h1>\(proposal.title)</h1><p>\(parts.state(proposal.standing, at: now))</p>\
        <p class="lead">\(PageParts.lines(result.summary))</p>\(parts.progress(result))\
        \(own.actions(result))\(own.line(entries, of: result, policies: policies))\
        \(answer.map { parts.answer($0) } ?? .empty)\
        <p><a href="\(ProposalParts.path(proposal.id))">\(say("看提案和讨论", "See the proposal and what was said"))</a></p>\
        <p><a href="/results">\(say("返回", "Back"))</a></p>
        """)
  }
}

/// Parts that the pages of residents and of staff share.
struct ResultParts {
  let say: Wording

  /// The steps with how far each is, and how the whole is reckoned.
  func actions(_ result: ProposalResult) -> HTML {
    if result.actions.isEmpty { return .empty }
    let items = result.actions.map { action -> HTML in
      """
      <li><strong>\(action.title)</strong> \(status(action.status))\(days(action))\
      \(PageParts.progress(action.progress, of: 100, label: "\(action.progress)%"))</li>
      """
    }
    let isWeighted = result.actions.allSatisfy { $0.weight != nil }
    let weights = result.actions.map { "\($0.title) \($0.weight ?? 1)" }.joined(separator: say("，", ", "))
    let how =
      isWeighted
      ? say("总进度按每一步的分量算：\(weights)。", "The whole is reckoned by the weight of each step: \(weights).")
      : say("总进度是各步的平均。", "The whole is the mean of the steps.")
    return PageParts.card(
      say("一步一步", "Step by step"), "<ul class=\"plain\">\(items)</ul><p class=\"hint\">\(how)</p>")
  }

  private func status(_ status: ResultAction.Status) -> HTML {
    let tone: Tone =
      switch status {
      case .done: .good
      case .underway: .notice
      case .planned, .dropped: .neutral
      }
    return PageParts.tag(say(status.name), tone)
  }

  private func days(_ action: ResultAction) -> HTML {
    let text: String? =
      switch (action.startsAt, action.endsAt) {
      case (let from?, let to?): "\(say.day(from)) – \(say.day(to))"
      case (let from?, nil): say("\(say.day(from)) 起", "from \(say.day(from))")
      case (nil, let to?): say("\(say.day(to)) 前", "by \(say.day(to))")
      case (nil, nil): nil
      }
    return text.map { " <span class=\"muted\">\($0)</span>" } ?? .empty
  }

  /// What happened, the newest first.
  func line(
    _ entries: [ResultEntry], of result: ProposalResult, policies: [PolicyID: ProposalPolicies.Card]
  ) -> HTML {
    if entries.isEmpty { return .empty }
    let titles = Dictionary(result.actions.map { ($0.id, $0.title) }) { first, _ in first }
    let items = entries.map { entry -> HTML in
      let step: HTML =
        entry.action.flatMap { titles[$0] }.map { title in
          "<strong>\(title)</strong> \(entry.status.map { status($0) } ?? .empty) \(entry.progress.map { "\($0)%" } ?? "")<br>"
        } ?? .empty
      let policy: HTML =
        entry.policy.map { id in
          let title = policies[id]?.title ?? say("政策", "the policy")
          let version = entry.policyVersion ?? 1
          return
            "<p><a href=\"/policies/\(id)/versions/\(version)\">\(say("政策改了：\(title)，第 \(version) 版", "The policy was changed: \(title), version \(version)"))</a></p>"
        } ?? .empty
      return
        "<li><span class=\"muted\">\(say.day(entry.day))</span> \(step)\(PageParts.lines(entry.text))\(policy)</li>"
    }
    return PageParts.card(say("经过", "What happened"), "<ul class=\"plain\">\(items)</ul>")
  }
}
