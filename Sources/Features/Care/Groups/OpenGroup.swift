package import Database
package import Kernel
package import People

/// A group that somebody may see: there is no other way to one than through the check.
package struct OpenGroup: OpenMatter {
  package var group: CareGroup
  package let access: GroupAccess
  /// The reader, in the role in which they have to do with the group.
  package let actor: Actor

  fileprivate init(group: CareGroup, access: GroupAccess, actor: Actor) {
    self.group = group
    self.access = access
    self.actor = actor
  }

  package var id: CareGroupID { group.id }
  var client: PersonID? { nil }
  var events: Int64 { group.standing.events }
  var refusal: Problem { group.standing.isClosed ? .groupClosed : .groupForbidden }
  static var stale: Problem { .groupStale }

  /// - Throws: `group.closed` where the group is over, `group.forbidden` for those who may only read.
  package func requireWriting() throws {
    if access.mayWrite { return }
    throw access.relation == .leader ? Problem.groupClosed : .groupForbidden
  }
}

/// Where it is decided which groups exist for whom.
package struct GroupDoorkeeper: Sendable {
  package init() {}

  /// A group, for whoever may see it.
  /// - Throws: `not_found` alike for groups that are not there and for those of others.
  package func open(
    _ id: CareGroupID, for reader: CaseReader, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> OpenGroup {
    guard let group = try GroupStore.find(id, GroupScope(reader), in: community, snapshot),
      let open = open([group], for: reader).first
    else { throw Problem.notFound }
    return open
  }

  /// Those of these groups that the reader may see, in their order.
  package func open(_ groups: [CareGroup], for reader: CaseReader) -> [OpenGroup] {
    groups.compactMap { group in
      let facts = GroupAccess.Facts(staff: group.standing.staff, isClosed: group.standing.isClosed)
      guard let access = GroupAccess.of(reader, to: facts) else { return nil }
      let role: Role = access.relation == .leader ? .socialWorker : .supervisor
      return OpenGroup(group: group, access: access, actor: Actor(person: reader.person, role: role))
    }
  }
}
