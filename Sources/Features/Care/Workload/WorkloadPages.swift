import Kernel
import Web

/// Who carries how much, for supervisors; and who may approve what they wrote themselves, for the committee.
struct WorkloadPages {
  let say: Wording
  let token: String

  func page(_ workloads: [Workload], names: [PersonID: String], waiting: Int) -> Page {
    let title = say("工作量", "Workload")
    let rows = workloads.map { workload -> [HTML] in
      [
        HTML(text: names[workload.worker] ?? "—"), HTML(text: String(workload.openCases)),
        HTML(text: String(workload.weight)), HTML(text: String(workload.highRisk)),
        workload.overdue > 0
          ? PageParts.tag(String(workload.overdue), .bad) : HTML(text: "0"),
        HTML(
          text: say(
            "\(workload.minutes / 60) 小时 \(workload.minutes % 60) 分",
            "\(workload.minutes / 60) h \(workload.minutes % 60) min")),
      ]
    }
    let table =
      rows.isEmpty
      ? PageParts.empty(say("还没有分派的个案。", "No case is assigned yet."))
      : PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("社工", "Worker")), TableColumn(say("办着的个案", "Open cases"), isNumeric: true),
          TableColumn(say("分量", "Weight"), isNumeric: true),
          TableColumn(say("高风险", "High risk"), isNumeric: true),
          TableColumn(say("过期的任务", "Overdue tasks"), isNumeric: true),
          TableColumn(say("近 30 天介入", "Last 30 days")),
        ], rows: rows)
    let unassigned: HTML =
      waiting > 0
      ? "<p>\(PageParts.tag(say("\(waiting) 个个案等分派", "\(waiting) cases wait for a worker"), .notice)) <a href=\"/cases\">\(say("去分派", "Assign them"))</a></p>"
      : .empty
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1>\(unassigned)\(table)\
        <p class="hint">\(say("分量：轻的算 1，一般的算 2，密的算 4。", "Weight: a light case counts 1, a regular one 2, a close one 4."))</p>\
        <p><a href="/cases">\(say("返回个案", "Back to the cases"))</a></p>
        """)
  }

  func selfApproval(
    _ holders: [(name: String, until: Timestamp)], _ supervisors: [(value: String, name: Phrase)],
    _ state: FormState, alerts: [HTML]
  ) -> Page {
    let title = say("谁可以批准自己写的计划和结案", "Who may approve what they wrote themselves")
    let fields = FormParts(state, say)
    let list = holders.map { holder -> HTML in
      "<li>\(holder.name) · \(say("到 \(say.day(holder.until, inYear: 0))", "until \(say.day(holder.until, inYear: 0))"))</li>"
    }
    let form = fields.form(
      to: "/cases-self-approval", token: token,
      """
      \(fields.select("person", Phrase("督导", "Supervisor"), options: supervisors))\
      \(fields.number("months", Phrase("几个月（0 就是收回）", "For how many months (0 takes it back)")))\
      \(fields.submit(Phrase("登记", "Record")))
      """)
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1>\
        <p class="lead">\(say("只有一位督导的服务站才用得着：本来谁也不能批准自己写的。最多一年。", "Only a station with a single supervisor needs it; otherwise nobody approves their own papers. One year at most."))</p>\
        \(list.isEmpty ? "<p>\(say("现在谁都没有。", "Nobody has it now."))</p>" : "<ul>\(list)</ul>")<section class="panel">\(form)</section>
        """, alerts: alerts)
  }
}
