package import Database
package import Kernel

/// Who came to an activity that is over.
package struct Gathering: Sendable, Equatable {
  package let activity: ActivityID
  package let startedAt: Timestamp
  /// Those of them who are entered as persons.
  package let persons: Set<PersonID>
  /// Everybody, those who are known by no number among them.
  package let size: Int
}

/// Who was together, for what counts whom people meet. Whoever asks has to see to it that nobody is counted who did not agree
/// to that, and shows counts alone.
package struct ActivityGatherings: Sendable {
  package init() {}

  /// The activities that ended within a time, and those that ended before and were closed within it: names are ticked late.
  package func over(
    from start: Timestamp, until end: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Gathering] {
    try GatheringStore.over(from: start, until: end, in: community, snapshot)
  }
}
