import Kernel
import People
import Web

/// The station's pages of activities: all of them, and one with everything that can be done with it.
struct ActivityDeskPages {
  let say: Wording
  let token: String
  let now: Timestamp

  private var parts: ActivityParts { ActivityParts(say: say) }

  static func base(_ id: ActivityID) -> String { "/activity-desk/\(id)" }

  // MARK: - All

  func list(
    _ entries: [(activity: Activity, attendance: ActivityAttendance)], isPast: Bool, next: String?
  ) -> Page {
    let title = isPast ? say("办过的活动", "Past activities") : say("办活动", "Run activities")
    let rows = entries.map { activity, attendance -> [HTML] in
      [
        "<a href=\"\(Self.base(activity.id))\">\(activity.terms.title)</a>",
        HTML(text: say(activity.terms.kind.name)), HTML(text: say.dateTime(activity.terms.startsAt)),
        parts.state(activity), HTML(text: places(activity)), HTML(text: String(attendance.present)),
      ]
    }
    let table: HTML =
      rows.isEmpty
      ? PageParts.empty(say("这里还没有活动。", "There are no activities here yet."))
      : PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("题目", "Title")), TableColumn(say("种类", "Kind")), TableColumn(say("时间", "When")),
          TableColumn(say("状态", "State")), TableColumn(say("报上的", "Signed up"), isNumeric: true),
          TableColumn(say("来了", "Came"), isNumeric: true),
        ], rows: rows)
    let other =
      isPast
      ? parts.link("/activity-desk", say("要办的活动", "Coming up"))
      : parts.link("/activity-desk?past=1", say("办过的活动", "Past activities"))
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p class="actions"><a class="button" href="/activity-desk/new">\(say("准备一个活动", "Prepare an activity"))</a> \(other)</p>\
        \(table)\(PageParts.pager(say, previous: nil, next: next))
        """)
  }

  /// `12 / 30`
  private func places(_ activity: Activity) -> String {
    activity.terms.capacity.map { "\(activity.confirmed) / \($0)" } ?? String(activity.confirmed)
  }

  // MARK: - One

  /// Everything that the station sees of one activity.
  struct View: Sendable {
    let activity: Activity
    let organiser: String?
    let subject: ActivitySubjectCard?
    let attendance: ActivityAttendance
    let closing: ActivityClosing?
  }

  func activity(_ view: View, key: String, _ state: FormState, notices: [HTML], alerts: [HTML]) -> Page {
    let activity = view.activity
    let reason: HTML =
      activity.cancelReason.map { PageParts.notice(say("取消了：\($0)", "Cancelled: \($0)"), .bad) } ?? .empty
    let main: HTML = """
      <h1>\(activity.terms.title)</h1><p>\(say(activity.terms.kind.name)) \(parts.state(activity))</p>\(reason)\
      \(steps(activity, key))\(counts(view))\(PageParts.definitions(facts(view)))\
      <p>\(PageParts.lines(activity.terms.description))</p>\(parts.agenda(activity.terms.agenda))\
      \(outcome(view))\(papers(activity))\(cancelling(view, key, state))\
      <p><a href="/activity-desk">\(say("返回", "Back"))</a></p>
      """
    return Page(title: activity.terms.title, kind: .staff, main: main, alerts: notices + alerts)
  }

  private func facts(_ view: View) -> [(String, HTML)] {
    let terms = view.activity.terms
    return parts.facts(view.activity, organiser: view.organiser, view.subject) + [
      (say("报名截止", "Sign-up closes"), HTML(text: say.dateTime(terms.signUpClosesAt))),
      (say("名额", "Places"), HTML(text: terms.capacity.map(String.init) ?? say("不限", "Not limited"))),
      (say("花费", "Expense"), HTML(text: say.money(terms.expense))),
    ]
  }

  private func steps(_ activity: Activity, _ key: String) -> HTML {
    let base = Self.base(activity.id)
    var links: [HTML] = []
    let mayChange =
      activity.state == .draft || (activity.state == .published && now < activity.terms.startsAt)
    if mayChange { links.append(parts.link("\(base)/change", say("改内容", "Change it"))) }
    if activity.isShown {
      links.append(parts.link("\(base)/sign-ups", say("报名名单", "Sign-ups")))
      if CheckInRules.refusal(toTickIn: activity, at: now) == nil {
        links.append(parts.link("\(base)/door", say("门口签到", "At the door")))
      }
      if CheckInRules.refusal(toShowCodeOf: activity, at: now) == nil {
        links.append(parts.link("\(base)/code", say("签到码大屏", "Code on the screen")))
      }
      links.append(parts.link("\(base)/minutes", say("记录", "Minutes")))
      links.append(parts.link("\(base)/photos", say("照片", "Photos")))
      if ActivityRules.refusal(toClose: activity, at: now) == nil {
        links.append(
          parts.link(
            "\(base)/close",
            activity.state == .held ? say("改结果", "Correct the counts") : say("办好了，填结果", "It is over: counts"))
        )
      }
      links.append(parts.link(Activity.path(activity.id), say("居民看到的", "As residents see it")))
    }
    let publish: HTML =
      activity.state == .draft
      ? PageParts.loneButton(
        say("公布，开始报名", "Publish it"), to: "\(base)/publish", token: token, key: "\(key)-publish",
        [("seen", String(activity.revision))]) : .empty
    return "<p class=\"actions\">\(HTML.joined(links, separator: " "))</p>\(publish)"
  }

  private func counts(_ view: View) -> HTML {
    let (activity, attendance) = (view.activity, view.attendance)
    guard activity.isShown else { return .empty }
    var entries: [(String, HTML)] = [
      (say("报上的", "Signed up"), HTML(text: places(activity))),
      (say("排队的", "Waiting"), HTML(text: String(attendance.waiting))),
    ]
    if now >= activity.terms.startsAt - CheckInRules.deskBefore {
      entries += [
        (say("报名来了的", "Signed up and came"), HTML(text: String(attendance.came))),
        (say("直接来的", "Came without a place"), HTML(text: String(attendance.walkIns))),
        (say("一共来了", "Came in all"), "<strong>\(attendance.present)</strong>"),
      ]
    }
    if now >= activity.terms.endsAt {
      entries.append((say("报了没来的", "Did not come"), HTML(text: String(attendance.absent))))
    }
    return PageParts.card(say("多少人", "How many"), PageParts.definitions(entries))
  }

  private func outcome(_ view: View) -> HTML {
    guard let closing = view.closing else { return .empty }
    let counts = ActivitySatisfaction.answers.map { answer in
      (say(answer.name), HTML(text: String(answer.count(closing.satisfaction))))
    }
    let leads: HTML =
      closing.leads.isEmpty
      ? .empty
      : "<h3>\(say("要跟进的", "To be followed up"))</h3><p>\(PageParts.lines(closing.leads))</p>"
    return PageParts.card(say("满意度", "How people liked it"), "\(PageParts.definitions(counts))\(leads)")
  }

  /// What goes to the printer.
  private func papers(_ activity: Activity) -> HTML {
    guard activity.state == .published || activity.state == .held else { return .empty }
    let papers = MaterialRules.Paper.allCases.map { paper -> HTML in
      "<li><a href=\"\(Self.base(activity.id))/paper/\(paper.rawValue)\">\(say(paper.name))</a></li>"
    }
    return PageParts.card(say("打印", "To print"), "<ul>\(papers)</ul>")
  }

  private func cancelling(_ view: View, _ key: String, _ state: FormState) -> HTML {
    let activity = view.activity
    guard ActivityRules.refusal(toCancel: activity, present: view.attendance.present) == nil else {
      return .empty
    }
    let fields = FormParts(state, say)
    let form = fields.form(
      to: "\(Self.base(activity.id))/cancel", token: token, idempotencyKey: "\(key)-cancel",
      """
      \(fields.hidden("seen", String(activity.revision)))\
      \(fields.text("reason", Phrase("为什么取消", "Why it is cancelled"), hint: Phrase("报了名的人都会收到这句话。", "Everybody who signed up is told this."), maximumLength: 100))\
      \(fields.submit(Phrase("取消这个活动", "Cancel the activity")))
      """)
    return """
      <details\(attribute: "open", if: state.problem("reason") != nil)><summary>\(say("办不成了", "It cannot take place"))</summary>\(form)</details>
      """
  }
}
