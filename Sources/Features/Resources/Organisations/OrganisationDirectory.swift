package import Database
package import Kernel

/// What others need to know of an organisation to name it.
package struct OrganisationCard: Sendable, Equatable {
  package let id: OrganisationID
  package let kind: Organisation.Kind
  package let name: Phrase
  /// The merchant of the Shop that it is; nil where it does not sell.
  package let merchant: MerchantID?

  package init(id: OrganisationID, kind: Organisation.Kind, name: Phrase, merchant: MerchantID?) {
    self.id = id
    self.kind = kind
    self.name = name
    self.merchant = merchant
  }
}

/// The organisations of a community in the words of others.
package struct OrganisationDirectory: Sendable {
  package init() {}

  /// Cards of those that there are among these. What is closed is among them, for what it did keeps its name.
  package func cards(
    of organisations: Set<OrganisationID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [OrganisationID: OrganisationCard] {
    let cards = try OrganisationStore.cards(of: organisations, in: community, snapshot)
    return Dictionary(cards.map { ($0.id, $0) }) { first, _ in first }
  }

  /// Those that the station can choose from: all that are not closed.
  package func choices(in community: CommunityID, _ snapshot: Snapshot) throws -> [OrganisationCard] {
    try OrganisationStore.choices(in: community, snapshot)
  }

  /// Those that are not closed and for which a person acts.
  package func represented(
    by person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [OrganisationCard] {
    try RepresentativeStore.represented(by: person, in: community, snapshot)
  }

  /// Those who act for an organisation; nobody for one that is closed.
  package func persons(
    of organisation: OrganisationID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PersonID] {
    try RepresentativeStore.persons(of: organisation, in: community, snapshot)
  }
}
