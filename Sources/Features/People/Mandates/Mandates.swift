package import Database
package import Kernel

extension Directory {
  /// A mandate with its whole history; nil for those of other communities.
  package func mandate(
    _ id: MandateID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Mandate? {
    try MandateStore.find(id, in: community, snapshot)
  }

  /// All that a person gave, the newest first, ended ones included.
  package func mandates(
    of principal: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Mandate] {
    try MandateStore.given(by: principal, in: community, snapshot)
  }

  /// All that a person was given, the newest first, ended ones included.
  package func mandates(
    for helper: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Mandate] {
    try MandateStore.held(by: helper, in: community, snapshot)
  }
}

extension Directory {
  /// All under which a person holds the principal's family key at this moment, the newest first.
  package func mandates(
    withKeyOf relative: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Mandate] {
    try MandateStore.keyed(to: relative, in: community, snapshot).filter {
      $0.isAlive(at: snapshot.now) && $0.terms(at: snapshot.now).familyKey == relative
    }
  }
}

/// A picture of a signed paper, sealed before the transaction that stores it.
package struct SealedMandatePicture: Sendable {
  let id: MandatePictureID
  let bytes: [UInt8]
}

/// Giving, changing and ending mandates: each in one transaction, audited on behalf of the principal.
package enum Mandates {
  /// Gives a mandate that is valid at once, save for what `MandateRules.opening` lets wait.
  ///
  /// - Throws: `mandate.*` where these people or this evidence do not do, `form.invalid` for the terms, `not_found` for
  ///   people of other communities, `mandate.given_already` while the helper has one of the same principal.
  @discardableResult
  package static func give(
    _ terms: MandateTerms, by principal: PersonID, to helper: PersonID, asking: MandateAsking,
    picture: SealedMandatePicture? = nil, in transaction: Transaction
  ) throws -> Mandate {
    if let refusal = MandateRules.refusalToGive(asking, principal: principal, helper: helper) {
      throw refusal
    }
    try check(terms, current: nil, principal, helper, asking.evidence.witness, in: transaction)
    let now = transaction.now
    let earlier = try MandateStore.given(by: principal, in: transaction.community, transaction).filter {
      $0.helper == helper
    }
    if earlier.contains(where: { $0.mayCountYet(at: now) }) { throw Problem.mandateGivenAlready }
    let opening = MandateRules.opening(terms, after: termsWithinPause(earlier, before: now))
    let mandate = Mandate(
      id: transaction.newIdentifier(), principal: principal, helper: helper, validFrom: now,
      revisions: MandateRules.revisions(opening, after: 0, asking, at: now), revokedAt: nil)
    try MandateStore.insert(mandate, in: transaction)
    try keep(picture, of: 1, mandate, in: transaction)
    try audit("people.mandate_give", mandate, asking.actor, asking.evidence.kind.rawValue, in: transaction)
    return mandate
  }

  /// Asks for other terms: what narrows counts at once, what widens after 24 hours.
  ///
  /// - Returns: the mandate with its new revisions; as it was where nothing is new.
  /// - Throws: `mandate.revoked`, `mandate.expired`, `mandate.by_helper` for whatever the helper asks, and as `give`.
  @discardableResult
  package static func change(
    _ id: MandateID, to terms: MandateTerms, asking: MandateAsking, picture: SealedMandatePicture? = nil,
    in transaction: Transaction
  ) throws -> Mandate {
    let mandate = try unrevoked(id, in: transaction)
    let now = transaction.now
    guard mandate.isAlive(at: now) else { throw Problem.mandateExpired }
    if asking.actor.person == mandate.helper { throw Problem.mandateByHelper }
    let current = mandate.terms(at: now)
    let wish = MandateRules.split(terms, current: current, promised: mandate.promisedTerms)
    if wish.now.isEmpty, wish.later.isEmpty { return mandate }
    try check(
      terms, current: current, mandate.principal, mandate.helper, asking.evidence.witness, in: transaction)
    let refusal =
      wish.later.isEmpty
      ? MandateRules.refusalToNarrow(
        asking.actor, principal: mandate.principal, helper: mandate.helper)
      : MandateRules.refusalToWiden(asking, principal: mandate.principal, helper: mandate.helper)
    if let refusal { throw refusal }
    return try append(
      MandateRules.revisions(wish, after: lastSequence(mandate), asking, at: now), to: mandate, asking,
      picture,
      in: transaction)
  }

  /// Takes back whatever waits to take effect, an extension after the last day included.
  /// - Throws: `mandate.revoked`, `mandate.expired`, `mandate.by_helper`, `forbidden`, `not_found`.
  @discardableResult
  package static func takeBackPending(
    _ id: MandateID, by actor: Actor, in transaction: Transaction
  ) throws -> Mandate {
    let mandate = try unrevoked(id, in: transaction)
    guard mandate.mayCountYet(at: transaction.now) else { throw Problem.mandateExpired }
    if let refusal = MandateRules.refusalToNarrow(
      actor, principal: mandate.principal, helper: mandate.helper)
    {
      throw refusal
    }
    let back = MandateRules.takingBack(
      mandate.promisedTerms, current: mandate.terms(at: transaction.now))
    if back.isEmpty { return mandate }
    let asking = MandateAsking(by: actor, .electronic)
    return try append(
      MandateRules.revisions(
        (back, MandateChanges()), after: lastSequence(mandate), asking, at: transaction.now),
      to: mandate, asking, nil, in: transaction)
  }

  /// Ends a mandate at once and for ever; a second time changes nothing.
  /// - Throws: `forbidden`, `not_found`.
  package static func revoke(_ id: MandateID, by actor: Actor, in transaction: Transaction) throws {
    guard let mandate = try MandateStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    if let refusal = MandateRules.refusalToEnd(
      actor, principal: mandate.principal, helper: mandate.helper)
    {
      throw refusal
    }
    if mandate.revokedAt != nil { return }
    try MandateStore.insertEnd(of: id, by: actor, in: transaction)
    try audit("people.mandate_end", mandate, actor, "", in: transaction)
  }

  // MARK: - Parts

  private static func unrevoked(_ id: MandateID, in transaction: Transaction) throws -> Mandate {
    guard let mandate = try MandateStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    if mandate.revokedAt != nil { throw Problem.mandateRevoked }
    return mandate
  }

  private static func check(
    _ terms: MandateTerms, current: MandateTerms?, _ principal: PersonID, _ helper: PersonID,
    _ witness: PersonID?, in transaction: Transaction
  ) throws {
    let faults = MandateRules.faults(in: terms, current: current, at: transaction.now)
    if !faults.isEmpty { throw Problem.invalid(faults) }
    // Who was trusted before and has left since hinders nobody from lowering a cap.
    let trusted = terms.trusted.subtracting(current?.trusted ?? [])
    let named = trusted.union([principal, helper] + (witness.map { [$0] } ?? []))
    let persons = try transaction.persons(named, in: transaction.community)
    guard persons.count == named.count, let first = persons.first(where: { $0.id == principal }),
      let second = persons.first(where: { $0.id == helper })
    else { throw Problem.notFound }
    let refusal = MandateRules.refusal(
      principal: first, helper: second, trusted: persons.filter { trusted.contains($0.id) })
    // Moving together makes a mandate needless and not wrong.
    if let refusal, current == nil || refusal != .mandateNotNeeded { throw refusal }
  }

  /// What the helper's last mandate allowed, if it ended within the pause.
  private static func termsWithinPause(_ earlier: [Mandate], before now: Timestamp) -> MandateTerms? {
    let ended = earlier.compactMap { mandate -> (at: Timestamp, terms: MandateTerms)? in
      let at = mandate.revokedAt ?? mandate.promisedTerms.expires
      return at > now - MandateRules.pause ? (at, mandate.terms(at: min(at, now))) : nil
    }
    return ended.max { $0.at < $1.at }?.terms
  }

  private static func append(
    _ revisions: [MandateRevision], to mandate: Mandate, _ asking: MandateAsking,
    _ picture: SealedMandatePicture?, in transaction: Transaction
  ) throws -> Mandate {
    for revision in revisions { try MandateStore.insert(revision, of: mandate.id, in: transaction) }
    try keep(picture, of: lastSequence(mandate) + 1, mandate, in: transaction)
    try audit("people.mandate_change", mandate, asking.actor, asking.evidence.kind.rawValue, in: transaction)
    return Mandate(
      id: mandate.id, principal: mandate.principal, helper: mandate.helper, validFrom: mandate.validFrom,
      revisions: mandate.revisions + revisions, revokedAt: nil)
  }

  private static func keep(
    _ picture: SealedMandatePicture?, of sequence: Int64, _ mandate: Mandate, in transaction: Transaction
  ) throws {
    guard let picture else { return }
    try MandateStore.insertPicture(
      picture.bytes, id: picture.id, of: sequence, mandate.id, in: transaction)
  }

  private static func lastSequence(_ mandate: Mandate) -> Int64 { mandate.revisions.last?.sequence ?? 0 }

  private static func audit(
    _ action: StaticString, _ mandate: Mandate, _ actor: Actor, _ purpose: String, in transaction: Transaction
  ) throws {
    try transaction.audit(
      action, by: actor, of: mandate.id.rawValue, onBehalfOf: mandate.principal, purpose: purpose)
  }
}
