package import Database
package import Kernel

/// Residents' meetings, as proposals speak of them: they are kept elsewhere.
package struct MeetingDirectory: Sendable {
  /// A meeting as it stands beside a proposal.
  package struct Card: Sendable, Equatable {
    package let id: ProposalMeetingID
    package let title: Phrase
    package let startsAt: Timestamp
    /// Its page on this site.
    package let path: String

    package init(id: ProposalMeetingID, title: Phrase, startsAt: Timestamp, path: String) {
      self.id = id
      self.title = title
      self.startsAt = startsAt
      self.path = path
    }
  }

  /// The meetings of a community that a proposal may come from, the newest first.
  package let choices: @Sendable (CommunityID, Snapshot) throws -> [Card]
  /// One of them; nil where there is none, or none that everybody may know of.
  package let card: @Sendable (ProposalMeetingID, CommunityID, Snapshot) throws -> Card?

  package init(
    choices: @escaping @Sendable (CommunityID, Snapshot) throws -> [Card],
    card: @escaping @Sendable (ProposalMeetingID, CommunityID, Snapshot) throws -> Card?
  ) {
    self.choices = choices
    self.card = card
  }

  package static let none = MeetingDirectory(choices: { _, _ in [] }, card: { _, _, _ in nil })
}

/// The policies of the library, as far as proposals point at them.
struct ProposalPolicies: Sendable {
  /// A policy as it stands beside a proposal.
  struct Card: Sendable, Equatable {
    let id: PolicyID
    let title: String
    /// The number of its newest published version.
    let version: Int64
  }

  /// The published policies of a community, in the order of the library.
  let choices: @Sendable (CommunityID, Snapshot) throws -> [Card]
  /// One of them; nil where there is none, or none that everybody may read.
  let card: @Sendable (PolicyID, CommunityID, Snapshot) throws -> Card?

  static let none = ProposalPolicies(choices: { _, _ in [] }, card: { _, _, _ in nil })
}

/// What proposals ask of others.
struct ProposalPorts: Sendable {
  let meetings: MeetingDirectory
  let policies: ProposalPolicies

  static let none = ProposalPorts(meetings: .none, policies: .none)
}
