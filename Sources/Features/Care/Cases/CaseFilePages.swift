import Kernel
import People
import Web

/// The page of one case, from what is to be done next to who looked.
struct CaseFilePages {
  let say: Wording
  let token: String
  let now: Timestamp
  let view: CaseView
  /// Of the buttons on this page; each takes another end of it.
  let key: String
  /// Whether what the person would share may be noted here.
  var takesGifts = false

  private var file: CaseFile { view.file }
  private var access: CaseAccess { view.open.access }
  private var parts: CaseParts { CaseParts(say: say) }
  private var base: String { "/cases/\(file.id)" }

  func page(_ readings: [CaseReadings.Entry], names: [PersonID: String], saved: Bool, alerts: [HTML]) -> Page
  {
    let name = view.name(file.person)
    let title = "\(file.label) · \(name)"
    let done = saved ? [PageParts.notice(say("已保存。", "Saved."), .good)] : []
    let records = CaseRecordPages(say: say, token: token, now: now, view: view, key: key)
    let main: HTML = """
      <h1>\(title)</h1>\(banner)\
      \(PageParts.steps(CaseStage.allCases.map { say($0.name) }, current: file.standing.stage.position))\
      \(summary)\(nextStep)\(consent)\(tasks)\(intake)\
      \(records.assessments)\(records.plans)\(records.interventions)\(records.notes)\(records.referrals)\
      \(records.scores)\(records.closings)\(gift)\(history)\(looks(readings, names))\
      <p><a href="\(base)/rights">\(say("本人对记录的要求", "What the person asks about the record"))</a> · \
      <a href="/cases">\(say("返回个案", "Back to the cases"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: done + alerts)
  }

  /// What the reader has to know before anything else.
  private var banner: HTML {
    switch access.relation {
    case .glass:
      let until = view.glasses.first { $0.breaker.person == view.open.actor.person }?.closesAt ?? now
      return PageParts.notice(
        say(
          "您正在紧急查看这个个案，到 \(say.time(until)) 为止。每看一次都有记录，督导已经知道。",
          "You see this case in an emergency, until \(say.time(until)). Every look is noted, and the supervisor knows."
        ),
        .bad)
    case .worker, .supervisor, .duty:
      let isOver =
        !view.open.basis.isGiven && file.standing.stage != .intake && file.standing.stage != .closure
      return isOver
        ? PageParts.notice(
          say(
            "本人没有（或不再）同意服务：现在只能再问一次，或者办结案。",
            "The person has not agreed (or agrees no more): you may ask once more, or end the case."), .bad)
        : .empty
    }
  }

  private var summary: HTML {
    let standing = file.standing
    var rows: [(term: String, value: HTML)] = [
      (say("状态", "Status"), parts.status(view.status)), (say("风险", "Risk"), parts.risk(standing.risk)),
      (say("哪方面", "About"), HTML(text: say(file.field.name))),
      (say("来源", "Source"), HTML(text: say(file.source.name))),
      (say("办案社工", "Worker"), HTML(text: view.name(standing.worker))),
      (say("督导", "Supervisor"), HTML(text: view.name(standing.supervisor))),
    ]
    if let review = standing.reviewAt {
      rows.append((say("下次回顾", "Next review"), HTML(text: say.day(review))))
    }
    if let outcome = standing.outcome { rows.append((say("怎么结束", "Ended"), HTML(text: say(outcome.name)))) }
    let assign: HTML =
      access.mayAssign ? link("assignment", CaseForms.assignment.title) : .empty
    let judge: HTML = access.mayWrite ? link("judgement", CaseForms.judgement.title) : .empty
    return """
      <section class="card">\(PageParts.definitions(rows))<p class="actions">\(assign) \(judge)</p></section>
      """
  }

  // MARK: - What is next

  private var nextStep: HTML {
    guard access.mayEnd else { return .empty }
    let stage = file.standing.stage
    if stage == .closure { return reopening }
    let missing = CaseRules.missing(from: stage, view.facts)
    let list: HTML =
      missing.isEmpty
      ? .empty
      : "<p>\(say("走下一步还差：", "Before the next step:"))</p><ul>\(missing.map { "<li>\(say($0.name))</li>" as HTML })</ul>"
    let seen = ("seen", String(file.standing.events))
    var buttons: [HTML] = []
    if let next = stage.next, next != .closure, missing.isEmpty {
      buttons.append(
        PageParts.button(
          say("进入“\(next.name.chinese)”", "Go on to \(next.name.english)"), to: "\(base)/move",
          token: token,
          key: "\(key)-forward", [("move", "forward"), seen]))
    }
    if let closing = view.facts.closing, CaseRules.missingToEnd(at: stage, view.facts).isEmpty,
      closing.outcome.mayEnd(stage)
    {
      buttons.append(
        PageParts.button(
          say("结案", "Close the case"), to: "\(base)/end", token: token, key: "\(key)-end", [seen]))
    }
    let back: HTML =
      CaseRules.before(stage).map {
        stepBack(Phrase("退回“\($0.name.chinese)”", "Back to \($0.name.english)"), "back")
      } ?? .empty
    return PageParts.card(
      say("下一步", "Next step"), "\(list)<div class=\"actions\">\(buttons)</div>\(back)")
  }

  private var reopening: HTML {
    PageParts.card(
      say("下一步", "Next step"), stepBack(Phrase("重新开案", "Open it again"), "reopen"))
  }

  /// A step that asks for its reason.
  private func stepBack(_ label: Phrase, _ move: String) -> HTML {
    let fields = FormParts(.empty, say, place: move)
    let form = fields.form(
      to: "\(base)/move", token: token, idempotencyKey: "\(key)-\(move)",
      """
      \(fields.hidden("move", move))\(fields.hidden("seen", String(file.standing.events)))\
      \(fields.textArea("reason", CareDocument.Field.reason.label, rows: 2))\(fields.submit(label))
      """)
    return "<details><summary>\(say(label))</summary>\(form)</details>"
  }

  private var consent: HTML {
    let now = now
    let state: HTML
    switch view.open.basis {
    case .consented:
      let until = view.consents.first { $0.state(at: now) == .given }?.terms.expires
      state = """
        \(PageParts.tag(say("同意了", "Agreed"), .good)) \(until.map { say("到 \(say.day($0, inYear: 0))", "until \(say.day($0, inYear: 0))") } ?? "")
        """
    case .statutory(let basis):
      state = PageParts.tag(say(basis.name), .notice)
    case .none:
      let last = view.consents.first?.state(at: now)
      state = PageParts.tag(last.map { say($0.name) } ?? say("还没有问", "Not asked yet"), .bad)
    }
    let links: HTML =
      access.mayEnd && file.standing.stage != .closure
      ? """
      <p class="actions">\(link("consent", Phrase("问本人", "Ask the person"))) \(link("basis", CaseForms.basis.title))</p>
      """ : .empty
    return PageParts.card(say("本人的同意", "The person’s consent"), "<p>\(state)</p>\(links)")
  }

  private var tasks: HTML {
    if view.tasks.isEmpty { return .empty }
    let rows = view.tasks.map { task -> HTML in
      let due = say.day(task.dueAt)
      let mark: HTML =
        task.isOverdue(at: now)
        ? PageParts.tag(say("过期了", "Overdue"), .bad)
        : task.dueAt - CaseTimeline.warning <= now ? PageParts.tag(say("快到了", "Near"), .notice) : .empty
      let done: HTML =
        task.kind.isRight
        ? link("rights", Phrase("去答复", "Answer it"))
        : access.mayWrite || (access.relation == .worker && task.kind == .followUp)
          ? PageParts.button(
            say("办好了", "Done"), to: "\(base)/tasks/\(task.id)", token: token, key: "\(key)-\(task.id)",
            isQuiet: true) : .empty
      return "<li>\(say(task.kind.name)) · \(due) \(mark) \(done)</li>"
    }
    return PageParts.card(say("要办的事", "To be done"), "<ul class=\"plain\">\(rows)</ul>")
  }

  /// Where the worker notes what the person would share with neighbours.
  private var gift: HTML {
    guard takesGifts, access.mayWrite else { return .empty }
    return PageParts.card(
      say("愿意拿出来的本事", "A gift to share"),
      "<p class=\"actions\">\(link("gift", Phrase("本人愿意登一项本事", "They would share something")))</p>")
  }

  private var intake: HTML {
    PageParts.card(say("开头的话", "How it began"), parts.words(view.words(file.intake)))
  }

  // MARK: - What happened, and who looked

  private var history: HTML {
    let items = view.events.map { event -> HTML in
      let words: HTML = event.text == nil ? .empty : parts.words(view.words(event.text))
      return
        "<li>\(say.dateTime(event.at)) · \(view.name(event.actor.person)) · \(parts.told(event.what) { view.name($0) })\(words)</li>"
    }
    return PageParts.card(say("经过", "What happened"), "<ol class=\"story\">\(items)</ol>")
  }

  private func looks(_ readings: [CaseReadings.Entry], _ names: [PersonID: String]) -> HTML {
    let items = readings.map { reading -> HTML in
      let relation =
        reading.relation.map { CaseLooks.name($0) }
        ?? (reading.role == .committee ? CaseLooks.committee : Phrase(same: "—"))
      return
        "<li>\(say.dateTime(reading.at)) · \(names[reading.reader] ?? "—")（\(say(relation))）· \(say(reading.look?.name ?? Phrase(same: "—")))</li>"
    }
    return
      "<details><summary>\(say("谁看过（最近 \(readings.count) 次）", "Who looked (the last \(readings.count))"))</summary><ul class=\"plain\">\(items)</ul></details>"
  }

  private func link(_ path: String, _ title: Phrase) -> HTML {
    "<a class=\"button quiet\" href=\"\(base)/\(path)\">\(say(title))</a>"
  }
}

/// What relations are called where clients and workers read who looked.
enum CaseLooks {
  static let committee = Phrase("居委会，只看转介单", "the committee, of a referral alone")

  static func name(_ relation: CaseRelation) -> Phrase {
    switch relation {
    case .worker: Phrase("办案社工", "the case’s worker")
    case .supervisor: Phrase("督导", "the supervisor")
    case .duty: Phrase("值班督导，分派前", "a supervisor, before it was assigned")
    case .glass: Phrase("紧急查看", "in an emergency")
    }
  }
}
