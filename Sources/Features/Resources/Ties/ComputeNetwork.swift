import Database
import Kernel
import People
import Statistics
import Web

/// Computes a quarter's report, in parts short enough not to hold others up; the page shows how far it is.
///
/// Where ties or consents changed between two parts, it begins anew, so that a report is of one moment.
struct ComputeNetwork: Sendable {
  static let kind: StaticString = "resources.compute_network"
  /// Steps of searches that one part makes: about half a second.
  static let stepLimit = 100_000_000

  let consent: TieConsent
  let stepLimit: Int

  init(directory: Directory, stepLimit: Int = Self.stepLimit) {
    consent = TieConsent(directory: directory)
    self.stepLimit = stepLimit
  }

  var handler: JobHandler {
    JobHandler(Self.kind) { transaction, job in
      let body = try JSON(Array(job.body.utf8))
      guard case .string(let text)? = body["quarter"], let quarter = Quarter(text),
        case .integer(let offset)? = body["offset"]
      else { return }
      try perform(quarter, offsetSeconds: Int(offset), in: transaction)
    }
  }

  /// Sees to it that a report is computed.
  /// - Parameter offsetSeconds: of the community's clocks.
  static func ask(
    _ quarter: Quarter, offsetSeconds: Int, by actor: Actor?, in transaction: Transaction
  ) throws {
    try NetworkReportStore.ask(quarter, by: actor, in: transaction)
    try schedule(quarter, offsetSeconds: offsetSeconds, at: transaction.now, in: transaction)
  }

  private static func schedule(
    _ quarter: Quarter, offsetSeconds: Int, at moment: Timestamp, in transaction: Transaction
  ) throws {
    try transaction.schedule(
      kind, key: quarter.description, at: moment,
      body: #"{"quarter":"\#(quarter)","offset":\#(offsetSeconds)}"#)
  }

  private func perform(_ quarter: Quarter, offsetSeconds: Int, in transaction: Transaction) throws {
    let census = try census(of: quarter, offsetSeconds: offsetSeconds, in: transaction)
    let count = census.actors.count
    var part = NetworkPart(
      fingerprint: census.fingerprint, done: 0, sums: [Double](repeating: 0, count: count))
    if let kept = try NetworkReportStore.part(of: quarter, transaction),
      kept.fingerprint == part.fingerprint, kept.sums.count == count
    {
      part = kept
    }
    let searches = max(1, stepLimit / (count + 2 * census.network.edges.count + 1))
    let end = min(count, part.done + searches)
    let scores = Betweenness(census.network).partial(from: part.done..<end)
    for actor in part.sums.indices { part.sums[actor] += scores[actor] }
    part.done = end
    if end < count {
      try NetworkReportStore.keep(part, of: quarter, in: transaction)
      try Self.schedule(
        quarter, offsetSeconds: offsetSeconds, at: transaction.now + .milliseconds(500), in: transaction)
    } else {
      try NetworkReportStore.finish(quarter, census.figures(betweenness: part.sums), in: transaction)
    }
  }

  private func census(
    of quarter: Quarter, offsetSeconds: Int, in transaction: Transaction
  ) throws -> NetworkCensus {
    let (before, start, end) = (
      quarter.previous.start(offsetSeconds: offsetSeconds), quarter.start(offsetSeconds: offsetSeconds),
      quarter.end(offsetSeconds: offsetSeconds)
    )
    let community = transaction.community
    return NetworkCensus(
      try TieStore.counted(from: start, until: end, consent, in: community, transaction),
      before: try TieStore.counted(from: before, until: start, consent, in: community, transaction))
  }
}
