package import Database
package import Kernel

extension Directory {
  /// Those among these persons who chose large type; those of other communities are left out.
  package func largeTypeReaders(
    among persons: some Collection<PersonID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Set<PersonID> {
    try snapshot.largeTypeReaders(among: Set(persons), in: community)
  }
}

extension Snapshot {
  /// Those among these persons who chose the elder view.
  func largeTypeReaders(
    among persons: Set<PersonID>, in community: CommunityID
  ) throws -> Set<PersonID> {
    var readers: Set<PersonID> = []
    for part in chunks(of: persons) {
      try forEach(
        """
        SELECT id FROM people_person
        WHERE community_id = \(community) AND id IN \(list: part) AND elder_view = \(true)
        """
      ) { row in readers.insert(try row[0]) }
    }
    return readers
  }
}
