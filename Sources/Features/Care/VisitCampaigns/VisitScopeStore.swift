import Database
import Kernel

/// The campaigns that may exist for somebody, as a condition on `care_visit_standing AS standing`. It draws the same line as
/// `VisitAccess.of`, so that no row is read that would not be shown; a test holds the two against each other.
struct VisitScope: Sendable {
  let condition: Query

  /// Whatever the reader has to do with.
  init(_ reader: CaseReader, at now: Timestamp) {
    condition = "(\(Self.arranging(reader).condition) OR \(Self.visiting(reader, at: now).condition))"
  }

  /// Those of which the reader sees all.
  static func arranging(_ reader: CaseReader) -> VisitScope {
    var ways: [Query] = []
    if !reader.roles.isDisjoint(with: CaseReader.roles) {
      ways.append("standing.runner_id = \(reader.person)")
    }
    if reader.roles.contains(.supervisor) { ways.append("standing.supervisor_id = \(reader.person)") }
    return VisitScope(ways.isEmpty ? "1 = 0" : "(\(Query.joined(ways, by: " OR ")))")
  }

  /// Those at whose doors the reader is to knock now.
  static func visiting(_ reader: CaseReader, at now: Timestamp) -> VisitScope {
    VisitScope(
      """
      (standing.state = \(VisitCampaign.State.running) AND standing.starts_at <= \(now)
        AND standing.ends_at > \(now) AND EXISTS (SELECT 1 FROM care_visit_door AS own
          WHERE own.campaign_id = standing.campaign_id AND own.community_id = standing.community_id
            AND own.visitor_id = \(reader.person) AND own.is_listed = 1))
      """)
  }

  private init(_ condition: Query) {
    self.condition = condition
  }
}

/// The doors of one campaign that somebody may see, as a condition on `care_visit_door AS door`; as `VisitAccess.sees`.
struct VisitDoorScope: Sendable {
  let condition: Query

  /// - Parameter ownOnly: whether someone who may arrange asks for the doors that they go to themselves.
  init(_ access: VisitAccess, _ reader: CaseReader, ownOnly: Bool = false) {
    if access.mayArrange, !ownOnly {
      condition = "1 = 1"
    } else if access.mayVisit {
      condition = "(door.is_listed = 1 AND door.visitor_id = \(reader.person))"
    } else {
      condition = "1 = 0"
    }
  }
}

extension TextScope {
  /// The answers and notes of these campaigns of visits, for those who may see all of each.
  static func visits(_ campaigns: [VisitCampaignID]) -> TextScope {
    TextScope(
      condition: """
        (person_id IS NULL AND case_id IS NULL AND id IN (
          SELECT text_id FROM care_visit_outcome WHERE campaign_id IN \(list: campaigns.sorted())))
        """)
  }
}
