import Kernel
import Web

/// What is to be done next with a report, for whoever may do it.
struct ReportStepParts: Sendable {
  let say: Wording
  let token: String
  let now: Timestamp
  let content: ReportWorkPages.Content
  let forms: ReportDeskPages.Forms

  private var parts: ReportParts { ReportParts(say: say) }
  private var document: ReportDocument { content.shown.document }
  private var report: Report { content.report }
  private var base: String { ReportParts.desk(report.id) }

  var next: HTML {
    let steps: HTML =
      switch report.standing.state {
      case .planned:
        author(
          step(.lock), say("资料选好以后锁定，算出指纹。", "Once the evidence is chosen it is locked, and its digest kept.")
        )
      case .evidence: author(step(.findings), say("发现写好了就走下一步。", "Go on once the findings are written."))
      case .findings:
        author(step(.recommendations), say("建议写好了就走下一步。", "Go on once the recommendations are written."))
      case .recommendations: author(complete, say("写好以后念给居民听。", "Once it is complete, residents hear it."))
      case .complete:
        author(check, say("请居民听一听，看说得对不对。", "Have residents hear it and say whether it is right."))
      case .checked: approval
      case .approved: sending(isFirst: true)
      case .sent: HTML.joined([extending, reply, askedTime, publishing, sending(isFirst: false)])
      case .replied: HTML.joined([publishing, result, sending(isFirst: false)])
      case .changed: HTML.joined([publishing, telling, result])
      case .told: progress
      case .dropped: .empty
      }
    return steps.isEmpty ? .empty : PageParts.card(say("下一步", "What is next"), steps)
  }

  // MARK: - Forms

  private func form(
    _ place: String, _ path: String, _ inside: (FormParts) -> HTML, stored: FormState = .empty
  ) -> HTML {
    let fields = forms.fields(place, say, stored)
    return fields.form(
      to: "\(base)/\(path)", token: token, idempotencyKey: "\(forms.key)-\(place)",
      "\(fields.hidden("seen", "\(report.standing.events)"))\(inside(fields))")
  }

  private func author(_ form: HTML, _ hint: String) -> HTML {
    content.isAuthor
      ? "<p>\(hint)</p>\(form)" : "<p>\(say("等写报告的人。", "This is for the authors."))</p>"
  }

  private func step(_ step: ReportStep) -> HTML {
    form(step.rawValue, "step", { "\($0.hidden("step", step.rawValue))\($0.submit(step.name))" })
  }

  private var complete: HTML {
    form(
      "complete", "step",
      { fields in
        """
        \(fields.hidden("step", ReportStep.complete.rawValue))\
        \(fields.checkbox("committee", Phrase("也请居委会看草稿", "Have the committee read the draft, too")))\
        \(fields.submit(ReportStep.complete.name))
        """
      })
  }

  private var check: HTML {
    form(
      "check", "check",
      { fields in
        """
        \(fields.select("way", Phrase("怎么听的", "How"), options: ReportCheck.Way.allCases.map { ($0.rawValue, $0.name) }))\
        \(fields.date("day", Phrase("哪天", "When")))\(fields.number("heard", Phrase("几个人听了", "How many heard it")))\
        \(fields.textArea("comments", Phrase("他们说了什么", "What they said"), hint: Phrase("会印在报告里，不写名字。", "Printed in the report; name nobody."), rows: 4))\
        \(fields.radios("outcome", Phrase("结果", "Outcome"), options: ReportCheck.Outcome.allCases.map { ($0.rawValue, $0.name) }))\
        \(fields.submit(Phrase("记下来", "Note it")))
        """
      })
  }

  private var approval: HTML {
    if content.isSupervisor {
      return step(.approve) + reason("back", Phrase("退回去改", "Send it back"))
    }
    return content.isAuthor
      ? "<p>\(say("等督导同意。也可以再念给居民听一次。", "It waits for the supervisor. Residents may hear it once more."))</p>\(check)"
      : .empty
  }

  private func reason(_ path: String, _ label: Phrase) -> HTML {
    form(
      path, path,
      { fields in
        "\(fields.textArea("reason", Phrase("理由", "The reason"), rows: 2))\(fields.submit(label))"
      })
  }

