package import Database
package import Kernel
package import People
import Web

/// The desks of Policy, for whoever acts in it by program instead of through its pages.
extension Policy {
  /// Where proposals are made, looked at and talked about.
  package var proposalDesk: ProposalDesk { proposals.desk }

  /// Where votes are announced, given and counted.
  package var ballots: BallotDesk { proposals.ballots }

  /// Where proposals that passed are answered, and where it is told what is done.
  package var results: ResultDesk { proposals.results }

  /// The box in which the votes of a community are sealed.
  /// - Throws: `vault.wrong_key`, and what the storage of keys throws.
  package func ballotBox(of community: CommunityID) async throws -> BallotBox {
    try await proposals.box(of: community)
  }

  /// Where reports are planned, written and moved on.
  package var reportDesk: ReportDesk { reports.desk }

  /// The quotes that a report of a community may use, with what opens them.
  /// - Throws: what the storage of keys throws.
  package func quotes(of community: CommunityID) async throws -> ReportQuoteSource.Opened {
    try await reports.ports.quotes.opened(community)
  }

  /// Publishes who may be eligible for a policy as a document says it: in the form in which rules are stored.
  ///
  /// - Parameters:
  ///   - document: JSON, with citations and golden tests.
  ///   - author: who wrote it; somebody else than who publishes it.
  /// - Throws: `json.malformed`, `form.invalid`, `rule.*`, `forbidden`.
  package func publishRule(
    _ document: String, of policy: PolicyID, writtenBy author: Actor, by publisher: Actor,
    in transaction: Transaction
  ) throws {
    let set = try RuleSet(json: document)
    try RuleDesk().publish(set, of: policy, writtenBy: author, by: publisher, in: transaction)
  }

  /// Somebody wants to be told of every new version of a policy.
  /// - Throws: `not_found` for a policy that was never published.
  package func follow(_ policy: PolicyID, by person: PersonID, in transaction: Transaction) throws {
    try PolicyFollowDoors.change(.policy(policy), .follow, by: person, in: transaction)
  }

  /// Somebody says that they read a version, and whether it is clear to them; who has questions is called back.
  /// - Throws: `not_found`, `policy.old_version`.
  package func read(
    _ version: Int64, of policy: PolicyID, isClear: Bool, by person: PersonID, in transaction: Transaction
  ) throws {
    try PolicyReceiptDesk(directory: library.directory, messenger: library.messenger).read(
      version, of: policy, isClear ? .clear : .questions, by: person, in: transaction)
  }
}

extension PolicyLibrary {
  /// Writes a policy and publishes its first version in one go, for those who have it read elsewhere.
  ///
  /// - Parameter author: who wrote it; somebody else than who publishes it.
  /// - Throws: `forbidden`, `policy.own_draft`, `form.invalid` naming `replaces`.
  @discardableResult
  package func add(
    _ content: PolicyContent, writtenBy author: Actor, by publisher: Actor, in transaction: Transaction
  ) throws -> Card {
    guard PolicyRules.authors.contains(author.role) else { throw Problem.forbidden }
    let id = try PolicyDesk.make(content, by: author, in: transaction)
    let version = try PolicyDesk.publish(id, seen: 1, by: publisher, in: transaction)
    return Self.card(id, version.content, version: version.number)
  }
}
