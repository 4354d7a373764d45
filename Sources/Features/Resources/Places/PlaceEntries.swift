package import Database
package import Kernel
package import People

/// A place as it is entered in one step.
package struct PlaceEntry: Sendable {
  /// What it is, as ``Place/Kind`` names it.
  package enum Kind: String, Sendable, CaseIterable {
    case building
    case pickupPoint = "pickup_point"
    case storeroom
    case shop
    case venue
    case openSpace = "open_space"
    case office
  }

  package let kind: Kind
  package let name: Phrase
  package let address: String
  package let description: String
  /// `周一至周五 9:00–17:00`; empty where nothing is known.
  package let hours: String
  package let phone: String
  package let isStepFree: Bool?
  package let isPublic: Bool
  /// Metres to the east and to the north of the middle of the plan; nil for what is not drawn.
  package let onPlan: (east: Double, north: Double)?

  package init(
    kind: Kind, name: Phrase, address: String, description: String = "", hours: String = "",
    phone: String = "", isStepFree: Bool? = nil, isPublic: Bool = true,
    onPlan: (east: Double, north: Double)? = nil
  ) {
    self.kind = kind
    self.name = name
    self.address = address
    self.description = description
    self.hours = hours
    self.phone = phone
    self.isStepFree = isStepFree
    self.isPublic = isPublic
    self.onPlan = onPlan
  }
}

extension NetworkEntries {
  /// Keeps a plan of the neighbourhood.
  /// - Throws: `form.invalid` naming `plan`.
  package func keep(plan: [UInt8], by actor: Actor, in transaction: Transaction) throws {
    try places.keep(plan, by: actor, in: transaction)
  }

  /// Keeps what the addresses of all places have in common, where nobody wrote it yet.
  /// - Throws: `resources.address_stale`.
  package func keepAddress(
    province: Phrase, city: Phrase, postalCode: String, by actor: Actor, in transaction: Transaction
  ) throws {
    try places.keep(
      DirectoryAddress(province: province, city: city, postalCode: postalCode), seen: 0, by: actor,
      in: transaction)
  }

  /// Enters a place that somebody vouches for.
  /// - Parameter keeper: the organisation that has the key.
  /// - Throws: as the desk of places.
  package func enter(
    _ entry: PlaceEntry, keptBy keeper: OrganisationID?, by actor: Actor, in transaction: Transaction
  ) throws -> PlaceID {
    guard let kind = Place.Kind(rawValue: entry.kind.rawValue), let hours = OpeningHours(entry.hours) else {
      throw Problem.internalFault
    }
    let terms = PlaceTerms(
      kind: kind, name: entry.name, address: entry.address, description: entry.description, hours: hours,
      keeperOrganisation: keeper, phone: entry.phone, isStepFree: entry.isStepFree,
      visibility: entry.isPublic ? .everybody : .residents,
      shape: entry.onPlan.map { .point(PlanPoint(x: $0.east, y: $0.north)) })
    return try places.make(terms, by: actor, in: transaction)
  }

  /// Takes every building that the plan names and that is no place yet.
  /// - Throws: as the desk of places.
  package func takeBuildings(by actor: Actor, in transaction: Transaction) throws -> [PlaceID] {
    let proposed = try PlanStore.all(in: transaction.community, transaction).filter {
      $0.isProposed && $0.outline.proposedKind == .building
    }
    return try proposed.map { kept in
      let id = try places.accept(kept.id, by: actor, in: transaction)
      try places.confirm(id, seen: 0, by: actor, in: transaction)
      return id
    }
  }
}
