package import Kernel

/// Whoever has or needs something: a person, a merchant of the Shop, or an organisation of the support network.
package struct Party: Sendable, Hashable, Comparable {
  package enum Kind: String, Sendable, CaseIterable {
    case person
    case merchant
    case organisation
  }

  package let kind: Kind
  package let id: Int64

  package init(kind: Kind, id: Int64) {
    self.kind = kind
    self.id = id
  }

  package static func person(_ id: PersonID) -> Party { Party(kind: .person, id: id.rawValue) }
  package static func merchant(_ id: MerchantID) -> Party { Party(kind: .merchant, id: id.rawValue) }
  package static func organisation(_ id: OrganisationID) -> Party {
    Party(kind: .organisation, id: id.rawValue)
  }

  /// The person; nil for others.
  package var person: PersonID? { kind == .person ? PersonID(rawValue: id) : nil }

  /// The merchant; nil for others.
  package var merchant: MerchantID? { kind == .merchant ? MerchantID(rawValue: id) : nil }

  /// The organisation; nil for others.
  package var organisation: OrganisationID? {
    kind == .organisation ? OrganisationID(rawValue: id) : nil
  }

  package static func < (left: Party, right: Party) -> Bool {
    (left.kind.rawValue, left.id) < (right.kind.rawValue, right.id)
  }
}
