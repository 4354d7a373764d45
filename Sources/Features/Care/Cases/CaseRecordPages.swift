import Kernel
import People
import Web

/// What is written in a case: the cards of its page, each capability one.
struct CaseRecordPages {
  let say: Wording
  let token: String
  let now: Timestamp
  let view: CaseView
  let key: String

  private var access: CaseAccess { view.open.access }
  private var parts: CaseParts { CaseParts(say: say) }
  private var base: String { "/cases/\(view.file.id)" }

  var assessments: HTML {
    let title = say("预估", "Assessment")
    let write: HTML =
      access.mayWrite && view.file.standing.stage >= .assessment ? link(CaseForms.assessment) : .empty
    guard let newest = view.assessments.first else { return write.isEmpty ? .empty : card(title, write) }
    let earlier = view.assessments.dropFirst().map { assessment -> HTML in
      "<details><summary>\(by(assessment.madeBy, assessment.madeAt))</summary>\(parts.words(view.words(assessment.text)))</details>"
    }
    return card(
      title,
      """
      <p>\(by(newest.madeBy, newest.madeAt)) · \(parts.risk(newest.risk))</p>\(parts.words(view.words(newest.text)))\
      \(earlier)\(write)
      """)
  }

  var plans: HTML {
    let title = say("计划", "Plan")
    let write: HTML =
      access.mayWrite && view.file.standing.stage >= .planning ? link(CaseForms.plan) : .empty
    guard let newest = view.plans.first else { return write.isEmpty ? .empty : card(title, write) }
    let earlier = view.plans.dropFirst().map { plan -> HTML in
      "<details><summary>\(say("第 \(plan.version) 版", "Version \(plan.version)")) · \(say(plan.state.name))</summary>\(parts.words(view.words(plan.text)))\(events(of: plan))</details>"
    }
    return card(
      title,
      """
      <p>\(say("第 \(newest.version) 版", "Version \(newest.version)")) · \(PageParts.tag(say(newest.state.name))) \(agreement(newest))</p>\
      \(parts.words(view.words(newest.text)))<p>\(say("回顾：\(say.day(newest.reviewAt))", "Looked over on \(say.day(newest.reviewAt))"))</p>\
      \(events(of: newest))\(PlanStepParts(say: say, token: token, base: base, key: key).steps(newest, access))\(earlier)\(write)
      """)
  }

  private func agreement(_ plan: CarePlan) -> HTML {
    switch plan.clientAgreed {
    case true: PageParts.tag(say("本人同意了", "The person agreed"), .good)
    case false: PageParts.tag(say("本人不同意", "The person did not agree"), .bad)
    case nil: PageParts.tag(say("还没有问本人", "The person was not asked yet"))
    }
  }

  private func events(of plan: CarePlan) -> HTML {
    let items = plan.events.map { event -> HTML in
      let words: HTML = event.text == nil ? .empty : parts.words(view.words(event.text))
      let method = event.method.map { say("（\($0.name.chinese)）", " (\($0.name.english))") } ?? ""
      return
        "<li>\(say.dateTime(event.at)) · \(view.name(event.actor.person)) · \(say(event.kind.name))\(method)\(words)</li>"
    }
    return items.isEmpty ? .empty : "<ol class=\"story\">\(items)</ol>"
  }

  var interventions: HTML {
    let write: HTML = access.mayWrite ? link(CaseForms.intervention) : .empty
    if view.interventions.isEmpty { return write.isEmpty ? .empty : card(say("介入", "What was done"), write) }
    let items = view.interventions.map { intervention -> HTML in
      """
      <details><summary>\(say.dateTime(intervention.doneAt)) · \(say(intervention.kind.name)) · \(say("\(intervention.minutes) 分钟", "\(intervention.minutes) minutes"))</summary>\
      \(parts.words(view.words(intervention.text)))</details>
      """
    }
    return card(say("介入", "What was done"), "\(items)\(write)")
  }

  var notes: HTML {
    let write: HTML =
      access.mayWrite || access.relation == .supervisor ? link(CaseForms.note) : .empty
    let hidden: HTML =
      view.hiddenNotes > 0
      ? "<p class=\"muted\">\(say("还有 \(view.hiddenNotes) 条不对您开放。", "\(view.hiddenNotes) more are not open to you."))</p>"
      : .empty
    if view.notes.isEmpty, hidden.isEmpty, write.isEmpty { return .empty }
    return card(say("记录", "Notes"), "\(view.notes.map(note))\(hidden)\(write)")
  }

