import Kernel
import People
import Web

/// The page of one group, from what is to be done next to who looked.
struct GroupFilePages {
  let say: Wording
  let token: String
  let now: Timestamp
  let view: GroupView
  /// Of the buttons on this page; each takes another end of it.
  let key: String

  private var group: CareGroup { view.group }
  private var access: GroupAccess { view.open.access }
  private var parts: CaseParts { CaseParts(say: say) }
  private var base: String { "/groups/\(group.id)" }

  func page(
    _ readings: [GroupReadings.Entry], names: [PersonID: String], back: FormState, saved: Bool,
    alerts: [HTML]
  ) -> Page {
    let title = "\(group.label) · \(group.terms.name)"
    let done = saved ? [PageParts.notice(say("已保存。", "Saved."), .good)] : []
    let main: HTML = """
      <h1>\(title)</h1>\(banner)\
      \(PageParts.steps(GroupStage.allCases.map { say($0.name) }, current: group.standing.stage.position))\
      \(summary)\(nextStep(back))\(members)\(sessions)\(scores)\(reports)\(history)\(looks(readings, names))\
      <p><a href="/groups">\(say("返回小组列表", "Back to the groups"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: done + alerts)
  }

  private var banner: HTML {
    group.standing.closedAt.map { closedAt in
      PageParts.notice(
        say(
          "这个小组在 \(say.day(closedAt, inYear: 0)) 结束了。", "This group ended on \(say.day(closedAt, inYear: 0))."
        ),
        .neutral)
    } ?? .empty
  }

  private var summary: HTML {
    let (terms, staff) = (group.terms, group.standing.staff)
    var rows: [(term: String, value: HTML)] = [
      (say("种类", "Kind"), HTML(text: say(terms.type.name))),
      (say("带小组的社工", "Led by"), HTML(text: staff.leaders.map(view.name).joined(separator: say("、", ", ")))),
      (say("督导", "Supervisor"), HTML(text: view.name(staff.supervisor))),
      (say("收人", "Joining"), HTML(text: terms.isOpen ? say("开放", "Open") : say("封闭", "Closed"))),
      (
        say("组员", "Members"),
        HTML(
          text: say(
            "\(view.joined.count) 位（\(terms.minimum) 到 \(terms.maximum) 位）",
            "\(view.joined.count) (\(terms.minimum) to \(terms.maximum))"))
      ),
      (say("节数", "Meetings"), HTML(text: "\(view.sessions.count) / \(terms.sessions)")),
      (say("预算", "Budget"), HTML(text: say.money(terms.budget))),
    ]
    if let startedAt = group.standing.startedAt {
      rows.append((say("开始", "Began"), HTML(text: say.day(startedAt, inYear: 0))))
    }
    let links: [HTML] = [
      access.mayWrite ? link(GroupForms.terms) : .empty,
      access.mayStaff ? link(GroupForms.assignment) : .empty,
    ]
    return """
      <section class="card">\(PageParts.definitions(rows))\(GroupParts(say: say).words(view.words(terms.text), GroupTerms.fields))\
      <p class="actions">\(HTML.joined(links))</p></section>
      """
  }

  // MARK: - What is next

  private func nextStep(_ back: FormState) -> HTML {
    guard access.mayWrite else { return .empty }
    let stage = group.standing.stage
    let missing = max(0, group.terms.minimum - Int64(view.joined.count))
    let seen = ("seen", String(group.standing.events))
    var forward: HTML = .empty
    if stage == .preparation, missing > 0 {
      forward = "<p>\(say("还差 \(missing) 位组员才能开始。", "It can begin with \(missing) more."))</p>"
    } else if let next = stage.next {
      forward = PageParts.button(
        say("进入“\(next.name.chinese)”", "Go on to \(next.name.english)"), to: "\(base)/move", token: token,
        key: "\(key)-forward", [("stage", next.rawValue), seen])
    }
    return PageParts.card(say("下一步", "Next step"), "\(forward)\(stepBack(back))")
  }

  private func stepBack(_ state: FormState) -> HTML {
    let earlier = group.standing.stage.earlier
    guard !earlier.isEmpty else { return .empty }
    let fields = FormParts(state, say, place: "back")
    let form = fields.form(
      to: "\(base)/move", token: token, idempotencyKey: "\(key)-back",
      """
      \(fields.hidden("seen", String(group.standing.events)))\
      \(fields.radios("stage", Phrase("退回到哪个阶段", "Back to which stage"), options: earlier.map { ($0.rawValue, $0.name) }))\
      \(fields.textArea("reason", CareDocument.Field.reason.label, hint: Phrase("退一步可以不写；退几步要写。", "Not needed for one step back, needed for more."), rows: 2, isRequired: false))\
      \(fields.submit(Phrase("退回", "Go back")))
      """)
    let isOpen = !state.allProblems.isEmpty
    return
      "<details\(attribute: "open", if: isOpen)><summary>\(say("退回前面的阶段", "Go back to an earlier stage"))</summary>\(form)</details>"
  }

  // MARK: - People, meetings, scores

  private var members: HTML {
    let takes = GroupRules.takesPeople(group.standing, isOpen: group.terms.isOpen)
    let propose: HTML = access.mayWrite && takes ? actions(link(GroupForms.proposal)) : .empty
    let title = say("组员", "Members")
    if view.members.isEmpty {
      return PageParts.card(title, "<p>\(say("还没有提名。", "Nobody was proposed yet."))</p>\(propose)")
    }
    let figures = view.figures(asOf: now)
    let rows = view.members.map { member -> [HTML] in
      let figure = figures.members.first { $0.id == member.id }
      return [
        "<a href=\"\(base)/members/\(member.id)\">\(view.name(member.person))</a>",
        GroupParts(say: say).state(member.state),
        HTML(text: figure.map { "\($0.there) / \($0.expected)" } ?? "—"),
        HTML(text: member.joinedAt.map { say.day($0) } ?? "—"),
      ]
    }
    return PageParts.card(
      title,
      """
      \(PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("谁", "Who")), TableColumn(say("状态", "State")),
          TableColumn(say("出席", "Came"), isNumeric: true), TableColumn(say("加入", "Joined")),
        ], rows: rows))\(propose)
      """)
  }

  private var sessions: HTML {
    let title = say("每一节", "Meetings")
    let record: HTML = access.mayWrite ? actions(link(GroupForms.session)) : .empty
    if view.sessions.isEmpty { return record.isEmpty ? .empty : PageParts.card(title, record) }
    let rows = view.sessions.compactMap { session -> [HTML]? in
      guard let version = session.newest else { return nil }
      return [
        "<a href=\"\(base)/sessions/\(session.id)\">\(say("第 \(session.number) 节", "Meeting \(session.number)"))</a>",
        HTML(text: say.dateTime(version.heldAt)), HTML(text: say(version.stage.name)),
        HTML(text: say(version.commerce.name)),
        HTML(text: "\(version.attendance.count { $0.presence.isThere }) / \(version.attendance.count)"),
      ]
    }
    let table = PageParts.table(
      caption: title, isCaptionShown: false,
      columns: [
        TableColumn(say("节", "Meeting")), TableColumn(say("时间", "When")), TableColumn(say("阶段", "Stage")),
        TableColumn(say("买菜的部分", "Shop")), TableColumn(say("出席", "Came"), isNumeric: true),
      ], rows: rows)
    return PageParts.card(title, "\(table)\(record)")
  }

  private var scores: HTML {
    let title = say("前后分数", "Scores before and after")
    let write: HTML = access.mayScore ? actions(link(GroupForms.scores)) : .empty
    if view.scores.isEmpty { return write.isEmpty ? .empty : PageParts.card(title, write) }
    let phases = OutcomeScore.Phase.allCases.filter { phase in view.scores.contains { $0.phase == phase } }
    let rows = view.everJoined.map { member -> [HTML] in
      ["\(view.name(member.person))"]
        + GroupScore.measures.map { measure in
          let values = phases.map { view.score(measure, $0, of: member.id) }
          return HTML(
            text: values.allSatisfy { $0 == nil }
              ? "—" : values.map { $0.map(String.init) ?? "—" }.joined(separator: " → "))
        }
    }
    let table = PageParts.table(
      caption: title, isCaptionShown: false,
      columns: [TableColumn(say("谁", "Who"))] + GroupScore.measures.map { TableColumn(say($0.name)) },
      rows: rows)
    let order = phases.map { say($0.name) }.joined(separator: " → ")
    return PageParts.card(title, "<p class=\"muted\">\(order)</p>\(table)\(write)")
  }

  private var reports: HTML {
    let isWaiting = view.reports.first.map { $0.decision == nil } ?? false
    let write: HTML = access.mayWrite && !isWaiting ? actions(link(GroupForms.report)) : .empty
    let title = say("小组报告", "Report")
    if view.reports.isEmpty { return write.isEmpty ? .empty : PageParts.card(title, write) }
    let items = view.reports.map { report -> HTML in
      """
      <li><a href="\(base)/reports/\(report.id)">\(say("\(say.day(report.madeAt)) 的报告", "Report of \(say.day(report.madeAt))"))</a> \
      \(GroupParts(say: say).decision(report.decision))</li>
      """
    }
    return PageParts.card(title, "<ul class=\"plain\">\(items)</ul>\(write)")
  }

  // MARK: - What happened, and who looked

  private var history: HTML {
    let items = view.events.map { event -> HTML in
      let words: HTML = event.text == nil ? .empty : parts.words(view.words(event.text))
      return
        "<li>\(say.dateTime(event.at)) · \(view.name(event.actor.person)) · \(told(event.what))\(words)</li>"
    }
    return PageParts.card(say("经过", "What happened"), "<ol class=\"story\">\(items)</ol>")
  }

  private func told(_ what: GroupEvent.What) -> String {
    switch what {
    case .created: return say("开了小组", "opened the group")
    case .staffed(let staff):
      let leaders = staff.leaders.map(view.name)
      return say(
        "由 \(leaders.joined(separator: "、")) 带，督导 \(view.name(staff.supervisor))",
        "led by \(leaders.joined(separator: ", ")), supervised by \(view.name(staff.supervisor))")
    case .revised(let version): return say("计划改到第 \(version) 版", "plan, version \(version)")
    case .moved(let from, let to):
      return say("\(from.name.chinese) → \(to.name.chinese)", "\(from.name.english) → \(to.name.english)")
    case .closed(let stage, _):
      return say(
        "报告批准，小组在\(stage.name.chinese)结束", "report approved; the group ended in its \(stage.name.english)")
    }
  }

  private func looks(_ readings: [GroupReadings.Entry], _ names: [PersonID: String]) -> HTML {
    let items = readings.map { reading -> HTML in
      let relation = reading.relation?.name ?? Phrase(same: "—")
      let look = reading.look?.name ?? Phrase(same: "—")
      return
        "<li>\(say.dateTime(reading.at)) · \(names[reading.reader] ?? "—")（\(say(relation))）· \(say(look))</li>"
    }
    return
      "<details><summary>\(say("谁看过（最近 \(readings.count) 次）", "Who looked (the last \(readings.count))"))</summary><ul class=\"plain\">\(items)</ul></details>"
  }

  private func link(_ door: GroupFormDoor) -> HTML {
    "<a class=\"button quiet\" href=\"\(base)/\(door.path)\">\(say(door.title))</a> "
  }

  private func actions(_ links: HTML) -> HTML { "<p class=\"actions\">\(links)</p>" }
}
