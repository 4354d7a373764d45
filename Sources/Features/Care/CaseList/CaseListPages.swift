import Kernel
import Web

/// The lists of cases.
struct CaseListPages {
  let say: Wording
  let now: Timestamp

  /// A case as it stands in a list.
  struct Entry: Sendable {
    let open: OpenCase
    let person: String
    let worker: String
    let status: CaseStatus
    let nextTask: CaseTask?
  }

  func list(_ entries: [Entry], showsClosed: Bool, maySupervise: Bool) -> Page {
    let title = say("个案", "Cases")
    let mine = entries.filter { $0.open.access.relation == .worker }
    let supervised = entries.filter { $0.open.access.relation == .supervisor }
    let waiting = entries.filter { $0.open.access.relation == .duty }
    let emergency = entries.filter { $0.open.access.relation == .glass }
    let other =
      showsClosed
      ? "<a href=\"/cases\">\(say("看办着的", "Open cases"))</a>" as HTML
      : "<a href=\"/cases?closed=1\">\(say("看已结案的", "Closed cases"))</a>"
    let supervising: HTML =
      maySupervise
      ? " · <a href=\"/cases/workload\">\(say("工作量", "Workload"))</a>" : .empty
    let main: HTML = """
      <h1>\(title)</h1><p class="actions"><a class="button" href="/cases/new">\(say("开一个个案", "Open a case"))</a> \
      <a class="button quiet" href="/cases/search">\(say("在个案里找", "Search my cases"))</a></p>\
      \(section(say("等分派的", "Waiting for a worker"), waiting))\(section(say("紧急查看的", "Opened in an emergency"), emergency))\
      \(section(say("我办的", "My cases"), mine))\(section(say("我督导的", "Cases I supervise"), supervised))\
      \(entries.isEmpty ? PageParts.empty(say("这里还没有个案。", "There is no case here yet.")) : .empty)\
      <p>\(other)\(supervising) · <a href="/glass">\(say("紧急查看", "Emergency look"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main)
  }

  private func section(_ title: String, _ entries: [Entry]) -> HTML {
    if entries.isEmpty { return .empty }
    let rows = entries.map { entry -> [HTML] in
      let file = entry.open.file
      let task: HTML =
        entry.nextTask.map { task in
          let due = "\(say(task.kind.name)) · \(say.day(task.dueAt))"
          return task.isOverdue(at: now)
            ? PageParts.tag(say("过期：\(due)", "Overdue: \(due)"), .bad) : HTML(text: due)
        } ?? "—"
      return [
        "<a href=\"/cases/\(file.id)\">\(file.label)</a>", HTML(text: entry.person),
        HTML(text: say(file.standing.stage.name)), CaseParts(say: say).status(entry.status),
        CaseParts(say: say).risk(file.standing.risk), HTML(text: entry.worker), task,
      ]
    }
    return PageParts.table(
      caption: title,
      columns: [
        TableColumn(say("编号", "Number")), TableColumn(say("谁", "Who")), TableColumn(say("阶段", "Stage")),
        TableColumn(say("状态", "Status")), TableColumn(say("风险", "Risk")), TableColumn(say("社工", "Worker")),
        TableColumn(say("下一件事", "Next")),
      ], rows: rows)
  }
}
