import Kernel
import People
import Resources
import Security

extension GiftProposals {
  /// What the features heard of stands on the map of Resources once the station made sure of it.
  ///
  /// - Parameter vault: what is written there is sealed under the community's key for it.
  static func map(_ desk: AssetDesk, _ vault: Vault) -> GiftProposals {
    GiftProposals { community in
      let cipher = try await vault.cipher(for: KeyScope(community: community, dataClass: .contact))
      return GiftDesk { gift, actor, transaction in
        try desk.propose(AssetProposal(gift), sealing: cipher, by: actor, in: transaction)
      }
    }
  }
}

extension AssetProposal {
  init(_ gift: GiftProposal) {
    let source: Asset.Source =
      switch gift.source {
      case .merchantSignUp: .merchantSignUp
      case .survey: .survey
      case .visit: .visit
      case .groupWork: .groupWork
      }
    let kind: Asset.Kind =
      switch gift.kind {
      case .personGift: .personGift
      case .exchange: .exchange
      case .institution: .institution
      }
    let holder: Party =
      switch gift.holder {
      case .person(let person): .person(person)
      case .merchant(let merchant): .merchant(merchant)
      }
    self.init(
      source: source, sourceID: gift.sourceID, kind: kind, name: gift.name, description: gift.words,
      holder: holder, timeWords: gift.times)
  }
}
