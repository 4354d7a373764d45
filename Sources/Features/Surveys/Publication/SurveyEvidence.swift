package import Database
package import Kernel

/// What reports may rest on: tables that went through the gate, and nothing else of any answer.
package struct SurveyEvidence: Sendable {
  /// As many as a list to choose from needs.
  private static let most = 200

  package init() {}

  /// The tables of a community, the newest first.
  ///
  /// - Parameter least: only those that show no number below this: 10 for what everybody reads.
  package func tables(
    least: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PublishedTable] {
    try PublicationStore.newest(limit: Self.most, in: community, snapshot).filter { $0.least >= least }
  }

  /// One of them; nil where the community has none of this name.
  package func table(
    _ id: EvidenceID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PublishedTable? {
    try PublicationStore.find(id, in: community, snapshot)
  }
}
