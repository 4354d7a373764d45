import Kernel
import People
import Web

/// The page of one member: how far they are on the way in or out, and what was written about them.
struct GroupMemberPages {
  let say: Wording
  let token: String
  let view: GroupView
  /// Of the forms on this page; each takes another end of it.
  let key: String
  /// Whether what the member would share may be noted here.
  var takesGifts = false

  private var base: String { "/groups/\(view.group.id)" }
  private var parts: CaseParts { CaseParts(say: say) }

  /// The forms of this page; the raw value is the last part of the path and the place of its fields.
  enum Step: String, CaseIterable {
    case screening
    case answer
    case leaving
  }

  /// - Parameter typed: what stands in one of the forms where it was sent and could not be taken.
  func page(_ member: GroupMember, typed: (step: Step, state: FormState)?, saved: Bool, alerts: [HTML])
    -> Page
  {
    let name = view.name(member.person)
    let title = "\(name) · \(view.group.label)"
    let done = saved ? [PageParts.notice(say("已保存。", "Saved."), .good)] : []
    let main: HTML = """
      <h1>\(title)</h1><p>\(GroupParts(say: say).state(member.state))</p>\
      \(steps(member, typed))\(gift(member))\(history(member))\(meetings(member))\(practice(member))\(scores(member))\
      <p><a href="\(base)">\(say("返回小组", "Back to the group"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: done + alerts)
  }

  // MARK: - What may happen next

  private func steps(_ member: GroupMember, _ typed: (step: Step, state: FormState)?) -> HTML {
    var forms: [HTML] = []
    if view.open.access.mayWrite {
      let next = member.state.next
      func state(_ step: Step) -> FormState { typed?.step == step ? typed?.state ?? .empty : .empty }
      let decisions = [GroupMemberState.accepted, .notAccepted, .referred].filter(next.contains)
      if !decisions.isEmpty { forms.append(screening(member, decisions, state(.screening))) }
      let answers = [GroupMemberState.joined, .declined].filter(next.contains)
      if !answers.isEmpty { forms.append(answer(member, answers, state(.answer))) }
      if next.contains(.left) { forms.append(leaving(member, state(.leaving))) }
    }
    if member.state == .referred {
      forms.append(
        "<p class=\"actions\"><a class=\"button\" href=\"/cases/for/\(member.person)\">\(say("为他开一个个案", "Open a case for them"))</a></p>"
      )
    }
    return forms.isEmpty ? .empty : PageParts.card(say("下一步", "Next step"), HTML.joined(forms))
  }

  /// Where a leader notes what the member showed that they can do.
  private func gift(_ member: GroupMember) -> HTML {
    guard takesGifts, view.open.access.mayWrite, member.state == .joined else { return .empty }
    return PageParts.card(
      say("愿意拿出来的本事", "A gift to share"),
      "<p class=\"actions\"><a class=\"button quiet\" href=\"\(base)/members/\(member.id)/gift\">\(say("本人愿意登一项本事", "They would share something"))</a></p>"
    )
  }

  private func form(
    _ step: Step, _ member: GroupMember, _ title: Phrase, isOpen: Bool, _ fields: FormParts, _ content: HTML
  ) -> HTML {
    let form = fields.form(
      to: "\(base)/members/\(member.id)/\(step.rawValue)", token: token,
      idempotencyKey: "\(key)-\(step.rawValue)", content)
    return "<details\(attribute: "open", if: isOpen)><summary>\(say(title))</summary>\(form)</details>"
  }

  private func screening(
    _ member: GroupMember, _ decisions: [GroupMemberState], _ state: FormState
  ) -> HTML {
    let fields = FormParts(state, say, place: Step.screening.rawValue)
    return form(
      .screening, member, Phrase("登记面谈", "Record the talk"), isOpen: member.state == .proposed, fields,
      """
      \(fields.textArea("screening", Phrase("面谈说了什么", "What was said"), hint: Phrase("期待、长处、担心、合不合适。", "Hopes, strengths, worries, whether it fits.")))\
      \(fields.radios("decision", Phrase("结果", "Outcome"), options: decisions.map { ($0.rawValue, $0.name) }))\
      \(fields.textArea("reason", CareDocument.Field.reason.label, hint: Phrase("不适合、转个案的要写。", "Needed where the group is not for them, or a case is."), rows: 2, isRequired: false))\
      \(fields.submit(Phrase("登记", "Record")))
      """)
  }

  private func answer(_ member: GroupMember, _ answers: [GroupMemberState], _ state: FormState) -> HTML {
    let fields = FormParts(state, say, place: Step.answer.rawValue)
    let methods = PlanAgreement.allCases.filter { $0 != .ownPage }
    let options = answers.map { answer -> StaffOption in
      let name = answer == .joined ? Phrase("愿意参加", "Yes, they want to") : Phrase("不参加", "No")
      return (answer.rawValue, name)
    }
    return form(
      .answer, member, Phrase("登记本人的回答", "Record the person’s answer"), isOpen: member.state == .accepted,
      fields,
      """
      \(fields.radios("answer", Phrase("本人愿意吗", "Do they want to?"), options: options))\
      \(fields.radios("said_by", Phrase("谁说的", "Who said so"), options: GroupAnswer.Speaker.allCases.map { ($0.rawValue, $0.name) }))\
      \(fields.radios("method", Phrase("怎么说的", "How they said so"), options: methods.map { ($0.rawValue, $0.name) }))\
      \(fields.textArea("remark", Phrase("本人的话", "In their words"), rows: 2, isRequired: false))\
      \(fields.submit(Phrase("登记", "Record")))
      """)
  }

  private func leaving(_ member: GroupMember, _ state: FormState) -> HTML {
    let fields = FormParts(state, say, place: Step.leaving.rawValue)
    return form(
      .leaving, member, Phrase("离开小组", "Leaves the group"), isOpen: !state.allProblems.isEmpty, fields,
      """
      \(fields.textArea("reason", CareDocument.Field.reason.label, rows: 2))\
      \(fields.submit(Phrase("登记离开", "Record it")))
      """)
  }

  // MARK: - What was written

  private func history(_ member: GroupMember) -> HTML {
    let items = member.events.map { event -> HTML in
      let words: HTML = event.text == nil ? .empty : parts.words(view.words(event.text))
      let answer =
        event.answer.map { answer in
          say(
            "（\(answer.by.name.chinese)，\(answer.method.name.chinese)）",
            " (\(answer.by.name.english); \(answer.method.name.english))")
        } ?? ""
      return
        "<li>\(say.dateTime(event.at)) · \(view.name(event.actor.person)) · \(say(event.state.name))\(answer)\(words)</li>"
    }
    return PageParts.card(say("经过", "What happened"), "<ol class=\"story\">\(items)</ol>")
  }

  private func meetings(_ member: GroupMember) -> HTML {
    let rows = view.sessions.compactMap { session -> [HTML]? in
      guard let version = session.newest,
        let entry = version.attendance.first(where: { $0.member == member.id })
      else { return nil }
      let degree = entry.participation.map { GroupAttendance.name(ofParticipation: $0) }
      return [
        "<a href=\"\(base)/sessions/\(session.id)\">\(say("第 \(session.number) 节", "Meeting \(session.number)"))</a>",
        HTML(text: say(entry.presence.name)), HTML(text: degree.map { say($0) } ?? "—"),
        GroupParts(say: say).note(entry.text, in: view),
      ]
    }
    if rows.isEmpty { return .empty }
    let title = say("每一节", "Meetings")
    return PageParts.card(
      title,
      PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("节", "Meeting")), TableColumn(say("来了吗", "Came")),
          TableColumn(say("参与", "Took part")), TableColumn(say("关于他的话", "Words")),
        ], rows: rows))
  }

  private func practice(_ member: GroupMember) -> HTML {
    let items = view.sessions.compactMap { session -> HTML? in
      guard let practice = view.practice(of: member.id, at: session.id) else { return nil }
      return
        "<li>\(say("第 \(session.number) 节：", "Meeting \(session.number): "))\(GroupParts(say: say).deeds(practice.deeds))</li>"
    }
    if items.isEmpty { return .empty }
    return PageParts.card(
      say("练习店", "Practice shop"),
      "<ul class=\"plain\">\(items)</ul><p class=\"muted\">\(GroupParts(say: say).aboutDeeds)</p>")
  }

  private func scores(_ member: GroupMember) -> HTML {
    let scores = view.scores.filter { $0.member == member.id }
    if scores.isEmpty { return .empty }
    let rows = scores.map { score -> [HTML] in
      [
        HTML(text: say(score.measure.name)), HTML(text: say(score.phase.name)),
        HTML(text: String(score.value)), HTML(text: say.day(score.at)),
      ]
    }
    let title = say("分数", "Scores")
    return PageParts.card(
      title,
      PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("量什么", "Measure")), TableColumn(say("什么时候", "When")),
          TableColumn(say("分数", "Score"), isNumeric: true), TableColumn(say("日期", "Date")),
        ], rows: rows))
  }
}
