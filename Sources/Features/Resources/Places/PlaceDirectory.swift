import Database
import Kernel

/// The places of a neighbourhood for the rest of Resources.
struct PlaceDirectory: Sendable {
  /// Cards of the places that there are among these, closed ones too: what speaks of them still has to name them.
  func cards(
    of ids: Set<PlaceID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PlaceID: PlaceCard] {
    let places = try PlaceStore.find(ids, in: community, snapshot)
    return Dictionary(places.map { ($0.id, $0.card(at: snapshot.now)) }) { first, _ in first }
  }

  /// Cards of those among these that residents may know of now.
  func residentCards(
    of ids: Set<PlaceID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PlaceID: PlaceCard] {
    let places = try PlaceStore.find(ids, in: community, snapshot)
      .filter { $0.isCurrent(at: snapshot.now) && $0.terms.visibility != .station }
    return Dictionary(places.map { ($0.id, $0.card(at: snapshot.now)) }) { first, _ in first }
  }

  /// Every place that can be used, for lists to choose from at a desk.
  func choices(in community: CommunityID, _ snapshot: Snapshot) throws -> [PlaceCard] {
    try PlaceStore.current(
      seenBy: Set(Place.Visibility.allCases), in: community, snapshot
    ).map { $0.card(at: snapshot.now) }
  }

  /// Places that everybody may know of.
  func publicCards(in community: CommunityID, _ snapshot: Snapshot) throws -> [PlaceCard] {
    try PlaceStore.current(seenBy: [.everybody], in: community, snapshot).map {
      $0.card(at: snapshot.now)
    }
  }

  /// How far two places lie apart: on the plan, or on the earth; nil where that is not known.
  static func metres(between left: PlaceCard, _ right: PlaceCard) -> Double? {
    if let from = left.planPoint, let to = right.planPoint { return from.metres(to: to) }
    if let from = left.position, let to = right.position { return from.metres(to: to) }
    return nil
  }
}
