import Kernel
import People
import Web

/// The forms of an activity: what it is, and what became of it.
struct ActivityFormPages {
  let say: Wording
  let token: String

  /// What can be chosen in the form.
  struct Choices: Sendable {
    let organisers: [(value: String, name: Phrase)]
    let subjects: [ActivitySubjectCard]
  }

  /// - Parameter activity: nil for a new one.
  func terms(
    _ activity: Activity?, _ choices: Choices, key: String, _ state: FormState, alerts: [HTML]
  ) -> Page {
    let title = activity == nil ? say("准备一个活动", "Prepare an activity") : say("改活动", "Change the activity")
    let fields = FormParts(state, say)
    let seen: HTML = activity.map { fields.hidden("seen", String($0.revision)) } ?? .empty
    let told: HTML =
      activity?.state == .published
      ? PageParts.notice(
        say("时间或地点改了，报了名的人会收到消息。", "Whoever signed up is told of another time or place.")) : .empty
    let form = fields.form(
      to: activity.map { "\(ActivityDeskPages.base($0.id))/change" } ?? "/activity-desk", token: token,
      idempotencyKey: key,
      "\(seen)\(what(fields, choices))\(when(fields))\(more(fields))\(fields.submit(Phrase("保存", "Save")))")
    let back = activity.map { ActivityDeskPages.base($0.id) } ?? "/activity-desk"
    return page(title, "\(told)\(form)", back: back, alerts: alerts)
  }

  private func what(_ fields: FormParts, _ choices: Choices) -> HTML {
    let kinds = Activity.Kind.allCases.map { (value: $0.rawValue, name: $0.name) }
    let subjects =
      [(value: ActivityForm.noSubject, name: Phrase("不专门讲哪一项", "Nothing in particular"))]
      + choices.subjects.map { (value: $0.subject.description, name: $0.name) }
    let about: HTML =
      choices.subjects.isEmpty
      ? .empty : fields.select("subject", Phrase("讲什么政策", "What it is about"), options: subjects)
    return """
      \(fields.select("kind", Phrase("种类", "Kind"), options: kinds))\
      \(fields.text("title", Phrase("题目", "Title"), maximumLength: 60))\(about)\
      \(fields.textArea("description", Phrase("讲清楚：做什么、谁可以来、要带什么", "What happens, who can come, what to bring")))\
      \(fields.select("organiser", Phrase("谁主办", "Organised by"), options: choices.organisers))\
      \(fields.text("partner", Phrase("和谁一起办", "Together with"), isRequired: false, maximumLength: 60))
      """
  }

  private func when(_ fields: FormParts) -> HTML {
    """
    \(fields.text("place", Phrase("地点", "Where"), hint: Phrase("写得让人找得到，如：3号楼一楼活动室", "So that people find it, such as: ground floor of Building 3"), maximumLength: 80))\
    \(fields.dateTime("starts_at", Phrase("开始", "It begins")))\(fields.dateTime("ends_at", Phrase("结束", "It ends")))\
    \(fields.dateTime("sign_up_closes_at", Phrase("报名截止", "Sign-up closes"), hint: Phrase("不填就是开始的时候。", "Left empty: when it begins."), isRequired: false))\
    \(fields.number("capacity", Phrase("名额", "Places"), hint: Phrase("不填就不限。满了自动排队。", "Left empty: as many as like. When they are taken, people wait in line."), isRequired: false))
    """
  }

  private func more(_ fields: FormParts) -> HTML {
    """
    \(fields.textArea("agenda", Phrase("议程", "Agenda"), hint: Phrase("一行一项，最多 20 项。", "One item on each line, at most 20."), isRequired: false))\
    \(fields.money("expense", Phrase("预计花费", "Expense"), isRequired: false))
    """
  }

  /// What was counted when it was over.
  func closing(_ activity: Activity, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let title = say("活动的结果", "What became of it")
    let fields = FormParts(state, say)
    let counts = ActivitySatisfaction.answers.map { fields.number($0.field, $0.name, isRequired: false) }
    let form = fields.form(
      to: "\(ActivityDeskPages.base(activity.id))/close", token: token, idempotencyKey: key,
      """
      \(fields.hidden("seen", String(activity.revision)))\
      <h2>\(say("满意度小条，各有几张", "Slips in the box, how many of each"))</h2>\(counts)\
      \(fields.textArea("leads", Phrase("要跟进的", "To be followed up"), hint: Phrase("几句话就够，加密保存，只有服务站看得到。最多 500 字。", "A few words; they are encrypted and the station alone reads them. At most 500 characters."), isRequired: false))\
      \(fields.money("expense", Phrase("实际花费", "What it cost"), isRequired: false))\
      \(fields.submit(Phrase("保存结果", "Save the counts")))
      """)
    return page(
      title, "<p>\(activity.terms.title)</p>\(form)", back: ActivityDeskPages.base(activity.id),
      alerts: alerts)
  }

  private func page(_ title: String, _ content: HTML, back: String, alerts: [HTML]) -> Page {
    Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><section class="panel">\(content)</section><p><a href="\(back)">\(say("返回", "Back"))</a></p>
        """, alerts: alerts)
  }
}
