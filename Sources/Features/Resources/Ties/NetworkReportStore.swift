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

/// What a long computation has come to so far. The sums stand in the order of the list of actors, which is not kept.
struct NetworkPart: Sendable, Equatable, Codable {
  let fingerprint: String
  var done: Int
  var sums: [Double]
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
        asked_by_role = excluded.asked_by_role, part = NULL
      """)
  }

  static func part(of quarter: Quarter, _ transaction: Transaction) throws -> NetworkPart? {
    let text: String? = try transaction.value(
      """
      SELECT part FROM resources_network_report WHERE community_id = \(transaction.community)
        AND quarter = \(quarter.description) AND part IS NOT NULL
      """)
    return text.flatMap { try? JSONDecoder().decode(NetworkPart.self, from: Data($0.utf8)) }
  }

  static func keep(
    _ part: NetworkPart, of quarter: Quarter, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE resources_network_report SET done = \(Int64(part.done)), planned = \(Int64(part.sums.count)),
        part = \(try text(part))
      WHERE community_id = \(transaction.community) AND quarter = \(quarter.description)
      """)
  }

  static func finish(
    _ quarter: Quarter, _ figures: NetworkFigures, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE resources_network_report SET state = \(NetworkReport.State.ready), content = \(try text(figures)),
        computed_at = \(transaction.now), done = \(Int64(figures.actors)),
        planned = \(Int64(figures.actors)), part = NULL
      WHERE community_id = \(transaction.community) AND quarter = \(quarter.description)
      """)
  }

  private static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
