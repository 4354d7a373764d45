package import Database
package import Kernel
import People
import Web

/// The network for whoever fills a community at once and waits for what comes of it: the same gate, the same reading and
/// the same work as when ties come one by one.
package struct TieEntries: Sendable {
  let recorder: TieRecorder
  let directory: Directory

  /// How far a quarter's report has come.
  package struct Standing: Sendable, Equatable {
    /// Of how many actors the ways to all others were searched.
    package let done: Int64
    package let isReady: Bool
    /// Nil until a report was computed.
    package let actors: Int?
    /// Pairs of actors with a tie.
    package let pairs: Int?
  }

  /// Keeps those ties that may be kept, as everything that there is up to this moment.
  /// - Throws: what the database throws; nothing is kept then.
  package func record(_ ties: [Tie], in transaction: Transaction) throws {
    try recorder.record(ties, in: transaction)
    try TieStore.setGathered(until: transaction.now, in: transaction)
  }

  /// Sees to it that a quarter's report is computed, anew where there is one, by ``NetworkWork``.
  package func ask(_ quarter: Quarter, in transaction: Transaction) throws {
    try TieStore.setGathered(until: transaction.now, in: transaction)
    try NetworkRequests.ask(quarter, by: nil, in: transaction)
  }

  /// Nil for a quarter whose report nobody asked for.
  package func standing(
    of quarter: Quarter, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Standing? {
    try NetworkReportStore.find(quarter, in: community, snapshot).map { report in
      Standing(
        done: report.done, isReady: report.state == .ready, actors: report.figures?.actors,
        pairs: report.figures?.pairs)
    }
  }

  /// The ties of a quarter and of the one before that name nobody but those who agree at this moment: all that a report
  /// reads.
  package func counted(
    _ quarter: Quarter, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Tie] {
    guard let card = try directory.community(community, snapshot) else { throw Problem.notFound }
    let consent = TieConsent(directory: directory)
    let start = quarter.start(offsetSeconds: card.offsetSeconds)
    return try TieStore.counted(
      from: start, until: quarter.end(offsetSeconds: card.offsetSeconds), consent, in: community, snapshot)
      + TieStore.counted(
        from: quarter.previous.start(offsetSeconds: card.offsetSeconds), until: start, consent,
        in: community, snapshot)
  }
}

extension Resources {
  /// The network, to be filled at once.
  package var tieEntries: TieEntries {
    TieEntries(recorder: network.recorder, directory: network.ground.directory)
  }
}
