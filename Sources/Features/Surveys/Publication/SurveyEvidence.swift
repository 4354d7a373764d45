package import Database
package import Kernel
package import People

/// What reports may rest on: tables that went through the gate, and nothing else of any answer.
package struct SurveyEvidence: Sendable {
  /// The smallest number in tables that everybody may read.
  package static var leastForEveryone: Int { PublicationQuery.Audience.everyone.least }

  /// As many as a list to choose from needs.
  private static let most = 200

  package init() {}

  /// The tables of a community, the newest first.
  ///
  /// - Parameter least: only those that show no number below this: 10 for what everybody reads.
  package func tables(
    least: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PublishedTable] {
    try PublicationStore.newest(atLeast: least, limit: Self.most, in: community, snapshot)
  }

  /// One of them; nil where the community has none of this name.
  package func table(
    _ id: EvidenceID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PublishedTable? {
    try PublicationStore.find(id, in: community, snapshot)
  }

  /// Who took part in the questionnaire of a table, in the order of their numbers: they are told what came of it. Of
  /// households everybody in them; of anonymous answers nobody, since nobody knows.
  ///
  /// - Parameters:
  ///   - last: only those behind this one.
  ///   - limit: at most so many.
  package func participants(
    of id: EvidenceID, after last: PersonID?, limit: Int, directory: Directory, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [PersonID] {
    guard let table = try table(id, in: community, snapshot) else { return [] }
    let persons = try ResponseStore.participants(
      of: table.questionnaire, after: last, limit: limit, in: community, snapshot)
    let households = try ResponseStore.participatingHouseholds(
      of: table.questionnaire, in: community, snapshot)
    let members = try directory.persons(
      of: households, after: last, limit: limit, in: community, snapshot)
    return Array(Set(persons + members).sorted().prefix(limit))
  }
}
