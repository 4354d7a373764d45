import Database
import Kernel
import People

/// Who may be named to work a matter and to supervise it.
struct StaffCheck: Sendable {
  let directory: Directory

  /// - Parameters:
  ///   - client: whoever neither works nor supervises it, for it is about them.
  ///   - alone: what is said where both are one person who may not approve what they wrote themselves.
  /// - Throws: `assignment.not_a_worker`, `assignment.not_a_supervisor`, `case.own`, `alone`.
  func check(
    worker: PersonID, supervisor: PersonID, client: PersonID? = nil, alone: Problem,
    in transaction: Transaction
  ) throws {
    let community = transaction.community
    let supervisors = try directory.persons(holding: .supervisor, in: community, transaction)
    let workers = try directory.persons(holding: .socialWorker, in: community, transaction)
    guard workers.contains(worker) || supervisors.contains(worker) else { throw Problem.assignmentNotWorker }
    guard supervisors.contains(supervisor) else { throw Problem.assignmentNotSupervisor }
    if worker == client || supervisor == client { throw Problem.caseOwn }
    let mayBoth = try SelfApprovalStore.holds(worker, in: community, transaction)
    if worker == supervisor, !mayBoth { throw alone }
  }
}
