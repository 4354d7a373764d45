package import Database
package import Kernel

/// What reports may rest on of the shop: tables of needs that went through the gate, and nothing else of any household.
package struct ShopEvidence: Sendable {
  /// As many as a list to choose from needs: four years.
  private static let most = 200

  package init() {}

  /// The tables of a community that show something, the newest month first.
  package func tables(in community: CommunityID, _ snapshot: Snapshot) throws -> [NeedTable] {
    try NeedTableStore.newest(limit: Self.most, in: community, snapshot)
  }

  /// One of them, with what it shows; nil where the community has none of this name, and where nothing of it is shown.
  package func table(
    _ id: NeedTableID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> NeedTable? {
    try NeedTableStore.find(id, in: community, snapshot).flatMap { $0.content == nil ? nil : $0 }
  }
}
