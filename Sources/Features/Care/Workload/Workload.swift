package import Kernel

/// How much one worker carries: numbers alone, for the supervisors of the station.
package struct Workload: Sendable, Equatable {
  package let worker: PersonID
  package let openCases: Int
  /// By intensity: a light case counts one, a regular one two, a close one four. A weight and not a norm: the standard
  /// names no number of cases for a worker.
  package let weight: Int
  package let highRisk: Int
  package let overdue: Int
  /// Minutes of interventions in the last 30 days.
  package let minutes: Int64

  package static func weight(ofIntensity intensity: Int64) -> Int {
    switch intensity {
    case ...1: 1
    case 2: 2
    default: 4
    }
  }

  /// One row for each worker, the heaviest first.
  package static func of(
    _ cases: [(worker: PersonID, intensity: Int64, risk: CaseRisk, overdue: Int)], minutes: [PersonID: Int64]
  ) -> [Workload] {
    let byWorker = Dictionary(grouping: cases, by: \.worker)
    return Set(byWorker.keys).union(minutes.keys).map { worker in
      let own = byWorker[worker] ?? []
      return Workload(
        worker: worker, openCases: own.count,
        weight: own.reduce(0) { $0 + weight(ofIntensity: $1.intensity) },
        highRisk: own.count { $0.risk == .high }, overdue: own.reduce(0) { $0 + $1.overdue },
        minutes: minutes[worker] ?? 0)
    }.sorted { ($0.weight, $0.worker) > ($1.weight, $1.worker) }
  }
}
