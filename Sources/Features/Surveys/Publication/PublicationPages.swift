import Kernel
import Security
import Web

/// The station's pages where tables are composed, looked at beforehand, and published.
struct PublicationPages {
  let say: Wording
  let token: String
  let questionnaire: QuestionnaireID
  let title: String

  static func path(_ id: QuestionnaireID) -> String { "\(AnalysisPages.path(id))/tables" }

  private var parts: AnalysisParts { AnalysisParts(say: say) }
  private var base: String { Self.path(questionnaire) }

  func list(_ tables: [PublishedTable], alerts: [HTML]) -> Page {
    let heading = say("公布的表", "Published tables")
    let rows = tables.map { table -> [HTML] in
      [
        "<a href=\"\(base)/\(table.id)\">\(say(table.title))</a>", HTML(text: table.id.description),
        HTML(
          text: say(
            PublicationQuery.Audience.allCases.first { $0.least == table.least }?.name ?? Phrase(same: ""))),
        HTML(text: say.dateTime(table.releasedAt, inYear: 0)),
      ]
    }
    let list: HTML =
      rows.isEmpty
      ? PageParts.empty(say("还没有公布过。", "Nothing has been published yet."))
      : PageParts.table(
        caption: heading, isCaptionShown: false,
        columns: [
          TableColumn(say("表", "Table")), TableColumn(say("证据编号", "Evidence number")),
          TableColumn(say("给谁看", "For whom")), TableColumn(say("什么时候", "When")),
        ], rows: rows)
    let main: HTML = """
      <h1>\(heading)</h1><p class="lead">\(title)</p>\
      <p>\(say("公布了就收不回来：后面的表都要跟它对一遍，免得两张表一减就认出人。", "What was published cannot be taken back: every later table is judged beside it, so that no two of them give somebody away."))</p>\
      <p class="actions"><a class="button" href="\(base)/new">\(say("做一张表", "Compose a table"))</a></p>\(list)\
      <p><a href="\(AnalysisPages.path(questionnaire))">\(say("返回统计", "Back to the analysis"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main, alerts: alerts)
  }

  func compose(_ plan: PublicationPlan, _ state: FormState, alerts: [HTML]) -> Page {
    let heading = say("做一张表", "Compose a table")
    let fields = FormParts(state, say)
    let filters = plan.breakdowns.enumerated().flatMap { place, breakdown in
      breakdown.categories.enumerated().map { category, name in
        (
          "\(place):\(category)",
          Phrase("\(breakdown.title.chinese)：\(name.chinese)", "\(breakdown.title.english): \(name.english)")
        )
      }
    }
    let background: HTML =
      plan.breakdowns.isEmpty
      ? .empty
      : "\(fields.checkboxes("breakdown", Phrase("按什么分开（最多两样）", "By groups of (at most two)"), options: plan.breakdowns.map { ($0.name, $0.title) }))\(fields.checkboxes("filter", Phrase("只看这些人（都不选就是所有人）", "Only these people (none ticked means everybody)"), options: filters))"
    let left: HTML =
      plan.tooEntangled.isEmpty
      ? .empty
      : "<p class=\"muted\">\(say("这些题问不问，要看好几道题、看可以选几样的题，或者看背景，没法证明倒推不出来，不能公布：", "Whether these are asked hangs on several other questions, on one with several answers, or on background; nobody could prove that nothing can be computed back, so they are not published: "))\(plan.tooEntangled.map { say($0) }.joined(separator: say("、", ", ")))</p>"
    let content: HTML = """
      \(fields.select("question", Phrase("题目", "Question"), options: plan.questions.map { ($0.name, $0.title) }))\
      \(background)\
      \(fields.radios("audience", Phrase("给谁看", "For whom"), options: PublicationQuery.Audience.allCases.map { ($0.rawValue, $0.name) }))\
      \(fields.submit(Phrase("先看看会写出什么", "See first what it would show")))
      """
    let main: HTML = """
      <h1>\(heading)</h1><p class="lead">\(title)</p>\(left)\
      <section class="panel">\(fields.form(to: "\(base)/preview", token: token, content))</section>\
      <p><a href="\(base)">\(say("返回公布的表", "Back to the published tables"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main, alerts: alerts)
  }

  /// What would be published, before it is.
  func preview(
    _ result: PublicationResult, _ audience: PublicationQuery.Audience, fields: [(String, String)],
    key: String
  ) -> Page {
    let heading = say("会写出这些", "This is what it would show")
    let hidden =
      result.hidden == 0
      ? PageParts.notice(say("没有要藏起来的数。", "Nothing has to be left out."), .good)
      : PageParts.notice(
        say("有 \(result.hidden) 格不写（—）。", "\(result.hidden) cells are left out (—)."))
    let hiddenFields = fields.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" as HTML }
    let main: HTML = """
      <h1>\(heading)</h1><p class="lead">\(say(result.title)) · \(say(audience.name))</p>\(hidden)\(table(result.title, result.content))\
      <form method="post" action="\(base)" class="form"><input type="hidden" name="form_token" value="\(token)">\
      <input type="hidden" name="idempotency_key" value="\(key)">\(hiddenFields)\
      <p>\(say("公布以后收不回来。", "Once it is published it cannot be taken back."))</p>\
      <p class="actions"><button class="button" type="submit">\(say("公布这张表", "Publish this table"))</button> \
      <a class="button quiet" href="\(base)/new">\(say("改一改", "Change it"))</a></p></form>
      """
    return Page(title: heading, kind: .staff, main: main)
  }

  func one(_ table: PublishedTable, by name: String, alerts: [HTML]) -> Page {
    let heading = say(table.title)
    let facts = PageParts.definitions([
      (say("证据编号（写进报告）", "Evidence number, for reports"), "<code>\(table.id)</code>"),
      (say("问卷", "Questionnaire"), HTML(text: table.questionnaireTitle)),
      (say("公布", "Published"), HTML(text: "\(say.dateTime(table.releasedAt, inYear: 0)) · \(name)")),
      (say("封存数据的指纹", "Digest of the locked answers"), "<code>\(table.lockDigest.description)</code>"),
      (say("查询的指纹", "Digest of the query"), "<code>\(table.queryDigest.description)</code>"),
    ])
    let main: HTML = """
      <h1>\(heading)</h1>\(self.table(table.title, table.content))\(facts)\
      <p><a href="\(base)">\(say("返回公布的表", "Back to the published tables"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main, alerts: alerts)
  }

  private func table(_ title: Phrase, _ content: PublishedTable.Content) -> HTML {
    let rows = content.rows.map { row -> [HTML] in
      [HTML(text: say(row.label))]
        + zip(row.counts, row.shares).map { count, share in
          guard let count else { return parts.leftOut }
          return HTML(text: share.map { "\(count)（\(AnalysisNumber.percent($0))）" } ?? "\(count)")
        }
    }
    let bars = content.rows.compactMap { row -> AnalysisParts.Bar? in
      guard let share = row.shares.last ?? nil else { return nil }
      return AnalysisParts.Bar(name: say(row.label), length: share, told: AnalysisNumber.percent(share))
    }
    let notes = content.notes.map { "<li>\(say($0))</li>" as HTML }
    return """
      \(parts.chart(say(title), bars))\
      \(PageParts.table(caption: say(title), isCaptionShown: false, columns: [TableColumn(say("回答", "Answer"))] + content.columns.map { TableColumn(say($0), isNumeric: true) }, rows: rows))\
      <ul>\(notes)</ul><p>\(say(content.sampleNote))</p>
      """
  }
}
