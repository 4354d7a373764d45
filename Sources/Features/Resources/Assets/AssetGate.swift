import Database
import Kernel
import People

/// What persons let others see of them: asked anew at every reading, so that a consent taken back a second ago hides it.
struct AssetGate: Sendable {
  let directory: Directory

  /// Those among these of whom this may be seen now.
  func agreed(
    _ persons: Set<PersonID>, to recipient: ConsentRecipient = .neighbours, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> Set<PersonID> {
    if persons.isEmpty { return [] }
    return try directory.consent.allowed(
      persons.sorted(), .gifts, .gifts, to: recipient, at: snapshot.now, in: community, snapshot)
  }

  /// Those among these entries whose holders, where they are persons, agree now.
  func shown(
    _ assets: [Asset], to recipient: ConsentRecipient = .neighbours, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [Asset] {
    let agreed = try agreed(
      Set(assets.compactMap(\.terms.holder?.person)), to: recipient, in: community, snapshot)
    return assets.filter { AssetRules.isAgreed($0.terms, agreed: agreed) }
  }
}
