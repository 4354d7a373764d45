import Kernel
import People
import Web

/// Parts that several pages of proposals share.
struct ProposalParts: Sendable {
  let say: Wording

  static func path(_ id: ProposalID) -> String { "/proposals/\(id)" }
  static func desk(_ id: ProposalID) -> String { "/proposal-desk/\(id)" }

  // MARK: - Whose it is and how it stands

  /// What it is called for everybody.
  func title(_ proposal: Proposal) -> String {
    switch proposal.standing.state {
    case .submitted: say("一个还没公开的提案", "A proposal that is not public yet")
    case .notTakenUp where proposal.standing.isTitleHidden: say("（题目不公开）", "(title not published)")
    default: proposal.title
    }
  }

  func byline(_ byline: Byline) -> String {
    switch byline {
    case .named(let name): name
    case .building(let building):
      say(
        "\(Door.buildingName(building).chinese)一位居民",
        "A resident of \(Door.buildingName(building).english)")
    case .resident: say("一位居民", "A resident")
    case .meeting: say("居民会议提出", "Raised at a residents’ meeting")
    }
  }

  func state(_ standing: ProposalStanding, at now: Timestamp) -> HTML {
    switch standing.state {
    case .voting:
      if standing.takesVotes(at: now) { return PageParts.tag(say("正在投票", "Voting now"), .good) }
      return standing.waitsForCount(at: now)
        ? PageParts.tag(say("投票结束，等计票", "Vote over, to be counted"))
        : PageParts.tag(say("快要投票", "Vote announced"), .notice)
    case .decided:
      return standing.isPassed == true
        ? PageParts.tag(say("投票通过", "Passed"), .good) : PageParts.tag(say("投票没通过", "Not passed"))
    case .sent:
      return standing.isOverdue(at: now)
        ? PageParts.tag(say("答复过期了", "Answer overdue"), .bad)
        : PageParts.tag(say(standing.state.name), .notice)
    case .answered:
      return PageParts.tag(say(standing.outcome?.name ?? standing.state.name), tone(of: standing.outcome))
    case .discussion: return PageParts.tag(say(standing.state.name), .good)
    case .tracked: return PageParts.tag(say(standing.state.name), .notice)
    case .done: return PageParts.tag(say(standing.state.name), .good)
    case .submitted, .merged, .notTakenUp: return PageParts.tag(say(standing.state.name))
    }
  }

  func tone(of outcome: ProposalOutcome?) -> Tone {
    switch outcome {
    case .accepted: .good
    case .partly: .notice
    case .refused, nil: .neutral
    }
  }

  /// What happened so far, the first step first.
  func steps(_ events: [ProposalEvent], merged target: Proposal?) -> HTML {
    let items = events.map { event -> HTML in
      let reason: HTML =
        reason(event.change).map { "<div class=\"remark\"><p>\(PageParts.lines($0))</p></div>" } ?? .empty
      let link: HTML =
        if case .merged = event.change, let target {
          " <a href=\"\(Self.path(target.id))\">\(title(target))</a>"
        } else { .empty }
      return
        "<li><strong>\(say(event.change.step.name))</strong> <span class=\"muted\">\(say.day(event.at))</span>\(link)\(reason)</li>"
    }
    return PageParts.card(say("走到哪一步了", "How far it is"), "<ul class=\"plain\">\(items)</ul>")
  }

  /// What everybody may read with a step.
  private func reason(_ change: ProposalChange) -> String? {
    switch change {
    case .accepted(let reason), .merged(_, let reason), .notTakenUp(let reason, _),
      .votingWithdrawn(let reason):
      reason
    default: nil
    }
  }

  // MARK: - What was said

  /// No stance has a colour: none is better than another.
  func stance(_ stance: Contribution.Stance) -> HTML { PageParts.tag(say(stance.name)) }

  /// Where it was said and by whom, without a name.
  func speaker(_ shown: ShownContribution) -> String {
    if shown.said.isSaidAtMeeting { return say("会上说的", "Said at the meeting") }
    return byline(shown.building.map { .building($0) } ?? .resident)
  }

