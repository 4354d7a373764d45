import Kernel
import People
import Web

/// Parts that several pages of reports share.
struct ReportParts: Sendable {
  let say: Wording

  static func path(_ id: ReportID) -> String { "/reports/\(id)" }
  static func desk(_ id: ReportID) -> String { "/report-desk/\(id)" }

  // MARK: - How it stands

  func state(_ standing: ReportStanding, at now: Timestamp) -> HTML {
    switch standing.state {
    case .sent:
      return standing.isOverdue(at: now)
        ? PageParts.tag(say("答复过期了", "Reply overdue"), .bad)
        : PageParts.tag(say(standing.state.name), .notice)
    case .told: return PageParts.tag(say(standing.state.name), .good)
    case .replied, .changed: return PageParts.tag(say(standing.state.name), .good)
    default: return PageParts.tag(say(standing.state.name))
    }
  }

  /// How far it is, of all steps.
  func progress(_ standing: ReportStanding) -> HTML {
    if standing.state == .dropped { return .empty }
    let whole = ReportState.way.count
    let place = standing.position + 1
    return PageParts.progress(
      place, of: whole,
      label: say("第 \(place) 步，共 \(whole) 步", "Step \(place) of \(whole)"))
  }

  /// What happened so far, the first step first.
  ///
  /// - Parameter sight: what the station says to itself is not for everybody, nor is a reply before it is published.
  func steps(_ document: ReportDocument, for sight: ReportSight) -> HTML {
    let published = document.report.standing.published ?? 0
    let items = document.events.map { event -> HTML in
      let isShown = sight.seesAllReplies || event.sequence < published
      let reason: HTML =
        reason(event.change, for: sight).map { "<div class=\"remark\"><p>\(PageParts.lines($0))</p></div>" }
        ?? .empty
      return """
        <li><strong>\(say(event.change.step.name))</strong> <span class="muted">\(say.day(event.at))</span>\
        \(day(event.change, showsOutcome: isShown))\(reason)</li>
        """
    }
    return PageParts.card(say("走到哪一步了", "How far it is"), "<ul class=\"plain\">\(items)</ul>")
  }

  private func reason(_ change: ReportChange, for sight: ReportSight) -> String? {
    switch change {
    case .dropped(let reason): reason
    case .timeAsked(_, let reason): sight.seesAllReplies ? reason : nil
    case .evidenceReopened(let reason), .sentBack(let reason, _): sight == .author ? reason : nil
    default: nil
    }
  }

  private func day(_ change: ReportChange, showsOutcome: Bool) -> HTML {
    switch change {
    case .sent(let dueAt), .extended(let dueAt):
      " <span class=\"muted\">\(say("请在 \(lastDay(dueAt)) 以前答复", "reply due by \(lastDay(dueAt))"))</span>"
    case .timeAsked(let until, _):
      " <span class=\"muted\">\(say("想延到 \(lastDay(until))", "until \(lastDay(until))"))</span>"
    case .replied(let outcome) where showsOutcome: " \(self.outcome(outcome))"
    default: .empty
    }
  }

  /// The last day on which it is in time.
  func lastDay(_ end: Timestamp) -> String { say.day(end - .seconds(1)) }

  func outcome(_ outcome: ReportOutcome) -> HTML {
    let tone: Tone =
      switch outcome {
      case .accepted: .good
      case .partly: .notice
      case .refused: .neutral
      case .none: .bad
      }
    return PageParts.tag(say(outcome.name), tone)
  }

  // MARK: - What stands in it

  func question(_ report: Report) -> HTML {
    let plan = report.plan
    return PageParts.definitions([
      (say("要问什么", "Question"), PageParts.lines(plan.question)),
      (say("用什么办法", "Methods"), HTML(text: methods(plan))),
      (say("问谁、怎么问", "Who was to be reached"), PageParts.lines(plan.reach)),
      (say("什么时候", "When"), HTML(text: "\(plan.from.words(say)) – \(plan.to.words(say))")),
    ])
  }

  private func methods(_ plan: ReportPlan) -> String {
    ReportMethod.allCases.filter { plan.methods.contains($0) }.map { say($0.name) }
      .joined(separator: say("、", ", "))
  }

  func findings(_ shown: ShownReport) -> HTML {
    let items = shown.document.findings.map { finding -> HTML in
      let links = finding.evidence.sorted().map { "<a href=\"#e\($0)\">E\($0)</a>" as HTML }
      return """
        <li id="f\(finding.number)" value="\(finding.number)"><p>\(PageParts.lines(finding.text))</p>\
        <p class="muted">\(say("根据", "From")) \(HTML.joined(links, separator: ", "))</p></li>
        """
    }
    return "<ol>\(items)</ol>"
  }

  func recommendations(_ shown: ShownReport) -> HTML {
    let items = shown.document.recommendations.map { recommendation -> HTML in
      let links = recommendation.findings.sorted().map {
        "<a href=\"#f\($0)\">\($0)</a>" as HTML
      }
      return """
        <li id="r\(recommendation.number)" value="\(recommendation.number)"><p>\(PageParts.lines(recommendation.text))</p>\
        <p class="muted">\(say("根据发现", "From findings")) \(HTML.joined(links, separator: ", ")) · \(aim(recommendation.aim, shown))</p></li>
        """
    }
    return "<ol>\(items)</ol>"
  }

