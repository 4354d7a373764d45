package import Database
package import Kernel

/// The merchants of the Shop, in the words of Resources.
package struct MerchantDirectory: Sendable {
  package struct Card: Sendable, Equatable {
    package let id: MerchantID
    package let name: String

    package init(id: MerchantID, name: String) {
      self.id = id
      self.name = name
    }
  }

  /// Cards of the merchants that there are among these.
  package let cards: @Sendable (Set<MerchantID>, CommunityID, Snapshot) throws -> [MerchantID: Card]
  /// Merchants for whom a person acts.
  package let represented: @Sendable (PersonID, CommunityID, Snapshot) throws -> [Card]
  /// Those who act for a merchant.
  package let persons: @Sendable (MerchantID, CommunityID, Snapshot) throws -> [PersonID]
  /// Every merchant that there is, to choose from at a desk.
  package let choices: @Sendable (CommunityID, Snapshot) throws -> [Card]

  package init(
    cards: @escaping @Sendable (Set<MerchantID>, CommunityID, Snapshot) throws -> [MerchantID: Card],
    represented: @escaping @Sendable (PersonID, CommunityID, Snapshot) throws -> [Card],
    persons: @escaping @Sendable (MerchantID, CommunityID, Snapshot) throws -> [PersonID],
    choices: @escaping @Sendable (CommunityID, Snapshot) throws -> [Card] = { _, _ in [] }
  ) {
    self.cards = cards
    self.represented = represented
    self.persons = persons
    self.choices = choices
  }

  package static let none = MerchantDirectory(
    cards: { _, _, _ in [:] }, represented: { _, _, _ in [] }, persons: { _, _, _ in [] })
}

/// What Resources asks of other features; others fill it in.
package struct ResourcePorts: Sendable {
  package var merchants: MerchantDirectory

  package init(merchants: MerchantDirectory = .none) {
    self.merchants = merchants
  }

  package static let none = ResourcePorts()
}
