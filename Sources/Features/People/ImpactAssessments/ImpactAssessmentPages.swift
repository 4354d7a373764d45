import Kernel
import Web

/// The record of impact assessments.
struct ImpactAssessmentPages {
  let say: Wording
  let token: String
  let now: Timestamp

  private static let base = "/impact-assessments"
  private var title: String { say("影响评估", "Impact assessments") }

  func list(_ assessments: [ImpactAssessment]) -> Page {
    let rows = assessments.map { assessment -> [HTML] in
      [
        "<a href=\"\(Self.base)/\(assessment.id)\">\(assessment.content.title)</a>",
        HTML(text: say(assessment.content.conclusion.name)),
        HTML(text: say.day(assessment.assessedAt, inYear: 0)),
        review(assessment),
      ]
    }
    let content: HTML =
      rows.isEmpty
      ? PageParts.empty(say("还没有写过。", "None has been written yet."))
      : PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("做什么", "What")), TableColumn(say("结论", "Conclusion")),
          TableColumn(say("评估", "Assessed")), TableColumn(say("再看", "To be reviewed")),
        ], rows: rows)
    let occasions = ImpactAssessment.occasions.map { "<li>\(say($0))</li>" as HTML }
    let main: HTML = """
      <h1>\(title)</h1>\
      <p class="lead">\(say("做下面这些事以前，先想清楚会给居民带来什么，写下来；记录一直保存。", "Before any of these, think through what it means for people, and write it down; the record is kept."))</p>\
      <ul>\(occasions)</ul>\(content)\
      <p class="actions"><a class="button" href="\(Self.base)/new">\(say("写一份", "Write one"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main)
  }

  private func review(_ assessment: ImpactAssessment) -> HTML {
    let day = say.day(assessment.content.reviewAt, inYear: 0)
    return assessment.isReviewDue(at: now) ? PageParts.tag(day, .bad) : HTML(text: day)
  }

  /// The form for a first version, or for the next one.
  func form(of id: ImpactAssessmentID?, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let parts = FormParts(state, say)
    let heading = id == nil ? say("写一份影响评估", "An impact assessment") : say("重新评估", "Assess anew")
    let fields: HTML = """
      \(parts.hidden("idempotency_key", key))\
      \(parts.text("title", Phrase("做什么事", "What it is about"), hint: Phrase("比如 送餐时看望独居老人", "Such as looking after elders who live alone when bringing meals"), maximumLength: 100))\
      \(parts.textArea("handling", Phrase("用到谁的什么信息、怎么用", "Whose data, what, and what is done with it")))\
      \(parts.textArea("necessity", Phrase("目的和做法合法、正当、必要吗？少用一点行不行？", "Is it lawful, justified and needed? Would less do?")))\
      \(parts.textArea("risks", Phrase("对居民有什么影响？会出什么岔子？", "What does it do to people? What could go wrong?")))\
      \(parts.textArea("measures", Phrase("怎么保护？够不够？", "How are they protected? Is that enough?")))\
      \(parts.radios("conclusion", Phrase("结论", "Conclusion"), options: ImpactAssessment.Conclusion.allCases.map { ($0.rawValue, $0.name) }))\
      \(parts.dateTime("review_at", Phrase("最晚什么时候再看一遍", "To be reviewed by")))\
      \(parts.submit(Phrase("写进记录", "Put it on record")))
      """
    let path = id.map { "\(Self.base)/\($0)" } ?? Self.base
    let main: HTML = """
      <h1>\(heading)</h1><section class="panel">\(parts.form(to: path, token: token, fields))</section>\
      <p><a href="\(path)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main, alerts: alerts)
  }

  /// One with its history; prints as it is.
  func assessment(_ versions: [ImpactAssessment], names: [PersonID: String]) -> Page {
    guard let newest = versions.first else { return list([]) }
    let older = versions.dropFirst().map { version -> HTML in
      "<details><summary>\(heading(version, names))</summary>\(content(version))</details>"
    }
    let main: HTML = """
      <h1>\(newest.content.title)</h1><p class="hint">\(heading(newest, names))</p>\
      <section class="card">\(content(newest))</section>\(older)\
      <p class="actions"><a class="button" href="\(Self.base)/\(newest.id)/new">\(say("重新评估", "Assess anew"))</a></p>\
      <p><a href="\(Self.base)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: newest.content.title, kind: .staff, main: main)
  }

  private func heading(_ version: ImpactAssessment, _ names: [PersonID: String]) -> String {
    say("第 \(version.version) 版", "Version \(version.version)")
      + " · \(say.day(version.assessedAt, inYear: 0)) · "
      + (names[version.assessedBy.person] ?? "—")
  }

  private func content(_ version: ImpactAssessment) -> HTML {
    let content = version.content
    return PageParts.definitions([
      (say("用到什么、怎么用", "Data and use"), PageParts.lines(content.handling)),
      (say("合法、正当、必要", "Lawful, justified, needed"), PageParts.lines(content.necessity)),
      (say("影响和风险", "Effects and risks"), PageParts.lines(content.risks)),
      (say("保护", "Protection"), PageParts.lines(content.measures)),
      (say("结论", "Conclusion"), HTML(text: say(content.conclusion.name))),
      (say("再看", "To be reviewed"), review(version)),
    ])
  }
}
