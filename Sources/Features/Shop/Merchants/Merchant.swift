package import Kernel
import People

/// A farm, workshop or shop that supplies a community: who stands behind a product.
package struct Merchant: Sendable, Equatable {
  package let id: MerchantID
  package let community: CommunityID
  package var details: Details
  package let createdAt: Timestamp
  /// When the merchant stopped supplying; its products are then off the catalogue.
  package var closedAt: Timestamp?

  /// What the merchant tells of itself, and may change.
  package struct Details: Sendable, Equatable {
    package var name: Phrase
    /// A few sentences to the neighbours: who grows or makes this, where, how. May be empty.
    package var story: Phrase
    /// The number of the business or food licence as it stands on the paper; empty where none is needed.
    package var licence: String
    /// The telephone that neighbours may ring; empty to give none.
    package var phone: String
    /// How its scale prints labels; nil where it prints none that carry a weight.
    package var labels: LabelPattern?

    package init(
      name: Phrase, story: Phrase, licence: String, phone: String, labels: LabelPattern? = nil
    ) {
      self.name = name
      self.story = story
      self.licence = licence
      self.phone = phone
      self.labels = labels
    }
  }

  package init(
    id: MerchantID, community: CommunityID, details: Details, createdAt: Timestamp, closedAt: Timestamp? = nil
  ) {
    self.id = id
    self.community = community
    self.details = details
    self.createdAt = createdAt
    self.closedAt = closedAt
  }

  package var name: Phrase { details.name }

  /// The merchant as it would stand on the map of what the neighbourhood has: its name and the beginning of its story.
  var proposal: GiftProposal {
    func cut(_ text: String, _ length: Int) -> String {
      String(String.UnicodeScalarView(text.unicodeScalars.prefix(length)))
    }
    let length = GiftProposal.nameLength.upperBound
    return GiftProposal(
      source: .merchantSignUp, sourceID: id.rawValue, kind: .exchange, holder: .merchant(id),
      name: Phrase(cut(name.chinese, length), cut(name.english, 2 * length)),
      words: cut(details.story.chinese, GiftProposal.wordLength.upperBound))
  }
}

/// Someone who may act for one merchant: its member, or staff who look after all merchants of the community.
///
/// There is no way to one but `Snapshot.merchantActor`, which checks; so a store function that takes it needs not ask.
package struct MerchantActor: Sendable, Equatable {
  package let merchant: MerchantID
  package let person: PersonID
  /// In which role the person acts here, for the audit chain.
  package let role: Role

  /// Committee and operators look after every merchant; a merchant's own people after theirs alone.
  ///
  /// - Returns: the role in which the person may act for a merchant, or nil when they may not.
  package static func role(of roles: Set<Role>, isMember: Bool) -> Role? {
    if isMember, roles.contains(.merchant) { return .merchant }
    return [Role.committee, .operator].first { roles.contains($0) }
  }

  init(merchant: MerchantID, person: PersonID, role: Role) {
    self.merchant = merchant
    self.person = person
    self.role = role
  }

  /// For what the program does by itself at an operator's command: seeding, the command line.
  package static func program(for merchant: MerchantID, person: PersonID) -> MerchantActor {
    MerchantActor(merchant: merchant, person: person, role: .operator)
  }
}

extension Phrase {
  /// A text of which people often write one language only: the other is then the same, so that no page ever shows
  /// a blank name.
  static func typed(_ chinese: String, _ english: String) -> Phrase {
    Phrase(chinese.isEmpty ? english : chinese, english.isEmpty ? chinese : english)
  }

  /// The English as a form shows it: empty where it only repeats the Chinese.
  var typedEnglish: String { english == chinese ? "" : english }
}
