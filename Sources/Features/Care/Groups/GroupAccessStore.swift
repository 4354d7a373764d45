import Database
import Kernel

/// The groups that may exist for somebody, as a condition on `care_group_standing AS standing`. It draws the same line as
/// `GroupAccess.of`, so that a list reads no row that it would not show; a test holds the two against each other.
struct GroupScope: Sendable {
  let condition: Query

  init(_ reader: CaseReader) {
    let me = reader.person
    var ways: [Query] = []
    if reader.roles.contains(.socialWorker) {
      ways.append("standing.leader_id = \(me) OR standing.second_leader_id = \(me)")
    }
    if reader.roles.contains(.supervisor) { ways.append("standing.supervisor_id = \(me)") }
    condition = ways.isEmpty ? "1 = 0" : "(\(Query.joined(ways, by: " OR ")))"
  }
}

extension TextScope {
  /// The texts of one group, for whoever has passed `GroupDoorkeeper`.
  init(_ group: OpenGroup) {
    condition = """
      (id IN (SELECT text_id FROM care_group_text WHERE group_id = \(group.id)) \
      AND sensitivity <= \(GroupAccess.ceiling))
      """
  }
}
