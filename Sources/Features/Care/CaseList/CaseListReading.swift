import Database
import Kernel
import People

/// Puts together what lists of cases show: never what is written in them.
struct CaseListReading: Sendable {
  let desk: CaseDesk

  func entries(
    _ open: [OpenCase], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CaseListPages.Entry] {
    let tasks = Dictionary(
      grouping: try CaseTaskStore.open(of: open.map(\.id), in: community, snapshot), by: \.caseID)
    let people = open.flatMap { [$0.file.person] + [$0.file.standing.worker].compactMap(\.self) }
    let names = try desk.directory.displayNames(of: people, in: community, snapshot)
    return try open.map { open in
      let facts = try desk.facts(of: open, in: community, snapshot)
      let plans = try CarePlanStore.plans(of: open.id, in: community, snapshot)
      let waiting = tasks[open.id] ?? []
      let status = CaseRules.status(
        of: open.file.standing, facts, planWaits: plans.first?.state == .pending,
        closingWaits: facts.closing.map { $0.decision == nil } ?? false,
        followsUp: waiting.contains { $0.kind == .followUp })
      return CaseListPages.Entry(
        open: open, person: names[open.file.person] ?? "—",
        worker: open.file.standing.worker.flatMap { names[$0] } ?? "—", status: status,
        nextTask: waiting.first)
    }
  }
}
