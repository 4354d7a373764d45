import Database
import Kernel
import People

/// Where places are entered, confirmed and closed, each in one transaction with an entry of the audit chain.
struct PlaceDesk: Sendable {
  let directory: Directory

  /// - Parameter isConfirmed: whether whoever enters it vouches for all of it; otherwise it is shown from when somebody does.
  /// - Throws: `form.invalid` for a keeper that there is not, `resources.too_many_places`.
  func make(
    _ terms: PlaceTerms, isConfirmed: Bool = true, by actor: Actor, in transaction: Transaction
  ) throws -> PlaceID {
    try check(terms, before: nil, in: transaction)
    guard try PlaceStore.count(in: transaction.community, transaction) < PlaceStore.limit else {
      throw Problem.tooManyPlaces
    }
    let centre = try PlanStore.centre(in: transaction.community, transaction)
    let place = Place(
      id: transaction.newIdentifier(), terms: PlaceRules.placed(terms, before: nil, centre: centre),
      revision: 0, confirmedAt: transaction.now,
      expiresAt: isConfirmed ? transaction.now + Place.confirmedFor : transaction.now,
      closedAt: nil, createdAt: transaction.now, createdBy: actor, changedAt: transaction.now)
    try PlaceStore.insert(place, in: transaction)
    try transaction.note(
      "resources.place_make", by: actor, of: place.id.rawValue, purpose: terms.kind.rawValue)
    return place.id
  }

  /// - Parameter seen: the revision that the form was made from.
  /// - Throws: `not_found`, `resources.place_stale`, `resources.place_closed`, `form.invalid`.
  func write(
    _ terms: PlaceTerms, to id: PlaceID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let place = try find(id, seen: seen, in: transaction)
    try check(terms, before: place.terms, in: transaction)
    let centre = try PlanStore.centre(in: transaction.community, transaction)
    try PlaceStore.update(
      PlaceRules.placed(terms, before: place.terms, centre: centre), of: id, in: transaction)
    try transaction.note("resources.place_change", by: actor, of: id.rawValue)
  }

  /// Somebody looked: it is all still true, for another year.
  /// - Throws: `not_found`, `resources.place_stale`, `resources.place_closed`.
  func confirm(_ id: PlaceID, seen: Int64, by actor: Actor, in transaction: Transaction) throws {
    _ = try find(id, seen: seen, in: transaction)
    try PlaceStore.confirm(id, in: transaction)
    try transaction.note("resources.place_confirm", by: actor, of: id.rawValue)
  }

  /// - Throws: `not_found`, `resources.place_stale`, `resources.place_closed`.
  func close(_ id: PlaceID, seen: Int64, by actor: Actor, in transaction: Transaction) throws {
    _ = try find(id, seen: seen, in: transaction)
    try PlaceStore.close(id, in: transaction)
    try transaction.note("resources.place_close", by: actor, of: id.rawValue)
  }

  /// Keeps a plan in the place of the one before; places that there are stay.
  /// - Throws: `form.invalid` naming `plan`.
  func keep(_ bytes: [UInt8], by actor: Actor, in transaction: Transaction) throws {
    let old = try PlanStore.centre(in: transaction.community, transaction)
    try PlanStore.replace(try PlanFile(bytes, keeping: old), by: actor, in: transaction)
    try transaction.note("resources.place_plan", by: actor, of: transaction.community.rawValue)
  }

  /// Keeps what all addresses have in common.
  /// - Parameter seen: the revision that the form was made from; 0 for none.
  /// - Throws: `resources.address_stale`.
  func keep(
    _ address: DirectoryAddress, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let kept = try DirectoryAddressStore.find(in: transaction.community, transaction)
    guard (kept?.revision ?? 0) == seen else { throw Problem.addressStale }
    if kept?.address == address { return }
    if kept == nil {
      try DirectoryAddressStore.insert(address, by: actor, in: transaction)
    } else {
      try DirectoryAddressStore.update(address, by: actor, in: transaction)
    }
    try transaction.note("resources.directory_address", by: actor, of: transaction.community.rawValue)
  }

  /// Makes a place of something on the plan that has a name. A plan vouches for no address and no steps, so it has to be
  /// looked at before it is shown.
  /// - Throws: `not_found`, `resources.place_taken`, `resources.too_many_places`.
  func accept(_ id: PlanOutlineID, by actor: Actor, in transaction: Transaction) throws -> PlaceID {
    guard let kept = try PlanStore.find(id, in: transaction.community, transaction),
      let name = kept.outline.name
    else { throw Problem.notFound }
    guard kept.place == nil else { throw Problem.placeTaken }
    let place = try make(
      PlaceTerms(
        kind: kept.outline.proposedKind ?? .building, name: name, address: name.chinese,
        visibility: .residents, shape: kept.outline.shape), isConfirmed: false, by: actor, in: transaction)
    try PlanStore.take(id, as: place, in: transaction)
    return place
  }

  private func find(_ id: PlaceID, seen: Int64, in transaction: Transaction) throws -> Place {
    guard let place = try PlaceStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    guard place.revision == seen else { throw Problem.placeStale }
    guard place.closedAt == nil else { throw Problem.placeClosed }
    return place
  }

  /// - Throws: `form.invalid` naming `keeper`, `keeper_organisation` or `phone`.
  private func check(_ terms: PlaceTerms, before: PlaceTerms?, in transaction: Transaction) throws {
    var problems = Problems()
    let community = transaction.community
    if let keeper = terms.keeper, keeper != before?.keeper,
      try !keepers(in: community, transaction).contains(keeper)
    {
      problems.add("keeper", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    if let organisation = terms.keeperOrganisation, organisation != before?.keeperOrganisation,
      try !OrganisationDirectory().choices(in: community, transaction).contains(where: {
        $0.id == organisation
      })
    {
      problems.add("keeper_organisation", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    try OfficialPhone.check(terms.phone, before: before?.phone, directory, in: transaction, &problems)
    try problems.throwIfAny()
  }

  /// Staff who may answer for a place.
  func keepers(in community: CommunityID, _ snapshot: Snapshot) throws -> Set<PersonID> {
    try ResourceStaff.roles.reduce(into: []) {
      $0.formUnion(try directory.persons(holding: $1, in: community, snapshot))
    }
  }
}
