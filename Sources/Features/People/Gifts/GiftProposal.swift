package import Database
package import Kernel

/// Something good that a feature heard of in its own work and that may stand on the map of what the neighbourhood has: what is
/// to be shown and whose it is, and nothing of where it was heard. Source: field/socialwork.md §2.10.
package struct GiftProposal: Sendable, Equatable {
  /// In what work it was heard.
  package enum Source: String, Sendable, CaseIterable {
    case merchantSignUp = "merchant_sign_up"
    case survey
    case visit
    case groupWork = "group_work"
  }

  /// What it would be on the map.
  package enum Kind: String, Sendable, CaseIterable {
    case personGift = "person_gift"
    case exchange
    case institution
  }

  /// Whose it is.
  package enum Holder: Sendable, Equatable {
    case person(PersonID)
    case merchant(MerchantID)
  }

  package let source: Source
  /// The one thing that it comes of, by which it is kept once; nil where nothing may lead back there.
  package let sourceID: Int64?
  package let kind: Kind
  package let holder: Holder
  package let name: Phrase
  /// What else is to be shown of it; empty for nothing.
  package let words: String
  /// When it can be had, in the holder's words.
  package let times: String

  package init(
    source: Source, sourceID: Int64? = nil, kind: Kind, holder: Holder, name: Phrase, words: String = "",
    times: String = ""
  ) {
    self.source = source
    self.sourceID = sourceID
    self.kind = kind
    self.holder = holder
    self.name = name
    self.words = words
    self.times = times
  }

  /// The most characters of a name, of the words and of the times.
  package static let nameLength = 1...40
  package static let wordLength = 1...1000
  package static let timeLength = 1...100
}

/// Where features hand on what they heard of; who keeps the map fills it in. The station looks at each before anybody else
/// sees it, and what is a person's is refused without their yes.
package struct GiftProposals: Sendable {
  /// Whether anybody keeps a map: where nobody does, nobody is asked either.
  package let isKept: Bool
  /// Made ready before a transaction, because what is handed on is sealed in it.
  package let desk: @Sendable (CommunityID) async throws -> GiftDesk

  package init(_ desk: @escaping @Sendable (CommunityID) async throws -> GiftDesk) {
    isKept = true
    self.desk = desk
  }

  private init() {
    isKept = false
    desk = { _ in GiftDesk { _, _, _ in } }
  }

  /// Where nobody keeps a map: nothing is asked, and whatever is sent goes nowhere.
  package static let none = GiftProposals()
}

/// What takes proposals of one community in a transaction.
package struct GiftDesk: Sendable {
  /// Takes one for the station to look at; it refuses what is a person's without their yes.
  package let propose: @Sendable (GiftProposal, Actor, Transaction) throws -> Void

  package init(_ propose: @escaping @Sendable (GiftProposal, Actor, Transaction) throws -> Void) {
    self.propose = propose
  }
}
