import Database
import Kernel
import People
import Web

/// Where what the library says is written, published and taken out of use: each step is one transaction and an entry of the
/// audit chain.
enum PolicyDesk {
  /// Makes a policy with the draft of its first version.
  /// - Throws: `form.invalid` naming `replaces`.
  static func make(
    _ content: PolicyContent, because origin: PolicyOrigin? = nil, by actor: Actor,
    in transaction: Transaction
  ) throws -> PolicyID {
    let id: PolicyID = transaction.newIdentifier()
    try checkReplaced(content.document.replaces, by: id, in: transaction)
    try PolicyStore.insert(id, by: actor, in: transaction)
    try PolicyStore.insert(content, of: id, because: origin, by: actor, in: transaction)
    try transaction.audit("policy.make", by: actor, of: id.rawValue)
    return id
  }

  /// Keeps what the next version is to say; begins its draft where there is none.
  ///
  /// - Parameter seen: the revision that the writer saw; 0 where they saw no draft.
  /// - Throws: `not_found`, `policy.retired`, `policy.stale`, `form.invalid` naming `replaces`.
  static func write(
    _ content: PolicyContent, of id: PolicyID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let head = try inUse(id, in: transaction)
    try checkReplaced(content.document.replaces, by: id, in: transaction)
    let draft = try PolicyStore.openDraft(of: head.id, in: transaction.community, transaction)
    guard (draft?.revision ?? 0) == seen else { throw Problem.policyStale }
    if let draft {
      if draft.content == content { return }
      try PolicyStore.write(content, draft, by: actor, in: transaction)
    } else {
      try PolicyStore.insert(content, of: id, because: nil, by: actor, in: transaction)
    }
    try transaction.audit("policy.write", by: actor, of: id.rawValue)
  }

  /// Begins the next version for a reason from outside, with what the newest one says; where a draft is being written, the
  /// reason is given to it.
  ///
  /// - Throws: `not_found`, `policy.retired`, `policy.not_published`.
  static func begin(
    _ id: PolicyID, because origin: PolicyOrigin, by actor: Actor, in transaction: Transaction
  ) throws {
    let head = try inUse(id, in: transaction)
    if let draft = try PolicyStore.openDraft(of: id, in: transaction.community, transaction) {
      try PolicyStore.give(origin, to: draft.id, in: transaction)
    } else {
      guard let newest = try newest(of: head, in: transaction) else { throw Problem.policyNotPublished }
      var content = newest.content
      content.whatChanged = ""
      try PolicyStore.insert(content, of: id, because: origin, by: actor, in: transaction)
    }
    try transaction.audit("policy.begin", by: actor, of: id.rawValue, purpose: origin.kind)
  }

