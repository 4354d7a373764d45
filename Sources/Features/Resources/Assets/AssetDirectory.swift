package import Database
package import Kernel
package import People

/// The entries of the asset map, for other capabilities: always as they stand in this second.
package struct AssetDirectory: Sendable {
  private static let limit = 200
  private let gate: AssetGate

  package init(directory: Directory) {
    gate = AssetGate(directory: directory)
  }

  /// Entries with which a need may be matched: made sure of, not run out, not withdrawn, seen by residents, and of persons
  /// only while they agree.
  package func available(
    _ category: ResourceCategory, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [AssetCard] {
    let found = try AssetStore.matching(category, limit: Self.limit, in: community, snapshot)
    return try gate.shown(found, in: community, snapshot).map(AssetCard.init)
  }

  /// Cards of those among these that residents may see now.
  package func cards(
    of ids: Set<AssetID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [AssetID: AssetCard] {
    let found = try AssetStore.shown(ids, to: .residents, in: community, snapshot)
    let shown = try gate.shown(found, in: community, snapshot)
    return Dictionary(shown.map { ($0.id, AssetCard($0)) }) { first, _ in first }
  }
}
