import Kernel

/// Who may do what with proposals.
enum ProposalRoles {
  /// Who looks at proposals, leads them through the discussion and the vote, and keeps the tracker.
  static let station: Set<Role> = [.socialWorker, .supervisor]
  /// Who answers for the committee.
  static let committee: Set<Role> = [.committee]
  /// Who sees the desk.
  static let desk = station.union(committee)

  /// Who may write the answer: for the committee itself alone, for a department whoever has its letter.
  static func answering(_ addressee: ProposalAddressee) -> Set<Role> {
    addressee == .committee ? committee : desk
  }
}
