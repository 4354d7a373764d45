import Database
import Kernel
import People

/// Where the station keeps the support network: each step is one transaction and an entry of the audit chain.
struct OrganisationDesk: Sendable {
  let ground: ResourceGround

  /// Enters one; nobody outside the station sees it before it is confirmed.
  /// - Throws: `form.invalid` for a merchant that there is not and for somebody's own telephone.
  func make(
    _ terms: OrganisationTerms, by actor: Actor, in transaction: Transaction
  ) throws -> OrganisationID {
    try check(terms, before: nil, in: transaction)
    let organisation = Organisation(
      id: transaction.newIdentifier(), terms: terms, confirmation: nil, closedAt: nil, revision: 0,
      createdAt: transaction.now, createdBy: actor, changedAt: transaction.now)
    try OrganisationStore.insert(organisation, in: transaction)
    try transaction.note(
      "resources.organisation_make", by: actor, of: organisation.id.rawValue, purpose: terms.kind.rawValue)
    return organisation.id
  }

  /// - Throws: `not_found`, `resources.organisation_stale`, `resources.organisation_closed`, `form.invalid`.
  func write(
    _ terms: OrganisationTerms, to id: OrganisationID, seen: Int64, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let organisation = try open(id, seen: seen, in: transaction)
    if organisation.terms == terms { return }
    try check(terms, before: organisation.terms, in: transaction)
    try OrganisationStore.update(terms, of: id, in: transaction)
    try transaction.note("resources.organisation_change", by: actor, of: id.rawValue)
  }

  /// Somebody asked and all of it still holds: for a year it may be seen.
  /// - Throws: `not_found`, `resources.organisation_stale`, `resources.organisation_closed`.
  func confirm(_ id: OrganisationID, seen: Int64, by actor: Actor, in transaction: Transaction) throws {
    _ = try open(id, seen: seen, in: transaction)
    try OrganisationStore.confirm(
      id, until: OrganisationRules.expiry(confirmedAt: transaction.now), by: actor, in: transaction)
    try transaction.note("resources.organisation_confirm", by: actor, of: id.rawValue)
  }

  /// It is no longer a part of the network; what it promised and kept stays on record.
  /// - Throws: `not_found`, `resources.organisation_stale`, `resources.organisation_closed`.
  func close(_ id: OrganisationID, seen: Int64, by actor: Actor, in transaction: Transaction) throws {
    _ = try open(id, seen: seen, in: transaction)
    try OrganisationStore.close(id, by: actor, in: transaction)
    try transaction.note("resources.organisation_close", by: actor, of: id.rawValue)
  }

  // MARK: - Promises

  func promise(
    _ terms: PromiseTerms, of id: OrganisationID, by actor: Actor, in transaction: Transaction
  ) throws -> PromiseID {
    _ = try open(id, in: transaction)
    let promise = SupportPromise(
      id: transaction.newIdentifier(), organisation: id, terms: terms, madeAt: transaction.now, madeBy: actor)
    try PromiseStore.insert(promise, in: transaction)
    try transaction.note(
      "resources.promise_make", by: actor, of: promise.id.rawValue, purpose: terms.category.rawValue)
    return promise.id
  }

  /// Notes one time at which a promise was kept or not. What is closed may be noted on still.
  /// - Throws: `not_found`.
  func note(
    _ keeping: PromiseKeeping, of id: OrganisationID, by actor: Actor, in transaction: Transaction
  ) throws {
    let promise = try PromiseStore.find(keeping.promise, in: transaction.community, transaction)
    guard promise?.organisation == id else { throw Problem.notFound }
    try PromiseStore.insert(keeping, by: actor, in: transaction)
    try transaction.note(
      "resources.promise_keep", by: actor, of: keeping.promise.rawValue, purpose: keeping.outcome.rawValue)
  }

  // MARK: - Representatives

  /// - Throws: `not_found`, `resources.organisation_closed`, `form.invalid` for a telephone that nobody has here.
  func addRepresentative(
    phone: String, to id: OrganisationID, by actor: Actor, in transaction: Transaction
  ) throws {
    _ = try open(id, in: transaction)
    let person = try ResourceParties.person(
      withPhone: phone, ground.directory, in: transaction.community, transaction)
    guard try RepresentativeStore.add(person, to: id, by: actor, in: transaction) else { return }
    try transaction.note(
      "resources.representative_add", by: actor, of: id.rawValue, onBehalfOf: person)
  }

