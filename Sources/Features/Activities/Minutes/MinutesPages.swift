import Kernel
import People
import Web

/// The station's page of an activity's minutes: the newest version, a form for the next, and those before.
struct MinutesPages {
  let say: Wording
  let token: String

  func minutes(
    of activity: Activity, _ versions: [Minutes], names: [PersonID: String], mayWrite: Bool, key: String,
    _ state: FormState, notices: [HTML], alerts: [HTML]
  ) -> Page {
    let title = say("活动记录", "Minutes")
    let newest: HTML =
      versions.first.map { PageParts.card(heading($0, names), content($0)) }
      ?? PageParts.empty(say("还没有写记录。", "None have been written yet."))
    let older = versions.dropFirst().map { version -> HTML in
      "<details><summary>\(heading(version, names))</summary>\(content(version))</details>"
    }
    let form: HTML =
      mayWrite
      ? self.form(activity, seen: versions.first?.version ?? 0, key, state)
      : "<p>\(say("活动开始以后才写记录。", "Minutes are written once it has begun."))</p>"
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p>\(activity.terms.title)</p>\(newest)\(form)\(older)\
        <p><a href="\(ActivityDeskPages.base(activity.id))">\(say("返回", "Back"))</a></p>
        """, alerts: notices + alerts)
  }

  private func heading(_ minutes: Minutes, _ names: [PersonID: String]) -> String {
    say("第 \(minutes.version) 版", "Version \(minutes.version)")
      + " · \(say.day(minutes.writtenAt)) · \(names[minutes.writtenBy.person] ?? "—") · \(say(minutes.audience.name))"
  }

  private func content(_ minutes: Minutes) -> HTML {
    let agenda: HTML =
      minutes.agenda.isEmpty
      ? .empty
      : "<h3>\(say("议程", "Agenda"))</h3><ol>\(minutes.agenda.map { "<li>\($0)</li>" as HTML })</ol>"
    return "\(agenda)\(MinutesParts(say: say).content(minutes))"
  }

  private func form(_ activity: Activity, seen: Int64, _ key: String, _ state: FormState) -> HTML {
    let fields = FormParts(state, say)
    let audiences = Minutes.Audience.allCases.map { (value: $0.rawValue, name: $0.name) }
    let heading = seen == 0 ? say("写记录", "Write the minutes") : say("写新的一版", "Write a new version")
    return PageParts.card(
      heading,
      """
      <p class="hint">\(say("写过的每一版都留着。不用写谁说的；定下来的事一行一条。", "Every version is kept. There is no need to say who said what; each decision has a line."))</p>\
      \(fields.form(to: "\(ActivityDeskPages.base(activity.id))/minutes", token: token, idempotencyKey: key, """
        \(fields.hidden("seen", String(seen)))\
        \(fields.textArea("discussed", Phrase("谈了什么", "What was said"), rows: 8))\
        \(fields.textArea("decisions", Phrase("定下来的事，一行一条", "What was decided, one on each line"), isRequired: false))\
        \(fields.textArea("next_steps", Phrase("接下来谁做什么", "Who does what next"), isRequired: false))\
        \(fields.radios("audience", Phrase("给谁看", "Who reads it"), options: audiences))\
        \(fields.submit(Phrase("写进记录", "Put it on record")))
        """))
      """)
  }
}
