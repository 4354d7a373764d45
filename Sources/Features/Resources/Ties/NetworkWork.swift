package import Database
import Kernel
import People
import Statistics
import Web

/// Computes the quarters' reports that were asked for. It runs in the background: a hundred thousand ties take seconds, and
/// nobody's page waits for it, nor does anybody who writes meanwhile.
///
/// A report waits until ties were gathered up to the moment at which it was asked for, and is of the moment at which they
/// were read. What is interrupted is begun anew.
package struct NetworkWork: Sendable {
  /// How often the progress is told.
  private static let pause: Duration = .milliseconds(500)

  let database: Database
  let directory: Directory

  private var consent: TieConsent { TieConsent(directory: directory) }

  /// Computes everything that was asked for.
  /// - Returns: how many reports were finished.
  /// - Throws: what the database throws, and `CancellationError`.
  @discardableResult
  package func round() async throws -> Int {
    let waiting = try await database.read { try NetworkReportStore.waiting($0) }
    var finished = 0
    for request in waiting where try await compute(request) { finished += 1 }
    return finished
  }

  /// - Returns: whether it was finished; not where ties are still gathered, or it was asked for anew meanwhile.
  private func compute(_ request: NetworkReportRequest) async throws -> Bool {
    let read = try await database.read { snapshot -> (NetworkCensus, Timestamp)? in
      let reached = try TieStore.gatheredUntil(in: request.community, snapshot)
      guard let reached, reached >= request.askedAt else { return nil }
      return (try self.census(request, snapshot), snapshot.now)
    }
    guard let (census, moment) = read else { return false }
    let figures = census.figures(betweenness: try await betweenness(of: census.network, request))
    return try await database.write(in: request.community) { transaction in
      let isFinished = try NetworkReportStore.finish(request, figures, of: moment, in: transaction)
      if !isFinished { transaction.touch(.networkReports) }
      return isFinished
    }
  }

  private func census(_ request: NetworkReportRequest, _ snapshot: Snapshot) throws -> NetworkCensus {
    let community = request.community
    guard let card = try directory.community(community, snapshot) else { throw Problem.notFound }
    let (quarter, offset) = (request.quarter, card.offsetSeconds)
    let start = quarter.start(offsetSeconds: offset)
    return NetworkCensus(
      try TieStore.counted(
        from: start, until: quarter.end(offsetSeconds: offset), consent, in: community, snapshot),
      before: try TieStore.counted(
        from: quarter.previous.start(offsetSeconds: offset), until: start, consent, in: community, snapshot))
  }

  /// On one processor, so that the others are there for whoever waits for a page.
  private func betweenness(of network: Network, _ request: NetworkReportRequest) async throws -> [Double] {
    let (told, telling) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
    return try await withThrowingTaskGroup(of: [Double]?.self) { group in
      group.addTask {
        defer { telling.finish() }
        return try await Betweenness(network).scores(tasks: 1) { done, _ in telling.yield(done) }
      }
      group.addTask { [database] in
        for await done in told {
          try await database.write(in: request.community) {
            try NetworkReportStore.progress(request, done: done, of: network.actorCount, in: $0)
          }
          try await Task.sleep(for: Self.pause)
        }
        return nil
      }
      var scores: [Double] = []
      while let part = try await group.next() { if let part { scores = part } }
      return scores
    }
  }
}

/// Asks for reports.
enum NetworkRequests {
  /// Sees to it that a report is computed, anew where there is one.
  /// - Parameter actor: nil where nobody pressed for it.
  static func ask(_ quarter: Quarter, by actor: Actor?, in transaction: Transaction) throws {
    try NetworkReportStore.ask(quarter, by: actor, in: transaction)
    transaction.touch(.networkReports)
  }
}

extension Topic {
  /// A quarter's report is asked for.
  package static let networkReports = Topic("resources.network_report")
}
