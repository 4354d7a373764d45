package import Database
package import Kernel

/// Asking, giving and taking back consent: each in one transaction, audited on behalf of the subject.
package enum Consents {
  /// What was agreed to, before it is stored.
  package struct Draft: Sendable {
    package let subject: PersonID
    package let notice: NoticeID
    /// The relative who may be told, where the notice is about one.
    package let recipient: PersonID?
    /// What of the notice's categories was chosen; nil for all of them. A no is to all of them.
    package let categories: Set<DataCategory>?
    /// The raw identifier of the one thing that it is for, where the notice is asked for each alone.
    package let matter: Int64?
    package let expires: Timestamp
    package let evidence: ConsentEvidence

    package init(
      subject: PersonID, notice: NoticeID, recipient: PersonID? = nil,
      categories: Set<DataCategory>? = nil, matter: Int64? = nil, expires: Timestamp,
      evidence: ConsentEvidence
    ) {
      self.subject = subject
      self.notice = notice
      self.recipient = recipient
      self.categories = categories
      self.matter = matter
      self.expires = expires
      self.evidence = evidence
    }
  }

  /// Keeps what somebody answered to a notice. A yes takes the place of an earlier one to the same, whoever was to be
  /// told by that one; a no takes it back. Where a notice is asked for each matter alone, an answer changes those to the
  /// same matter and no other.
  /// - Throws: `consent.*` where it is no consent, `not_found` for people and notices of other communities.
  @discardableResult
  package static func record(
    _ draft: Draft, isGiven: Bool, by actor: Actor, picture: (@Sendable (ConsentID) throws -> [UInt8])? = nil,
    in transaction: Transaction
  ) throws -> Consent {
    let (notice, terms) = try terms(of: draft, isGiven: isGiven, by: actor, in: transaction)
    let now = transaction.now
    let events = [ConsentState.requested, isGiven ? .given : .refused].map {
      ConsentEvent(kind: $0, at: now, actor: actor)
    }
    try endEarlier(than: terms, to: notice, isGiven: isGiven, by: actor, in: transaction)
    let consent = Consent(
      id: transaction.newIdentifier(), terms: terms, askedAt: now, askedBy: actor, events: events)
    try ConsentStore.insert(consent, in: transaction)
    if let picture {
      try ConsentStore.insertPicture(try picture(consent.id), of: consent.id, in: transaction)
    }
    try audit(isGiven ? "people.consent_give" : "people.consent_refuse", consent, actor, in: transaction)
    return consent
  }

  /// The newest version of a notice by its code; nil where the community has none.
  package static func notice(_ code: String, in transaction: Transaction) throws -> NoticeID? {
    try newestNotice(code, in: transaction.community, transaction)?.id
  }

  /// The newest version of a notice with its words; nil where the community has none.
  package static func newestNotice(
    _ code: String, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Notice? {
    try ConsentStore.newestNotice(code, in: community, snapshot)
  }

  /// Takes a consent back at once; a second time changes nothing.
  /// - Throws: `consent.not_open` for what was never given or ended otherwise, `forbidden`, `not_found`.
  package static func withdraw(_ id: ConsentID, by actor: Actor, in transaction: Transaction) throws {
    let consent = try find(id, in: transaction)
    if let refusal = ConsentRules.refusalToWithdraw(consent, by: actor) { throw refusal }
    if consent.events.last?.kind == .withdrawn { return }
    try end(consent, .withdrawn, "people.consent_withdraw", by: actor, in: transaction)
  }

  /// Declares void what should never have been recorded.
  /// - Throws: as `withdraw`.
  package static func invalidate(_ id: ConsentID, by actor: Actor, in transaction: Transaction) throws {
    let consent = try find(id, in: transaction)
    guard ConsentRules.invalidators.contains(actor.role) else { throw Problem.actionForbidden }
    try end(consent, .invalidated, "people.consent_invalidate", by: actor, in: transaction)
  }

  /// Writes down which consents have run out. The gate has refused them since their last day.
  static func expire(in transaction: Transaction) throws {
    for consent in try ConsentStore.runOut(in: transaction.community, at: transaction.now, transaction) {
      try end(consent, .expired, "people.consent_expire", by: .machine, in: transaction)
    }
  }

  /// Adds those of the notices of this program that the community does not have yet.
  static func addNotices(
    _ notices: [NoticeContent] = NoticeTexts.all, in transaction: Transaction
  ) throws {
    for content in notices {
      guard let id = try ConsentStore.insert(content, in: transaction) else { continue }
      try transaction.audit("people.notice_add", by: .machine, of: id.rawValue, purpose: content.code)
    }
  }

  // MARK: - Parts

  private static func find(_ id: ConsentID, in transaction: Transaction) throws -> Consent {
    guard let consent = try ConsentStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    return consent
  }

  private static func terms(
    of draft: Draft, isGiven: Bool, by actor: Actor, in transaction: Transaction
  ) throws -> (Notice, ConsentTerms) {
    guard let notice = try ConsentStore.notice(draft.notice, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    let content = notice.content
    // What is told to nobody in particular needs no relative, and a no is to the notice, whoever or whatever was meant.
    let recipient = isGiven && content.recipients.contains(.relative) ? draft.recipient : nil
    if let refusal = ConsentRules.refusal(
      of: draft.evidence, for: draft.subject, recipient: recipient, by: actor)
    {
      throw refusal
    }
    let chosen = isGiven ? draft.categories : nil
    let terms = ConsentTerms(
      subject: draft.subject, notice: notice.id, noticeDigest: notice.digest, purposes: content.purposes,
      categories: chosen ?? content.categories, recipients: content.recipients, recipient: recipient,
      matter: draft.matter, evidence: draft.evidence, expires: draft.expires)
    if let refusal = ConsentRules.refusal(
      of: terms, to: notice, askedAt: transaction.now, isGiven: isGiven)
    {
      throw refusal
    }
    let named = Set(
      [terms.subject, terms.evidence.giver] + [recipient, terms.evidence.witness].compactMap(\.self))
    let persons = try transaction.persons(named, in: transaction.community)
    guard persons.count == named.count, !persons.contains(where: { $0.id == terms.subject && $0.isDisabled })
    else { throw Problem.notFound }
    return (notice, terms)
  }

  /// Ends what was agreed to under a notice, in whatever version and for the same matter: a new yes renews it, a no
  /// takes it back.
  private static func endEarlier(
    than terms: ConsentTerms, to notice: Notice, isGiven: Bool, by actor: Actor, in transaction: Transaction
  ) throws {
    let earlier = try ConsentStore.consents(
      of: terms.subject, code: notice.content.code, in: transaction.community, transaction)
    for consent in earlier
    where consent.events.last?.kind == .given && consent.terms.matter == terms.matter {
      let (state, action): (ConsentState, StaticString) =
        if consent.state(at: transaction.now) == .expired {
          (.expired, "people.consent_expire")
        } else if isGiven {
          (.renewed, "people.consent_renew")
        } else {
          (.withdrawn, "people.consent_withdraw")
        }
      try end(consent, state, action, by: actor, in: transaction)
    }
  }

  private static func end(
    _ consent: Consent, _ state: ConsentState, _ action: StaticString, by actor: Actor,
    in transaction: Transaction
  ) throws {
    guard let last = consent.events.last, last.kind.successors.contains(state) else {
      throw Problem.consentNotOpen
    }
    try ConsentStore.insert(
      ConsentEvent(kind: state, at: transaction.now, actor: actor), sequence: consent.events.count + 1,
      of: consent.id, in: transaction)
    try audit(action, consent, actor, in: transaction)
  }

  private static func audit(
    _ action: StaticString, _ consent: Consent, _ actor: Actor, in transaction: Transaction
  ) throws {
    try transaction.audit(
      action, by: actor, of: consent.id.rawValue, onBehalfOf: consent.terms.subject,
      purpose: ChoiceList.text(consent.terms.purposes))
  }
}
