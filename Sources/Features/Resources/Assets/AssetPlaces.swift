import Database
import Kernel
import People
import Web

/// A place at which something of the map is, with how much a reader finds there.
struct AssetPlace: Sendable {
  let place: Place
  let count: Int64
}

extension AssetMap {
  /// The places at which these find something that fits now, in the order of their numbers on the map.
  func places(
    _ filter: AssetFilter, to audience: AssetAudience, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [AssetPlace] {
    let held = try AssetStore.places(filter, to: audience, in: community, snapshot)
    let recipient: ConsentRecipient = audience == .station ? .station : .neighbours
    let agreed = try gate.agreed(
      Set(held.compactMap { $0.holder?.person }), to: recipient, in: community, snapshot)
    var counts: [PlaceID: Int64] = [:]
    for entry in held where entry.holder?.person.map(agreed.contains) ?? true {
      counts[entry.place, default: 0] += entry.count
    }
    return try PlaceStore.find(Set(counts.keys), in: community, snapshot)
      .filter { Self.isSeen($0, by: audience, at: snapshot.now) }.sorted { $0.id < $1.id }
      .map { AssetPlace(place: $0, count: counts[$0.id] ?? 0) }
  }

  /// The place in a reader's filter; nil for none.
  /// - Throws: `not_found` for one that they may not see.
  func place(
    in filter: AssetFilter, seenBy audience: AssetAudience, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Phrase? {
    guard let id = filter.place else { return nil }
    guard let place = try PlaceStore.find(id, in: community, snapshot),
      Self.isSeen(place, by: audience, at: snapshot.now)
    else { throw Problem.notFound }
    return place.terms.name
  }

  /// Whether these may know of a place.
  static func isSeen(_ place: Place, by audience: AssetAudience, at now: Timestamp) -> Bool {
    audience.placeVisibilities.contains(place.terms.visibility)
      && (audience == .station || place.isCurrent(at: now))
  }
}

extension AssetFilter {
  /// The same with another place, or with none.
  func at(_ place: PlaceID?) -> AssetFilter {
    var filter = self
    filter.place = place
    return filter
  }

  /// The list that it makes.
  var path: String {
    "/assets?kind=\(kind?.rawValue ?? "")&category=\(category?.rawValue ?? "")"
      + "&words=\(URLEncodedText.encode(words))&place=\(place?.description ?? "")"
  }
}
