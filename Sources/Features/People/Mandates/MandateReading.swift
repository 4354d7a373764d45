import Database
import Interop
import Kernel
import Security
import Web

extension People {
  /// What a page tells of mandates.
  func views(
    _ mandates: [Mandate], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [MandateView] {
    var persons: Set<PersonID> = []
    for mandate in mandates {
      persons.formUnion([mandate.principal, mandate.helper])
      for revision in mandate.revisions {
        persons.insert(revision.asking.actor.person)
        if let witness = revision.asking.evidence.witness { persons.insert(witness) }
        for person in [
          revision.changes.familyKey, revision.changes.alertPerson, revision.changes.statementCopy,
        ] {
          if let person = person ?? nil { persons.insert(person) }
        }
      }
    }
    let names = try snapshot.displayNames(of: persons, in: community)
    let merchants = Dictionary(try trade.merchants(community, snapshot)) { first, _ in first }
    return try mandates.map { mandate in
      MandateView(
        mandate: mandate, names: names, merchants: merchants,
        toldOfOrders: try toldOfOrders(mandate, in: community, snapshot),
        pictured: try MandateStore.pictured(mandate.id, in: community, snapshot))
    }
  }

  /// Those among the ones named for a copy of the statement who may have it now.
  private func toldOfOrders(
    _ mandate: Mandate, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Set<PersonID> {
    let named = Set(mandate.revisions.compactMap { $0.changes.statementCopy ?? nil })
    return try named.filter {
      try directory.consent.allows(
        mandate.principal, .sharing(with: $0), .orders, to: .relative, at: snapshot.now, in: community,
        snapshot)
    }
  }

  /// The mandate in the path, if it is this person's own.
  /// - Throws: `not_found`.
  func mandateInPath(
    _ signedIn: SignedIn, of principal: PersonID, _ snapshot: Snapshot
  ) throws -> Mandate {
    let found = try MandateStore.find(try signedIn.id("mandate"), in: signedIn.community.id, snapshot)
    guard let found, found.principal == principal else { throw Problem.notFound }
    return found
  }

  /// Who and what can be chosen for a mandate of this person.
  func choices(for principal: Person, _ snapshot: Snapshot) throws -> MandateChoices {
    let people = try snapshot.peopleAround(principal)
    return MandateChoices(
      helpers: people.helpers, trusted: people.trusted, witnesses: people.witnesses,
      merchants: try trade.merchants(principal.community, snapshot))
  }

  /// The terms of a draft with the persons whom it names.
  /// - Throws: `form.invalid` where a telephone number is nobody's.
  func terms(
    of draft: MandateDraft, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> MandateTerms {
    var terms = draft.terms
    terms.familyKey = try person(draft.familyKey, "trusted_phone", in: community, snapshot)
    terms.alertPerson = try person(draft.alertPerson, "trusted_phone", in: community, snapshot)
    terms.statementCopy = try person(draft.statementCopy, "trusted_phone", in: community, snapshot)
    return terms
  }

  func person(
    _ chosen: ChosenPerson, _ field: String, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PersonID? {
    try directory.person(chosen, field, in: community, snapshot)
  }

  // MARK: - Pictures of signed papers

  /// The photo in a form, decoded and encoded anew and sealed; nil where none was chosen.
  /// - Throws: `picture.*`.
  func sealedPicture(_ form: Form, in community: CommunityID) async throws -> SealedMandatePicture? {
    guard let file = form.file("picture") else { return nil }
    guard let made = try await papers.reencode(file.bytes).last else { throw Problem.internalFault }
    let cipher = try await contactCipher(in: community)
    let id: MandatePictureID = database.identifiers.next()
    return SealedMandatePicture(
      id: id, bytes: try cipher.seal(bytes: made.bytes, at: .mandatePicture(id, in: community)))
  }

  /// Opens the scan of one revision; who looked stands in the audit chain.
  /// - Throws: `not_found`.
  func openPicture(
    of sequence: Int64, _ mandate: Mandate, in community: CommunityID, by actor: Actor
  ) async throws -> [UInt8] {
    let cipher = try await contactCipher(in: community)
    return try await database.write(in: community) { transaction in
      guard let found = try MandateStore.picture(of: sequence, mandate.id, in: community, transaction) else {
        throw Problem.notFound
      }
      try transaction.audit(
        "people.mandate_evidence_read", by: actor, of: mandate.id.rawValue, onBehalfOf: mandate.principal)
      return try cipher.openBytes(found.sealed, at: .mandatePicture(found.id, in: community))
    }
  }
}