  // MARK: - Out of the house

  private func sending(isFirst: Bool) -> HTML {
    let last = document.sendings.last
    let stored = FormState([
      "department": last?.department ?? "", "contact": last?.contact ?? "",
      "channel": last?.channel.rawValue ?? "", "our_number": last?.ourNumber ?? report.number.description,
      "their_reference": last?.theirReference ?? "",
    ])
    let fieldsHTML = form(
      "send", "send",
      { fields in
        """
        \(fields.text("department", Phrase("哪个部门", "Department"), maximumLength: 60))\
        \(fields.text("contact", Phrase("科室、地址或电话", "Office, address or telephone"), hint: Phrase("写科室，不写私人电话。", "An office, no private number."), maximumLength: 120))\
        \(fields.select("channel", Phrase("怎么送", "How"), options: ReportSending.Channel.allCases.map { ($0.rawValue, $0.name) }))\
        \(fields.text("our_number", Phrase("我们的文号", "Our number"), maximumLength: 60))\
        \(fields.text("their_reference", Phrase("对方的编号", "Their reference"), isRequired: false, maximumLength: 60))\
        \(fields.date("due", Phrase("请在哪天以前答复", "Reply due by")))\
        \(fields.submit(isFirst ? Phrase("送出去", "Send it") : Phrase("再送一次", "Send it again")))
        """
      }, stored: stored)
    return isFirst
      ? fieldsHTML
      : "<details><summary>\(say("再送一次，或者送别的部门", "Send it again, or to another department"))</summary>\(fieldsHTML)</details>"
  }

  private var extending: HTML {
    guard let until = report.standing.askedUntil else { return .empty }
    let ask = say(
      "部门想延到 \(parts.lastDay(until))。", "The department asks for time until \(parts.lastDay(until)).")
    let day = say.civil(until - .seconds(1)).isoDate
    return
      "<p>\(ask)</p>\(form("extend", "extend", { "\($0.date("due", Phrase("答应延到", "More time until")))\($0.submit(Phrase("答应", "Agree")))" }, stored: FormState(["due": day])))"
  }

  private var askedTime: HTML {
    let inside = form(
      "time", "time",
      { fields in
        """
        \(fields.date("due", Phrase("想延到哪天", "Until when they ask")))\
        \(fields.textArea("reason", Phrase("理由", "The reason"), rows: 2))\
        \(fields.submit(Phrase("记下对方请求延期", "Note that they asked for time")))
        """
      })
    return
      "<details><summary>\(say("对方请求延期", "They asked for more time"))</summary>\(inside)</details>"
  }

  private var reply: HTML {
    let outcomes =
      report.standing.isOverdue(at: now) ? ReportOutcome.allCases : ReportOutcome.said
    return form(
      "reply", "reply",
      { fields in
        ReplyFormParts(say: say, fields: fields).all(
          document, outcomes: outcomes, asksDay: true, label: Phrase("记下答复", "Note the reply"))
      })
  }

  private var publishing: HTML {
    report.standing.hasUnpublishedReply ? step(.publish) : .empty
  }

  /// What came of it: begin a version of a policy, and note what was published or why nothing was.
  private var result: HTML {
    let asked = document.policies
    let options =
      content.policies.filter { asked.contains($0.id) } + content.policies.filter { !asked.contains($0.id) }
    let choices = options.map { (value: $0.id.description, name: $0.title) }
    let version: HTML =
      choices.isEmpty
      ? .empty
      : form(
        "version", "version",
        { fields in
          """
          \(fields.select("policy", Phrase("改哪项政策", "Which policy changes"), options: choices, hint: Phrase("会开一版草稿，写明是因为这份报告。发布以后再回来记。", "A draft of its next version begins and names this report. Come back once it is published.")))\
          \(fields.submit(Phrase("写新的一版", "Write the next version")))
          """
        })
    let note = form(
      "result", "result",
      { fields in
        """
        \(choices.isEmpty ? .empty : fields.select("policy", Phrase("发布了哪项政策的新版", "Which policy has a new version"), options: choices, hint: Phrase("什么都没改就不选。", "Choose none where nothing changed."), isRequired: false))\
        \(fields.textArea("text", Phrase("改了什么；没改，写为什么", "What changed; or why nothing did"), rows: 3))\
        \(fields.submit(Phrase("记下结果", "Note the outcome")))
        """
      })
    return version + note
  }

