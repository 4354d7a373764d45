import Database
import Kernel
import People
import Security

/// A report with all that stands in it and all that happened to it.
struct ReportDocument: Sendable, Equatable {
  let report: Report
  let events: [ReportEvent]
  let evidence: [ReportEvidence]
  let findings: [Finding]
  let recommendations: [Recommendation]
  let checks: [ReportCheck]
  let sendings: [ReportSending]
  let replies: [ReportReply]
  let results: [ReportResult]
  let telling: ReportTelling?

  var content: ReportContent {
    ReportContent(
      evidence: Set(evidence.map(\.number)), findings: findings, recommendations: recommendations,
      summary: report.summary)
  }

  /// Over everything that a department reads: whoever holds the paper can see that it is this one.
  var digest: Digest {
    let plan = report.plan
    let head = [
      report.number.description, plan.title, plan.question, ChoiceListText.of(plan.methods), plan.reach,
      plan.from.iso, plan.to.iso, report.summary,
    ]
    let said = findings.map { "\($0.number)|\(Self.list($0.evidence))|\($0.text)" }
    let asked = recommendations.map {
      "\($0.number)|\(Self.list($0.findings))|\(Self.text($0.aim))|\($0.text)"
    }
    let lists = [head, said, asked].map { list in
      Digest(domain: 74, fields: list.map { Array($0.utf8) }).bytes
    }
    return Digest(domain: 75, fields: lists + [ReportEvidence.digest(of: evidence).bytes])
  }

  private static func list(_ numbers: Set<Int>) -> String {
    numbers.sorted().map(String.init).joined(separator: ",")
  }

  private static func text(_ aim: Recommendation.Aim?) -> String {
    switch aim {
    case .policy(let id): "policy \(id)"
    case .new(let level, let department): "new \(level.rawValue) \(department)"
    case nil: ""
    }
  }

  /// Whether residents heard the present draft and asked for no change.
  var isChecked: Bool {
    [.checked, .approved].contains(report.standing.state) || report.standing.state.isOut
  }

  /// The replies that somebody may read.
  func replies(for sight: ReportSight) -> [ReportReply] {
    sight.seesAllReplies ? replies : replies.filter { $0.sequence < report.standing.published ?? 0 }
  }

  /// When it first reached each step, the first step first.
  func firstTime(_ step: ReportChange.Step) -> Timestamp? {
    events.first { $0.change.step == step }?.at
  }

  /// The policies that it speaks of.
  var policies: Set<PolicyID> {
    Set(recommendations.compactMap(\.aim).compactMap(\.policy) + results.compactMap(\.policy))
  }
}

/// Sets of choices as they stand in a digest.
private enum ChoiceListText {
  static func of(_ methods: Set<ReportMethod>) -> String {
    methods.map(\.rawValue).sorted().joined(separator: ",")
  }
}

/// Puts together what is shown of reports.
struct ReportReading: Sendable {
  let quotes: ReportQuoteSource.Opened
  let library: PolicyLibrary
  let community: CommunityID

  /// - Throws: `not_found`.
  func document(_ id: ReportID, _ snapshot: Snapshot) throws -> ReportDocument {
    try Self.document(id, in: community, snapshot)
  }

  /// - Throws: `not_found`.
  static func document(
    _ id: ReportID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ReportDocument {
    guard let report = try ReportStore.find(id, in: community, snapshot) else { throw Problem.notFound }
    return ReportDocument(
      report: report, events: try ReportStore.events(of: id, in: community, snapshot),
      evidence: try EvidenceStore.all(of: id, in: community, snapshot),
      findings: try FindingStore.findings(of: id, in: community, snapshot),
      recommendations: try FindingStore.recommendations(of: id, in: community, snapshot),
      checks: try ReportReplyStore.checks(of: id, in: community, snapshot),
      sendings: try ReportReplyStore.sendings(of: id, in: community, snapshot),
      replies: try ReportReplyStore.replies(to: id, in: community, snapshot),
      results: try ReportReplyStore.results(of: id, in: community, snapshot),
      telling: try ReportTellingStore.find(id, in: community, snapshot))
  }

  /// A report with what stands beside it: the policies it names, and quoted words that may be shown at this moment.
  func shown(_ document: ReportDocument, _ snapshot: Snapshot) throws -> ShownReport {
    let texts = try quotes.texts(Set(document.evidence.compactMap(\.quote)), snapshot)
    let numbered = document.evidence.compactMap { piece in
      piece.quote.flatMap { texts[$0] }.map { (piece.number, $0) }
    }
    return ShownReport(
      document: document, quotes: Dictionary(numbered) { first, _ in first },
      policies: try library.cards(document.policies, in: community, snapshot))
  }
}

/// A report as it may be shown now.
struct ShownReport: Sendable {
  let document: ReportDocument
  /// By the number of the evidence; missing where the words may not be shown any more.
  let quotes: [Int: String]
  let policies: [PolicyID: PolicyLibrary.Card]

  var report: Report { document.report }
}
