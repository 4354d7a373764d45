import Database
import Kernel

extension ImpactAssessment.Conclusion: Storable {}

/// The queries of impact assessments.
enum ImpactAssessmentStore {
  static func insert(_ assessment: ImpactAssessment, in transaction: Transaction) throws {
    let content = assessment.content
    var rows = Rows(
      into: "people_impact_assessment", "id", "version", "community_id", "title", "handling", "necessity",
      "risks", "measures", "conclusion", "review_at", "assessed_at", "assessed_by_id", "assessed_by_role")
    rows.append(values: [
      assessment.id.storedValue, assessment.version.storedValue, transaction.community.storedValue,
      content.title.storedValue, content.handling.storedValue, content.necessity.storedValue,
      content.risks.storedValue, content.measures.storedValue, content.conclusion.storedValue,
      content.reviewAt.storedValue, assessment.assessedAt.storedValue,
      assessment.assessedBy.person.storedValue,
      assessment.assessedBy.role.storedValue,
    ])
    try transaction.insert(rows)
  }

  /// All versions of one, the newest first; empty for those of other communities.
  static func versions(
    of id: ImpactAssessmentID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ImpactAssessment] {
    try assessments("community_id = \(community) AND id = \(id) ORDER BY version DESC", snapshot)
  }

  /// The newest version of each, the latest first.
  static func newest(in community: CommunityID, _ snapshot: Snapshot) throws -> [ImpactAssessment] {
    var seen: Set<ImpactAssessmentID> = []
    return try assessments("community_id = \(community) ORDER BY assessed_at DESC, version DESC", snapshot)
      .filter { seen.insert($0.id).inserted }
  }

  static func list(where condition: Query) -> Query {
    """
    SELECT id, version, title, handling, necessity, risks, measures, conclusion, review_at, assessed_at,
      assessed_by_id, assessed_by_role
    FROM people_impact_assessment WHERE \(condition)
    """
  }

  private static func assessments(_ condition: Query, _ snapshot: Snapshot) throws -> [ImpactAssessment] {
    try snapshot.all(list(where: condition)) { row in
      ImpactAssessment(
        id: try row[0], version: try row[1],
        content: ImpactAssessment.Content(
          title: try row[2], handling: try row[3], necessity: try row[4], risks: try row[5],
          measures: try row[6], conclusion: try row[7], reviewAt: try row[8]),
        assessedAt: try row[9], assessedBy: Actor(person: try row[10], role: try row[11]))
    }
  }
}
