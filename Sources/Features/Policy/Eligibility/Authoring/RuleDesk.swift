import Database
import Kernel
import People
import Web

/// Where rules are written and published, each step in one transaction.
struct RuleDesk: Sendable {
  /// Who writes.
  static let writers: Set<Role> = [.socialWorker, .supervisor, .committee]
  /// Who publishes, and takes down; never what they wrote on.
  static let publishers: Set<Role> = [.supervisor, .committee]

  /// Begins a draft: with the version that counts, or from scratch. The caller has checked that there is such a policy.
  /// - Throws: `rule.draft_open`.
  @discardableResult
  func begin(_ policy: PolicyID, by actor: Actor, in transaction: Transaction) throws -> RuleDraft {
    let community = transaction.community
    guard try RuleDraftStore.open(of: policy, in: community, transaction) == nil else {
      throw Problem.ruleDraftOpen
    }
    let newest = try RuleVersionStore.head(of: policy, in: community, transaction).flatMap {
      try RuleVersionStore.version($0.version, of: policy, in: community, transaction)
    }
    let draft = RuleDraft(
      id: transaction.newIdentifier(), policy: policy, basedOn: newest?.version, revision: 1,
      begunAt: transaction.now, begunBy: actor, content: newest?.content ?? .empty)
    try RuleDraftStore.insert(draft, in: transaction)
    try transaction.audit("policy.rule_begin", by: actor, of: draft.id.rawValue)
    return draft
  }

  /// Does one step of writing.
  /// - Parameter seen: the revision that the author saw.
  /// - Throws: `not_found`, `rule.draft_stale`, `rule.*`.
  func write(
    _ step: RuleStep, of policy: PolicyID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let draft = try open(policy, seen: seen, in: transaction)
    try append(try draft.content.after(step), step.code, to: draft, by: actor, in: transaction)
  }

  /// Goes back to how it stood at an earlier revision: as a new one, so that this can be undone as well.
  /// - Throws: `not_found`, `rule.draft_stale`.
  func restore(
    _ revision: Int64, of policy: PolicyID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let draft = try open(policy, seen: seen, in: transaction)
    guard
      let content = try RuleDraftStore.content(
        of: draft.id, at: revision, in: transaction.community, transaction)
    else { throw Problem.notFound }
    try append(content, "restore", to: draft, by: actor, in: transaction)
  }

  /// Throws a draft away; its steps stay on record.
  /// - Throws: `not_found`, `rule.draft_stale`.
  func drop(_ policy: PolicyID, seen: Int64, by actor: Actor, in transaction: Transaction) throws {
    let draft = try open(policy, seen: seen, in: transaction)
    try RuleDraftStore.end(draft.id, .dropped, in: transaction)
    try transaction.audit("policy.rule_drop", by: actor, of: draft.id.rawValue)
  }

  /// Makes the draft the version that counts.
  /// - Throws: `not_found`, `rule.draft_stale`, `forbidden`, `rule.own_draft`, `rule.incomplete`.
  @discardableResult
  func publish(
    _ policy: PolicyID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws -> RuleVersion {
    let community = transaction.community
    let draft = try open(policy, seen: seen, in: transaction)
    guard Self.publishers.contains(actor.role) else { throw Problem.forbidden }
    let writers = try RuleDraftStore.writers(of: draft.id, in: community, transaction)
    guard !writers.contains(actor.person) else { throw Problem.ruleOwnDraft }
    let gaps = draft.content.gaps
    guard gaps.isEmpty else { throw Problem.ruleIncomplete(gaps) }
    let head = try RuleVersionStore.head(of: policy, in: community, transaction)
    let version = RuleVersion(
      policy: policy, version: (head?.version ?? 0) + 1, content: draft.content,
      publishedAt: transaction.now, publishedBy: actor)
    try RuleVersionStore.insert(version, of: draft, in: transaction)
    try RuleDraftStore.end(draft.id, .published, in: transaction)
    try transaction.audit(
      "policy.rule_publish", by: actor, of: policy.rawValue, purpose: "version \(version.version)")
    return version
  }

  /// Writes and publishes a set in one go, for one that was written elsewhere.
  /// - Throws: as `publish`, and `rule.draft_open` where a draft is being written.
  @discardableResult
  func publish(
    _ content: RuleSet, of policy: PolicyID, writtenBy author: Actor, by publisher: Actor,
    in transaction: Transaction
  ) throws -> RuleVersion {
    guard Self.writers.contains(author.role) else { throw Problem.forbidden }
    let draft = try begin(policy, by: author, in: transaction)
    try append(content, "import", to: draft, by: author, in: transaction)
    return try publish(policy, seen: draft.revision + 1, by: publisher, in: transaction)
  }

  /// Takes the rule down, for one that turns out to be wrong: nobody is told anything by it until another is published.
  /// - Throws: `not_found`, `forbidden`.
  func takeDown(_ policy: PolicyID, by actor: Actor, in transaction: Transaction) throws {
    guard Self.publishers.contains(actor.role) else { throw Problem.forbidden }
    guard let head = try RuleVersionStore.head(of: policy, in: transaction.community, transaction),
      head.isShown
    else { throw Problem.notFound }
    try RuleVersionStore.setHead(
      RuleHead(policy: policy, version: head.version, isShown: false), by: actor, in: transaction)
    try RuleVersionStore.setPlaces([], of: policy, in: transaction)
    try transaction.audit(
      "policy.rule_take_down", by: actor, of: policy.rawValue, purpose: "version \(head.version)")
  }

  private func open(
    _ policy: PolicyID, seen: Int64, in transaction: Transaction
  ) throws -> RuleDraft {
    guard let draft = try RuleDraftStore.open(of: policy, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    guard draft.revision == seen else { throw Problem.ruleDraftStale }
    return draft
  }

  private func append(
    _ content: RuleSet, _ step: String, to draft: RuleDraft, by actor: Actor, in transaction: Transaction
  ) throws {
    guard draft.revision < Self.maximumRevisions else { throw Problem.ruleDraftFull }
    try RuleDraftStore.append(
      content, as: draft.revision + 1, step, of: draft.id, by: actor, in: transaction)
    try transaction.audit("policy.rule_write", by: actor, of: draft.id.rawValue, purpose: step)
  }

  /// Steps that one draft may have.
  static let maximumRevisions: Int64 = 2000
}

extension Problem {
  static let ruleDraftFull = Problem(
    "rule.draft_full", status: 409,
    Phrase("这份草稿改得太多次了。", "This draft has too many steps."),
    advice: Phrase("请先发布，或者不要它、重新开始写。", "Publish it, or drop it and begin anew."))
}
