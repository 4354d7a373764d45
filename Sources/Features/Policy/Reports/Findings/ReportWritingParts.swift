import Kernel
import Web

/// What stands in a report, with the forms to write it while the draft is open.
struct ReportWritingParts: Sendable {
  let say: Wording
  let token: String
  let content: ReportWorkPages.Content
  let forms: ReportDeskPages.Forms

  private var parts: ReportParts { ReportParts(say: say) }
  private var document: ReportDocument { content.shown.document }
  private var base: String { ReportParts.desk(content.report.id) }

  private func form(_ place: String, _ path: String, _ fields: FormParts, _ inside: HTML) -> HTML {
    fields.form(
      to: "\(base)/\(path)", token: token, idempotencyKey: "\(forms.key)-\(place)", inside)
  }

  /// A button that takes one thing away.
  private func removal(_ path: String, _ place: String) -> HTML {
    let fields = forms.fields(place, say)
    return form(place, path, fields, fields.submit(Phrase("去掉", "Remove")))
  }

  // MARK: - Evidence

  var evidence: HTML {
    let choosing = content.isAuthor && content.report.standing.state == .planned
    let items = document.evidence.map { piece -> HTML in
      let body: HTML =
        piece.table.map { EvidenceParts(say: say).full(piece.number, $0) }
        ?? parts.quote(piece.number, content.shown.quotes[piece.number])
      let remove =
        choosing ? removal("evidence/\(piece.number)/remove", "evidence-\(piece.number)") : .empty
      return body + remove
    }
    let none: HTML =
      items.isEmpty ? "<p>\(say("还没有选资料。", "No evidence is chosen yet."))</p>" : .empty
    let choices = choosing ? HTML.joined(content.tables.map(choice)) + quotes : .empty
    return PageParts.card(say("资料", "Evidence"), "\(none)\(items)\(choices)")
  }

  private func choice(
    _ offer: (source: EvidenceSource, choices: [EvidenceSource.Choice])
  ) -> HTML {
    if offer.choices.isEmpty { return .empty }
    let place = "source-\(offer.source.code)"
    let fields = forms.fields(place, say)
    let options = offer.choices.map { choice in
      (
        value: choice.code,
        name: Phrase(
          "\(choice.title.chinese) \(say.day(choice.madeAt))",
          "\(choice.title.english) \(say.day(choice.madeAt))")
      )
    }
    return form(
      place, "evidence", fields,
      """
      \(fields.hidden("source", offer.source.code))\
      \(fields.select("evidence", offer.source.name, options: options, hint: Phrase("照现在的样子存一份，以后不变。", "A copy as it is now is kept and never changes.")))\
      \(fields.submit(Phrase("选进来", "Take it in")))
      """)
  }

  private var quotes: HTML {
    if content.quotes.isEmpty { return .empty }
    let fields = forms.fields("quote", say)
    let options = content.quotes.map { quote in
      (
        value: quote.code,
        name: Phrase(
          "“\(quote.text.prefix(40))” \(quote.from.chinese)",
          "“\(quote.text.prefix(80))” \(quote.from.english)")
      )
    }
    return form(
      "quote", "evidence", fields,
      """
      \(fields.select("quote", Phrase("居民的话", "Residents’ words"), options: options, hint: Phrase("说的人不再同意，就不再显示。", "They disappear when whoever said them no longer agrees.")))\
      \(fields.submit(Phrase("选进来", "Take it in")))
      """)
  }

  // MARK: - Findings

  var findings: HTML {
    if document.evidence.isEmpty { return .empty }
    let items = document.findings.map { finding -> HTML in
      let edit: HTML =
        content.writes
        ? "<p><a href=\"\(base)?finding=\(finding.number)#write-finding\">\(say("改", "Change"))</a></p>\(removal("findings/\(finding.number)/remove", "finding-\(finding.number)"))"
        : .empty
      let rests = finding.evidence.sorted().map { "E\($0)" }.joined(separator: ", ")
      return """
        <li value="\(finding.number)"><p>\(PageParts.lines(finding.text))</p>\
        <p class="muted">\(say("根据", "From")) \(rests)</p>\(advice(finding.text))\(edit)</li>
        """
    }
    return PageParts.card(
      say("发现", "Findings"), "<ol>\(items)</ol>\(content.writes ? findingForm : .empty)")
  }

  /// Words that say more than figures can; it advises and refuses nothing.
  private func advice(_ text: String) -> HTML {
    let advice = FindingWords.advice(on: text)
    if advice.isEmpty { return .empty }
    let items = advice.map { "<li>“\($0.word)”：\(say($0.instead))</li>" as HTML }
    return """
      <div class="remark"><p>\(say("这些词说得太满，数字说明不了：", "These words say more than figures can show:"))</p><ul>\(items)</ul></div>
      """
  }

