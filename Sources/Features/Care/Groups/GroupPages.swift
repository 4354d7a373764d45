import Kernel
import People
import Web

/// The lists of groups and the forms round them.
struct GroupPages {
  let say: Wording
  let token: String
  let now: Timestamp

  /// A group as it stands in a list.
  struct Entry: Sendable {
    let open: OpenGroup
    let leaders: [String]
    let members: Int64
    let sessions: Int64
  }

  // MARK: - Lists

  func list(_ entries: [Entry], showsClosed: Bool) -> Page {
    let title = say("小组", "Groups")
    let led = entries.filter { $0.open.access.relation == .leader }
    let supervised = entries.filter { $0.open.access.relation == .supervisor }
    let other =
      showsClosed
      ? "<a href=\"/groups\">\(say("看办着的", "Groups under way"))</a>" as HTML
      : "<a href=\"/groups?closed=1\">\(say("看已结束的", "Groups that have ended"))</a>"
    let main: HTML = """
      <h1>\(title)</h1><p class="actions"><a class="button" href="/groups/new">\(say("开一个小组", "Open a group"))</a></p>\
      \(section(say("我带的", "Groups I lead"), led))\(section(say("我督导的", "Groups I supervise"), supervised))\
      \(entries.isEmpty ? PageParts.empty(say("这里还没有小组。", "There is no group here yet.")) : .empty)\
      <p>\(other)</p>
      """
    return Page(title: title, kind: .staff, main: main)
  }

  private func section(_ title: String, _ entries: [Entry]) -> HTML {
    if entries.isEmpty { return .empty }
    let rows = entries.map { entry -> [HTML] in
      let group = entry.open.group
      return [
        "<a href=\"/groups/\(group.id)\">\(group.label)</a>", HTML(text: group.terms.name),
        HTML(text: say(group.terms.type.name)), HTML(text: say(group.standing.stage.name)),
        HTML(text: "\(entry.members) / \(group.terms.maximum)"),
        HTML(text: "\(entry.sessions) / \(group.terms.sessions)"),
        HTML(text: entry.leaders.joined(separator: say("、", ", "))),
      ]
    }
    return PageParts.table(
      caption: title,
      columns: [
        TableColumn(say("编号", "Number")), TableColumn(say("名称", "Name")), TableColumn(say("种类", "Kind")),
        TableColumn(say("阶段", "Stage")), TableColumn(say("组员", "Members"), isNumeric: true),
        TableColumn(say("节数", "Meetings"), isNumeric: true), TableColumn(say("社工", "Led by")),
      ], rows: rows)
  }

  // MARK: - Forms

  func new(
    _ staff: (leaders: [GroupOption], supervisors: [GroupOption]), key: String, _ state: FormState,
    alerts: [HTML]
  ) -> Page {
    let title = say("开一个小组", "Open a group")
    let parts = FormParts(state, say)
    let form = parts.form(
      to: "/groups", token: token, idempotencyKey: key,
      """
      \(GroupDoorParts.terms(parts))\(GroupDoorParts.staff(parts, staff.leaders, staff.supervisors))\
      \(parts.submit(Phrase("开小组", "Open the group")))
      """)
    return Page(
      title: title, kind: .staff,
      main:
        "<h1>\(title)</h1><section class=\"panel\">\(form)</section><p><a href=\"/groups\">\(say("返回", "Back"))</a></p>",
      alerts: alerts)
  }

  func form(
    _ door: GroupFormDoor, _ context: GroupFormContext, _ state: FormState, key: String, alerts: [HTML]
  ) -> Page {
    let parts = FormParts(state, say)
    return form(
      door.title, context.view.group, to: "/groups/\(context.view.group.id)/\(door.path)", parts, key: key,
      alerts: alerts, door.content(parts, context, say))
  }

  /// One form of a group on a page of its own.
  func form(
    _ title: Phrase, _ group: CareGroup, to path: String, _ parts: FormParts, key: String, alerts: [HTML],
    _ content: HTML
  ) -> Page {
    let form = parts.form(to: path, token: token, idempotencyKey: key, content)
    return Page(
      title: "\(say(title)) · \(group.label)", kind: .staff,
      main: """
        <h1>\(say(title))</h1><p>\(group.label) · \(group.terms.name)</p>\
        <section class="panel">\(form)</section>\
        <p><a href="/groups/\(group.id)">\(say("返回小组", "Back to the group"))</a></p>
        """, alerts: alerts)
  }

  /// Proposes somebody who was chosen on their own page.
  func proposal(
    _ person: PersonID, _ name: String, _ group: CareGroup, key: String, alerts: [HTML]
  ) -> Page {
    let parts = FormParts(.empty, say)
    return form(
      GroupFormDoor.proposal.title, group, to: "/groups/\(group.id)/members/for/\(person)", parts, key: key,
      alerts: alerts,
      "<p class=\"lead\"><strong>\(name)</strong></p>\(parts.submit(Phrase("提名", "Propose")))")
  }

  /// The groups that somebody may be proposed for.
  func choice(_ person: PersonID, _ name: String, _ groups: [CareGroup]) -> Page {
    let title = say("请进小组：\(name)", "Propose for a group: \(name)")
    let items = groups.map { group -> HTML in
      """
      <li><a href="/groups/\(group.id)/members/for/\(person)">\(group.label) · \(group.terms.name)</a> \
      \(PageParts.tag(say(group.standing.stage.name)))</li>
      """
    }
    let list: HTML =
      items.isEmpty
      ? PageParts.empty(
        say("您带的小组现在都不收人。", "No group that you lead takes people now."),
        action: ("/groups/new", say("开一个小组", "Open a group")))
      : "<ul class=\"plain\">\(items)</ul>"
    return Page(title: title, kind: .staff, main: "<h1>\(title)</h1>\(list)")
  }
}