  /// One contribution, or why it is hidden.
  ///
  /// - Parameter below: what may be done with it.
  func contribution(_ shown: ShownContribution, below: HTML = .empty) -> HTML {
    let said = shown.said
    let head: HTML =
      "\(stance(said.stance)) <span class=\"muted\">\(speaker(shown)) · \(say.day(said.writtenAt))</span>"
    if let reason = said.hiddenBecause {
      return
        "<li>\(head)<p class=\"muted\">\(say("这条发言收起来了：", "This was hidden: "))\(PageParts.lines(reason))</p></li>"
    }
    return "<li>\(head)<p>\(PageParts.lines(said.text))</p>\(below)</li>"
  }

  // MARK: - Votes

  /// `10月12日 周一 08:00 – 10月18日 周日 20:00`
  func span(_ voting: ProposalVoting) -> String {
    "\(say.dateTime(voting.opensAt)) – \(say.dateTime(voting.closesAt))"
  }

  /// By which rule it is decided, in words.
  func rule(_ rule: DecisionRule) -> String {
    let quorum =
      rule.quorum == .none
      ? say("投票户数不限", "However many households vote")
      : say(
        "全社区至少 \(rule.quorum.display) 的住户投票才算数",
        "It counts if at least \(rule.quorum.display) of all households vote")
    return say(
      "\(rule.majority.name.chinese)就通过；\(quorum)。弃权也算投了票。",
      "\(rule.majority.name.english) pass it. \(quorum). Abstaining is voting, too.")
  }

  /// The result of a vote: the turnout always, the totals where enough households voted.
  func counted(_ vote: CountedVote, of voting: ProposalVoting) -> HTML {
    let count = vote.count
    let turnout = say(
      "\(count.households) 户里有 \(count.turnout) 户投票。",
      "\(count.turnout) of \(count.households) households voted.")
    let result = "\(decision(vote, of: voting)) \(turnout)"
    guard let votes = count.shown else {
      return """
        <p><strong>\(result)</strong></p>\
        <p class="hint">\(say("投票的不到 \(ProposalRules.least) 户，只公布户数，免得猜出谁投了什么。", "Fewer than \(ProposalRules.least) households voted, so the number alone is told and nobody can guess who voted what."))</p>
        """
    }
    let rows = zip(voting.choices, votes).map { choice, votes -> [HTML] in
      [HTML(text: say(choice.name)), HTML(text: String(votes))]
    }
    return """
      <p><strong>\(result)</strong></p>\
      \(PageParts.table(caption: say("票数", "Votes"), columns: [TableColumn(say("选项", "Choice")), TableColumn(say("户数", "Households"), isNumeric: true)], rows: rows))
      """
  }

  private func decision(_ vote: CountedVote, of voting: ProposalVoting) -> String {
    guard vote.isPassed else { return say("没有通过。", "Not passed.") }
    guard !voting.options.isEmpty,
      let winner = voting.rule.winner(of: vote.count, among: voting.winners),
      let choice = voting.choice(winner)
    else { return say("通过了。", "Passed.") }
    return say("选定：\(choice.name.chinese)。", "Chosen: \(choice.name.english).")
  }

  // MARK: - Answers and results

  func answer(_ answer: ProposalAnswer) -> HTML {
    let reference = answer.reference.map { say("，文号 \($0)", ", number \($0)") } ?? ""
    return PageParts.card(
      say("正式答复", "Official answer"),
      """
      <p>\(PageParts.tag(say(answer.outcome.name), tone(of: answer.outcome))) \
      <span class="muted">\(say(answer.addressee.name))\(reference) · \(say.day(answer.answeredAt))</span></p>\
      <p>\(PageParts.lines(answer.text))</p>
      """)
  }

  func progress(_ result: ProposalResult) -> HTML {
    PageParts.progress(
      result.progress, of: 100, label: say("办了 \(result.progress)%", "\(result.progress)% done"))
  }
}
