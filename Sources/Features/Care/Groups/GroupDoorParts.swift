import Kernel
import People
import Web

extension GroupForms {
  static let terms = GroupFormDoor(
    "terms", Phrase("改小组计划", "Change the group’s plan"), isOffered: \.mayWrite,
    prefill: { context in
      let terms = context.view.group.terms
      return FormState(
        context.view.words(terms.text) ?? CareDocument(),
        [
          "name": terms.name, "type": terms.type.rawValue, "intake": terms.isOpen ? "open" : "closed",
          "minimum": String(terms.minimum), "maximum": String(terms.maximum),
          "sessions": String(terms.sessions), "budget": terms.budget.decimal,
        ])
    },
    content: { parts, context, say in
      """
      \(parts.seen(context.open))\(GroupDoorParts.terms(parts))\(parts.submit(Phrase("保存", "Save")))
      """
    }, read: GroupForm.revision)

  static let assignment = GroupFormDoor(
    "staff", Phrase("带小组的人和督导", "Who leads and supervises"), isOffered: \.mayStaff,
    prefill: { context in
      let staff = context.view.group.standing.staff
      return FormState([
        "leader": staff.leader?.description ?? "", "second_leader": staff.secondLeader?.description ?? "",
        "supervisor": staff.supervisor.description,
      ])
    },
    content: { parts, context, _ in
      """
      \(parts.seen(context.open))\(GroupDoorParts.staff(parts, context.leaders, context.supervisors))\
      \(parts.submit(Phrase("交给他们", "Name them")))
      """
    }, read: GroupForm.assignment)

  static let proposal = GroupFormDoor(
    "members", Phrase("提名一位组员", "Propose a member"), isOffered: \.mayWrite,
    content: { parts, _, say in
      """
      <p class="lead">\(say("先提名，再面谈，本人愿意才算组员。", "Propose them, talk with them; they are a member once they say yes."))</p>\
      \(parts.text("phone", Phrase("电话", "Telephone number"), type: "tel", maximumLength: 40, inputMode: "tel"))\
      \(parts.submit(Phrase("提名", "Propose")))
      """
    }, read: GroupMemberForm.proposal)

  static let scores = GroupFormDoor(
    "scores", Phrase("打分", "Enter scores"), isOffered: \.mayScore,
    prefill: { context in
      context.view.group.standing.isClosed ? FormState(["phase": "follow_up"]) : .empty
    },
    content: { parts, context, say in
      let isOver = context.view.group.standing.isClosed
      let phases = OutcomeScore.Phase.allCases.filter { !isOver || $0 == .followUp }
      let fields = context.view.everJoined.map { member in
        parts.number(
          "score-\(member.id)", Phrase(same: context.view.name(member.person)), isRequired: false)
      }
      return """
        <p class="lead">\(say("一次填一样。没有测的人留空。", "One measure at a time. Leave empty whoever was not measured."))</p>\
        \(parts.radios("measure", Phrase("量什么", "What is measured"), options: GroupScore.measures.map { ($0.rawValue, $0.name) }))\
        \(parts.radios("phase", Phrase("什么时候的", "When"), options: phases.map { ($0.rawValue, $0.name) }))\
        \(fields)\(parts.submit(Phrase("保存", "Save")))
        """
    }, read: GroupMemberForm.scores)

  static let session = GroupFormDoor(
    "sessions", Phrase("记一节", "Record a meeting"), isOffered: \.mayWrite,
    content: { parts, context, say in
      GroupDoorParts.session(parts, context.view, context.view.expected(at: context.now), say)
    }, read: GroupSessionForm.record)

  static let report = GroupFormDoor(
    "report", Phrase("写小组报告", "Write the group’s report"), isOffered: \.mayWrite,
    prefill: { context in
      FormState(context.view.words(context.view.reports.first?.text) ?? CareDocument())
    },
    content: { parts, context, say in GroupDoorParts.report(parts, context, say) },
    read: GroupReportForm.report)
}

/// The fields of the forms of a group.
enum GroupDoorParts {
  static func terms(_ parts: FormParts) -> HTML {
    """
    \(parts.text("name", Phrase("小组叫什么", "What the group is called"), hint: Phrase("组员看得到；不要写病名或人名。", "Members see it; no illness and nobody’s name, please."), maximumLength: 40))\
    \(parts.select("type", Phrase("哪一种", "Kind"), options: GroupType.allCases.map { ($0.rawValue, $0.name) }))\
    \(parts.textArea("theory", CareDocument.Field.theory.label, rows: 2, isRequired: false))\
    \(parts.textArea("goals", CareDocument.Field.goals.label, hint: Phrase("一行写一个，最多 \(GroupTerms.mostGoals) 个。结束时一个一个地看。", "One on each line, at most \(GroupTerms.mostGoals). Each is looked back on at the end.")))\
    \(parts.radios("intake", Phrase("收不收人", "Who may join when"), options: GroupForm.intakes))\
    \(parts.number("minimum", Phrase("最少几位组员", "Members at least")))\
    \(parts.number("maximum", Phrase("最多几位组员", "Members at most")))\
    \(parts.number("sessions", Phrase("打算办几节", "Meetings planned")))\
    \(parts.money("budget", Phrase("预算", "Budget"), isRequired: false))\
    \(parts.text("place", CareDocument.Field.place.label, isRequired: false, maximumLength: 200))
    """
  }

