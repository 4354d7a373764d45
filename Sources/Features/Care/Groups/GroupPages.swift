import Kernel
import People
import Web

/// The lists of groups and the forms round them.
struct GroupPages {
  let say: Wording
  let token: String

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

  func new(_ staff: StaffOptions, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let title = say("开一个小组", "Open a group")
    let parts = FormParts(state, say)
    let form = parts.form(
      to: "/groups", token: token, idempotencyKey: key,
      """
      \(GroupDoorParts.terms(parts))\(GroupDoorParts.staff(parts, staff.workers, staff.supervisors))\
      \(parts.submit(Phrase("开小组", "Open the group")))
      """)
    return FormDoorPages(say: say, token: token).page(title, back: "/groups", alerts: alerts, form)
  }

  /// Proposes somebody who was chosen on their own page.
  func proposal(
    _ person: PersonID, _ name: String, _ group: CareGroup, key: String, alerts: [HTML]
  ) -> Page {
    let parts = FormParts(.empty, say)
    return FormDoorPages(say: say, token: token).page(
      GroupForms.proposal.title, group.heading, to: "members/for/\(person)", parts, key: key,
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