  /// Somebody who does not act for it is not written down as removed.
  /// - Throws: `not_found`.
  func removeRepresentative(
    _ person: PersonID, from id: OrganisationID, by actor: Actor, in transaction: Transaction
  ) throws {
    _ = try find(id, in: transaction)
    guard try RepresentativeStore.remove(person, from: id, in: transaction) else { return }
    try transaction.note(
      "resources.representative_remove", by: actor, of: id.rawValue, onBehalfOf: person)
  }

  // MARK: - Services

  /// - Throws: `not_found`, `resources.organisation_closed`, `form.invalid` for places that are not public.
  func makeService(
    _ terms: DirectoryServiceTerms, of id: OrganisationID, by actor: Actor, in transaction: Transaction
  ) throws -> DirectoryServiceID {
    _ = try open(id, in: transaction)
    try check(terms.places, before: [], in: transaction)
    let service = DirectoryService(
      id: transaction.newIdentifier(), organisation: id, terms: terms, revision: 0,
      createdAt: transaction.now, changedAt: transaction.now)
    try DirectoryServiceStore.insert(service, by: actor, in: transaction)
    try transaction.note("resources.service_make", by: actor, of: service.id.rawValue)
    return service.id
  }

  /// - Throws: `not_found`, `resources.organisation_closed`, `resources.organisation_stale`, `form.invalid`.
  func writeService(
    _ terms: DirectoryServiceTerms, to service: DirectoryServiceID, of id: OrganisationID, seen: Int64,
    by actor: Actor, in transaction: Transaction
  ) throws {
    _ = try open(id, in: transaction)
    let found = try DirectoryServiceStore.find(service, in: transaction.community, transaction)
    guard let found, found.organisation == id else { throw Problem.notFound }
    guard found.revision == seen else { throw Problem.organisationStale }
    if found.terms == terms { return }
    try check(terms.places, before: found.terms.places, in: transaction)
    try DirectoryServiceStore.update(terms, of: service, in: transaction)
    try transaction.note("resources.service_change", by: actor, of: service.rawValue)
  }

  // MARK: - Parts

  private func find(_ id: OrganisationID, in transaction: Transaction) throws -> Organisation {
    guard let organisation = try OrganisationStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    return organisation
  }

  private func open(_ id: OrganisationID, in transaction: Transaction) throws -> Organisation {
    let organisation = try find(id, in: transaction)
    guard organisation.closedAt == nil else { throw Problem.organisationClosed }
    return organisation
  }

  private func open(_ id: OrganisationID, seen: Int64, in transaction: Transaction) throws -> Organisation {
    let organisation = try find(id, in: transaction)
    guard organisation.revision == seen else { throw Problem.organisationStale }
    guard organisation.closedAt == nil else { throw Problem.organisationClosed }
    return organisation
  }

  /// - Throws: `form.invalid` naming `merchant` or `phone`.
  private func check(
    _ terms: OrganisationTerms, before: OrganisationTerms?, in transaction: Transaction
  ) throws {
    var problems = Problems()
    if let merchant = terms.merchant,
      try ground.ports.merchants.cards([merchant], transaction.community, transaction)[merchant] == nil
    {
      problems.add("merchant", Phrase("没有这家商户。", "There is no such merchant."))
    }
    try OfficialPhone.check(
      terms.phone, before: before?.phone, ground.directory, in: transaction, &problems)
    try problems.throwIfAny()
  }

  /// Places where a service is given have to be there, here, and public, since directories tell of them; what was chosen
  /// before stays, for a place that waits to be confirmed comes back.
  /// - Throws: `form.invalid` naming `places`.
  private func check(
    _ places: Set<PlaceID>, before: Set<PlaceID>, in transaction: Transaction
  ) throws {
    let fresh = places.subtracting(before)
    if fresh.isEmpty { return }
    let cards = try PlaceDirectory().cards(of: fresh, in: transaction.community, transaction)
    if fresh.contains(where: { cards[$0]?.isPublic != true }) {
      var problems = Problems()
      problems.add(
        "places", Phrase("请从公开的地点里选。", "Please choose among the public places."))
      try problems.throwIfAny()
    }
  }
}
