import Database
import Kernel
import People

/// Somebody who may be chosen in a form.
typealias StaffOption = (value: String, name: Phrase)

/// The station's social workers and supervisors, to be chosen from in a form.
struct StaffOptions: Sendable {
  let workers: [StaffOption]
  let supervisors: [StaffOption]
  /// Social workers first, then those who are supervisors alone.
  let everybody: [StaffOption]

  /// - Parameter client: whoever is the client of a case works it not.
  init(
    _ directory: Directory, except client: PersonID? = nil, in community: CommunityID, _ snapshot: Snapshot
  ) throws {
    let workers = try directory.persons(holding: .socialWorker, in: community, snapshot)
    let supervisors = try directory.persons(holding: .supervisor, in: community, snapshot)
    let names = try directory.displayNames(of: workers + supervisors, in: community, snapshot)
    func options(_ people: [PersonID]) -> [StaffOption] {
      people.filter { $0 != client }.map { ($0.description, Phrase(same: names[$0] ?? "—")) }
    }
    self.workers = options(workers)
    self.supervisors = options(supervisors)
    everybody = options(workers + supervisors.filter { !workers.contains($0) })
  }
}