  private var telling: HTML {
    form(
      "tell", "tell",
      { fields in
        """
        \(fields.textArea("text", Phrase("告诉居民的话", "What residents are told"), hint: Phrase("短一点，公开的。关注的和参加过的每人收到一次。", "Keep it short; it is published. Whoever follows it or took part is told once."), rows: 3))\
        \(fields.submit(Phrase("告诉居民", "Tell residents")))
        """
      })
  }

  private var progress: HTML {
    guard let telling = document.telling else { return .empty }
    let count =
      switch ShownCount(telling.told) {
      case .exactly(let number): say.count(number, "人", "person", many: "people")
      case .few: say("几个人", "a few people")
      }
    return telling.finishedAt == nil
      ? "<p>\(say("正在告诉居民，已经 \(count)。", "Residents are being told, \(count) so far."))</p>"
      : "<p>\(say("告诉了 \(count)。", "Told: \(count)."))</p>"
  }

  // MARK: - Back, and giving up

  var ending: HTML {
    let state = report.standing.state
    if state.isOut || state == .dropped { return .empty }
    let reopening =
      content.isAuthor && state.isDraft && state != .planned
      ? "<details><summary>\(say("要换资料", "Other evidence is needed"))</summary>\(reason("reopen", Phrase("重新选资料", "Open the evidence again")))</details>"
        as HTML : .empty
    return
      "\(reopening)<details><summary>\(say("不做了", "Give it up"))</summary>\(reason("drop", Phrase("不做了，公开理由", "Give it up and publish why")))</details>"
  }
}

/// The steps that need no more than a button.
enum ReportStep: String, Sendable, CaseIterable {
  case lock
  case findings
  case recommendations
  case complete
  case approve
  case publish

  var name: Phrase {
    switch self {
    case .lock: Phrase("锁定资料", "Lock the evidence")
    case .findings: Phrase("发现写好了", "The findings are written")
    case .recommendations: Phrase("建议写好了", "The recommendations are written")
    case .complete: Phrase("草稿写好了", "The draft is complete")
    case .approve: Phrase("同意", "Approve it")
    case .publish: Phrase("公开答复", "Publish the reply")
    }
  }
}

/// The form for a reply, at the station and at the government desk alike.
struct ReplyFormParts: Sendable {
  let say: Wording
  let fields: FormParts

  /// - Parameter asksDay: whether it came on a day before; what is written here is of today.
  func all(
    _ document: ReportDocument, outcomes: [ReportOutcome], asksDay: Bool, label: Phrase
  ) -> HTML {
    let options = outcomes.map { ($0.rawValue, $0.name) }
    let answers = document.recommendations.map { recommendation -> HTML in
      let number = recommendation.number
      return """
        <h3>\(say("建议 \(number)", "Recommendation \(number)"))</h3><p>\(PageParts.lines(recommendation.text))</p>\
        \(fields.radios("outcome_\(number)", Phrase("对建议 \(number)", "To recommendation \(number)"), options: ReportOutcome.said.map { ($0.rawValue, $0.name) }))\
        \(fields.textArea("answer_\(number)", Phrase("怎么办、什么时候", "What is done, and when"), rows: 2))
        """
    }
    let day = asksDay ? fields.date("day", Phrase("哪天答复的", "When it came")) : .empty
    return """
      \(answers)\(fields.radios("outcome", Phrase("总的答复", "On the whole"), options: options))\
      \(fields.textArea("reply", Phrase("答复全文", "The reply"), rows: 5))\
      \(fields.text("by", Phrase("哪个科室答复的", "Which office replies"), hint: Phrase("写科室，不写个人。", "An office, no person."), maximumLength: ReportReply.byLength.upperBound))\
      \(fields.text("reference", Phrase("来文的号", "Number of the letter"), isRequired: false, maximumLength: ReportSending.numberLength.upperBound))\
      \(day)\(fields.submit(label))
      """
  }
}
