package import Kernel

/// A place where neighbours collect what they ordered: a lobby, a shop, a community room.
package struct PickupPoint: Sendable, Equatable {
  package let id: PickupPointID
  package let community: CommunityID
  package var details: Details
  package let createdAt: Timestamp
  /// When it was no longer offered to new campaigns; nil while it is.
  package var closedAt: Timestamp?

  package struct Details: Sendable, Equatable {
    package var name: Phrase
    /// How to find it, whether there is a step, who to ask; may be empty.
    package var note: Phrase

    package init(name: Phrase, note: Phrase = Phrase(same: "")) {
      self.name = name
      self.note = note
    }
  }

  package init(
    id: PickupPointID, community: CommunityID, details: Details, createdAt: Timestamp,
    closedAt: Timestamp? = nil
  ) {
    self.id = id
    self.community = community
    self.details = details
    self.createdAt = createdAt
    self.closedAt = closedAt
  }

  package var name: Phrase { details.name }
}
