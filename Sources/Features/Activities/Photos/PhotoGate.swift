import Database
import Kernel
import People

/// Which photos residents may see: asked anew each time that one is listed or served, so that a consent taken back a second
/// ago hides it. No copy is kept anywhere in between.
struct PhotoGate: Sendable {
  let directory: Directory

  /// Those among these who agree now that everybody sees photos of them.
  func agreed(
    _ persons: Set<PersonID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Set<PersonID> {
    if persons.isEmpty { return [] }
    return try directory.consent.allowed(
      persons.sorted(), .photos, .likeness, to: .everyone, at: snapshot.now, in: community, snapshot)
  }

  /// The published photos of an activity that may be seen now.
  func shown(
    of activity: ActivityID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ActivityPhoto] {
    let published = try PhotoStore.photos(of: activity, in: community, snapshot)
      .filter { $0.publishedAt != nil }
    let agreed = try agreed(Set(published.flatMap(\.persons)), in: community, snapshot)
    return published.filter { PhotoRules.isShowable($0.people, $0.persons, agreed: agreed) }
  }

  /// Whether everybody may see a photo now.
  func isShown(_ photo: ActivityPhoto, in community: CommunityID, _ snapshot: Snapshot) throws -> Bool {
    guard photo.publishedAt != nil else { return false }
    let agreed = try agreed(Set(photo.persons), in: community, snapshot)
    return PhotoRules.isShowable(photo.people, photo.persons, agreed: agreed)
  }
}
