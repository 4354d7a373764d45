import Database
import Foundation
import Kernel
import People

/// A quarter's report as it is kept: asked for, partly computed, or ready.
struct NetworkReport: Sendable, Equatable {
  enum State: String, Sendable {
    case asked
    case ready
  }

  let quarter: Quarter
  let state: State
  /// Of how many actors the ways to all others were searched, and of how many they have to be.
  let done: Int64
  let planned: Int64
  let computedAt: Timestamp?
  /// The newest that there are, also while new ones are computed.
  let figures: NetworkFigures?
}

/// A report that waits to be computed.
struct NetworkReportRequest: Sendable, Equatable {
  let community: CommunityID
  let quarter: Quarter
  let askedAt: Timestamp
}

extension NetworkReport.State: Storable {}

/// The queries of quarters' reports.
enum NetworkReportStore {
  static func find(
    _ quarter: Quarter, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> NetworkReport? {
    try snapshot.first(
      """
      SELECT state, done, planned, computed_at, content FROM resources_network_report
      WHERE community_id = \(community) AND quarter = \(quarter.description)
      """
    ) { row in
      let content: String? = try row[4]
      return NetworkReport(
        quarter: quarter, state: try row[0], done: try row[1], planned: try row[2], computedAt: try row[3],
        figures: content.flatMap { try? JSONDecoder().decode(NetworkFigures.self, from: Data($0.utf8)) })
    }
  }

  /// Asks for a report, anew where there is one. What was computed before stays until then.
  /// - Parameter actor: nil where nobody pressed for it.
  static func ask(_ quarter: Quarter, by actor: Actor?, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO resources_network_report (community_id, quarter, state, done, planned, asked_at, asked_by_id,
        asked_by_role)
      VALUES (\(transaction.community), \(quarter.description), \(NetworkReport.State.asked), \(0), \(0),
        \(transaction.now), \(actor?.person), \(actor?.role))
      ON CONFLICT (community_id, quarter) DO UPDATE SET state = excluded.state, done = 0, planned = 0,
        asked_at = excluded.asked_at, asked_by_id = excluded.asked_by_id,
        asked_by_role = excluded.asked_by_role
      """)
  }

  /// Those of all communities that wait, the oldest first.
  static func waiting(_ snapshot: Snapshot) throws -> [NetworkReportRequest] {
    try snapshot.all(
      """
      SELECT community_id, quarter, asked_at FROM resources_network_report
      WHERE state = \(NetworkReport.State.asked) ORDER BY asked_at, community_id, quarter
      """
    ) { row in
      let text: String = try row[1]
      return (quarter: Quarter(text), community: try row[0] as CommunityID, askedAt: try row[2] as Timestamp)
    }.compactMap { found in
      found.quarter.map {
        NetworkReportRequest(community: found.community, quarter: $0, askedAt: found.askedAt)
      }
    }
  }

  static func progress(
    _ request: NetworkReportRequest, done: Int, of planned: Int, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE resources_network_report SET done = \(Int64(done)), planned = \(Int64(planned))
      WHERE community_id = \(transaction.community) AND quarter = \(request.quarter.description)
        AND state = \(NetworkReport.State.asked) AND asked_at = \(request.askedAt)
      """)
  }

  /// - Parameter moment: at which the ties were read.
  /// - Returns: whether it is what was asked for last.
  static func finish(
    _ request: NetworkReportRequest, _ figures: NetworkFigures, of moment: Timestamp,
    in transaction: Transaction
  ) throws -> Bool {
    try transaction.execute(
      """
      UPDATE resources_network_report SET state = \(NetworkReport.State.ready), content = \(try text(figures)),
        computed_at = \(moment), done = \(Int64(figures.actors)), planned = \(Int64(figures.actors))
      WHERE community_id = \(transaction.community) AND quarter = \(request.quarter.description)
        AND asked_at = \(request.askedAt)
      """) == 1
  }

  private static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