  static func staff(_ parts: FormParts, _ leaders: [StaffOption], _ supervisors: [StaffOption]) -> HTML {
    """
    \(parts.select("leader", Phrase("带小组的社工", "Social worker who leads it"), options: leaders))\
    \(parts.select("second_leader", Phrase("一起带的社工", "Social worker who leads it too"), options: [("", Phrase("没有", "Nobody"))] + leaders, isRequired: false))\
    \(parts.select("supervisor", Phrase("督导", "Supervisor"), options: supervisors))
    """
  }

  /// - Parameter expected: those for whom it has to be said how they were there.
  static func session(
    _ parts: FormParts, _ view: GroupView, _ expected: [GroupMember], _ say: Wording
  ) -> HTML {
    let people = expected.map { attendance(parts, $0.id, view.name($0.person)) }
    return """
      <p class="lead">\(say("写好以后三天内自己可以改，以后只能补充。", "You may mend it for three days; after that you can only add to it."))</p>\
      \(parts.dateTime("held_at", Phrase("什么时候开的", "When it was held")))\
      \(parts.number("minutes", Phrase("多少分钟", "How long"), suffix: Phrase("分钟", "minutes")))\
      \(parts.textArea("session_plan", CareDocument.Field.sessionPlan.label, rows: 3, isRequired: false))\
      \(parts.textArea("process", CareDocument.Field.process.label, hint: Phrase("写小组，不写哪一位；哪一位怎样，写在下面他的名字里。", "About the group; what is about one member goes under their name below."), rows: 8))\
      \(parts.checkboxes("technique", Phrase("用到的技巧", "Techniques"), options: GroupTechnique.allCases.map { ($0.rawValue, $0.name) }))\
      \(parts.textArea("techniques", Phrase("技巧，用自己的话", "Techniques in words"), rows: 2, isRequired: false))\
      \(parts.radios("commerce", Phrase("和买菜有关的部分", "What of the shop was in it"), options: GroupCommerce.allCases.map { ($0.rawValue, $0.name) }))\
      \(HTML.joined(people))\
      \(parts.textArea("next", CareDocument.Field.next.label, rows: 2, isRequired: false))\
      \(parts.submit(Phrase("保存记录", "Save the record")))
      """
  }

  private static func attendance(_ parts: FormParts, _ member: GroupMemberID, _ name: String) -> HTML {
    let presences: [StaffOption] =
      GroupPresence.allCases.map { ($0.rawValue, $0.name) }
      + [(GroupSessionForm.notExpected, Phrase("那时不是组员", "Was no member then"))]
    let degrees = GroupAttendance.participationRange.map { degree -> StaffOption in
      let name = GroupAttendance.name(ofParticipation: degree)
      return (String(degree), Phrase("\(degree) \(name.chinese)", "\(degree) \(name.english)"))
    }
    return """
      <fieldset class="field"><legend>\(name)</legend>\
      \(parts.select("presence-\(member)", Phrase("\(name)：来了吗", "\(name): came?"), options: presences))\
      \(parts.select("participation-\(member)", Phrase("\(name)：参与", "\(name): taking part"), options: degrees, isRequired: false))\
      \(parts.text("about-\(member)", Phrase("\(name)：只关于他的话", "\(name): words about them alone"), isRequired: false, maximumLength: 2000))\
      </fieldset>
      """
  }

  static func report(_ parts: FormParts, _ context: GroupFormContext, _ say: Wording) -> HTML {
    let terms = context.view.group.terms
    let written = GroupTerms.goals(context.view.words(terms.text))
    let goals = (0..<Int(terms.goals)).map { index -> HTML in
      let goal = index < written.count ? written[index] : "—"
      return """
        \(parts.radios("goal-\(index + 1)", Phrase("目标 \(index + 1)：\(goal)", "Goal \(index + 1): \(goal)"), options: GroupReport.Result.allCases.map { ($0.rawValue, $0.name) }))\
        \(parts.textArea("goal-words-\(index + 1)", Phrase("目标 \(index + 1) 做得怎样", "How goal \(index + 1) went"), rows: 2, isRequired: false))
        """
    }
    let isEarly = context.view.group.standing.stage != .ending
    let early: HTML =
      isEarly
      ? parts.textArea("reason", Phrase("为什么还没到结束期就结束", "Why it ends before its last stage"), rows: 2)
      : .empty
    return """
      <p class="lead">\(say("出席和前后分数会自己放进去。督导批准以后，小组就结束了。", "Attendance and scores go in by themselves. The group ends when the supervisor approves."))</p>\
      \(parts.hidden("version", String(terms.version)))\(parts.hidden("goals", String(terms.goals)))\
      \(early)\(HTML.joined(goals))\
      \(parts.textArea("voice", CareDocument.Field.voice.label, hint: Phrase("用组员的原话，不写是谁说的。", "In their own words, without saying whose."), rows: 4))\
      \(parts.textArea("summary", CareDocument.Field.summary.label))\
      \(parts.textArea("follow_up", CareDocument.Field.followUp.label, rows: 2, isRequired: false))\
      \(parts.submit(Phrase("交给督导", "Give it to the supervisor")))
      """
  }
}
