import Kernel
import People
import Web

/// The page of one meeting, and the forms that mend it, add to it, and ask the practice shop.
struct GroupSessionPages {
  let say: Wording
  let token: String
  let now: Timestamp
  let view: GroupView
  let key: String

  private var base: String { "/groups/\(view.group.id)" }
  private var parts: CaseParts { CaseParts(say: say) }

  func page(
    _ session: GroupSession, _ version: GroupSession.Version, typed: FormState, saved: Bool, alerts: [HTML]
  ) -> Page {
    let title = say(
      "第 \(session.number) 节 · \(view.group.label)", "Meeting \(session.number) · \(view.group.label)")
    let done = saved ? [PageParts.notice(say("已保存。", "Saved."), .good)] : []
    let main: HTML = """
      <h1>\(title)</h1>\(summary(session, version))\(attendance(version))\(practice(session, version))\
      \(addenda(session, typed))\
      <p><a href="\(base)">\(say("返回小组", "Back to the group"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: done + alerts)
  }

  private func summary(_ session: GroupSession, _ version: GroupSession.Version) -> HTML {
    let techniques = GroupTechnique.allCases.filter(version.techniques.contains).map { say($0.name) }
    let state: HTML =
      session.isLocked(at: now)
      ? PageParts.tag(say("已锁定", "Locked"))
      : PageParts.tag(
        say("到 \(say.dateTime(session.locksAt)) 还能改", "May be mended until \(say.dateTime(session.locksAt))"),
        .notice)
    let mend: HTML =
      view.open.access.mayWrite && session.refusalToMend(by: view.open.actor.person, at: now) == nil
      ? "<p class=\"actions\"><a class=\"button quiet\" href=\"\(base)/sessions/\(session.id)/mend\">\(say("改一改", "Mend"))</a></p>"
      : .empty
    let mended: HTML =
      session.versions.count > 1
      ? "<p class=\"muted\">\(say("改过 \(session.versions.count - 1) 次，原来的都留着。", "Mended \(session.versions.count - 1) times; what stood there before is kept."))</p>"
      : .empty
    return """
      <section class="card"><p>\(state)</p>\(PageParts.definitions([
        (say("时间", "When"), HTML(text: say.dateTime(version.heldAt))),
        (say("多长", "How long"), HTML(text: say("\(version.minutes) 分钟", "\(version.minutes) minutes"))),
        (say("阶段", "Stage"), HTML(text: say(version.stage.name))),
        (say("买菜的部分", "Of the shop"), HTML(text: say(version.commerce.name))),
        (say("技巧", "Techniques"), HTML(text: techniques.isEmpty ? "—" : techniques.joined(separator: say("、", ", ")))),
        (say("记录人", "Written by"), HTML(text: view.name(session.author))),
      ]))\(GroupParts(say: say).words(view.words(version.text), GroupSession.fields))\(mended)\(mend)</section>
      """
  }

  private func attendance(_ version: GroupSession.Version) -> HTML {
    let title = say("谁来了", "Who came")
    if version.attendance.isEmpty {
      return PageParts.card(title, "<p>\(say("没有登记。", "Nobody was noted."))</p>")
    }
    let rows = version.attendance.map { entry -> [HTML] in
      let degree = entry.participation.map { say(GroupAttendance.name(ofParticipation: $0)) }
      return [
        "<a href=\"\(base)/members/\(entry.member)\">\(view.name(of: entry.member))</a>",
        HTML(text: say(entry.presence.name)), HTML(text: degree ?? "—"),
        GroupParts(say: say).note(entry.text, in: view),
      ]
    }
    return PageParts.card(
      title,
      PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("谁", "Who")), TableColumn(say("来了吗", "Came")),
          TableColumn(say("参与", "Took part")), TableColumn(say("关于他的话", "Words")),
        ], rows: rows))
  }

  // MARK: - Practice shop

  private func practice(_ session: GroupSession, _ version: GroupSession.Version) -> HTML {
    guard version.commerce.isInPracticeShop else { return .empty }
    let title = say("练习店看到的", "What the practice shop saw")
    guard view.hasPracticeShop else {
      return PageParts.card(
        title,
        "<p>\(say("还没有练习店，所以没有可以连的。请系统管理员先建一个。", "There is no practice shop, so there is nothing to link. Please ask the operator to make one."))</p>"
      )
    }
    let rows = version.attendance.compactMap { entry -> [HTML]? in
      guard let practice = view.practice(of: entry.member, at: session.id) else { return nil }
      let deeds = practice.deeds
      return [
        HTML(text: view.name(of: entry.member)), "\(deeds.steps)", "\(deeds.trapsMet)",
        "\(deeds.trapsSeenThrough)", "\(deeds.orders)",
        HTML(text: say.span(from: practice.from, to: practice.until)),
      ]
    }
    let table: HTML =
      rows.isEmpty
      ? .empty
      : PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("谁", "Who")), TableColumn(say("做了几样", "Steps"), isNumeric: true),
          TableColumn(say("遇到骗局", "Traps met"), isNumeric: true),
          TableColumn(say("看穿", "Seen through"), isNumeric: true),
          TableColumn(say("下单", "Orders"), isNumeric: true), TableColumn(say("哪段时间", "Between")),
        ], rows: rows) + "<p class=\"muted\">\(GroupParts(say: say).aboutDeeds)</p>"
    let link: HTML =
      view.open.access.mayWrite
      ? "<p class=\"actions\"><a class=\"button quiet\" href=\"\(base)/sessions/\(session.id)/practice\">\(say("填练习码", "Enter practice codes"))</a></p>"
      : .empty
    return PageParts.card(title, "\(table)\(link)")
  }

  /// The codes that members practised with, and around which time.
  func codes(
    _ session: GroupSession, _ version: GroupSession.Version, _ state: FormState?, alerts: [HTML]
  ) -> Page {
    let prefilled = FormState([
      "from": local(version.heldAt), "until": local(version.endedAt),
    ])
    let fields = FormParts(state ?? prefilled, say)
    let codes = version.attendance.filter(\.presence.isThere).map { entry in
      fields.text(
        "code-\(entry.member)", Phrase(same: view.name(of: entry.member)), isRequired: false,
        maximumLength: 40, autocomplete: "off", inputMode: "numeric")
    }
    let content: HTML =
      view.hasPracticeShop
      ? """
      <p class="lead">\(say("先告诉组员：填了码，小组就知道他在练习店做了什么。码只有带小组的人和督导看得到。不想说的就空着。", "Tell them first: with the code the group learns what they did in the practice shop. Only those who lead or supervise see it. Leave it empty for whoever would rather not."))</p>\
      \(fields.dateTime("from", Phrase("从什么时候", "From")))\(fields.dateTime("until", Phrase("到什么时候", "Until")))\
      \(codes)\(fields.submit(Phrase("问练习店", "Ask the practice shop")))
      """
      : "<p>\(say("还没有练习店。", "There is no practice shop."))</p>"
    return FormDoorPages(say: say, token: token).page(
      Phrase("第 \(session.number) 节的练习码", "Practice codes of meeting \(session.number)"), view.group.heading,
      to: "sessions/\(session.id)/practice", fields, key: key, alerts: alerts, content)
  }

  // MARK: - Mending and adding

  func mending(
    _ session: GroupSession, _ version: GroupSession.Version, _ state: FormState?, alerts: [HTML]
  ) -> Page {
    let fields = FormParts(state ?? prefill(version), say)
    let noted = Set(version.attendance.map(\.member))
    let expected = view.everJoined.filter { $0.state == .joined || noted.contains($0.id) }
    return FormDoorPages(say: say, token: token).page(
      Phrase("改第 \(session.number) 节", "Mend meeting \(session.number)"), view.group.heading,
      to: "sessions/\(session.id)/mend", fields, key: key, alerts: alerts,
      GroupDoorParts.session(fields, view, expected, say))
  }

  private func prefill(_ version: GroupSession.Version) -> FormState {
    var fields: [Form.Field] = [
      Form.Field(name: "held_at", value: local(version.heldAt)),
      Form.Field(name: "minutes", value: String(version.minutes)),
      Form.Field(name: "commerce", value: version.commerce.rawValue),
    ]
    fields += version.techniques.map { Form.Field(name: "technique", value: $0.rawValue) }
    for (field, text) in view.words(version.text)?.written ?? [] {
      fields.append(Form.Field(name: field.rawValue, value: text))
    }
    for member in view.everJoined {
      let entry = version.attendance.first { $0.member == member.id }
      let presence = entry?.presence.rawValue ?? GroupSessionForm.notExpected
      fields.append(Form.Field(name: "presence-\(member.id)", value: presence))
      fields.append(
        Form.Field(name: "participation-\(member.id)", value: entry?.participation.map(String.init) ?? ""))
      fields.append(
        Form.Field(name: "about-\(member.id)", value: view.words(entry?.text)?[.note] ?? ""))
    }
    return FormState(Form(fields: fields))
  }

  private func addenda(_ session: GroupSession, _ typed: FormState) -> HTML {
    let items = session.addenda.map { addendum -> HTML in
      """
      <article class="remark"><p class="muted">\(view.name(addendum.writtenBy)) · \(say.dateTime(addendum.writtenAt))</p>\
      \(parts.words(view.words(addendum.text)))</article>
      """
    }
    var form: HTML = .empty
    if view.open.access.mayWrite {
      let fields = FormParts(typed, say, place: "addendum")
      form = fields.form(
        to: "\(base)/sessions/\(session.id)/addenda", token: token, idempotencyKey: "\(key)-addendum",
        """
        \(fields.textArea("note", Phrase("补充", "Add to it")))\(fields.submit(Phrase("补充上去", "Add")))
        """)
    }
    if items.isEmpty, form.isEmpty { return .empty }
    return PageParts.card(say("补充", "Addenda"), "\(items)\(form)")
  }

  /// A moment as the fields of forms hold it.
  private func local(_ moment: Timestamp) -> String { say.civil(moment).isoLocal }
}
