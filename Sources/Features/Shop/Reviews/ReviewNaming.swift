import Database
import Kernel
import People

/// With whose name reviews are shown: only of those who agreed to have it there, as long as they do.
///
/// It is asked each time that reviews are shown and no page with a name is kept, so a consent that was taken back a second
/// ago, or has run out, takes the name away. Everybody else is "a neighbour".
struct ReviewNaming: Sendable {
  let directory: Directory

  /// These reviews, with the names of those writers who agreed.
  func signed(
    _ reviews: [ShownReview], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ShownReview] {
    let writers = Set(reviews.compactMap(\.review.writtenBy))
    if writers.isEmpty { return reviews }
    let agreed = try directory.consent.allowed(
      writers.sorted(), .publishing, .reviews, to: .everyone, at: snapshot.now, in: community, snapshot)
    if agreed.isEmpty { return reviews }
    let names = try directory.displayNames(of: agreed, in: community, snapshot)
    return reviews.map { shown in
      var shown = shown
      shown.signature = shown.review.writtenBy.flatMap { names[$0] }
      return shown
    }
  }
}
