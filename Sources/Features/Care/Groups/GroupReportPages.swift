import Kernel
import People
import Web

/// The page of a report: goals, figures, the members' voice, and the supervisor's word; and what of it may leave the
/// station.
struct GroupReportPages {
  let say: Wording
  let token: String
  let view: GroupView
  let key: String

  private var base: String { "/groups/\(view.group.id)" }
  private var parts: CaseParts { CaseParts(say: say) }
  private var figureParts: GroupFigureParts { GroupFigureParts(say: say) }

  func page(_ report: GroupReport, typed: FormState, saved: Bool, alerts: [HTML]) -> Page {
    let title = say("小组报告 · \(view.group.label)", "Report · \(view.group.label)")
    let done = saved ? [PageParts.notice(say("已保存。", "Saved."), .good)] : []
    let figures = view.figures(asOf: report.madeAt)
    let main: HTML = """
      <h1>\(title)</h1><p>\(view.group.terms.name) · \(view.name(report.madeBy)) · \(say.dateTime(report.madeAt)) \
      \(GroupParts(say: say).decision(report.decision))</p>\
      \(goals(report))\(figureParts.attendance(figures, names: view.name(of:)))\(figureParts.changes(figures.changes))\
      \(figureParts.practice(figures.practice))\(words(report))\(decision(report, typed))\
      <p>\(printing(report))<a href="\(base)">\(say("返回小组", "Back to the group"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: done + alerts)
  }

  private func goals(_ report: GroupReport) -> HTML {
    let written = GroupTerms.goals(view.words(view.reportedTerms[report.id]))
    let items = report.goals.enumerated().map { index, goal -> HTML in
      let name = index < written.count ? written[index] : "—"
      let words: HTML = goal.text == nil ? .empty : parts.words(view.words(goal.text))
      return "<li><strong>\(name)</strong> \(result(goal.result))\(words)</li>"
    }
    return PageParts.card(say("目标", "Goals"), "<ol class=\"story\">\(items)</ol>")
  }

  private func result(_ result: GroupReport.Result) -> HTML {
    let tone: Tone =
      switch result {
      case .reached: .good
      case .partly: .notice
      case .missed: .neutral
      }
    return PageParts.tag(say(result.name), tone)
  }

  private func words(_ report: GroupReport) -> HTML {
    let document = view.words(report.text)
    let reason = document?[.reason] ?? ""
    let early: HTML =
      reason.isEmpty
      ? .empty
      : PageParts.definitions([
        (say("为什么提前结束", "Why it ends before its last stage"), parts.paragraphs(reason))
      ])
    let words = GroupParts(say: say).words(document, [.voice, .summary, .followUp])
    return PageParts.card(say("组员的话和总结", "Members’ words and summary"), "\(early)\(words)")
  }

  private func decision(_ report: GroupReport, _ typed: FormState) -> HTML {
    let title = say("督导的意见", "The supervisor’s word")
    if let decision = report.decision {
      let words: HTML = decision.text == nil ? .empty : parts.words(view.words(decision.text))
      return PageParts.card(
        title,
        "<p>\(view.name(decision.by)) · \(say.dateTime(decision.at)) \(GroupParts(say: say).decision(decision))</p>\(words)"
      )
    }
    guard view.open.access.mayApprove else { return .empty }
    let fields = FormParts(typed, say)
    let form = fields.form(
      to: "\(base)/reports/\(report.id)/decision", token: token, idempotencyKey: "\(key)-decision",
      """
      \(fields.textArea("remark", CareDocument.Field.remark.label, hint: Phrase("退回的要写。", "Needed where it is sent back."), rows: 3, isRequired: false))\
      <p class="actions"><button class="button" type="submit" name="decision" value="approved">\(say("批准，小组结束", "Approve; the group ends"))</button> \
      <button class="button quiet" type="submit" name="decision" value="sent_back">\(say("退回修改", "Send back"))</button></p>
      """)
    return PageParts.card(title, form)
  }

  private func printing(_ report: GroupReport) -> HTML {
    guard report.decision?.isApproved == true else { return .empty }
    return
      "<a class=\"button quiet\" href=\"\(base)/reports/\(report.id)/print\">\(say("打印对外版", "Print for others"))</a> "
  }

  // MARK: - For others

  /// What may be shown outside: no names, no words of members, and no number of too few people.
  func outside(_ report: GroupReport) -> Page {
    let figures = GroupOutsideFigures(view.figures(asOf: report.madeAt))
    let group = view.group
    let title = say("小组报告", "Group report")
    let reached = GroupReport.Result.allCases.map { result in
      "\(say(result.name)) \(report.goals.count { $0.result == result })"
    }
    let span = [group.standing.startedAt, group.standing.closedAt].map { moment in
      moment.map { say.day($0, inYear: 0) } ?? "—"
    }
    let rows: [(term: String, value: HTML)] = [
      (say("种类", "Kind"), HTML(text: say(group.terms.type.name))),
      (say("时间", "From and to"), HTML(text: span.joined(separator: " – "))),
      (
        say("节数", "Meetings"),
        HTML(
          text: say(
            "\(figures.sessions)（计划 \(figures.planned)）", "\(figures.sessions) (\(figures.planned) planned)"))
      ),
      (say("组员", "Members"), HTML(text: figureParts.count(figures.members))),
      (
        say("平均每节来", "Came on the average"),
        HTML(text: figures.averageTenths.map(figureParts.tenths) ?? figureParts.leftOut)
      ),
      (say("目标", "Goals"), HTML(text: reached.joined(separator: say("，", ", ")))),
    ]
    return Page(
      title: title, kind: .print,
      main: """
        <section class="panel"><h1>\(title) · \(group.label)</h1>\(PageParts.definitions(rows))\
        \(figureParts.outsideChanges(figures.changes))\(figureParts.outsidePractice(figures))\
        <p>\(say("不写名字，也不写组员的话。不到 \(GroupOutsideFigures.least) 个人的数不写，能推算出它的数也不写。数字只说明前后有没有变化，不说明是小组带来的。", "No names and no words of members. Numbers of fewer than \(GroupOutsideFigures.least) people are left out, and so are those from which they could be computed. The figures show whether something changed, and do not show that the group was the cause."))</p></section>
        """)
  }
}