  /// Makes the draft the newest version, and has everybody told who asked for it or read an earlier one.
  ///
  /// - Parameter seen: the revision that was read before.
  /// - Throws: `not_found`, `policy.retired`, `policy.no_draft`, `policy.stale`, `policy.own_draft`,
  ///   `policy.change_unsaid`, `policy.unchanged`, `forbidden`, `form.invalid` naming `replaces`.
  @discardableResult
  static func publish(
    _ id: PolicyID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws -> PolicyVersion {
    let community = transaction.community
    let head = try inUse(id, in: transaction)
    guard let draft = try PolicyStore.openDraft(of: id, in: community, transaction) else {
      throw Problem.policyNoDraft
    }
    guard draft.revision == seen else { throw Problem.policyStale }
    let newest = try newest(of: head, in: transaction)
    if let refusal = PolicyRules.refusal(toPublish: draft, after: newest, by: actor) { throw refusal }
    try checkReplaced(draft.content.document.replaces, by: id, in: transaction)
    let isFirst = try !PolicyStore.hasPublished(in: community, transaction)
    let version = PolicyVersion(
      policy: id, number: (newest?.number ?? 0) + 1, content: draft.content, origin: draft.origin,
      writtenBy: draft.writtenBy, publishedAt: transaction.now, publishedBy: actor)
    try PolicyVersionStore.insert(number: version.number, of: draft, by: actor, in: transaction)
    try PolicyStore.end(draft.id, isPublished: true, in: transaction)
    try PolicyStore.update(version, in: transaction)
    try PolicyListStore.index(version, in: transaction)
    try transaction.audit(
      "policy.publish", by: actor, of: id.rawValue, purpose: "version \(version.number)")
    try PolicyNewsDesk.tellFollowers(of: version, by: actor, in: transaction)
    if isFirst { try WarnOfExpiry.begin(in: transaction) }
    return version
  }

  /// Writes and publishes a version in one go, for those who have it read elsewhere.
  ///
  /// - Throws: as `publish`, and `policy.draft_open` where a draft is being written.
  static func publish(
    _ content: PolicyContent, of id: PolicyID, because origin: PolicyOrigin, writtenBy author: Actor,
    by publisher: Actor, in transaction: Transaction
  ) throws -> PolicyVersion {
    guard PolicyRules.authors.contains(author.role) else { throw Problem.forbidden }
    _ = try inUse(id, in: transaction)
    guard try PolicyStore.openDraft(of: id, in: transaction.community, transaction) == nil else {
      throw Problem.policyDraftOpen
    }
    try PolicyStore.insert(content, of: id, because: origin, by: author, in: transaction)
    try transaction.audit("policy.begin", by: author, of: id.rawValue, purpose: origin.kind)
    return try publish(id, seen: 1, by: publisher, in: transaction)
  }

  /// Gives the draft up; what stood in it stays on record and is shown to nobody.
  /// - Throws: `not_found`, `policy.no_draft`, `policy.stale`.
  static func drop(_ id: PolicyID, seen: Int64, by actor: Actor, in transaction: Transaction) throws {
    let head = try find(id, in: transaction)
    guard let draft = try PolicyStore.openDraft(of: head.id, in: transaction.community, transaction) else {
      throw Problem.policyNoDraft
    }
    guard draft.revision == seen else { throw Problem.policyStale }
    try PolicyStore.end(draft.id, isPublished: false, in: transaction)
    try transaction.audit("policy.drop", by: actor, of: id.rawValue)
  }

  /// Takes a policy out of use: whoever comes to it still reads it, and why it counts no more.
  /// - Throws: `not_found`, `forbidden`, `policy.retired`, `policy.not_published`.
  static func retire(
    _ id: PolicyID, reason: String, by actor: Actor, in transaction: Transaction
  ) throws {
    guard PolicyRules.publishers.contains(actor.role) else { throw Problem.forbidden }
    let head = try inUse(id, in: transaction)
    guard head.isReadable else { throw Problem.policyNotPublished }
    if let draft = try PolicyStore.openDraft(of: id, in: transaction.community, transaction) {
      try PolicyStore.end(draft.id, isPublished: false, in: transaction)
    }
    try PolicyStore.retire(id, reason: reason, by: actor, in: transaction)
    try PolicyListStore.removeFromIndex(id, in: transaction)
    try transaction.audit("policy.retire", by: actor, of: id.rawValue)
  }

  // MARK: - Parts

  private static func find(_ id: PolicyID, in transaction: Transaction) throws -> PolicyHead {
    guard let head = try PolicyStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    return head
  }

  private static func inUse(_ id: PolicyID, in transaction: Transaction) throws -> PolicyHead {
    let head = try find(id, in: transaction)
    if head.state == .retired { throw Problem.policyRetired }
    return head
  }

  /// - Returns: the newest published version; nil while there is none.
  private static func newest(of head: PolicyHead, in transaction: Transaction) throws -> PolicyVersion? {
    try head.newest.flatMap {
      try PolicyVersionStore.find($0, of: head.id, in: transaction.community, transaction)
    }
  }

  /// What is replaced was published here, and does not itself come in the place of what replaces it.
  private static func checkReplaced(
    _ replaced: PolicyID?, by id: PolicyID, in transaction: Transaction
  ) throws {
    guard let replaced else { return }
    guard let head = try PolicyStore.find(replaced, in: transaction.community, transaction), head.isReadable
    else { throw Problem.policyReplacesUnknown }
    var next: PolicyID? = replaced
    for _ in 0..<PolicyRules.longestChain {
      guard let current = next else { return }
      if current == id { throw Problem.policyReplacesItself }
      next = try PolicyStore.replaced(by: current, in: transaction.community, transaction)
    }
    throw Problem.policyReplacesItself
  }
}