  private func note(_ note: CaseNote) -> HTML {
    let isOwn = note.author == view.open.actor.person && !note.isLocked(at: now)
    let state: HTML =
      note.isLocked(at: now) ? PageParts.tag(say("已锁定", "Locked")) : .empty
    let addendum: HTML =
      note.addsTo.flatMap { id in view.notes.first { $0.id == id } }
      .map {
        "<p class=\"muted\">\(say("补充 \(say.dateTime($0.writtenAt)) 的记录", "Adds to the note of \(say.dateTime($0.writtenAt))"))</p>"
      }
      ?? .empty
    let text = note.versions.last.flatMap { view.words($0.text) }
    let mended: HTML =
      note.versions.count > 1
      ? "<p class=\"muted\">\(say("改过 \(note.versions.count - 1) 次", "Mended \(note.versions.count - 1) times"))</p>"
      : .empty
    let mend: HTML = isOwn ? mending(note, text) : .empty
    return """
      <article class="remark"><p><strong>\(say(note.kind.name))</strong> · \(by(note.author, note.writtenAt)) \
      \(PageParts.tag(say(note.sensitivity.name))) \(state)</p>\(addendum)\(parts.words(text))\(mended)\(mend)</article>
      """
  }

  private func mending(_ note: CaseNote, _ text: CareDocument?) -> HTML {
    guard let text else { return .empty }
    let fields = FormParts(FormState(text), say, place: note.id.description)
    let form = fields.form(
      to: "\(base)/note", token: token, idempotencyKey: "\(key)-\(note.id)",
      """
      \(fields.hidden("mends", note.id.description))\(fields.hidden("kind", note.kind.rawValue))\
      \(fields.hidden("sensitivity", String(note.sensitivity.rawValue)))\
      \(fields.textArea("note", CareDocument.Field.note.label))\(fields.submit(Phrase("改好了", "Mend it")))
      """)
    return "<details><summary>\(say("改一改", "Mend"))</summary>\(form)</details>"
  }

  var referrals: HTML {
    let write: HTML = access.mayWrite ? link(CaseForms.referral) : .empty
    if view.referrals.isEmpty { return write.isEmpty ? .empty : card(say("转介", "Referrals"), write) }
    let items = view.referrals.map { referral -> HTML in
      """
      <li><a href="\(base)/referrals/\(referral.id)">\(say(referral.destination.name)) · \(say.day(referral.madeAt))</a> \
      \(PageParts.tag(say(referral.state.name), referral.state.isOpen ? .notice : .neutral))</li>
      """
    }
    return card(say("转介", "Referrals"), "<ul class=\"plain\">\(items)</ul>\(write)")
  }

  var scores: HTML {
    let write: HTML = access.mayWrite || access.relation == .worker ? link(CaseForms.score) : .empty
    if view.scores.isEmpty { return write.isEmpty ? .empty : card(say("打分", "Scores"), write) }
    let rows = view.scores.map { score -> [HTML] in
      [
        HTML(text: say(score.measure.name)), HTML(text: say(score.phase.name)),
        HTML(text: say(score.by.name)), HTML(text: String(score.value)), HTML(text: say.day(score.at)),
      ]
    }
    let table = PageParts.table(
      caption: say("打分", "Scores"), isCaptionShown: false,
      columns: [
        TableColumn(say("量什么", "Measure")), TableColumn(say("什么时候", "When")),
        TableColumn(say("谁打的", "By")), TableColumn(say("分数", "Score"), isNumeric: true),
        TableColumn(say("日期", "Date")),
      ], rows: rows)
    return card(say("打分", "Scores"), "\(table)\(write)")
  }

  var closings: HTML {
    let write: HTML =
      access.mayEnd && access.relation == .worker && view.file.standing.stage != .closure
      ? link(CaseForms.closing) : .empty
    if view.closings.isEmpty {
      return write.isEmpty ? .empty : card(say("评估和结案", "Look back and closure"), write)
    }
    let items = view.closings.map { closing -> HTML in
      let decision: HTML =
        closing.decision.map { decision in
          PageParts.tag(
            decision.isApproved ? say("督导批准", "Approved") : say("督导退回", "Sent back"),
            decision.isApproved ? .good : .bad)
            + (decision.text == nil ? .empty : parts.words(view.words(decision.text)))
        } ?? PageParts.tag(say("等督导", "With the supervisor"), .notice)
      let decide: HTML =
        access.mayApprove && closing.decision == nil
        ? PlanStepParts(say: say, token: token, base: base, key: key).decision(
          to: "\(base)/closings/\(closing.id)/decision", id: closing.id.description) : .empty
      return """
        <article class="remark"><p><strong>\(say(closing.outcome.name))</strong> · \(by(closing.madeBy, closing.madeAt)) \(decision)</p>\
        \(parts.words(view.words(closing.text)))\(decide)</article>
        """
    }
    return card(say("评估和结案", "Look back and closure"), "\(items)\(write)")
  }

  // MARK: - Parts

  private func by(_ person: PersonID, _ moment: Timestamp) -> String {
    let name = view.names[person].map { "\($0) · " } ?? ""
    return "\(name)\(say.dateTime(moment))"
  }

  private func card(_ title: String, _ content: HTML) -> HTML { PageParts.card(title, content) }

  private func link(_ door: CaseFormDoor) -> HTML {
    "<p class=\"actions\"><a class=\"button quiet\" href=\"\(base)/\(door.path)\">\(say(door.title))</a></p>"
  }
}