  func aim(_ aim: Recommendation.Aim?, _ shown: ShownReport) -> HTML {
    switch aim {
    case .policy(let id):
      guard let card = shown.policies[id] else { return HTML(text: say("一项政策", "A policy")) }
      return "<a href=\"\(card.path)\">\(say(card.title))</a>"
    case .new(let level, let department):
      return HTML(
        text: say(
          "需要新的政策：\(level.name.chinese)，\(department)",
          "A new policy is needed: \(level.name.english.lowercased()), \(department)"))
    case nil: return .empty
    }
  }

  /// A quoted sentence, or that it is not shown any more.
  func quote(_ number: Int, _ text: String?) -> HTML {
    let body: HTML =
      text.map { "<blockquote><p>\(PageParts.lines($0))</p></blockquote>" }
      ?? "<p class=\"hint\">\(say("说这句话的人不再同意引用，所以不写。", "Whoever said this does not agree to be quoted any more, so it is left out."))</p>"
    return
      "<section id=\"e\(number)\"><h3>E\(number) · \(say("居民的话", "A resident’s words"))</h3>\(body)</section>"
  }

  func evidence(_ shown: ShownReport) -> HTML {
    let parts = EvidenceParts(say: say)
    return HTML.joined(
      shown.document.evidence.map { piece in
        piece.table.map { parts.full(piece.number, $0) } ?? quote(piece.number, shown.quotes[piece.number])
      })
  }

  /// Who was reached and who was not, written from the evidence itself. Source: field/socialwork.md §2.7.
  ///
  /// - Parameter isBeside: whether the evidence stands beside it, each piece with its own note.
  func sampleNote(_ document: ReportDocument, isBeside: Bool = false) -> HTML {
    let items = document.evidence.compactMap { piece -> HTML? in
      guard !isBeside, let table = piece.table else { return nil }
      let count = table.count.map { say("（\($0) 份）", " (n = \($0))") } ?? ""
      return "<li>E\(piece.number) \(say(table.title))\(count)：\(say(table.sample))</li>"
    }
    let quotes = document.evidence.count { $0.quote != nil }
    let words: HTML =
      quotes == 0
      ? .empty
      : "<li>\(say("引用了 \(quotes) 句居民的话。一句话说明有人这样想，不说明有多少人。", "Residents’ words quoted: \(quotes). They show that somebody thinks so, not how many do."))</li>"
    let list: HTML = items.isEmpty && quotes == 0 ? .empty : "<ul>\(items)\(words)</ul>"
    return """
      \(list)<p>\(say("数字只说明回答的人。看到两件事有关系，不等于一件带来了另一件。", "The figures speak of those who answered. Where a link was found, it does not follow that one brings the other about."))</p>
      """
  }

  // MARK: - Residents, departments, what came of it

  func checks(_ document: ReportDocument) -> HTML {
    let items = document.checks.map { check -> HTML in
      """
      <li><strong>\(check.day.words(say)) · \(say(check.way.name))</strong> \(PageParts.tag(say(check.outcome.name)))\
      <br>\(say.count(check.heard, "人听了", "person heard it", many: "people heard it"))<p>\(PageParts.lines(check.comments))</p></li>
      """
    }
    return "<ul class=\"plain\">\(items)</ul>"
  }

  func sendings(_ document: ReportDocument) -> HTML {
    let items = document.sendings.map { sending -> HTML in
      let theirs = sending.theirReference.map { say("，对方编号 \($0)", ", their reference \($0)") } ?? ""
      return """
        <li><strong>\(sending.department)</strong> \(sending.ourNumber)\(theirs) · \
        \(say("请在 \(lastDay(sending.dueAt)) 以前答复", "reply due by \(lastDay(sending.dueAt))"))</li>
        """
    }
    return items.isEmpty
      ? .empty : PageParts.card(say("送到哪里", "Where it went"), "<ul class=\"plain\">\(items)</ul>")
  }

  func replies(_ replies: [ReportReply], of document: ReportDocument) -> HTML {
    let cards = replies.map { reply -> HTML in
      let answers = reply.answers.map { answer -> HTML in
        """
        <li>\(say("建议 \(answer.recommendation)", "Recommendation \(answer.recommendation)")) \
        \(outcome(answer.outcome))<br>\(PageParts.lines(answer.text))</li>
        """
      }
      let reference = reply.reference.map { " · \($0)" } ?? ""
      return PageParts.card(
        say("答复", "Reply"),
        """
        <p>\(outcome(reply.outcome)) <strong>\(reply.by)</strong> <span class="muted">\(reply.day.words(say))\(reference)</span></p>\
        <p>\(PageParts.lines(reply.text))</p>\(answers.isEmpty ? .empty : "<ul class=\"plain\">\(answers)</ul>")
        """)
    }
    return HTML.joined(cards)
  }

  func results(_ shown: ShownReport) -> HTML {
    let items = shown.document.results.map { result -> HTML in
      guard let policy = result.policy, let version = result.version else {
        return "<li>\(PageParts.tag(say("没有改", "No change"))) \(PageParts.lines(result.text))</li>"
      }
      let title = shown.policies[policy].map { say($0.title) } ?? say("政策", "the policy")
      return """
        <li>\(PageParts.tag(say("政策改了", "A policy changed"), .good)) \
        <a href="/policies/\(policy)/versions/\(version)">\(say("\(title)，第 \(version) 版", "\(title), version \(version)"))</a>\
        <br>\(PageParts.lines(result.text))</li>
        """
    }
    return items.isEmpty
      ? .empty : PageParts.card(say("改了什么", "What came of it"), "<ul class=\"plain\">\(items)</ul>")
  }
}