  private var findingForm: HTML {
    let edited = document.findings.first { $0.number == content.finding }
    let stored = edited.map { finding in
      FormState(
        Form(
          fields: [
            .init(name: "text", value: finding.text), .init(name: "number", value: "\(finding.number)"),
          ]
            + finding.evidence.sorted().map { .init(name: "evidence", value: "\($0)") }))
    }
    let fields = forms.fields("finding", say, stored ?? .empty)
    let options = document.evidence.map { piece in
      let name = piece.table?.title ?? Phrase("居民的话", "A resident’s words")
      return (
        value: "\(piece.number)",
        name: Phrase("依据 \(piece.number)：\(name.chinese)", "Evidence \(piece.number): \(name.english)")
      )
    }
    let inside: HTML = """
      \(number("finding", edited?.number))\
      \(fields.textArea("text", Phrase("发现了什么", "What was found"), hint: Phrase("写“看到有关系”，不写“证明”。不写名字。", "Say that a link was found, not that it proves something. Name nobody."), rows: 3))\
      \(fields.checkboxes("evidence", Phrase("根据哪些资料", "What it rests on"), options: options))\
      \(fields.submit(edited == nil ? Phrase("加一条发现", "Add the finding") : Phrase("改这条发现", "Change the finding")))
      """
    return "<div id=\"write-finding\">\(form("finding", "findings", fields, inside))</div>"
  }

  /// Which one is written anew: from what was sent, or from what is being changed.
  private func number(_ place: String, _ edited: Int?) -> HTML {
    let sent = forms.place == place ? forms.state.value("number") : edited.map(String.init) ?? ""
    return sent.isEmpty ? .empty : "<input type=\"hidden\" name=\"number\" value=\"\(sent)\">"
  }

  // MARK: - Recommendations

  var recommendations: HTML {
    if document.findings.isEmpty { return .empty }
    let items = document.recommendations.map { recommendation -> HTML in
      let edit: HTML =
        content.writes
        ? "<p><a href=\"\(base)?recommendation=\(recommendation.number)#write-recommendation\">\(say("改", "Change"))</a></p>\(removal("recommendations/\(recommendation.number)/remove", "recommendation-\(recommendation.number)"))"
        : .empty
      let rests = recommendation.findings.sorted().map(String.init).joined(separator: ", ")
      return """
        <li value="\(recommendation.number)"><p>\(PageParts.lines(recommendation.text))</p>\
        <p class="muted">\(say("根据发现", "From findings")) \(rests) · \(parts.aim(recommendation.aim, content.shown))</p>\(edit)</li>
        """
    }
    return PageParts.card(
      say("建议", "Recommendations"), "<ol>\(items)</ol>\(content.writes ? recommendationForm : .empty)")
  }

  private var recommendationForm: HTML {
    let edited = document.recommendations.first { $0.number == content.recommendation }
    let fields = forms.fields("recommendation", say, edited.map(stored) ?? .empty)
    let findings = document.findings.map { finding in
      (value: "\(finding.number)", name: Phrase(same: "\(finding.number). \(finding.text.prefix(40))"))
    }
    let policies = content.policies.map { (value: $0.id.description, name: $0.title) }
    let levels = PolicyLevel.allCases.map { (value: $0.rawValue, name: $0.name) }
    let known: HTML =
      policies.isEmpty
      ? .empty
      : fields.select(
        "policy", Phrase("要改哪项政策", "Which policy it is about"), options: policies, isRequired: false)
    let inside: HTML = """
      \(number("recommendation", edited?.number))\
      \(fields.textArea("text", Phrase("建议做什么", "What is recommended"), rows: 3))\
      \(fields.checkboxes("findings", Phrase("根据哪些发现", "Which findings it rests on"), options: findings))\(known)\
      \(fields.select("level", Phrase("还没有政策的话，哪一级来定", "If there is none: which level would make one"), options: levels, isRequired: false))\
      \(fields.text("department", Phrase("哪个部门来定", "Which department would make it"), isRequired: false, maximumLength: Recommendation.departmentLength.upperBound))\
      \(fields.submit(edited == nil ? Phrase("加一条建议", "Add the recommendation") : Phrase("改这条建议", "Change the recommendation")))
      """
    return
      "<div id=\"write-recommendation\">\(form("recommendation", "recommendations", fields, inside))</div>"
  }

  private func stored(_ recommendation: Recommendation) -> FormState {
    var values: [(String, String)] = [
      ("text", recommendation.text), ("number", "\(recommendation.number)"),
    ]
    values += recommendation.findings.sorted().map { ("findings", "\($0)") }
    switch recommendation.aim {
    case .policy(let id): values.append(("policy", id.description))
    case .new(let level, let department):
      values += [("level", level.rawValue), ("department", department)]
    case nil: break
    }
    return FormState(Form(fields: values.map { .init(name: $0.0, value: $0.1) }))
  }

  // MARK: - The summary

  var summary: HTML {
    let text = content.report.summary
    guard content.writes else {
      return text.isEmpty
        ? .empty : PageParts.card(say("摘要", "Summary"), "<p>\(PageParts.lines(text))</p>")
    }
    let fields = forms.fields("summary", say, FormState(["summary": text]))
    return PageParts.card(
      say("摘要", "Summary"),
      form(
        "summary", "summary", fields,
        """
        \(fields.textArea("summary", Phrase("给只看一眼的人", "For whoever reads nothing else"), rows: 4))\
        \(fields.submit(Phrase("记下摘要", "Keep the summary")))
        """))
  }
}
